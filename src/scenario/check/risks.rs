//! Risks, their impacts and their responses.

use std::collections::BTreeMap;

use super::context::Context;
use super::costs::free_name;
use super::estimate::{Read, probability, read};
use super::meter::{Measure, Meter};
use super::names::{Names, check_id};
use super::tree::Tree;
use crate::diag::{Diagnostic, Place, code};
use crate::model::{
    Clock, Combine, CostImpact, DelayImpact, Endpoint, Estimate, Impact, Response, Risk, RiskLevels,
    RiskStatus, Task, TaskIx, TaskKind,
};
use crate::scenario::places::RiskPlaces;
use crate::scenario::raw::{
    At, Many, Quantity, RawCombine, RawEstimate, RawImpact, RawResponse, RawRisk, RawRiskKind, RawRiskStatus,
    Slot,
};
use crate::units::Probability;

/// What impacts can hit.
pub struct Field<'a> {
    pub names: &'a Names,
    pub tree: &'a Tree,
    pub tasks: &'a [Task],
}

/// Which of the scales' words an estimate may use.
#[derive(Clone, Copy)]
enum Scale {
    Delay,
    Cost,
}

impl Context<'_, '_> {
    /// A risk; `None` if it has no id or no probability that can be read.
    pub fn risk(&mut self, at: &At<RawRisk>, field: &Field<'_>) -> Option<(Risk, RiskPlaces)> {
        let raw = &at.value;
        self.desk.require("the risk", "id", &raw.id, at.place());
        let place = raw.id.place().or(at.place());
        let p = if raw.rate.is_absent() {
            self.desk.require("the risk", "probability", &raw.probability, place);
            self.risk_probability(&raw.probability)
        } else {
            if !raw.probability.is_absent() {
                let message = "a risk has a probability or a rate, not both";
                self.desk.report(
                    code::CONFLICTING_KEYS,
                    raw.probability.place(),
                    message,
                    "keep one of the two",
                );
            }
            self.expected(&raw.rate, raw).map(|(_, p)| p)
        };
        let written = raw.impact.get().map(|Many(impacts)| impacts.as_slice()).unwrap_or_default();
        let (impacts, places) = self.impacts(written, raw.kind.get().copied(), field);
        let levels = RiskLevels { probability: p.unwrap_or(Probability::NEVER), impacts };
        let response = raw.response.at().map(|response| self.response(response, raw, &levels, field));
        let combine = self.combine(&raw.combine, &raw.group, "risks");
        let id = raw.id.at()?;
        if id.value.trim().is_empty() || id.value.contains('/') {
            // Titles and numbers of any tool are fine as ids of risks, but a slash would split the names
            // that key the random numbers.
            check_id(id, "a risk", self.desk);
        }
        p?;
        self.advise_risk(id, raw, &levels, response.as_ref());
        let risk = Risk {
            id: id.value.clone(),
            title: raw.title.get().unwrap_or(&id.value).clone(),
            status: match raw.status.get() {
                Some(RawRiskStatus::Closed) => RiskStatus::Closed,
                Some(RawRiskStatus::Occurred) => RiskStatus::Occurred,
                Some(RawRiskStatus::Retired) => RiskStatus::Retired,
                Some(RawRiskStatus::Open) | None => RiskStatus::Open,
            },
            levels,
            combine,
            response,
            owner: raw.owner.get().cloned(),
            category: raw.category.get().cloned(),
        };
        Some((risk, RiskPlaces { id: id.place.clone(), impacts: places }))
    }

    /// A probability as a number, a percentage or a word of the scales.
    pub fn risk_probability(&mut self, slot: &Slot<Quantity>) -> Option<Probability> {
        let at = slot.at()?;
        let p = match &at.value {
            Quantity::Word(word) => self.scales.probability.middle(&at.with(word.clone()), self.desk)?,
            _ => probability(slot, self.desk)?,
        };
        Probability::new(p).ok()
    }

