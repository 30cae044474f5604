//! How many weeks a number of items takes at the pace of past weeks.

use super::pace::{Finished, PaceError, WeeklyPace, most_items};
use super::{Law, LawError};

/// Weeks in a hundred years, the longest duration.
const MOST_WEEKS: usize = 5_218;

/// The forecast ends where less than this is left: half of what the rarest of the 32-bit uniforms stands for.
const TAIL: f64 = 1.0 / 8_589_934_592.0;

/// Equally likely split rates that stand for an uncertain one where the items are uncertain too.
const SPLIT_RATES: usize = 1_024;

/// What a product of two numbers may be above a whole number by rounding alone.
const ROUNDING: f64 = 1e-9;

/// When within its last week work is finished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LastWeek {
    /// At the end of the week: durations are whole weeks.
    #[default]
    Whole,
    /// At any time of the week, all alike.
    Even,
}

/// How many weeks a number of items takes when every past week is equally likely to come again, independently.
///
/// The law is computed, not simulated: the probability of being done by week k is the probability that k weeks
/// drawn from history with replacement finish at least as many items as there are, times the rate at which they
/// split. Items and split rate may be uncertain themselves; they, and the weeks, are independent.
///
/// # Source
/// The bootstrap of weekly throughput: D. Magennis (2011), *Forecasting and Simulating Software Development
/// Projects*; D. Vacanti (2015), *Actionable Agile Metrics for Predictability*. Computed as a convolution instead
/// of by draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Throughput {
    /// The probability of being done by the end of week 0, 1, 2 ...; the last is 1.
    done: Vec<f64>,
}

impl Throughput {
    /// The law of the weeks that `items` times `split` take.
    ///
    /// # Errors
    /// [`PaceError`] if bounded items or split rates reach below zero, items are too many, or may take more than 100 years.
    ///
    /// ```
    /// use p80::dist::{Law, Throughput, WeeklyPace};
    /// let pace = WeeklyPace::new(&[0, 2, 3, 4, 5])?;
    /// let weeks = Throughput::new(&pace, &Law::fixed(30.0), &Law::fixed(1.0))?;
    /// assert_eq!((weeks.percentile(0.5), weeks.percentile(0.8), weeks.percentile(0.95)), (11, 13, 15));
    /// # Ok::<(), p80::dist::PaceError>(())
    /// ```
    pub fn new(pace: &WeeklyPace, items: &Law, split: &Law) -> Result<Self, PaceError> {
        let enough = enough(items, split)?;
        let most = u32::try_from(enough.len() - 1).unwrap_or(u32::MAX);
        let mut finished = Finished::nothing(pace, most);
        let mut done = Vec::new();
        loop {
            let left: f64 =
                finished.shares().map(|(count, share)| share * (1.0 - enough[count as usize])).sum();
            if left < TAIL {
                done.push(1.0);
                return Ok(Self { done });
            }
            if done.len() > MOST_WEEKS {
                return Err(PaceError::TooSlow { pace: pace.mean(), items: most });
            }
            // Rounding must not let the curve turn back.
            let before = done.last().copied().unwrap_or(0.0);
            done.push((1.0 - left).max(before));
            finished.week()?;
        }
    }

    /// The probability of being done by the end of a week; week 0 is the start.
    #[must_use]
    pub fn done_by(&self, week: usize) -> f64 {
        self.done.get(week).copied().unwrap_or(1.0)
    }

    /// The week by whose end everything is certainly done, as far as draws can tell.
    #[must_use]
    pub fn last_week(&self) -> usize {
        self.done.len() - 1
    }

    /// The mean number of whole weeks.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.done.iter().map(|done| 1.0 - done).sum()
    }

    /// The first week by whose end a share `q` of all futures is done.
    #[must_use]
    pub fn percentile(&self, q: f64) -> usize {
        // Sums that are equal on paper differ in the last bits.
        self.done.iter().position(|&done| done >= q - 1e-12).unwrap_or(self.last_week())
    }

    /// The law of the duration, where a week is so many units.
    ///
    /// # Errors
    /// [`LawError`] if `week` is not above zero.
    pub fn law(&self, week: f64, last: LastWeek) -> Result<Law, LawError> {
        super::error::positive("week", week)?;
        let steps: Vec<(f64, f64, f64)> = (0..self.done.len())
            .map(|at| (at as f64 * week, if at == 0 { 0.0 } else { self.done[at - 1] }, self.done[at]))
            // What differs in the last bit is a rounded sum, not a week in which something ends.
            .filter(|&(_, before, after)| after > before.next_up())
            .collect();
        if let (LastWeek::Whole, [only]) = (last, &steps[..]) {
            return Law::certain(only.0);
        }
        if last == LastWeek::Whole {
            let (values, shares): (Vec<f64>, Vec<f64>) =
                steps.iter().map(|&(end, before, after)| (end, after - before)).unzip();
            return Law::discrete(&values, &shares);
        }
        let mut points: Vec<(f64, f64)> = Vec::new();
        for &(end, before, after) in &steps {
            let begin = (end - week).max(0.0);
            match points.last() {
                // Two weeks in a row share a point; over a gap the curve jumps as steeply as a number can say.
                Some(&(_, value)) if value == begin && value < end => {}
                Some(_) => points.push((before.next_up(), begin)),
                None => points.push((0.0, begin)),
            }
            points.push((after, end));
        }
        if let Some(last) = points.last_mut() {
            last.0 = 1.0;
        }
        match points[..] {
            [(_, only), (_, same)] if only == same => Law::certain(only),
            _ => Law::cumulative(&points),
        }
    }
}

