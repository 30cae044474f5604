//! The numbers of an analysis: one file per section.

mod contingency;
mod contribution;
mod document;
mod headline;
mod joint;
mod knowledge;
mod scores;
mod sensitivity;

pub use contingency::{ContingencyReport, ContingencyRow, DrawdownRow};
pub use contribution::{ContributionReport, CostWaterfall, FinishWaterfall, PartRow};
pub use document::{Analysis, analysis_tables};
pub use headline::Headline;
pub use joint::{BalancedPair, JointCurve, JointPoint, JointReport, Quadrants};
pub use knowledge::KnowledgeRow;
pub use scores::ScoreRow;
pub use sensitivity::{MergeRow, PathShare, SensitivityReport, SensitivityRow, SwingRow};
