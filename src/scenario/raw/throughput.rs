//! Work that is finished item by item, as written.

use super::{At, RawEstimate, choice, raw_table};

choice! {
    /// When within its last week work is finished.
    pub enum RawLastWeek {
        /// At the end of the week: durations are whole weeks.
        Whole "whole",
        /// At any time of the week, all alike.
        Even "even",
    }
}

raw_table! {
    /// How long a number of items takes at the pace of past weeks, drawn again with replacement.
    pub struct RawThroughput is "a throughput" {
        /// Items finished in each past week, those without any included.
        weeks: Vec<At<f64>> = required,
        /// How many items are left: a number, or a law such as `{ triangular = [30, 40, 60] }`.
        items: RawEstimate = required,
        /// Items that each of them becomes on the way: 1 unless given, 1.2 for 20 % more, or a law.
        split: RawEstimate,
        /// When within its last week the work is finished; `whole` unless given.
        last_week: RawLastWeek,
    }
}
