//! Cost lines.

use super::Estimate;

/// A cost of a task, a project or the program.
#[derive(Clone, Debug, PartialEq)]
pub struct CostLine {
    /// A name, unique among the lines of its owner, that keys its random stream.
    pub key: String,
    /// How much.
    pub amount: CostAmount,
    /// Capital or operating expenditure, where stated.
    pub kind: Option<SpendKind>,
    /// Its category, where stated.
    pub category: Option<String>,
}

/// How a cost line comes to its amount.
#[derive(Clone, Debug, PartialEq)]
pub enum CostAmount {
    /// A sum in minor units.
    Lump(Estimate),
    /// Minor units per working minute of the task, all units together.
    Rate {
        /// Minor units per working minute, already multiplied by the number of units.
        minor_per_minute: f64,
    },
}

/// How a cost is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpendKind {
    /// Capital expenditure.
    Capex,
    /// Operating expenditure.
    Opex,
}
