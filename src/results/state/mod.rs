//! Statistics as bytes, to be merged by another process.
//!
//! **Invariant:** only what was counted is written. What a program says itself (how many tasks, which limits) comes
//! from the compiled program on the way back, and bytes that do not fit it are refused.

mod bins;
mod error;
mod part;
mod reader;
mod whole;
mod writer;

pub(super) use bins::BinPlace;
pub use error::StateError;
pub(super) use part::{State, fields};
pub(super) use reader::StateReader;
pub(super) use writer::StateWriter;
