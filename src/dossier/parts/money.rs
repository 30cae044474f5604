//! Money over time and what the program is worth.

use super::Maker;
use crate::dossier::{Block, KeyFigure, Sheet, Shown};
use crate::report::{AmountBand, ShareBand};
use crate::units::Percentile;

/// At most so many periods are listed.
const MOST_PERIODS: usize = 60;

impl Maker<'_> {
    pub(super) fn money(&self) -> Vec<Block> {
        let (report, writer) = (self.sources.report(), self.writer);
        let Some(money) = &report.money else { return Vec::new() };
        let mut blocks = vec![self.chart("cashflow")];
        let band = |band: &AmountBand| {
            [band.mean, band.p10, band.p50, band.p80, band.p90].map(|amount| writer.amount(Some(amount)))
        };
        let caption = format!("Where the money goes, {}", writer.currency);
        let mut sheet = Sheet::new(caption, &["<Part", "Mean", "P10", "P50", "P80", "P90"]);
        for row in &money.parts {
            let name = match (&row.category, row.part) {
                (Some(category), _) => format!("\u{a0}\u{a0}{category}"),
                (None, "cost") => "All costs".to_owned(),
                (None, "benefit") => "All benefits".to_owned(),
                (None, part) => format!("\u{a0}\u{a0}{part}"),
            };
            sheet.rows.push([Shown::words(name)].into_iter().chain(band(&row.total)).collect());
        }
        let note = format!(
            "From the first {} iterations. Percentiles of parts do not add up.",
            writer.locale.number(money.iterations as f64, 0)
        );
        blocks.push(Block::Sheet(sheet.with_note(note)));
        let costs: Vec<_> = money.flow.iter().filter(|row| row.part == "cost").collect();
        if !costs.is_empty() {
            let caption = format!("Costs when they are paid, {}", writer.currency);
            let headings = ["<Period", "P10", "P50", "P80", "P90", "Sum, P50", "Sum, P80"];
            let mut sheet = Sheet::new(caption, &headings);
            for row in costs.iter().take(MOST_PERIODS) {
                let [_, p10, p50, p80, p90] = band(&row.within);
                let sums = [row.cumulative.p50, row.cumulative.p80].map(|sum| writer.amount(Some(sum)));
                let within = [p10, p50, p80, p90];
                sheet
                    .rows
                    .push([Shown::words(row.period.clone())].into_iter().chain(within).chain(sums).collect());
            }
            let rest = costs.len().saturating_sub(MOST_PERIODS);
            sheet.note = (rest > 0).then(|| format!("The {rest} later periods are not shown."));
            blocks.push(Block::Sheet(sheet));
        }
        if !money.funding.is_empty() {
            let funding = format!("Funding, {}", writer.currency);
            let mut sheet =
                Sheet::new("Whether the funding suffices", &["<Until", &funding, "Suffices with"]);
            for row in &money.funding {
                sheet.rows.push(vec![
                    writer.date(Some(row.until)),
                    writer.amount(Some(row.total)),
                    writer.share(Some(row.suffices.value)),
                ]);
            }
            sheet.note = report.manifest.funding_cap.as_deref().map(|leftover| {
                let leftover = leftover.replace('-', " ");
                format!("Work waits for the next funding when one is spent; what is left over {leftover}.")
            });
            blocks.push(Block::Sheet(sheet));
        }
        blocks
    }

    pub(super) fn business_case(&self) -> Vec<Block> {
        let (report, writer) = (self.sources.report(), self.writer);
        let Some(case) = report.money.as_ref().and_then(|money| money.business_case.as_ref()) else {
            return Vec::new();
        };
        let locale = writer.locale;
        let mut figures = Vec::new();
        let mut figure = |label: &str, value: String, remark: String| {
            figures.push(KeyFigure { label: label.to_owned(), value, remark });
        };
        let discounted = format!(
            "discounted to {} at {}",
            locale.date(case.valuation_date),
            locale.share(case.discount_rate)
        );
        if let Some(mean) = case.npv.mean {
            figure("Mean net present value", writer.money(mean.value), discounted);
        }
        let chance = &case.npv_positive;
        let interval = format!("95 % interval {} .. {}", locale.share(chance.low), locale.share(chance.high));
        figure("NPV above zero with", locale.share(chance.value), interval);
        if let Some(point) = case.npv.percentile(Percentile::whole(20)) {
            figure("NPV exceeded with 80 %", writer.money(point.value), "its P20".to_owned());
        }
        if let Some(ratio) = case.benefit_cost_ratio {
            let remark = "ratio of the mean present values".to_owned();
            figure("Benefits per cost", locale.number(ratio, 2), remark);
        }
        if let Some(risk) = case.value_at_risk_95 {
            figure("Value at risk, 95 %", writer.money(risk), "lost at least, with 5 %".to_owned());
        }
        if let Some(cost) = case.month_of_delay {
            figure("A month of delay costs", writer.money(cost), "on average, all benefits later".to_owned());
        }
        let mut blocks = vec![Block::Figures(figures), self.chart("npv")];
        let mut sheet = Sheet::new("Ratios and dates of the business case", &["<", "P10", "P50", "P90"]);
        let ratio =
            |band: &ShareBand, show: &dyn Fn(Option<f64>) -> Shown| [band.p10, band.p50, band.p90].map(show);
        let mut row = |name: &str, cells: [Shown; 3]| {
            sheet.rows.push([Shown::words(name)].into_iter().chain(cells).collect());
        };
        row("Internal rate of return", ratio(&case.irr, &|value| writer.share(value)));
        row("Return on investment", ratio(&case.roi, &|value| writer.share(value)));
        row("Benefits per cost, by course", ratio(&case.bcr, &|value| writer.number(value, 2)));
        let back = &case.payback;
        row("Paid back on", [back.p10, back.p50, back.p90].map(|date| writer.date_or(date, "never")));
        if let Some(peak) = &case.peak_funding {
            row("Most money bound", [peak.p10, peak.p50, peak.p90].map(|amount| writer.amount(Some(amount))));
        }
        blocks.push(Block::Sheet(sheet));
        blocks
    }
}
