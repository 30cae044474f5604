//! The map of probability and impact, before and after responses, beside what the simulation says.

use super::axis::{Scale, round_step};
use super::fit::{clean, ellipsize};
use super::frame::{BOTTOM, TOP, frame};
use super::scene::{Scene, Text};
use super::style::{
    COMMIT, Colour, GRID, INK, LIGHT, MARGIN, MUTED, PAPER, RULE, SHADE, SMALL, STRONG, TARGET, TINY, WIDTH,
};
use super::words::Words;
use crate::report::{Analysis, ScoreRow};

/// Risks that have a number on the map and a line in the list.
const MOST: usize = 16;
/// Left and right end of the map.
const MAP: (f64, f64) = (96.0, 560.0);
/// Left end of the list.
const LIST: f64 = 606.0;
/// Left and right end of the bars in the list.
const BARS: (f64, f64) = (900.0, 1_090.0);
/// Height of a line of the list.
const LINE: f64 = 30.0;
/// Radius of a risk on the map.
const BUBBLE: f64 = 9.5;
/// Bands of the score, from low to high: as shares of the largest.
const BANDS: [(f64, Colour); 3] = [
    (0.06, Colour(0xf3, 0xf8, 0xf1)),
    (0.22, Colour(0xfd, 0xf5, 0xe0)),
    (f64::INFINITY, Colour(0xfb, 0xe9, 0xe1)),
];
/// Cells of the shading, each way.
const CELLS: usize = 40;

/// The map and the list.
pub(super) fn scene(analysis: &Analysis, words: Words) -> Option<Scene> {
    let mut rows: Vec<&ScoreRow> = analysis.risk_scores.iter().collect();
    if rows.is_empty() || rows.iter().all(|row| row.impact_days <= 0.0) {
        return None;
    }
    rows.sort_by_key(|row| row.rank_by_share);
    let all = rows.len();
    rows.truncate(MOST);
    let height = (TOP + 60.0 + LINE * rows.len().max(12) as f64 + BOTTOM + 42.0).ceil();
    let title = "Risks by score, and by what they do";
    let shows = "probability and mean delay; shares of the contingency in time";
    let remark =
        (all > MOST).then(|| format!("The {MOST} risks with the largest shares, of {}.", words.count(all)));
    let mut scene = frame(&analysis.report, words, title, shows, remark.as_deref(), height);
    let (top, bottom) = (TOP + 16.0, height - BOTTOM - 66.0);
    let delays = || rows.iter().flat_map(|row| [Some(row.impact_days), row.impact_after_days]).flatten();
    let most = delays().fold(0.0, f64::max).max(0.1) * 1.1;
    let x = Scale { values: (0.0, most), places: MAP };
    let chances = rows.iter().flat_map(|row| [Some(row.probability), row.probability_after]).flatten();
    // The next fifth above the largest probability, so that the map is not half empty.
    let likeliest = ((chances.fold(0.0, f64::max) * 5.0 + 0.25).ceil() / 5.0).clamp(0.2, 1.0);
    let y = Scale { values: (0.0, likeliest), places: (bottom, top) };
    shade(&mut scene, &x, &y);
    axes(&mut scene, words, &x, &y);
    for row in &rows {
        if let (here, Some(there)) = ends(row, &x, &y) {
            scene.dashes(here, there, 4.0, 1.2, MUTED);
            scene.dot(there, 4.0, LIGHT);
        }
    }
    let mut places = Vec::new();
    for row in &rows {
        let here = ends(row, &x, &y).0;
        let at = free_place(here, &places);
        if at != here {
            scene.line([here, at], 1.2, MUTED);
            scene.dot(here, 2.5, colour(row));
        }
        places.push(at);
    }
    // Above all lines, so that every number can be read.
    for (number, (row, at)) in rows.iter().zip(places).enumerate() {
        let reach = BUBBLE + 2.0;
        scene.hint((at.0 - reach, at.1 - reach), (at.0 + reach, at.1 + reach), says(row, words));
        scene.dot(at, BUBBLE, colour(row));
        let number = (number + 1).to_string();
        scene.text(Text::new((at.0, at.1 + 4.0), number, TINY, PAPER).bold().middle());
    }
    list(&mut scene, (analysis, words), &rows, top);
    Some(scene)
}

