//! The laws as numbers of one unit, and how they are built.

use crate::diag::{Diagnostic, Place, code};
use crate::dist::{Law, LawError, Reading};
use crate::scenario::open::Desk;
use crate::scenario::raw::RawRanges;

/// A law with its parameters in the unit of its quantity; the order of the parameters has been checked.
#[derive(Clone, Debug, PartialEq)]
pub enum LawSpec {
    Fixed(f64),
    Uniform(f64, f64),
    Triangular {
        low: f64,
        mode: f64,
        high: f64,
        ranges: RawRanges,
    },
    Pert {
        low: f64,
        mode: f64,
        high: f64,
        lambda: f64,
        ranges: RawRanges,
    },
    Normal {
        mean: f64,
        sd: f64,
    },
    NormalByPercentiles {
        p10: f64,
        p90: f64,
    },
    LogNormal {
        mean: f64,
        sd: f64,
    },
    LogNormalByPercentiles {
        p10: f64,
        p90: f64,
    },
    LogNormalByMedian {
        median: f64,
        sigma: f64,
    },
    Beta {
        alpha: f64,
        beta: f64,
        low: f64,
        high: f64,
    },
    Gamma {
        shape: f64,
        scale: f64,
    },
    Weibull {
        shape: f64,
        scale: f64,
    },
    Exponential(f64),
    Pareto {
        low: f64,
        alpha: f64,
        high: Option<f64>,
    },
    Discrete(Vec<(f64, f64)>),
    Cumulative(Vec<(f64, f64)>),
    Empirical(Vec<f64>),
    /// One that has been computed, complete as it is.
    Computed(Law),
}

impl LawSpec {
    /// The lower end as written, of the laws that have one.
    pub fn lower_end(&self) -> Option<f64> {
        match self {
            Self::Fixed(value) => Some(*value),
            Self::Uniform(low, _) | Self::Beta { low, .. } | Self::Pareto { low, .. } => Some(*low),
            Self::Triangular { low, .. } | Self::Pert { low, .. } => Some(*low),
            Self::Discrete(pairs) => pairs.iter().map(|pair| pair.0).reduce(f64::min),
            Self::Cumulative(points) => points.first().map(|point| point.1),
            Self::Empirical(values) => values.iter().copied().reduce(f64::min),
            Self::Computed(law) => Some(law.quantile(0.0)),
            _ => None,
        }
    }

    /// The upper end as written, of the laws that have one.
    pub fn upper_end(&self) -> Option<f64> {
        match self {
            Self::Fixed(value) => Some(*value),
            Self::Uniform(_, high) | Self::Beta { high, .. } => Some(*high),
            Self::Triangular { high, .. } | Self::Pert { high, .. } => Some(*high),
            Self::Pareto { high, .. } => *high,
            Self::Discrete(pairs) => pairs.iter().map(|pair| pair.0).reduce(f64::max),
            Self::Cumulative(points) => points.last().map(|point| point.1),
            Self::Empirical(values) => values.iter().copied().reduce(f64::max),
            Self::Computed(law) => Some(law.quantile(1.0)),
            _ => None,
        }
    }

    /// The values written for low, most likely and high, of the laws that have them.
    pub fn three_points(&self) -> Option<(f64, f64, f64)> {
        match *self {
            Self::Triangular { low, mode, high, .. } | Self::Pert { low, mode, high, .. } => {
                Some((low, mode, high))
            }
            _ => None,
        }
    }
}

impl LawSpec {
    /// The law; parameters that no law of the family has are reported at `place`.
    pub fn build(&self, place: Option<&Place>, desk: &mut Desk<'_>) -> Option<Law> {
        let built = match self {
            Self::Fixed(value) => Law::certain(*value),
            Self::Uniform(low, high) => Law::uniform(*low, *high),
            &Self::Triangular { low, mode, high, ranges } => {
                Law::triangular(low, mode, high, reading(ranges))
            }
            &Self::Pert { low, mode, high, lambda, ranges } => {
                Law::pert_weighted(low, mode, high, lambda, reading(ranges))
            }
            &Self::Normal { mean, sd } => Law::normal(mean, sd),
            &Self::NormalByPercentiles { p10, p90 } => Law::normal_p10_p90(p10, p90),
            &Self::LogNormal { mean, sd } => Law::lognormal_mean_sd(mean, sd),
            &Self::LogNormalByPercentiles { p10, p90 } => Law::lognormal_p10_p90(p10, p90),
            &Self::LogNormalByMedian { median, sigma } => Law::lognormal(libm::log(median), sigma),
            &Self::Beta { alpha, beta, low, high } => Law::beta(alpha, beta, low, high),
            &Self::Gamma { shape, scale } => Law::gamma(shape, scale),
            &Self::Weibull { shape, scale } => Law::weibull(shape, scale),
            &Self::Exponential(mean) => Law::exponential(mean),
            &Self::Pareto { low, alpha, high } => Law::pareto(low, alpha, high),
            Self::Discrete(pairs) => {
                let (values, shares): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
                Law::discrete(&values, &shares)
            }
            Self::Cumulative(points) => Law::cumulative(points),
            Self::Empirical(values) => Law::empirical(values),
            Self::Computed(law) => Ok(law.clone()),
        };
        match built {
            Ok(law) => Some(law),
            Err(LawError::NoSolution { family, .. }) => {
                let message = format!("no {family} law has these percentiles and this most likely value");
                let help = "move the most likely value towards the middle, or read low and high as the ends with \
                            `ranges = \"P0-P100\"`";
                desk.problems.push(Diagnostic::new(code::BAD_LAW, message).at_place(place, "").help(help));
                None
            }
            Err(error) => {
                desk.problems.push(Diagnostic::new(code::BAD_LAW, error.to_string()).at_place(place, ""));
                None
            }
        }
    }

    /// Whether low and high are percentiles, so that the law reaches further than they say.
    pub fn reaches_further(&self) -> bool {
        matches!(self, Self::Triangular { ranges, .. } | Self::Pert { ranges, .. } if *ranges != RawRanges::P0P100)
    }
}

fn reading(ranges: RawRanges) -> Reading {
    match ranges {
        RawRanges::P0P100 => Reading::Ends,
        RawRanges::P5P95 => Reading::P5P95,
        RawRanges::P10P90 => Reading::P10P90,
        RawRanges::P15P85 => Reading::P15P85,
    }
}
