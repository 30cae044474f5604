//! Diagnostics: what is wrong, where, and what to do about it.
//!
//! **Invariant:** no I/O. A diagnostic names its file by [`FileId`]; the texts live in [`Sources`], so
//! that rendering as text or JSON needs nothing else.

mod codes;
mod diagnostic;
mod place;
mod render;
mod sources;

pub use codes::{Code, all_codes, code};
pub use diagnostic::{Diagnostic, Label, Severity};
pub use place::Place;
pub use render::{to_json, to_text};
pub use sources::{FileId, Sources};
