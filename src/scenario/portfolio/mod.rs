//! Several programs as one: each is read and checked by itself, then all of them become one.

mod assemble;
mod parts;

pub use assemble::assemble;
pub use parts::programs;
