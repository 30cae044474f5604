//! Risks as written.

use super::{At, Many, Quantity, RawDate, RawEstimate, choice, raw_table};

choice! {
    /// Where a risk stands.
    pub enum RawRiskStatus {
        /// May still occur.
        Open "open",
        /// Has occurred: an issue, which every iteration contains.
        Occurred "occurred",
        /// Can no longer occur; kept for the record.
        Closed "closed",
        /// No longer of interest; kept for the record.
        Retired "retired",
    }
}

choice! {
    /// What is done about a risk.
    pub enum RawStrategy {
        /// Its cause is removed.
        Avoid "avoid",
        /// Somebody else bears it.
        Transfer "transfer",
        /// It is made less likely or less bad.
        Mitigate "mitigate",
        /// It is borne.
        Accept "accept",
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
        probability: Quantity,
        /// How often it is expected per calendar year, in place of a probability; it then has a `window`.
        rate: f64,
        /// The dates between which it may happen: it touches only tasks that are going on at its instant.
        window: RawRiskWindow,
        /// The task or project during which it may happen, in place of dates.
        during ["while"]: String,
        /// Risks that cannot occur beside it.
        excludes: Many<String>,
        /// The risk that must have occurred; the probability is then the one given that.
        triggered_by: String,
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
        /// When it would strike, for people.
        proximity: String,
        /// How people notice that it occurs.
        trigger: String,
        /// What is done about it, in a word.
        strategy: RawStrategy,
        /// What can be done about it.
        response: RawResponse,
    }
}

raw_table! {
    /// The dates between which a risk may happen.
    pub struct RawRiskWindow is "a window" {
        /// The first day.
        from: RawDate = required,
        /// The last day.
        to: RawDate = required,
    }
}

raw_table! {
    /// One consequence of a risk.
    pub struct RawImpact is "an impact" {
        /// The tasks, milestones or projects that it hits; without it, a cost of the program.
        on: Many<String>,
        /// Hits all tasks with one of these tags.
        tags: Many<String>,
        /// What it adds to the duration: a duration, a percentage, a law, or a word of `scales.delay`.
        delay: RawEstimate,
        /// The share of a task that is lost and done again: 0.5, or { uniform = [0, 1] }.
        restart: RawEstimate,
        /// The share of a task after which it ends, and what follows goes on.
        cancel: RawEstimate,
        /// The projects that it cancels: what has not begun drops out, what is going on ends. When: at the instant
        /// of the window, else after `cancel` of the projects' time, else at any time of it.
        cancels: Many<String>,
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
        /// How often it is still expected per calendar year, for a risk with a rate.
        rate: f64,
        /// How long it takes from the decision until it has an effect: `"2mo"` of working time of the default
        /// calendar, or `"60ed"` of elapsed time; nothing unless given.
        lead: Quantity,
        /// When it is decided on; the start of the program unless given.
        decided: RawDate,
        /// The impacts that remain; the risk's own unless given.
        impact: Vec<At<RawImpact>>,
        /// Whether the simulation includes it; `false` unless given.
        on: bool,
    }
}
