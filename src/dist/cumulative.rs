//! A law given by points of its cumulative curve.

use super::error::{LawError, finite};

/// A cumulative curve through given points, straight between them.
///
/// Two points with the same value are an atom: a share of the draws takes exactly that value.
#[derive(Clone, Debug, PartialEq)]
pub struct Cumulative {
    /// Share of draws at or below, and value.
    points: Vec<(f64, f64)>,
}

impl Cumulative {
    /// Builds the law from `(share, value)` points; values are in the unit of the quantity.
    ///
    /// # Errors
    /// [`LawError`] if there are fewer than two points, a number is not finite, the shares do not ascend
    /// strictly from 0 to 1, or the values descend.
    pub fn new(points: &[(f64, f64)]) -> Result<Self, LawError> {
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return Err(LawError::Empty);
        };
        for &(share, value) in points {
            finite("share", share)?;
            finite("value", value)?;
        }
        finite("last value - first value", last.1 - first.1)?;
        if first.0 != 0.0 {
            return Err(LawError::Shares(first.0));
        }
        if last.0 != 1.0 {
            return Err(LawError::Shares(last.0));
        }
        for pair in points.windows(2) {
            if pair[1].0 <= pair[0].0 {
                return Err(LawError::Shares(pair[1].0));
            }
            if pair[1].1 < pair[0].1 {
                return Err(LawError::Descending { before: pair[0].1, after: pair[1].1 });
            }
        }
        Ok(Self { points: points.to_vec() })
    }

    /// The points: share of draws at or below, and value.
    #[must_use]
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// The least value.
    #[must_use]
    pub fn min(&self) -> f64 {
        self.points[0].1
    }

    /// The greatest value.
    #[must_use]
    pub fn max(&self) -> f64 {
        self.points[self.points.len() - 1].1
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.points.windows(2).map(|w| (w[1].0 - w[0].0) * (w[0].1 + (w[1].1 - w[0].1) / 2.0)).sum()
    }

    /// The variance, in squared units.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        let piece = |w: &[(f64, f64)]| {
            let (from, to) = (w[0].1 - mean, w[1].1 - mean);
            (w[1].0 - w[0].0) * (from * from + from * to + to * to) / 3.0
        };
        self.points.windows(2).map(piece).sum()
    }

    /// The value that a share `q` of the draws does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        // The first piece that ends at or above q.
        let at = self.points.partition_point(|point| point.0 < q).clamp(1, self.points.len() - 1);
        let (from, to) = (self.points[at - 1], self.points[at]);
        let along = ((q - from.0) / (to.0 - from.0)).clamp(0.0, 1.0);
        (from.1 + (to.1 - from.1) * along).clamp(from.1, to.1)
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        let at = self.points.partition_point(|point| point.1 <= x);
        if at == 0 {
            return 0.0;
        }
        let from = self.points[at - 1];
        self.points.get(at).map_or(1.0, |to| from.0 + (to.0 - from.0) * ((x - from.1) / (to.1 - from.1)))
    }

    /// The same law in another unit; `factor > 0`.
    pub(super) fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        let points: Vec<(f64, f64)> = self.points.iter().map(|point| (point.0, point.1 * factor)).collect();
        Self::new(&points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_straight_between_its_points() {
        let law = Cumulative::new(&[(0.0, 10.0), (0.5, 20.0), (1.0, 60.0)]).unwrap();
        assert_eq!((law.quantile(0.0), law.quantile(0.25), law.quantile(0.75)), (10.0, 15.0, 40.0));
        assert_eq!((law.quantile(1.0), law.cdf(15.0), law.cdf(40.0)), (60.0, 0.25, 0.75));
        assert_eq!(law.mean(), 0.5 * 15.0 + 0.5 * 40.0);
        let square = 0.5 * (700.0 / 3.0) + 0.5 * (5_200.0 / 3.0);
        assert!((law.variance() - (square - 27.5 * 27.5)).abs() < 1e-10);
    }

    #[test]
    fn equal_values_are_an_atom() {
        let law = Cumulative::new(&[(0.0, 0.0), (0.4, 5.0), (0.9, 5.0), (1.0, 6.0)]).unwrap();
        assert_eq!((law.quantile(0.4), law.quantile(0.6), law.quantile(0.9)), (5.0, 5.0, 5.0));
        assert_eq!(law.cdf(5.0), 0.9);
    }

    #[test]
    fn curves_that_are_none_are_refused() {
        assert_eq!(Cumulative::new(&[]), Err(LawError::Empty));
        assert!(Cumulative::new(&[(0.0, 1.0)]).is_err());
        assert!(Cumulative::new(&[(0.1, 1.0), (1.0, 2.0)]).is_err());
        assert!(Cumulative::new(&[(0.0, 1.0), (0.5, 2.0), (0.5, 3.0), (1.0, 4.0)]).is_err());
        assert!(matches!(Cumulative::new(&[(0.0, 2.0), (1.0, 1.0)]), Err(LawError::Descending { .. })));
    }
}
