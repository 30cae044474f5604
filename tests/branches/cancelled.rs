//! Risks that cancel a project, by hand.

use super::by_hand::Run;
use p80::engine::NEVER;

/// A project of two tasks of 10 days one after the other, 1,000 a day, 5,000 for the second; what follows takes
/// 2 days. It starts on Monday 2027-01-11 and ends on Friday 2027-02-05, what follows on Tuesday 2027-02-09.
const PILOT: &str = "[[projects.pilot.tasks]]\nid = \"build\"\nduration = { fixed = \"10d\" }\ncost = { rate = \"1000/d\" }\n\
     [[projects.pilot.tasks]]\nid = \"trial\"\nduration = { fixed = \"10d\" }\nafter = [\"build\"]\n\
     cost = [{ rate = \"1000/d\" }, { lump = 5_000 }]\n\
     [[projects.pilot.milestones]]\nid = \"proven\"\nafter = [\"trial\"]\n\
     [[tasks]]\nid = \"review\"\nduration = { fixed = \"2d\" }\nafter = [\"pilot\"]\n";

fn at(text: &str) -> i32 {
    text.parse::<p80::units::Instant>().unwrap().0
}

// Seen to fail when what has not begun stays, when a cancelled task keeps its minutes, and when a lump sum of a task that
// has not begun is due.
#[test]
fn a_project_that_is_cancelled_after_a_share_of_its_time_ends_then() {
    // From 01-11 08:00 to 02-05 17:00 are 36,540 minutes; a quarter of them is 6 days, 8 hours and 15 minutes.
    let run = Run::of(&format!(
        "{PILOT}[[risks]]\nid = \"R\"\nprobability = 0.3\n\
         impact = [{{ cancels = \"pilot\", cancel = 0.25, cost = 7_000 }}]\n"
    ));
    // Sunday 2027-01-17 16:15: five of ten days are done, and what follows begins on the Monday after.
    run.expect(run.finishes("2027-01-19T17:00"), 0.3);
    run.expect(run.finishes("2027-02-09T17:00"), 0.7);
    run.expect(run.exists("pilot.trial"), 0.7);
    run.expect(run.exists("pilot.proven"), 0.7);
    assert_eq!(run.exists("pilot.build"), 1.0);
    run.expect(run.share(|block, lane| block.cost[lane] == 500_000 + 700_000), 0.3);
    run.expect(run.share(|block, lane| block.cost[lane] == 2_000_000 + 500_000), 0.7);
    let (build, trial) = (run.task("pilot.build"), run.task("pilot.trial"));
    let stopped = |block: &p80::engine::Block, lane: usize| {
        block.task_finish[[build, lane]] == at("2027-01-15T17:00")
            && block.task_minutes[[build, lane]] == 5 * 480
            && block.task_minutes[[trial, lane]] == 0
            && block.project_finish[[0, lane]] == at("2027-01-15T17:00")
            && block.risk_minutes[[0, lane]] == -15 * 480
            && !block.task_critical[[trial, lane]]
    };
    run.expect(run.share(stopped), 0.3);
}

// Seen to fail when what has not begun stays, and when a cancelled task keeps its minutes.
#[test]
fn a_project_that_is_cancelled_in_a_window_of_dates_loses_what_lies_behind() {
    let run = Run::of(&format!(
        "{PILOT}[[risks]]\nid = \"R\"\nprobability = 0.4\nwindow = {{ from = 2027-01-25, to = 2027-01-25 }}\n\
         impact = [{{ cancels = \"pilot\" }}]\n"
    ));
    // The trial begins on Monday 2027-01-25 at 08:00: it exists where the instant of that day lies behind.
    run.expect(run.exists("pilot.trial"), 1.0 - 0.4 * 481.0 / 1_440.0);
    // From 17:00 on the day is full, and between 12:00 and 13:00 it stands still.
    let trial = run.task("pilot.trial");
    run.expect(run.share(|block, lane| block.task_minutes[[trial, lane]] == 480), 0.4 * 7.0 / 24.0);
    run.expect(run.share(|block, lane| block.task_minutes[[trial, lane]] == 4_800), 0.6);
}

// Seen to fail when what is cancelled counts as finished.
#[test]
fn what_hangs_on_the_finish_of_a_cancelled_project_never_falls_due() {
    let run = Run::of(&format!(
        "currency = \"EUR\"\n[money]\ndiscount_rate = 0\n{PILOT}\
         [contracts.vendor]\nprice = 9_000\npayments = [{{ at = \"pilot\", share = \"100 %\" }}]\n\
         [benefits.savings]\nfrom = \"pilot\"\nper_year = 12_000\nlast = \"12emo\"\n\
         [[risks]]\nid = \"R\"\nprobability = 0.5\nimpact = [{{ cancels = \"pilot\", cancel = 0.75 }}]\n"
    ));
    run.expect(run.share(|block, lane| block.benefit_worth[lane] == 0), 0.5);
    run.expect(run.share(|block, lane| block.benefit_worth[lane] == 1_200_000), 0.5);
    run.expect(
        run.share(|block, lane| block.finish[lane] != NEVER && block.cost[lane] == 2_500_000 + 900_000),
        0.5,
    );
    assert_eq!(run.exists("pilot.trial"), 1.0);
}

// Seen to fail when a task that begins at the very instant of the cancellation is taken for begun.
#[test]
fn what_would_begin_at_the_instant_of_a_cancellation_has_not_begun() {
    let run = Run::of(
        "calendar = \"24x7\"\n[[projects.pilot.tasks]]\nid = \"build\"\nduration = { fixed = \"24h\" }\n\
         [[projects.pilot.tasks]]\nid = \"trial\"\nduration = { fixed = \"24h\" }\nafter = [\"build\"]\n\
         [[risks]]\nid = \"R\"\nprobability = 0.3\nimpact = [{ cancels = \"pilot\", cancel = 0.5 }]\n",
    );
    run.expect(run.exists("pilot.trial"), 0.7);
    assert_eq!(run.exists("pilot.build"), 1.0);
}

// Seen to fail when what is cancelled passes on only the dates of what is before it: what follows then begins before
// the project is cancelled.
#[test]
fn what_follows_a_cancelled_project_begins_no_earlier_than_the_cancellation() {
    let run = Run::of(
        "[[projects.pilot.tasks]]\nid = \"trial\"\nduration = { fixed = \"10d\" }\nstart_no_earlier_than = 2027-02-01\n\
         [[tasks]]\nid = \"review\"\nduration = { fixed = \"2d\" }\nafter = [\"pilot\"]\n\
         [[risks]]\nid = \"R\"\nprobability = 0.4\nwindow = { from = 2027-01-20, to = 2027-01-20 }\n\
         impact = [{ cancels = \"pilot\" }]\n",
    );
    // Two days after some minute of 2027-01-20, or after ten days from 2027-02-01.
    let (from, to) = (at("2027-01-21T17:00"), at("2027-01-22T17:00"));
    run.expect(run.share(|block, lane| (from..=to).contains(&block.finish[lane])), 0.4);
    run.expect(run.finishes("2027-02-16T17:00"), 0.6);
}
