//! Which responses to buy: what each is worth, and the best set for a budget.
//!
//! A set of responses is a version of the program in which these are on and all others off, always on the
//! same draws.

mod bound;
mod budget;
mod candidate;
mod objective;
mod search;
mod stance;
mod values;

pub use bound::never_worsens;
pub use budget::{Budget, BudgetError};
pub use candidate::{Answered, Candidate, candidates};
pub use objective::{NpvMeasure, Objective, ObjectiveError};
pub use search::{Method, Purchase, RespondError, SearchLimits, respond};
pub use stance::{Stance, Stanced, stances};
pub use values::{Alone, ResponseSet, SetValue};
