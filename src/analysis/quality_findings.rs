//! The findings of the schedule checks, as diagnostics.

use super::quality::{QualityCheck, is_hard};
use crate::diag::{Code, Diagnostic, Place, code};
use crate::model::{Endpoint, LinkIx, Program, TaskIx};
use crate::scenario::Places;

/// How many tasks or links one finding shows.
const SHOWN: usize = 5;

/// One diagnostic per check that found something worth saying, with the first few places and the count.
///
/// Missing logic and hard constraints are named wherever they are; what is common practice in moderation
/// (lags, high float, long durations, other links) only above the share that the assessment allows.
#[must_use]
pub fn findings(program: &Program, checks: &[QualityCheck], places: &Places) -> Vec<Diagnostic> {
    let always = [code::NOTHING_FOLLOWS, code::NOTHING_PRECEDES, code::HARD_CONSTRAINTS];
    let worth = |check: &&QualityCheck| {
        check.found() > 0 && (check.passed == Some(false) || always.contains(&check.code))
    };
    checks.iter().filter(worth).map(|check| finding(program, check, places)).collect()
}

fn finding(program: &Program, check: &QualityCheck, places: &Places) -> Diagnostic {
    let tasks = check.tasks.iter().map(|&task| {
        let id = &program.tasks()[task.index()].id;
        (format!("`{id}`"), place_of_task(program, check, task, places))
    });
    let links = check.links.iter().map(|&link| (link_text(program, link), places.link(link)));
    let all: Vec<(String, Option<&Place>)> = tasks.chain(links).collect();
    let names: Vec<&str> = all.iter().take(SHOWN).map(|(name, _)| name.as_str()).collect();
    let more = all.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = format!(
        "{}: {} of {} (at most {} would pass): {}{more}",
        check.name,
        all.len(),
        check.population,
        check.allowed,
        names.join(", "),
    );
    let diagnostic = Diagnostic::new(check.code, message);
    let help = HELP.iter().find(|(code, _)| *code == check.code).map(|&(_, help)| help.to_owned());
    let diagnostic = Diagnostic { help, ..diagnostic };
    all.iter().take(SHOWN).fold(diagnostic, |diagnostic, (_, place)| diagnostic.at_place(*place, ""))
}

/// The most telling place of a task for a check.
fn place_of_task<'a>(
    program: &Program,
    check: &QualityCheck,
    task: TaskIx,
    places: &'a Places,
) -> Option<&'a Place> {
    let own = if check.code == code::HARD_CONSTRAINTS {
        let constraints = &program.tasks()[task.index()].constraints;
        constraints.iter().position(|one| is_hard(one.kind)).and_then(|at| places.constraint(task, at))
    } else if check.code == code::LONG_DURATIONS {
        places.duration(task)
    } else {
        None
    };
    own.or_else(|| places.task(task))
}

fn link_text(program: &Program, link: LinkIx) -> String {
    let end = |end: Endpoint| match end {
        Endpoint::Task(task) => program.tasks()[task.index()].id.as_str(),
        Endpoint::Project(project) => program.projects()[project.index()].id.as_str(),
    };
    let link = &program.links()[link.index()];
    format!("`{}` to `{}`", end(link.from), end(link.to))
}

/// What to do about each.
const HELP: [(Code, &str); 11] = [
    (code::NOTHING_FOLLOWS, "say what waits for it; until then its delays hit nothing"),
    (code::NOTHING_PRECEDES, "say in `after` what it waits for, or give it a `start_no_earlier_than`"),
    (code::LEADS, "split the predecessor where the successor may begin, and link to that part"),
    (code::LAGS, "a lag hides work or waiting: write it as a task, so that it can be estimated"),
    (code::FEW_FINISH_TO_START, "finish-to-start links carry delays most plainly; use the others sparingly"),
    (code::HARD_CONSTRAINTS, "a date that must hold hides risk: use a `deadline` or a target instead"),
    (code::HIGH_FLOAT, "work that may slip for months usually lacks a successor"),
    (
        code::NEGATIVE_FLOAT,
        "the plan already misses a deadline or a constraint: change one of them, or the plan",
    ),
    (code::LONG_DURATIONS, "split long work so that progress and risk can be seen"),
    (code::NO_RESOURCES, "name a `role` or a `cost`, or the budget leaves this work out"),
    (
        code::BROKEN_PATH,
        "follow the driving chain from there and mend the link that does not carry its delay",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::quality;
    use crate::calendar::Calendar;
    use crate::model::{CalendarIx, Estimate, ProgramBuilder, Task};
    use crate::network::Schedule;

    #[test]
    fn three_hundred_loose_tasks_are_one_finding() {
        let start = "2027-01-11".parse().unwrap();
        let mut builder = ProgramBuilder::new("loose", start, "EUR".parse().unwrap());
        builder.calendar("standard", Calendar::standard());
        for at in 0..300 {
            builder.task(Task::work(format!("t{at}"), Estimate::certain(480.0), CalendarIx(0)));
        }
        builder.task(Task::work("longest", Estimate::certain(960.0), CalendarIx(0)));
        let program = builder.build().unwrap();
        let checks = quality(&program, &Schedule::plan(&program).unwrap());
        let found = findings(&program, &checks, &Places::default());
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[0].message,
            "tasks without a successor: 300 of 301 (at most 15 would pass): `t0`, `t1`, `t2`, `t3`, `t4` and \
             295 more"
        );
        assert_eq!(found[1].code, code::NOTHING_PRECEDES);
        assert!(found.iter().all(|one| one.help.is_some()));
    }
}
