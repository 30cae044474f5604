//! From results to answers: forecasts, effects, conditions.
//!
//! **Invariant:** numbers in, numbers out; nothing here formats or rounds.

mod comparison;
mod correlation;
mod driver_effect;
mod forecast;
mod joint;
mod model_findings;
mod overload;
mod precision;
mod quality;
mod quality_findings;
mod quality_slip;
mod quantity;
mod refusal;
mod replay;
mod require;
mod risk_effect;
mod scope;
mod sensitivity;
mod spot;

pub use comparison::{Difference, LevelDifference, PairedDifference};
pub use correlation::{AchievedCorrelation, adjustment_findings};
pub use driver_effect::DriverEffect;
pub use forecast::{
    Dates, Forecast, MilestoneForecast, ProjectForecast, TaskForecast, forecast, is_conclusive,
};
pub use joint::{JointConfidence, JointPlan};
pub use model_findings::model_findings;
pub use overload::{Overload, overload_findings, overloads};
pub use precision::{Measured, Precision, PrecisionError, Width};
pub use quality::{QualityCheck, quality};
pub use quality_findings::findings;
pub use quantity::{QuantityForecast, TargetProbability};
pub use refusal::{examine, refusals};
pub use replay::{PathStep, Replay, ReplayedRisk, ReplayedTask};
pub use require::{Condition, ConditionError, Met};
pub use risk_effect::RiskEffect;
pub use sensitivity::{Cause, MergeBias, Swing, TaskSensitivity, merge_biases, task_sensitivities, tornado};
pub use spot::Spot;
