//! Estimates as written: a single value, or one law with its parameters.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::{At, Edit, FromToml, Item, Path, Quantity, RawThroughput, Reader, choice, raw_table};
use crate::diag::Place;

/// An estimate of a duration, of money or of a share.
#[derive(Clone, Debug, PartialEq)]
pub enum RawEstimate {
    /// A single value, or a word of a scale.
    Point(Quantity),
    /// A law.
    Law(Box<RawLaw>),
}

impl Default for RawEstimate {
    fn default() -> Self {
        Self::Point(Quantity::Number(0.0))
    }
}

impl FromToml for RawEstimate {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            DeValue::Table(_) => RawLaw::from_toml(value, place, reader).map(|law| Self::Law(Box::new(law))),
            DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) => {
                Quantity::from_toml(value, place, reader).map(Self::Point)
            }
            other => reader.wrong_type(
                other,
                place,
                "a single value such as \"10d\" or a law such as { pert = [\"10d\", \"15d\", \"30d\"] }",
            ),
        }
    }

    fn inline(&self) -> String {
        match self {
            Self::Point(quantity) => quantity.inline(),
            Self::Law(law) => law.inline(),
        }
    }

    fn item(&self) -> Item {
        match self {
            Self::Point(quantity) => quantity.item(),
            Self::Law(law) => law.item(),
        }
    }

    fn empty() -> Option<Self> {
        Some(Self::Law(Box::default()))
    }

    fn set_below(&mut self, path: Path<'_>, edit: Edit<'_>, place: Place, reader: &mut Reader<'_>) {
        // A law that is set replaces the one before it; a parameter that is set changes it.
        let replaces = path.rest().len() == 1;
        match self {
            Self::Law(law) if !replaces => law.set_below(path, edit, place, reader),
            _ => {
                let mut law = RawLaw::default();
                law.set_below(path, edit, place, reader);
                // What is no law has been reported and replaces nothing.
                if law != RawLaw::default() {
                    *self = Self::Law(Box::new(law));
                }
            }
        }
    }
}

impl JsonSchema for RawEstimate {
    fn schema_name() -> Cow<'static, str> {
        "Estimate".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (point, law) = (generator.subschema_for::<Quantity>(), generator.subschema_for::<RawLaw>());
        json_schema!({ "description": "A single value, or one law with its parameters.", "anyOf": [
            point,
            { "allOf": [law, { "minProperties": 1, "maxProperties": 1 }] },
        ] })
    }
}

choice! {
    /// How the low and high ends of a three-point estimate are meant.
    pub enum RawRanges {
        /// The lowest and the highest possible value.
        P0P100 "P0-P100",
        /// One in twenty is lower, one in twenty higher.
        P5P95 "P5-P95",
        /// One in ten is lower, one in ten higher.
        P10P90 "P10-P90",
        /// 15 in 100 are lower, 15 in 100 higher.
        P15P85 "P15-P85",
    }
}

raw_table! {
    /// A probability law; exactly one of the keys is given.
    pub struct RawLaw is "an estimate" {
        /// A certain value; no template applies to it.
        fixed: Quantity,
        /// All values between two ends are equally likely.
        uniform: RawUniform,
        /// Triangular law by low, most likely and high.
        triangular: RawTriangular,
        /// PERT law (a beta law) by low, most likely and high.
        pert: RawPert,
        /// Triangular law whose low and high are percentiles, P10 and P90 unless said otherwise.
        trigen: RawTriangular,
        /// Normal law, cut off at zero where a value cannot be negative.
        normal: RawNormal,
        /// Lognormal law: never negative, a long tail upwards.
        lognormal: RawLogNormal,
        /// Beta law between two ends.
        beta: RawBeta,
        /// Gamma law.
        gamma: RawShapeScale,
        /// Weibull law.
        weibull: RawShapeScale,
        /// Exponential law.
        exponential: RawExponential,
        /// Pareto law: rare but very large values.
        pareto: RawPareto,
        /// Some values with their probabilities: `[["5d", 0.7], ["10d", 0.3]]`.
        discrete: Vec<At<RawWeighted>>,
        /// Points of a cumulative curve: `[[0.0, "5d"], [0.5, "8d"], [1.0, "20d"]]`.
        cumulative: Vec<At<RawCurvePoint>>,
        /// Values that really happened, each equally likely.
        empirical: RawEmpirical,
        /// How long items take at the pace of past weeks, in calendar weeks.
        throughput: RawThroughput,
    }
}

