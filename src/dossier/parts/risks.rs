//! The register.

use super::Maker;
use crate::dossier::{Block, Sheet, Shown};

impl Maker<'_> {
    pub(super) fn risks(&self) -> Vec<Block> {
        let (report, analysis, writer) = (self.sources.report(), self.sources.analysis, self.writer);
        if report.risks.is_empty() && report.drivers.is_empty() {
            return vec![Block::text(
                "The scenario has no risk register: the forecast holds the uncertainty of estimates only.",
            )];
        }
        let mut blocks = vec![self.chart("risk-map")];
        let money = format!("Share, {}", writer.currency);
        let mut headings = vec![
            "<Id",
            "<Risk",
            "<Owner",
            "<Status",
            "<Response",
            "Before",
            "Delay before, days",
            "After",
            "Delay after, days",
            "Share, days",
        ];
        if report.has_costs {
            headings.push(&money);
        }
        let mut sheet = Sheet::new("Risks, before and after their responses", &headings);
        let mut rows: Vec<_> = report.risks.iter().collect();
        let score = |id: &str| analysis.risk_scores.iter().find(|score| score.id == id);
        let size = |id: &str| score(id).and_then(|score| score.share_days).unwrap_or(0.0).abs();
        rows.sort_by(|a, b| size(&b.id).total_cmp(&size(&a.id)));
        let (rows, rest) = self.cut(rows);
        for row in rows {
            let score = score(&row.id);
            let response = match row.response_on {
                Some(true) => "in force",
                Some(false) => "not in force",
                None => "none",
            };
            let mut cells = vec![
                Shown::words(row.id.clone()),
                Shown::words(row.title.clone()),
                row.owner.clone().map_or_else(Shown::nothing, Shown::words),
                Shown::words(row.status),
                Shown::words(row.strategy.map_or(response.to_owned(), |kind| format!("{kind}, {response}"))),
                writer.share(score.map(|score| score.probability)),
                writer.number(score.map(|score| score.impact_days), 1),
                writer.share(score.and_then(|score| score.probability_after)),
                writer.number(score.and_then(|score| score.impact_after_days), 1),
                writer.number(score.and_then(|score| score.share_days), 1),
            ];
            if report.has_costs {
                cells.push(writer.amount(score.and_then(|score| score.share_money)));
            }
            sheet.rows.push(cells);
        }
        let note = format!(
            "Before and after: probability without and with the response. Delay: mean delay of the tasks that it \
             hits. Share: its part of the contingency at {}.{}",
            self.level,
            rest.map_or(String::new(), |rest| format!(" {rest}"))
        );
        if !sheet.rows.is_empty() {
            blocks.push(Block::Sheet(sheet.with_note(note)));
        }
        if !report.drivers.is_empty() {
            let mut sheet = Sheet::new(
                "Risk drivers: causes that many tasks share",
                &["<Id", "<Driver", "Probability", "Mean factor", "Tasks", "Delay of tasks, days"],
            );
            for row in &report.drivers {
                sheet.rows.push(vec![
                    Shown::words(row.id.clone()),
                    Shown::words(row.title.clone()),
                    writer.share(Some(row.probability)),
                    writer.number(row.factor_mean, 2),
                    writer.number(Some(row.tasks as f64), 0),
                    writer.number(Some(row.task_delay_mean_days), 1),
                ]);
            }
            blocks.push(Block::Sheet(sheet));
        }
        blocks
    }
}