/// A risk's values in words, before its response and after it.
fn says(row: &ScoreRow, words: Words) -> String {
    let after = row.probability_after.zip(row.impact_after_days);
    let after = after.map_or(String::new(), |(probability, days)| {
        format!("; with its response {}, mean delay {} days", words.share(probability), words.number(days, 1))
    });
    let share = row.share_days.map_or(String::new(), |days| format!("; share {} days", words.bare(days, 1)));
    format!(
        "{} {}: {}, mean delay {} days{after}{share}",
        clean(&row.id),
        clean(&row.title),
        words.share(row.probability),
        words.number(row.impact_days, 1)
    )
}

/// Bands of equal score behind the map.
fn shade(scene: &mut Scene, x: &Scale, y: &Scale) {
    let (largest, likeliest) = (x.values.1, y.values.1);
    let share = |at: usize| at as f64 / CELLS as f64;
    for row in 0..CELLS {
        for column in 0..CELLS {
            let (probability, delay) = (share(row) + 0.5 / CELLS as f64, share(column) + 0.5 / CELLS as f64);
            let band = BANDS.iter().find(|(most, _)| probability * likeliest * delay <= *most);
            let colour = band.map_or(PAPER, |(_, colour)| *colour);
            let from = (x.place(share(column) * largest), y.place(share(row + 1) * likeliest));
            let to = (x.place(share(column + 1) * largest), y.place(share(row) * likeliest));
            // A little over its edge, or paper would shine through between the cells.
            let to = (to.0 + if column + 1 < CELLS { 0.6 } else { 0.0 }, to.1);
            scene.rect((from.0, from.1 - if row + 1 < CELLS { 0.6 } else { 0.0 }), to, colour);
        }
    }
}

fn axes(scene: &mut Scene, words: Words, x: &Scale, y: &Scale) {
    let (bottom, top) = y.places;
    let (step, _) = round_step(y.values.1, 5, 0.05);
    for number in 0..=(y.values.1 / step + 1e-9).floor() as i64 {
        let share = number as f64 * step;
        let place = y.place(share);
        scene.line([(MAP.0, place), (MAP.1, place)], 1.0, if number == 0 { RULE } else { GRID });
        // Beside what lies on the axis: risks without any delay.
        let at = (MAP.0 - BUBBLE - 6.0, place + 4.5);
        scene.text(Text::new(at, words.share(share), SMALL, MUTED).end());
    }
    let (step, decimals) = round_step(x.values.1, 6, 0.1);
    let last = (x.values.1 / step).floor() as i64;
    for number in 0..=last {
        let value = number as f64 * step;
        let place = x.place(value);
        scene.line([(place, top), (place, bottom)], 1.0, GRID);
        scene.text(Text::new((place, bottom + 20.0), words.number(value, decimals), SMALL, MUTED).middle());
    }
    let middle = (MAP.0 + MAP.1) / 2.0;
    let name = "Mean delay if it occurs, days of the tasks that it hits";
    scene.text(Text::new((middle, bottom + 42.0), name, SMALL, MUTED).middle());
    scene.text(Text::new((MAP.0, top - 8.0), "Probability", SMALL, MUTED));
}

/// Where a risk stands, and where its response would take it, or from where it has come.
fn ends(row: &ScoreRow, x: &Scale, y: &Scale) -> ((f64, f64), Option<(f64, f64)>) {
    let before = (x.place(row.impact_days), y.place(row.probability));
    let after = row.probability_after.zip(row.impact_after_days);
    let after = after.map(|(probability, days)| (x.place(days), y.place(probability)));
    let (here, there) = match after {
        Some(after) if row.response_on => (after, Some(before)),
        after => (before, after),
    };
    (here, there.filter(|there| *there != here))
}

