//! What each further spend buys.

use super::axis::Scale;
use super::dates::date_axis;
use super::fit::{clean, ellipsize};
use super::frame::{BOTTOM, TOP, frame};
use super::money::{amount, money_axis};
use super::scene::{Scene, Text};
use super::style::{
    COMMIT, Colour, GRID, HEIGHT, INK, MARGIN, MUTED, PAPER, PLAN, RULE, SHADE, SMALL, STRONG, TARGET, TINY,
    WIDTH,
};
use super::words::Words;
use crate::analysis::Objective;
use crate::report::{PurchaseReport, SetRow};
use crate::units::Instant;

/// Left and right end of the picture.
const PLOT: (f64, f64) = (130.0, 690.0);
/// Left end of the list.
const LIST: f64 = 740.0;
/// Sets that the list has room for.
const MOST: usize = 17;
/// Height of a line of the list.
const LINE: f64 = 26.0;

/// The frontier.
pub(super) fn scene(purchase: &PurchaseReport, words: Words) -> Scene {
    let level = &purchase.level;
    let of = purchase.of_name.as_ref().map_or(String::new(), |name| format!(" of {}", clean(name)));
    let (title, shows) = match purchase.kind {
        Objective::Finish(_) => {
            (format!("What responses buy: the {level} date{of}"), "spend against the finish")
        }
        Objective::Cost(_) => {
            (format!("What responses buy: the {level} cost{of}"), "spend against the cost with it")
        }
        Objective::Npv(_) => (
            format!("What responses buy: {}{of}", purchase.npv_name()),
            "spend against what the program is worth",
        ),
        Objective::Target => {
            (format!("What responses buy: targets kept{of}"), "spend against the probability of the targets")
        }
    };
    let remark = (purchase.method != "exhaustive")
        .then_some("Of the sets that were simulated: not all sets were, there are too many.");
    let mut scene = frame(&purchase.report, words, &title, shows, remark, HEIGHT);
    let bottom = HEIGHT - BOTTOM - 52.0;
    let top = TOP + 16.0;
    let sets: Vec<&SetRow> = purchase.frontier.iter().collect();
    let others = [&purchase.planned, &purchase.best];
    let all = || sets.iter().copied().chain(others);
    let y_of = |row: &SetRow| value(purchase, row);
    let spends = || all().map(|row| row.spend).chain(purchase.budget);
    let largest = all().map(|row| row.spend).fold(0.0, f64::max);
    let most = spends().filter(|&spend| spend <= largest * 2.0).fold(largest, f64::max).max(1.0);
    let values: Vec<f64> = all().filter_map(y_of).collect();
    let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(a, b), &v| (a.min(v), b.max(v)));
    let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
    let least = match purchase.kind {
        Objective::Finish(_) => 7.0 * 1_440.0,
        Objective::Cost(_) | Objective::Npv(_) => (high.abs() / 50.0).max(1.0),
        Objective::Target => 0.02,
    };
    let room = ((high - low) * 0.1).max(least / 2.0);
    let x = Scale { values: (-most * 0.03, most * 1.05), places: PLOT };
    let y = Scale { values: (low - room, high + room), places: (bottom, top) };
    axes(&mut scene, (purchase, words), &x, &y);

    if let Some(budget) = purchase.budget.filter(|&budget| x.holds(budget)) {
        let place = x.place(budget);
        scene.dashes((place, top), (place, bottom), 5.0, 1.5, TARGET);
        scene.text(Text::new((place - 6.0, top + 12.0), "budget", SMALL, TARGET).end());
    }
    let points: Vec<(f64, f64)> =
        sets.iter().filter_map(|row| Some((x.place(row.spend), y.place(y_of(row)?)))).collect();
    let mut stairs: Vec<(f64, f64)> = Vec::new();
    for &(at, height) in &points {
        if let Some(&(_, before)) = stairs.last() {
            stairs.push((at, before));
        }
        stairs.push((at, height));
    }
    stairs.extend(stairs.last().map(|&(_, height)| (PLOT.1, height)));
    scene.line(stairs, 2.0, STRONG);
    if let Some(height) = y_of(&purchase.planned) {
        let at = (x.place(purchase.planned.spend), y.place(height));
        scene.diamond(at, 9.0, PAPER);
        scene.diamond(at, 7.0, PLAN);
    }
    for (number, (row, &at)) in sets.iter().filter(|row| y_of(row).is_some()).zip(&points).enumerate() {
        scene.dot(at, 9.0, colour(purchase, row));
        scene.hint((at.0 - 10.0, at.1 - 10.0), (at.0 + 10.0, at.1 + 10.0), says((purchase, words), row));
        let number = (number + 1).to_string();
        scene.text(Text::new((at.0, at.1 + 4.0), number, TINY, PAPER).bold().middle());
    }
    list(&mut scene, (purchase, words), &sets, top);
    scene
}

/// A set's values in words.
fn says((purchase, words): (&PurchaseReport, Words), row: &SetRow) -> String {
    let names = if row.responses.is_empty() { "no response".to_owned() } else { row.responses.join(", ") };
    let money = |value: f64| amount(words, purchase.report.currency, value, false);
    let value = match purchase.kind {
        Objective::Finish(_) => row.finish_minutes.map_or("never".to_owned(), |minutes| {
            words.date(Instant(i32::try_from(minutes).unwrap_or(i32::MAX)).finish_date())
        }),
        Objective::Cost(_) => money(row.cost),
        Objective::Npv(_) => row.npv.map_or("-".to_owned(), money),
        Objective::Target => row.target_probability.map_or("-".into(), |share| words.share(share)),
    };
    format!("{names}: spend {}, {value}", money(row.spend))
}

