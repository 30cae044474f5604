//! Dependencies, one in each row.

use super::reading::Reading;
use super::table::Table;
use super::words::plain;
use crate::import::report::{Fate, ImportReport};
use crate::scenario::raw::Quantity;

/// A dependency as written.
pub(super) struct Ends {
    pub place: String,
    pub from: String,
    pub to: String,
    pub kind: &'static str,
    pub lag: Option<Quantity>,
}

/// The dependencies of a table.
pub(super) fn rows(table: &Table<'_>, report: &mut ImportReport) -> Vec<Ends> {
    let mut ends = Vec::new();
    for row in table.rows(report) {
        let mut reading = Reading { table, row, report };
        let (from, to) = (reading.text("from"), reading.text("to"));
        let place = reading.row_place();
        let (Some(from), Some(to)) = (from, to) else {
            reading.report.note(
                Fate::LeftOut,
                "link",
                &place,
                "",
                "a predecessor and a successor are needed",
            );
            continue;
        };
        let kind = match reading.text("type").map(|kind| plain(&kind)).as_deref() {
            None | Some("fs" | "finish start" | "finish to start" | "ea" | "fd" | "fc") => "FS",
            Some("ss" | "start start" | "start to start" | "aa" | "dd" | "cc") => "SS",
            Some("ff" | "finish finish" | "finish to finish" | "ee") => "FF",
            Some("sf" | "start finish" | "start to finish" | "ae" | "df" | "cf") => "SF",
            Some(_) => {
                reading.note(Fate::Changed, "type", "taken as finish to start: known are FS, SS, FF and SF");
                "FS"
            }
        };
        let lag = reading.cell("lag").and_then(|_| reading.duration("lag"));
        let is_nothing = |lag: &Quantity| match lag {
            Quantity::Duration(lag) => lag.value == 0.0,
            Quantity::Share(share) => *share == 0.0,
            _ => true,
        };
        ends.push(Ends { place, from, to, kind, lag: lag.filter(|lag| !is_nothing(lag)) });
    }
    ends
}
