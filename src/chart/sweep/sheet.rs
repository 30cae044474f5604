//! Which chart shows a sweep.

use super::quantity::Quantity;
use super::{grid, lines, rows};
use crate::chart::scene::Scene;
use crate::chart::words::Words;
use crate::report::{SweepOverview, SweepSpot};

/// The chart of one outcome: a row per program where nothing is varied, lines over one value, and a map of two; of
/// more, the first two are shown, with the first value of each of the others. [`None`] where there is nothing to show.
pub(in crate::chart) fn scene(
    overview: &SweepOverview,
    spots: &[SweepSpot],
    outcome: &str,
    words: Words,
) -> Option<Scene> {
    let of_others = |spot: &SweepSpot| overview.place(spot.variant).1.iter().skip(2).sum::<usize>();
    let shown: Vec<&SweepSpot> =
        spots.iter().filter(|spot| spot.outcome == outcome && of_others(spot) == 0).collect();
    let quantity = Quantity::of(&shown, words)?;
    let what = match outcome {
        "finish" => "finish",
        "cost" => "cost",
        _ => "net present value",
    };
    match overview.axes.len() {
        0 => rows::scene(overview, &shown, what, quantity, words),
        1 => lines::scene(overview, &shown, what, quantity, words),
        _ => grid::scene(overview, &shown, what, quantity, words),
    }
}
