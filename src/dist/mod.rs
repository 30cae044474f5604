//! Probability laws, one per file: parameters, moments, quantile function.
//!
//! **Invariant:** nothing here draws a random number: a sample is a quantile of a uniform that the
//! caller brings.

mod beta;
mod cumulative;
mod discrete;
mod empirical;
mod error;
mod exponential;
mod gamma;
mod law;
mod lognormal;
mod normal;
mod pace;
mod pareto;
mod pert;
mod pert_fit;
mod reading;
mod sampling;
pub mod special;
mod throughput;
mod triangular;
mod trigen;
mod uniform;
mod weibull;

pub use beta::Beta;
pub use cumulative::Cumulative;
pub use discrete::Discrete;
pub use empirical::Empirical;
pub use error::LawError;
pub use exponential::Exponential;
pub use gamma::Gamma;
pub use law::Law;
pub use lognormal::LogNormal;
pub use normal::Normal;
pub use pace::{Finished, PaceError, WeeklyPace};
pub use pareto::Pareto;
pub use pert::BetaPert;
pub use reading::Reading;
pub use sampling::open_unit;
pub use throughput::{LastWeek, Throughput};
pub use triangular::Triangular;
pub use uniform::Uniform;
pub use weibull::Weibull;
