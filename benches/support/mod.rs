//! What is measured, and what it is measured against.

pub mod baseline;
pub mod floor;
pub mod race;
pub mod workload;
