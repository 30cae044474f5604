//! Schedule quality by the DCMA 14-point assessment (semantics, section 8).
//!
//! Source: Defense Contract Management Agency, *Earned Value Management System Program Analysis Pamphlet*
//! (DCMA-EA PAM 200.1, 2012), section 4. Where a check needs what a program does not hold (a baseline,
//! actual dates), it is not assessed and says why.

use super::quality_slip::slip_reaches_the_finish;
use crate::diag::{Code, code};
use crate::model::{
    Clock, ConstraintKind, Endpoint, LagAmount, LinkIx, LinkKind, Program, ProjectIx, Switches, Task, TaskIx,
    TaskKind,
};
use crate::network::{Inputs, Schedule};

/// Working days above which float and durations are called high.
pub(super) const HIGH_DAYS: i64 = 44;

/// Minutes that pass for each working day of a five-day week.
const ELAPSED_PER_WORKING_DAY: i64 = 7 * 1_440 / 5;

/// One check of the schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualityCheck {
    /// The code of its finding.
    pub code: Code,
    /// What is checked.
    pub name: &'static str,
    /// How many tasks or links it applies to.
    pub population: usize,
    /// The largest number that passes.
    pub allowed: usize,
    /// The tasks found, in the order of the program.
    pub tasks: Vec<TaskIx>,
    /// The links found, in the order of the program.
    pub links: Vec<LinkIx>,
    /// Whether it was passed; `None` if it was not assessed.
    pub passed: Option<bool>,
    /// Why it was not assessed.
    pub skipped: Option<&'static str>,
}

impl QualityCheck {
    /// How many tasks or links were found.
    #[must_use]
    pub fn found(&self) -> usize {
        self.tasks.len() + self.links.len()
    }
}

/// Runs all checks on the deterministic plan.
#[must_use]
pub fn quality(program: &Program, schedule: &Schedule) -> Vec<QualityCheck> {
    let view = View::of(program, schedule);
    let baseline = "the program has no baseline";
    let actuals = "the program has no actual dates";
    vec![
        view.tasks(code::NOTHING_FOLLOWS, "tasks without a successor", 5, |at, _| {
            !view.followed[at] && !view.is_natural_end(at)
        }),
        view.tasks(code::NOTHING_PRECEDES, "tasks without a predecessor", 5, |at, _| {
            !view.preceded[at] && view.natural_start != Some(at)
        }),
        view.links(code::LEADS, "leads", 0, |lag, _| lag < 0),
        view.links(code::LAGS, "lags", 5, |lag, _| lag > 0),
        view.links(code::FEW_FINISH_TO_START, "links other than finish to start", 10, |_, kind| {
            kind != LinkKind::FS
        }),
        view.tasks(code::HARD_CONSTRAINTS, "hard constraints", 5, |_, task| has_hard_constraint(task)),
        view.tasks(code::HIGH_FLOAT, "float above 44 working days", 5, |at, task| {
            // What only waits for a window or a freeze has float, and lacks no link for that.
            let is_high = |float: i32| i64::from(float) > HIGH_DAYS * view.day(task);
            view.float(at).is_some_and(is_high) && view.float_without_windows(at).is_some_and(is_high)
        }),
        view.tasks(code::NEGATIVE_FLOAT, "negative float", 0, |at, _| {
            view.float(at).is_some_and(|float| float < 0)
        }),
        view.tasks(code::LONG_DURATIONS, "durations above 44 working days", 5, |at, task| {
            i64::from(view.minutes[at]) > HIGH_DAYS * view.day(task)
        }),
        skipped(code::INVALID_DATES, "invalid dates", actuals),
        view.tasks(code::NO_RESOURCES, "tasks without role and cost", 0, |_, task| {
            view.any_resources && task.role.is_none() && task.costs.is_empty()
        }),
        skipped(code::MISSED_TASKS, "missed tasks", baseline),
        slip_check(program, schedule),
        skipped(code::LENGTH_INDEX, "critical path length index", baseline),
        skipped(code::EXECUTION_INDEX, "baseline execution index", baseline),
    ]
}

