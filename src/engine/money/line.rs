//! Cost lines, compiled.

use super::spread::SpreadRule;
use crate::model::{Bearer, ConditionIx, SpendKind, TaskIx};

/// What people call a cost line, and how it is booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineInfo {
    /// Its key or id.
    pub id: String,
    /// Who bears it.
    pub on: Bearer,
    /// Capital or operating expenditure, where stated.
    pub kind: Option<SpendKind>,
    /// Its category, where stated.
    pub category: Option<String>,
    /// Who is paid, where stated.
    pub vendor: Option<String>,
    /// To which cost centre it is booked, where stated.
    pub cost_centre: Option<String>,
    /// Where its amount comes from.
    pub origin: LineOrigin,
}

/// Where the amount of a line comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineOrigin {
    /// The scenario, at prices of the base date and planned rates of exchange.
    Written,
    /// A rate of exchange that differs from the planned one.
    Exchange,
    /// Prices that differ from those of the base date.
    Escalation,
}

/// A line of the treasury.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub info: LineInfo,
    pub source: Source,
    pub spread: SpreadRule,
    /// Calendar days from the service to its payment.
    pub terms_days: i32,
    /// The condition under which it is due.
    pub exists: Option<ConditionIx>,
}

/// How the amount of a line comes about. Numbers of values, moments and lines are places in the treasury.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Source {
    /// An ordinary line, whose amount the engine brings.
    Ordinary,
    Due {
        price: usize,
        shares: (f64, f64),
        at: usize,
    },
    Span {
        per_minute: f64,
        factor: Option<usize>,
        from: usize,
        to: usize,
    },
    Recurring {
        amount: usize,
        from: usize,
        to: usize,
        months: u32,
    },
    Late {
        of: usize,
        after: i32,
        grace_days: i32,
        per_day: f64,
        cap: Option<i64>,
    },
    Early {
        of: usize,
        before: i32,
        per_day: f64,
        cap: Option<i64>,
    },
    Materials {
        tasks: Vec<(TaskIx, f64)>,
        cap: Option<i64>,
    },
    Exchange {
        of: usize,
        rate: usize,
        plan: f64,
    },
    Escalation {
        of: usize,
        index: usize,
    },
    /// A share of these lines, or of all that its bearer costs.
    Percent {
        share: usize,
        of: Option<Vec<usize>>,
    },
}
