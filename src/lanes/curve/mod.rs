//! Smooth quantile functions, 512 uniforms at a time.
//!
//! **Invariant:** a piece is loaded only at a number that was clamped to the last one.

mod cubic;
mod sink;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use cubic::{Cubic, Segment};
