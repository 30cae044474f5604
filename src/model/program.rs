//! The program as a whole.

use std::collections::BTreeSet;

use super::{
    CalendarIx, Chance, Clock, Condition, ConditionIx, Correlations, CostLine, Course, Driver, Endpoint,
    Finance, Link, Member, ProjectIx, ReferenceClass, RegisterEntry, Risk, RiskIx, Role, Status, Task,
    TaskIx,
};
use crate::calendar::Calendar;
use crate::units::{Currency, Instant, Money, Percentile, WorkScale};

/// A validated program; immutable.
#[derive(Clone, Debug)]
pub struct Program {
    pub(super) name: String,
    pub(super) start: Instant,
    pub(super) status_date: Option<Instant>,
    pub(super) status_holds: bool,
    pub(super) currency: Currency,
    pub(super) conventions: Conventions,
    pub(super) confidence: Vec<Percentile>,
    pub(super) calendar: CalendarIx,
    pub(super) calendars: Vec<NamedCalendar>,
    pub(super) projects: Vec<Project>,
    pub(super) tasks: Vec<Task>,
    pub(super) links: Vec<Link>,
    pub(super) risks: Vec<Risk>,
    pub(super) drivers: Vec<Driver>,
    pub(super) courses: Vec<Course>,
    pub(super) register: Vec<RegisterEntry>,
    pub(super) chances: Vec<Chance>,
    pub(super) conditions: Vec<Condition>,
    pub(super) project_exists: Vec<Option<ConditionIx>>,
    pub(super) own_finishes: BTreeSet<ProjectIx>,
    pub(super) critical_open_ends: bool,
    pub(super) correlations: Correlations,
    pub(super) roles: Vec<Role>,
    pub(super) references: Vec<ReferenceClass>,
    pub(super) costs: Vec<CostLine>,
    pub(super) targets: Vec<Target>,
    pub(super) finish: Option<TaskIx>,
    pub(super) finance: Option<Finance>,
    pub(super) escalate_above: Option<EscalateAbove>,
    pub(super) statuses: Vec<Status>,
    pub(super) members: Vec<Member>,
}

/// A calendar with its id.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedCalendar {
    /// Its id.
    pub id: String,
    /// What it says.
    pub calendar: Calendar,
}

/// A component project or any other node of the work breakdown.
#[derive(Clone, Debug)]
pub struct Project {
    /// The stable full id, such as `erp.build`.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// The node above it.
    pub parent: Option<ProjectIx>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Costs of the project itself, besides those of its tasks.
    pub costs: Vec<CostLine>,
}

/// What has been promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// By what.
    pub scope: Scope,
    /// To be finished at or before, if stated.
    pub finish: Option<Instant>,
    /// To cost at most, if stated.
    pub budget: Option<Money>,
}

/// The whole program or a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Everything.
    Program,
    /// A project with all below it.
    Project(ProjectIx),
    /// A milestone (dates only).
    Milestone(TaskIx),
}

/// The exposure of a risk, probability times impact, above which it is to be escalated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EscalateAbove {
    /// Working days, if stated.
    pub days: Option<f64>,
    /// Money, if stated.
    pub cost: Option<Money>,
}

/// Whose scheduling conventions apply where tools disagree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conventions {
    /// p80's own (semantics, section 1).
    #[default]
    Native,
    /// Microsoft Project's.
    MsProject,
    /// Oracle Primavera P6's.
    Primavera,
}

impl Program {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The exposure above which a risk is to be escalated, if anything is said of it.
    #[must_use]
    pub fn escalate_above(&self) -> Option<EscalateAbove> {
        self.escalate_above
    }

    /// The instant before which nothing starts.
    #[must_use]
    pub fn start(&self) -> Instant {
        self.start
    }

    /// The data date of a program under way.
    #[must_use]
    pub fn status_date(&self) -> Option<Instant> {
        self.status_date
    }

    /// Whether the status date holds back work that has not started.
    #[must_use]
    pub fn status_holds(&self) -> bool {
        self.status_holds
    }

    /// The currency of all money.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// Whose scheduling conventions apply.
    #[must_use]
    pub fn conventions(&self) -> Conventions {
        self.conventions
    }

    /// The percentiles to report, ascending.
    #[must_use]
    pub fn confidence(&self) -> &[Percentile] {
        &self.confidence
    }

    /// The default calendar.
    #[must_use]
    pub fn calendar(&self) -> CalendarIx {
        self.calendar
    }

    /// All calendars, by [`CalendarIx`].
    #[must_use]
    pub fn calendars(&self) -> &[NamedCalendar] {
        &self.calendars
    }

    /// All projects, by [`ProjectIx`]; a parent stands before its children.
    #[must_use]
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// All tasks and milestones, by [`TaskIx`].
    #[must_use]
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// All links; they form no circle.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The risk register, by [`super::RiskIx`].
    #[must_use]
    pub fn risks(&self) -> &[Risk] {
        &self.risks
    }

    /// The risk drivers, by [`super::DriverIx`].
    #[must_use]
    pub fn drivers(&self) -> &[Driver] {
        &self.drivers
    }

