//! Advice on what is modelled, and messages that say what to write instead.

use p80::analysis::examine;
use p80::diag::to_text;
use p80::scenario::{MemoryFiles, load};

fn program(rest: &str) -> String {
    format!("[program]\nname = \"Pilot\"\nstart = 2027-01-11\n{rest}")
}

/// The codes of everything that is to be said of a good scenario beyond its checks.
fn advice(rest: &str) -> Vec<&'static str> {
    let loaded = load(&MemoryFiles::single("pilot.toml", &program(rest)), "pilot.toml").expect("it is good");
    let found = examine(&loaded.program, &loaded.places);
    found
        .iter()
        .map(|one| one.code.as_str())
        .filter(|code| ["W713", "W714", "W716", "W717", "W719", "W744", "W745", "W746"].contains(code))
        .collect()
}

/// The messages of a bad scenario.
fn messages(rest: &str) -> String {
    match load(&MemoryFiles::single("pilot.toml", &program(rest)), "pilot.toml") {
        Ok(_) => String::new(),
        Err(failed) => to_text(&failed.diagnostics, &failed.sources, false),
    }
}

#[test]
fn responses_that_cost_nothing_are_noted() {
    let risk = |response: &str| {
        format!(
            "[[tasks]]\nid = \"a\"\nduration = {{ pert = [\"9d\", \"10d\", \"12d\"] }}\n[[risks]]\nid = \"R\"\n\
             probability = 0.3\nimpact = [{{ on = \"a\", delay = \"5d\" }}]\nresponse = {{ {response} }}\n"
        )
    };
    assert_eq!(advice(&risk("probability = 0.1")), ["W713"]);
    assert_eq!(advice(&risk("probability = 0.1, cost = 500")), [""; 0]);
}

#[test]
fn a_risk_that_is_no_longer_than_the_tail_of_the_range_is_noted() {
    let with = |high: &str, delay: &str| {
        format!(
            "[[tasks]]\nid = \"a\"\nduration = {{ triangular = [\"9d\", \"10d\", \"{high}\"] }}\n[[risks]]\n\
             id = \"R\"\nprobability = 0.3\nimpact = [{{ on = \"a\", delay = \"{delay}\" }}]\n"
        )
    };
    assert_eq!(advice(&with("40d", "10d")), ["W714"]);
    assert_eq!(advice(&with("40d", "60d")), [""; 0], "longer than the tail");
    assert_eq!(advice(&with("12d", "1d")), [""; 0], "a range without a long tail");
}

#[test]
fn many_independent_pieces_that_average_out_are_noted_unless_a_driver_ties_them() {
    let tasks = |count: usize| -> String {
        (0..count)
            .map(|at| {
                let after = if at > 0 { format!("after = [\"t{}\"]\n", at - 1) } else { String::new() };
                format!("[[tasks]]\nid = \"t{at}\"\nduration = {{ triangular = [\"9d\", \"10d\", \"12d\"] }}\n{after}")
            })
            .collect()
    };
    assert_eq!(advice(&tasks(20)), ["W716", "W745"]);
    assert_eq!(advice(&tasks(5)), ["W745"]);
    let driver = "[[drivers]]\nid = \"D\"\nprobability = 0.5\nfactor = { triangular = [1.0, 1.1, 1.3] }\non = [\"t1\", \"t2\"]\n";
    assert_eq!(advice(&format!("{}{driver}", tasks(20))), ["W745"]);
}

#[test]
fn slips_are_answered_with_what_to_write() {
    let task = |duration: &str| format!("[[tasks]]\nid = \"a\"\nduration = {duration}\n");
    let list = messages(&task("{ pert = [\"1d\", \"5d\", \"2d\", \"3d\"] }"));
    assert!(list.contains("the list has 4 values and needs 3"), "{list}");
    let bare = messages(&task("[\"5d\", \"8d\", \"20d\"]"));
    assert!(bare.contains("{ pert = [...] }"), "{bare}");
    let text = messages("targets = { budget = \"1.5M\" }\n");
    assert!(text.contains("`1500000`"), "{text}");
    let impact = messages("[[risks]]\nid = \"R\"\nprobability = 0.3\nimpact = \"5d\"\n");
    assert!(impact.contains("say what it hits"), "{impact}");
    let number = messages(&task("{ fixed = 10d }"));
    assert!(number.contains("in quotes"), "{number}");
}

#[test]
fn work_that_may_begin_before_it_is_decided_is_noted() {
    let with = |after: &str| {
        format!(
            "[[tasks]]\nid = \"a\"\nduration = {{ pert = [\"9d\", \"10d\", \"12d\"] }}\n[[tasks]]\nid = \"b\"\n\
             duration = {{ pert = [\"9d\", \"10d\", \"12d\"] }}\n{after}when = {{ finish = \"a\", after = 2027-01-22 }}\n"
        )
    };
    assert_eq!(advice(&with("")), ["W717"]);
    assert_eq!(advice(&with("after = [\"a\"]\n")), [""; 0]);
}

