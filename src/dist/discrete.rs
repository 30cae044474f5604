//! A law of a few values with probabilities.

use super::error::{LawError, finite};

/// Values with probabilities; every draw is one of the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Discrete {
    values: Vec<f64>,
    /// The share of draws at or below each value; the last is 1.
    cumulative: Vec<f64>,
}

impl Discrete {
    /// Builds the law from values, in the unit of the quantity, and their probabilities.
    ///
    /// Equal values are merged and impossible ones dropped.
    ///
    /// # Errors
    /// [`LawError`] if the lists are empty or differ in length, a number is not finite, a probability is
    /// negative, or the probabilities differ from a sum of 1 by more than 1e-6.
    pub fn new(values: &[f64], probabilities: &[f64]) -> Result<Self, LawError> {
        let total: f64 = probabilities.iter().sum();
        let law = Self::weighted(values, probabilities)?;
        if (total - 1.0).abs() > 1e-6 { Err(LawError::Sum(total)) } else { Ok(law) }
    }

    /// Builds the law from weights of any positive sum.
    pub(super) fn weighted(values: &[f64], weights: &[f64]) -> Result<Self, LawError> {
        if values.is_empty() {
            return Err(LawError::Empty);
        }
        if values.len() != weights.len() {
            return Err(LawError::Lengths { values: values.len(), weights: weights.len() });
        }
        let mut pairs = Vec::with_capacity(values.len());
        for (&value, &weight) in values.iter().zip(weights) {
            finite("value", value)?;
            if finite("probability or weight", weight)? < 0.0 {
                return Err(LawError::NegativeWeight(weight));
            }
            if weight > 0.0 {
                // Adding zero turns -0 into 0, so that equal values sort next to each other.
                pairs.push((value + 0.0, weight));
            }
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let total: f64 = pairs.iter().map(|pair| pair.1).sum();
        if !(total > 0.0 && total.is_finite()) {
            return Err(LawError::Sum(total));
        }
        let (mut law, mut below) = (Self { values: Vec::new(), cumulative: Vec::new() }, 0.0);
        for (value, weight) in pairs {
            below += weight;
            let share = (below / total).min(1.0);
            if law.values.last() == Some(&value) {
                law.cumulative.pop();
            } else {
                law.values.push(value);
            }
            law.cumulative.push(share);
        }
        if let Some(last) = law.cumulative.last_mut() {
            *last = 1.0;
        }
        Ok(law)
    }

    /// The values, ascending and distinct.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The share of draws at or below each value; the last is 1.
    #[must_use]
    pub fn cumulative(&self) -> &[f64] {
        &self.cumulative
    }

    /// The least value.
    #[must_use]
    pub fn min(&self) -> f64 {
        self.values[0]
    }

    /// The greatest value.
    #[must_use]
    pub fn max(&self) -> f64 {
        self.values[self.values.len() - 1]
    }

    /// Each value with its probability.
    fn pairs(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let before = std::iter::once(0.0).chain(self.cumulative.iter().copied());
        self.values.iter().zip(self.cumulative.iter().zip(before)).map(|(&x, (&to, from))| (x, to - from))
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.pairs().map(|(x, p)| x * p).sum()
    }

    /// The variance, in squared units.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.pairs().map(|(x, p)| (x - mean) * (x - mean) * p).sum()
    }

    /// The most probable value, the least of them in a tie.
    #[must_use]
    pub fn mode(&self) -> f64 {
        // Differences of cumulative shares of equal weights differ in the last bits: a tie is a tie.
        let better = |best: (f64, f64), next: (f64, f64)| if next.1 > best.1 + 1e-12 { next } else { best };
        self.pairs().fold((self.min(), 0.0), better).0
    }

    /// The value that a share `q` of the draws does not exceed: the least with at least that share.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        let at = self.cumulative.partition_point(|&share| share < q);
        self.values[at.min(self.values.len() - 1)]
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        match self.values.partition_point(|&value| value <= x) {
            0 => 0.0,
            at => self.cumulative[at - 1],
        }
    }

    /// The same law in another unit; `factor > 0`.
    pub(super) fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        let values: Result<Vec<f64>, LawError> =
            self.values.iter().map(|value| finite("value", value * factor)).collect();
        Ok(Self { values: values?, cumulative: self.cumulative.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_step_at_the_cumulated_probabilities() {
        let law = Discrete::new(&[30.0, 10.0, 20.0, 10.0], &[0.25, 0.25, 0.25, 0.25]).unwrap();
        assert_eq!((law.values(), law.cumulative()), (&[10.0, 20.0, 30.0][..], &[0.5, 0.75, 1.0][..]));
        for (q, x) in [(0.0, 10.0), (0.5, 10.0), (0.500_001, 20.0), (0.75, 20.0), (0.76, 30.0), (1.0, 30.0)] {
            assert_eq!(law.quantile(q), x, "{q}");
        }
        assert_eq!((law.mean(), law.variance(), law.mode()), (17.5, 68.75, 10.0));
        assert_eq!((law.cdf(9.0), law.cdf(10.0), law.cdf(99.0)), (0.0, 0.5, 1.0));
    }

    #[test]
    fn what_is_no_probability_is_refused() {
        assert_eq!(Discrete::new(&[], &[]), Err(LawError::Empty));
        assert!(matches!(Discrete::new(&[1.0], &[0.9]), Err(LawError::Sum(_))));
        assert!(matches!(Discrete::new(&[1.0], &[0.5, 0.5]), Err(LawError::Lengths { .. })));
        assert!(matches!(Discrete::new(&[1.0, 2.0], &[-0.5, 1.5]), Err(LawError::NegativeWeight(_))));
        assert!(Discrete::new(&[1.0, f64::NAN], &[0.5, 0.5]).is_err());
        assert!(Discrete::new(&[1.0, 2.0], &[0.5, f64::NAN]).is_err());
    }
}
