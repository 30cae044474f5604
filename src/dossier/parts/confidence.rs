//! What can be committed to, and at what confidence.

use super::Maker;
use crate::dossier::writer::Writer;
use crate::dossier::{Block, KeyFigure, Sheet, Shown, TextError};
use crate::units::Percentile;

/// The levels of the table, besides those that the program asks for and the one that the document is about.
const LEVELS: [u32; 9] = [5, 10, 25, 50, 70, 80, 85, 90, 95];

impl Maker<'_> {
    pub(super) fn statement(&self) -> Result<Vec<Block>, TextError> {
        let mut blocks = self.wishes.texts.blocks("statement", self.facts)?;
        blocks.push(Block::Figures(self.figures()));
        Ok(blocks)
    }

    fn figures(&self) -> Vec<KeyFigure> {
        let (report, writer, level) = (self.sources.report(), self.writer, self.level);
        let locale = writer.locale;
        let mut figures = Vec::new();
        let mut figure = |label: String, value: String, remark: String| {
            figures.push(KeyFigure { label, value, remark });
        };
        let finish = report.finish.percentile(level);
        let interval = finish.map(|point| {
            let high = writer.date_or(point.high, "never");
            format!("95 % interval {}", Writer::range(&writer.date(Some(point.low)), &high).text)
        });
        let shown = finish.map_or("never".to_owned(), |point| locale.date(point.value.date));
        figure(format!("{level} finish"), shown, interval.unwrap_or_default());
        if let Some(point) = report.cost.percentile(level).filter(|_| report.has_costs) {
            let range = Writer::range(&writer.amount(Some(point.low)), &writer.amount(Some(point.high))).text;
            figure(format!("{level} cost"), writer.money(point.value), format!("95 % interval {range}"));
        }
        if let Some((date, chance)) = &report.finish.target {
            let interval = format!("{} .. {}", locale.share(chance.low), locale.share(chance.high));
            figure(format!("Target date {}", locale.date(*date)), locale.share(chance.value), interval);
        }
        if let Some((budget, chance)) = report.cost.target.as_ref().filter(|_| report.has_costs) {
            let interval = format!("{} .. {}", locale.share(chance.low), locale.share(chance.high));
            figure(format!("Budget {}", writer.money(*budget)), locale.share(chance.value), interval);
        }
        if let Some(joint) = &report.joint_target {
            figure(
                "Both targets together".to_owned(),
                locale.share(joint.probability),
                "counted course by course".to_owned(),
            );
        }
        let headline = &self.sources.analysis.headline;
        if let Some(days) = headline.finish_contingency_working_days {
            let plan = report.finish.plan.as_ref().map(|plan| locale.date(plan.date)).unwrap_or_default();
            figure(
                format!("Contingency in time, {level}"),
                format!("{} working days", locale.number(days, 1)),
                format!("above the plan of {plan}"),
            );
        }
        if let (Some(money), Some(plan)) = (headline.cost_contingency, headline.plan_cost) {
            figure(
                format!("Contingency in money, {level}"),
                writer.money(money),
                format!("above the plan of {}", writer.money(plan)),
            );
        }
        if let Some(reserve) = report.management_reserve {
            let whole = report.cost.percentile(level).map(|point| writer.money(point.value + reserve));
            let remark = whole.map(|whole| format!("a policy above contingency; {level} with it {whole}"));
            figure("Management reserve".to_owned(), writer.money(reserve), remark.unwrap_or_default());
        }
        figures
    }

    pub(super) fn confidence(&self) -> Vec<Block> {
        let (report, writer) = (self.sources.report(), self.writer);
        let own = self.sources.program.confidence().iter().copied().chain([self.level]);
        let mut levels: Vec<Percentile> = LEVELS.into_iter().map(Percentile::whole).chain(own).collect();
        levels.sort_unstable();
        levels.dedup();
        let cost = format!("Cost, {}", writer.currency);
        let mut headings = vec!["<Confidence", "Finish", "95 % interval", "Working days"];
        if report.has_costs {
            headings.extend([cost.as_str(), "95 % interval"]);
        }
        let mut sheet = Sheet::new("Finish and cost of the program", &headings);
        let days =
            |minutes: i32| writer.number(Some(f64::from(minutes) / f64::from(report.minutes_per_day)), 1);
        let mut row = |name: String, finish: [Shown; 3], money: [Shown; 2]| {
            let money = money.into_iter().filter(|_| report.has_costs);
            sheet.rows.push([Shown::words(name)].into_iter().chain(finish).chain(money).collect());
        };
        let likely = |p: Option<f64>| {
            p.map_or_else(Shown::nothing, |p| Shown::words(format!("{} likely", writer.locale.share(p))))
        };
        let plan = report.finish.plan.as_ref();
        row(
            "Plan".to_owned(),
            [
                writer.date_or(plan.map(|plan| plan.date), "never"),
                likely(report.finish.plan_probability),
                plan.map_or_else(Shown::nothing, |plan| days(plan.working_minutes)),
            ],
            [writer.amount(report.cost.plan), likely(report.cost.plan_probability)],
        );
        for level in levels {
            let (date, money) = (report.finish.percentile(level), report.cost.percentile(level));
            let span = date.map_or_else(Shown::nothing, |point| {
                Writer::range(&writer.date(Some(point.low)), &writer.date_or(point.high, "never"))
            });
            let range = money.map_or_else(Shown::nothing, |point| {
                Writer::range(&writer.amount(Some(point.low)), &writer.amount(Some(point.high)))
            });
            row(
                level.to_string(),
                [
                    writer.date_or(date.map(|point| point.value.date), "never"),
                    span,
                    date.map_or_else(Shown::nothing, |point| days(point.value.working_minutes)),
                ],
                [writer.amount(money.map(|point| point.value)), range],
            );
        }
        let (mean, amount) = (report.finish.mean.as_ref(), report.cost.mean);
        row(
            "Mean".to_owned(),
            [
                writer.date(mean.map(|mean| mean.value.date)),
                mean.map_or_else(Shown::nothing, |mean| {
                    Writer::range(&writer.date(Some(mean.low)), &writer.date_or(mean.high, "never"))
                }),
                mean.map_or_else(Shown::nothing, |mean| days(mean.value.working_minutes)),
            ],
            [
                writer.amount(amount.map(|mean| mean.value)),
                amount.map_or_else(Shown::nothing, |mean| {
                    Writer::range(&writer.amount(Some(mean.low)), &writer.amount(Some(mean.high)))
                }),
            ],
        );
        let note = if report.intervals_conservative {
            "P80: 80 % of the simulated courses are at or below it. The intervals are conservative: fewer than 16 \
             blocks of 512 iterations were simulated."
        } else {
            "P80: 80 % of the simulated courses are at or below it. The intervals tell the error of the simulation."
        };
        let mut blocks = vec![self.chart("finish"), self.chart("cost"), Block::Sheet(sheet.with_note(note))];
        blocks.extend(self.outside_view());
        blocks
    }

    pub(super) fn joint(&self) -> Vec<Block> {
        let Some(joint) = &self.sources.analysis.joint else { return Vec::new() };
        let (writer, level) = (self.writer, self.level);
        let mut blocks = Vec::new();
        if let Some(point) = &joint.separate {
            blocks.push(Block::text(format!(
                "The {level} date {} and the {level} budget {} hold together with {}.",
                writer.locale.date(point.date),
                writer.money(point.budget),
                writer.locale.share(point.probability)
            )));
        }
        if let Some(point) = &joint.target {
            blocks.push(Block::text(format!(
                "The promised date {} and budget {} hold together with {}.",
                writer.locale.date(point.date),
                writer.money(point.budget),
                writer.locale.share(point.probability)
            )));
        }
        blocks.push(self.chart("joint"));
        let budget = format!("Budget, {}", writer.currency);
        let headings = ["<Both hold with", "Date", &budget, "Date alone", "Budget alone"];
        let mut sheet = Sheet::new("Balanced pairs of date and budget", &headings);
        for curve in &joint.curves {
            let Some(pair) = &curve.balanced else { continue };
            sheet.rows.push(vec![
                Shown::words(writer.locale.share(curve.level / 100.0)),
                writer.date(Some(pair.date)),
                writer.amount(Some(pair.budget)),
                writer.share(Some(pair.date_probability)),
                writer.share(Some(pair.budget_probability)),
            ]);
        }
        if !sheet.rows.is_empty() {
            let note = "Of all pairs that hold together with that probability, the one whose date and budget are \
                        about as likely by themselves.";
            blocks.push(Block::Sheet(sheet.with_note(note)));
        }
        blocks
    }
}
