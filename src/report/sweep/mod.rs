//! Many variants of a program, or many programs, beside each other.

mod outcome;
mod overview;
mod rows;

pub use outcome::{Reading, SweepOutcome, SweepPoint};
pub use overview::{SweepAxis, SweepOverview, SweepProgram, SweepSpot};
pub use rows::{sweep_cells, sweep_columns};
