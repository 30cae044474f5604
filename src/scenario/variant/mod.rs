//! Variants: what-ifs written as differences, applied to the parts of a scenario before they are checked.
//!
//! **Invariant:** a variant makes raw parts, so that it passes the same checks as a scenario that was
//! written in full. What it sets keeps the place in the variant where it stands.

mod add;
mod apply;
mod family;
mod find;
mod references;
mod remove;
mod set;

pub(super) use apply::{apply, set_text};
