//! One iteration beside the plan.

use super::fit::clean;
use super::frame::{empty, frame};
use super::gantt::{self, ROW, bar, height, hint, key, rows, top};
use super::range::range;
use super::scene::{Scene, Text};
use super::style::{COMMIT, Colour, LIGHT, MARGIN, MUTED, RULE, SMALL, STRONG, WIDTH};
use super::words::Words;
use crate::report::{ReplayReport, ReplayRow};
use crate::units::Instant;

const SHOWS: &str = "one iteration beside the plan";
/// How many rows are shown.
const MOST: usize = 40;
const DAY: f64 = 1_440.0;
/// Waiting for a window.
const WAIT: Colour = Colour(0xf0, 0xb4, 0x8a);

/// The Gantt chart of an iteration: the driving path, then what is furthest off its plan.
pub(super) fn scene(replay: &ReplayReport) -> Scene {
    let chosen = chosen(replay);
    let title = match (replay.finish, replay.finish_days_late) {
        (Some(finish), Some(late)) if late > 0.0 => format!("Finished on {finish}, {late:.0} days late"),
        (Some(finish), Some(late)) if late < 0.0 => format!("Finished on {finish}, {:.0} days early", -late),
        (Some(finish), _) => format!("Finished on {finish}, as planned"),
        (None, _) => "Never finished".to_owned(),
    };
    let found = replay.at.as_ref().map_or(String::new(), |at| format!(", the first at {at}"));
    let shows = format!("iteration {}{found}, beside the plan", replay.iteration);
    if chosen.is_empty() {
        return empty(&replay.report, Words::PLAIN, &title, SHOWS, "no task has a date");
    }
    let left_out = replay.tasks.iter().filter(|row| row.places[1].is_some()).count() - chosen.len();
    let remark = (left_out > 0).then(|| {
        format!("The driving path and the tasks furthest off their plan; {left_out} others are left out.")
    });
    let mut scene =
        frame(&replay.report, Words::PLAIN, &title, &shows, remark.as_deref(), height(chosen.len()));
    let ends = |at: usize| chosen.iter().filter_map(move |row| row.places[at]);
    let all: Vec<f64> =
        ends(0).chain(ends(1)).flat_map(|(start, finish)| [f64::from(start), f64::from(finish)]).collect();
    let data = (all.iter().copied().fold(f64::MAX, f64::min), all.iter().copied().fold(f64::MIN, f64::max));
    let names: Vec<String> = chosen.iter().map(|row| row.label.clone()).collect();
    key(
        &mut scene,
        &[
            (RULE, "Plan"),
            (COMMIT, "On the driving path"),
            (STRONG, "With float"),
            (WAIT, "Waiting for a window or freeze"),
        ],
    );
    let head = Text::new((WIDTH - MARGIN - 8.0, top() - 10.0), "Days (plan)", SMALL, MUTED).bold().end();
    scene.text(head);
    let x = rows(&mut scene, Words::PLAIN, &names, range(data, &[], 7.0 * DAY));
    for (at, row) in chosen.iter().enumerate() {
        if let Some((start, finish)) = row.places[0] {
            bar(&mut scene, &x, at, (f64::from(start), f64::from(finish)), (-9.0, -4.0), RULE);
        }
        if let Some((start, finish)) = row.places[1] {
            let (start, finish) = (f64::from(start), f64::from(finish));
            if row.wait_days > 0.0 {
                let from = start - row.wait_days * DAY;
                bar(&mut scene, &x, at, (from, start), (0.0, 4.0), WAIT);
            }
            let colour = if row.driving { COMMIT } else { STRONG };
            bar(
                &mut scene,
                &x,
                at,
                (start, finish),
                (-3.0, 8.0),
                if row.kind == "work" { colour } else { LIGHT },
            );
            if row.kind != "work" {
                let middle = top() + ROW * at as f64 + ROW / 2.0 + 2.0;
                scene.diamond((x.place(finish), middle), 6.5, colour);
            }
        }
        let dates = |place: Option<(i32, i32)>| {
            place.map_or("-".to_owned(), |(start, finish)| {
                format!("{} to {}", Instant(start).start_date(), Instant(finish).finish_date())
            })
        };
        let [plan, here] = [dates(row.places[0]), dates(row.places[1])];
        hint(&mut scene, at, format!("{}: plan {plan}, in this iteration {here}", clean(&row.label)));
        let middle = top() + ROW * at as f64 + ROW / 2.0 + 4.5;
        let days = if row.kind == "work" {
            format!("{:.0} ({:.0})", row.days, row.plan_days)
        } else {
            String::new()
        };
        scene.text(Text::new((gantt::PLOT.1 + 76.0, middle), days, SMALL, MUTED).end());
    }
    scene
}

/// The driving path, then the tasks furthest off their plan, in the order in which they start.
fn chosen(replay: &ReplayReport) -> Vec<&ReplayRow> {
    let mut rows: Vec<&ReplayRow> = replay.tasks.iter().filter(|row| row.driving).take(MOST).collect();
    for row in replay.off_plan(usize::MAX) {
        if rows.len() < MOST && !row.driving {
            rows.push(row);
        }
    }
    rows.retain(|row| row.places[1].is_some());
    rows.sort_by(|a, b| a.places[1].cmp(&b.places[1]).then_with(|| a.id.cmp(&b.id)));
    rows
}
