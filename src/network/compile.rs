//! From a program to flat arrays.

use std::sync::{Arc, OnceLock};

use super::decisions::Decisions;
use super::error::CompileError;
use super::gates::{Wiring, wire};
use super::inputs::Inputs;
use super::node::{Edge, Gate, TaskRule, UNBOUND, UNLIMITED};
use super::order::{Adjacency, sort_edges, topological};
use super::pass::Pass;
use super::presence::Presence;
use super::tables::{TableList, binds_place, can_wait, fits_in_windows, is_train, last_work};
use super::trains::Trains;
use crate::calendar::{TablePart, WindowTable, WorkLanes, WorkTable};
use crate::model::{Clock, ConstraintKind, Program, ProjectIx, Task, TaskIx, TaskKind};
use crate::units::Instant;

/// A program as flat arrays in topological order, ready for any number of passes.
#[derive(Clone, Debug)]
pub struct Network {
    /// By task.
    pub(super) rules: Vec<TaskRule>,
    /// Nodes after the tasks.
    pub(super) gates: Vec<Gate>,
    /// Sorted by the position of the node that they enter.
    pub(super) edges: Vec<Edge>,
    /// By node: where its entering edges lie.
    pub(super) entering: Vec<(u32, u32)>,
    /// By node: its leaving edges, but for those that bring facts: they limit nothing.
    pub(super) leaving: Adjacency,
    /// Nodes in topological order.
    pub(super) order: Vec<u32>,
    task_order: Vec<TaskIx>,
    pub(super) tables: Vec<WorkTable>,
    /// The same for many values at once, made when first asked for.
    lane_tables: OnceLock<Arc<[WorkLanes]>>,
    /// By table: the windows that bind places, in its minutes.
    pub(super) windows: Vec<Option<WindowTable>>,
    /// What release trains need.
    pub(super) trains: Option<Trains>,
    /// The table of the program's own calendar.
    pub(super) program_table: u32,
    /// By member of a portfolio: the table of the working time of its default calendar.
    member_tables: Vec<u32>,
    /// By task: the Working table of its calendar, whatever clock its duration runs on.
    pub(super) working_table: Vec<u32>,
    /// Program start, or the status date of a program under way.
    pub(super) origin: Instant,
    /// The same by task, where those of a portfolio begin apart; empty elsewhere.
    origins: Vec<Instant>,
    /// By task.
    pub(super) project_of: Vec<Option<u32>>,
    /// By project.
    pub(super) parents: Vec<Option<u32>>,
    /// Whether any task moves as late as possible.
    pub(super) moves_late: bool,
    /// Which tasks exist under conditions.
    pub(super) presence: Presence,
    /// Which conditions are decided by dates and costs.
    pub(super) decisions: Decisions,
    conditions: usize,
    /// The programs of a portfolio that finish with a milestone.
    pub(super) finishes: Vec<(ProjectIx, TaskIx)>,
    /// The finish milestone.
    pub(super) target: Option<TaskIx>,
}

impl Network {
    /// Lays out a program, with calendars long enough for the `worst` durations and lags.
    ///
    /// # Errors
    /// [`CompileError`] if the worst case does not fit into 32-bit minutes or lasts beyond the year 5900.
    pub fn compile(program: &Program, worst: &Inputs) -> Result<Self, CompileError> {
        super::bounds::check_inputs(program, worst)?;
        let mut list = TableList::default();
        let program_table = list.number(program.calendar(), TablePart::Working);
        let origin = program.origin();
        let members = program.members().iter();
        let member_tables = members.map(|member| list.number(member.calendar, TablePart::Working)).collect();
        let each = program.tasks().iter().enumerate();
        let rules: Vec<TaskRule> = each
            .map(|(at, task)| rule(program, task, program.origin_of(TaskIx::new(at)), &mut list))
            .collect();
        let each = (0..program.tasks().len()).filter(|_| !program.members().is_empty());
        let origins = each.map(|at| program.origin_of(TaskIx::new(at))).collect();
        let working_table =
            program.tasks().iter().map(|task| list.number(task.calendar, TablePart::Working)).collect();
        let mut wiring = wire(program, &mut list);
        super::actual::retain_logic(program, &mut wiring);
        let Wiring { gates, mut edges, mut visits, decisions } = wiring;
        let nodes = program.tasks().len() + gates.len();
        super::actual::without_past(program, &mut edges);
        super::gates::without_empty(program.tasks().len(), &gates, &mut edges);
        visits.extend(edges.iter().map(|edge| (edge.from, edge.to)));
        let order = topological(nodes, &visits);
        sort_edges(&mut edges, &order);
        let is_task = |node: &&u32| (**node as usize) < program.tasks().len();
        let mut network = Self {
            gates,
            entering: ranges(nodes, &edges),
            leaving: leaving(nodes, &rules, &edges),
            rules,
            edges,
            task_order: order.iter().filter(is_task).map(|&node| TaskIx(node)).collect(),
            order,
            tables: Vec::new(),
            lane_tables: OnceLock::new(),
            windows: Vec::new(),
            trains: None,
            program_table,
            member_tables,
            working_table,
            origin,
            origins,
            project_of: program.tasks().iter().map(|task| task.project.map(|p| p.0)).collect(),
            parents: program.projects().iter().map(|project| project.parent.map(|p| p.0)).collect(),
            moves_late: program.tasks().iter().any(|task| task.as_late_as_possible),
            presence: Presence::of(program, nodes),
            decisions,
            conditions: program.conditions().len(),
            finishes: program
                .members()
                .iter()
                .filter_map(|member| Some((member.project, member.finish?)))
                .collect(),
            target: program.finish(),
        };
        super::bounds::cover(program, &mut network, &list, worst)?;
        network.spend_lags(program);
        network.trains = Trains::of(&network, &list, &visits);
        Ok(network)
    }

