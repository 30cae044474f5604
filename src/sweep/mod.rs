//! Many variants of a program, or many programs, on common draws.
//!
//! **Invariant:** a variant's numbers are those of the same values written into the scenario and run by themselves:
//! neither its neighbours, nor the order, nor the machine that computed it change a bit. **Invariant:** what is kept
//! of a variant is found by the hash of everything that it is a function of, and is sealed; there is nothing half
//! done that could be taken for it.

mod axis;
mod definition;
mod error;
mod key;
mod part;
mod range;
mod unit;
mod work;

pub use axis::{AxisError, VaryAxis};
pub use definition::{DefinedProgram, Definition};
pub use error::SweepError;
pub use key::Key;
pub use part::Part;
pub use unit::{Unit, Units};
pub use work::{Prepared, Shelf, Work, WorkError};
