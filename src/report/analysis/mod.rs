//! The numbers of an analysis: one file per section.

mod document;
mod headline;
mod joint;
mod sensitivity;

pub use document::{Analysis, analysis_tables};
pub use headline::Headline;
pub use joint::{BalancedPair, JointCurve, JointPoint, JointReport, Quadrants};
pub use sensitivity::{MergeRow, PathShare, SensitivityReport, SensitivityRow, SwingRow};
