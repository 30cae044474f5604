//! The only way to a [`Program`].

use std::collections::BTreeSet;

use super::cycle::{Hop, find_cycle, find_undecidable};
use super::unroll::{Tangle, unroll};
use super::{
    CalendarIx, Chance, ChanceIx, Condition, ConditionIx, Conventions, CorrelationError, Correlations,
    CostAmount, CostLine, Course, Driver, DriverIx, Endpoint, EscalateAbove, Estimate, Finance, Impact,
    LagAmount, Link, LinkIx, LinkKind, Member, NamedCalendar, Need, Program, Project, ProjectIx,
    ReferenceClass, RegisterEntry, Rework, Risk, RiskIx, RiskWindow, Role, Scope, Target, Task, TaskIx,
    TaskKind,
};
use crate::calendar::Calendar;
use crate::units::{Currency, Instant, Percentile};

/// Collects the parts of a program and checks them as a whole.
#[derive(Clone, Debug)]
pub struct ProgramBuilder {
    program: Program,
    loops: Vec<Rework>,
}

/// Why parts do not make a program.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// There is nothing to simulate.
    #[error("the program has no task")]
    NoTask,
    /// There is no calendar.
    #[error("the program has no calendar")]
    NoCalendar,
    /// Two parts of one kind have the same id.
    #[error("the id `{0}` is used twice")]
    DuplicateId(String),
    /// A typed position points past its table.
    #[error("{0} refers to something that the program does not have")]
    BadReference(String),
    /// A project stands before the one that it belongs to.
    #[error("project `{0}` must come after its parent")]
    ParentAfterChild(String),
    /// A link ties the finish of a whole project.
    #[error("a link to project `{0}` must be FS or SS")]
    LinkToProjectFinish(String),
    /// Links form a circle; the links are in order, each leading to the next.
    #[error("links form a circle")]
    Cycle(Vec<LinkIx>),
    /// Whether a task exists depends on what comes after it; the hops lead in a circle.
    #[error("whether work exists depends on what comes after it")]
    Undecidable(Vec<Hop>),
    /// A number that must be finite and not negative is not.
    #[error("{what}: {value} must be zero or more")]
    Negative {
        /// Which number.
        what: String,
        /// Its value, as text.
        value: String,
    },
    /// No path leads from the entry of a loop to its test.
    #[error("the loop `{0}` has no path from its entry to its test")]
    LoopWithoutPath(String),
    /// Two loops share work, and neither lies within the other.
    #[error("the loops `{0}` and `{1}` overlap")]
    LoopsOverlap(String, String),
    /// A stretch of probability that is none.
    #[error("{what}: {value} is no stretch within 0 to 1")]
    BadChance {
        /// Which chance.
        what: String,
        /// Its ends, as text.
        value: String,
    },
    /// Correlations that cannot hold.
    #[error(transparent)]
    Correlation(#[from] CorrelationError),
    /// A role of which there is nobody.
    #[error("the capacity of role `{0}` must be above 0")]
    NoCapacity(String),
}

impl ProgramBuilder {
    /// A program with its default calendar, and nothing else yet.
    #[must_use]
    pub fn new(name: impl Into<String>, start: Instant, currency: Currency) -> Self {
        let program = Program {
            name: name.into(),
            start,
            status_date: None,
            status_holds: true,
            currency,
            conventions: Conventions::Native,
            confidence: vec![Percentile::whole(50), Percentile::whole(80), Percentile::whole(90)],
            calendar: CalendarIx(0),
            calendars: Vec::new(),
            projects: Vec::new(),
            tasks: Vec::new(),
            links: Vec::new(),
            risks: Vec::new(),
            drivers: Vec::new(),
            courses: Vec::new(),
            register: Vec::new(),
            chances: Vec::new(),
            conditions: Vec::new(),
            project_exists: Vec::new(),
            own_finishes: BTreeSet::new(),
            critical_open_ends: false,
            correlations: Correlations::default(),
            roles: Vec::new(),
            references: Vec::new(),
            costs: Vec::new(),
            targets: Vec::new(),
            finish: None,
            finance: None,
            escalate_above: None,
            statuses: Vec::new(),
            members: Vec::new(),
        };
        Self { program, loops: Vec::new() }
    }

