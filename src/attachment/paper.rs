//! The size of the pages.

use std::str::FromStr;

use thiserror::Error;

/// A format of paper, upright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 x 297 mm.
    #[default]
    A4,
    /// 8.5 x 11 inches.
    Letter,
}

/// A format of paper that is not known.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("`{0}` is no known paper: use a4 or letter")]
pub struct ParsePaperError(pub String);

impl FromStr for Paper {
    type Err = ParsePaperError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.to_ascii_lowercase().as_str() {
            "a4" => Ok(Self::A4),
            "letter" => Ok(Self::Letter),
            _ => Err(ParsePaperError(text.to_owned())),
        }
    }
}

impl Paper {
    /// Width and height in points of a 72nd of an inch.
    pub(super) fn size(self) -> (f64, f64) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}
