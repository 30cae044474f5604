//! Shifting an instant by a lag, and back.

use super::compile::Network;
use super::gates::share_of;
use super::inputs::Inputs;
use super::node::{Amount, Edge, LagTable, UNLIMITED};
use super::pass::Pass;
use crate::units::Instant;

impl Network {
    /// The minutes of an edge's lag in this iteration.
    #[inline]
    pub(super) fn lag_minutes(&self, edge: &Edge, inputs: &Inputs, pass: &Pass) -> i32 {
        if self.is_bare(edge, pass) {
            return 0;
        }
        match edge.amount {
            Amount::None => 0,
            Amount::Fixed(minutes) => minutes,
            Amount::Drawn(link) => inputs.lag_minutes[link as usize],
            Amount::Share { share, task } => share_of(share, pass.minutes[task as usize]),
            Amount::SpanShare { share, first, last } => {
                let (first, last) = (pass.start[first as usize], pass.finish[last as usize]);
                let span = match edge.clock {
                    LagTable::Clock => last.saturating_sub(first),
                    LagTable::Work(table) => {
                        let table = &self.tables[table as usize];
                        table.worked(Instant(last)).saturating_sub(table.worked(Instant(first)))
                    }
                };
                share_of(share, span)
            }
        }
    }

    /// The instant `t` shifted by `minutes`: `t` itself for 0, else the earliest instant by which that many
    /// more minutes of the lag's calendar are worked.
    #[inline]
    pub(super) fn shifted(&self, t: i32, minutes: i32, clock: LagTable) -> i32 {
        if minutes == 0 {
            return t;
        }
        match clock {
            LagTable::Clock => t.saturating_add(minutes),
            LagTable::Work(table) => {
                let table = &self.tables[table as usize];
                table.finish_at(table.worked(Instant(t)).saturating_add(minutes)).0
            }
        }
    }

    /// The inverse of [`Self::shifted`]: the latest `t` that, shifted, is not after `limit`.
    #[inline]
    pub(super) fn unshifted(&self, limit: i32, minutes: i32, clock: LagTable) -> i32 {
        if minutes == 0 || limit == UNLIMITED {
            return limit;
        }
        match clock {
            LagTable::Clock => limit.saturating_sub(minutes),
            LagTable::Work(table) => {
                let table = &self.tables[table as usize];
                table.start_at(table.worked(Instant(limit)).saturating_sub(minutes)).0
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::Calendar;
    use crate::model::{Estimate, ProgramBuilder, Task};

    /// A network whose first table is that of the standard calendar.
    fn network() -> Network {
        let start = "2027-01-11".parse().unwrap();
        let mut builder = ProgramBuilder::new("lags", start, "EUR".parse().unwrap());
        let calendar = builder.calendar("standard", Calendar::standard());
        builder.task(Task::work("task", Estimate::certain(480.0), calendar));
        let program = builder.build().unwrap();
        Network::compile(&program, &Inputs::plan(&program)).unwrap()
    }

    proptest! {
        // Fails with `finish_at` in place of `start_at` in the inverse.
        #[test]
        fn unshifting_is_the_exact_inverse_and_shifting_is_monotone(
            t in -30_000_i32..400_000,
            past in prop_oneof![-1..2_i32, -9_000..9_000_i32],
            minutes in -3_000_i32..3_000,
            elapsed: bool,
        ) {
            let network = network();
            let origin = network.origin().0;
            let t = origin + t;
            let clock = if elapsed { LagTable::Clock } else { LagTable::Work(0) };
            let shifted = network.shifted(t, minutes, clock);
            let limit = shifted + past;
            prop_assert_eq!(shifted <= limit, t <= network.unshifted(limit, minutes, clock));
            prop_assert!(shifted <= network.shifted(t + 1, minutes, clock));
            prop_assert!(shifted <= network.shifted(t, minutes + 1, clock));
        }
    }
}
