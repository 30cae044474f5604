//! Documents that people attach: one dossier as HTML, PDF, workbook, Word or Markdown.
//!
//! **Invariant:** nothing here words, rounds or computes: what a document says stands in the
//! [dossier](crate::dossier), what its charts show in their [drawings](crate::chart::Drawing), and the numbers of a
//! workbook in the tables of the report. **Invariant:** the same dossier gives the same bytes.

mod error;
mod format;
mod html;
mod logo;
mod make;
mod markdown;
mod paper;
#[cfg(feature = "pdf")]
mod pdf;
mod read;
#[cfg(feature = "word")]
mod word;
mod workbook;

pub use error::AttachmentError;
pub use format::{Format, ParseFormatError};
pub use logo::Logo;
pub use make::{Attachment, Contents, attach};
pub use paper::Paper;
#[cfg(feature = "pdf")]
pub(crate) use pdf::can_embed;
pub use read::{record_of, shows};
pub use workbook::blank_workbook;
