//! What amounts are worth that are spent evenly over time whose periods differ in worth.

use super::values::LANES;
use super::{float::MAGIC, for_each_set};

/// A stretch of time, in minutes of some clock, and what a unit of money is worth that is spent in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Period {
    /// Its first minute.
    pub from: i32,
    /// The minute after its last.
    pub to: i32,
    /// What a unit is worth.
    pub factor: f64,
}

/// Lanes that stay in registers while periods pass by.
const GROUP: usize = 16;

/// What a unit is worth that is spent evenly over some minutes, above zero, that end at `end`; the periods are
/// those that it may touch, in their order. Periods that it does not touch change no bit.
#[must_use]
#[inline]
pub fn spent_evenly(end: i32, minutes: i32, periods: &[Period]) -> f64 {
    let start = end.wrapping_sub(minutes);
    let mut sum = 0.0;
    for period in periods {
        sum += within(start, end, *period) * period.factor;
    }
    sum / f64::from(minutes)
}

/// Minutes of a period between two moments.
#[inline(always)]
fn within(start: i32, end: i32, period: Period) -> f64 {
    f64::from(end.min(period.to).wrapping_sub(start.max(period.from)).max(0))
}

/// Money as a number; exact below 2^51, where no program comes.
#[inline(always)]
fn real(amount: i64) -> f64 {
    f64::from_bits((amount.wrapping_add(MAGIC.to_bits() as i64)) as u64) - MAGIC
}

for_each_set! {
    /// The earliest beginning and the latest end of so many minutes, and the fewest of them.
    pub fn reach(ends: &[i32; LANES], minutes: &[i32; LANES]) -> (i32, i32, i32) {
        let (mut first, mut last, mut least) = (i32::MAX, i32::MIN, i32::MAX);
        for (&end, &minutes) in ends.iter().zip(minutes) {
            first = first.min(end.wrapping_sub(minutes));
            last = last.max(end);
            least = least.min(minutes);
        }
        (first, last, least)
    }

    /// Adds what amounts are worth that are spent evenly over some minutes until `ends`, times a share; lanes
    /// without minutes are left out.
    pub fn add_spent(
        worth: &mut [f64; LANES],
        amounts: &[i64; LANES],
        share: f64,
        ends: &[i32; LANES],
        minutes: &[i32; LANES],
        periods: &[Period],
    ) {
        let lanes = amounts.as_chunks::<GROUP>().0.iter().zip(ends.as_chunks::<GROUP>().0);
        let lanes = lanes.zip(minutes.as_chunks::<GROUP>().0).zip(worth.as_chunks_mut::<GROUP>().0);
        for (((amounts, ends), minutes), worth) in lanes {
            let mut starts = [0; GROUP];
            for at in 0..GROUP {
                starts[at] = ends[at].wrapping_sub(minutes[at]);
            }
            let mut sums = [0.0; GROUP];
            for period in periods {
                for at in 0..GROUP {
                    sums[at] += within(starts[at], ends[at], *period) * period.factor;
                }
            }
            for at in 0..GROUP {
                let unit = if minutes[at] > 0 { sums[at] / f64::from(minutes[at]) } else { 0.0 };
                worth[at] += real(amounts[at]) * share * unit;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::InstructionSet;

    #[test]
    fn lanes_have_the_bits_of_one_amount_on_its_own_on_every_instruction_set() {
        let periods: Vec<Period> = (0..9)
            .map(|at| Period {
                from: at * 700 - 900,
                to: at * 700 - 200,
                factor: 1.0 / (1.0 + f64::from(at) / 7.0),
            })
            .collect();
        let ends: [i32; LANES] = std::array::from_fn(|at| (at as i32 * 7919) % 5_000 - 300);
        let minutes: [i32; LANES] = std::array::from_fn(|at| (at as i32 * 104_729) % 2_500);
        let amounts: [i64; LANES] = std::array::from_fn(|at| (at as i64 - 99) * 1_234_567_891);
        let expected: [f64; LANES] = std::array::from_fn(|at| match minutes[at] {
            0 => 1.0,
            some => 1.0 + amounts[at] as f64 * 0.75 * spent_evenly(ends[at], some, &periods),
        });
        for &set in InstructionSet::available() {
            let mut worth = [1.0; LANES];
            add_spent(set, &mut worth, &amounts, 0.75, &ends, &minutes, &periods);
            assert_eq!(worth, expected, "{}", set.name());
            let first = (0..LANES).map(|at| ends[at] - minutes[at]).min();
            assert_eq!(Some(reach(set, &ends, &minutes).0), first);
        }
    }

    #[test]
    fn a_unit_over_two_periods_is_worth_their_mean_by_minutes() {
        let periods = [Period { from: 0, to: 100, factor: 1.0 }, Period { from: 100, to: 300, factor: 0.5 }];
        assert_eq!(spent_evenly(140, 80, &periods), (40.0 + 40.0 * 0.5) / 80.0);
        // What no period covers is worth nothing.
        assert_eq!(spent_evenly(350, 100, &periods), 0.25);
    }
}
