//! What the contingency is for, who holds it, and what is worth finding out.

use super::Maker;
use crate::dossier::{Block, Sheet, Shown};

/// What shrinks a range by less is not told from nothing.
const LEAST: f64 = 0.01;

/// What people call a part: a risk by its title, the estimates of a project by the project.
pub(super) fn part(row: &crate::report::PartRow) -> String {
    match row.kind {
        "risk" | "driver" => format!("{} {}", row.id, row.title),
        "windows" | "correlation" | "other risks" => row.title.clone(),
        _ => row.id.clone(),
    }
}

impl Maker<'_> {
    pub(super) fn contribution(&self) -> Vec<Block> {
        let analysis = self.sources.analysis;
        let Some(section) = &analysis.contribution else { return Vec::new() };
        let writer = self.writer;
        let money = format!("Share, {}", writer.currency);
        let alone = format!("Alone, {}", writer.currency);
        let mut headings = vec!["<Part", "<Kind", "Share, days", "Alone, days"];
        if section.cost.is_some() {
            headings.extend([money.as_str(), &alone]);
        }
        let mut sheet = Sheet::new(format!("From the plan to the {}", self.level), &headings);
        let (rows, rest) = self.cut(section.largest());
        for row in rows {
            let mut cells = vec![
                Shown::words(part(row)),
                Shown::words(row.kind),
                writer.number(row.finish_days, 1),
                writer.number(row.finish_removal_days, 1),
            ];
            if section.cost.is_some() {
                cells.extend([writer.amount(row.cost), writer.amount(row.cost_removal)]);
            }
            sheet.rows.push(cells);
        }
        let mut total = vec![
            Shown::words("All"),
            Shown::words(""),
            writer.number(section.finish.as_ref().map(|finish| finish.days), 1),
            Shown::words(""),
        ];
        if let Some(cost) = &section.cost {
            total.extend([writer.amount(Some(cost.amount)), Shown::words("")]);
        }
        sheet.rows.push(total);
        let note = format!(
            "Shares add up to the distance of the {} from the plan, in calendar days. Alone: by how much the {} falls \
             when only this part is taken away; these do not add up.{}",
            self.level,
            self.level,
            rest.map_or(String::new(), |rest| format!(" {rest}"))
        );
        vec![
            self.chart("waterfall-finish"),
            self.chart("waterfall-cost"),
            Block::Sheet(sheet.with_note(note)),
        ]
    }

    pub(super) fn contingency(&self) -> Vec<Block> {
        let Some(section) = &self.sources.analysis.contingency else { return Vec::new() };
        let (writer, report) = (self.writer, self.sources.report());
        let money = format!("Contingency, {}", writer.currency);
        let mut headings = vec!["<Held for", "<What", "Contingency, days"];
        if report.has_costs {
            headings.push(&money);
        }
        let mut sheet =
            Sheet::new(format!("Contingency at {} by what it is held for", self.level), &headings);
        let is_something = |row: &&crate::report::ContingencyRow| {
            row.days.unwrap_or(0.0) != 0.0 || row.money.unwrap_or(0.0) != 0.0
        };
        let (rows, rest) = self.cut(section.largest().into_iter().filter(is_something).collect());
        for row in rows {
            let mut cells = vec![
                Shown::words(row.title.clone()),
                Shown::words(format!("{} {}", row.kind, row.id).trim().to_owned()),
                writer.number(row.days, 1),
            ];
            if report.has_costs {
                cells.push(writer.amount(row.money));
            }
            sheet.rows.push(cells);
        }
        if sheet.rows.is_empty() {
            return Vec::new();
        }
        sheet.note = rest;
        vec![self.chart("drawdown"), Block::Sheet(sheet)]
    }

    pub(super) fn knowledge(&self) -> Vec<Block> {
        let writer = self.writer;
        let useful = |share: Option<f64>| share.unwrap_or(0.0) >= LEAST;
        let rows = self.sources.analysis.knowledge.iter();
        let rows = rows.filter(|row| useful(row.finish_shrinks) || useful(row.cost_shrinks)).collect();
        let (rows, rest) = self.cut(rows);
        if rows.is_empty() {
            return Vec::new();
        }
        let mut sheet = Sheet::new(
            "By how much the range from P10 to P90 would shrink if it were known",
            &["<What", "<Id", "Finish", "Cost"],
        );
        for row in rows {
            sheet.rows.push(vec![
                Shown::words(row.title.clone()),
                Shown::words(format!("{} {}", row.kind, row.id)),
                writer.share(row.finish_shrinks),
                writer.share(row.cost_shrinks),
            ]);
        }
        sheet.note = rest;
        vec![Block::Sheet(sheet)]
    }
}