/// The best set stands out.
fn colour(purchase: &PurchaseReport, row: &SetRow) -> Colour {
    if row.responses == purchase.best.responses { TARGET } else { COMMIT }
}

/// The height of a set in the unit of the axis.
fn value(purchase: &PurchaseReport, row: &SetRow) -> Option<f64> {
    match purchase.kind {
        Objective::Finish(_) => row.finish_minutes.map(|minutes| minutes as f64),
        Objective::Cost(_) => Some(row.cost),
        Objective::Npv(_) => row.npv,
        Objective::Target => row.target_probability,
    }
}

fn axes(scene: &mut Scene, (purchase, words): (&PurchaseReport, Words), x: &Scale, y: &Scale) {
    let (bottom, top) = y.places;
    let currency = purchase.report.currency;
    let (low, high) = y.values;
    let ticks: Vec<(f64, String)> = match purchase.kind {
        Objective::Finish(_) => date_axis(words, low, high, 7)
            .ticks
            .into_iter()
            .map(|tick| {
                (tick.at, tick.second.map_or(tick.label.clone(), |year| format!("{} {year}", tick.label)))
            })
            .collect(),
        Objective::Cost(_) | Objective::Npv(_) => money_axis(words, currency, low, high, 7)
            .ticks
            .into_iter()
            .map(|tick| (tick.at, tick.label))
            .collect(),
        Objective::Target => (0..=20)
            .map(|step| f64::from(step) / 20.0)
            .filter(|share| (low..=high).contains(share))
            .map(|share| (share, words.share(share)))
            .collect(),
    };
    for (at, label) in ticks {
        let place = y.place(at);
        scene.line([(PLOT.0, place), (PLOT.1, place)], 1.0, GRID);
        scene.text(Text::new((PLOT.0 - 10.0, place + 4.5), label, SMALL, MUTED).end());
    }
    let axis = money_axis(words, currency, 0.0, x.values.1, 6);
    for tick in &axis.ticks {
        let place = x.place(tick.at);
        scene.line([(place, top), (place, bottom)], 1.0, GRID);
        scene.text(Text::new((place, bottom + 20.0), &tick.label, SMALL, MUTED).middle());
    }
    scene.line([(PLOT.0, bottom), (PLOT.1, bottom)], 1.0, RULE);
    let middle = (PLOT.0 + PLOT.1) / 2.0;
    let name = format!("Spend on responses, {}", axis.name);
    scene.text(Text::new((middle, bottom + 42.0), name, SMALL, MUTED).middle());
}

/// The sets by number.
fn list(scene: &mut Scene, (purchase, words): (&PurchaseReport, Words), sets: &[&SetRow], top: f64) {
    let currency = purchase.report.currency;
    let right = WIDTH - MARGIN;
    let (spend, gain) = (LIST + 120.0, LIST + 196.0);
    let head = match purchase.kind {
        Objective::Finish(_) => "Days",
        Objective::Cost(_) => "Saved",
        Objective::Npv(_) => "Gained",
        Objective::Target => "Kept",
    };
    for (at, text) in [(spend, "Spend"), (gain, head)] {
        scene.text(Text::new((at, top), text, TINY, MUTED).end());
    }
    scene.text(Text::new((gain + 16.0, top), "Responses to", TINY, MUTED));
    let shown = sets.iter().filter(|row| value(purchase, row).is_some());
    let all = shown.clone().count();
    for (number, row) in shown.take(MOST).enumerate() {
        let y = top + 8.0 + LINE * number as f64;
        if number % 2 == 0 {
            scene.rect((LIST - 8.0, y), (right, y + LINE), SHADE);
        }
        let base = y + 17.5;
        scene.dot((LIST + 8.0, y + LINE / 2.0), 9.0, colour(purchase, row));
        let label = (number + 1).to_string();
        scene.text(Text::new((LIST + 8.0, base), label, TINY, PAPER).bold().middle());
        scene.text(Text::new((spend, base), amount(words, currency, row.spend, false), SMALL, INK).end());
        let gained = match purchase.kind {
            Objective::Finish(_) => row.days.map_or("-".into(), |days| words.bare(days, 1)),
            Objective::Cost(_) => amount(words, currency, row.saved, false),
            Objective::Npv(_) => {
                row.npv_gained.map_or("-".into(), |gained| amount(words, currency, gained, false))
            }
            Objective::Target => row.target_probability.map_or("-".into(), |share| words.share(share)),
        };
        scene.text(Text::new((gain, base), gained, SMALL, INK).end());
        scene.hint((LIST - 8.0, y), (right, y + LINE), says((purchase, words), row));
        let names = if row.responses.is_empty() { "none".to_owned() } else { row.responses.join(" ") };
        let names = ellipsize(&names, SMALL, false, right - gain - 24.0);
        scene.text(Text::new((gain + 16.0, base), names, SMALL, INK));
    }
    let mut y = top + 8.0 + LINE * all.min(MOST) as f64 + 20.0;
    if all > MOST {
        scene.text(Text::new((LIST, y), format!("and {} more", all - MOST), SMALL, MUTED));
        y += 18.0;
    }
    scene.diamond((LIST + 8.0, y - 4.0), 7.0, PLAN);
    scene.text(Text::new((LIST + 24.0, y), "as planned in the scenario", SMALL, MUTED));
    scene.dot((LIST + 8.0, y + 14.0), 7.0, TARGET);
    let best = if purchase.budget.is_some() { "best within the budget" } else { "best" };
    scene.text(Text::new((LIST + 24.0, y + 18.0), best, SMALL, MUTED));
}