    /// How one of several `what` combines with the others.
    pub fn combine(&mut self, combine: &Slot<RawCombine>, group: &Slot<String>, what: &str) -> Combine {
        match (combine.get(), group.get()) {
            (Some(RawCombine::Parallel), Some(group)) => Combine::Parallel(group.clone()),
            (Some(RawCombine::Parallel), None) => {
                if group.is_absent() {
                    let message =
                        format!("{what} combine in parallel within a group, and this one names none");
                    let help =
                        format!("add `group = \"...\"`, the same for all {what} that happen side by side");
                    self.desk.report(code::MISSING_KEY, combine.place(), message, &help);
                }
                Combine::Series
            }
            (_, Some(_)) => {
                let message = "`group` without `combine = \"parallel\"` means nothing";
                let help = "add `combine = \"parallel\"`, or remove `group`";
                self.desk.report(code::CONFLICTING_KEYS, group.place(), message, help);
                Combine::Series
            }
            (_, None) => Combine::Series,
        }
    }

    fn impacts(
        &mut self,
        written: &[At<RawImpact>],
        kind: Option<RawRiskKind>,
        field: &Field<'_>,
    ) -> (Vec<Impact>, Vec<Option<Place>>) {
        let (mut impacts, mut places) = (Vec::new(), Vec::new());
        let mut keys: BTreeMap<String, Option<Place>> = BTreeMap::new();
        for at in written {
            let read = self.impact(at, kind, field);
            let key = self.impact_key(at, &read, &keys, field);
            keys.insert(key.clone(), at.place.clone());
            for mut impact in read {
                impact.key.clone_from(&key);
                impacts.push(impact);
                places.push(at.place.clone());
            }
        }
        (impacts, places)
    }

    /// The written key, or one made from the targets, so that it stays the same when impacts are reordered
    /// and is the same before and after the response.
    fn impact_key(
        &mut self,
        at: &At<RawImpact>,
        read: &[Impact],
        keys: &BTreeMap<String, Option<Place>>,
        field: &Field<'_>,
    ) -> String {
        if let Some(id) = at.value.id.at() {
            if let Some(first) = keys.get(&id.value) {
                let problem =
                    crate::scenario::collect::duplicate("impact", &id.value, id.place(), first.as_ref());
                self.desk.problems.push(problem);
            }
            return id.value.clone();
        }
        let mut targets: Vec<TaskIx> = Vec::new();
        for &task in read.iter().flat_map(|impact| &impact.targets) {
            if !targets.contains(&task) {
                targets.push(task);
            }
        }
        let ids: Vec<&str> = targets.iter().map(|task| field.tasks[task.index()].id.as_str()).collect();
        let base = match ids[..] {
            [] => "program".to_owned(),
            [first] => first.to_owned(),
            [first, ..] => format!("{first}+{}", ids.len() - 1),
        };
        free_name(&base, |name| keys.contains_key(name))
    }

    /// One written impact: several in the model where its targets have days of different length, which
    /// then share the key and with it the draw.
    fn impact(&mut self, at: &At<RawImpact>, kind: Option<RawRiskKind>, field: &Field<'_>) -> Vec<Impact> {
        let raw = &at.value;
        let durations = [!raw.delay.is_absent(), !raw.restart.is_absent(), !raw.cancel.is_absent()];
        if durations.iter().filter(|&&given| given).count() > 1 {
            let message = "one impact delays a task, restarts it or ends it";
            self.desk.report(code::CONFLICTING_KEYS, at.place(), message, "write an impact for each");
        }
        let delays_something = durations.contains(&true);
        if !delays_something && raw.cost.is_absent() {
            let help = "add `delay = \"5d\"` or `cost = 20_000`, or a law in their place";
            self.desk.report(
                code::MISSING_KEY,
                at.place(),
                "the impact has neither `delay` nor `cost`",
                help,
            );
        }
        let mut targets = self.targets(&raw.on, field);
        for tag in raw.tags.get().into_iter().flat_map(|Many(tags)| tags) {
            for task in self.tagged(tag, field) {
                if !targets.contains(&task) {
                    targets.push(task);
                }
            }
        }
        if raw.on.is_absent() && raw.tags.is_absent() && delays_something {
            let help = "add `on = \"...\"`: the task or milestone that is delayed";
            self.desk.report(
                code::DELAY_WITHOUT_TARGET,
                at.place(),
                "the delay does not say what it delays",
                help,
            );
            return Vec::new();
        }
        let per_task = raw.per_task.get().copied().unwrap_or(false);
        let cost = self.cost_impact(raw, &targets, kind);
        let mut delays = self.delay_impacts(raw, &targets, kind, field);
        let losses = [
            self.loss(&raw.restart).map(DelayImpact::Restart),
            self.loss(&raw.cancel).map(DelayImpact::Cancel),
        ];
        if let Some(loss) = losses.into_iter().flatten().next().filter(|_| delays.is_empty()) {
            delays.push((targets.clone(), loss));
        }
        let one = |targets, delay, cost| Impact { key: String::new(), targets, per_task, delay, cost };
        if delays.is_empty() {
            return vec![one(targets, None, cost)];
        }
        // The cost concerns all targets, whatever their days are: beside several delays it stands alone.
        let (beside, alone) = if delays.len() == 1 { (cost, None) } else { (None, cost) };
        let alone = alone.map(|cost| one(targets.clone(), None, Some(cost)));
        let delays = delays.into_iter().map(|(targets, delay)| one(targets, Some(delay), beside.clone()));
        delays.chain(alone).collect()
    }

