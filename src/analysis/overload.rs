//! Roles that the deterministic plan asks too much of.

use crate::diag::{Diagnostic, code};
use crate::model::{Program, Role, TaskIx};
use crate::network::Schedule;
use crate::scenario::Places;
use crate::units::Instant;

/// How many tasks one finding shows.
const SHOWN: usize = 5;

/// A period in which the plan needs more of a role than there is.
#[derive(Clone, Debug, PartialEq)]
pub struct Overload {
    /// The role, by its position in [`Program::roles`].
    pub role: usize,
    /// When it begins.
    pub start: Instant,
    /// When it ends.
    pub end: Instant,
    /// The most that is needed at once.
    pub needed: f64,
    /// The tasks of the role that run at that time, in the order of the program.
    pub tasks: Vec<TaskIx>,
}

/// The overloads of all roles, by role and time.
///
/// A task needs its units from its start to its finish, nights and free days included. Nothing is levelled:
/// neither the plan nor the simulation moves work because somebody is busy.
#[must_use]
pub fn overloads(program: &Program, schedule: &Schedule) -> Vec<Overload> {
    let roles = program.roles().iter().enumerate();
    roles.flat_map(|(at, role)| of_role(program, schedule, at, role)).collect()
}

fn of_role(program: &Program, schedule: &Schedule, at: usize, role: &Role) -> Vec<Overload> {
    let work: Vec<(TaskIx, Instant, Instant, f64)> = program
        .tasks()
        .iter()
        .enumerate()
        .filter(|(_, task)| task.role.as_ref() == Some(&role.name))
        .map(|(task, one)| (TaskIx::new(task), schedule.tasks()[task], one.units))
        .filter(|(_, dates, _)| !dates.unfinished && dates.start < dates.finish)
        .map(|(task, dates, units)| (task, dates.start, dates.finish, units))
        .collect();
    // Whoever finishes makes room for whoever starts at the same time.
    let mut events: Vec<(Instant, bool, usize)> = Vec::new();
    for (number, &(_, start, finish, _)) in work.iter().enumerate() {
        events.push((finish, false, number));
        events.push((start, true, number));
    }
    events.sort_unstable();
    let mut running = std::collections::BTreeSet::new();
    let mut found: Vec<Overload> = Vec::new();
    let mut is_over = false;
    for (number, &(now, starts, task)) in events.iter().enumerate() {
        if starts {
            running.insert(task);
        } else {
            running.remove(&task);
        }
        if events.get(number + 1).is_some_and(|&(next, ..)| next == now) {
            continue;
        }
        // Summed anew in one order, so that no rounding is left behind when work ends.
        let needed: f64 = running.iter().map(|&task| work[task].3).sum();
        // Fractions of people add up with rounding: a billionth of a person is nobody.
        let exceeds = needed > role.capacity * (1.0 + 1e-9);
        match found.last_mut().filter(|_| is_over) {
            Some(open) => {
                if exceeds {
                    open.needed = open.needed.max(needed);
                    open.tasks.extend(running.iter().map(|&task| work[task].0));
                }
                open.end = now;
            }
            None if exceeds => found.push(Overload {
                role: at,
                start: now,
                end: now,
                needed,
                tasks: running.iter().map(|&task| work[task].0).collect(),
            }),
            None => {}
        }
        is_over = exceeds;
    }
    for one in &mut found {
        one.tasks.sort_unstable();
        one.tasks.dedup();
    }
    found
}

/// One diagnostic per overloaded role: its worst period, and how many more there are.
#[must_use]
pub fn overload_findings(program: &Program, overloads: &[Overload], places: &Places) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, role) in program.roles().iter().enumerate() {
        let own = || overloads.iter().filter(|one| one.role == at);
        // The first of the worst.
        let worst = own().reduce(|worst, one| if one.needed > worst.needed { one } else { worst });
        if let Some(worst) = worst {
            findings.push(finding(program, role, worst, own().count() - 1, places));
        }
    }
    findings
}

