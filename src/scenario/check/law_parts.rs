//! Laws that are written in several ways, or as lists.

use super::estimate::{above_zero, ascending, probability};
use super::law::LawSpec;
use super::meter::Meter;
use crate::diag::{Place, code};
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, RawCurvePoint, RawLogNormal, RawNormal, RawWeighted};

/// Which of several complete sets of keys is given, if exactly one is.
fn one_set(sets: &[&[(&str, bool)]], place: Option<&Place>, desk: &mut Desk<'_>) -> Option<usize> {
    let any = |set: &[(&str, bool)]| set.iter().any(|(_, given)| *given);
    let all = |set: &[(&str, bool)]| set.iter().all(|(_, given)| *given);
    let touched: Vec<usize> = (0..sets.len()).filter(|&at| any(sets[at])).collect();
    if let [only] = touched[..]
        && all(sets[only])
    {
        return Some(only);
    }
    let wanted: Vec<String> = sets
        .iter()
        .map(|set| set.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(" and "))
        .collect();
    let code = if touched.len() > 1 { code::CONFLICTING_KEYS } else { code::MISSING_KEY };
    let message = format!("the estimate needs {}", wanted.join(", or "));
    desk.report(code, place, message, "");
    None
}

/// A normal law by mean and standard deviation, or by P10 and P90.
pub fn normal(
    raw: &RawNormal,
    place: Option<&Place>,
    meter: &mut Meter,
    desk: &mut Desk<'_>,
) -> Option<LawSpec> {
    let sets: [&[(&str, bool)]; 2] = [
        &[("mean", !raw.mean.is_absent()), ("sd", !raw.sd.is_absent())],
        &[("P10", !raw.p10.is_absent()), ("P90", !raw.p90.is_absent())],
    ];
    if one_set(&sets, place, desk)? == 0 {
        let (mean, sd) = (meter.slot(&raw.mean, desk), above_zero(&raw.sd, meter, desk));
        return Some(LawSpec::Normal { mean: mean?, sd: sd? });
    }
    let (p10, p90) = (meter.slot(&raw.p10, desk), meter.slot(&raw.p90, desk));
    ascending([(p10?, &raw.p10), (p90?, &raw.p90)], place, desk)?;
    Some(LawSpec::NormalByPercentiles { p10: p10?, p90: p90? })
}

/// A lognormal law by one of its three pairs of numbers.
pub fn lognormal(
    raw: &RawLogNormal,
    place: Option<&Place>,
    meter: &mut Meter,
    desk: &mut Desk<'_>,
) -> Option<LawSpec> {
    let sets: [&[(&str, bool)]; 3] = [
        &[("mean", !raw.mean.is_absent()), ("sd", !raw.sd.is_absent())],
        &[("P10", !raw.p10.is_absent()), ("P90", !raw.p90.is_absent())],
        &[("median", !raw.median.is_absent()), ("sigma", !raw.sigma.is_absent())],
    ];
    match one_set(&sets, place, desk)? {
        0 => {
            let (mean, sd) = (above_zero(&raw.mean, meter, desk), above_zero(&raw.sd, meter, desk));
            Some(LawSpec::LogNormal { mean: mean?, sd: sd? })
        }
        1 => {
            let (p10, p90) = (above_zero(&raw.p10, meter, desk), above_zero(&raw.p90, meter, desk));
            ascending([(p10?, &raw.p10), (p90?, &raw.p90)], place, desk)?;
            Some(LawSpec::LogNormalByPercentiles { p10: p10?, p90: p90? })
        }
        _ => {
            let sigma = desk.in_range(&raw.sigma, 1e-6, 10.0, "sigma");
            let median = above_zero(&raw.median, meter, desk);
            Some(LawSpec::LogNormalByMedian { median: median?, sigma: sigma? })
        }
    }
}

/// Values with their probabilities.
pub fn discrete(
    rows: &[At<RawWeighted>],
    place: Option<&Place>,
    meter: &mut Meter,
    desk: &mut Desk<'_>,
) -> Option<LawSpec> {
    let mut pairs = Vec::new();
    for row in rows {
        desk.require("the pair", "value", &row.value.value, row.place());
        desk.require("the pair", "probability", &row.value.probability, row.place());
        let pair = (meter.slot(&row.value.value, desk), probability(&row.value.probability, desk));
        if let (Some(value), Some(p)) = pair {
            pairs.push((value, p));
        }
    }
    if pairs.len() < rows.len() {
        return None;
    }
    let total: f64 = pairs.iter().map(|(_, p)| p).sum();
    if pairs.is_empty() || (total - 1.0).abs() > 1e-6 {
        let message = format!("the probabilities add up to `{}`, not to 1", (total * 1e9).round() / 1e9);
        desk.report(code::BAD_PROBABILITY, place, message, "");
        return None;
    }
    Some(LawSpec::Discrete(pairs))
}

/// A curve of values and the probabilities to stay at or below them.
pub fn cumulative(
    rows: &[At<RawCurvePoint>],
    place: Option<&Place>,
    meter: &mut Meter,
    desk: &mut Desk<'_>,
) -> Option<LawSpec> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for row in rows {
        desk.require("the point", "probability", &row.value.probability, row.place());
        desk.require("the point", "value", &row.value.value, row.place());
        let (p, x) = (probability(&row.value.probability, desk), meter.slot(&row.value.value, desk));
        if let (Some(p), Some(x)) = (p, x) {
            if points.last().is_some_and(|&(q, y)| q >= p || y > x) {
                desk.report(code::OUT_OF_ORDER, row.place(), "the points of the curve must ascend", "");
                return None;
            }
            points.push((p, x));
        }
    }
    if points.len() < rows.len() {
        return None;
    }
    let ends = (points.first().map(|point| point.0), points.last().map(|point| point.0));
    if points.len() < 2 || ends != (Some(0.0), Some(1.0)) {
        let help = "give at least two points, the first with probability 0 and the last with 1";
        desk.report(code::BAD_LAW, place, "the curve must run from probability 0 to 1", help);
        return None;
    }
    Some(LawSpec::Cumulative(points))
}
