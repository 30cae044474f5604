//! What the passes over lanes know beforehand.

use std::sync::Arc;

use super::steps::Steps;
use crate::calendar::WorkLanes;
use crate::model::Scope;
use crate::network::compile::Network;
use crate::network::goal::Goal;
use crate::network::node::{Amount, Edge, LagTable, UNBOUND};
use crate::units::Instant;

/// What the passes over lanes are told of the tasks.
#[derive(Clone, Debug)]
pub struct LaneTasks {
    /// By task: it never has minutes, in no iteration.
    pub is_event: Vec<bool>,
    /// By task: it may have minutes, and may have none. That of no other task may be zero.
    pub may_idle: Vec<bool>,
    /// By task: risks may strike it while it goes on.
    pub struck: Vec<bool>,
    /// By task: somebody wants its dates.
    pub dated: Vec<bool>,
    /// By task: they are wanted among the dates that a block shows.
    pub shown: Vec<bool>,
    /// Somebody wants to know of every task when its work is done: its dates are shown, unless its work ends where
    /// [`super::LanePass::work_end`] says.
    pub all_work: bool,
}

/// What the passes over lanes know beforehand; the same for all blocks and threads.
#[derive(Clone, Debug)]
pub struct LanePlan {
    /// The order of the forward pass.
    pub(super) steps: Steps,
    /// By table.
    pub(super) tables: Arc<[WorkLanes]>,
    /// By task: it never has minutes, in no iteration.
    pub(super) is_event: Vec<bool>,
    /// By task: it has minutes in most iterations, and none in some.
    pub(super) may_idle: Vec<bool>,
    /// By task: its dates are shown.
    pub(super) shown: Vec<bool>,
    /// By task: its dates follow in every lane from where its work ends and how long it takes.
    pub(super) by_work: Vec<bool>,
    /// By task: its dates are gathered only when all is known of it.
    pub(super) later: Vec<bool>,
    /// By edge.
    pub(super) edges: Vec<EdgePlan>,
    /// How many links there are, up to the last with an uncertain lag.
    pub(super) links: usize,
    /// How many edges keep what they brought.
    pub(super) kept: usize,
    /// By task: somebody asks for its place; that of others follows from end and minutes.
    pub(super) places: Vec<bool>,
    /// By task: a link or a wait needs its start, even if nobody else does.
    pub(super) starts: Vec<bool>,
    /// The same of its finish.
    pub(super) finishes: Vec<bool>,
    /// By node: a link needs the instant by which it starts.
    pub(super) late_starts: Vec<bool>,
    /// The same of its finish.
    pub(super) late_finishes: Vec<bool>,
    /// By task: risks may strike it while it goes on.
    pub(super) struck: Vec<bool>,
    /// By node: a link needs the place by which it ends.
    pub(super) late_ends: Vec<bool>,
    /// By task: the place of the dates that hold back its start, and the working minutes of those that hold
    /// back its finish.
    pub(super) floors: Vec<(i32, Option<i32>)>,
    /// By task: the group of tasks of one project and one table.
    pub(super) group: Vec<u32>,
    /// By group: project and table.
    pub(super) groups: Vec<(Option<u32>, u32)>,
    /// Tables in whose minutes tasks count.
    pub(super) clocks: Vec<u32>,
    pub(super) goal: Goal,
}

/// How an edge is walked.
#[derive(Clone, Copy, Debug)]
pub(super) struct EdgePlan {
    /// Within the minutes of one table, forwards.
    pub direct: bool,
    /// The same in the reverse pass.
    pub direct_back: bool,
    /// Where what it brought is kept for the trace.
    pub kept: Option<u32>,
}

impl LanePlan {
    /// Whether a task may have minutes, and may have none.
    #[must_use]
    pub fn may_idle(&self, task: crate::model::TaskIx) -> bool {
        self.may_idle[task.index()]
    }