    /// A share of a task that is lost or kept.
    fn loss(&mut self, slot: &Slot<RawEstimate>) -> Option<Estimate> {
        let at = slot.at()?;
        let mut meter = self.meter(Measure::Share, self.calendars.default());
        let written = read(at, &mut meter, None, self.desk)?;
        let estimate = written.build(None, at.place(), self.desk)?;
        let (low, high) = estimate.law.support_ends();
        if low < 0.0 || high > 1.0 {
            let message = "a share of a task lies between 0 and 1";
            let help = "write a number such as 0.5, or a law such as { uniform = [0, 1] }";
            self.desk.report(code::OUT_OF_RANGE, at.place(), message, help);
            return None;
        }
        Some(estimate)
    }

    /// The tasks that an impact hits; a project stands for its work.
    pub fn targets(&mut self, on: &Slot<Many<String>>, field: &Field<'_>) -> Vec<TaskIx> {
        let mut targets = Vec::new();
        for name in on.get().into_iter().flat_map(|Many(names)| names) {
            let hit: Vec<TaskIx> = match field.names.resolve(name, None, self.desk) {
                None => continue,
                Some(Endpoint::Task(task)) => vec![task],
                Some(Endpoint::Project(project)) => {
                    let id = &field.tree.projects[project.index()].id;
                    let prefix = format!("{id}.");
                    let inside = |task: &Task| task.id.starts_with(&prefix) && !task.is_milestone();
                    let work = (0..field.tasks.len()).filter(|&at| inside(&field.tasks[at])).map(TaskIx::new);
                    work.collect()
                }
            };
            if hit.is_empty() {
                let message = format!("the project `{}` has no task that could be hit", name.value);
                self.desk.report(code::WRONG_KIND, name.place(), message, "");
            }
            for task in hit {
                if !targets.contains(&task) {
                    targets.push(task);
                }
            }
        }
        targets
    }

    /// An estimate of an impact: amounts or shares, whatever the first quantity is.
    fn impact_estimate(
        &mut self,
        at: &At<RawEstimate>,
        scale: Scale,
        mut meter: Meter,
        kind: Option<RawRiskKind>,
    ) -> Option<(Estimate, Measure, Read)> {
        let words = match scale {
            Scale::Delay => &self.scales.delay,
            Scale::Cost => &self.scales.cost,
        };
        if is_share(&at.value, words) {
            meter.measure = Measure::Share;
        }
        let written = read(at, &mut meter, Some(words), self.desk)?;
        let estimate = written.build(None, at.place(), self.desk)?;
        if let Some(kind) = kind {
            // The written ends count: read as percentiles, a range may reach a little past zero.
            let middle = estimate.law.median();
            let contradicts = match kind {
                RawRiskKind::Threat => written.law.lower_end().unwrap_or(middle) < 0.0,
                RawRiskKind::Opportunity => written.law.upper_end().unwrap_or(middle) > 0.0,
            };
            if contradicts {
                let (kind, help) = match kind {
                    RawRiskKind::Threat => {
                        ("a threat", "a threat makes things later or dearer: write it without a minus sign")
                    }
                    RawRiskKind::Opportunity => (
                        "an opportunity",
                        "an opportunity makes things sooner or cheaper: write it with a minus sign",
                    ),
                };
                let message = format!("the impact has the wrong sign for {kind}");
                self.desk.report(code::SIGN_CONTRADICTS_KIND, at.place(), message, help);
            }
        }
        Some((estimate, meter.measure, written))
    }

