//! What the program costs.

use super::amounts::Amounts;
use super::frame::{empty, frame};
use super::marker::{Kind, LEVELS, Marker};
use super::scene::Scene;
use super::style::HEIGHT;
use super::words::{Words, interval};
use crate::report::Report;
use crate::units::Percentile;

const SHOWS: &str = "total cost";

/// The chart of the cost.
pub(super) fn scene(report: &Report, words: Words) -> Scene {
    let cost = &report.cost;
    let Some(amounts) = Amounts::new(cost, report.cost_bins.as_ref(), report.currency, words) else {
        return empty(report, words, "Total cost", SHOWS, "no iteration has a cost");
    };
    let title = cost.percentile(Percentile::P80).map_or("Total cost".into(), |point| {
        format!("80 % confident to cost at most {}", amounts.named(point.value))
    });
    let mut scene = frame(report, words, &title, SHOWS, None, HEIGHT);
    let mut markers = amounts.markers(LEVELS);
    markers.extend(cost.target.map(|(budget, chance)| Marker {
        kind: Kind::Target,
        at: budget,
        value: amounts.named(budget),
        share: Some(chance.value),
        interval: Some(interval(&words.share(chance.low), &words.share(chance.high))),
    }));
    amounts.draw(&mut scene, markers, "Total cost", "Cost at most");
    scene
}
