//! Correlations as written.

use super::{At, Many, choice, raw_table};

choice! {
    /// What of its members a group draws together.
    pub enum RawCorrelated {
        /// Durations.
        Duration "duration",
        /// Lump sums.
        Cost "cost",
        /// Durations and lump sums, each with all others.
        Both "both",
        /// Whether risks and drivers occur.
        Occurrence "occurrence",
        /// The impacts of risks and the factors of drivers.
        Impact "impact",
    }
}

choice! {
    /// Which coefficient of rank correlation is meant.
    pub enum RawRankMeasure {
        /// Spearman's rho.
        Spearman "spearman",
        /// Kendall's tau.
        Kendall "kendall",
    }
}

raw_table! {
    /// What holds between all durations of the program that no group says more of.
    pub struct RawProgramCorrelation is "the correlation of the program", short value "a number" (rho: f64) {
        /// The rank correlation, from 0 to 1.
        rho: f64 = required,
        /// What is drawn together: `duration` unless given, `cost` or `both`.
        on: RawCorrelated,
        /// Which coefficient `rho` is; `spearman` unless given.
        measure: RawRankMeasure,
    }
}

raw_table! {
    /// Things that are drawn together: a group, pairs, or a matrix in a CSV file.
    pub struct RawCorrelation is "a correlation" {
        /// A key that stays the same when the members change; made from the members unless given.
        id: String,
        /// Tasks, projects (all their work), risks or drivers, or single draws such as `build.cost`.
        group: Many<String>,
        /// All tasks with one of these tags.
        tags: Many<String>,
        /// What of the members is drawn together; `duration` unless given, `occurrence` for risks and drivers.
        on: RawCorrelated,
        /// The rank correlation of any two of the group, from 0 to 1.
        rho: f64,
        /// Pairs, whatever their groups say: `[["build", "test.cost", -0.3]]`.
        pairs: Vec<At<RawCorrelatedPair>>,
        /// A CSV file with names in the first row and the first column.
        matrix: String,
        /// Which coefficient the numbers are; `spearman` unless given.
        measure: RawRankMeasure,
    }
}

raw_table! {
    /// Two things and their correlation.
    pub struct RawCorrelatedPair is "a correlated pair", short array "a list `[a, b, rho]`"
        (a: String, b: String, rho: f64)
    {
        /// The one: `build` or `build.duration`, `build.cost`, `R-01.occurrence`, `R-01.impact`.
        a: String = required,
        /// The other.
        b: String = required,
        /// Their rank correlation, from -1 to 1.
        rho: f64 = required,
    }
}
