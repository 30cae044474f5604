//! Projects and milestones.

use super::Maker;
use crate::dossier::{Block, Sheet, Shown};
use crate::report::DateReport;
use crate::units::Percentile;

impl Maker<'_> {
    pub(super) fn projects(&self) -> Vec<Block> {
        let (report, writer) = (self.sources.report(), self.writer);
        if report.projects.is_empty() {
            return Vec::new();
        }
        let level = self.level.to_string();
        let money = |name: &str| format!("{name}, {}", writer.currency);
        let (plan, middle, high, budget) =
            (money("Cost, plan"), money("Cost, P50"), money(&format!("Cost, {level}")), money("Budget"));
        let mut headings = vec!["<Project", "<Owner", "Plan", "P50", &level, "Target", "Kept with", "Drives"];
        if report.has_costs {
            headings.extend([plan.as_str(), &middle, &high, &budget, "Kept with"]);
        }
        let mut sheet = Sheet::new("Finish and cost of the projects", &headings);
        for row in &report.projects {
            let depth = row.id.matches('.').count();
            let name = format!("{}{}", "\u{a0}\u{a0}".repeat(depth), row.name);
            let mut cells =
                vec![Shown::words(name), row.owner.clone().map_or_else(Shown::nothing, Shown::words)];
            cells.extend(self.dates(&row.finish));
            cells.push(writer.share(Some(row.drives)));
            if report.has_costs {
                let at = |p| writer.amount(row.cost.percentile(p).map(|point| point.value));
                cells.extend([writer.amount(row.cost.plan), at(Percentile::P50), at(self.level)]);
                cells.push(writer.amount(row.cost.target.map(|(budget, _)| budget)));
                cells.push(writer.share(row.cost.target.map(|(_, chance)| chance.value)));
            }
            sheet.rows.push(cells);
        }
        let note = "Percentiles of projects do not add up to those of the program. Drives: the share of the \
                    simulated courses in which the chain that leads to the finish runs through the project.";
        vec![Block::Sheet(sheet.with_note(note))]
    }

    pub(super) fn milestones(&self) -> Vec<Block> {
        let report = self.sources.report();
        if report.milestones.is_empty() {
            return Vec::new();
        }
        let level = self.level.to_string();
        let headings = ["<Milestone", "Plan", "P50", &level, "Target", "Kept with"];
        let mut sheet = Sheet::new("Dates of the milestones", &headings);
        for row in &report.milestones {
            let mut cells = vec![Shown::words(row.name.clone())];
            cells.extend(self.dates(&row.finish));
            sheet.rows.push(cells);
        }
        vec![self.chart("milestones"), Block::Sheet(sheet)]
    }

    pub(super) fn dates(&self, finish: &DateReport) -> [Shown; 5] {
        let writer = self.writer;
        let at = |p| writer.date_or(finish.percentile(p).map(|point| point.value.date), "never");
        [
            writer.date(finish.plan.as_ref().map(|plan| plan.date)),
            at(Percentile::P50),
            at(self.level),
            writer.date(finish.target.map(|(date, _)| date)),
            writer.share(finish.target.map(|(_, chance)| chance.value)),
        ]
    }
}