    /// Adds a calendar; the first one added is the program's default.
    pub fn calendar(&mut self, id: impl Into<String>, calendar: Calendar) -> CalendarIx {
        self.program.calendars.push(NamedCalendar { id: id.into(), calendar });
        CalendarIx::new(self.program.calendars.len() - 1)
    }

    /// Chooses the default calendar of the program.
    pub fn default_calendar(&mut self, calendar: CalendarIx) -> &mut Self {
        self.program.calendar = calendar;
        self
    }

    /// Sets the exposure above which a risk is to be escalated.
    pub fn escalate_above(&mut self, above: Option<EscalateAbove>) -> &mut Self {
        self.program.escalate_above = above;
        self
    }

    /// Sets the status date.
    pub fn status_date(&mut self, at: Option<Instant>) -> &mut Self {
        self.program.status_date = at;
        self
    }

    /// Sets whose scheduling conventions apply.
    pub fn conventions(&mut self, conventions: Conventions) -> &mut Self {
        self.program.conventions = conventions;
        // Microsoft Project moves work that has not started to the status date only on request.
        self.program.status_holds = conventions != Conventions::MsProject;
        self
    }

    /// Sets the percentiles to report.
    pub fn confidence(&mut self, percentiles: impl IntoIterator<Item = Percentile>) -> &mut Self {
        self.program.confidence = percentiles.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        self
    }

    /// Adds a project; its parent must have been added before.
    pub fn project(&mut self, project: Project) -> ProjectIx {
        self.program.projects.push(project);
        ProjectIx::new(self.program.projects.len() - 1)
    }

    /// Lets late dates of work without successors count back from its own finish.
    pub fn critical_open_ends(&mut self) -> &mut Self {
        self.program.critical_open_ends = true;
        self
    }

    /// Lets late dates in a project count back from its own finish.
    pub fn own_finish(&mut self, project: ProjectIx) -> &mut Self {
        self.program.own_finishes.insert(project);
        self
    }

    /// Adds a task or milestone.
    pub fn task(&mut self, task: Task) -> TaskIx {
        self.program.tasks.push(task);
        TaskIx::new(self.program.tasks.len() - 1)
    }

    /// Adds a link.
    pub fn link(&mut self, link: Link) -> LinkIx {
        self.program.links.push(link);
        LinkIx::new(self.program.links.len() - 1)
    }

    /// Adds a risk.
    pub fn risk(&mut self, risk: Risk) -> RiskIx {
        self.program.risks.push(risk);
        RiskIx::new(self.program.risks.len() - 1)
    }

    /// Adds a risk driver; a task that it names twice is touched once.
    pub fn driver(&mut self, mut driver: Driver) -> DriverIx {
        driver.targets.sort_unstable();
        driver.targets.dedup();
        self.program.drivers.push(driver);
        DriverIx::new(self.program.drivers.len() - 1)
    }

    /// Says how a risk comes about.
    pub fn course(&mut self, risk: RiskIx, course: Course) -> &mut Self {
        let known = &mut self.program.courses;
        known.resize(known.len().max(risk.index() + 1), Course::default());
        known[risk.index()] = course;
        self
    }

    /// Says what the register says of a risk for people.
    pub fn register(&mut self, risk: RiskIx, entry: RegisterEntry) -> &mut Self {
        let known = &mut self.program.register;
        known.resize(known.len().max(risk.index() + 1), RegisterEntry::default());
        known[risk.index()] = entry;
        self
    }

    /// Adds a chance on which tasks may depend.
    pub fn chance(&mut self, chance: Chance) -> ChanceIx {
        self.program.chances.push(chance);
        ChanceIx::new(self.program.chances.len() - 1)
    }

    /// The number of a condition; adds it if it is new.
    pub fn condition(&mut self, condition: Condition) -> ConditionIx {
        super::condition::number(&mut self.program.conditions, condition)
    }

    /// Lets a project, with the costs of its own, exist under a condition. Its tasks carry theirs
    /// themselves.
    pub fn project_exists(&mut self, project: ProjectIx, condition: ConditionIx) -> &mut Self {
        let known = &mut self.program.project_exists;
        known.resize(known.len().max(project.index() + 1), None);
        known[project.index()] = Some(condition);
        self
    }

    /// Lets a task exist under a condition.
    pub fn exists(&mut self, task: TaskIx, condition: ConditionIx) -> &mut Self {
        if let Some(task) = self.program.tasks.get_mut(task.index()) {
            task.exists = Some(condition);
        }
        self
    }

