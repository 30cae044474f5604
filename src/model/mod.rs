//! The validated program: what is simulated, with every reference resolved.
//!
//! **Invariant: invalid programs do not construct.** A [`Program`] comes only out of
//! [`ProgramBuilder::build`], which checks references, cycles and signs; later code never re-checks.
//! **Invariant:** nothing here knows a file format.

mod actual;
mod actual_cost;
mod as_of;
mod builder;
mod condition;
mod correlation;
mod cost;
mod course;
mod cycle;
mod driver;
mod estimate;
mod finance;
mod id;
mod joining;
mod link;
mod member;
mod program;
mod reference;
mod response;
mod rework;
mod risk;
mod role;
mod status;
mod switches;
mod task;
mod unroll;

pub use actual::Actual;
pub use builder::{BuildError, ProgramBuilder};
pub use condition::{Chance, Condition, Need};
pub use correlation::{CorrelatedPair, CorrelationError, CorrelationGroup, Correlations, Drawn, Loadings};
pub use cost::{CostAmount, CostLine, SpendKind};
pub use course::{Course, Exclusive, Recurrence, RegisterEntry, RiskWindow};
pub use cycle::Hop;
pub use driver::{Driver, DriverLevels, DriverResponse};
pub use estimate::{Clock, Estimate};
pub use finance::{
    Bearer, Benefit, Dating, Escalation, Exchange, Finance, Funding, Horizon, Leftover, LineTerms, Moment,
    Payment, PercentOf, PeriodLength, PriceIndex, Reserve, Reserved, TimedAmount, TimedLine,
};
pub use id::{CalendarIx, ChanceIx, ConditionIx, DriverIx, LinkIx, ProjectIx, RiskIx, TaskIx};
pub use joining::Joining;
pub use link::{Endpoint, Lag, LagAmount, LagClock, Link, LinkKind};
pub use member::Member;
pub use program::{Conventions, EscalateAbove, NamedCalendar, Program, Project, Scope, Target};
pub use reference::{ReferenceClass, Uplift, UpliftOf};
pub use response::{Effect, Lead, Response};
pub use rework::{Repeat, RepeatKind, Rework, Rollback};
pub use risk::{Combine, CostImpact, DelayImpact, Impact, Risk, RiskLevels, RiskStatus};
pub use role::Role;
pub use status::{Progress, Status, StatusError};
pub use switches::{ResponseSwitch, Switches};
pub use task::{Constraint, ConstraintKind, MilestoneKind, Task, TaskKind};
