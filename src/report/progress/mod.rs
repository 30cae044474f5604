//! Where a program under way stands, named and rounded.

mod log;
mod projects;
mod report;
mod tables;
mod variance;

pub use log::{Calibration, ForecastLog, LogError, LogRow, TargetCalibration};
pub use projects::ProjectEarnedReport;
pub use report::{EacReport, EarnedReport, ProgressReport, Sources};
pub use tables::progress_tables;
pub use variance::{Light, Thresholds, VarianceRow};
