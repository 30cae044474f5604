//! Links as the format writes them.

use super::fields::{is_elapsed, is_percent};
use crate::import::plan::{LagLength, LagTime, Tie};
use crate::import::record::Record;

/// A link from the task that it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinkRow {
    /// The number of the predecessor.
    pub from: i64,
    pub tie: Tie,
    pub lag: LagLength,
    pub time: LagTime,
    /// Whether the predecessor is in another file.
    pub is_foreign: bool,
}

impl LinkRow {
    /// Reads a link.
    pub fn read(record: &Record) -> Option<Self> {
        let tie = match record.whole("Type") {
            Some(0) => Tie::FinishFinish,
            Some(2) => Tie::StartFinish,
            Some(3) => Tie::StartStart,
            _ => Tie::FinishStart,
        };
        let format = record.whole("LagFormat").unwrap_or(7);
        let lag = record.number("LinkLag").unwrap_or(0.0);
        // Percents are written as they are, times in tenths of a minute.
        let lag =
            if is_percent(format) { LagLength::Share(lag / 100.0) } else { LagLength::Minutes(lag / 10.0) };
        Some(Self {
            from: record.whole("PredecessorUID")?,
            tie,
            lag,
            time: if is_elapsed(format) { LagTime::Elapsed } else { LagTime::Successor },
            is_foreign: record.flag("CrossProject"),
        })
    }
}
