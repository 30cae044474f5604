//! What drives the finish, how strongly, and with how much room (semantics, section 4).

mod merge;
mod statistics;
mod task;
mod tornado;

pub use merge::{MergeBias, merge_biases};
pub use task::{TaskSensitivity, task_sensitivities};
pub use tornado::{Cause, Swing, tornado};