/// What the checks look at more than once.
struct View<'a> {
    program: &'a Program,
    schedule: &'a Schedule,
    /// The plan without windows and freezes, where there are any.
    without_windows: Option<Schedule>,
    minutes: Vec<i32>,
    /// Fixed or plan minutes of lags; shares as their sign.
    lags: Vec<i32>,
    followed: Vec<bool>,
    preceded: Vec<bool>,
    /// A program may begin somewhere: the first task that nothing precedes.
    natural_start: Option<usize>,
    any_resources: bool,
}

impl<'a> View<'a> {
    fn of(program: &'a Program, schedule: &'a Schedule) -> Self {
        let Inputs { duration_minutes: minutes, lag_minutes: mut lags, .. } = Inputs::plan(program);
        for (lag, link) in lags.iter_mut().zip(program.links()) {
            if let LagAmount::Share(share) = link.lag.amount {
                *lag = i32::from(share > 0.0) - i32::from(share < 0.0);
            }
        }
        let (mut followed, mut preceded) = (Marks::new(program), Marks::new(program));
        for link in program.links() {
            followed.mark(link.from);
            preceded.mark(link.to);
        }
        let (followed, preceded) = (followed.by_task(program), preceded.by_task(program));
        let open = (0..program.tasks().len()).filter(|&at| !preceded[at]);
        let natural_start = open.min_by_key(|&at| (schedule.tasks()[at].start, at));
        let any_resources = !program.costs().is_empty()
            || program.tasks().iter().any(|task| task.role.is_some() || !task.costs.is_empty());
        let mut calendars = program.calendars().iter().map(|named| &named.calendar);
        let any_windows = calendars.any(|one| one.windows.is_some() || !one.freezes.is_empty());
        let without = || Switches { windows: false, ..Switches::all(program) };
        // Without windows everything is earlier than in a plan that could be scheduled.
        let without_windows =
            any_windows.then(|| Schedule::plan(&program.switched(&without())).ok()).flatten();
        Self {
            program,
            schedule,
            without_windows,
            minutes,
            lags,
            followed,
            preceded,
            natural_start,
            any_resources,
        }
    }

    /// Work that ends with the program, or the finish milestone, needs no successor.
    fn is_natural_end(&self, at: usize) -> bool {
        self.program.finish().is_some_and(|task| task.index() == at)
            || Some(self.schedule.tasks()[at].finish) == self.schedule.last_finish()
    }

    fn float(&self, at: usize) -> Option<i32> {
        self.schedule.tasks()[at].schedule_float
    }

    /// The float where no window and no freeze holds up anything.
    fn float_without_windows(&self, at: usize) -> Option<i32> {
        self.without_windows.as_ref().unwrap_or(self.schedule).tasks()[at].schedule_float
    }

    /// Minutes of the task's clock in a working day: elapsed time passes 7 days for 5 working days.
    fn day(&self, task: &Task) -> i64 {
        if let TaskKind::Work { clock: Clock::Elapsed, .. } = task.kind {
            return ELAPSED_PER_WORKING_DAY;
        }
        i64::from(self.program.calendars()[task.calendar.index()].calendar.scale.minutes_per_day)
    }

    /// A check of all work; milestones do not count.
    fn tasks(
        &self,
        code: Code,
        name: &'static str,
        percent: usize,
        is_found: impl Fn(usize, &Task) -> bool,
    ) -> QualityCheck {
        let work = || {
            self.program
                .tasks()
                .iter()
                .enumerate()
                .filter(|(_, task)| !task.is_milestone() && !task.is_extra_pass())
        };
        let found = work().filter(|&(at, task)| is_found(at, task)).map(|(at, _)| TaskIx::new(at));
        judged(code, name, percent, work().count(), found.collect(), Vec::new())
    }

    /// A check of all links, by their lag in the plan and their kind.
    fn links(
        &self,
        code: Code,
        name: &'static str,
        percent: usize,
        is_found: impl Fn(i32, LinkKind) -> bool,
    ) -> QualityCheck {
        let links = self.program.links().iter().zip(&self.lags).enumerate();
        let found =
            links.filter(|&(_, (link, &lag))| is_found(lag, link.kind)).map(|(at, _)| LinkIx::new(at));
        judged(code, name, percent, self.program.links().len(), Vec::new(), found.collect())
    }
}

/// Tasks and projects that some link names.
struct Marks {
    tasks: Vec<bool>,
    projects: Vec<bool>,
}

impl Marks {
    fn new(program: &Program) -> Self {
        Self { tasks: vec![false; program.tasks().len()], projects: vec![false; program.projects().len()] }
    }

