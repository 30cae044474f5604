//! Estimates: from what is written to a law in one unit.

use super::law::LawSpec;
use super::law_parts::{cumulative, discrete, lognormal, normal};
use super::meter::{Measure, Meter};
use super::samples::samples;
use super::scales::Words;
use super::throughput::throughput;
use crate::diag::{Diagnostic, Place, code};
use crate::dist::Law;
use crate::model::{Clock, Estimate};
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Quantity, RawEstimate, RawLaw, RawRanges, Slot};

/// An estimate that has been read.
pub struct Read {
    /// The law.
    pub law: LawSpec,
    /// Whether its durations count working or elapsed time.
    pub clock: Clock,
    /// The single value, if that is all that is written: a template may apply.
    pub point: Option<f64>,
}

impl Read {
    /// The model's estimate; `plan` overrides the law's most likely value.
    ///
    /// A law that cannot be built is reported at `place`.
    pub fn build(&self, plan: Option<f64>, place: Option<&Place>, desk: &mut Desk<'_>) -> Option<Estimate> {
        let law = self.law.build(place, desk)?;
        let plan = plan.unwrap_or_else(|| plan_value(&law));
        Some(Estimate { law, plan })
    }
}

/// The plan value of a law: its mode, else its median (semantics, section 2).
fn plan_value(law: &Law) -> f64 {
    law.mode().unwrap_or_else(|| law.median())
}

/// Reads an estimate; `None` if it cannot be, with every reason reported.
pub fn read(
    at: &At<RawEstimate>,
    meter: &mut Meter,
    words: Option<&Words>,
    desk: &mut Desk<'_>,
) -> Option<Read> {
    let place = at.place();
    let (law, point) = match &at.value {
        RawEstimate::Point(Quantity::Word(word)) if words.is_some() => {
            let word = at.with(word.clone());
            (words?.law(&word, meter, desk)?, None)
        }
        RawEstimate::Point(quantity) => {
            let value = meter.read(&at.with(quantity.clone()), desk)?;
            (LawSpec::Fixed(value), Some(value))
        }
        RawEstimate::Law(raw) => (law(raw, place, meter, desk)?, None),
    };
    check_sign(&law, meter, place, desk)?;
    Some(Read { law, clock: meter.clock(), point })
}

/// A bounded law with a negative lower end is an error where values below zero make no sense.
fn check_sign(law: &LawSpec, meter: &Meter, place: Option<&Place>, desk: &mut Desk<'_>) -> Option<()> {
    if meter.signed || law.lower_end().is_none_or(|low| low >= 0.0) {
        return Some(());
    }
    let (code, message) = match (meter.measure, law) {
        (Measure::Money, LawSpec::Fixed(_)) => (code::NEGATIVE_COST, "the cost is below zero"),
        (Measure::Money, _) => (code::NEGATIVE_COST, "the cost may be below zero"),
        (Measure::Share, _) => (code::NEGATIVE_END, "the factor may be below zero"),
        (Measure::Count, _) => (code::NEGATIVE_END, "the number may be below zero"),
        (_, LawSpec::Fixed(_)) => (code::NEGATIVE_END, "the duration is below zero"),
        _ => (code::NEGATIVE_END, "the duration may be below zero"),
    };
    desk.report(code, place, message, "raise the low end to zero or more");
    None
}