#[test]
fn one_wrong_key_of_a_cost_line_is_one_message() {
    let found = messages(
        "[[tasks]]\nid = \"a\"\nduration = { fixed = \"5d\" }\ncost = { amount = 500 }\n\
         [[tasks]]\nid = \"b\"\nduration = { fixed = \"5d\" }\nafter = [\"b\"]\n",
    );
    assert_eq!(found.matches("error[").count(), 2, "{found}");
    assert!(found.contains("error[S004]") && !found.contains("error[S005]"), "{found}");
    assert!(found.contains("`b` cannot follow itself") && found.contains("remove this link"), "{found}");
}

#[test]
fn money_in_quotes_is_told_how_to_be_written() {
    let found = messages("[[tasks]]\nid = \"a\"\nduration = { fixed = \"5d\" }\ncost = \"1.5M\"\n");
    assert!(found.contains("money is a number without quotes: write 1500000"), "{found}");
}

#[test]
fn a_response_that_is_ready_too_late_is_noted() {
    let with = |lead: &str| {
        format!(
            "[[tasks]]\nid = \"a\"\nduration = {{ pert = [\"9d\", \"10d\", \"12d\"] }}\n\
             [[tasks]]\nid = \"b\"\nduration = {{ pert = [\"9d\", \"10d\", \"12d\"] }}\nafter = [\"a\"]\n\
             [[risks]]\nid = \"R\"\nprobability = 0.3\nimpact = [{{ on = \"b\", delay = \"5d\" }}]\n\
             response = {{ cost = 500, probability = 0.1, lead = \"{lead}\" }}\n"
        )
    };
    assert_eq!(advice(&with("2w")), [""; 0]);
    assert_eq!(advice(&with("11d")), ["W719"]);
}

#[test]
fn so_is_one_to_a_driver_when_all_that_it_touches_has_begun() {
    let with = |lead: &str| {
        format!(
            "[[tasks]]\nid = \"a\"\nduration = {{ pert = [\"9d\", \"10d\", \"12d\"] }}\n\
             [[tasks]]\nid = \"b\"\nduration = {{ pert = [\"9d\", \"10d\", \"12d\"] }}\nafter = [\"a\"]\n\
             [[drivers]]\nid = \"D\"\nprobability = 0.3\nfactor = 1.5\non = [\"a\", \"b\"]\n\
             response = {{ cost = 500, probability = 0.1, lead = \"{lead}\" }}\n"
        )
    };
    assert_eq!(advice(&with("2w")), [""; 0]);
    assert_eq!(advice(&with("11d")), ["W719"]);
}

#[test]
fn a_condition_on_a_cost_says_which_lines_it_does_not_count() {
    let with = |line: &str| {
        format!(
            "[[tasks]]\nid = \"a\"\nduration = \"10d\"\ncost = [{{ rate = \"500/d\" }}{line}]\n\
             [[tasks]]\nid = \"b\"\nduration = \"5d\"\nafter = [\"a\"]\n\
             [[tasks]]\nid = \"c\"\nduration = \"5d\"\nafter = [\"b\"]\nwhen = {{ cost = \"a\", above = 4_000 }}\n"
        )
    };
    assert_eq!(advice(&with("")), [""; 0]);
    assert_eq!(
        advice(&with(", { lump = 900, every = \"month\", from = \"start\", to = \"finish\" }")),
        ["W746"]
    );
}

#[test]
fn risks_above_the_threshold_are_to_be_escalated() {
    let with = |above: &str| {
        format!(
            "escalate_above = {above}\n[[tasks]]\nid = \"a\"\nduration = {{ pert = [\"9d\", \"10d\", \"12d\"] }}\n\
             cost = 1_000\n[[risks]]\nid = \"R\"\nprobability = 0.5\n\
             impact = [{{ on = \"a\", delay = \"6d\", cost = \"50 %\" }}]\n"
        )
    };
    // Three days, and 250.
    assert_eq!(advice(&with("{ delay = \"2d\" }")), ["W744"]);
    assert_eq!(advice(&with("{ delay = \"3d\" }")), [""; 0]);
    assert_eq!(advice(&with("{ delay = \"9d\", cost = 249 }")), ["W744"]);
    assert_eq!(advice(&with("{ cost = 250 }")), [""; 0]);
}

#[test]
fn a_path_whose_worst_case_is_hardly_worse_than_the_plan_is_noted() {
    let with = |third: &str| {
        let pert = "{ pert = [\"9d\", \"10d\", \"14d\"] }";
        format!(
            "[[tasks]]\nid = \"a\"\nduration = {pert}\n[[tasks]]\nid = \"b\"\nduration = {pert}\nafter = [\"a\"]\n\
             [[tasks]]\nid = \"c\"\nduration = {third}\nafter = [\"b\"]\n"
        )
    };
    assert_eq!(advice(&with("{ pert = [\"9d\", \"10d\", \"14d\"] }")), ["W745"]);
    assert_eq!(advice(&with("{ pert = [\"9d\", \"10d\", \"30d\"] }")), [""; 0], "one long tail will do");
    assert_eq!(advice(&with("{ lognormal = { mean = \"10d\", sd = \"2d\" } }")), [""; 0], "no end");
}
