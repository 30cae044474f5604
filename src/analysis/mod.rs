//! From results to answers: forecasts, effects, conditions.
//!
//! **Invariant:** numbers in, numbers out; nothing here formats or rounds.

#[cfg(feature = "import")]
mod agreement;
mod baseline;
mod business_case;
#[cfg(feature = "import")]
mod calibration;
mod cash_flow;
mod comparison;
mod contribution;
mod correlation;
mod drawdown;
mod driver_effect;
mod earned_value;
mod exposure;
mod forecast;
mod influence;
mod joint;
mod knowledge;
mod model_findings;
mod outcomes;
mod overload;
mod part;
mod portfolio;
mod precision;
mod quality;
mod quality_findings;
mod quality_slip;
mod quantity;
mod refusal;
mod replay;
mod require;
mod respond;
mod risk_effect;
mod risk_score;
mod scope;
mod sensitivity;
mod spot;

#[cfg(feature = "import")]
pub use agreement::{Agreement, AgreementRow, Disagreement, FIELDS, agreement};
pub use baseline::{Approval, Baseline, BaselineError, BaselineProject, BaselineTask};
pub use business_case::{BusinessCase, Dated, Shares as RatioShares};
#[cfg(feature = "import")]
pub use calibration::{Calibration, ENOUGH_PAIRS, FEWEST_PAIRS, Ratio, calibrations};
pub use cash_flow::{Band, CashForecast, FundingForecast, GroupForecast, Period};
pub use comparison::{Difference, LevelDifference, PairedDifference};
pub use contribution::{
    Bar, ContingencyLine, Contribution, Game, GameError, Grouping, GroupingError, Holder, Kind, PARTS,
    Player, Shares, Sharing, Value, Waterfall, apportion, contribution, open_risks, players, sampled_tasks,
    shares, split, standard_error,
};
pub use correlation::{AchievedCorrelation, adjustment_findings};
pub use drawdown::{Release, drawdown};
pub use driver_effect::DriverEffect;
pub use earned_value::{
    EacMethod, EacRow, EarnedRow, EarnedSchedule, EarnedValue, Months, PlannedCosts, PlannedWork,
    ProgressAnalysis, ProjectEarned, ProjectValue, Tcpi, earned_schedule, progress_analysis,
};
pub use exposure::Exposure;
pub use forecast::{
    Dates, Forecast, MilestoneForecast, ProjectForecast, TaskForecast, forecast, is_conclusive,
};
pub use influence::Influence;
pub use joint::{JointConfidence, JointPlan};
pub use knowledge::{Knowledge, Unknown, knowledge};
pub use model_findings::model_findings;
pub use outcomes::{OutcomeForecast, OutcomeKind, outcome_forecasts};
pub use overload::{Overload, overload_findings, overloads};
pub use part::{UnknownPart, part_named};
pub use portfolio::{MemberForecast, PortfolioForecast, Together};
pub use precision::{Measured, Precision, PrecisionError, Width};
pub use quality::{QualityCheck, quality};
pub use quality_findings::findings;
pub use quantity::{QuantityForecast, TargetProbability};
pub use refusal::{examine, refusals};
pub use replay::{PathStep, Replay, ReplayedRisk, ReplayedTask};
pub use require::{Condition, ConditionError, Met};
pub use respond::{
    Alone, Answered, Budget, BudgetError, Candidate, Method, NpvMeasure, Objective, ObjectiveError, Purchase,
    RespondError, ResponseSet, SearchLimits, SetValue, Stance, Stanced, candidates, never_worsens, respond,
    stances,
};
pub use risk_effect::RiskEffect;
pub use risk_score::{RiskScore, risk_scores};
pub use sensitivity::{Cause, MergeBias, Swing, TaskSensitivity, merge_biases, task_sensitivities, tornado};
pub use spot::Spot;
