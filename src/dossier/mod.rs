//! What a document says: sections of text, tables and charts, worded and written once for all formats.
//!
//! **Invariant:** no format words, rounds or formats anything itself, so that the same answer reads the same in
//! every one of them. **Invariant:** no clock: a document is dated only by who asks for it.

mod block;
mod document;
mod explorer;
mod facts;
mod parts;
mod record;
mod sheet;
mod sources;
mod template;
mod text;
mod writer;

pub use block::{Block, KeyFigure, Section, Span};
pub use document::{Dossier, Wishes};
pub use explorer::{Chance, Explorer, Mark, View};
pub use facts::Facts;
pub use record::{RECORD_MARK, Record};
pub use sheet::{Column, Sheet, Shown};
pub use sources::Sources;
pub use template::{ParseTemplateError, Template};
pub use text::{TextError, Texts};
