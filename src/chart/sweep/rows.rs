//! Nothing is varied: a row per program.

use super::quantity::Quantity;
use crate::chart::axis::Scale;
use crate::chart::fit::{clean, ellipsize};
use crate::chart::frame::{BOTTOM, TOP, sweep_sheet};
use crate::chart::scene::{Scene, Text};
use crate::chart::style::{BODY, COMMIT, GRID, INK, LIGHT, MARGIN, MUTED, SHADE, SMALL, STRONG, TINY, WIDTH};
use crate::chart::words::Words;
use crate::report::{SweepOverview, SweepSpot};

/// Programs that have a row.
const MOST: usize = 40;
/// Left and right end of the bars.
const PLOT: (f64, f64) = (330.0, WIDTH - MARGIN - 150.0);
const ROW: f64 = 34.0;

/// The chart.
pub(super) fn scene(
    overview: &SweepOverview,
    spots: &[&SweepSpot],
    what: &str,
    quantity: Quantity,
    words: Words,
) -> Option<Scene> {
    let shown = &spots[..spots.len().min(MOST)];
    let top = TOP + 30.0;
    let bottom = top + ROW * shown.len() as f64;
    let height = bottom + BOTTOM + 48.0;
    let title = format!("The {what} of {} programs", words.count(overview.programs.len()));
    let remark =
        (spots.len() > MOST).then(|| format!("The first {MOST} of {} programs.", words.count(spots.len())));
    let names = spots.first().map_or([""; 4], |spot| SweepSpot::levels_of(spot.outcome));
    let [low, median, level, high] = names;
    let shows = format!("{low} to {high} {what}, {median} and {level}");
    let mut scene = sweep_sheet(overview, words, &title, &shows, remark.as_deref(), height);
    let numbers = shown.iter().flat_map(|spot| spot.levels).flatten().map(|point| point.value.number());
    let (low, high) = numbers.fold((f64::MAX, f64::MIN), |(a, b), n| (a.min(n), b.max(n)));
    if low > high {
        return None;
    }
    let room = ((high - low) * 0.05).max(quantity.least());
    let x = Scale { values: (low - room, high + room), places: PLOT };
    for at in (0..shown.len()).step_by(2) {
        let from = top + ROW * at as f64;
        scene.rect((MARGIN, from), (WIDTH - MARGIN, from + ROW), SHADE);
    }
    let axis = quantity.axis(x.values.0, x.values.1, 8);
    scene.text(Text::new((PLOT.1 + 14.0, bottom + 18.0), axis.name, SMALL, MUTED));
    for tick in axis.ticks {
        let place = x.place(tick.at);
        scene.line([(place, top), (place, bottom)], 1.0, GRID);
        tick.write(&mut scene, (place, bottom + 18.0));
    }
    scene.text(Text::new((PLOT.1 + 14.0, top - 10.0), level, TINY, MUTED));
    for (at, spot) in shown.iter().enumerate() {
        let middle = top + ROW * (at as f64 + 0.5);
        let program = &overview.programs[overview.place(spot.variant).0];
        let name = ellipsize(&clean(&program.name), BODY, false, PLOT.0 - MARGIN - 20.0);
        scene.text(Text::new((MARGIN + 6.0, middle + 4.5), name, BODY, INK));
        let place = |level: usize| spot.levels[level].map(|point| x.place(point.value.number()));
        if let (Some(from), Some(to)) = (place(0), place(3)) {
            scene.rect((from, middle - 7.0), (to.max(from + 1.5), middle + 7.0), LIGHT);
        }
        if let Some(half) = place(1) {
            scene.line([(half, middle - 7.0), (half, middle + 7.0)], 2.5, STRONG);
        }
        if let Some(p80) = place(2) {
            scene.dot((p80, middle), 5.0, COMMIT);
        }
        let said = spot.levels[2].map_or("none".to_owned(), |p80| quantity.say(p80.value));
        scene.text(Text::new((PLOT.1 + 14.0, middle + 4.5), said, SMALL, INK));
        let levels: Vec<String> = names
            .iter()
            .zip(spot.levels)
            .map(|(level, point)| format!("{level} {}", quantity.say_point(point)))
            .collect();
        let text = format!("{}: {}", clean(&program.name), levels.join(", "));
        scene.hint((MARGIN, middle - ROW / 2.0), (WIDTH - MARGIN, middle + ROW / 2.0), text);
    }
    Some(scene)
}
