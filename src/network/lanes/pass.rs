//! The dates of a block of iterations, in memory that is used again for the next.

use crate::lanes::{self, Flags, InstructionSet, Ints, LANES, Longs};
use crate::network::compile::Network;
use crate::network::node::{Amount, Edge, LagTable, TaskRule};

use super::arrivals::ByLane;
use super::plan::LanePlan;
use super::strikes::LaneStrikes;
use crate::model::TaskIx;

/// What a block of iterations says of durations, lags and presence, and what becomes of it on the way.
#[derive(Debug)]
pub struct LaneState<'a> {
    /// By task: minutes on its clock; 0 where it does not exist. Strikes change them.
    pub minutes: &'a mut [[i32; LANES]],
    /// By condition: the lanes in which it holds.
    pub present: &'a mut [Flags],
    /// By bill (see [`Network::bills`]): the lump sums of the task.
    pub lump_sums: &'a [Longs],
    /// What may happen to tasks while they go on.
    pub strikes: &'a mut LaneStrikes,
    /// By link, where [`LaneState::lag_of`] says: minutes on the clock of the lag.
    pub lag_minutes: &'a [Ints],
    /// By link: where its lags are; read for uncertain lags only.
    pub lag_of: &'a [u32],
}

/// The same at one moment of a pass.
#[derive(Clone, Copy, Debug)]
pub(super) struct LaneInputs<'a> {
    pub duration_minutes: &'a [[i32; LANES]],
    pub present: &'a [Flags],
    pub lag_minutes: &'a [Ints],
    pub lag_of: &'a [u32],
}

impl LaneState<'_> {
    /// What holds now.
    #[inline]
    pub(super) fn inputs(&self) -> LaneInputs<'_> {
        LaneInputs {
            duration_minutes: self.minutes,
            present: self.present,
            lag_minutes: self.lag_minutes,
            lag_of: self.lag_of,
        }
    }
}

/// Where the passes put what they find, by task or project.
#[derive(Debug)]
pub struct LaneDates<'a> {
    /// Starts, as shown.
    pub start: &'a mut [[i32; LANES]],
    /// Finishes, as shown.
    pub finish: &'a mut [[i32; LANES]],
    /// Waits for windows and freezes.
    pub wait: &'a mut [[i32; LANES]],
    /// Whether there is no float.
    pub critical: &'a mut [[bool; LANES]],
    /// Whether it lies on the driving chain.
    pub driving: &'a mut [[bool; LANES]],
    /// Latest finish of each project; [`lanes::UNLIMITED`] without tasks.
    pub project_finish: &'a mut [[i32; LANES]],
    /// Whether the driving chain runs through each project.
    pub project_drives: &'a mut [[bool; LANES]],
    /// Finish of the target.
    pub target: &'a mut [i32; LANES],
    /// Whether dates of all tasks are wanted; without it only those of events are filled in, and of tasks of which
    /// the plan was told so.
    pub all: bool,
}

/// Memory for the passes of one block.
#[derive(Clone, Debug)]
pub struct LanePass {
    pub(super) set: InstructionSet,
    /// By task: place, and place and minutes.
    pub(super) place: Vec<Ints>,
    pub(super) end: Vec<Ints>,
    /// By task that windows bind, or that moves as late as possible: the place or instant to which its links
    /// hold it back.
    pub(super) unwindowed: Vec<Option<Box<Ints>>>,
    /// By task that competes for places: the number of its window.
    pub(super) departure: Vec<Option<Box<Ints>>>,
    /// By task: moved as late as possible, away from what holds it back; no row where none is.
    pub(super) moved: Vec<Flags>,
    /// For what is visited lane by lane.
    pub(super) by_lane: Option<Box<ByLane>>,
    /// By node: dates.
    pub(super) start: Vec<Ints>,
    pub(super) finish: Vec<Ints>,
    /// By edge that keeps what it brought.
    pub(super) kept: Vec<Ints>,
    /// By task: how late start and finish may be held back, in working minutes.
    pub(super) late: Vec<Ints>,
    pub(super) late_end: Vec<Ints>,
    /// By node: the same as instants.
    pub(super) late_start: Vec<Ints>,
    pub(super) late_finish: Vec<Ints>,
    pub(super) driving: Vec<Flags>,
    /// By group of tasks.
    pub(super) group_end: Vec<Ints>,
    /// By project: the latest date that tasks pass on which do not exist.
    pub(super) passed_on: Vec<Ints>,
    /// By table: the working minutes before the date of the goal, and those of work that ends on it.
    pub(super) goal_work: Vec<Ints>,
    pub(super) goal_end: Vec<Ints>,
    pub(super) goal_date: Ints,
    pub(super) last_finish: Ints,
    /// By decision: how far the condition is decided by what is drawn.
    pub(super) undecided: Vec<Flags>,
    /// Lanes that are left to the scalar passes.
    pub left_over: Flags,
}

