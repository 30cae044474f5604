//! Rows about what is drawn together.

use serde::Serialize;

use crate::analysis::AchievedCorrelation;
use crate::draws::Adjustment;
use crate::model::Drawn;

/// A correlation, wanted and achieved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CorrelationRow {
    /// `program`, the id of the group, or the two names of a pair.
    pub name: String,
    /// How many are drawn together.
    pub members: usize,
    /// The rank correlation (Spearman) that is wanted of any two.
    pub wanted: f64,
    /// The mean rank correlation of any two that was drawn.
    pub achieved: Option<f64>,
    /// How many iterations that comes from.
    pub iterations: u64,
}

/// What had to be changed where correlations cannot hold together: the largest change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdjustmentRow {
    /// How many things are tied together.
    pub members: usize,
    /// The one of the pair that changed most.
    pub a: String,
    /// The other.
    pub b: String,
    /// The rank correlation (Spearman) that was wanted.
    pub wanted: f64,
    /// What it is now.
    pub held: f64,
}

impl CorrelationRow {
    pub(super) fn of(found: &AchievedCorrelation) -> Self {
        Self {
            name: found.name.clone(),
            members: found.members,
            wanted: rounded(found.wanted),
            achieved: found.achieved.map(rounded),
            iterations: found.iterations,
        }
    }
}

impl AdjustmentRow {
    pub(super) fn of(adjustment: &Adjustment) -> Self {
        Self {
            members: adjustment.size,
            a: Drawn::label_of(&adjustment.pair.0),
            b: Drawn::label_of(&adjustment.pair.1),
            wanted: rounded(adjustment.wanted),
            held: rounded(adjustment.held),
        }
    }
}

/// To thousandths: more the achieved coefficients do not say. A negative zero becomes zero.
fn rounded(rho: f64) -> f64 {
    (rho * 1e3).round() / 1e3 + 0.0
}
