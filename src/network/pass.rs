//! The dates of one iteration, in memory that is used again for the next.

use super::held::Held;
use super::node::{UNBOUND, UNLIMITED};
use super::stops::Stopped;
use super::trains::Arrivals;
use crate::model::{ProjectIx, TaskIx};
use crate::units::Instant;

/// Dates, floats and flags of one iteration; filled by the passes of [`super::Network`].
///
/// What a pass has not filled yet holds the values of the pass before it.
#[derive(Clone, Debug)]
pub struct Pass {
    /// By node: start and finish; a gate holds its instant in both.
    pub(super) start: Vec<i32>,
    pub(super) finish: Vec<i32>,
    /// By task: what held it back, for the start and for the finish.
    pub(super) ready: Vec<i32>,
    pub(super) finish_ready: Vec<i32>,
    /// By task: its place in the minutes of its own table.
    pub(super) place: Vec<i32>,
    /// By task: the number of its window, where places in windows are counted.
    pub(super) departure: Vec<u32>,
    /// By task: moved as late as possible, away from what holds it back.
    pub(super) moved: Vec<bool>,
    pub(super) shown_start: Vec<i32>,
    pub(super) window_wait: Vec<i32>,
    /// By node: it depends on work for which no window is left.
    pub(super) unfinished: Vec<bool>,
    pub(super) any_unfinished: bool,
    /// By task: its duration; 0 where it does not exist.
    pub(super) minutes: Vec<i32>,
    /// By strike: whether it hit its task, and the minutes that this added.
    pub(super) hit: Vec<bool>,
    pub(super) struck_minutes: Vec<i32>,
    /// By condition: whether it holds.
    pub(super) present: Vec<bool>,
    /// By task: what a cancellation made of it, and the minutes that it took.
    pub(super) stopped: Vec<Option<Stopped>>,
    pub(super) minutes_cut: Vec<i32>,
    pub(super) any_stopped: bool,
    pub(super) project_start: Vec<i32>,
    pub(super) project_finish: Vec<i32>,
    /// By project: the latest date that tasks pass on which do not exist.
    pub(super) passed_on: Vec<i32>,
    /// The latest finish of all work.
    pub(super) last_finish: i32,
    pub(super) target_finish: Option<Instant>,
    /// By node: the latest instants that may hold back its start and its finish.
    pub(super) late_ready: Vec<i32>,
    pub(super) late_finish_ready: Vec<i32>,
    /// By task.
    pub(super) late_start: Vec<i32>,
    pub(super) late_finish: Vec<i32>,
    pub(super) total_float: Vec<i32>,
    pub(super) free_float: Vec<i32>,
    pub(super) driving: Vec<bool>,
    pub(super) chain_start: Vec<Option<ChainStart>>,
    pub(super) arrivals: Arrivals,
    /// By task: what the conventions of a tool do to it; empty but in the deterministic schedule of a tool.
    pub(super) held: Vec<Held>,
}

/// Why a driving chain begins at a task: no link holds it back as late as this does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChainStart {
    /// The start of the program, or the status date of one under way.
    ProgramStart,
    /// A date constraint.
    Constraint,
    /// The task was moved as late as possible.
    AsLateAsPossible,
    /// The task was cancelled while it went on.
    Cancelled,
    /// The task waited for money.
    Funding,
}

/// A number that may be unlimited.
fn limited(value: i32) -> Option<i32> {
    (value != UNLIMITED).then_some(value)
}

impl Pass {
    /// Memory for so many tasks, nodes (tasks and gates), projects and conditions.
    pub(super) fn new(
        tasks: usize,
        nodes: usize,
        projects: usize,
        conditions: usize,
        arrivals: Arrivals,
    ) -> Self {
        Self {
            start: vec![0; nodes],
            finish: vec![0; nodes],
            ready: vec![0; tasks],
            finish_ready: vec![0; tasks],
            place: vec![0; tasks],
            departure: vec![0; tasks],
            moved: vec![false; tasks],
            shown_start: vec![0; tasks],
            window_wait: vec![0; tasks],
            unfinished: vec![false; nodes],
            any_unfinished: false,
            minutes: vec![0; tasks],
            hit: Vec::new(),
            struck_minutes: Vec::new(),
            present: vec![true; conditions],
            stopped: vec![None; tasks],
            minutes_cut: vec![0; tasks],
            any_stopped: false,
            passed_on: vec![UNBOUND; projects],
            project_start: vec![0; projects],
            project_finish: vec![0; projects],
            last_finish: 0,
            target_finish: None,
            late_ready: vec![UNLIMITED; nodes],
            late_finish_ready: vec![UNLIMITED; nodes],
            late_start: vec![UNLIMITED; tasks],
            late_finish: vec![UNLIMITED; tasks],
            total_float: vec![UNLIMITED; tasks],
            free_float: vec![UNLIMITED; tasks],
            driving: vec![false; nodes],
            chain_start: vec![None; tasks],
            arrivals,
            held: Vec::new(),
        }
    }

