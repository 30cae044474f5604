//! The scenario file: TOML and CSV texts become a [`crate::model::Program`].
//!
//! Bytes come in through [`Files`]; [`load`] reads a file and all that it includes into [`raw`] types that
//! know their places, checks them as a whole and reports every problem in one pass. Other sources of
//! programs make raw types themselves and pass the same checks through [`load_raw`]. The format itself is
//! described in [`mod@format`].
//!
//! **Invariant:** no disk, and nothing is simulated. **Invariant:** a warning never changes a result.

mod base;
mod check;
mod collect;
mod files;
pub mod format;
mod load;
mod open;
mod places;
mod portfolio;
pub mod raw;
mod schema;
mod syntax;
mod table;
mod variant;
mod written;

pub use base::Base;
pub use files::{FileError, Files, MemoryFiles};
pub use load::{Failed, Loaded, Variant, load, load_raw, load_variant, load_variants};
pub use places::Places;
pub use schema::schema;
pub use written::{Change, ChangeKind, changes, to_toml};
