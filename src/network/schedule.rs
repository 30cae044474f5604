//! The deterministic schedule: what the plan says before anything is simulated.

use super::backward::LateCap;
use super::compile::Network;
use super::error::CompileError;
use super::goal::Goal;
use super::held::Held;
use super::inputs::Inputs;
use super::node::UNLIMITED;
use super::pass::{ChainStart, Pass};
use crate::model::{ConstraintKind, Conventions, LinkIx, Program, ProjectIx, Scope, Task, TaskIx};
use crate::units::Instant;

/// The critical path method on the deterministic plan (semantics, section 2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    tasks: Vec<ScheduledTask>,
    target_finish: Option<Instant>,
    last_finish: Option<Instant>,
    driving_links: Vec<LinkIx>,
}

/// Dates and floats of one task in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduledTask {
    /// The start, as shown.
    pub start: Instant,
    /// The finish, as shown.
    pub finish: Instant,
    /// Whether the plan contains the task: branches are taken by their default.
    pub exists: bool,
    /// No window is left for the task or for work that it depends on; its other dates mean nothing.
    pub unfinished: bool,
    /// The latest start that breaks no deadline, no late constraint, and not the finish of all work.
    pub late_start: Option<Instant>,
    /// The latest such finish.
    pub late_finish: Option<Instant>,
    /// Schedule float: working minutes of the task's own calendar from its finish to `late_finish`;
    /// negative where a deadline or constraint is missed.
    pub schedule_float: Option<i32>,
    /// Simulation float: working minutes by which the task can slip before the target of the program moves,
    /// whatever constraints and deadlines say; `None` if it never does.
    pub target_float: Option<i32>,
    /// Working minutes by which the task can slip before a successor or the target moves.
    pub free_float: Option<i32>,
    /// It lies on a chain that drives the target of the program.
    pub driving: bool,
    /// Why such a chain begins here, if one does.
    pub chain_start: Option<ChainStart>,
    /// Elapsed minutes for which windows and freezes alone hold it up.
    pub window_wait: i32,
}

impl Schedule {
    /// Schedules the deterministic plan of a program.
    ///
    /// # Errors
    /// [`CompileError`] as [`Network::compile`] with the plan as worst case.
    pub fn plan(program: &Program) -> Result<Self, CompileError> {
        let inputs = Inputs::plan(program);
        let network = Network::compile(program, &inputs)?;
        Ok(Self::of(program, &network, &inputs))
    }

    /// Schedules given durations, which must not exceed those for which the network was compiled.
    #[must_use]
    pub fn of(program: &Program, network: &Network, inputs: &Inputs) -> Self {
        let mut pass = network.pass();
        pass.held = held(program);
        network.forward(inputs, &mut pass);
        network.free_float(inputs, &mut pass);
        network.trace(inputs, &mut pass);
        network.backward(inputs, &mut pass);
        let driving_links = network.driving_links(inputs, &pass);
        let target_float = pass.total_float.clone();
        let mut caps: Vec<LateCap> = program.tasks().iter().map(late_cap).collect();
        for (cap, held) in caps.iter_mut().zip(&pass.held) {
            cap.is_exact = held.is_exact();
        }
        // Of started work a latest start says when all of it would have been done.
        for (node, cap) in caps.iter_mut().enumerate().filter(|(_, cap)| cap.start != UNLIMITED) {
            if let Some(start) = network.started(node).filter(|_| !network.is_finished(node)) {
                let rule = &network.rules[node];
                let table = &network.tables[rule.clock as usize];
                let done = table.worked(Instant(rule.ready_floor)) - table.worked(Instant(start));
                let whole = done.max(0).saturating_add(inputs.duration_minutes[node]);
                let end = table.worked(Instant(cap.start)).saturating_add(whole);
                cap.finish = cap.finish.min(table.finish_at(end).0);
                cap.start = UNLIMITED;
            }
        }
        if program.has_critical_open_ends() {
            for (node, cap) in caps.iter_mut().enumerate() {
                if network.leaving(node).next().is_none() {
                    cap.finish = cap.finish.min(pass.finish[node]);
                }
            }
        }
        let goal = own_finishes(program, &pass, &mut caps);
        network.late_dates(goal, Some(&caps), inputs, &mut pass);
        // In Microsoft Project a task that its date holds against its links is as late as they would have it.
        for (node, task) in program.tasks().iter().enumerate().take(pass.held.len()) {
            let is_held = pass.held[node] != Held::default()
                && program.conventions_of(task.project) == Conventions::MsProject;
            if is_held && pass.total_float[node] != UNLIMITED {
                pass.total_float[node] += pass.place[node] - network.unheld_place(node, &pass);
            }
        }
        let one = |(at, &float): (usize, &i32)| ScheduledTask {
            target_float: (float != UNLIMITED).then_some(float),
            ..scheduled(network, &pass, TaskIx::new(at))
        };
        Self {
            tasks: target_float.iter().enumerate().map(one).collect(),
            target_finish: pass.target_finish(),
            last_finish: pass.last_finish(),
            driving_links,
        }
    }

