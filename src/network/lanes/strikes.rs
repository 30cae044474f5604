//! Strikes on tasks in a block: risks that touch a task only while it goes on.

use super::pass::{LaneDates, LanePass, LaneState};
use super::plan::LanePlan;
use crate::lanes::{Flags, Ints, LANES, Reals};
use crate::model::TaskIx;
use crate::network::compile::Network;
use crate::network::strikes::{StrikeKind, Total, instant};

/// One possible happening on one task, by lane.
#[derive(Clone, Debug)]
pub struct LaneStrike {
    /// The task.
    pub task: TaskIx,
    /// What it does.
    pub kind: StrikeKind,
    /// Whether it happens while this very task goes on, at the share `moment` of its time.
    pub is_own: bool,
    /// Whether it happens.
    pub occurs: Flags,
    /// When, in minutes since the epoch.
    pub at: Ints,
    /// When, as a share of the time in which it happens.
    pub moment: Reals,
    /// How much.
    pub amount: Reals,
    /// Found by the pass: whether it hit.
    pub hit: Flags,
    /// Found by the pass: the minutes that it added.
    pub added: Ints,
}

/// What makes up the duration of a task, by lane.
#[derive(Clone, Debug)]
pub struct LaneTotal {
    /// Own estimate with drivers.
    pub own: Reals,
    /// Sum of the percent impacts.
    pub share: Reals,
    /// Sum of the absolute impacts.
    pub absolute: Reals,
    /// Sum of the shares that are lost.
    pub lost: Reals,
    /// The share after which the task ends.
    pub kept: Reals,
}

/// All strikes of a block.
#[derive(Clone, Debug, Default)]
pub struct LaneStrikes {
    /// In the order of the tasks.
    pub all: Vec<LaneStrike>,
    /// By task: the number of its total, if strikes fall on it.
    pub total_of: Vec<Option<u32>>,
    /// The totals before any strike.
    pub totals: Vec<LaneTotal>,
}

impl LaneStrike {
    /// A strike of which nothing has been drawn.
    #[must_use]
    pub fn new(task: TaskIx, kind: StrikeKind, is_own: bool) -> Self {
        Self {
            task,
            kind,
            is_own,
            occurs: Flags::all(false),
            at: Ints::all(0),
            moment: Reals::all(0.0),
            amount: Reals::all(0.0),
            hit: Flags::all(false),
            added: Ints::all(0),
        }
    }

    /// The place of the strike in the order of its task in a lane.
    #[inline]
    fn key(&self, number: usize, lane: usize, dates: (i32, i32)) -> (i32, usize) {
        let moment = self.is_own.then_some(self.moment[lane]);
        (instant(self.at[lane], moment, dates.0, dates.1), number)
    }
}

impl LaneTotal {
    /// Nothing drawn.
    #[must_use]
    pub fn new() -> Self {
        let zero = || Reals::all(0.0);
        Self { own: zero(), share: zero(), absolute: zero(), lost: zero(), kept: Reals::all(1.0) }
    }

    /// The total of one lane.
    #[inline]
    pub(super) fn at(&self, lane: usize) -> Total {
        Total {
            own: self.own[lane],
            share: self.share[lane],
            absolute: self.absolute[lane],
            lost: self.lost[lane],
            kept: self.kept[lane],
        }
    }
}

impl Default for LaneTotal {
    fn default() -> Self {
        Self::new()
    }
}

/// Where the strikes of one task stand in one lane.
#[derive(Clone, Copy)]
struct Struck {
    total: Total,
    last: Option<(i32, usize)>,
    dates: (i32, i32),
}

impl Network {
    /// Lets the strikes on a task happen, and moves its dates after those that hit.
    pub(super) fn strike_lanes(
        &self,
        plan: &LanePlan,
        node: usize,
        state: &mut LaneState,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        let of = |strike: &LaneStrike| strike.task.index();
        let first = state.strikes.all.partition_point(|strike| of(strike) < node);
        let end = state.strikes.all.partition_point(|strike| of(strike) <= node);
        let any = |lane: usize, state: &LaneState| {
            state.strikes.all[first..end].iter().any(|strike| strike.occurs[lane])
        };
        let exists =
            |lane: usize, state: &LaneState| self.mask_of(node, state.inputs()).is_none_or(|mask| mask[lane]);
        let Some(total) = state.strikes.total_of.get(node).copied().flatten() else { return };
        let mut open: Vec<(usize, Struck)> = (0..LANES)
            .filter(|&lane| any(lane, state) && exists(lane, state) && !pass.left_over[lane])
            .map(|lane| {
                let total = state.strikes.totals[total as usize].at(lane);
                (lane, Struck { total, last: None, dates: (pass.start[node][lane], pass.finish[node][lane]) })
            })
            .collect();
        // Every round brings each open lane to its next hit; few lanes are hit more than once.
        while !open.is_empty() {
            open.retain_mut(|(lane, struck)| self.next_hit(node, first..end, *lane, struck, state, pass));
            if !open.is_empty() {
                self.visit_work(plan, state.inputs(), node, pass, dates);
            }
        }
    }

    /// Goes on to the next strike that hits in a lane and changes its duration; false if there is none.
    fn next_hit(
        &self,
        node: usize,
        numbers: std::ops::Range<usize>,
        lane: usize,
        struck: &mut Struck,
        state: &mut LaneState,
        pass: &LanePass,
    ) -> bool {
        loop {
            let strikes = &mut state.strikes.all;
            let keys = numbers.clone().filter(|&number| strikes[number].occurs[lane]);
            let keys = keys.map(|number| strikes[number].key(number, lane, struck.dates));
            let Some((at, number)) = keys.filter(|&key| Some(key) > struck.last).min() else { return false };
            struck.last = Some((at, number));
            if !(pass.start[node][lane]..pass.finish[node][lane]).contains(&at) {
                continue;
            }
            let strike = &mut strikes[number];
            strike.hit[lane] = true;
            if strike.kind == StrikeKind::Touch {
                continue;
            }
            struck.total.add(strike.kind, strike.amount[lane]);
            let minutes = &mut state.minutes[node][lane];
            let before = *minutes;
            *minutes = struck.total.minutes();
            strike.added[lane] = *minutes - before;
            return true;
        }
    }
}
