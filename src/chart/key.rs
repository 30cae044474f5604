//! The key beside a confidence chart: each marker with its value, probability and interval.

use super::confidence::Confidence;
use super::fit::{ellipsize, wrap};
use super::marker::Kind;
use super::scene::{Scene, Text};
use super::style::{BODY, INK, MUTED, RULE, SMALL, TINY};
use super::typeface::width;

/// Draws the key in a column from `top` downwards; markers in the order of their values.
pub(super) fn draw(scene: &mut Scene, chart: &Confidence<'_>, (left, right): (f64, f64), top: f64) {
    let markers = &chart.markers;
    scene.text(Text::new((left, top), chart.promise, TINY, MUTED));
    scene.text(Text::new((right, top), "Probability", TINY, MUTED).end());
    let mut y = top + 8.0;
    for marker in markers {
        scene.line([(left, y), (right, y)], 0.75, RULE);
        y += 21.0;
        let text_left = left + 20.0;
        line_sample(scene, marker.kind, left, y);
        let share = marker.share.map_or("-".into(), |share| chart.words.share(share));
        let share_width = width(&share, BODY, true);
        let name = ellipsize(&marker.kind.name(), BODY, true, right - text_left - share_width - 8.0);
        scene.text(Text::new((text_left, y), name, BODY, INK).bold());
        scene.text(Text::new((right, y), share, BODY, INK).bold().end());
        y += 19.0;
        let value = ellipsize(&marker.value, BODY, false, right - text_left);
        scene.text(Text::new((text_left, y), value, BODY, INK));
        for line in marker.interval.iter().flat_map(|text| wrap(text, SMALL, false, right - text_left, 2)) {
            y += 16.0;
            scene.text(Text::new((text_left, y), line, SMALL, MUTED));
        }
        y += 10.0;
    }
    if markers.iter().any(|marker| marker.interval.is_some()) {
        scene.line([(left, y), (right, y)], 0.75, RULE);
        scene.text(Text::new((left, y + 16.0), "Grey: 95 % interval of the simulation", TINY, MUTED));
    }
}

/// A piece of the marker's line.
fn line_sample(scene: &mut Scene, kind: Kind, left: f64, baseline: f64) {
    let x = left + 6.0;
    let (top, bottom) = (baseline - 12.0, baseline + 2.0);
    if kind.is_dashed() {
        scene.dashes((x, top), (x, bottom), 5.0, 3.0, kind.colour());
    } else {
        scene.line([(x, top), (x, bottom)], 3.0, kind.colour());
    }
}
