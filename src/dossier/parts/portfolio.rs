//! The programs of a portfolio, and what holds of all of them at once.

use super::Maker;
use crate::dossier::{Block, Sheet, Shown};
use crate::report::{PortfolioLevel, PortfolioReport, TargetChance};
use crate::units::Percentile;

/// The levels that a document shows, in percent.
const LEVELS: [f64; 6] = [50.0, 60.0, 70.0, 80.0, 90.0, 95.0];

impl Maker<'_> {
    /// Programs, promises and budgets together; nothing where there is one program.
    pub(super) fn portfolio(&self) -> Vec<Block> {
        let Some(portfolio) = &self.sources.report().portfolio else { return Vec::new() };
        let mut blocks = self.promises(portfolio);
        blocks.extend([self.chart("portfolio-dates"), Block::Sheet(self.programs(portfolio))]);
        if self.sources.report().has_costs {
            blocks.push(self.chart("portfolio-budgets"));
        }
        blocks.push(Block::Sheet(self.together(portfolio)));
        blocks
    }

    /// How probable it is that promises hold at once.
    fn promises(&self, portfolio: &PortfolioReport) -> Vec<Block> {
        let locale = self.writer.locale;
        let say = |what: &str, chance: Option<TargetChance>| {
            chance.map(|chance| format!("All {what} hold together with {}.", locale.share(chance.value)))
        };
        let both =
            portfolio.all_promises.filter(|_| portfolio.all_dates.and(portfolio.all_budgets).is_some());
        let lines: Vec<String> = [
            say("promised dates", portfolio.all_dates),
            say("promised budgets", portfolio.all_budgets),
            say("promised dates and budgets", both),
        ]
        .into_iter()
        .flatten()
        .collect();
        if lines.is_empty() { Vec::new() } else { vec![Block::text(lines.join(" "))] }
    }

    fn programs(&self, portfolio: &PortfolioReport) -> Sheet {
        let (report, writer) = (self.sources.report(), self.writer);
        let level = self.level.to_string();
        let money = |name: &str| format!("{name}, {}", writer.currency);
        let (high, budget, npv) = (money(&format!("Cost, {level}")), money("Budget"), money("NPV, P50"));
        let mut headings = vec!["<Program", "Plan", "P50", &level, "Target", "Kept with", "Drives"];
        if report.has_costs {
            headings.extend([high.as_str(), &budget, "Kept with", "Both"]);
        }
        if portfolio.has_values() {
            headings.extend([npv.as_str(), "Above zero"]);
        }
        let mut sheet = Sheet::new("Finish, cost and worth of the programs", &headings);
        for row in &portfolio.programs {
            let mut cells = vec![Shown::words(row.name.clone())];
            cells.extend(self.dates(&row.finish));
            cells.push(writer.share(Some(row.drives)));
            if report.has_costs {
                cells.push(writer.amount(row.cost.percentile(self.level).map(|point| point.value)));
                cells.push(writer.amount(row.cost.target.map(|(budget, _)| budget)));
                cells.push(writer.share(row.cost.target.map(|(_, chance)| chance.value)));
                cells.push(writer.share(row.both_targets.map(|chance| chance.value)));
            }
            if portfolio.has_values() {
                let p50 = row.npv.as_ref().and_then(|npv| npv.percentile(Percentile::P50));
                cells.push(writer.amount(p50.map(|point| point.value)));
                cells.push(writer.share(row.npv_positive.map(|chance| chance.value)));
            }
            sheet.rows.push(cells);
        }
        sheet.with_note(
            "Drives: the share of the simulated courses in which the program decides on the finish of the \
             portfolio. Both: date and budget of the program hold together.",
        )
    }

    /// What each confidence takes, apart and together.
    fn together(&self, portfolio: &PortfolioReport) -> Sheet {
        let (report, writer) = (self.sources.report(), self.writer);
        let money = |name: &str| format!("{name}, {}", writer.currency);
        let names = [money("Added up"), money("Together"), money("Portfolio effect")];
        let mut headings = vec!["<Confidence", "Each date at"];
        if report.has_costs {
            headings.extend(names.iter().map(String::as_str));
            headings.push("Each budget at");
        }
        let mut sheet =
            Sheet::new("Budgets added up and together, and what all programs take at once", &headings);
        let shown = |row: &&PortfolioLevel| LEVELS.contains(&row.level);
        for row in portfolio.levels.iter().filter(shown) {
            let mut cells =
                vec![Shown::words(writer.locale.share(row.level / 100.0)), writer.share(row.dates_each)];
            if report.has_costs {
                cells.extend(
                    [row.cost_apart, row.cost_together, row.portfolio_effect].map(|cost| writer.amount(cost)),
                );
                cells.push(writer.share(row.budgets_each));
            }
            sheet.rows.push(cells);
        }
        sheet.with_note(
            "Percentiles do not add up: the programs do not all turn out dear at once. Each date, each budget at: the \
             confidence at which every program has to be planned by itself for all of them to hold with the one of \
             the row.",
        )
    }
}