raw_table! {
    /// Two ends.
    pub struct RawUniform is "a uniform estimate", short array "a list `[low, high]`" (low: Quantity, high: Quantity) {
        /// The lowest value.
        low: Quantity = required,
        /// The highest value.
        high: Quantity = required,
    }
}

raw_table! {
    /// Three points.
    pub struct RawTriangular is "a three-point estimate", short array "a list `[low, mode, high]`"
        (low: Quantity, mode: Quantity, high: Quantity)
    {
        /// The low end.
        low: Quantity = required,
        /// The most likely value.
        mode: Quantity = required,
        /// The high end.
        high: Quantity = required,
        /// How low and high are meant; the program's `ranges` unless given.
        ranges: RawRanges,
    }
}

raw_table! {
    /// Three points of a PERT law.
    pub struct RawPert is "a PERT estimate", short array "a list `[low, mode, high]`"
        (low: Quantity, mode: Quantity, high: Quantity)
    {
        /// The low end.
        low: Quantity = required,
        /// The most likely value.
        mode: Quantity = required,
        /// The high end.
        high: Quantity = required,
        /// The weight of the most likely value; 4 unless given, more is narrower.
        lambda: f64,
        /// How low and high are meant; the program's `ranges` unless given.
        ranges: RawRanges,
    }
}

raw_table! {
    /// A normal law, by mean and standard deviation or by two percentiles.
    pub struct RawNormal is "a normal estimate" {
        /// The mean.
        mean: Quantity,
        /// The standard deviation.
        sd: Quantity,
        /// The value that one in ten stays below.
        p10 ["P10"]: Quantity,
        /// The value that one in ten exceeds.
        p90 ["P90"]: Quantity,
    }
}

raw_table! {
    /// A lognormal law, by mean and standard deviation, by two percentiles, or by median and sigma.
    pub struct RawLogNormal is "a lognormal estimate" {
        /// The mean.
        mean: Quantity,
        /// The standard deviation.
        sd: Quantity,
        /// The value that one in ten stays below.
        p10 ["P10"]: Quantity,
        /// The value that one in ten exceeds.
        p90 ["P90"]: Quantity,
        /// The median.
        median: Quantity,
        /// The standard deviation of the logarithm: 0.3 is roughly a spread of 30 %.
        sigma: f64,
    }
}

raw_table! {
    /// A beta law between two ends.
    pub struct RawBeta is "a beta estimate" {
        /// The first shape parameter, above zero.
        alpha: f64 = required,
        /// The second shape parameter, above zero.
        beta: f64 = required,
        /// The lowest value.
        low: Quantity = required,
        /// The highest value.
        high: Quantity = required,
    }
}

raw_table! {
    /// A law by shape and scale.
    pub struct RawShapeScale is "an estimate by shape and scale" {
        /// The shape, above zero.
        shape: f64 = required,
        /// The scale, above zero.
        scale: Quantity = required,
    }
}

raw_table! {
    /// An exponential law.
    pub struct RawExponential is "an exponential estimate" {
        /// The mean.
        mean: Quantity = required,
    }
}

raw_table! {
    /// A Pareto law.
    pub struct RawPareto is "a Pareto estimate" {
        /// The lowest value.
        low: Quantity = required,
        /// The tail exponent, above zero: the smaller, the heavier the tail.
        alpha: f64 = required,
        /// A value that is never exceeded; without it the tail has no end.
        high: Quantity,
    }
}

raw_table! {
    /// A value with its probability.
    pub struct RawWeighted is "a value with its probability", short array "a list `[value, probability]`"
        (value: Quantity, probability: Quantity)
    {
        /// The value.
        value: Quantity = required,
        /// Its probability.
        probability: Quantity = required,
    }
}

raw_table! {
    /// A point of a cumulative curve.
    pub struct RawCurvePoint is "a point of a cumulative curve", short array "a list `[probability, value]`"
        (probability: Quantity, value: Quantity)
    {
        /// The probability of staying at or below the value.
        probability: Quantity = required,
        /// The value.
        value: Quantity = required,
    }
}

raw_table! {
    /// Values that really happened, listed or in a column of a CSV file.
    pub struct RawEmpirical is "an empirical estimate" {
        /// The values.
        values: Vec<At<Quantity>>,
        /// A CSV file with a header row.
        csv: String,
        /// The column that holds the values; the only column unless given.
        column: String,
        /// The unit of bare numbers in the file: m, h, d, w, mo, or ed and so on for elapsed time.
        unit: String,
    }
}