    fn cost_impact(
        &mut self,
        raw: &RawImpact,
        targets: &[TaskIx],
        kind: Option<RawRiskKind>,
    ) -> Option<CostImpact> {
        let at = raw.cost.at()?;
        let meter = self.meter(Measure::Money, self.calendars.default()).signed();
        let (estimate, measure, written) = self.impact_estimate(at, Scale::Cost, meter, kind)?;
        self.advise_range(&written.law, at.place());
        if measure != Measure::Share {
            return Some(CostImpact::Amount(estimate));
        }
        if targets.is_empty() {
            if raw.on.is_absent() && raw.tags.is_absent() {
                let help = "add `on = \"...\"`, or write an amount";
                self.desk.report(code::DELAY_WITHOUT_TARGET, at.place(), "a percentage of which cost?", help);
            }
            return None;
        }
        Some(CostImpact::Share(estimate))
    }

    /// The delay for each group of targets whose days are equally long.
    fn delay_impacts(
        &mut self,
        raw: &RawImpact,
        targets: &[TaskIx],
        kind: Option<RawRiskKind>,
        field: &Field<'_>,
    ) -> Vec<(Vec<TaskIx>, DelayImpact)> {
        let Some(at) = raw.delay.at() else { return Vec::new() };
        let mut groups: Vec<(crate::units::WorkScale, Vec<TaskIx>)> = Vec::new();
        for &task in targets {
            let scale = self.calendars.scale(field.tasks[task.index()].calendar);
            match groups.iter_mut().find(|(known, _)| *known == scale) {
                Some((_, group)) => group.push(task),
                None => groups.push((scale, vec![task])),
            }
        }
        if groups.is_empty() {
            groups.push((self.calendars.scale(self.calendars.default()), Vec::new()));
        }
        let mut delays = Vec::new();
        for (number, (scale, group)) in groups.into_iter().enumerate() {
            let mut meter = self.meter(Measure::Duration, self.calendars.default()).signed();
            meter.scale = scale;
            let Some((estimate, measure, written)) = self.impact_estimate(at, Scale::Delay, meter, kind)
            else {
                return Vec::new();
            };
            if number == 0 {
                self.advise_range(&written.law, at.place());
            }
            if measure == Measure::Share {
                self.advise_share(at, targets, field);
                // A share needs no scale: one impact serves all targets.
                return vec![(targets.to_vec(), DelayImpact::Share(estimate))];
            }
            self.check_clocks(at, &written, &group, field);
            delays.push((group, DelayImpact::Minutes(estimate)));
        }
        delays
    }

    /// A milestone has no duration of which a share could be taken.
    fn advise_share(&mut self, at: &At<RawEstimate>, targets: &[TaskIx], field: &Field<'_>) {
        let mut tasks = targets.iter().map(|task| &field.tasks[task.index()]);
        if let Some(milestone) = tasks.find(|task| task.is_milestone()) {
            let message = format!(
                "`{}` is a milestone without duration: a percentage of it delays nothing",
                milestone.id
            );
            let help =
                "write working time, such as \"5d\", or aim the delay at the work before the milestone";
            self.desk.report(code::SHARE_OF_NOTHING, at.place(), message, help);
        }
    }

    fn check_clocks(&mut self, at: &At<RawEstimate>, written: &Read, group: &[TaskIx], field: &Field<'_>) {
        for &task in group {
            let task = &field.tasks[task.index()];
            // A milestone is delayed on its working calendar.
            let (clock, what) = match task.kind {
                TaskKind::Work { clock, .. } => (clock, "the duration of "),
                TaskKind::Milestone(_) => (Clock::Working, "the milestone "),
            };
            if clock != written.clock {
                let (delay, work) = match written.clock {
                    Clock::Elapsed => ("elapsed", "working"),
                    Clock::Working => ("working", "elapsed"),
                };
                let message = format!("the delay counts {delay} time, {what}`{}` {work} time", task.id);
                let help = match written.clock {
                    Clock::Elapsed => "write the delay without `e` in front of the unit",
                    Clock::Working => "write the delay with `e` in front of the unit, such as \"5ed\"",
                };
                self.desk.report(code::CLOCKS_DIFFER, at.place(), message, help);
                return;
            }
        }
    }

