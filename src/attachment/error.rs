//! What can go wrong with a document.

use thiserror::Error;

use crate::chart::ChartError;
use crate::dossier::TextError;

/// Why a document could not be made.
#[derive(Debug, Error)]
pub enum AttachmentError {
    /// A text block cannot be used.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A chart cannot be painted.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// The picture given as logo is none that documents can hold.
    #[error("the logo is neither a PNG nor a JPEG picture")]
    Logo,
    /// A build without the feature of the format.
    #[error("this build does not write the format: it needs the feature `full`")]
    NotBuilt,
    /// The library that writes the format refuses.
    #[error("failed to write the {format}: {why}")]
    Write {
        /// The format.
        format: &'static str,
        /// What the library says.
        why: String,
    },
}