    /// Adds a loop. [`Self::build`] replaces it by the tasks that it stands for, which come after all others.
    pub fn rework(&mut self, rework: Rework) -> &mut Self {
        self.loops.push(rework);
        self
    }

    /// Sets what is drawn together; the order in which groups and pairs are written does not matter.
    pub fn correlations(&mut self, mut correlations: Correlations) -> &mut Self {
        correlations.groups.sort_by(|one, other| one.id.cmp(&other.id));
        correlations.pairs.sort_by(|one, other| (&one.a, &one.b).cmp(&(&other.a, &other.b)));
        self.program.correlations = correlations;
        self
    }

    /// Adds a role whose capacity is known.
    pub fn role(&mut self, role: Role) -> &mut Self {
        self.program.roles.push(role);
        self
    }

    /// Adds a reference class.
    pub fn reference(&mut self, reference: ReferenceClass) -> &mut Self {
        self.program.references.push(reference);
        self
    }

    /// Says what money does over time.
    pub fn finance(&mut self, finance: Finance) -> &mut Self {
        self.program.finance = Some(finance);
        self
    }

    /// Adds a cost of the program itself.
    pub fn cost(&mut self, line: CostLine) -> &mut Self {
        self.program.costs.push(line);
        self
    }

    /// Adds a cost of a project itself.
    pub fn project_cost(&mut self, project: ProjectIx, line: CostLine) -> &mut Self {
        if let Some(project) = self.program.projects.get_mut(project.index()) {
            project.costs.push(line);
        }
        self
    }

    /// Says which project stands for a program of a portfolio.
    pub(super) fn add_member(&mut self, member: Member) {
        self.program.members.push(member);
    }

    /// Adds a promise.
    pub fn target(&mut self, target: Target) -> &mut Self {
        self.program.targets.push(target);
        self
    }

    /// Names the finish milestone.
    pub fn finish(&mut self, milestone: TaskIx) -> &mut Self {
        self.program.finish = Some(milestone);
        self
    }

    /// The parts so far, unchecked, for explaining what [`Self::build`] refuses.
    #[must_use]
    pub fn draft(&self) -> &Program {
        &self.program
    }

    /// Checks everything and seals the program.
    ///
    /// # Errors
    /// Every [`BuildError`] that applies; a circle is looked for only when all references are good.
    pub fn build(self) -> Result<Program, Vec<BuildError>> {
        let mut program = self.program;
        let mut errors = Vec::new();
        check_references(&program, &mut errors);
        check_loops(&program, &self.loops, &mut errors);
        // A circle is named by the links as they were added, before loops add theirs.
        if errors.is_empty()
            && let Some(links) = find_cycle(&program.projects, &program.tasks, &program.links)
        {
            errors.push(BuildError::Cycle(links));
        }
        if errors.is_empty()
            && let Some(hops) =
                find_undecidable(&program.projects, &program.tasks, &program.links, &program.conditions)
        {
            errors.push(BuildError::Undecidable(hops));
        }
        if errors.is_empty()
            && let Err(tangles) = unroll(&mut program, &self.loops)
        {
            let name = |at: usize| self.loops[at].id.clone();
            errors.extend(tangles.into_iter().map(|(at, tangle)| match tangle {
                Tangle::Unreachable => BuildError::LoopWithoutPath(name(at)),
                Tangle::Overlap(one, other) => BuildError::LoopsOverlap(name(one), name(other)),
            }));
        }
        if program.tasks.is_empty() {
            errors.push(BuildError::NoTask);
        }
        if program.calendars.is_empty() {
            errors.push(BuildError::NoCalendar);
        }
        check_ids(&program, &mut errors);
        check_numbers(&program, &mut errors);
        errors.extend(program.correlations.errors(&program).into_iter().map(BuildError::from));
        if errors.is_empty() { Ok(program) } else { Err(errors) }
    }
}

/// Checks what unrolling relies on.
fn check_loops(program: &Program, loops: &[Rework], errors: &mut Vec<BuildError>) {
    let has_task = |task: TaskIx| task.index() < program.tasks.len();
    let has_calendar = |calendar: CalendarIx| calendar.index() < program.calendars.len();
    let mut ids = BTreeSet::new();
    for one in loops {
        let rollback = one.rollback.as_ref().is_none_or(|rollback| has_calendar(rollback.calendar));
        if !has_task(one.test) || !has_task(one.entry) || !rollback {
            errors.push(BuildError::BadReference(format!("the loop `{}`", one.id)));
        }
        if !ids.insert(&one.id) {
            errors.push(BuildError::DuplicateId(one.id.clone()));
        }
        let good = |fraction: &f64| fraction.is_finite() && *fraction >= 0.0;
        if let Some(bad) = one.fraction.iter().find(|fraction| !good(fraction)) {
            let what = format!("a fraction of the loop `{}`", one.id);
            errors.push(BuildError::Negative { what, value: bad.to_string() });
        }
    }
}

