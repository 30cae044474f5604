//! What a scenario says, value by value, and how two scenarios differ in it.

mod change;
mod layout;
mod leaves;
mod toml;

pub use change::{Change, ChangeKind, changes};
pub use toml::to_toml;
