//! What the program is worth.

use super::confidence::{self, Confidence};
use super::finish::{bars, ends};
use super::frame::frame;
use super::marker::{Kind, Marker};
use super::money::{amount, money_axis};
use super::percent::{interval, percent};
use super::range::range;
use super::scene::Scene;
use crate::report::{Report, grouped};
use crate::units::Percentile;

/// The levels that are marked: more is better, so that the P20 is exceeded with 80 % probability.
const LEVELS: [Percentile; 3] = [Percentile::whole(20), Percentile::P50, Percentile::P80];

/// The chart of the net present value, where there is one.
pub(super) fn scene(report: &Report) -> Option<Scene> {
    let case = report.money.as_ref()?.business_case.as_ref()?;
    let bins = case.bins.as_ref().filter(|bins| bins.counts.iter().any(|&count| count > 0))?;
    let currency = report.currency;
    let bars = bars(bins, currency.minor_per_major() as f64);
    let data = ends(&bars);
    let is_small = data.0.abs().max(data.1.abs()) < 1_000.0;
    let words = |value: f64| amount(currency, value, is_small);
    let chance = &case.npv_positive;
    let title = format!("NPV above zero with {}", percent(chance.value));
    let shows = format!("net present value at {} %, after tax", (case.discount_rate * 1e4).round() / 100.0);
    let mut scene = frame(report, &title, &shows, None, super::style::HEIGHT);
    let mut markers: Vec<Marker> = LEVELS
        .into_iter()
        .filter_map(|level| {
            let point = case.npv.percentile(level)?;
            Some(Marker {
                kind: Kind::Level(level),
                at: point.value,
                value: format!("{currency} {}", words(point.value)),
                share: Some(level.fraction()),
                interval: Some(interval(&words(point.low), &words(point.high))),
            })
        })
        .collect();
    markers.extend(case.npv.plan.map(|plan| Marker {
        kind: Kind::Plan,
        at: plan,
        value: format!("{currency} {}", words(plan)),
        share: case.npv.plan_probability,
        interval: None,
    }));
    markers.push(Marker {
        kind: Kind::BreakEven,
        at: 0.0,
        value: format!("{currency} 0"),
        share: Some(1.0 - chance.value),
        interval: Some(interval(&percent(1.0 - chance.high), &percent(1.0 - chance.low))),
    });
    let marks: Vec<f64> = markers.iter().map(|marker| marker.at).collect();
    let smallest = data.0.abs().max(data.1.abs()).max(1.0) / 50.0;
    let range = range(data, &marks, if bars.len() > 1 { 0.0 } else { smallest });
    let mut axis = money_axis(currency, range.0, range.1, 8);
    axis.name = format!("Net present value, {}", axis.name);
    let points =
        case.npv.percentiles.iter().filter_map(|(level, point)| Some(((*point)?.value, level.fraction())));
    let width = bins.width as f64 / currency.minor_per_major() as f64;
    let decimals = if width < 1.0 { usize::from(currency.minor_digits()) } else { 0 };
    let per = format!("per {currency} {}", grouped(width, decimals));
    let named = |value: f64| format!("{currency} {}", words(value));
    let chart = Confidence {
        points: points.collect(),
        bars,
        markers,
        range,
        axis,
        per,
        promise: "Worth at most",
        words: &named,
    };
    confidence::draw(&mut scene, chart);
    Some(scene)
}
