//! Paper: pages with vector charts, embedded fonts, bookmarks and tags.
//!
//! Everything is laid out first, as marks on pages, and drawn then: where a page ends is known before anything is
//! on it.

mod document;
mod draw;
mod flow;
mod structure;
mod table;
mod words;

pub(super) use document::document;
pub(crate) use draw::can_embed;
