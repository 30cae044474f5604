//! Addressed random numbers: streams, samplers, quantile tables.
//!
//! A draw is a pure function of seed, stream name and iteration.
//! **Invariant:** no state moves between draws, and nothing here knows what a task is.

mod copula;
mod generator;
mod occurrence;
mod permutation;
mod philox;
mod round;
mod sampler;
mod segments;
mod shape;
mod standard;
mod steps;
mod stream;
mod streams;
mod table;
mod tables;
mod tails;
mod variable;

pub use copula::{
    Adjustment, Copula, CouplingIx, Dependence, DependenceError, LEAST_EIGENVALUE, MOST_IN_BLOCK, Nearest,
    SymmetricMatrix, nearest_correlation, score, uniform_of,
};
pub use generator::AddressedRng;
pub use occurrence::Occurrence;
pub use permutation::PermutationKey;
pub use philox::philox4x32;
pub use round::{round_minutes, round_money};
pub use sampler::{BLOCK, BlockKey, Sampler, unit};
pub use segments::{Segment, Segments};
pub use shape::Shape;
pub use steps::{Lines, Steps};
pub use stream::{Seed, Stream};
pub use streams::{StreamError, Streams};
pub use table::Table;
pub use tables::{TableIx, Tables};
pub use variable::Variable;
