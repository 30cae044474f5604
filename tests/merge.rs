//! A plan that comes again every month, into a scenario that people have worked on.

use p80::import::{Beside, Fate, ImportOptions, Imported, Merged, import, merge};
use p80::scenario::{MemoryFiles, load, to_toml};

const OFFICE: &str = include_str!("corpus/import/office.xml");

const TABLE: &str = "ID,Task,Project,Duration,Predecessors,Start,Deadline\n\
                     A,Design,North,10,,2027-01-11,\n\
                     B,Build,North,20,A,,2027-04-30\n\
                     C,Test,North,5,B,,\n";

/// The scenario of the table with what somebody has added to it.
const WORKED_ON: &str = r#"# The program of the north.
[program]
name = "North and more" # as the board calls it
start = 2027-01-11
confidence = [50, 85]

[projects.north]
name = "North"
owner = "Ann"

[[projects.north.tasks]]
id = "A"
name = "Design"
duration = { pert = ["8d", "10d", "20d"] } # after the workshop
source = "A"

# The long one.
[[projects.north.tasks]]
id = "B"
name = "Build"
duration = "20d" # firm
after = ["A", "permit"]
deadline = 2027-04-30
cost = 50_000
source = "B"

[[projects.north.tasks]]
id = "C"
name = "Test"
duration = "5d"
after = "B"
source = "C"

[[projects.north.tasks]]
id = "permit"
duration = "15d"

[[risks]]
id = "R1"
probability = 0.3
impact = { on = "north.B", delay = "10d" } # from the workshop
"#;

fn imported(text: &str) -> Imported {
    import(text.as_bytes(), &ImportOptions::default()).unwrap()
}

fn merged(existing: &str, text: &str) -> Merged {
    merge(existing, &imported(text), &Beside::default()).unwrap()
}

/// What is told, without what was read.
fn told(merged: &Merged) -> Vec<String> {
    let entries = merged.report.entries.iter();
    entries.map(|entry| format!("{} {} {}: {}", entry.fate, entry.kind, entry.id, entry.reason)).collect()
}

#[track_caller]
fn loads(text: &str) {
    if let Err(failed) = load(&MemoryFiles::single("plan.toml", text), "plan.toml") {
        let found: Vec<&str> = failed.diagnostics.iter().map(|one| one.message.as_str()).collect();
        panic!("{found:#?}\n{text}");
    }
}

#[test]
fn the_same_plan_again_changes_nothing() {
    for text in [OFFICE, TABLE] {
        let imported = imported(text);
        let written = to_toml(&imported.scenario);
        let merged = merge(&written, &imported, &Beside::default()).unwrap();
        assert_eq!(merged.text, written);
        assert_eq!(told(&merged), Vec::<String>::new());
    }
    let merged = merged(WORKED_ON, TABLE);
    assert!(merged.text.starts_with(WORKED_ON), "{}", merged.text);
}

#[test]
fn what_the_plan_says_is_renewed_and_what_people_added_stays() {
    let table = "ID,Task,Project,Duration,Predecessors,Start,Deadline\n\
                 A,Design and prototype,North,12,,2027-01-18,\n\
                 B,Build,North,25,A SS+2d,,2027-05-31\n\
                 D,Train,North,4,B,,\n";
    let merged = merged(WORKED_ON, table);
    for part in [
        "# The program of the north.\n",
        "name = \"North and more\" # as the board calls it\nstart = 2027-01-18\nconfidence = [50, 85]\n",
        "owner = \"Ann\"\n",
        "name = \"Design and prototype\"\nduration = { pert = [\"8d\", \"10d\", \"20d\"] } # after the workshop\n",
        "# The long one.\n[[projects.north.tasks]]\nid = \"B\"\n",
        "duration = \"25d\" # firm\n",
        "after = [{ SS = \"A\", lag = \"2d\" }, \"permit\"]\n",
        "deadline = 2027-05-31\ncost = 50_000\n",
        "id = \"D\"\nname = \"Train\"\nduration = \"4d\"\nafter = \"B\"\nsource = \"D\"\n",
        "impact = { on = \"north.B\", delay = \"10d\" } # from the workshop\n",
        "# No longer in the plan, north.C:\n# id = \"C\"\n# name = \"Test\"\n# duration = \"5d\"\n",
    ] {
        assert!(merged.text.contains(part), "`{part}` is not in\n{}", merged.text);
    }
    loads(&merged.text);
    let told = told(&merged);
    for part in [
        "changed program program: start: 2027-01-11 -> 2027-01-18",
        "kept program program: name stays North and more; the file says Imported plan",
        "changed task north.A: name: Design -> Design and prototype",
        "kept task north.A: the range { pert = [8d, 10d, 20d] } stays; the file says 12d",
        "changed task north.B: duration: 20d -> 25d",
        "changed task north.B: after: [A, permit] -> [{ SS = A, lag = 2d }, permit]",
        "added task north.D: ",
        "removed task north.C: it is a comment at the end now",
    ] {
        assert!(told.iter().any(|line| line == part), "{part}\n{told:#?}");
    }
}

