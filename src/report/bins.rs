//! Histograms for people: bins of a day, a week, a round sum.

use crate::results::Histogram;

/// About so many bins make a good picture.
const WANTED: i64 = 48;

/// Widths for dates, in minutes: quarters of an hour to years.
const DATE_WIDTHS: [i64; 12] = [
    15,
    60,
    240,
    1_440,
    2 * 1_440,
    7 * 1_440,
    14 * 1_440,
    28 * 1_440,
    91 * 1_440,
    182 * 1_440,
    364 * 1_440,
    3_640 * 1_440,
];

/// Counts in bins of equal width: `(low, low + width]`, so that 24:00 belongs to the day that ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// The exclusive lower end of the first bin.
    pub low: i64,
    /// The width of every bin.
    pub width: i64,
    /// The counts.
    pub counts: Vec<u64>,
    /// All iterations, including those without a result.
    pub iterations: u64,
}

impl Bins {
    /// The exclusive lower and the inclusive upper end of a bin.
    #[must_use]
    pub fn ends(&self, bin: usize) -> (i64, i64) {
        let low = self.low + self.width * bin as i64;
        (low, low + self.width)
    }

    /// The share of iterations at or below the upper end of each bin.
    #[must_use]
    pub fn cumulative(&self) -> Vec<f64> {
        let mut below = 0;
        let share = |&count: &u64| {
            below += count;
            below as f64 / self.iterations.max(1) as f64
        };
        self.counts.iter().map(share).collect()
    }
}

/// Bins of dates: whole days wherever the range allows it, aligned on midnight, weeks on Mondays.
#[must_use]
pub fn date_bins(histogram: &Histogram, iterations: u64) -> Option<Bins> {
    let (low, high) = range(histogram)?;
    let width = DATE_WIDTHS
        .into_iter()
        .find(|width| (high - low) / width < WANTED)
        .unwrap_or(DATE_WIDTHS[DATE_WIDTHS.len() - 1]);
    // 1970-01-01 was a Thursday; the Monday before it lies three days earlier.
    let origin = if width % (7 * 1_440) == 0 { -3 * 1_440 } else { 0 };
    Some(bins(histogram, iterations, origin, width))
}

/// Bins of money: 1, 2 or 5 times a power of ten of minor units.
#[must_use]
pub fn amount_bins(histogram: &Histogram, iterations: u64) -> Option<Bins> {
    let (low, high) = range(histogram)?;
    let mut width = 1;
    let mut steps = [2, 5, 10].into_iter().cycle();
    let mut decade = 1;
    while (high - low) / width >= WANTED {
        let step = steps.next().unwrap_or(10);
        width = decade * step;
        if step == 10 {
            decade = width;
        }
    }
    Some(bins(histogram, iterations, 0, width))
}

fn range(histogram: &Histogram) -> Option<(i64, i64)> {
    let low = histogram.bins().next()?.largest;
    Some((low, histogram.largest()?))
}

fn bins(histogram: &Histogram, iterations: u64, origin: i64, width: i64) -> Bins {
    let number = |value: i64| (value - 1 - origin).div_euclid(width);
    let mut first = None;
    let mut counts: Vec<u64> = Vec::new();
    for bin in histogram.bins() {
        let at = number(bin.largest);
        let first = *first.get_or_insert(at);
        let index = (at - first) as usize;
        if counts.len() <= index {
            counts.resize(index + 1, 0);
        }
        counts[index] += bin.count;
    }
    Bins { low: origin + first.unwrap_or(0) * width, width, counts, iterations }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Instant;

    #[test]
    fn a_finish_at_midnight_counts_for_the_day_that_ends() {
        let mut histogram = Histogram::new();
        for text in ["2027-03-01T17:00", "2027-03-02T24:00", "2027-03-20T09:00"] {
            histogram.record(i64::from(text.parse::<Instant>().unwrap().0));
        }
        let bins = date_bins(&histogram, 4).unwrap();
        assert_eq!(bins.width, 1_440);
        assert_eq!(Instant(bins.low as i32).to_string(), "2027-03-01T00:00");
        assert_eq!((bins.counts[0], bins.counts[1], bins.counts[2], bins.counts[19]), (1, 1, 0, 1));
        assert_eq!(bins.cumulative()[19], 0.75);
    }

    #[test]
    fn sums_fall_into_round_bins() {
        let mut histogram = Histogram::new();
        (0..1_000).for_each(|i| histogram.record(480_000_000 + i * 123_457));
        let bins = amount_bins(&histogram, 1_000).unwrap();
        assert_eq!(bins.width, 5_000_000);
        assert_eq!(bins.low % bins.width, 0);
        assert_eq!(bins.counts.iter().sum::<u64>(), 1_000);
        assert!(bins.counts.len() <= 50, "{}", bins.counts.len());
    }

    #[test]
    fn one_value_makes_one_bin() {
        let mut histogram = Histogram::new();
        histogram.record(0);
        assert_eq!(amount_bins(&histogram, 1).unwrap().counts, [1]);
        assert_eq!(date_bins(&histogram, 1).unwrap().counts, [1]);
        assert_eq!(date_bins(&Histogram::new(), 0), None);
    }
}
