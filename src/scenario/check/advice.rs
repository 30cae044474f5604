//! What can be simulated and was probably not meant.

use super::context::Context;
use super::estimate::Read;
use super::law::LawSpec;
use crate::diag::{Diagnostic, Place, code};
use crate::model::{Response, RiskLevels};
use crate::scenario::raw::{At, Quantity, RawEstimate, RawRisk};

/// A range narrower than this share of its most likely value says nothing.
const NARROW: f64 = 0.02;

impl Context<'_, '_> {
    /// Advice on a duration.
    pub fn advise_duration(&mut self, at: &At<RawEstimate>, written: &Read, by_template: bool) {
        let is_zero = written.point == Some(0.0);
        if written.point.is_some() && !by_template && !is_zero {
            let text = match &at.value {
                RawEstimate::Point(Quantity::Duration(text)) => text.to_string(),
                _ => String::new(),
            };
            let problem = Diagnostic::new(
                code::POINT_ESTIMATE,
                format!("the duration `{text}` has no range"),
            )
            .at_place(at.place(), "simulated as certain")
            .help("give a range, bind an estimate template, or say that it is certain with { fixed = ... }");
            self.desk.problems.push(problem);
        }
        self.advise_range(&written.law, at.place());
    }

    /// Advice on a range of three points or two ends.
    pub fn advise_range(&mut self, law: &LawSpec, place: Option<&Place>) {
        let (low, mode, high) = match (law.three_points(), law) {
            (Some(points), _) => points,
            (None, &LawSpec::Uniform(low, high)) => (low, low + (high - low) / 2.0, high),
            _ => return,
        };
        if low == high {
            let message = "low and high are equal: this is a certain value";
            self.desk.report(code::CERTAIN_RANGE, place, message, "write { fixed = ... } to say so");
            return;
        }
        if high - low < NARROW * mode.abs() {
            let percent = ((high - low) / mode.abs() * 1e3).round() / 10.0;
            let message = format!("a range of {percent} % of the most likely value says nothing");
            let help =
                "ask what would make it longer, and how long: estimates of IT work rarely hold within 10 %";
            self.desk.report(code::NARROW_RANGE, place, message, help);
        }
        if law.three_points().is_some() && (mode == low || mode == high) {
            let (end, help) = if mode == low {
                ("lowest", "can it really not be done in less? then keep it; a low end below it is usual")
            } else {
                ("highest", "can it really not take longer? a high end above it is usual")
            };
            let message = format!("the most likely value is also the {end}");
            self.desk.report(code::MODE_AT_END, place, message, help);
        }
    }

    /// Advice on a risk.
    pub fn advise_risk(
        &mut self,
        id: &At<String>,
        raw: &RawRisk,
        levels: &RiskLevels,
        response: Option<&Response>,
    ) {
        let has_impact = raw.impact.at().is_some_and(|impact| !impact.value.0.is_empty());
        if raw.impact.is_absent() || (raw.impact.get().is_some() && !has_impact) {
            let message = format!("the risk `{}` has no impact", id.value);
            let help =
                "add `impact = [{ on = \"...\", delay = \"5d\" }]`, or close it with `status = \"closed\"`";
            self.desk.report(code::RISK_WITHOUT_IMPACT, id.place(), message, help);
        }
        let p = levels.probability.get();
        if p == 0.0 || p == 1.0 {
            let (message, help) = if p == 0.0 {
                ("can never occur", "close it with `status = \"closed\"`")
            } else {
                ("is certain", "what is certain belongs into the plan: add it to the durations and costs")
            };
            let message = format!("the risk `{}` {message}", id.value);
            self.desk.report(code::CERTAIN_RISK, raw.probability.place().or(id.place()), message, help);
        }
        if let (Some(response), Some(at)) = (response, raw.response.at())
            && at.value.probability.is_absent()
            && at.value.impact.is_absent()
            && response.residual.probability == levels.probability
        {
            let message = "the response changes neither probability nor impact";
            let help = "add the `probability` or the `impact` that remains";
            self.desk.report(code::RESPONSE_WITHOUT_EFFECT, at.place(), message, help);
        }
    }
}