fn law(raw: &RawLaw, place: Option<&Place>, meter: &mut Meter, desk: &mut Desk<'_>) -> Option<LawSpec> {
    one_law(raw, place, desk)?;
    let three = |low: &Slot<Quantity>,
                 mode: &Slot<Quantity>,
                 high: &Slot<Quantity>,
                 meter: &mut Meter,
                 desk: &mut Desk<'_>| {
        desk.require("the estimate", "low", low, place);
        desk.require("the estimate", "mode", mode, place);
        desk.require("the estimate", "high", high, place);
        // Read all three before giving up, so that every bad one is reported.
        let points = (meter.slot(low, desk), meter.slot(mode, desk), meter.slot(high, desk));
        let (Some(a), Some(m), Some(b)) = points else { return None };
        ascending([(a, low), (m, mode), (b, high)], place, desk)?;
        Some((a, m, b))
    };
    if let Some(raw) = raw.fixed.at() {
        return meter.read(raw, desk).map(LawSpec::Fixed);
    }
    if let Some(at) = raw.uniform.at() {
        let raw = &at.value;
        desk.require("the estimate", "low", &raw.low, at.place());
        desk.require("the estimate", "high", &raw.high, at.place());
        let (a, b) = (meter.slot(&raw.low, desk), meter.slot(&raw.high, desk));
        ascending([(a?, &raw.low), (b?, &raw.high)], place, desk)?;
        return Some(LawSpec::Uniform(a?, b?));
    }
    if let Some(at) = raw.triangular.at() {
        let raw = &at.value;
        let (a, m, b) = three(&raw.low, &raw.mode, &raw.high, meter, desk)?;
        let ranges = raw.ranges.get().copied().unwrap_or(meter.ranges);
        return Some(LawSpec::Triangular { low: a, mode: m, high: b, ranges });
    }
    if let Some(at) = raw.pert.at() {
        let raw = &at.value;
        let lambda = lambda(&raw.lambda, desk);
        let (low, mode, high) = three(&raw.low, &raw.mode, &raw.high, meter, desk)?;
        let ranges = raw.ranges.get().copied().unwrap_or(meter.ranges);
        return Some(LawSpec::Pert { low, mode, high, lambda: lambda?, ranges });
    }
    if let Some(at) = raw.trigen.at() {
        let raw = &at.value;
        let (low, mode, high) = three(&raw.low, &raw.mode, &raw.high, meter, desk)?;
        // Trigen is the triangular law by percentiles: read as the ends of the law it would be none.
        let ranges = match raw.ranges.get().copied().unwrap_or(meter.ranges) {
            RawRanges::P0P100 => RawRanges::P10P90,
            ranges => ranges,
        };
        return Some(LawSpec::Triangular { low, mode, high, ranges });
    }
    if let Some(at) = raw.normal.at() {
        return normal(&at.value, at.place(), meter, desk);
    }
    if let Some(at) = raw.lognormal.at() {
        return lognormal(&at.value, at.place(), meter, desk);
    }
    if let Some(at) = raw.beta.at() {
        let raw = &at.value;
        for (key, slot) in [("alpha", &raw.alpha), ("beta", &raw.beta)] {
            desk.require("the estimate", key, slot, at.place());
        }
        for (key, slot) in [("low", &raw.low), ("high", &raw.high)] {
            desk.require("the estimate", key, slot, at.place());
        }
        let (alpha, beta) = (positive(&raw.alpha, desk), positive(&raw.beta, desk));
        let (low, high) = (meter.slot(&raw.low, desk), meter.slot(&raw.high, desk));
        ascending([(low?, &raw.low), (high?, &raw.high)], place, desk)?;
        return Some(LawSpec::Beta { alpha: alpha?, beta: beta?, low: low?, high: high? });
    }
    for (slot, is_gamma) in [(&raw.gamma, true), (&raw.weibull, false)] {
        if let Some(at) = slot.at() {
            desk.require("the estimate", "shape", &at.value.shape, at.place());
            desk.require("the estimate", "scale", &at.value.scale, at.place());
            let shape = positive(&at.value.shape, desk);
            let scale = above_zero(&at.value.scale, meter, desk);
            let (shape, scale) = (shape?, scale?);
            return Some(if is_gamma {
                LawSpec::Gamma { shape, scale }
            } else {
                LawSpec::Weibull { shape, scale }
            });
        }
    }
    if let Some(at) = raw.exponential.at() {
        desk.require("the estimate", "mean", &at.value.mean, at.place());
        return above_zero(&at.value.mean, meter, desk).map(LawSpec::Exponential);
    }
    if let Some(at) = raw.pareto.at() {
        let raw = &at.value;
        desk.require("the estimate", "low", &raw.low, at.place());
        desk.require("the estimate", "alpha", &raw.alpha, at.place());
        let (low, alpha) = (above_zero(&raw.low, meter, desk), positive(&raw.alpha, desk));
        let high = meter.slot(&raw.high, desk);
        if let (Some(low), Some(high)) = (low, high) {
            ascending([(low, &raw.low), (high, &raw.high)], place, desk)?;
        }
        if raw.high.get().is_some() {
            high?;
        }
        return Some(LawSpec::Pareto { low: low?, alpha: alpha?, high });
    }
    if let Some(at) = raw.discrete.at() {
        return discrete(&at.value, at.place(), meter, desk);
    }
    if let Some(at) = raw.cumulative.at() {
        return cumulative(&at.value, at.place(), meter, desk);
    }
    if let Some(at) = raw.empirical.at() {
        return samples(at, meter, desk).map(LawSpec::Empirical);
    }
    if let Some(at) = raw.throughput.at() {
        return throughput(at, meter, desk).map(LawSpec::Computed);
    }
    None
}

