//! Special functions with good relative accuracy in both tails, on `libm` by name.
//!
//! Each distribution function returns both tails, because one minus a tail loses the other.
//! **Invariant:** no argument makes them panic or loop without bound.

mod beta;
mod gamma;
mod normal;
mod root;
mod stirling;
#[cfg(test)]
mod tests;

pub use beta::{beta_quantile, beta_tails, ln_beta};
pub use gamma::{gamma_quantile, gamma_tails};
pub use normal::{normal_cdf, normal_quantile};
