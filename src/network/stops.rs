//! Work that a risk cancels: at an instant everything that it names stops (semantics, section 3).
//!
//! What has not begun by then drops out: it does not exist, and passes on the latest of its predecessors' dates
//! and of that instant. What is going on ends there, and what has ended stays. What had begun is read off a
//! pass without the cancellation: nothing that lies before an instant depends on what happens at it.

use super::compile::Network;
use super::inputs::Inputs;
use super::node::UNBOUND;
use super::pass::Pass;
use crate::model::TaskIx;
use crate::units::Instant;

/// When a task is cancelled, and by which of the causes that the engine numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stop {
    /// The instant, in minutes since the epoch; [`Stop::NEVER`] does not come.
    pub at: i32,
    /// The number of the cause.
    pub cause: u32,
}

/// What a cancellation has made of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// It has not begun by this instant, and does not exist.
    Removed(i32),
    /// It ends before its time.
    Cut(Stump),
}

/// What is left of a task that ends before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stump {
    /// Its place in the minutes of its own table.
    place: i32,
    start: i32,
    finish: i32,
    minutes: i32,
    /// When it is cut.
    at: i32,
}

impl Stop {
    /// Nothing cancels the task.
    pub const NEVER: Self = Self { at: i32::MAX, cause: u32::MAX };
}

impl Pass {
    /// Whether anything was cancelled.
    #[must_use]
    pub fn any_stopped(&self) -> bool {
        self.any_stopped
    }

    /// Whether a task was cancelled before it began: then it does not exist.
    #[must_use]
    pub fn is_removed(&self, task: TaskIx) -> bool {
        self.removed_at(task.index()) != UNBOUND
    }

    /// Whether a task was cancelled, before it began or while it went on.
    #[must_use]
    pub fn is_stopped(&self, task: TaskIx) -> bool {
        self.stopped.get(task.index()).is_some_and(Option::is_some)
    }

    /// The minutes that a cancellation took from a task.
    #[must_use]
    pub fn minutes_cut(&self, task: TaskIx) -> i32 {
        if self.any_stopped { self.minutes_cut[task.index()] } else { 0 }
    }

    /// The instant at which a node was cancelled before it began; [`UNBOUND`] if it was not.
    #[inline]
    pub(super) fn removed_at(&self, node: usize) -> i32 {
        match self.stopped.get(node) {
            Some(Some(Stopped::Removed(at))) => *at,
            _ => UNBOUND,
        }
    }

    /// What a cancellation left of a node that was going on.
    #[inline]
    pub(super) fn stump(&self, node: usize) -> Option<&Stump> {
        match self.stopped.get(node) {
            Some(Some(Stopped::Cut(stump))) => Some(stump),
            _ => None,
        }
    }

    /// The instant from which on nothing strikes a node any more.
    #[inline]
    pub(super) fn struck_until(&self, node: usize) -> i32 {
        self.stump(node).map_or(i32::MAX, |stump| stump.at)
    }

    /// Forgets what was cancelled in the iteration before.
    fn forget_stops(&mut self) {
        if self.any_stopped {
            self.stopped.fill(None);
            self.minutes_cut.fill(0);
            self.any_stopped = false;
        }
    }
}

impl Network {
    /// Cancels what is to be cancelled, instant by instant, and computes the dates again after each.
    pub(super) fn run_with_stops(&self, inputs: &Inputs, pass: &mut Pass) {
        pass.forget_stops();
        self.run(inputs, pass);
        let mut last = None;
        let next = |last: Option<i32>| {
            let instants = inputs.stops.iter().map(|stop| stop.at);
            instants.filter(|&at| at != Stop::NEVER.at && Some(at) > last).min()
        };
        while let Some(at) = next(last) {
            last = Some(at);
            if self.stop(at, inputs, pass) {
                self.run(inputs, pass);
            }
        }
    }

    /// Notes what becomes of everything that is cancelled at an instant; false if nothing changes.
    fn stop(&self, at: i32, inputs: &Inputs, pass: &mut Pass) -> bool {
        let mut any = false;
        for (node, stop) in inputs.stops.iter().enumerate() {
            if stop.at != at || pass.stopped[node].is_some() || self.rules[node].finished.is_some() {
                continue;
            }
            let Some(stopped) = self.stopped(node, at, pass) else { continue };
            let left = match stopped {
                Stopped::Removed(_) => 0,
                Stopped::Cut(stump) => stump.minutes,
            };
            pass.minutes_cut[node] = pass.minutes[node] - left;
            pass.stopped[node] = Some(stopped);
            any = true;
        }
        pass.any_stopped |= any;
        any
    }

    /// What becomes of a task that is cancelled at an instant; `None` if it is over by then.
    fn stopped(&self, node: usize, at: i32, pass: &Pass) -> Option<Stopped> {
        let rule = &self.rules[node];
        let (start, finish) = (pass.start[node], pass.finish[node]);
        let unfinished = pass.any_unfinished && pass.unfinished[node];
        // Unfinished work has begun only where it is a test that never passes.
        let waits = unfinished && {
            let inherits = self.entering(node).iter().any(|edge| pass.unfinished[edge.from as usize]);
            let never = self.presence.never(node).is_some_and(|condition| pass.present[condition]);
            inherits || !never
        };
        if rule.started.is_none() && (waits || start >= at) {
            return Some(Stopped::Removed(at));
        }
        if finish <= at && !unfinished {
            return None;
        }
        let table = &self.tables[rule.clock as usize];
        let place = pass.place[node];
        let minutes = table.worked(Instant(at)).saturating_sub(place).clamp(0, pass.minutes[node]);
        let stump = if minutes == 0 {
            // Work under way that does not go on any more, or an instant before the first minute of work.
            let end = at.max(self.origin.0);
            Stump { place: table.worked(Instant(end)), start: end, finish: end, minutes, at }
        } else {
            Stump { place, start, finish: table.finish_at(place + minutes).0, minutes, at }
        };
        Some(Stopped::Cut(stump))
    }

    /// Lets a task end where it was cancelled.
    pub(super) fn cut(&self, node: usize, pass: &mut Pass) {
        let Some(&stump) = pass.stump(node) else { return };
        pass.place[node] = stump.place;
        (pass.start[node], pass.finish[node]) = (stump.start, stump.finish);
        pass.minutes[node] = stump.minutes;
        pass.unfinished[node] = false;
    }
}