    /// When a task starts; a milestone's start equals its finish.
    #[must_use]
    pub fn start(&self, task: TaskIx) -> Instant {
        Instant(self.start[task.index()])
    }

    /// When a task finishes.
    #[must_use]
    pub fn finish(&self, task: TaskIx) -> Instant {
        Instant(self.finish[task.index()])
    }

    /// The start as reports show it: a start milestone is moved to its next working minute.
    #[must_use]
    pub fn shown_start(&self, task: TaskIx) -> Instant {
        Instant(self.shown_start[task.index()])
    }

    /// The finish as reports show it: a start milestone is moved to its next working minute.
    #[must_use]
    pub fn shown_finish(&self, task: TaskIx) -> Instant {
        Instant(self.finish[task.index()].max(self.shown_start[task.index()]))
    }

    /// When the target of the program finishes: its finish milestone if one is named, else the latest of all
    /// work. `None` if no window was left for work that it depends on.
    #[must_use]
    pub fn target_finish(&self) -> Option<Instant> {
        self.target_finish
    }

    /// The latest finish of all work; `None` if no window was left for some of it.
    #[must_use]
    pub fn last_finish(&self) -> Option<Instant> {
        limited(self.last_finish).map(Instant)
    }

    /// The earliest start in a project and below it; `None` if it has no tasks.
    #[must_use]
    pub fn project_start(&self, project: ProjectIx) -> Option<Instant> {
        limited(self.project_start[project.index()]).map(Instant)
    }

    /// The latest finish in a project and below it; `None` if it has no tasks, or if no window was left
    /// for one of them.
    #[must_use]
    pub fn project_finish(&self, project: ProjectIx) -> Option<Instant> {
        limited(self.project_finish[project.index()]).map(Instant)
    }

    /// Whether no window was left for a task or for one that it depends on; its dates then mean nothing.
    #[must_use]
    pub fn is_unfinished(&self, task: TaskIx) -> bool {
        self.unfinished[task.index()]
    }

    /// Whether any task is unfinished.
    #[must_use]
    pub fn unfinished(&self) -> bool {
        self.any_unfinished
    }

    /// The duration of a task; 0 where it does not exist.
    #[must_use]
    pub fn minutes(&self, task: TaskIx) -> i32 {
        self.minutes[task.index()]
    }

    /// Whether each strike hit its task.
    #[must_use]
    pub fn hits(&self) -> &[bool] {
        &self.hit
    }

    /// The minutes that each strike added to its task; below zero where it ended or shortened it.
    #[must_use]
    pub fn struck_minutes(&self) -> &[i32] {
        &self.struck_minutes
    }

    /// Whether a condition holds.
    #[must_use]
    pub fn holds(&self, condition: crate::model::ConditionIx) -> bool {
        self.present[condition.index()]
    }

    /// Copies whether each condition holds.
    pub fn copy_present(&self, to: &mut Vec<bool>) {
        to.clone_from(&self.present);
    }

    /// Elapsed minutes by which windows and freezes alone delayed the finish of a task: its finish less the
    /// one that it would have had from the same predecessors on its calendar without windows and freezes.
    #[must_use]
    pub fn window_wait(&self, task: TaskIx) -> i32 {
        self.window_wait[task.index()]
    }

    /// The latest start that does not move the target; `None` if no start moves it.
    #[must_use]
    pub fn late_start(&self, task: TaskIx) -> Option<Instant> {
        limited(self.late_start[task.index()]).map(Instant)
    }

    /// The latest finish that does not move the target; `None` if no finish moves it.
    #[must_use]
    pub fn late_finish(&self, task: TaskIx) -> Option<Instant> {
        limited(self.late_finish[task.index()]).map(Instant)
    }

    /// Working minutes of the task's own table between its finish and its late finish; `None` if unlimited.
    #[must_use]
    pub fn total_float(&self, task: TaskIx) -> Option<i32> {
        limited(self.total_float[task.index()])
    }

    /// Working minutes by which a task can move without moving a successor or the target; `None` if
    /// unlimited.
    #[must_use]
    pub fn free_float(&self, task: TaskIx) -> Option<i32> {
        limited(self.free_float[task.index()])
    }

    /// Whether the total float is 0: one more minute moves the target.
    #[must_use]
    pub fn is_critical(&self, task: TaskIx) -> bool {
        self.total_float[task.index()] <= 0
    }

    /// Whether the task lies on a chain traced back from the target through what binds.
    #[must_use]
    pub fn is_driving(&self, task: TaskIx) -> bool {
        self.driving[task.index()]
    }

    /// Why a driving chain begins at this task, if one does.
    #[must_use]
    pub fn chain_start(&self, task: TaskIx) -> Option<ChainStart> {
        self.chain_start[task.index()]
    }
}