    fn mark(&mut self, end: Endpoint) {
        match end {
            Endpoint::Task(task) => self.tasks[task.index()] = true,
            Endpoint::Project(project) => self.projects[project.index()] = true,
        }
    }

    /// A link of a project is one of each of its tasks.
    fn by_task(mut self, program: &Program) -> Vec<bool> {
        for (at, project) in program.projects().iter().enumerate() {
            let above = project.parent.is_some_and(|parent: ProjectIx| self.projects[parent.index()]);
            self.projects[at] |= above;
        }
        let own = |task: &Task| task.project.is_some_and(|project| self.projects[project.index()]);
        program.tasks().iter().zip(&self.tasks).map(|(task, &marked)| marked || own(task)).collect()
    }
}

fn has_hard_constraint(task: &Task) -> bool {
    task.constraints.iter().any(|constraint| is_hard(constraint.kind))
}

/// Must and no-later-than; deadlines are not constraints.
pub(super) fn is_hard(kind: ConstraintKind) -> bool {
    !matches!(kind, ConstraintKind::StartNoEarlierThan | ConstraintKind::FinishNoEarlierThan)
}

fn judged(
    code: Code,
    name: &'static str,
    percent: usize,
    population: usize,
    tasks: Vec<TaskIx>,
    links: Vec<LinkIx>,
) -> QualityCheck {
    let allowed = population * percent / 100;
    let passed = Some(tasks.len() + links.len() <= allowed);
    QualityCheck { code, name, population, allowed, tasks, links, passed, skipped: None }
}

fn skipped(code: Code, name: &'static str, why: &'static str) -> QualityCheck {
    QualityCheck { skipped: Some(why), passed: None, ..judged(code, name, 0, 0, Vec::new(), Vec::new()) }
}

