//! What the program costs.

use super::confidence::{self, Confidence};
use super::finish::{bars, ends};
use super::frame::{empty, frame};
use super::marker::{Kind, LEVELS, Marker};
use super::money::{amount, money_axis};
use super::range::range;
use super::scene::Scene;
use super::words::{Words, interval};
use crate::report::{AmountReport, Report};
use crate::units::{Currency, Percentile};

const SHOWS: &str = "total cost";

/// The chart of the cost.
pub(super) fn scene(report: &Report, words: Words) -> Scene {
    let (cost, currency) = (&report.cost, report.currency);
    let Some(bins) = report.cost_bins.as_ref().filter(|bins| bins.counts.iter().any(|&count| count > 0))
    else {
        return empty(report, words, "Total cost", SHOWS, "no iteration has a cost");
    };
    let bars = bars(bins, currency.minor_per_major() as f64);
    let data = ends(&bars);
    let is_small = data.0.abs().max(data.1.abs()) < 1_000.0;
    let named = |value: f64| words.money(currency, &amount(words, currency, value, is_small));
    let title = cost.percentile(Percentile::P80).map_or("Total cost".into(), |point| {
        format!("80 % confident to cost at most {}", named(point.value))
    });
    let mut scene = frame(report, words, &title, SHOWS, None, super::style::HEIGHT);
    let markers = markers(cost, words, (currency, is_small));
    let marks: Vec<f64> = markers.iter().map(|marker| marker.at).collect();
    let smallest = data.0.abs().max(data.1.abs()).max(1.0) / 50.0;
    let range = range(data, &marks, if bars.len() > 1 { 0.0 } else { smallest });
    let mut axis = money_axis(words, currency, range.0, range.1, 8);
    axis.name = format!("Total cost, {}", axis.name);
    let points =
        cost.percentiles.iter().filter_map(|(level, point)| Some(((*point)?.value, level.fraction())));
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
        promise: "Cost at most",
        say: &named,
        words,
    };
    confidence::draw(&mut scene, chart);
    scene
}

fn markers(cost: &AmountReport, words: Words, (currency, is_small): (Currency, bool)) -> Vec<Marker> {
    let shown = |value: f64| amount(words, currency, value, is_small);
    let named = |value: f64| words.money(currency, &shown(value));
    let levels = LEVELS.into_iter().filter_map(|level| {
        let point = cost.percentile(level)?;
        Some(Marker {
            kind: Kind::Level(level),
            at: point.value,
            value: named(point.value),
            share: Some(level.fraction()),
            interval: Some(interval(&shown(point.low), &shown(point.high))),
        })
    });
    let plan = cost.plan.iter().map(|&plan| Marker {
        kind: Kind::Plan,
        at: plan,
        value: named(plan),
        share: cost.plan_probability,
        interval: None,
    });
    let target = cost.target.iter().map(|&(budget, chance)| Marker {
        kind: Kind::Target,
        at: budget,
        value: named(budget),
        share: Some(chance.value),
        interval: Some(interval(&words.share(chance.low), &words.share(chance.high))),
    });
    levels.chain(plan).chain(target).collect()
}
