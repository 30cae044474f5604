//! Risk drivers and their responses.

use super::context::Context;
use super::estimate::read;
use super::meter::Measure;
use super::names::check_id;
use super::risks::Field;
use crate::diag::{Diagnostic, code};
use crate::model::{CostAmount, CostLine, Driver, DriverLevels, DriverResponse, Estimate, TaskIx};
use crate::scenario::raw::{At, Many, RawDriver, RawDriverResponse, RawEstimate, Slot};
use crate::units::{Percentile, Probability};

/// A factor that never reaches this looks like the share that was meant to be added.
const LOW_FACTOR: f64 = 0.5;

/// How many tasks one note names.
const NAMED: usize = 3;

impl Context<'_, '_> {
    /// A driver; `None` if it has no id or no factor that can be read.
    pub fn driver(&mut self, at: &At<RawDriver>, field: &Field<'_>) -> Option<Driver> {
        let raw = &at.value;
        self.desk.require("the driver", "id", &raw.id, at.place());
        let place = raw.id.place().or(at.place());
        self.desk.require("the driver", "factor", &raw.factor, place);
        let p = if raw.probability.is_absent() {
            Some(Probability::ALWAYS)
        } else {
            self.risk_probability(&raw.probability)
        };
        let factor = self.factor(&raw.factor);
        let targets = self.driver_targets(at, field);
        let combine = self.combine(&raw.combine, &raw.group, "drivers");
        let levels = p.zip(factor).map(|(probability, factor)| DriverLevels { probability, factor });
        let response = raw.response.at().map(|response| self.driver_response(response, levels.as_ref()));
        let id = raw.id.at()?;
        if id.value.trim().is_empty() || id.value.contains('/') {
            check_id(id, "a driver", self.desk);
        }
        let levels = levels?;
        self.advise_driver(id, raw, &levels, &targets, field);
        Some(Driver {
            id: id.value.clone(),
            title: raw.title.get().unwrap_or(&id.value).clone(),
            levels,
            targets,
            combine,
            response: response.flatten(),
            owner: raw.owner.get().cloned(),
            category: raw.category.get().cloned(),
        })
    }

    /// A multiplier, above zero.
    fn factor(&mut self, slot: &Slot<RawEstimate>) -> Option<Estimate> {
        let at = slot.at()?;
        let mut meter = self.meter(Measure::Share, self.calendars.default());
        let written = read(at, &mut meter, None, self.desk)?;
        if written.law.upper_end() == Some(0.0) {
            let help = "a factor of 1 changes nothing; 1.2 is 20 % longer, 0.9 is 10 % shorter";
            self.desk.report(
                code::OUT_OF_RANGE,
                at.place(),
                "the factor is zero: no work would be left",
                help,
            );
            return None;
        }
        let estimate = written.build(None, at.place(), self.desk)?;
        self.check_reach(&estimate, &written.law, at.place());
        if written.law.upper_end().is_some_and(|most| most < LOW_FACTOR) {
            let most = written.law.upper_end().unwrap_or_default();
            let message = format!("the factor is at most {most}: the work would shrink to less than half");
            let help = format!("a factor multiplies: {} more is written as {}", percent(most), 1.0 + most);
            self.desk.report(code::FACTOR_LIKE_SHARE, at.place(), message, &help);
        }
        Some(estimate)
    }

    /// The tasks that a driver touches, by ids, projects and tags.
    fn driver_targets(&mut self, at: &At<RawDriver>, field: &Field<'_>) -> Vec<TaskIx> {
        let raw = &at.value;
        let mut targets = self.targets(&raw.on, field);
        for tag in raw.tags.get().into_iter().flat_map(|Many(tags)| tags) {
            targets.extend(self.tagged(tag, field));
        }
        targets.sort_unstable();
        targets.dedup();
        if raw.on.is_absent() && raw.tags.is_absent() {
            let help = "add `on = [\"...\"]` with tasks or projects, or `tags = [\"...\"]`";
            self.desk.report(
                code::DRIVER_WITHOUT_TASK,
                raw.id.place().or(at.place()),
                "the driver touches nothing",
                help,
            );
        }
        let milestone = targets.iter().find(|task| field.tasks[task.index()].is_milestone());
        if let Some(milestone) = milestone {
            let id = &field.tasks[milestone.index()].id;
            let message = format!("`{id}` is a milestone: a factor of no time changes nothing");
            let help = "aim the driver at the work before the milestone";
            self.desk.report(code::WRONG_KIND, raw.on.place(), message, help);
        }
        targets
    }