    /// How a risk comes about.
    #[must_use]
    pub fn course(&self, risk: RiskIx) -> Course {
        self.courses.get(risk.index()).cloned().unwrap_or_default()
    }

    /// What the register says of a risk for people.
    #[must_use]
    pub fn register(&self, risk: RiskIx) -> RegisterEntry {
        self.register.get(risk.index()).cloned().unwrap_or_default()
    }

    /// The chances on which tasks depend, by [`super::ChanceIx`].
    #[must_use]
    pub fn chances(&self) -> &[Chance] {
        &self.chances
    }

    /// The conditions under which tasks exist, by [`ConditionIx`].
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// The condition under which a project exists, with the costs of its own; always unless given. Its tasks
    /// carry theirs themselves.
    #[must_use]
    pub fn project_exists(&self, project: ProjectIx) -> Option<ConditionIx> {
        self.project_exists.get(project.index()).copied().flatten()
    }

    /// Whether late dates in a project count back from its own finish, not from that of all work.
    #[must_use]
    pub fn has_own_finish(&self, project: ProjectIx) -> bool {
        self.own_finishes.contains(&project)
    }

    /// Whether late dates of work without successors count back from its own finish, so that it has no float.
    #[must_use]
    pub fn has_critical_open_ends(&self) -> bool {
        self.critical_open_ends
    }

    /// How past programs of a kind turned out; the simulation does not look at it.
    #[must_use]
    pub fn references(&self) -> &[ReferenceClass] {
        &self.references
    }

    /// The roles whose capacity is known; the simulation does not level by them.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// Costs of the program itself.
    #[must_use]
    pub fn costs(&self) -> &[CostLine] {
        &self.costs
    }

    /// What has been promised.
    #[must_use]
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The finish milestone, if one is named; else the latest finish of all work counts.
    #[must_use]
    pub fn finish(&self) -> Option<TaskIx> {
        self.finish
    }

    /// What money does over time; [`None`] where nothing is said about it.
    #[must_use]
    pub fn finance(&self) -> Option<&Finance> {
        self.finance.as_ref()
    }

    /// What has been reported of the program under way, by date.
    #[must_use]
    pub fn statuses(&self) -> &[Status] {
        &self.statuses
    }

    /// The program with these reports, in the order of their dates; none of them changes the plan.
    #[must_use]
    pub fn with_statuses(self, mut statuses: Vec<Status>) -> Self {
        statuses.sort_by_key(|status| status.date);
        Self { statuses, ..self }
    }

    /// The full id of an end of a link.
    #[must_use]
    pub fn id_of(&self, end: Endpoint) -> &str {
        match end {
            Endpoint::Task(task) => &self.tasks[task.index()].id,
            Endpoint::Project(project) => &self.projects[project.index()].id,
        }
    }

    /// Minutes in a day of a task's clock: its calendar's working day, or 1,440 for an elapsed duration.
    #[must_use]
    pub fn minutes_per_day(&self, task: TaskIx) -> u32 {
        let task = &self.tasks[task.index()];
        match task.duration() {
            Some((_, Clock::Elapsed)) => WorkScale::ELAPSED.minutes_per_day,
            _ => self.calendars[task.calendar.index()].calendar.scale.minutes_per_day.max(1),
        }
    }

    /// The date promised for a scope, if any.
    #[must_use]
    pub fn promised_finish(&self, scope: Scope) -> Option<Instant> {
        self.targets.iter().filter(|target| target.scope == scope).find_map(|target| target.finish)
    }

    /// The budget promised for a scope, if any.
    #[must_use]
    pub fn promised_budget(&self, scope: Scope) -> Option<Money> {
        self.targets.iter().filter(|target| target.scope == scope).find_map(|target| target.budget)
    }

    /// Whether a project is `ancestor` or lies below it.
    #[must_use]
    pub fn is_within(&self, project: ProjectIx, ancestor: ProjectIx) -> bool {
        let mut at = Some(project);
        while let Some(here) = at {
            if here == ancestor {
                return true;
            }
            at = self.projects[here.index()].parent;
        }
        false
    }

    /// By task: whether links lead to it from a task, or from the end of a project.
    #[must_use]
    pub fn comes_after(&self, end: Endpoint) -> Vec<bool> {
        let edges = super::cycle::edges(&self.projects, &self.tasks, &self.links);
        let ahead: Vec<Vec<usize>> =
            edges.into_iter().map(|leaving| leaving.into_iter().map(|(to, _)| to).collect()).collect();
        let from = match end {
            Endpoint::Task(task) => task.index(),
            Endpoint::Project(project) => self.tasks.len() + 2 * project.index() + 1,
        };
        let mut reached = super::unroll::reach(&ahead, from);
        reached.truncate(self.tasks.len());
        reached
    }

    /// The tasks of a project and of all projects below it, in order.
    pub fn tasks_of(&self, project: ProjectIx) -> impl Iterator<Item = TaskIx> {
        self.tasks
            .iter()
            .enumerate()
            .filter(move |(_, task)| task.project.is_some_and(|own| self.is_within(own, project)))
            .map(|(at, _)| TaskIx::new(at))
    }
}