    /// Memory for the passes of one iteration; to be used again for the next.
    #[must_use]
    pub fn pass(&self) -> Pass {
        let arrivals = self.trains.as_ref().map(Trains::arrivals).unwrap_or_default();
        Pass::new(self.rules.len(), self.order.len(), self.parents.len(), self.conditions, arrivals)
    }

    /// By table: the same for many values at once.
    pub(super) fn lane_tables(&self) -> Arc<[WorkLanes]> {
        let build = || self.tables.iter().map(WorkLanes::new).collect();
        Arc::clone(self.lane_tables.get_or_init(build))
    }

    /// All tasks, each after those that it depends on.
    #[must_use]
    pub fn order(&self) -> &[TaskIx] {
        &self.task_order
    }

    /// Whether windows or freezes may make a task wait.
    #[must_use]
    pub fn can_wait(&self, task: TaskIx) -> bool {
        self.rules[task.index()].unbound.is_some()
    }

    /// The program start, or the status date of a program under way: nothing starts before it.
    #[must_use]
    pub fn origin(&self) -> Instant {
        self.origin
    }

    /// The table of the working time of the program that a project belongs to; see [`Network::tables`].
    #[must_use]
    pub fn home_table(&self, program: &Program, project: Option<ProjectIx>) -> u32 {
        let member = program.member_of(project).map(|member| member.project);
        let at = member.and_then(|own| program.members().iter().position(|one| one.project == own));
        at.and_then(|at| self.member_tables.get(at)).copied().unwrap_or(self.program_table)
    }

    /// Before which a node does not start if it is open.
    pub(super) fn origin_at(&self, node: usize) -> Instant {
        self.origins.get(node).copied().unwrap_or(self.origin)
    }

    /// Whether any task moves as late as possible.
    #[must_use]
    pub fn moves_late(&self) -> bool {
        self.moves_late
    }

    /// The tasks whose cost decides something, with their rates.
    #[must_use]
    pub fn bills(&self) -> &[super::Bill] {
        &self.decisions.bills
    }

    /// The edges that enter a node.
    #[inline]
    pub(super) fn entering(&self, node: usize) -> &[Edge] {
        let (first, end) = self.entering[node];
        &self.edges[first as usize..end as usize]
    }

    /// The edges that leave a node.
    #[inline]
    pub(super) fn leaving(&self, node: usize) -> impl Iterator<Item = &Edge> {
        self.leaving.of(node).iter().map(|&edge| &self.edges[edge as usize])
    }

    /// The project of a task.
    pub(super) fn is_in(&self, task: usize, project: ProjectIx) -> bool {
        let mut at = self.project_of[task];
        while let Some(here) = at {
            if here == project.0 {
                return true;
            }
            at = self.parents[here as usize];
        }
        false
    }
}

/// What a task needs besides its links.
fn rule(program: &Program, task: &Task, origin: Instant, list: &mut TableList) -> TaskRule {
    let (bound, unbound) = match task.kind {
        TaskKind::Work { clock: Clock::Elapsed, .. } => (TablePart::Elapsed, TablePart::ElapsedUnbound),
        _ => (TablePart::Working, TablePart::WorkingUnbound),
    };
    let latest = |kinds: [ConstraintKind; 2]| {
        let matching = task.constraints.iter().filter(|constraint| kinds.contains(&constraint.kind));
        matching.map(|constraint| constraint.at.0).fold(UNBOUND, i32::max)
    };
    let must_start = latest([ConstraintKind::StartNoEarlierThan, ConstraintKind::MustStartOn]);
    let rule = TaskRule {
        clock: list.number(task.calendar, bound),
        unbound: can_wait(program, task.calendar).then(|| list.number(task.calendar, unbound)),
        in_windows: binds_place(program, task.calendar),
        in_train: is_train(program, task.calendar),
        last_work: last_work(program, task.calendar).map_or(UNLIMITED, |at| at.0),
        ready_floor: origin.0.max(must_start),
        finish_floor: latest([ConstraintKind::FinishNoEarlierThan, ConstraintKind::MustFinishOn]),
        milestone: match task.kind {
            TaskKind::Milestone(kind) => Some(kind),
            TaskKind::Work { .. } => None,
        },
        as_late_as_possible: task.as_late_as_possible,
        started: None,
        start_fact: None,
        finished: None,
    };
    match &task.actual {
        // What has started needs no window to start in, but what must lie inside one still does.
        Some(actual) => {
            let conventions = program.conventions_of(task.project);
            rule.with_actual(conventions, actual, origin, fits_in_windows(program, task.calendar))
        }
        None => rule,
    }
}

/// By node: its leaving edges, without those that bring facts, which a group of their own takes.
fn leaving(nodes: usize, rules: &[TaskRule], edges: &[Edge]) -> Adjacency {
    let facts = nodes as u32;
    let key = |edge: &Edge| if super::actual::is_past(rules, edge) { facts } else { edge.from };
    Adjacency::group(nodes + 1, edges.iter().map(key))
}

/// Where the edges that enter each node lie among edges sorted by that node's position.
fn ranges(nodes: usize, edges: &[Edge]) -> Vec<(u32, u32)> {
    let mut ranges = vec![(0, 0); nodes];
    let mut first = 0;
    for group in edges.chunk_by(|a, b| a.to == b.to) {
        let end = first + group.len() as u32;
        ranges[group[0].to as usize] = (first, end);
        first = end;
    }
    ranges
}
