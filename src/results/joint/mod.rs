//! Dates and amounts of money together.

mod axis;
mod grid;

pub use grid::{JointCell, JointGrid};
