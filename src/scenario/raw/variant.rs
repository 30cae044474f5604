//! Variants as written.

use super::{
    At, Many, Named, RawAlternative, RawBenefit, RawCalendar, RawContract, RawCost, RawDate, RawDriver,
    RawMilestone, RawProject, RawRework, RawRisk, RawTask, RawTemplate, Settings, raw_table,
};

raw_table! {
    /// A what-if: what differs from the scenario as written.
    pub struct RawVariant is "a variant" {
        /// The title that people read; the id unless given.
        title: String,
        /// When it was approved, if it is a change request: `p80 baseline --variant` then moves the baseline.
        approved: RawDate,
        /// Another variant to start from; the scenario as written unless given.
        base: String,
        /// What is different: paths with their new values, such as `"risks.R-07.probability" = 0.15`.
        set: Settings,
        /// What is there besides.
        add: RawAddition,
        /// What is not there: paths such as `"risks.R-07"` or `"tasks.migration.profile"`.
        remove: Many<String>,
    }
}

raw_table! {
    /// What a variant adds, written as in a scenario file.
    pub struct RawAddition is "what a variant adds" {
        /// Working calendars by id.
        calendars: Named<RawCalendar>,
        /// Estimate templates by id.
        estimates: Named<RawTemplate>,
        /// Projects by id; tasks of a project that exists go to it.
        projects: Named<RawProject>,
        /// Tasks of the program itself.
        tasks: Vec<At<RawTask>>,
        /// Milestones of the program itself.
        milestones: Vec<At<RawMilestone>>,
        /// Groups of alternatives, by id.
        alternatives: Named<Named<RawAlternative>>,
        /// Tests that may fail, and the work that is then done again.
        rework: Vec<At<RawRework>>,
        /// Risks.
        risks: Vec<At<RawRisk>>,
        /// Risk drivers.
        drivers: Vec<At<RawDriver>>,
        /// Costs of the program itself.
        costs: Many<RawCost>,
        /// Contracts by id.
        contracts: Named<RawContract>,
        /// Benefits by id.
        benefits: Named<RawBenefit>,
    }
}
