//! Programs that become parts of a portfolio.

mod join;
mod money;
mod naming;
mod shift;

pub use join::Joining;