fn slip_check(program: &Program, schedule: &Schedule) -> QualityCheck {
    let name = "a slip of 600 days reaches the finish";
    match slip_reaches_the_finish(program, schedule) {
        None => skipped(code::BROKEN_PATH, name, "no driving task could be slipped by 600 days"),
        Some((task, reaches)) => {
            judged(code::BROKEN_PATH, name, 0, 1, if reaches { Vec::new() } else { vec![task] }, Vec::new())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::model::{CalendarIx, Constraint, Endpoint, Estimate, Lag, LagClock, Link, ProgramBuilder};

    const DAY: f64 = 480.0;

    /// A chain of tasks of a day, whose builder may still be changed.
    fn chain(tasks: usize) -> (ProgramBuilder, Vec<TaskIx>) {
        let start = "2027-01-11".parse().unwrap();
        let mut builder = ProgramBuilder::new("quality", start, "EUR".parse().unwrap());
        let calendar = builder.calendar("standard", Calendar::standard());
        let work = |at| Task::work(format!("t{at}"), Estimate::certain(DAY), calendar);
        let tasks: Vec<TaskIx> = (0..tasks).map(|at| builder.task(work(at))).collect();
        for pair in tasks.windows(2) {
            builder.link(Link::finish_to_start(pair[0], pair[1]));
        }
        (builder, tasks)
    }

    fn check(builder: ProgramBuilder) -> Vec<QualityCheck> {
        let program = builder.build().unwrap();
        quality(&program, &Schedule::plan(&program).unwrap())
    }

    fn of(checks: &[QualityCheck], code: Code) -> &QualityCheck {
        checks.iter().find(|check| check.code == code).unwrap()
    }

    #[test]
    fn a_plain_chain_passes_everything_that_can_be_assessed() {
        let checks = check(chain(30).0);
        assert_eq!(checks.len(), 15);
        for one in &checks {
            assert!(one.passed != Some(false), "{}", one.name);
            assert_eq!(one.passed.is_none(), one.skipped.is_some(), "{}", one.name);
            assert_eq!(one.found(), 0, "{}", one.name);
        }
    }

    #[test]
    fn each_fault_is_found_where_it_is() {
        let (mut builder, tasks) = chain(30);
        let mut long = Task::work("long", Estimate::certain(45.0 * DAY), CalendarIx(0));
        long.deadline = Some("2027-01-31".parse().unwrap());
        long.role = Some("dba".into());
        long.constraints
            .push(Constraint { kind: ConstraintKind::StartNoLaterThan, at: "2027-01-12".parse().unwrap() });
        let long = builder.task(long);
        let loose = builder.task(Task::work("loose", Estimate::certain(DAY), CalendarIx(0)));
        let mut link = |from, to, kind, minutes| {
            let lag = Lag { amount: LagAmount::Fixed(minutes), clock: LagClock::Successor };
            builder.link(Link { from: Endpoint::Task(from), to: Endpoint::Task(to), kind, lag })
        };
        let lead = link(tasks[0], tasks[2], LinkKind::FS, -60);
        let lag = link(tasks[0], tasks[3], LinkKind::SS, 60);
        link(tasks[0], long, LinkKind::FS, 0);
        let checks = check(builder);
        // The chain of 30 days ends before the 46 days of the program do.
        assert_eq!(of(&checks, code::NOTHING_FOLLOWS).tasks, [tasks[29], loose]);
        assert_eq!(of(&checks, code::NOTHING_PRECEDES).tasks, [loose]);
        assert_eq!(of(&checks, code::LEADS).links, [lead]);
        assert_eq!(of(&checks, code::LAGS).links, [lag]);
        assert_eq!(of(&checks, code::FEW_FINISH_TO_START).links, [lag]);
        assert_eq!(of(&checks, code::HARD_CONSTRAINTS).tasks, [long]);
        assert_eq!(of(&checks, code::LONG_DURATIONS).tasks, [long]);
        assert_eq!(of(&checks, code::NEGATIVE_FLOAT).tasks, [tasks[0], long]);
        // The program ends after 46 days; only the loose day has more than 44 days to spare.
        assert_eq!(of(&checks, code::HIGH_FLOAT).tasks, [loose]);
        assert_eq!(of(&checks, code::NO_RESOURCES).found(), 31);
        assert_eq!(of(&checks, code::LEADS).passed, Some(false));
        assert_eq!(of(&checks, code::LAGS).passed, Some(true));
        assert_eq!(of(&checks, code::BROKEN_PATH).passed, Some(true));
    }

    /// Fails when only the float of the plan with its windows is read.
    #[test]
    fn work_that_waits_for_a_window_has_no_high_float() {
        use crate::calendar::text::parse_window_rule;
        use crate::calendar::{WindowMode, Windows};
        let (mut builder, tasks) = chain(2);
        let rule = parse_window_rule("2027-09-01..2027-09-30").unwrap();
        let windows = Some(Windows { mode: WindowMode::Start, rule, capacity: None });
        let calendar = builder.calendar("cutover", Calendar { windows, ..Calendar::standard() });
        let cutover = builder.task(Task::work("cutover", Estimate::certain(DAY), calendar));
        builder.link(Link::finish_to_start(tasks[1], cutover));
        let checks = check(builder);
        assert_eq!(of(&checks, code::HIGH_FLOAT).tasks, []);
        assert_eq!(of(&checks, code::HIGH_FLOAT).passed, Some(true));
    }

    /// Fails when elapsed minutes are divided by those of a working day.
    #[test]
    fn sixty_elapsed_days_are_not_longer_than_44_working_days() {
        let (mut builder, _) = chain(1);
        let elapsed = |id: &str, days: f64| {
            let mut task = Task::work(id, Estimate::certain(days * 1_440.0), CalendarIx(0));
            if let TaskKind::Work { clock, .. } = &mut task.kind {
                *clock = Clock::Elapsed;
            }
            task
        };
        builder.task(elapsed("notice", 60.0));
        let long = builder.task(elapsed("lease", 62.0));
        assert_eq!(of(&check(builder), code::LONG_DURATIONS).tasks, [long]);
    }

    #[test]
    fn a_path_through_starts_does_not_carry_a_slip() {
        let (mut builder, tasks) = chain(1);
        let long = builder.task(Task::work("long", Estimate::certain(9.0 * DAY), CalendarIx(0)));
        let (from, to) = (Endpoint::Task(tasks[0]), Endpoint::Task(long));
        builder.link(Link { from, to, kind: LinkKind::SS, lag: Lag::none() });
        let end = builder.task(Task::milestone("end", CalendarIx(0)));
        builder.link(Link::finish_to_start(long, end));
        builder.finish(end);
        let checks = check(builder);
        assert_eq!(of(&checks, code::BROKEN_PATH).tasks, [tasks[0]]);
    }
}