fn finding(program: &Program, role: &Role, one: &Overload, others: usize, places: &Places) -> Diagnostic {
    let id = |task: &TaskIx| format!("`{}`", program.tasks()[task.index()].id);
    let names: Vec<String> = one.tasks.iter().take(SHOWN).map(id).collect();
    let more = match one.tasks.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let others = match others {
        0 => String::new(),
        1 => "; too many in 1 other period".to_owned(),
        more => format!("; too many in {more} other periods"),
    };
    let message = format!(
        "the plan needs {} of the role `{}` at once, and there are {}: {} to {}, {}{more}{others}",
        people(one.needed),
        role.name,
        people(role.capacity),
        one.start.start_date(),
        one.end.finish_date(),
        names.join(", "),
    );
    let help = "the simulation does not level: link work that the same people do, lower its `units`, or raise \
                the capacity in `[roles]`";
    let diagnostic = Diagnostic::new(code::ROLE_OVERLOADED, message).help(help);
    let shown = one.tasks.iter().take(SHOWN);
    shown.fold(diagnostic, |diagnostic, task| diagnostic.at_place(places.task(*task), ""))
}

/// A number of people without the noise of sums of fractions.
fn people(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::model::{CalendarIx, Estimate, Link, ProgramBuilder, Task};

    const DAY: f64 = 480.0;

    fn task(id: &str, days: f64, units: f64) -> Task {
        let mut task = Task::work(id, Estimate::certain(days * DAY), CalendarIx::new(0));
        task.role = Some("engineer".into());
        task.units = units;
        task
    }

    fn builder(capacity: f64) -> ProgramBuilder {
        let start = "2027-01-11T08:00".parse().unwrap();
        let mut builder = ProgramBuilder::new("roles", start, "EUR".parse().unwrap());
        builder.calendar("standard", Calendar::standard());
        builder.role(Role { name: "engineer".into(), capacity });
        builder
    }

    fn overloads_of(builder: ProgramBuilder) -> (Vec<Overload>, Vec<Diagnostic>) {
        let program = builder.build().unwrap();
        let found = overloads(&program, &Schedule::plan(&program).unwrap());
        let findings = overload_findings(&program, &found, &Places::default());
        (found, findings)
    }

    #[test]
    fn work_one_after_the_other_overloads_nobody() {
        let mut builder = builder(2.0);
        let first = builder.task(task("first", 0.5, 2.0));
        let second = builder.task(task("second", 0.5, 2.0));
        builder.link(Link::finish_to_start(first, second));
        assert_eq!(overloads_of(builder), (vec![], vec![]));
    }

    #[test]
    fn the_period_the_peak_and_the_tasks_of_an_overload_are_named() {
        let mut builder = builder(3.0);
        let tasks = [task("a", 3.0, 1.5), task("b", 2.0, 1.5), task("c", 1.0, 1.0)];
        let tasks = tasks.map(|one| builder.task(one));
        let mut other = task("other", 3.0, 9.0);
        other.role = Some("nobody knows how many".into());
        builder.task(other);
        let (found, findings) = overloads_of(builder);
        let at = |text: &str| text.parse::<Instant>().unwrap();
        let (start, end) = (at("2027-01-11T08:00"), at("2027-01-11T17:00"));
        assert_eq!(found, [Overload { role: 0, start, end, needed: 4.0, tasks: tasks.to_vec() }]);
        assert_eq!(
            findings[0].message,
            "the plan needs 4 of the role `engineer` at once, and there are 3: 2027-01-11 to 2027-01-11, \
             `a`, `b`, `c`"
        );
    }

    #[test]
    fn a_finding_shows_the_worst_period_and_counts_the_others() {
        let mut builder = builder(1.0);
        let first = builder.task(task("first", 1.0, 2.0));
        let second = builder.task(task("second", 1.0, 3.0));
        builder.link(Link::finish_to_start(first, second));
        let (found, findings) = overloads_of(builder);
        assert_eq!(found.len(), 2);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.contains("needs 3"), "{}", findings[0].message);
        assert!(findings[0].message.ends_with("`second`; too many in 1 other period"));
    }
}
