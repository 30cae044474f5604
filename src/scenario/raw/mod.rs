//! The scenario file as written: a mirror of the format in which every value knows its place.
//!
//! **Invariant:** nothing here has been checked beyond its type. Every problem of a file is reported, not
//! only the first: values are read one by one, and one that is bad leaves a [`Slot::Bad`] behind.

mod at;
mod branch;
mod calendar;
mod choice;
mod contract;
mod correlation;
mod cost;
mod date;
mod driver;
mod estimate;
mod import;
mod item;
mod list;
mod moment;
mod money;
mod path;
mod portfolio;
mod quantity;
mod reader;
mod reference;
mod risk;
mod scenario;
mod settings;
mod status;
mod table;
mod task;
mod throughput;
mod variant;
mod walk;

pub use at::{At, Slot};
pub use branch::{RawAlternative, RawRework, RawRollback, RawWhen};
pub use calendar::{RawCalendar, RawWindowRule, RawWindows};
pub use choice::{Choice, read_choice, unknown_choice};
pub use contract::{RawContract, RawIncentive, RawInstalment, RawPayer, RawPenalty};
pub use correlation::{
    RawCorrelated, RawCorrelatedPair, RawCorrelation, RawProgramCorrelation, RawRankMeasure,
};
pub use cost::{RawCost, RawEvery, RawPaid, RawReserved, RawSpend};
pub use date::{RawDate, check_date};
pub use driver::{RawDriver, RawDriverResponse};
pub use estimate::{
    RawBeta, RawCurvePoint, RawEmpirical, RawEstimate, RawExponential, RawLaw, RawLogNormal, RawNormal,
    RawPareto, RawPert, RawRanges, RawShapeScale, RawTriangular, RawUniform, RawWeighted,
};
pub use import::RawImport;
pub use item::Item;
pub use list::{Many, Named};
pub use moment::RawMoment;
pub use money::{
    RawBenefit, RawDiscounting, RawEscalation, RawFunding, RawIndexPoint, RawLeftover, RawMoney, RawPeriod,
};
pub use path::{Edit, Path};
pub use portfolio::{RawCrossLinks, RawMember, RawPortfolio};
pub use quantity::{Quantity, duration};
pub use reader::{FromToml, Reader, describe};
pub use reference::{RawPublished, RawReferenceClass};
pub use risk::{
    RawCombine, RawImpact, RawResponse, RawRisk, RawRiskKind, RawRiskStatus, RawRiskWindow, RawStrategy,
};
pub use scenario::{
    RawApplies, RawEscalateAbove, RawProgram, RawProject, RawRelativeLogNormal, RawRelativePert,
    RawRelativeTriangular, RawScales, RawScenario, RawScheduling, RawTargets, RawTemplate,
};
pub use settings::{Setting, Settings};
pub use status::{RawLogic, RawProgress, RawStatus, RawUnstarted};
pub use table::{Key, RawTable, closest, object_schema};
pub use task::{RawLagClock, RawLink, RawLinkTable, RawMilestone, RawMilestoneKind, RawTask};
pub use throughput::{RawDateOrder, RawLastWeek, RawThroughput};
pub use variant::{RawAddition, RawVariant};
pub use walk::{Leaf, Walk};

pub(crate) use choice::choice;
pub(crate) use table::raw_table;
