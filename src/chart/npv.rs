//! What the program is worth.

use super::confidence::{self, Confidence};
use super::finish::{bars, ends};
use super::frame::frame;
use super::marker::{Kind, Marker};
use super::money::{amount, money_axis};
use super::range::range;
use super::scene::Scene;
use super::words::{Words, interval};
use crate::report::Report;
use crate::units::Percentile;

/// The levels that are marked: more is better, so that the P20 is exceeded with 80 % probability.
const LEVELS: [Percentile; 3] = [Percentile::whole(20), Percentile::P50, Percentile::P80];

/// The chart of the net present value, where there is one.
pub(super) fn scene(report: &Report, words: Words) -> Option<Scene> {
    let case = report.money.as_ref()?.business_case.as_ref()?;
    let bins = case.bins.as_ref().filter(|bins| bins.counts.iter().any(|&count| count > 0))?;
    let currency = report.currency;
    let bars = bars(bins, currency.minor_per_major() as f64);
    let data = ends(&bars);
    let is_small = data.0.abs().max(data.1.abs()) < 1_000.0;
    let shown = |value: f64| amount(words, currency, value, is_small);
    let chance = &case.npv_positive;
    let title = format!("NPV above zero with {}", words.share(chance.value));
    let rate = words.percents(&words.shortest((case.discount_rate * 1e4).round() / 100.0));
    let shows = format!("net present value at {rate}, after tax");
    let named = |value: f64| words.money(currency, &shown(value));
    let mut scene = frame(report, words, &title, &shows, None, super::style::HEIGHT);
    let mut markers: Vec<Marker> = LEVELS
        .into_iter()
        .filter_map(|level| {
            let point = case.npv.percentile(level)?;
            Some(Marker {
                kind: Kind::Level(level),
                at: point.value,
                value: named(point.value),
                share: Some(level.fraction()),
                interval: Some(interval(&shown(point.low), &shown(point.high))),
            })
        })
        .collect();
    markers.extend(case.npv.plan.map(|plan| Marker {
        kind: Kind::Plan,
        at: plan,
        value: named(plan),
        share: case.npv.plan_probability,
        interval: None,
    }));
    markers.push(Marker {
        kind: Kind::BreakEven,
        at: 0.0,
        value: words.money(currency, "0"),
        share: Some(1.0 - chance.value),
        interval: Some(interval(&words.share(1.0 - chance.high), &words.share(1.0 - chance.low))),
    });
    let marks: Vec<f64> = markers.iter().map(|marker| marker.at).collect();
    let smallest = data.0.abs().max(data.1.abs()).max(1.0) / 50.0;
    let range = range(data, &marks, if bars.len() > 1 { 0.0 } else { smallest });
    let mut axis = money_axis(words, currency, range.0, range.1, 8);
    axis.name = format!("Net present value, {}", axis.name);
    let points =
        case.npv.percentiles.iter().filter_map(|(level, point)| Some(((*point)?.value, level.fraction())));
    let width = bins.width as f64 / currency.minor_per_major() as f64;
    let decimals = if width < 1.0 { usize::from(currency.minor_digits()) } else { 0 };
    let per = format!("per {}", words.money(currency, &words.number(width, decimals)));
    let chart = Confidence {
        points: points.collect(),
        bars,
        markers,
        range,
        axis,
        per,
        promise: "Worth at most",
        say: &named,
        words,
    };
    confidence::draw(&mut scene, chart);
    Some(scene)
}