    /// The work with a tag; a tag that no task has is reported.
    pub fn tagged(&mut self, tag: &At<String>, field: &Field<'_>) -> Vec<TaskIx> {
        let has = |at: &usize| field.tasks[*at].tags.contains(&tag.value);
        let all: Vec<usize> = (0..field.tasks.len()).filter(has).collect();
        if all.is_empty() {
            let tags = field.tasks.iter().flat_map(|task| &task.tags).map(String::as_str);
            let tags: std::collections::BTreeSet<&str> = tags.collect();
            self.desk.unknown(code::UNKNOWN_TAG, "tag", tag, tags.iter().copied());
        }
        all.into_iter().filter(|&at| !field.tasks[at].is_milestone()).map(TaskIx::new).collect()
    }

    fn driver_response(
        &mut self,
        at: &At<RawDriverResponse>,
        levels: Option<&DriverLevels>,
    ) -> Option<DriverResponse> {
        let raw = &at.value;
        let p = if raw.probability.is_absent() { None } else { self.risk_probability(&raw.probability) };
        let factor = self.factor(&raw.factor);
        let cost = raw.cost.at().and_then(|cost| self.response_cost(cost));
        let lead = self.lead(&raw.lead, &raw.decided);
        let levels = levels?;
        if raw.probability.is_absent() && raw.factor.is_absent() {
            let message = "the response changes neither probability nor factor";
            let help = "add the `probability` or the `factor` that remains";
            self.desk.report(code::RESPONSE_WITHOUT_EFFECT, at.place(), message, help);
        }
        if p.is_some_and(|p| p > levels.probability) && levels.factor.law.median() >= 1.0 {
            let message = "the response makes the driver more probable";
            self.desk.report(code::RESPONSE_WITHOUT_EFFECT, raw.probability.place(), message, "");
        }
        let residual = DriverLevels {
            probability: p.unwrap_or(levels.probability),
            factor: factor.unwrap_or_else(|| levels.factor.clone()),
        };
        let on = raw.on.get().copied().unwrap_or(false);
        Some(DriverResponse { on, cost, residual, lead, late: Vec::new() })
    }

    /// What a response costs.
    pub fn response_cost(&mut self, at: &At<RawEstimate>) -> Option<CostLine> {
        let mut meter = self.meter(Measure::Money, self.calendars.default());
        let written = read(at, &mut meter, None, self.desk)?;
        let estimate = written.build(None, at.place(), self.desk)?;
        self.check_reach(&estimate, &written.law, at.place());
        let amount = CostAmount::Lump(estimate);
        Some(CostLine { key: "response".into(), amount, kind: None, category: None })
    }

    fn advise_driver(
        &mut self,
        id: &At<String>,
        raw: &RawDriver,
        levels: &DriverLevels,
        targets: &[TaskIx],
        field: &Field<'_>,
    ) {
        if levels.probability == Probability::NEVER {
            let message = format!("the driver `{}` can never occur", id.value);
            let help = "raise its probability, or remove it";
            self.desk.report(code::CERTAIN_RISK, raw.probability.place().or(id.place()), message, help);
        }
        let law = &levels.factor.law;
        if law.is_certain() && law.median() == 1.0 {
            let message = format!("the driver `{}` multiplies by 1 and changes nothing", id.value);
            let help = "1.2 is 20 % longer, 0.9 is 10 % shorter";
            self.desk.report(code::RISK_WITHOUT_IMPACT, raw.factor.place().or(id.place()), message, help);
        }
        // A range that reaches as far up by itself as the driver takes it may hold the driver already.
        let p90 = |estimate: &Estimate| estimate.law.quantile(Percentile::whole(90).fraction());
        let reach = p90(&levels.factor);
        let wide = |task: &TaskIx| {
            let own = field.tasks[task.index()].duration().map(|(own, _)| own);
            own.is_some_and(|own| reach > 1.0 && own.plan > 0.0 && p90(own) / own.plan >= reach)
        };
        let wide: Vec<&str> = targets
            .iter()
            .filter(|task| wide(task))
            .map(|task| field.tasks[task.index()].id.as_str())
            .collect();
        if !wide.is_empty() {
            let names: Vec<String> = wide.iter().take(NAMED).map(|id| format!("`{id}`")).collect();
            let more = match wide.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let message = format!(
                "the ranges of {}{more} reach as far as the driver `{}` takes them, and count beside it",
                names.join(", "),
                id.value
            );
            let problem = Diagnostic::new(code::DRIVER_IN_RANGE, message).at_place(id.place(), "").help(
                "a task's own range holds only what the driver does not: if the driver was in mind when it was \
                 estimated, narrow the range",
            );
            self.desk.problems.push(problem);
        }
    }
}

/// A share in percent, without needless digits.
fn percent(share: f64) -> String {
    format!("{} %", (share * 1e4).round() / 1e2)
}
