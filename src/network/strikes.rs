//! Risks that happen at an instant: they touch a task only while it goes on.
//!
//! A strike hits a task if its instant lies in `[start, finish)` of the task as it is without the strike.
//! Several on one task apply in the order of their instants, ties in the order of their numbers; the dates
//! of the task follow after each.

use super::compile::Network;
use super::inputs::{Inputs, whole_minutes};
use super::pass::Pass;
use crate::model::TaskIx;

/// What makes up the duration of a task (semantics, section 3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    /// Own estimate with drivers, in minutes.
    pub own: f64,
    /// Sum of the percent impacts.
    pub share: f64,
    /// Sum of the absolute impacts, in minutes.
    pub absolute: f64,
    /// Sum of the shares that are lost and done again.
    pub lost: f64,
    /// The share after which the task ends.
    pub kept: f64,
}

/// What a strike does to the duration of a task; the amount is in minutes or a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StrikeKind {
    /// Nothing: it only matters whether it hits.
    Touch,
    /// Minutes are added.
    Minutes,
    /// A share is added.
    Share,
    /// A share is lost and done again.
    Restart,
    /// The task ends after a share.
    Cancel,
}

/// One possible happening on one task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strike {
    /// The task.
    pub task: TaskIx,
    /// What it does.
    pub kind: StrikeKind,
    /// Whether it happens in this iteration.
    pub occurs: bool,
    /// When, in minutes since the epoch.
    pub at: i32,
    /// When, as a share of the task's own time from start to finish; then `at` is not read.
    pub moment: Option<f64>,
    /// How much.
    pub amount: f64,
}

impl Total {
    /// An estimate without impacts.
    #[must_use]
    pub fn of(own: f64) -> Self {
        Self { own, share: 0.0, absolute: 0.0, lost: 0.0, kept: 1.0 }
    }

    /// The minutes before anything is lost or cut off, not rounded; below zero where impacts take more than
    /// there is.
    #[must_use]
    #[inline]
    pub fn before_losses(&self) -> f64 {
        self.own * (1.0 + self.share) + self.absolute
    }

    /// The duration, rounded once, ties to even.
    #[must_use]
    #[inline]
    pub fn minutes(&self) -> i32 {
        whole_minutes(self.before_losses().max(0.0) * (1.0 + self.lost) * self.kept)
    }

    /// Adds what a strike does.
    #[inline]
    pub(super) fn add(&mut self, kind: StrikeKind, amount: f64) {
        match kind {
            StrikeKind::Touch => {}
            StrikeKind::Minutes => self.absolute += amount,
            StrikeKind::Share => self.share += amount,
            StrikeKind::Restart => self.lost += amount,
            StrikeKind::Cancel => self.kept = self.kept.min(amount),
        }
    }
}

/// The instant of a strike on a task from `start` to `finish`.
#[inline]
pub(super) fn instant(at: i32, moment: Option<f64>, start: i32, finish: i32) -> i32 {
    match moment {
        None => at,
        // Within 0 to 1, so that the instant lies before the finish.
        Some(moment) => start + libm::floor(moment * f64::from(finish - start)) as i32,
    }
}

impl Network {
    /// Lets the strikes on a task happen, and moves its dates after each that hits.
    pub(super) fn strike(&self, node: usize, inputs: &Inputs, pass: &mut Pass) {
        self.strike_by(node, inputs, pass, |network, pass| network.place(node, inputs, pass));
    }

    /// The same without windows.
    pub(super) fn strike_free(&self, node: usize, inputs: &Inputs, pass: &mut Pass) {
        self.strike_by(node, inputs, pass, |network, pass| {
            let free = network.free_place_of(node, inputs, pass);
            (pass.start[node], pass.finish[node]) = (free.start, free.finish);
        });
    }

    fn strike_by(&self, node: usize, inputs: &Inputs, pass: &mut Pass, place: impl Fn(&Self, &mut Pass)) {
        let of = |strike: &Strike| strike.task.index();
        let first = inputs.strikes.partition_point(|strike| of(strike) < node);
        let end = inputs.strikes.partition_point(|strike| of(strike) <= node);
        let (start, finish) = (pass.start[node], pass.finish[node]);
        let when = |number: usize| {
            let strike = &inputs.strikes[number];
            instant(strike.at, strike.moment, start, finish)
        };
        let until = pass.struck_until(node);
        let mut total: Option<Total> = None;
        let mut last: Option<(i32, usize)> = None;
        // The next in the order of instants and numbers; there are few.
        let next = |last: Option<(i32, usize)>| {
            let open = (first..end).filter(|&number| inputs.strikes[number].occurs);
            let keys = open.map(|number| (when(number), number));
            keys.filter(|&key| Some(key) > last && key.0 < until).min()
        };
        while let Some((at, number)) = next(last) {
            last = Some((at, number));
            if !(pass.start[node]..pass.finish[node]).contains(&at) {
                continue;
            }
            let strike = &inputs.strikes[number];
            let sum = total.get_or_insert(inputs.totals[node]);
            let before = pass.minutes[node];
            sum.add(strike.kind, strike.amount);
            pass.hit[number] = true;
            if strike.kind != StrikeKind::Touch {
                pass.minutes[node] = sum.minutes();
                pass.struck_minutes[number] = pass.minutes[node] - before;
                place(self, pass);
            }
        }
    }
}
