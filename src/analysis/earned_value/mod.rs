//! Earned value and earned schedule of a program under way (semantics, section 7).

mod indices;
mod months;
mod plan_value;
mod progress;
mod schedule;

pub use indices::{EacMethod, EarnedValue, Tcpi};
pub use months::Months;
pub use plan_value::{PlannedCosts, PlannedWork, ProjectValue};
pub use progress::{EacRow, EarnedRow, ProgressAnalysis, ProjectEarned, progress_analysis};
pub use schedule::{EarnedSchedule, earned_schedule};
