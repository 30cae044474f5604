//! What the program is worth.

use super::amounts::Amounts;
use super::frame::frame;
use super::marker::{Kind, Marker};
use super::scene::Scene;
use super::style::HEIGHT;
use super::words::{Words, interval};
use crate::report::Report;
use crate::units::Percentile;

/// The levels that are marked: more is better, so that the P20 is exceeded with 80 % probability.
const LEVELS: [Percentile; 3] = [Percentile::whole(20), Percentile::P50, Percentile::P80];

/// The chart of the net present value, where there is one.
pub(super) fn scene(report: &Report, words: Words) -> Option<Scene> {
    let case = report.money.as_ref()?.business_case.as_ref()?;
    let amounts = Amounts::new(&case.npv, case.bins.as_ref(), report.currency, words)?;
    let chance = &case.npv_positive;
    let title = format!("NPV above zero with {}", words.share(chance.value));
    let rate = words.percents(&words.shortest((case.discount_rate * 1e4).round() / 100.0));
    let shows = format!("net present value at {rate}, after tax");
    let mut scene = frame(report, words, &title, &shows, None, HEIGHT);
    let mut markers = amounts.markers(LEVELS);
    markers.push(Marker {
        kind: Kind::BreakEven,
        at: 0.0,
        value: words.money(report.currency, "0"),
        share: Some(1.0 - chance.value),
        interval: Some(interval(&words.share(1.0 - chance.high), &words.share(1.0 - chance.low))),
    });
    amounts.draw(&mut scene, markers, "Net present value", "Worth at most");
    Some(scene)
}
