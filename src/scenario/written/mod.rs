//! What a scenario says, value by value, and how two scenarios differ in it.

mod change;
mod leaves;

pub use change::{Change, ChangeKind, changes};
