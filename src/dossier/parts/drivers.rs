//! What drives the finish.

use super::Maker;
use crate::dossier::{Block, Sheet, Shown};

/// How many chains are told.
const PATHS: usize = 5;

impl Maker<'_> {
    pub(super) fn drivers(&self) -> Vec<Block> {
        let Some(section) = &self.sources.analysis.sensitivity else { return Vec::new() };
        let writer = self.writer;
        let mut blocks =
            vec![self.chart("tornado-finish"), self.chart("tornado-cost"), self.chart("float-map")];
        let headings = ["<Task", "<Id", "Driving", "Critical", "SSI", "Rank correlation", "Float P50, days"];
        let mut sheet = Sheet::new("Tasks by how much they matter for the finish", &headings);
        let (rows, rest) = self.cut(section.tasks.iter().collect());
        for row in rows {
            sheet.rows.push(vec![
                Shown::words(row.label.clone()),
                Shown::words(row.id.clone()),
                writer.share(Some(row.driving)),
                writer.share(Some(row.criticality)),
                writer.number(row.ssi, 2),
                writer.number(row.duration_sensitivity, 2),
                writer.number(row.float_days[1], 1),
            ]);
        }
        let note = "Driving: share of the simulated courses in which the task lies on the chain that leads to the \
                    finish. Critical: share without float. SSI: criticality times the spread of its duration over \
                    that of the finish.";
        let note = rest.map_or(note.to_owned(), |rest| format!("{note} {rest}"));
        if !sheet.rows.is_empty() {
            blocks.push(Block::Sheet(sheet.with_note(note)));
        }
        // Work that is done is on no chain.
        if section.paths.iter().any(|path| !path.tasks.is_empty()) {
            let mut sheet = Sheet::new("Chains that lead to the finish", &["Share", "<Tasks"]);
            for path in section.paths.iter().take(PATHS) {
                sheet.rows.push(vec![writer.share(Some(path.share)), Shown::words(path.tasks.join(" > "))]);
            }
            blocks.push(Block::Sheet(sheet));
        }
        blocks
    }
}