    fn response(
        &mut self,
        at: &At<RawResponse>,
        risk: &RawRisk,
        levels: &RiskLevels,
        field: &Field<'_>,
    ) -> Response {
        let raw = &at.value;
        let p = match (raw.rate.is_absent(), raw.probability.is_absent()) {
            (true, true) => None,
            (true, false) => self.risk_probability(&raw.probability),
            (false, _) => self.expected(&raw.rate, risk).map(|(_, p)| p),
        };
        let mixed = if risk.rate.is_absent() { raw.rate.place() } else { raw.probability.place() };
        if let Some(place) = mixed {
            let message = "a risk and its response both have a probability, or both a rate";
            self.desk.report(code::CONFLICTING_KEYS, Some(place), message, "write the same key in both");
        }
        let impacts = match raw.impact.at() {
            Some(written) => self.impacts(&written.value, risk.kind.get().copied(), field).0,
            None => levels.impacts.clone(),
        };
        let cost = raw.cost.at().and_then(|cost| self.response_cost(cost));
        if let Some(p) = p
            && p > levels.probability
            && !risk.probability.is_absent()
        {
            let problem =
                Diagnostic::new(code::RESPONSE_WITHOUT_EFFECT, "the response makes the risk more probable")
                    .at_place(raw.probability.place(), "after the response")
                    .at_place(risk.probability.place(), "before it");
            if risk.kind.get() != Some(&RawRiskKind::Opportunity) {
                self.desk.problems.push(problem);
            }
        }
        let residual = RiskLevels { probability: p.unwrap_or(levels.probability), impacts };
        Response { on: raw.on.get().copied().unwrap_or(false), cost, residual }
    }
}

/// Whether the first quantity of an estimate is a percentage.
fn is_share(estimate: &RawEstimate, words: &super::scales::Words) -> bool {
    let share = |slot: &Slot<Quantity>| matches!(slot.get(), Some(Quantity::Share(_)));
    let RawEstimate::Law(law) = estimate else {
        return match estimate {
            RawEstimate::Point(Quantity::Word(word)) => {
                matches!(words.sample(word), Some(Quantity::Share(_)))
            }
            RawEstimate::Point(quantity) => matches!(quantity, Quantity::Share(_)),
            RawEstimate::Law(_) => false,
        };
    };
    share(&law.fixed)
        || law.uniform.get().is_some_and(|raw| share(&raw.low))
        || law.triangular.get().is_some_and(|raw| share(&raw.low) || share(&raw.mode))
        || law.pert.get().is_some_and(|raw| share(&raw.low) || share(&raw.mode))
        || law.trigen.get().is_some_and(|raw| share(&raw.low) || share(&raw.mode))
        || law.normal.get().is_some_and(|raw| share(&raw.mean) || share(&raw.p10))
        || law.lognormal.get().is_some_and(|raw| share(&raw.mean) || share(&raw.p10) || share(&raw.median))
        || law.beta.get().is_some_and(|raw| share(&raw.low))
        || law.gamma.get().is_some_and(|raw| share(&raw.scale))
        || law.weibull.get().is_some_and(|raw| share(&raw.scale))
        || law.exponential.get().is_some_and(|raw| share(&raw.mean))
        || law.pareto.get().is_some_and(|raw| share(&raw.low))
        || law.discrete.get().is_some_and(|rows| rows.iter().any(|row| share(&row.value.value)))
        || law.cumulative.get().is_some_and(|rows| rows.iter().any(|row| share(&row.value.value)))
        || law.empirical.get().is_some_and(|raw| {
            raw.values
                .get()
                .is_some_and(|values| values.iter().any(|at| matches!(at.value, Quantity::Share(_))))
        })
}