fn check_ids(program: &Program, errors: &mut Vec<BuildError>) {
    let mut duplicates = |ids: &mut dyn Iterator<Item = &str>| {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id.to_owned()) {
                errors.push(BuildError::DuplicateId(id.to_owned()));
            }
        }
    };
    duplicates(&mut program.calendars.iter().map(|c| c.id.as_str()));
    duplicates(&mut program.risks.iter().map(|r| r.id.as_str()));
    duplicates(&mut program.correlations.groups.iter().map(|group| group.id.as_str()));
    duplicates(&mut program.drivers.iter().map(|driver| driver.id.as_str()));
    duplicates(&mut program.roles.iter().map(|role| role.name.as_str()));
    let projects = program.projects.iter().map(|p| p.id.as_str());
    duplicates(&mut projects.chain(program.tasks.iter().map(|t| t.id.as_str())));
    for task in &program.tasks {
        duplicates(&mut task.costs.iter().map(|line| line.key.as_str()));
    }
    for project in &program.projects {
        duplicates(&mut project.costs.iter().map(|line| line.key.as_str()));
    }
    duplicates(&mut program.costs.iter().map(|line| line.key.as_str()));
    for risk in &program.risks {
        // Impacts that share a key share their draws: each delay still has to hit other targets, and each cost.
        let levels = [Some(&risk.levels), risk.response.as_ref().map(|response| &response.residual)];
        for impacts in levels.into_iter().flatten().map(|levels| &levels.impacts) {
            let hits = |counts: fn(&Impact) -> bool| -> Vec<String> {
                let hit = |i: &Impact, task: TaskIx| format!("{}/{}/{}", risk.id, i.key, task.0);
                let counted = impacts.iter().filter(|&impact| counts(impact));
                counted.flat_map(|i| i.targets.iter().map(move |&task| hit(i, task))).collect()
            };
            duplicates(&mut hits(|impact| impact.delay.is_some()).iter().map(String::as_str));
            duplicates(&mut hits(|impact| impact.cost.is_some()).iter().map(String::as_str));
        }
    }
}

fn check_references(program: &Program, errors: &mut Vec<BuildError>) {
    let has_task = |task: TaskIx| task.index() < program.tasks.len();
    let has_project = |project: ProjectIx| project.index() < program.projects.len();
    let has_calendar = |calendar: CalendarIx| calendar.index() < program.calendars.len();
    let mut require = |good: bool, who: &dyn Fn() -> String| {
        if !good {
            errors.push(BuildError::BadReference(who()));
        }
    };
    require(has_calendar(program.calendar), &|| "the default calendar".into());
    require(program.finish.is_none_or(has_task), &|| "the finish milestone".into());
    for task in &program.tasks {
        require(has_calendar(task.calendar), &|| format!("task `{}`", task.id));
        require(task.project.is_none_or(has_project), &|| format!("task `{}`", task.id));
    }
    check_courses(program, &mut require);
    let has_condition = |condition: ConditionIx| condition.index() < program.conditions.len();
    for task in &program.tasks {
        let good = task.exists.is_none_or(has_condition) && task.never.is_none_or(has_condition);
        require(good, &|| format!("task `{}`", task.id));
    }
    for (at, condition) in program.project_exists.iter().enumerate() {
        let good = condition.is_none_or(|condition| has_condition(condition) && at < program.projects.len());
        require(good, &|| format!("the condition of project {at}"));
    }
    for (at, condition) in program.conditions.iter().enumerate() {
        let good = condition.needs().iter().all(|need| match need {
            Need::Chance { chance, .. } => chance.index() < program.chances.len(),
            Need::Risk { risk, .. } => risk.index() < program.risks.len(),
            Need::Finish { of, .. } | Need::Cost { of, .. } => match *of {
                Endpoint::Task(task) => has_task(task),
                Endpoint::Project(project) => has_project(project),
            },
        });
        require(good, &|| format!("condition {at}"));
    }
    for target in &program.targets {
        let good = match target.scope {
            Scope::Program => true,
            Scope::Project(project) => has_project(project),
            Scope::Milestone(task) => has_task(task),
        };
        require(good, &|| "a target".into());
    }
    let has_end = |end: Endpoint| match end {
        Endpoint::Task(task) => has_task(task),
        Endpoint::Project(project) => has_project(project),
    };
    for (at, link) in program.links.iter().enumerate() {
        require(has_end(link.from) && has_end(link.to), &|| format!("link {at}"));
    }
    for risk in &program.risks {
        let residual = risk.response.iter().flat_map(|response| &response.residual.impacts);
        let impacts = || risk.levels.impacts.iter().chain(residual.clone());
        let good = impacts().flat_map(|impact: &Impact| &impact.targets).all(|&task| has_task(task));
        require(good, &|| format!("risk `{}`", risk.id));
    }
    if let Some(finance) = &program.finance {
        require(super::finance::is_sound(program, finance), &|| "the money".into());
    }
    for driver in &program.drivers {
        let good = driver.targets.iter().all(|&task| has_task(task));
        require(good, &|| format!("driver `{}`", driver.id));
    }
    for link in &program.links {
        if let (Endpoint::Project(to), LinkKind::FF | LinkKind::SF) = (link.to, link.kind)
            && let Some(project) = program.projects.get(to.index())
        {
            errors.push(BuildError::LinkToProjectFinish(project.id.clone()));
        }
    }
    for (at, project) in program.projects.iter().enumerate() {
        if project.parent.is_some_and(|parent| parent.index() >= at) {
            errors.push(BuildError::ParentAfterChild(project.id.clone()));
        }
    }
}

