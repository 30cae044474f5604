//! What charts show, for those who cannot see them.

use super::Maker;
use crate::dossier::Block;
use crate::units::Percentile;

/// The levels that are told.
const LEVELS: [Percentile; 4] =
    [Percentile::whole(10), Percentile::P50, Percentile::P80, Percentile::whole(90)];
/// How many rows of a chart are told.
const TOLD: usize = 5;

impl Maker<'_> {
    /// A chart with its numbers in words.
    pub(super) fn chart(&self, name: &'static str) -> Block {
        Block::Chart { name, says: self.says(name) }
    }

    fn says(&self, name: &str) -> String {
        let (report, analysis, writer) = (self.sources.report(), self.sources.analysis, self.writer);
        let locale = writer.locale;
        match name {
            "finish" => {
                let at = LEVELS.map(|p| {
                    let date = writer.date_or(report.finish.percentile(p).map(|point| point.value.date), "never");
                    format!("{p} {}", date.text)
                });
                format!("Distribution of the finish: {}.", at.join(", "))
            }
            "cost" => {
                let at = LEVELS.map(|p| {
                    let amount = report.cost.percentile(p).map(|point| point.value);
                    format!("{p} {}", writer.amount(amount).text)
                });
                format!("Distribution of the cost in {}: {}.", writer.currency, at.join(", "))
            }
            "milestones" => {
                let rows = report.milestones.iter().take(TOLD).map(|row| {
                    let date = row.finish.percentile(self.level).map(|point| point.value.date);
                    format!("{} {}", row.name, writer.date_or(date, "never").text)
                });
                let rows: Vec<String> = rows.collect();
                format!("Ranges of the milestone dates; at {}: {}.", self.level, rows.join(", "))
            }
            "portfolio-dates" | "portfolio-budgets" => {
                let programs = report.portfolio.iter().flat_map(|portfolio| &portfolio.programs);
                let rows = programs.take(TOLD).map(|row| {
                    let at = if name == "portfolio-dates" {
                        let date = row.finish.percentile(self.level).map(|point| point.value.date);
                        writer.date_or(date, "never")
                    } else {
                        writer.amount(row.cost.percentile(self.level).map(|point| point.value))
                    };
                    format!("{} {}", row.name, at.text)
                });
                let rows: Vec<String> = rows.collect();
                format!("Ranges of the programs; at {}: {}.", self.level, rows.join(", "))
            }
            "joint" => {
                let point = analysis.joint.as_ref().and_then(|joint| joint.separate);
                let both = point.map_or("-".to_owned(), |point| locale.share(point.probability));
                format!(
                    "Finish and cost of the same simulated courses. The {} date and the {} budget hold together \
                     with {both}.",
                    self.level, self.level
                )
            }
            "waterfall-finish" | "waterfall-cost" => {
                let Some(section) = &analysis.contribution else { return String::new() };
                let is_cost = name == "waterfall-cost";
                let rows = section.largest().into_iter().take(TOLD).map(|row| {
                    let share =
                        if is_cost { writer.amount(row.cost) } else { writer.number(row.finish_days, 1) };
                    format!("{} {}", super::contribution::part(row), share.text)
                });
                let rows: Vec<String> = rows.collect();
                let unit = if is_cost { writer.currency } else { "calendar days" };
                format!("From the plan to the {}, in {unit}: {}.", self.level, rows.join(", "))
            }
            "npv" => {
                let case = report.money.as_ref().and_then(|money| money.business_case.as_ref());
                let chance = case.map_or("-".to_owned(), |case| locale.share(case.npv_positive.value));
                format!("Distribution of the net present value; it is above zero with {chance}.")
            }
            "cashflow" => "Costs by period as columns and their sum as a band; the numbers are in the table below.".into(),
            "risk-map" => "Risks by probability and delay, before and after responses; the numbers are in the table below.".into(),
            "frontier" => format!(
                "What each further spend on responses buys at {}; the numbers are in the table below.",
                self.level
            ),
            "drawdown" => "How the contingency is released as work is finished; the table below says what it is held for.".into(),
            "tornado-finish" => "How far the finish moves with each uncertain input between its lowest and highest tenth.".into(),
            "tornado-cost" => "How far the cost moves with each uncertain input between its lowest and highest tenth.".into(),
            "float-map" => "Float of the tasks against how often they are critical; the numbers are in the table below.".into(),
            "eac" => "Estimates at completion by formula within the simulated range; the numbers are in the table below.".into(),
            "trend" => "Forecasts of the finish by date of report.".into(),
            "milestone-trend" => "Forecasts of the milestones by date of report.".into(),
            _ => String::new(),
        }
    }
}