impl LanePass {
    /// Start and finish of a task in a lane after a forward pass; read for tasks of which the plan was told
    /// that their dates are wanted.
    #[must_use]
    pub fn dates(&self, task: TaskIx, lane: usize) -> (i32, i32) {
        (self.start[task.index()][lane], self.finish[task.index()][lane])
    }

    /// Where the work of a task ends, in minutes of its clock, after a forward pass; [`None`] if its dates do not
    /// follow from that and from its minutes in every lane.
    #[must_use]
    pub fn work_end(&self, plan: &LanePlan, task: TaskIx) -> Option<&[i32; LANES]> {
        plan.by_work[task.index()].then(|| &self.end[task.index()].0)
    }

    /// The number of the window of a task in a lane, where places in windows are counted.
    #[inline]
    pub(super) fn departure_of(&self, node: usize, lane: usize) -> u32 {
        self.departure[node].as_ref().map_or(0, |departure| departure[lane] as u32)
    }

    /// Turns to the plan of another version of the same network.
    pub fn turn(&mut self, network: &Network, plan: &LanePlan, set: InstructionSet) {
        self.set = set;
        self.by_lane = ByLane::of(network, plan);
        self.kept.resize(plan.kept, Ints::all(0));
        self.group_end.resize(plan.groups.len(), Ints::all(0));
    }

    /// Memory for the passes of a network.
    #[must_use]
    pub fn new(network: &Network, plan: &LanePlan, set: InstructionSet) -> Self {
        let mut pass = Self {
            set,
            place: Vec::new(),
            end: Vec::new(),
            unwindowed: Vec::new(),
            departure: Vec::new(),
            moved: Vec::new(),
            by_lane: None,
            start: Vec::new(),
            finish: Vec::new(),
            kept: Vec::new(),
            late: Vec::new(),
            late_end: Vec::new(),
            late_start: Vec::new(),
            late_finish: Vec::new(),
            driving: Vec::new(),
            group_end: Vec::new(),
            passed_on: Vec::new(),
            goal_work: Vec::new(),
            goal_end: Vec::new(),
            goal_date: Ints::all(0),
            last_finish: Ints::all(0),
            undecided: Vec::new(),
            left_over: Flags::all(false),
        };
        pass.renew(network, plan, set);
        pass
    }

    /// Turns to another network, in the memory of this one.
    pub fn renew(&mut self, network: &Network, plan: &LanePlan, set: InstructionSet) {
        let (tasks, nodes) = (network.rules.len(), network.order.len());
        let row = || Box::new(Ints::all(0));
        self.set = set;
        self.by_lane = ByLane::of(network, plan);
        for rows in [&mut self.place, &mut self.end, &mut self.late, &mut self.late_end] {
            clear(rows, tasks, Ints::all(0));
        }
        for rows in [&mut self.start, &mut self.finish, &mut self.late_start, &mut self.late_finish] {
            clear(rows, nodes, Ints::all(0));
        }
        clear(&mut self.driving, nodes, Flags::all(false));
        clear(&mut self.moved, if network.moves_late { tasks } else { 0 }, Flags::all(false));
        clear(&mut self.kept, plan.kept, Ints::all(0));
        clear(&mut self.group_end, plan.groups.len(), Ints::all(0));
        let projects = if network.presence.any { network.parents.len() } else { 0 };
        clear(&mut self.passed_on, projects, Ints::all(0));
        clear(&mut self.goal_work, network.tables.len(), Ints::all(0));
        clear(&mut self.goal_end, network.tables.len(), Ints::all(0));
        clear(&mut self.undecided, network.decisions.all.len(), Flags::all(true));
        let places_apart = |rule: &TaskRule| rule.in_windows || rule.as_late_as_possible;
        self.unwindowed = network.rules.iter().map(|rule| places_apart(rule).then(row)).collect();
        self.departure = network.rules.iter().map(|rule| rule.in_train.then(row)).collect();
        self.goal_date = Ints::all(0);
        self.last_finish = Ints::all(0);
        self.left_over = Flags::all(false);
    }
}

/// So many rows of nothing, in the memory of the old ones.
fn clear<T: Clone>(rows: &mut Vec<T>, count: usize, empty: T) {
    rows.clear();
    rows.resize(count, empty);
}

