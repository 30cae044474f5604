//! The block kernel: 512 iterations at once, task by task, every loop a plain loop over lanes.
//!
//! **Invariant:** a block is bit for bit the one that [`super::Simulation::block`] makes one iteration at a
//! time. What the passes over lanes do not cover, single lanes in which work finds no window or never finishes,
//! is left to that.

mod block;
mod costs;
mod drivers;
mod durations;
mod memory;
mod plan;
mod presence;
mod risks;
mod strikes;

pub use block::Kernel;
pub(super) use block::{Filling, Idle, Wanted};
pub(super) use plan::KernelPlan;
