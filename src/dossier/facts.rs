//! The numbers that text blocks may name.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Value;
use minijinja::value::Serde;

use super::{Sources, writer::Writer};
use crate::model::Task;
use crate::units::Percentile;

/// Numbers by name, written for readers. What there is none of is there and empty, so that a text can ask.
#[derive(Clone, Debug, Default)]
pub struct Facts(BTreeMap<&'static str, Value>);

impl Facts {
    pub(super) fn context(&self) -> Value {
        Value::from(Serde(&self.0))
    }

    /// Every name, in the order of the alphabet.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    pub(super) fn of(sources: Sources<'_>, writer: Writer<'_>, level: Percentile) -> Self {
        let (program, report) = (sources.program, sources.report());
        let locale = writer.locale;
        let mut facts = BTreeMap::new();
        let mut text = |name: &'static str, value: Option<String>| {
            facts.insert(name, value.map_or(Value::from(""), Value::from));
        };
        let date = |date| locale.date(date);
        let percent = level.percent();
        text("program", Some(plain(&report.program)));
        text("currency", Some(writer.currency.to_owned()));
        text("level", Some(level.to_string()));
        let decimals = usize::from(percent.fract() != 0.0);
        text("level_percent", Some(format!("{} %", locale.number(percent, decimals))));
        text("level_article", Some(article(percent).to_owned()));
        text("start", Some(date(report.start)));
        text("status_date", program.status_date().map(|at| date(at.start_date())));
        let is_done = |task: &Task| task.actual.is_some_and(|actual| actual.is_finished());
        let finished = program.status_date().is_some() && program.tasks().iter().all(is_done);
        text("finished", finished.then(|| "yes".to_owned()));
        let finish = report.finish.percentile(level);
        text("finish", Some(finish.map_or("never".to_owned(), |point| date(point.value.date))));
        let cost = report.cost.percentile(level).filter(|_| report.has_costs);
        text("cost", cost.map(|point| writer.money(point.value)));
        text("plan_finish", report.finish.plan.as_ref().map(|plan| date(plan.date)));
        text("plan_probability", report.finish.plan_probability.map(|p| locale.share(p)));
        text("plan_cost", report.cost.plan.filter(|_| report.has_costs).map(|plan| writer.money(plan)));
        let headline = &sources.analysis.headline;
        let days = headline.finish_contingency_working_days.filter(|days| *days > 0.0);
        text("contingency_days", days.map(|days| locale.number(days, 0)));
        let money = headline.cost_contingency.filter(|money| *money > 0.0);
        text("contingency_money", money.map(|money| writer.money(money)));
        text("target_finish", report.finish.target.map(|(day, _)| date(day)));
        text("target_probability", report.finish.target.map(|(_, chance)| locale.share(chance.value)));
        text("budget", report.cost.target.map(|(budget, _)| writer.money(budget)));
        text("budget_probability", report.cost.target.map(|(_, chance)| locale.share(chance.value)));
        let joint = sources.analysis.joint.as_ref();
        let separate = joint.and_then(|joint| joint.separate);
        text("joint", separate.map(|point| locale.share(point.probability)));
        // Both together may hold as often as each by itself.
        let short = separate.filter(|point| point.probability < level.fraction() - 0.005);
        text("joint_falls_short", short.map(|_| "yes".to_owned()));
        let target = joint.and_then(|joint| joint.target);
        text("joint_target", target.map(|point| locale.share(point.probability)));
        let case = report.money.as_ref().and_then(|money| money.business_case.as_ref());
        text("npv_mean", case.and_then(|case| case.npv.mean).map(|mean| writer.money(mean.value)));
        text("npv_positive", case.map(|case| locale.share(case.npv_positive.value)));
        text("valuation_date", case.map(|case| date(case.valuation_date)));
        text("discount_rate", case.map(|case| locale.share(case.discount_rate)));
        let never = report.finish.never_share;
        text("never", (never > 0.0).then(|| locale.share(never)));
        let counted = |count: usize, one: &str| {
            let ending = if count == 1 { "" } else { "s" };
            Some(format!("{}\u{a0}{one}{ending}", locale.number(count as f64, 0)))
        };
        let some_of = |count: usize, one: &str| counted(count, one).filter(|_| count > 0);
        text("tasks", counted(report.tasks.iter().filter(|row| row.kind == "work").count(), "task"));
        text(
            "milestones",
            some_of(report.tasks.iter().filter(|row| row.kind != "work").count(), "milestone"),
        );
        text("projects", some_of(report.projects.len(), "project"));
        text("links", some_of(program.links().len(), "link"));
        let calendars: BTreeSet<usize> = program.tasks().iter().map(|task| task.calendar.index()).collect();
        text("calendars", counted(calendars.len(), "calendar"));
        let uncertain = report.tasks.iter().filter(|row| row.duration_sd_days > 0.0).count();
        text("uncertain_tasks", some_of(uncertain, "task"));
        text("risks", some_of(report.risks.len(), "risk"));
        // What there is none of is empty, as everywhere.
        let some = |number: usize| Some(locale.number(number as f64, 0)).filter(|_| number > 0);
        let open = report.risks.iter().filter(|row| row.status == "open");
        let open = open.count();
        text("risks_open", some_of(open, "open risk"));
        let live = |row: &&crate::report::RiskRow| matches!(row.status, "open" | "occurred");
        let answered = report.risks.iter().filter(live).filter_map(|row| row.response_on);
        let driven = report.drivers.iter().filter_map(|row| row.response_on);
        let responses: Vec<bool> = answered.chain(driven).collect();
        text("responses", some_of(responses.len(), "response"));
        text("responses_on", some(responses.iter().filter(|on| **on).count()));
        text("drivers", some_of(report.drivers.len(), "risk driver"));
        let waits = report.tasks.iter().filter(|row| row.wait_days > 0.0).count();
        text("waits", some_of(waits, "task"));
        let together = report.correlations.iter().map(|row| {
            format!("{} ({} estimates, {})", plain(&row.name), row.members, locale.number(row.wanted, 2))
        });
        let together: Vec<String> = together.collect();
        text("correlations", Some(together.join(", ")));
        let manifest = &report.manifest;
        text("iterations", Some(locale.number(manifest.iterations as f64, 0)));
        text("sampler", Some(manifest.sampler.clone()));
        text("seed", Some(manifest.seed.to_string()));
        text("version", Some(manifest.p80_version.clone()));
        Self(facts)
    }
}

/// A name in which nothing is Markdown.
fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            c if c.is_ascii_punctuation() => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// The article of a number: an eighty percent chance, a seventy percent chance.
fn article(percent: f64) -> &'static str {
    let whole = percent.trunc();
    if whole == 8.0 || whole == 11.0 || whole == 18.0 || (80.0..90.0).contains(&whole) { "an" } else { "a" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_eighty_and_a_ninety_percent_chance() {
        assert_eq!([80.0, 90.0, 8.5, 11.0, 50.0].map(article), ["an", "a", "an", "an", "a"]);
    }
}
