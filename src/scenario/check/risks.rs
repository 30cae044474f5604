//! Risks and their responses.

use super::context::Context;
use super::estimate::probability;
use super::names::{Names, check_id};
use crate::diag::{Diagnostic, code};
use crate::model::{Combine, Effect, Response, Risk, RiskLevels, RiskStatus, Task};
use crate::scenario::places::RiskPlaces;
use crate::scenario::raw::{
    At, Many, Quantity, RawCombine, RawResponse, RawRisk, RawRiskKind, RawRiskStatus, Slot,
};
use crate::units::Probability;

/// What impacts can hit.
pub struct Field<'a> {
    pub names: &'a Names,
    /// The full ids of the projects, in their order.
    pub projects: Vec<&'a str>,
    pub tasks: &'a [Task],
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
        let (on, lead) = (raw.on.get().copied().unwrap_or(false), self.lead(&raw.lead, &raw.decided));
        Response { on, cost, residual, lead, effect: Effect::Full }
    }
}