#[test]
fn tasks_are_told_by_what_their_tool_calls_them_whatever_they_are_called_here() {
    let renamed = OFFICE.replace("<Name>Draw plans</Name>", "<Name>Draw all plans</Name>");
    assert_ne!(renamed, OFFICE);
    let written = to_toml(&imported(OFFICE).scenario);
    let merged = merged(&written, &renamed);
    assert!(merged.text.contains("id = \"draw-plans\"\nname = \"Draw all plans\"\n"), "{}", merged.text);
    assert!(merged.text.contains("after = { SS = \"prepare.draw-plans\", lag = \"50 %\" }"));
    assert_eq!(merged.text.replace("Draw all plans", "Draw plans"), written);
    loads(&merged.text);
}

#[test]
fn progress_of_a_later_date_is_one_more_status() {
    let later = OFFICE.replace(
        "<StatusDate>2027-01-15T17:00:00</StatusDate>",
        "<StatusDate>2027-01-22T17:00:00</StatusDate>",
    );
    assert_ne!(later, OFFICE);
    let written = to_toml(&imported(OFFICE).scenario);
    let merged = merged(&written, &later);
    assert_eq!(merged.text.matches("[[status]]").count(), 2, "{}", merged.text);
    assert!(merged.text.contains("status_date = 2027-01-22T17:00:00"));
    loads(&merged.text);
}

#[test]
fn a_register_goes_into_the_plan_that_its_risks_are_about() {
    let plan = to_toml(&imported(TABLE).scenario);
    let beside = Beside {
        items: vec![p80::import::Item {
            id: "north.B".into(),
            name: "Build".into(),
            source: Some("B".into()),
        }],
        ..Beside::default()
    };
    let options = ImportOptions { beside: beside.clone(), ..ImportOptions::default() };
    let register = |cost: u32| {
        format!("Risk ID;Title;Likelihood;Affected tasks;Delay (days);Cost\nR1;Late;30%;Build;10;{cost}\n")
    };
    let first = import(register(1_000).as_bytes(), &options).unwrap();
    let merged = merge(&plan, &first, &beside).unwrap();
    assert!(merged.text.contains("[[risks]]\nid = \"R1\"\ntitle = \"Late\"\nprobability = 0.3\nimpact = { on = \"north.B\", delay = \"10d\", cost = 1000 }\n"), "{}", merged.text);
    loads(&merged.text);
    // The response that somebody adds stays when the register comes again.
    let added = merged
        .text
        .replace("probability = 0.3\n", "probability = 0.3\nresponse = { cost = 500, probability = 0.1 }\n");
    let again = merge(&added, &import(register(2_000).as_bytes(), &options).unwrap(), &beside).unwrap();
    assert!(again.text.contains("response = { cost = 500, probability = 0.1 }\nimpact = { on = \"north.B\", delay = \"10d\", cost = 2000 }\n"), "{}", again.text);
    assert_eq!(again.report.count(Fate::Changed), 1);
}

#[test]
fn what_stands_in_another_file_is_not_added_again() {
    let beside = Beside {
        items: vec![p80::import::Item {
            id: "south.C".into(),
            name: "Test".into(),
            source: Some("C".into()),
        }],
        ..Beside::default()
    };
    let start = WORKED_ON.find("[[projects.north.tasks]]\nid = \"C\"").unwrap();
    let end = WORKED_ON.find("[[projects.north.tasks]]\nid = \"permit\"").unwrap();
    let without = format!("{}{}", &WORKED_ON[..start], &WORKED_ON[end..]);
    let merged = merge(&without, &imported(TABLE), &beside).unwrap();
    assert!(!merged.text.contains("id = \"C\""));
    assert!(told(&merged).iter().any(|line| line.contains("another file")));
    assert!(merge("no toml [", &imported(TABLE), &beside).is_err());
}

#[test]
fn lists_on_one_line_are_renewed_as_they_are_written() {
    let written = "[program]\nname = \"P\"\nstart = 2027-01-11\n\n[projects.north]\ntasks = [\n    { id = \"A\", duration = \"9d\", source = \"A\" }, # first\n    { id = \"B\", duration = \"20d\", after = \"A\", source = \"B\" },\n]\n";
    let merged = merged(written, TABLE);
    for part in [
        "{ id = \"A\", duration = \"10d\", source = \"A\", name = \"Design\" }, # first\n",
        "\n    { id = \"C\", name = \"Test\", duration = \"5d\", after = \"B\", source = \"C\" },\n]\n",
    ] {
        assert!(merged.text.contains(part), "`{part}` is not in\n{}", merged.text);
    }
    loads(&merged.text);
}
