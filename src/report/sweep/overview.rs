//! What a sweep is of, and what its charts show.

use serde::{Deserialize, Serialize};

use super::SweepPoint;
use crate::report::Manifest;

/// What was varied: everything but the rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SweepOverview {
    /// Version of the outputs.
    pub schema_version: u32,
    /// The programs.
    pub programs: Vec<SweepProgram>,
    /// What is varied of each, the first the slowest; nothing where programs are compared as they are.
    pub axes: Vec<SweepAxis>,
    /// How many variants there are: every combination of every program.
    pub variants: u64,
    /// Variants that are not in the tables because their parts were missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<u64>,
    /// The levels of the percentiles.
    pub levels: Vec<String>,
}

/// A program that takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepProgram {
    /// The name of its file.
    pub file: String,
    /// Its own name.
    pub name: String,
    /// What its numbers are a function of besides the values that are varied.
    pub manifest: Manifest,
}

/// Something that is varied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepAxis {
    /// The path of the value in the scenario.
    pub path: String,
    /// The values as they were given.
    pub values: Vec<String>,
    /// Them as numbers, where all of them are.
    pub numbers: Option<Vec<f64>>,
}

/// An outcome of a variant, as charts show it.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepSpot {
    /// The variant, from 0: programs are the slowest, then the axes in their order.
    pub variant: u64,
    /// Which of the outcomes of the program as a whole: `finish`, `cost` or `npv`.
    pub outcome: &'static str,
    /// Its currency, if it is an amount.
    pub currency: Option<String>,
    /// Its percentiles, by [`SweepSpot::levels_of`].
    pub levels: [Option<SweepPoint>; 4],
}

impl SweepSpot {
    /// The outcomes that charts show.
    pub const OUTCOMES: [&'static str; 3] = ["finish", "cost", "npv"];

    /// The levels that they show of an outcome: a low one, the median, the one that is committed to, and a high one.
    /// Of what is better the more it is, the P20 is exceeded with a probability of 80 % (semantics, section 2).
    #[must_use]
    pub fn levels_of(outcome: &str) -> [&'static str; 4] {
        ["P10", "P50", if outcome == "npv" { "P20" } else { "P80" }, "P90"]
    }
}

impl SweepOverview {
    /// Which program a variant is of, and which value of every axis it has.
    #[must_use]
    pub fn place(&self, variant: u64) -> (usize, Vec<usize>) {
        let mut rest = variant;
        let mut values: Vec<usize> = Vec::new();
        for axis in self.axes.iter().rev() {
            let count = axis.values.len().max(1) as u64;
            values.push((rest % count) as usize);
            rest /= count;
        }
        values.reverse();
        (rest as usize, values)
    }
}
