//! The lanes without the rest of the library.

#[path = "../../src/lanes/mod.rs"]
pub mod lanes;
