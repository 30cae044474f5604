//! Branches and loops as written.

use super::{Many, Quantity, RawCost, RawDate, RawEstimate, raw_table};

raw_table! {
    /// One of several ways, of which exactly one is taken.
    pub struct RawAlternative is "an alternative" {
        /// The tasks, milestones or projects that exist only if it is taken.
        on: Many<String> = required,
        /// How likely it is; those of one group add up to 1.
        probability: Quantity = required,
        /// Whether the deterministic plan takes it; the likeliest unless given.
        in_plan: bool,
    }
}

raw_table! {
    /// A condition: exactly one of `risk`, `no_risk`, `finish` and `cost` is given.
    pub struct RawWhen is "a condition" {
        /// The risk that must occur.
        risk: String,
        /// The risk that must not occur.
        no_risk: String,
        /// The task, milestone or project whose simulated finish decides, with `after` or `before`.
        finish: String,
        /// It must finish after this date: on a later day, or later than a time.
        after: RawDate,
        /// It must finish before this date: on an earlier day, or earlier than a time.
        before: RawDate,
        /// The task or project whose simulated cost decides, with `above` or `below`.
        cost: String,
        /// It must cost more than this.
        above: Quantity,
        /// It must cost less than this.
        below: Quantity,
    }
}

raw_table! {
    /// A test that may fail, and the work that is then done again.
    pub struct RawRework is "a rework loop" {
        /// The id, unique among the loops; the id of the test unless given.
        id: String,
        /// The task or milestone that passes or fails.
        test: String = required,
        /// Where the repeated work begins; the test itself unless given.
        from: String,
        /// How likely a pass fails: one probability, or a list for the passes in order.
        fail: Many<Quantity> = required,
        /// What the probability is multiplied by from pass to pass beyond the list; 1 unless given.
        factor: f64,
        /// How many passes are allowed; 5 unless given.
        max: f64,
        /// How much of the work is repeated: one share, or a list for the passes from the second; 1 unless given.
        fraction: Many<Quantity>,
        /// What a failure brings before the next pass begins.
        rollback: RawRollback,
        /// Whether a failure of the last allowed pass leaves the iteration without a result; else it succeeds.
        unfinished: bool,
    }
}

raw_table! {
    /// What a failure brings before the next pass begins.
    pub struct RawRollback is "a rollback" {
        /// How long it takes.
        duration: RawEstimate = required,
        /// Its calendar; the program's unless given, so that it waits for no window of the test.
        calendar: String,
        /// What it costs.
        cost: Many<RawCost>,
    }
}