/// The probability that 0, 1, 2 ... items are all that there is to do; the last is 1.
fn enough(items: &Law, split: &Law) -> Result<Vec<f64>, PaceError> {
    let ends = |law: &Law| -> Result<(f64, f64), PaceError> {
        let (low, high) = (law.quantile(0.0), law.quantile(1.0));
        // What an unbounded law has below zero counts as nothing to do.
        if low.is_finite() && low < 0.0 {
            return Err(PaceError::BadItems(low));
        }
        Ok((low, if high.is_finite() { high } else { law.quantile(1.0 - TAIL) }))
    };
    let (of_items, of_split) = (ends(items)?, ends(split)?);
    let most = (of_items.1 * of_split.1 * (1.0 - ROUNDING)).ceil().max(0.0);
    if most.is_nan() || most > most_items() {
        return Err(PaceError::TooManyItems(most));
    }
    let most = most as usize;
    let rates: Vec<f64> = if of_split.0 == of_split.1 {
        vec![of_split.0]
    } else {
        (0..SPLIT_RATES).map(|at| split.quantile((at as f64 + 0.5) / SPLIT_RATES as f64)).collect()
    };
    let is_certain = of_items.0 == of_items.1;
    let share = |count: usize| {
        let count = count as f64 * (1.0 + ROUNDING);
        // Whatever there is splits into nothing at a rate of nothing.
        let items_at = |rate: f64| if rate > 0.0 { items.cdf(count / rate) } else { 1.0 };
        if is_certain && of_items.0 > 0.0 {
            split.cdf(count / of_items.0)
        } else {
            rates.iter().map(|&rate| items_at(rate)).sum::<f64>() / rates.len() as f64
        }
    };
    let mut enough: Vec<f64> = (0..most).map(share).collect();
    enough.push(1.0);
    Ok(enough)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::Reading;

    fn weeks(history: &[u32], items: &Law, split: &Law) -> Throughput {
        Throughput::new(&WeeklyPace::new(history).unwrap(), items, split).unwrap()
    }

    #[test]
    fn the_known_answer_comes_out_to_all_its_digits() {
        // Seen to fail when weeks of zero are left out of the pace, and when the last item may stay undone.
        let law = weeks(&[0, 2, 3, 4, 5], &Law::fixed(30.0), &Law::fixed(1.0));
        let known = [0.06889, 0.20723, 0.40051, 0.59646, 0.75544, 0.86476, 0.93091, 0.96704, 0.98519];
        for (week, share) in (8..).zip(known) {
            assert!((law.done_by(week) - share).abs() <= 0.000_005, "week {week}: {}", law.done_by(week));
        }
        assert!((law.mean() - 11.2245).abs() <= 0.000_05);
        assert_eq!([0.5, 0.8, 0.95].map(|q| law.percentile(q)), [11, 13, 15]);
    }

    #[test]
    fn what_is_certain_stays_certain() {
        let law = |items: f64, last| {
            weeks(&[4, 4], &Law::fixed(items), &Law::fixed(1.0)).law(10_080.0, last).unwrap()
        };
        assert_eq!(law(12.0, LastWeek::Whole), Law::fixed(30_240.0));
        assert_eq!(law(0.0, LastWeek::Whole), Law::fixed(0.0));
        assert_eq!(law(0.0, LastWeek::Even), Law::fixed(0.0));
        let even = law(12.0, LastWeek::Even);
        assert_eq!(
            (even.quantile(0.0), even.quantile(0.5), even.quantile(1.0)),
            (20_160.0, 25_200.0, 30_240.0)
        );
    }

    #[test]
    fn a_split_rate_that_is_certain_is_more_items_and_no_rounding_adds_a_week() {
        let one = Law::fixed(1.0);
        assert_eq!(
            weeks(&[11], &Law::fixed(10.0), &Law::fixed(1.1)).done_by(1),
            1.0,
            "10 x 1.1 is a hair above 11 in binary"
        );
        assert_eq!(
            weeks(&[1, 3], &Law::fixed(40.0), &Law::fixed(1.5)),
            weeks(&[1, 3], &Law::fixed(60.0), &one)
        );
    }

    #[test]
    fn uncertain_items_mix_the_laws_of_certain_ones() {
        let items = Law::discrete(&[10.0, 20.0], &[0.25, 0.75]).unwrap();
        let one = Law::fixed(1.0);
        let mixed = weeks(&[0, 1, 5], &items, &one);
        let [few, many] = [10.0, 20.0].map(|items| weeks(&[0, 1, 5], &Law::fixed(items), &one));
        for week in 0..40 {
            let expected = 0.25 * few.done_by(week) + 0.75 * many.done_by(week);
            assert!((mixed.done_by(week) - expected).abs() < 1e-9);
        }
        // An uncertain split of uncertain items: the same with the roles exchanged.
        let (a, b) =
            (Law::uniform(10.0, 20.0).unwrap(), Law::triangular(1.0, 1.2, 2.0, Reading::Ends).unwrap());
        let (one_way, other) = (weeks(&[3, 4, 8], &a, &b), weeks(&[3, 4, 8], &b, &a));
        for week in 0..30 {
            assert!((one_way.done_by(week) - other.done_by(week)).abs() < 1e-3, "{week}");
        }
    }

    #[test]
    fn an_even_last_week_keeps_the_probability_of_every_week() {
        // Items of two kinds leave weeks in the middle in which nothing can be finished.
        let items = Law::discrete(&[5.0, 60.0], &[0.4, 0.6]).unwrap();
        let law = weeks(&[4, 5, 6], &items, &Law::fixed(1.0));
        let even = law.law(1.0, LastWeek::Even).unwrap();
        for week in 0..=law.last_week() {
            assert!((even.cdf(week as f64) - law.done_by(week)).abs() < 1e-12, "{week}");
        }
        assert!(even.quantile(0.4) <= 2.0 && even.quantile(0.400_001) >= 9.0);
    }

    #[test]
    fn how_many_is_the_other_side_of_when() {
        let pace = WeeklyPace::new(&[0, 2, 3, 4, 5]).unwrap();
        let finished = Finished::after(&pace, 10).unwrap();
        for items in [20, 25, 28, 30] {
            let when = Throughput::new(&pace, &Law::fixed(f64::from(items)), &Law::fixed(1.0)).unwrap();
            let how_many: f64 =
                finished.shares().filter(|&(count, _)| count >= items).map(|(_, share)| share).sum();
            assert!((when.done_by(10) - how_many).abs() < 1e-12);
            assert!(finished.at_least(how_many) >= items && finished.at_least(how_many + 1e-6) < items);
        }
    }

    #[test]
    fn what_cannot_be_forecast_is_refused() {
        let pace = |weeks: &[u32]| WeeklyPace::new(weeks);
        assert_eq!(pace(&[]), Err(PaceError::NoWeeks));
        assert_eq!(pace(&[0, 0]), Err(PaceError::OnlyZeros(2)));
        assert!(pace(&[u32::MAX]).is_err() && pace(&[1; 2_000]).is_err());
        let slow = pace(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 1]).unwrap();
        let new = |items: Law, split: Law| Throughput::new(&slow, &items, &split);
        assert!(matches!(new(Law::fixed(5_000.0), Law::fixed(1.0)), Err(PaceError::TooSlow { .. })));
        assert!(matches!(new(Law::fixed(1e9), Law::fixed(1.0)), Err(PaceError::TooManyItems(_))));
        assert!(matches!(new(Law::fixed(-1.0), Law::fixed(1.0)), Err(PaceError::BadItems(_))));
        assert!(new(Law::uniform(-1.0, 5.0).unwrap(), Law::fixed(1.0)).is_err());
        let normal = Throughput::new(&pace(&[3]).unwrap(), &Law::normal(0.0, 1.0).unwrap(), &Law::fixed(1.0));
        assert!((normal.unwrap().done_by(0) - 0.5).abs() < 1e-9, "half of it is below zero: nothing to do");
        assert!(new(Law::exponential(5.0).unwrap(), Law::fixed(1.0)).is_ok());
        let many: Vec<u32> = (0..1_000).map(|at| at * 97).collect();
        let many = WeeklyPace::new(&many).unwrap();
        assert!(Finished::after(&many, 5_000).is_err());
    }
}
