//! The numbers of one answer, named and rounded once.
//!
//! **Invariant:** every format shows what stands here; no exporter computes or rounds again.

mod amount;
mod analysis;
mod answer;
mod bins;
mod build;
mod column;
mod comparison;
mod correlation_row;
mod date;
mod driver_row;
mod grouped;
mod influence_row;
mod label;
mod locale;
mod manifest;
mod money;
mod money_tables;
mod outside_view;
mod portfolio;
mod progress;
mod purchase;
mod replay;
mod rows;
mod sweep;
mod table;
mod tables;
mod throughput;

pub use amount::{AmountPoint, AmountReport};
pub use analysis::{
    Analysis, BalancedPair, ContingencyReport, ContingencyRow, ContributionReport, CostWaterfall,
    DrawdownRow, FinishWaterfall, Headline, JointCurve, JointPoint, JointReport, KnowledgeRow, MergeRow,
    PartRow, PathShare, Quadrants, ScoreRow, SensitivityReport, SensitivityRow, SwingRow, analysis_tables,
};
pub use answer::{Answer, answer};
pub use bins::{Bins, amount_bins, date_bins};
pub use build::{Joint, Report, TargetChance};
pub use column::ColumnKind;
pub use comparison::{AmountRow, Comparison, DateRow, Side, Span, comparison_tables};
pub use correlation_row::{AdjustmentRow, CorrelationRow};
use date::tenths;
pub use date::{DatePoint, DateReport, DateValue};
pub use driver_row::DriverRow;
pub use grouped::{grouped, percent};
pub use influence_row::InfluenceRow;
#[cfg(feature = "charts")]
pub(crate) use locale::JOINED;
pub use locale::{Locale, ParseLocaleError};
pub use manifest::{InputHash, Manifest, Outputs, PrecisionRecord, SCHEMA_VERSION, STREAM_VERSION};
pub use money::{
    AmountBand, CaseReport, CentreBand, DateBand, FlowRow, FundingRow, MoneyReport, PartBand, ShareBand,
    VendorBand,
};
pub use outside_view::{OutsideOutcome, OutsideRow};
pub use portfolio::{MemberRow, PortfolioLevel, PortfolioReport};
pub use progress::{
    Calibration, EacReport, EarnedReport, ForecastLog, Light, LogError, LogRow, ProgressReport,
    Sources as ProgressSources, TargetCalibration, Thresholds, VarianceRow, progress_tables,
};
pub use purchase::{PurchaseReport, ResponseRow, SetRow, purchase_tables};
pub use replay::{OccurredRow, PathRow, ReplayReport, ReplayRow, replay_table};
pub use rows::{ExposureRow, MilestoneRow, ProjectRow, RiskRow, TaskRow};
pub use sweep::{
    Reading, SweepAxis, SweepOutcome, SweepOverview, SweepPoint, SweepProgram, SweepSpot, sweep_cells,
    sweep_columns,
};
pub use table::{Cell, Table};
pub use tables::tables;
pub use throughput::{
    BacktestReport, DoneRow, HeldRow, HowMany, ManyRow, ThroughputQuestion, ThroughputReport, When, WhenRow,
    throughput_tables,
};