    /// Dates and floats of a task.
    #[must_use]
    pub fn task(&self, task: TaskIx) -> &ScheduledTask {
        &self.tasks[task.index()]
    }

    /// Dates and floats of all tasks, by [`TaskIx`].
    #[must_use]
    pub fn tasks(&self) -> &[ScheduledTask] {
        &self.tasks
    }

    /// When the target of the program finishes; `None` if no window is left for work that it depends on.
    #[must_use]
    pub fn target_finish(&self) -> Option<Instant> {
        self.target_finish
    }

    /// When all work is finished; `None` if no window is left for some of it.
    #[must_use]
    pub fn last_finish(&self) -> Option<Instant> {
        self.last_finish
    }

    /// The links along which chains drive the target, in the order of the program.
    #[must_use]
    pub fn driving_links(&self) -> &[LinkIx] {
        &self.driving_links
    }
}

/// What the conventions of a tool do to tasks; nothing where they are p80's own.
fn held(program: &Program) -> Vec<Held> {
    if !program.has_conventions() {
        return Vec::new();
    }
    program.tasks().iter().map(|task| Held::of(program, task)).collect()
}

/// From what late dates count back: the finish of all work, unless parts of the program say otherwise, which then
/// stands in the dates of the tasks.
///
/// A project may count back from its own finish. In Primavera what a project, or all of it, must be finished by counts
/// instead of its finish, whether it is later or earlier.
fn own_finishes(program: &Program, pass: &Pass, caps: &mut [LateCap]) -> Option<Goal> {
    let promised = |scope| {
        let project = match scope {
            Scope::Project(project) => Some(project),
            Scope::Program | Scope::Milestone(_) => None,
        };
        let conventions = program.conventions_of(project);
        program.promised_finish(scope).filter(|_| conventions == Conventions::Primavera)
    };
    let projects = (0..program.projects().len()).map(ProjectIx::new);
    let of_projects: Vec<Option<i32>> = projects
        .map(|project| {
            let own = program.has_own_finish(project);
            let finish = promised(Scope::Project(project)).or_else(|| pass.project_finish(project));
            finish.filter(|_| own).map(|at| at.0)
        })
        .collect();
    let of_all = promised(Scope::Program);
    if of_all.is_none() && of_projects.iter().all(Option::is_none) {
        return Some(Goal::All);
    }
    let of_all = of_all.or_else(|| pass.last_finish()).map(|at| at.0);
    for (cap, task) in caps.iter_mut().zip(program.tasks()) {
        let mut above = task.project;
        let mut own = None;
        while let Some(project) = above {
            own = own.or(of_projects[project.index()]);
            above = program.projects()[project.index()].parent;
        }
        if let Some(finish) = own.or(of_all) {
            cap.finish = cap.finish.min(finish);
        }
    }
    None
}

/// What a pass with schedule float says of a task.
fn scheduled(network: &Network, pass: &Pass, task: TaskIx) -> ScheduledTask {
    ScheduledTask {
        start: pass.shown_start(task),
        finish: pass.shown_finish(task),
        exists: network.exists(task, pass),
        unfinished: pass.is_unfinished(task),
        late_start: pass.late_start(task),
        late_finish: pass.late_finish(task),
        schedule_float: pass.total_float(task),
        target_float: None,
        free_float: pass.free_float(task),
        driving: pass.is_driving(task),
        chain_start: pass.chain_start(task),
        window_wait: pass.window_wait(task),
    }
}

/// The late dates that constraints and the deadline of a task state.
fn late_cap(task: &Task) -> LateCap {
    let mut cap =
        LateCap { start: UNLIMITED, finish: task.deadline.map_or(UNLIMITED, |at| at.0), is_exact: false };
    for constraint in &task.constraints {
        let at = constraint.at.0;
        match constraint.kind {
            ConstraintKind::StartNoLaterThan | ConstraintKind::MustStartOn => cap.start = cap.start.min(at),
            ConstraintKind::FinishNoLaterThan | ConstraintKind::MustFinishOn => {
                cap.finish = cap.finish.min(at);
            }
            ConstraintKind::StartNoEarlierThan | ConstraintKind::FinishNoEarlierThan => {}
        }
    }
    cap
}