/// Exactly one law must be named.
fn one_law(raw: &RawLaw, place: Option<&Place>, desk: &mut Desk<'_>) -> Option<()> {
    let given = [
        ("fixed", !raw.fixed.is_absent()),
        ("uniform", !raw.uniform.is_absent()),
        ("triangular", !raw.triangular.is_absent()),
        ("pert", !raw.pert.is_absent()),
        ("trigen", !raw.trigen.is_absent()),
        ("normal", !raw.normal.is_absent()),
        ("lognormal", !raw.lognormal.is_absent()),
        ("beta", !raw.beta.is_absent()),
        ("gamma", !raw.gamma.is_absent()),
        ("weibull", !raw.weibull.is_absent()),
        ("exponential", !raw.exponential.is_absent()),
        ("pareto", !raw.pareto.is_absent()),
        ("discrete", !raw.discrete.is_absent()),
        ("cumulative", !raw.cumulative.is_absent()),
        ("empirical", !raw.empirical.is_absent()),
        ("throughput", !raw.throughput.is_absent()),
    ];
    let named: Vec<String> =
        given.iter().filter(|(_, given)| *given).map(|(name, _)| format!("`{name}`")).collect();
    match named.len() {
        1 => Some(()),
        0 => {
            let help = "name one, such as { pert = [\"10d\", \"15d\", \"30d\"] }";
            desk.report(code::NOT_ONE_LAW, place, "the estimate names no law", help);
            None
        }
        _ => {
            let message = format!("the estimate names several laws: {}", named.join(", "));
            desk.report(code::NOT_ONE_LAW, place, message, "keep one of them");
            None
        }
    }
}

/// Values that must ascend; equal ones are fine.
pub fn ascending<const N: usize>(
    points: [(f64, &Slot<Quantity>); N],
    place: Option<&Place>,
    desk: &mut Desk<'_>,
) -> Option<()> {
    let Some(broken) = points.windows(2).find(|pair| pair[0].0 > pair[1].0) else { return Some(()) };
    let (lower, upper) = (broken[0].1, broken[1].1);
    let problem = Diagnostic::new(code::OUT_OF_ORDER, "low, most likely and high must ascend");
    let problem = match (lower.place(), upper.place()) {
        (Some(_), Some(_)) => {
            problem.at_place(upper.place(), "smaller than the value before it").at_place(lower.place(), "")
        }
        _ => problem.at_place(place, ""),
    };
    desk.problems.push(problem.help("write them in ascending order"));
    None
}

fn lambda(slot: &Slot<f64>, desk: &mut Desk<'_>) -> Option<f64> {
    if slot.is_absent() { Some(4.0) } else { desk.in_range(slot, 0.01, 1_000.0, "lambda") }
}

fn positive(slot: &Slot<f64>, desk: &mut Desk<'_>) -> Option<f64> {
    let at = slot.at()?;
    if at.value > 0.0 {
        return Some(at.value);
    }
    desk.report(code::BAD_LAW, at.place(), format!("`{}` must be above 0", at.value), "");
    None
}

/// A quantity above zero; another one is reported.
pub fn above_zero(slot: &Slot<Quantity>, meter: &mut Meter, desk: &mut Desk<'_>) -> Option<f64> {
    let value = meter.slot(slot, desk)?;
    if value > 0.0 {
        return Some(value);
    }
    let text = slot.get().map(Quantity::to_string).unwrap_or_default();
    desk.report(code::BAD_LAW, slot.place(), format!("`{text}` must be above 0"), "");
    None
}

/// A probability inside an estimate, `0..=1`.
pub fn probability(slot: &Slot<Quantity>, desk: &mut Desk<'_>) -> Option<f64> {
    let at = slot.at()?;
    match at.value {
        Quantity::Number(p) | Quantity::Share(p) if (0.0..=1.0).contains(&p) => Some(p),
        Quantity::Number(p) | Quantity::Share(p) => {
            let help = if (2.0..=100.0).contains(&p) && matches!(at.value, Quantity::Number(_)) {
                format!("write `{}` or \"{p} %\"", p / 100.0)
            } else {
                String::new()
            };
            let message = format!("the probability `{}` must lie between 0 and 1", at.value);
            desk.report(code::BAD_PROBABILITY, at.place(), message, &help);
            None
        }
        _ => {
            let message = format!("expected a probability, found {}", at.value.kind());
            desk.report(code::WRONG_UNIT, at.place(), message, "write a number such as 0.3, or \"30 %\"");
            None
        }
    }
}
