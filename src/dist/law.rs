//! Any of the laws.

use super::error::{LawError, finite, positive};
use super::{
    Beta, BetaPert, Cumulative, Discrete, Empirical, Exponential, Gamma, LogNormal, Normal, Pareto, Reading,
    Triangular, Uniform, Weibull,
};

/// Where unbounded laws end in a simulation: the quantile of the first and the last uniform of 32 bits.
const TAIL: f64 = 1.0 / 8_589_934_592.0;

/// Any of the laws, in the unit of its quantity.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Law {
    /// A certain value.
    Fixed(f64),
    /// See [`Uniform`].
    Uniform(Uniform),
    /// See [`Triangular`].
    Triangular(Triangular),
    /// See [`BetaPert`].
    Pert(BetaPert),
    /// See [`Beta`].
    Beta(Beta),
    /// See [`Normal`].
    Normal(Normal),
    /// See [`LogNormal`].
    LogNormal(LogNormal),
    /// See [`Gamma`].
    Gamma(Gamma),
    /// See [`Weibull`].
    Weibull(Weibull),
    /// See [`Exponential`].
    Exponential(Exponential),
    /// See [`Pareto`].
    Pareto(Pareto),
    /// See [`Discrete`].
    Discrete(Discrete),
    /// See [`Cumulative`].
    Cumulative(Cumulative),
    /// See [`Empirical`].
    Empirical(Empirical),
}

/// A law of two equal points is the certain value, wherever a constructor calls that out.
fn certain_or<T>(built: Result<T, LawError>, wrap: impl FnOnce(T) -> Law) -> Result<Law, LawError> {
    match built {
        Ok(law) => Ok(wrap(law)),
        Err(LawError::Certain(value)) => Ok(Law::Fixed(value)),
        Err(error) => Err(error),
    }
}

impl Law {
    /// A certain value.
    ///
    /// A value that is not finite is the caller's to refuse: see [`Law::certain`].
    #[must_use]
    pub fn fixed(value: f64) -> Self {
        Self::Fixed(value)
    }

    /// A certain value, checked.
    ///
    /// # Errors
    /// [`LawError::NotFinite`] if it is not finite.
    pub fn certain(value: f64) -> Result<Self, LawError> {
        Ok(Self::Fixed(finite("value", value)?))
    }

    /// A uniform law; equal ends are the certain value.
    ///
    /// # Errors
    /// See [`Uniform::new`].
    pub fn uniform(min: f64, max: f64) -> Result<Self, LawError> {
        certain_or(Uniform::new(min, max), Self::Uniform)
    }

    /// A triangular law whose low and high are read as `reading` says; equal points are the certain value.
    ///
    /// # Errors
    /// See [`Triangular::new`] and [`Triangular::from_percentiles`].
    pub fn triangular(low: f64, mode: f64, high: f64, reading: Reading) -> Result<Self, LawError> {
        let built = match reading.shares() {
            None => Triangular::new(low, mode, high),
            Some((p, q)) => Triangular::from_percentiles(low, mode, high, p, q),
        };
        certain_or(built, Self::Triangular)
    }

    /// A beta-PERT law (weight 4) whose low and high are read as `reading` says; equal points are the
    /// certain value.
    ///
    /// # Errors
    /// See [`BetaPert::new`] and [`BetaPert::from_percentiles`].
    pub fn pert(low: f64, mode: f64, high: f64, reading: Reading) -> Result<Self, LawError> {
        Self::pert_weighted(low, mode, high, super::pert::PERT_WEIGHT, reading)
    }

    /// A beta-PERT law with any weight of the mode, read as [`Law::pert`] does.
    ///
    /// # Errors
    /// See [`BetaPert::with_weight`] and [`BetaPert::from_percentiles`].
    pub fn pert_weighted(
        low: f64,
        mode: f64,
        high: f64,
        lambda: f64,
        reading: Reading,
    ) -> Result<Self, LawError> {
        let built = match reading.shares() {
            None => BetaPert::with_weight(low, mode, high, lambda),
            Some((p, q)) => BetaPert::from_percentiles(low, mode, high, p, q, lambda),
        };
        certain_or(built, Self::Pert)
    }

    /// A beta law on an interval; equal ends are the certain value.
    ///
    /// # Errors
    /// See [`Beta::new`].
    pub fn beta(alpha: f64, beta: f64, min: f64, max: f64) -> Result<Self, LawError> {
        certain_or(Beta::new(alpha, beta, min, max), Self::Beta)
    }

    /// A normal law; a standard deviation of 0 is the certain value.
    ///
    /// # Errors
    /// See [`Normal::new`].
    pub fn normal(mean: f64, sd: f64) -> Result<Self, LawError> {
        if sd == 0.0 { Self::certain(mean) } else { Ok(Self::Normal(Normal::new(mean, sd)?)) }
    }