/// Where a risk is drawn: at the wanted place, or nearest to it, to the right or above or below, where no other
/// bubble lies; it then points to its own place.
fn free_place(wanted: (f64, f64), taken: &[(f64, f64)]) -> (f64, f64) {
    let apart = 2.0 * BUBBLE + 2.0;
    let is_free = |at: (f64, f64)| {
        let far = |other: &(f64, f64)| {
            let (dx, dy) = (at.0 - other.0, at.1 - other.1);
            dx * dx + dy * dy >= apart * apart
        };
        at.0 >= MAP.0 && at.0 <= MAP.1 && taken.iter().all(far)
    };
    let steps = (0..12).map(|step| f64::from(step) * apart / 2.0);
    let ways = [(1.0, 0.0), (0.7, -0.7), (0.7, 0.7), (0.0, -1.0), (0.0, 1.0), (-1.0, 0.0)];
    steps
        .flat_map(|far| ways.map(|(dx, dy)| (wanted.0 + far * dx, wanted.1 + far * dy)))
        .find(|&at| is_free(at))
        .unwrap_or(wanted)
}

/// Risks whose share stands higher than their score stand out.
fn colour(row: &ScoreRow) -> Colour {
    match row.disagreement {
        Some(places) if places > 0 => TARGET,
        Some(_) => MUTED,
        None => COMMIT,
    }
}

fn list(scene: &mut Scene, (analysis, words): (&Analysis, Words), rows: &[&ScoreRow], top: f64) {
    let right = WIDTH - MARGIN;
    let level = analysis.headline.level;
    scene.text(Text::new((LIST + 24.0, top - 8.0), "Risk", TINY, MUTED));
    let head = format!("Share of the {level} contingency, days");
    scene.text(Text::new((BARS.0, top - 8.0), head, TINY, MUTED));
    scene.text(Text::new((right, top - 8.0), "By score", TINY, MUTED).end());
    let share = |row: &ScoreRow| row.share_days.unwrap_or(0.0);
    let least = rows.iter().map(|row| share(row)).fold(0.0, f64::min);
    let most = rows.iter().map(|row| share(row)).fold(0.0, f64::max).max(least + 0.1);
    let x = Scale { values: (least, most), places: (BARS.0, BARS.1 - 44.0) };
    for (number, row) in rows.iter().enumerate() {
        let y = top + LINE * number as f64;
        if number % 2 == 0 {
            scene.rect((LIST - 8.0, y), (right, y + LINE), SHADE);
        }
        let base = y + LINE / 2.0 + 4.5;
        scene.dot((LIST + 6.0, y + LINE / 2.0), 9.0, colour(row));
        scene
            .text(Text::new((LIST + 6.0, base - 0.5), (number + 1).to_string(), TINY, PAPER).bold().middle());
        let name = format!("{} {}", clean(&row.id), clean(&row.title));
        scene.text(Text::new(
            (LIST + 24.0, base),
            ellipsize(&name, SMALL, false, BARS.0 - LIST - 40.0),
            SMALL,
            INK,
        ));
        let (zero, end) = (x.place(0.0), x.place(share(row)));
        scene.rect(
            (zero.min(end), y + 9.0),
            (zero.max(end).max(zero.min(end) + 1.0), y + LINE - 9.0),
            STRONG,
        );
        let label = row.share_days.map_or("-".into(), |days| words.bare(days, 1));
        scene.text(Text::new((zero.max(end) + 7.0, base), label, SMALL, INK));
        scene.hint((LIST - 8.0, y), (right, y + LINE), says(row, words));
        let rank = match row.disagreement {
            Some(places) => format!("{} ({places:+})", row.rank_by_score),
            None => row.rank_by_score.to_string(),
        };
        scene.text(Text::new((right, base), rank, SMALL, colour(row)).end());
    }
    let y = top + LINE * rows.len() as f64 + 20.0;
    let key = [
        (TARGET, "the score underrates it by 3 places or more"),
        (MUTED, "the score overrates it by 3 places or more"),
        (LIGHT, "where its response would take it, or has taken it from"),
    ];
    for (at, (colour, text)) in key.into_iter().enumerate() {
        let y = y + 18.0 * at as f64;
        scene.dot((LIST + 6.0, y - 4.0), 5.0, colour);
        scene.text(Text::new((LIST + 24.0, y), text, SMALL, MUTED));
    }
}
