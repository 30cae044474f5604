//! One program in many versions on the same draws.
//!
//! **Invariant:** what a version comes to is bit for bit what a run of the switched program on its own comes
//! to.

mod ends;
mod versions;

pub use ends::{Ends, Look};
pub use versions::{Worlds, WorldsError};