    /// A normal law by P10 and P90; equal ones are the certain value.
    ///
    /// # Errors
    /// See [`Normal::from_p10_p90`].
    pub fn normal_p10_p90(p10: f64, p90: f64) -> Result<Self, LawError> {
        certain_or(Normal::from_p10_p90(p10, p90), Self::Normal)
    }

    /// A lognormal law by the mean and standard deviation of its logarithm.
    ///
    /// # Errors
    /// See [`LogNormal::new`].
    pub fn lognormal(mu: f64, sigma: f64) -> Result<Self, LawError> {
        Ok(Self::LogNormal(LogNormal::new(mu, sigma)?))
    }

    /// A lognormal law by mean and standard deviation; a standard deviation of 0 is the certain value.
    ///
    /// # Errors
    /// See [`LogNormal::from_mean_sd`].
    pub fn lognormal_mean_sd(mean: f64, sd: f64) -> Result<Self, LawError> {
        if sd == 0.0 {
            return Self::certain(positive("mean", mean)?);
        }
        Ok(Self::LogNormal(LogNormal::from_mean_sd(mean, sd)?))
    }

    /// A lognormal law by P10 and P90; equal ones are the certain value.
    ///
    /// # Errors
    /// See [`LogNormal::from_p10_p90`].
    pub fn lognormal_p10_p90(p10: f64, p90: f64) -> Result<Self, LawError> {
        certain_or(LogNormal::from_p10_p90(p10, p90), Self::LogNormal)
    }

    /// A lognormal law by median and P90; equal ones are the certain value.
    ///
    /// # Errors
    /// See [`LogNormal::from_median_p90`].
    pub fn lognormal_median_p90(median: f64, p90: f64) -> Result<Self, LawError> {
        certain_or(LogNormal::from_median_p90(median, p90), Self::LogNormal)
    }

    /// A gamma law.
    ///
    /// # Errors
    /// See [`Gamma::new`].
    pub fn gamma(shape: f64, scale: f64) -> Result<Self, LawError> {
        Ok(Self::Gamma(Gamma::new(shape, scale)?))
    }

    /// A Weibull law.
    ///
    /// # Errors
    /// See [`Weibull::new`].
    pub fn weibull(shape: f64, scale: f64) -> Result<Self, LawError> {
        Ok(Self::Weibull(Weibull::new(shape, scale)?))
    }

    /// An exponential law by its mean.
    ///
    /// # Errors
    /// See [`Exponential::new`].
    pub fn exponential(mean: f64) -> Result<Self, LawError> {
        Ok(Self::Exponential(Exponential::new(mean)?))
    }

    /// A Pareto law, cut off at `max` if given.
    ///
    /// # Errors
    /// See [`Pareto::new`] and [`Pareto::truncated`].
    pub fn pareto(min: f64, alpha: f64, max: Option<f64>) -> Result<Self, LawError> {
        match max {
            None => Ok(Self::Pareto(Pareto::new(min, alpha)?)),
            Some(max) => certain_or(Pareto::truncated(min, alpha, max), Self::Pareto),
        }
    }

    /// A law of values with probabilities.
    ///
    /// # Errors
    /// See [`Discrete::new`].
    pub fn discrete(values: &[f64], probabilities: &[f64]) -> Result<Self, LawError> {
        Ok(Self::Discrete(Discrete::new(values, probabilities)?))
    }

    /// A law by `(share, value)` points of its cumulative curve.
    ///
    /// # Errors
    /// See [`Cumulative::new`].
    pub fn cumulative(points: &[(f64, f64)]) -> Result<Self, LawError> {
        Ok(Self::Cumulative(Cumulative::new(points)?))
    }

    /// A law of observed values of equal weight.
    ///
    /// # Errors
    /// See [`Empirical::new`].
    pub fn empirical(values: &[f64]) -> Result<Self, LawError> {
        Ok(Self::Empirical(Empirical::new(values)?))
    }

    /// A law of observed values with weights.
    ///
    /// # Errors
    /// See [`Empirical::weighted`].
    pub fn empirical_weighted(values: &[f64], weights: &[f64]) -> Result<Self, LawError> {
        Ok(Self::Empirical(Empirical::weighted(values, weights)?))
    }