/// Checks that risks come about by what exists, and not by each other in a circle.
fn check_courses(program: &Program, require: &mut dyn FnMut(bool, &dyn Fn() -> String)) {
    let trigger = |risk: usize| program.courses.get(risk).and_then(|course| course.trigger);
    for (at, course) in program.courses.iter().enumerate() {
        let name = || program.risks.get(at).map_or(String::new(), |risk| format!("risk `{}`", risk.id));
        let is_while_good = match course.window {
            Some(RiskWindow::While(Endpoint::Task(task))) => task.index() < program.tasks.len(),
            Some(RiskWindow::While(Endpoint::Project(project))) => project.index() < program.projects.len(),
            Some(RiskWindow::Dates { from, to }) => from < to,
            None => course.recurs.is_none(),
        };
        let known = course.trigger.is_none_or(|trigger| trigger.index() < program.risks.len());
        require(at < program.risks.len() && is_while_good && known, &name);
        // Whoever follows triggers longer than there are risks goes round in a circle.
        let mut chain = Some(at);
        for _ in 0..=program.risks.len() {
            chain = chain.and_then(trigger).map(RiskIx::index);
        }
        require(chain.is_none(), &name);
    }
}

fn check_numbers(program: &Program, errors: &mut Vec<BuildError>) {
    let mut require = |value: f64, what: String| {
        if !(value.is_finite() && value >= 0.0) {
            errors.push(BuildError::Negative { what, value: value.to_string() });
        }
    };
    for task in &program.tasks {
        if let TaskKind::Work { duration: Estimate { plan, .. }, .. } = &task.kind {
            require(*plan, format!("the plan duration of `{}`", task.id));
        }
        require(task.units, format!("the units of `{}`", task.id));
        for line in &task.costs {
            if let CostAmount::Rate { minor_per_minute } = line.amount {
                require(minor_per_minute, format!("the rate of `{}`", task.id));
            }
        }
    }
    for link in &program.links {
        if let LagAmount::Share(share) = link.lag.amount {
            require(share.abs(), "the lag of a link".into());
        }
    }
    for chance in &program.chances {
        if !(0.0 <= chance.from && chance.from <= chance.to && chance.to <= 1.0) {
            let (what, value) = (chance.key.clone(), format!("{} to {}", chance.from, chance.to));
            errors.push(BuildError::BadChance { what, value });
        }
    }
    let is_capacity = |role: &&Role| role.capacity.is_finite() && role.capacity > 0.0;
    let none = program.roles.iter().filter(|role| !is_capacity(role));
    errors.extend(none.map(|role| BuildError::NoCapacity(role.name.clone())));
}
