//! Risks as written.

use super::{At, Many, Quantity, RawEstimate, choice, raw_table};

choice! {
    /// Where a risk stands.
    pub enum RawRiskStatus {
        /// May still occur.
        Open "open",
        /// Can no longer occur; kept for the record.
        Closed "closed",
    }
}

choice! {
    /// Whether a risk is bad or good.
    pub enum RawRiskKind {
        /// Makes things later or dearer.
        Threat "threat",
        /// Makes things sooner or cheaper.
        Opportunity "opportunity",
    }
}

choice! {
    /// How the delays of several risks on one task combine.
    pub enum RawCombine {
        /// They add up.
        Series "series",
        /// Within the group only the largest counts.
        Parallel "parallel",
    }
}

raw_table! {
    /// A risk: a threat or an opportunity.
    pub struct RawRisk is "a risk" {
        /// The id, unique among the risks.
        id: String = required,
        /// The title that people read; the id unless given.
        title: String,
        /// The probability that it occurs: a number, a percentage, or a word of `scales.probability`.
        probability: Quantity = required,
        /// What happens when it occurs.
        impact: Many<RawImpact>,
        /// Threat or opportunity; if given, the impacts are checked against it.
        kind: RawRiskKind,
        /// How its delays combine with those of other risks on one task; `series` unless given.
        combine: RawCombine,
        /// The group within which `parallel` risks combine.
        group: String,
        /// Who answers for it.
        owner: String,
        /// Its category.
        category: String,
        /// Where it stands; `open` unless given.
        status: RawRiskStatus,
        /// What can be done about it.
        response: RawResponse,
    }
}

raw_table! {
    /// One consequence of a risk.
    pub struct RawImpact is "an impact" {
        /// The tasks, milestones or projects that it hits; without it, a cost of the program.
        on: Many<String>,
        /// What it adds to the duration: a duration, a percentage, a law, or a word of `scales.delay`.
        delay: RawEstimate,
        /// What it adds to the cost: an amount, a percentage, a law, or a word of `scales.cost`.
        cost: RawEstimate,
        /// Draws for every task anew instead of once for all.
        per_task: bool,
        /// A key that stays the same when impacts are reordered; made from the targets unless given.
        id: String,
    }
}

raw_table! {
    /// What can be done about a risk.
    pub struct RawResponse is "a response" {
        /// What people call it.
        title: String,
        /// What it costs.
        cost: RawEstimate,
        /// The probability that remains; the risk's own unless given.
        probability: Quantity,
        /// The impacts that remain; the risk's own unless given.
        impact: Vec<At<RawImpact>>,
        /// Whether the simulation includes it; `false` unless given.
        on: bool,
    }
}
