//! Risk drivers as written.

use super::{Many, Quantity, RawCombine, RawDate, RawEstimate, raw_table};

raw_table! {
    /// A risk driver: one cause that multiplies the duration of every task that it touches.
    pub struct RawDriver is "a driver" {
        /// The id, unique among the drivers.
        id: String = required,
        /// The title that people read; the id unless given.
        title: String,
        /// The probability that it occurs: a number, a percentage, or a word of `scales.probability`; 1 unless
        /// given.
        probability: Quantity,
        /// The multiplier where it occurs, shared by all tasks: `1.2`, `"120 %"`, or a law such as
        /// `{ triangular = [0.95, 1.10, 1.40] }`.
        factor: RawEstimate = required,
        /// The tasks and projects that it touches; a project stands for all its tasks.
        on: Many<String>,
        /// Touches all tasks with one of these tags.
        tags: Many<String>,
        /// How it combines with other drivers on one task: as a product (`series`, unless given), or side by
        /// side with those of its `group`.
        combine: RawCombine,
        /// The group within which `parallel` drivers combine.
        group: String,
        /// Who answers for it.
        owner: String,
        /// Its category.
        category: String,
        /// What can be done about it.
        response: RawDriverResponse,
    }
}

raw_table! {
    /// What can be done about a driver.
    pub struct RawDriverResponse is "a driver's response" {
        /// What people call it.
        title: String,
        /// What it costs.
        cost: RawEstimate,
        /// The probability that remains; the driver's own unless given.
        probability: Quantity,
        /// The factor that remains; the driver's own unless given.
        factor: RawEstimate,
        /// How long it takes from the decision until it has an effect: `"2mo"` of working time of the default
        /// calendar, or `"60ed"` of elapsed time; nothing unless given. Work that begins before meets the driver as
        /// it stands.
        lead: Quantity,
        /// When it is decided on; the start of the program unless given.
        decided: RawDate,
        /// Whether the simulation includes it; `false` unless given.
        on: bool,
    }
}
