//! One document in one format.

use std::collections::BTreeSet;

#[cfg(feature = "pdf")]
use super::pdf;
#[cfg(feature = "word")]
use super::word;
use super::{AttachmentError, Format, Logo, Paper, html, markdown, workbook};
use crate::chart::{Drawing, lacking_characters};
use crate::dossier::{Dossier, Sources};
use crate::results::Columns;

/// Everything that a document is made from.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    /// What it says.
    pub dossier: &'a Dossier,
    /// Its charts.
    pub drawings: &'a [Drawing],
    /// What it is made from: the numbers of workbooks.
    pub sources: Sources<'a>,
    /// Whose document it is.
    pub logo: Option<&'a Logo>,
    /// The size of pages.
    pub paper: Paper,
    /// The iterations, for workbooks that are to hold them.
    pub iterations: Option<&'a Columns>,
}

impl<'a> Contents<'a> {
    /// A chart by its name, if the answer has it.
    pub(super) fn drawing(&self, name: &str) -> Option<&'a Drawing> {
        self.drawings.iter().find(|drawing| drawing.name == name)
    }
}

/// A finished document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// What the file holds.
    pub bytes: Vec<u8>,
    /// Files in a folder beside it, which is named after it with `-charts` behind.
    pub beside: Vec<(String, Vec<u8>)>,
    /// The characters that no font of the process has, and that it shows as boxes.
    pub lacking: BTreeSet<char>,
}

/// Writes a document; `stem` is the name of its file without the ending.
///
/// # Errors
/// [`AttachmentError::NotBuilt`] if [`Format::is_built`] says so; another if a chart or the document cannot be
/// written: no answer is known to cause it.
pub fn attach(contents: &Contents<'_>, format: Format, stem: &str) -> Result<Attachment, AttachmentError> {
    let alone = |bytes| Attachment { bytes, beside: Vec::new(), lacking: BTreeSet::new() };
    // Formats that hold pictures show in them what the fonts of the process have; others have the reader's.
    let pictured = |made: Attachment| Attachment { lacking: lacking_characters(contents.drawings), ..made };
    match format {
        Format::Html => html::page(contents).map(alone),
        #[cfg(feature = "pdf")]
        Format::Pdf => {
            let (bytes, lacking) = pdf::document(contents, contents.paper)?;
            Ok(Attachment { bytes, beside: Vec::new(), lacking })
        }
        Format::Xlsx => workbook::book(contents).map(alone),
        #[cfg(feature = "word")]
        Format::Docx => word::document(contents).map(alone).map(pictured),
        Format::Markdown => markdown::document(contents, stem).map(pictured),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => Err(AttachmentError::NotBuilt),
        #[cfg(not(feature = "word"))]
        Format::Docx => Err(AttachmentError::NotBuilt),
    }
}