/// Minutes of a lag.
pub(super) enum Lag<'a> {
    /// In every lane the same.
    Fixed(i32),
    /// By lane, drawn.
    Lanes(&'a Ints),
    /// By lane, a share of these minutes.
    Share(f64, &'a [i32; LANES]),
}

impl Network {
    /// All passes of a block.
    pub fn pass_lanes(
        &self,
        plan: &LanePlan,
        state: &mut LaneState,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        self.finish_lanes(plan, state, pass, dates);
        self.backward_lanes(plan, state.inputs(), pass, dates);
        self.trace_lanes(plan, state.inputs(), pass, dates);
    }

    /// The forward pass alone.
    pub fn finish_lanes(
        &self,
        plan: &LanePlan,
        state: &mut LaneState,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        self.look_ahead_lanes(plan, state, pass, dates);
        self.close_decisions(state, pass);
    }

    /// The forward pass alone, for those who ask when tasks would go on without any strike. Lanes that it
    /// leaves over stay marked for [`Self::pass_lanes_on`].
    pub fn look_ahead_lanes(
        &self,
        plan: &LanePlan,
        state: &mut LaneState,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        pass.left_over.fill(false);
        self.open_decisions(state, pass);
        self.forward_lanes(plan, state, pass, dates);
    }

    /// All passes of a block after one that looked ahead.
    pub fn pass_lanes_on(
        &self,
        plan: &LanePlan,
        state: &mut LaneState,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        self.finish_lanes_on(plan, state, pass, dates);
        self.backward_lanes(plan, state.inputs(), pass, dates);
        self.trace_lanes(plan, state.inputs(), pass, dates);
    }

    /// The forward pass alone after one that looked ahead.
    pub fn finish_lanes_on(
        &self,
        plan: &LanePlan,
        state: &mut LaneState,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        self.reopen_decisions(state, pass);
        self.forward_lanes(plan, state, pass, dates);
        self.close_decisions(state, pass);
    }

    /// The lag of an edge.
    #[inline]
    pub(super) fn lag_lanes<'a>(&self, edge: &Edge, inputs: LaneInputs<'a>) -> Lag<'a> {
        match edge.amount {
            // Shares of the span of a project leave a gate: see [`Self::lag_or_span`].
            Amount::None | Amount::SpanShare { .. } => Lag::Fixed(0),
            Amount::Fixed(minutes) => Lag::Fixed(minutes),
            Amount::Drawn(link) => Lag::Lanes(&inputs.lag_minutes[inputs.lag_of[link as usize] as usize]),
            Amount::Share { share, task } => Lag::Share(share, &inputs.duration_minutes[task as usize]),
        }
    }

    /// The minutes of the lag of any edge, and whether they differ from lane to lane; `None` without a lag.
    pub(super) fn lag_or_span(
        &self,
        plan: &LanePlan,
        edge: &Edge,
        inputs: LaneInputs,
        pass: &LanePass,
    ) -> Option<(Ints, bool)> {
        if let Amount::SpanShare { share, first, last } = edge.amount {
            return Some((self.span_minutes(plan, (share, first, last), edge.clock, pass), true));
        }
        match self.lag_lanes(edge, inputs) {
            Lag::Fixed(0) => None,
            Lag::Fixed(minutes) => Some((Ints::all(minutes), false)),
            other => Some((other.to_lanes(pass.set), true)),
        }
    }

    /// Shifts instants by the lag of an edge.
    pub(super) fn shift_lanes(
        &self,
        plan: &LanePlan,
        pass: &LanePass,
        edge: &Edge,
        inputs: LaneInputs,
        t: &mut Ints,
    ) {
        let set = pass.set;
        let Some((lag, by_lane)) = self.lag_or_span(plan, edge, inputs, pass) else { return };
        match edge.clock {
            LagTable::Clock => lanes::add_to(set, t, &lag),
            LagTable::Work(number) => {
                let (table, look) = (&self.tables[number as usize], &plan.tables[number as usize]);
                let same = by_lane.then(|| t.clone());
                look.worked(set, table, t);
                lanes::add_to(set, t, &lag);
                look.finish_at(set, table, t);
                if let Some(same) = same {
                    lanes::where_equal(set, t, &lag, &same);
                }
            }
        }
    }
}

impl Lag<'_> {
    /// The minutes of every lane.
    pub(super) fn to_lanes(&self, set: InstructionSet) -> Ints {
        match self {
            Self::Fixed(minutes) => Ints::all(*minutes),
            Self::Lanes(minutes) => (*minutes).clone(),
            Self::Share(share, of) => {
                let mut minutes = Ints::all(0);
                lanes::share_minutes(set, &mut minutes, *share, of);
                minutes
            }
        }
    }
}
