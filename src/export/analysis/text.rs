//! The analysis that a person reads in a terminal.

use super::headline;
use crate::report::Analysis;

/// The analysis as plain text, section by section.
#[must_use]
pub fn analysis_to_text(analysis: &Analysis) -> String {
    let sections = [headline::text(analysis)];
    sections.concat()
}
