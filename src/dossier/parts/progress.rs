//! A program under way.

use super::Maker;
use crate::dossier::{Block, Sheet, Shown};
use crate::report::Light;

impl Maker<'_> {
    pub(super) fn progress(&self) -> Vec<Block> {
        let Some(progress) = self.sources.progress else { return Vec::new() };
        let writer = self.writer;
        let mut blocks = vec![Block::text(format!(
            "On {}, {} tasks are finished, {} under way and {} not started.",
            writer.locale.date(progress.status_date),
            progress.finished,
            progress.under_way,
            progress.not_started
        ))];
        let light = |light: Option<Light>| Shown::words(light.map_or("-", Light::name));
        let headings =
            ["<", "Approved", "P50", "Days late", "Target", "Met with", "<Light", "<Light of the cost"];
        let caption =
            if progress.has_baseline { "Against the approved baseline" } else { "Against promises" };
        let mut sheet = Sheet::new(caption, &headings);
        let (rows, rest) = self.cut(progress.variance.iter().collect());
        for row in rows {
            let name = if row.kind == "program" { "Program".to_owned() } else { row.name.clone() };
            sheet.rows.push(vec![
                Shown::words(name),
                writer.date(row.baseline_finish),
                writer.date(row.p50_finish),
                writer.number(row.p50_late_days.map(f64::from), 0),
                writer.date(row.target_finish),
                writer.share(row.finish_probability),
                light(row.finish_light),
                light(row.cost_light),
            ]);
        }
        sheet.note = rest;
        blocks.push(Block::Sheet(sheet));
        if let Some(now) = progress.now().filter(|_| progress.has_costs) {
            let caption = format!("Earned value, {}", writer.currency);
            let headings = ["Budget", "PV", "EV", "AC", "CPI", "SPI", "SPI(t)", "EAC at CPI"];
            let mut sheet = Sheet::new(caption, &headings);
            sheet.rows.push(vec![
                writer.amount(Some(now.bac)),
                writer.amount(Some(now.pv)),
                writer.amount(Some(now.ev)),
                writer.amount(Some(now.ac)),
                writer.number(now.cpi, 3),
                writer.number(now.spi, 3),
                writer.number(now.spi_t, 3),
                writer.amount(now.eac_cpi),
            ]);
            blocks.extend([Block::Sheet(sheet), self.chart("eac")]);
            let caption = format!("What it will have cost, {}", writer.currency);
            let mut sheet = Sheet::new(caption, &["<Estimate at completion", "Amount", "Enough with"]);
            for row in &progress.eac {
                sheet.rows.push(vec![
                    Shown::words(row.formula.clone()),
                    writer.amount(row.eac),
                    writer.share(row.probability),
                ]);
            }
            blocks.push(Block::Sheet(sheet));
        }
        blocks.extend([self.chart("trend"), self.chart("milestone-trend")]);
        blocks
    }
}
