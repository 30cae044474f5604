//! How the forecast follows what is varied.

mod grid;
mod lines;
mod quantity;
mod rows;
mod sheet;

pub(super) use sheet::scene;
