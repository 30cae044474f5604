//! Cost lines as written.

use super::{RawEstimate, choice, raw_table};

choice! {
    /// How a cost is booked.
    pub enum RawSpend {
        /// Capital expenditure.
        Capex "capex",
        /// Operating expenditure.
        Opex "opex",
    }
}

raw_table! {
    /// A cost line: a lump sum or a rate.
    pub struct RawCost is "a cost line", short value "an amount" (lump: RawEstimate) {
        /// A key that stays the same when lines are reordered; the category or kind unless given.
        id: String,
        /// A lump sum: a number or a law.
        lump: RawEstimate,
        /// Money per working time of the task and unit, such as `"640/d"`.
        rate: String,
        /// How many units at that rate; the task's `units` unless given.
        units: f64,
        /// Capital or operating expenditure.
        kind: RawSpend,
        /// A category for reports.
        category: String,
        /// The value in the deterministic plan, if it differs from the most likely one.
        plan: f64,
    }
}
