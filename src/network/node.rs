//! What the flat arrays hold: rules of tasks, gates, and edges between them.
//!
//! Nodes are numbered: tasks first, by their [`crate::model::TaskIx`], then gates.

use crate::model::{LinkIx, MilestoneKind};

/// No instant holds back: the neutral element of a maximum.
pub(super) const UNBOUND: i32 = i32::MIN;

/// No late date: the neutral element of a minimum.
pub(super) const UNLIMITED: i32 = i32::MAX;

/// What a task needs besides its links.
#[derive(Clone, Debug)]
pub(super) struct TaskRule {
    /// The table in whose minutes the duration counts.
    pub clock: u32,
    /// The same calendar without windows and freezes, if it has any: the yardstick of the wait.
    pub unbound: Option<u32>,
    /// Whether start or fit windows bind it; they are numbered like its table.
    pub in_windows: bool,
    /// Whether places in those windows are counted: a release train.
    pub in_train: bool,
    /// The last instant of work; [`UNLIMITED`] unless the calendar's work is confined to windows that end.
    pub last_work: i32,
    /// Program start, status date and no-earlier-than dates of the start.
    pub ready_floor: i32,
    /// No-earlier-than dates of the finish.
    pub finish_floor: i32,
    /// Whether it is a milestone and of which kind.
    pub milestone: Option<MilestoneKind>,
    /// Whether it moves as late as its successors allow.
    pub as_late_as_possible: bool,
    /// When it really started; what is scheduled is then the rest of it.
    pub started: Option<i32>,
    /// What its start is for work that is tied to it: when it really started, unless the rest of it counts.
    pub start_fact: Option<i32>,
    /// When it really finished; nothing is scheduled then.
    pub finished: Option<i32>,
}

/// A node that is no task: it gathers instants for links from and to projects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// The latest of its inputs; `UNBOUND` without any.
    Latest,
    /// The earliest of its inputs.
    Earliest,
    /// No date at all: where a condition is decided, after what it awaits and before what exists under it.
    Decision(u32),
}

/// A step from one node to another.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    /// Where it comes from.
    pub from: u32,
    /// Where it leads.
    pub to: u32,
    /// Whether it leaves from the start (SS, SF) or the finish (FS, FF) of `from`.
    pub leaves_start: bool,
    /// Whether it holds back the finish (FF, SF) or the start (FS, SS) of `to`.
    pub holds_finish: bool,
    /// How long the lag is.
    pub amount: Amount,
    /// Whose minutes the lag counts.
    pub clock: LagTable,
    /// The link of the program behind it; none for belonging to a project.
    pub link: Option<LinkIx>,
}

/// How long a lag is in one iteration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Amount {
    /// No lag: the instant itself.
    None,
    /// So many minutes.
    Fixed(i32),
    /// What the iteration says for this link.
    Drawn(u32),
    /// A share of the duration of the predecessor, a task.
    Share {
        /// 0.5 = 50 %.
        share: f64,
        /// The task.
        task: u32,
    },
    /// A share of the time from the earliest start to the latest finish of the predecessor, a project, in
    /// the minutes of the lag.
    SpanShare {
        /// 0.5 = 50 %.
        share: f64,
        /// The gate that holds the earliest start.
        first: u32,
        /// The gate that holds the latest finish.
        last: u32,
    },
}

/// Whose minutes a lag counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LagTable {
    /// Round the clock.
    Clock,
    /// A table.
    Work(u32),
}
