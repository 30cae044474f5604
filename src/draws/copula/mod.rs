//! Draws that belong together: a Gaussian copula over streams.
//!
//! Every coupled quantity has a normal score: a weighted sum of the score of its own stream and of scores that
//! it shares with others. The share of the normal law below the score is its uniform, so the law of the
//! quantity is what it would be by itself. Streams keep their names: without correlation the draws are the
//! same bits as before, and stratified streams stay stratified each for itself.

mod cholesky;
mod coupling;
mod dependence;
mod dual;
mod eigen;
mod matrix;
mod nearest;
mod scores;
mod spectrum;

pub use coupling::{Copula, CouplingIx};
pub use dependence::{Adjustment, Dependence, DependenceError, MOST_IN_BLOCK};
pub use matrix::SymmetricMatrix;
pub use nearest::{LEAST_EIGENVALUE, Nearest, nearest_correlation};
pub use scores::{score, uniform_of};