    /// Prepares a network.
    #[must_use]
    pub fn new(network: &Network, tasks: LaneTasks) -> Self {
        let LaneTasks { is_event, may_idle, struck, dated, mut shown, all_work } = tasks;
        let tasks = network.rules.len();
        // Where a task is an instant, in all lanes or in some.
        let instant: Vec<bool> =
            is_event.iter().zip(&may_idle).map(|(&event, &idle)| event || idle).collect();
        let mut kept = 0;
        let edges: Vec<EdgePlan> =
            network.edges.iter().map(|edge| edge_plan(network, &instant, edge, &mut kept)).collect();
        let goal = Goal::of(Scope::Program, network);
        let (mut starts, mut finishes) = (instant.clone(), instant.clone());
        let mut places = vec![network.moves_late; tasks];
        let [mut late_starts, mut late_finishes, mut late_ends] =
            [(); 3].map(|()| vec![false; network.order.len()]);
        for (edge, plan) in network.edges.iter().zip(&edges) {
            let (from, to) = (edge.from as usize, edge.to as usize);
            let to_event = instant.get(to).copied().unwrap_or(true);
            let waits = network.rules.get(to).is_some_and(|rule| rule.unbound.is_some());
            if from < tasks {
                places[from] |= edge.leaves_start;
                let dates = if edge.leaves_start { &mut starts } else { &mut finishes };
                dates[from] |= !plan.direct || to_event || waits;
            }
            late_ends[to] |= edge.holds_finish || !plan.direct_back;
            let late = if edge.holds_finish { &mut late_finishes } else { &mut late_starts };
            late[to] |= !plan.direct_back || instant.get(from).copied().unwrap_or(true);
        }
        for (task, rule) in network.rules.iter().enumerate() {
            let conditional = network.presence.condition(task).is_some() || struck[task] || dated[task];
            starts[task] |= conditional;
            finishes[task] |= conditional || rule.unbound.is_some();
            finishes[task] |= goal == Goal::Task(crate::model::TaskIx::new(task));
        }
        network.dates_awaited(&mut finishes);
        if network.moves_late {
            // Every date may be asked for where something moves.
            [&mut starts, &mut finishes].into_iter().for_each(|dates| dates.fill(true));
            [&mut late_starts, &mut late_finishes].into_iter().for_each(|dates| dates.fill(true));
        }
        let steps = Steps::of(network);
        let mut by_work: Vec<bool> = (0..tasks)
            .map(|task| {
                let is_fact = network.started(task).is_some() || network.is_finished(task);
                let is_there = network.presence.condition(task).is_none();
                is_there && !is_fact && !instant[task] && !struck[task] && !network.moves_late
            })
            .collect();
        for &node in &steps.by_lane {
            if let Some(by_work) = by_work.get_mut(node as usize) {
                *by_work = false;
            }
        }
        if all_work {
            shown.iter_mut().zip(&by_work).for_each(|(shown, &by_work)| *shown |= !by_work);
        }
        for source in steps.sources.iter().map(|&node| node as usize).filter(|&node| node < tasks) {
            (starts[source], finishes[source]) = (true, true);
        }
        let floors = network.rules.iter().map(|rule| {
            let table = &network.tables[rule.clock as usize];
            let finish = (rule.finish_floor != UNBOUND).then(|| table.worked(Instant(rule.finish_floor)));
            (table.worked(Instant(rule.ready_floor)), finish)
        });
        let keys: Vec<(Option<u32>, u32)> =
            network.rules.iter().zip(&network.project_of).map(|(rule, &own)| (own, rule.clock)).collect();
        let mut groups = keys.clone();
        groups.sort_unstable();
        groups.dedup();
        let group = keys.iter().map(|key| groups.partition_point(|other| other < key) as u32).collect();
        let mut clocks: Vec<u32> = network.rules.iter().map(|rule| rule.clock).collect();
        clocks.sort_unstable();
        clocks.dedup();
        let drawn = network.edges.iter().filter_map(|edge| match edge.amount {
            Amount::Drawn(link) => Some(link as usize + 1),
            _ => None,
        });
        Self {
            links: drawn.max().unwrap_or(0),
            steps,
            later: may_idle.iter().zip(&struck).map(|(&idle, &struck)| idle || struck).collect(),
            tables: network.lane_tables(),
            floors: floors.collect(),
            is_event,
            may_idle,
            shown,
            by_work,
            struck,
            edges,
            kept: kept as usize,
            places,
            starts,
            finishes,
            late_ends: late_ends.iter().zip(&late_finishes).map(|(&end, &date)| end || date).collect(),
            late_starts,
            late_finishes,
            group,
            groups,
            clocks,
            goal,
        }
    }
}

/// How an edge is walked; `instant` says which tasks may have no minutes.
fn edge_plan(network: &Network, instant: &[bool], edge: &Edge, kept: &mut u32) -> EdgePlan {
    let rules = |node: u32| network.rules.get(node as usize);
    let brings_fact = edge.leaves_start && network.start_fact(edge.from as usize).is_some();
    let direct = !network.presence.touches(edge)
        && !brings_fact
        && match (rules(edge.from), rules(edge.to)) {
            (Some(from), Some(to)) if from.clock == to.clock => {
                edge.amount == Amount::None || edge.clock == LagTable::Work(to.clock)
            }
            _ => false,
        };
    let to_event = instant.get(edge.to as usize).copied().unwrap_or(true);
    let keep = !direct || to_event;
    // An event may be held back until the middle of a night: the start before it is not known by its place.
    let night = to_event && edge.leaves_start && !edge.holds_finish;
    let direct_back = direct && (!night || matches!(edge.amount, Amount::Fixed(_)));
    let plan = EdgePlan { direct, direct_back, kept: keep.then_some(*kept) };
    *kept += u32::from(keep);
    plan
}
