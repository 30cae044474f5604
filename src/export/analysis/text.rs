//! The analysis that a person reads in a terminal.

use super::{contingency, contribution, headline, joint, knowledge, scores, sensitivity};
use crate::report::Analysis;

/// The analysis as plain text, section by section.
#[must_use]
pub fn analysis_to_text(analysis: &Analysis) -> String {
    let sections = [
        headline::text(analysis),
        contribution::text(analysis),
        contingency::text(analysis),
        scores::text(analysis),
        sensitivity::text(analysis),
        joint::text(analysis),
        knowledge::text(analysis),
    ];
    sections.concat()
}
