//! The links between the rows of tables.

use std::collections::{BTreeMap, BTreeSet};

use super::book::Book;
use super::kind::Kind;
use super::links::{Ends, rows as link_rows};
use super::predecessors::before;
use super::table::Table;
use crate::import::report::{Fate, ImportReport};
use crate::scenario::raw::{Quantity, RawEstimate, RawLink, RawLinkTable, Slot};

/// Links that are there: the task into which, the full id from which, the kind, and the lag.
type Known = BTreeSet<(usize, String, &'static str, String)>;

impl Book {
    /// By line: the links into it.
    pub(super) fn links(&self, tables: &[Table<'_>], report: &mut ImportReport) -> Vec<Vec<RawLink>> {
        let mut into: Vec<Vec<RawLink>> = vec![Vec::new(); self.lines.len()];
        let mut known = Known::new();
        let by_full: BTreeMap<&str, usize> =
            self.ids.iter().enumerate().map(|(at, (_, full))| (full.as_str(), at)).collect();
        let is_known = |text: &str| self.names.find(text).is_some();
        for (at, line) in self.lines.iter().enumerate() {
            for text in &line.after {
                match before(text, is_known) {
                    Ok(found) => self.link(
                        &found.reference,
                        found.kind,
                        found.lag,
                        at,
                        &line.after_place,
                        (&mut into, &mut known),
                        report,
                    ),
                    Err(reason) => report.note(Fate::LeftOut, "link", &line.after_place, text, reason),
                }
            }
        }
        for table in tables.iter().filter(|table| table.kind == Kind::Links) {
            for Ends { place, from, to, kind, lag } in link_rows(table, report) {
                let name = format!("{from} -> {to}");
                let end = self.names.find(&to).and_then(|full| by_full.get(full)).copied();
                match (end, is_known(&from)) {
                    (Some(at), true) => {
                        self.link(&from, kind, lag, at, &place, (&mut into, &mut known), report)
                    }
                    (None, _) => {
                        report.note(Fate::LeftOut, "link", &place, &name, format!("no task is called `{to}`"))
                    }
                    (_, false) => report.note(
                        Fate::LeftOut,
                        "link",
                        &place,
                        &name,
                        format!("no task is called `{from}`"),
                    ),
                }
            }
        }
        into
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one link")]
    fn link(
        &self,
        reference: &str,
        kind: &'static str,
        lag: Option<Quantity>,
        at: usize,
        place: &str,
        (into, known): (&mut [Vec<RawLink>], &mut Known),
        report: &mut ImportReport,
    ) {
        let Some(full) = self.names.find(reference) else { return };
        let (_, to) = &self.ids[at];
        let name = format!("{full} -> {to}");
        let mut leave = |reason: &str| report.note(Fate::LeftOut, "link", place, &name, reason);
        let is_inside = to.strip_prefix(full).is_some_and(|rest| rest.starts_with('.'));
        if full == to {
            return leave("it ties something to itself");
        }
        if is_inside {
            return leave("it ties a project to something in it");
        }
        let text = self.groups.of_line[at].map_or("", |group| self.groups.list[group].full.as_str());
        // Within a project its own ids are enough.
        let written = match full.strip_prefix(text).and_then(|rest| rest.strip_prefix('.')) {
            Some(rest) if !text.is_empty() && !rest.contains('.') => rest.to_owned(),
            _ => full.to_owned(),
        };
        let is_plain = kind == "FS" && lag.is_none();
        let link = if is_plain {
            RawLink::Text(written)
        } else {
            let mut table = RawLinkTable::default();
            let slot: Slot<String> = written.into();
            match kind {
                "SS" => table.ss = slot,
                "FF" => table.ff = slot,
                "SF" => table.sf = slot,
                _ => table.fs = slot,
            }
            table.lag = lag.map(RawEstimate::Point).into();
            RawLink::Table(Box::new(table))
        };
        // Cells may name thousands of predecessors.
        let lag = match &link {
            RawLink::Table(table) => table.lag.get().map(|lag| format!("{lag:?}")).unwrap_or_default(),
            RawLink::Text(_) => String::new(),
        };
        if !known.insert((at, full.to_owned(), kind, lag)) {
            return leave("this link is there already");
        }
        report.take("link", place, &name, to);
        into[at].push(link);
    }
}