    /// The same quantity in another unit: every value times `factor`, such as 480 from days to minutes.
    ///
    /// # Errors
    /// [`LawError`] if `factor` is not above zero or a parameter leaves its range.
    pub fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        positive("factor", factor)?;
        Ok(match self {
            Self::Fixed(value) => Self::certain(value * factor)?,
            Self::Uniform(law) => Self::Uniform(law.scaled(factor)?),
            Self::Triangular(law) => Self::Triangular(law.scaled(factor)?),
            Self::Pert(law) => Self::Pert(law.scaled(factor)?),
            Self::Beta(law) => Self::Beta(law.scaled(factor)?),
            Self::Normal(law) => Self::Normal(law.scaled(factor)?),
            Self::LogNormal(law) => Self::LogNormal(law.scaled(factor)?),
            Self::Gamma(law) => Self::Gamma(law.scaled(factor)?),
            Self::Weibull(law) => Self::Weibull(law.scaled(factor)?),
            Self::Exponential(law) => Self::Exponential(law.scaled(factor)?),
            Self::Pareto(law) => Self::Pareto(law.scaled(factor)?),
            Self::Discrete(law) => Self::Discrete(law.scaled(factor)?),
            Self::Cumulative(law) => Self::Cumulative(law.scaled(factor)?),
            Self::Empirical(law) => Self::Empirical(law.scaled(factor)?),
        })
    }

    /// The value that a share `q` of the draws does not exceed; 0 and 1 give the ends, which may be
    /// infinite.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Uniform(law) => law.quantile(q),
            Self::Triangular(law) => law.quantile(q),
            Self::Pert(law) => law.quantile(q),
            Self::Beta(law) => law.quantile(q),
            Self::Normal(law) => law.quantile(q),
            Self::LogNormal(law) => law.quantile(q),
            Self::Gamma(law) => law.quantile(q),
            Self::Weibull(law) => law.quantile(q),
            Self::Exponential(law) => law.quantile(q),
            Self::Pareto(law) => law.quantile(q),
            Self::Discrete(law) => law.quantile(q),
            Self::Cumulative(law) => law.quantile(q),
            Self::Empirical(law) => law.quantile(q),
        }
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Self::Fixed(value) => f64::from(u8::from(x >= *value)),
            Self::Uniform(law) => law.cdf(x),
            Self::Triangular(law) => law.cdf(x),
            Self::Pert(law) => law.cdf(x),
            Self::Beta(law) => law.cdf(x),
            Self::Normal(law) => law.cdf(x),
            Self::LogNormal(law) => law.cdf(x),
            Self::Gamma(law) => law.cdf(x),
            Self::Weibull(law) => law.cdf(x),
            Self::Exponential(law) => law.cdf(x),
            Self::Pareto(law) => law.cdf(x),
            Self::Discrete(law) => law.cdf(x),
            Self::Cumulative(law) => law.cdf(x),
            Self::Empirical(law) => law.cdf(x),
        }
    }

    /// The mean; [`None`] if it is infinite.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let mean = match self {
            Self::Fixed(value) => *value,
            Self::Uniform(law) => law.mean(),
            Self::Triangular(law) => law.mean(),
            Self::Pert(law) => law.mean(),
            Self::Beta(law) => law.mean(),
            Self::Normal(law) => law.mean(),
            Self::LogNormal(law) => law.mean(),
            Self::Gamma(law) => law.mean(),
            Self::Weibull(law) => law.mean(),
            Self::Exponential(law) => law.mean(),
            Self::Pareto(law) => law.mean()?,
            Self::Discrete(law) => law.mean(),
            Self::Cumulative(law) => law.mean(),
            Self::Empirical(law) => law.mean(),
        };
        mean.is_finite().then_some(mean)
    }

    /// The variance, in squared units; [`None`] if it is infinite.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        let variance = match self {
            Self::Fixed(_) => 0.0,
            Self::Uniform(law) => law.variance(),
            Self::Triangular(law) => law.variance(),
            Self::Pert(law) => law.variance(),
            Self::Beta(law) => law.variance(),
            Self::Normal(law) => law.variance(),
            Self::LogNormal(law) => law.variance(),
            Self::Gamma(law) => law.variance(),
            Self::Weibull(law) => law.variance(),
            Self::Exponential(law) => law.variance(),
            Self::Pareto(law) => law.variance()?,
            Self::Discrete(law) => law.variance(),
            Self::Cumulative(law) => law.variance(),
            Self::Empirical(law) => law.variance(),
        };
        variance.is_finite().then_some(variance)
    }

    /// The most likely value; [`None`] where no single value is (uniform, cumulative, empirical, some
    /// betas).
    #[must_use]
    pub fn mode(&self) -> Option<f64> {
        match self {
            Self::Fixed(value) => Some(*value),
            Self::Triangular(law) => Some(law.mode()),
            Self::Pert(law) if law.lambda() > 0.0 => Some(law.mode()),
            Self::Beta(law) => law.mode(),
            Self::Normal(law) => Some(law.mean()),
            Self::LogNormal(law) => Some(law.mode()),
            Self::Gamma(law) => Some(law.mode()),
            Self::Weibull(law) => Some(law.mode()),
            Self::Exponential(_) => Some(0.0),
            Self::Pareto(law) => Some(law.min()),
            Self::Discrete(law) => Some(law.mode()),
            Self::Uniform(_) | Self::Pert(_) | Self::Cumulative(_) | Self::Empirical(_) => None,
        }
    }

    /// The median.
    #[must_use]
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// The value of the deterministic plan where none is stated: the mode, else the median (semantics,
    /// section 2).
    #[must_use]
    pub fn plan_value(&self) -> f64 {
        self.mode().unwrap_or_else(|| self.median())
    }

    /// Whether the law has two finite ends of its own.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        match self {
            Self::Normal(_)
            | Self::LogNormal(_)
            | Self::Gamma(_)
            | Self::Weibull(_)
            | Self::Exponential(_) => false,
            Self::Pareto(law) => law.max().is_some(),
            _ => true,
        }
    }

    /// The least and the greatest value that a simulation can draw: the bounds, or for an open end the
    /// quantile at 2^-33 from it.
    #[must_use]
    pub fn support_ends(&self) -> (f64, f64) {
        if self.is_bounded() {
            (self.quantile(0.0), self.quantile(1.0))
        } else {
            (self.quantile(TAIL), self.quantile(1.0 - TAIL))
        }
    }

    /// Whether every draw is the same value.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        match self {
            Self::Fixed(_) => true,
            Self::Discrete(law) => law.values().len() == 1,
            Self::Empirical(law) => law.as_discrete().values().len() == 1,
            Self::Cumulative(law) => law.min() == law.max(),
            _ => false,
        }
    }

    /// The name of the family, as in a scenario file.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Fixed(_) => "fixed",
            Self::Uniform(_) => "uniform",
            Self::Triangular(_) => "triangular",
            Self::Pert(_) => "pert",
            Self::Beta(_) => "beta",
            Self::Normal(_) => "normal",
            Self::LogNormal(_) => "lognormal",
            Self::Gamma(_) => "gamma",
            Self::Weibull(_) => "weibull",
            Self::Exponential(_) => "exponential",
            Self::Pareto(_) => "pareto",
            Self::Discrete(_) => "discrete",
            Self::Cumulative(_) => "cumulative",
            Self::Empirical(_) => "empirical",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_points_are_certain() {
        let laws = [
            Law::uniform(3.0, 3.0),
            Law::triangular(3.0, 3.0, 3.0, Reading::P10P90),
            Law::pert(3.0, 3.0, 3.0, Reading::Ends),
            Law::normal(3.0, 0.0),
            Law::lognormal_p10_p90(3.0, 3.0),
            Law::discrete(&[3.0], &[1.0]),
        ];
        for law in laws {
            let law = law.unwrap();
            assert!(law.is_certain() && law.quantile(0.3) == 3.0 && law.variance() == Some(0.0), "{law:?}");
        }
    }

    #[test]
    fn scaling_scales_every_quantile() {
        let laws = [
            Law::pert(1.0, 2.0, 5.0, Reading::P10P90).unwrap(),
            Law::lognormal_p10_p90(1.0, 3.0).unwrap(),
            Law::gamma(2.0, 3.0).unwrap(),
            Law::pareto(1.0, 1.5, Some(9.0)).unwrap(),
            Law::cumulative(&[(0.0, 1.0), (0.3, 2.0), (1.0, 9.0)]).unwrap(),
        ];
        for law in laws {
            let minutes = law.scaled(480.0).unwrap();
            for q in [0.01, 0.3, 0.5, 0.99] {
                let ratio = minutes.quantile(q) / law.quantile(q);
                assert!((ratio / 480.0 - 1.0).abs() < 1e-12, "{law:?}");
            }
            assert!(law.scaled(0.0).is_err() && law.scaled(f64::NAN).is_err());
        }
    }

    #[test]
    fn open_ends_are_cut_where_the_uniforms_end() {
        let (low, high) = Law::normal(0.0, 1.0).unwrap().support_ends();
        assert!((high + low).abs() < 1e-6 && (6.3..6.5).contains(&high));
        assert_eq!(Law::uniform(1.0, 2.0).unwrap().support_ends(), (1.0, 2.0));
    }

    #[test]
    fn the_plan_value_is_the_mode_or_else_the_median() {
        assert_eq!(Law::pert(1.0, 2.0, 5.0, Reading::Ends).unwrap().plan_value(), 2.0);
        assert_eq!(Law::uniform(1.0, 2.0).unwrap().plan_value(), 1.5);
        assert_eq!(Law::triangular(1.0, 2.0, 5.0, Reading::P10P90).unwrap().plan_value(), 2.0);
    }
}
