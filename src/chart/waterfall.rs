//! From the plan to a percentile, bar by bar.

use jiff::civil::Date;

use super::axis::{Axis, Scale};
use super::dates::date_axis;
use super::fit::{clean, ellipsize};
use super::frame::{BOTTOM, TOP, frame};
use super::money::{amount, money_axis};
use super::scene::{Scene, Text};
use super::style::{BODY, COMMIT, GRID, INK, MARGIN, MEDIAN, MUTED, PLAN, RULE, SHADE, SMALL, STRONG, WIDTH};
use super::typeface::width;
use super::words::Words;
use crate::report::{Analysis, PartRow};
use crate::units::Instant;

/// Parts that have a row of their own.
const MOST: usize = 14;
/// Height of a row.
const ROW: f64 = 32.0;
/// Height of a bar.
const BAR: f64 = 18.0;
/// Left and right end of the bars.
const PLOT: (f64, f64) = (400.0, WIDTH - MARGIN - 150.0);
/// Room for the labels of the axis.
const AXIS: f64 = 44.0;
const DAY: f64 = 1_440.0;

/// One step of a waterfall.
struct Step {
    name: String,
    detail: String,
    by: f64,
    label: String,
}

/// The two ends of a waterfall and what lies between them, on one axis.
struct Fall {
    title: String,
    shows: String,
    remark: Option<String>,
    from: (f64, String),
    to: (f64, String),
    steps: Vec<Step>,
    axis: fn(&Analysis, Words, f64, f64) -> Axis,
    is_money: bool,
}

/// The waterfall of the finish.
pub(super) fn finish(analysis: &Analysis, words: Words) -> Option<Scene> {
    let section = analysis.contribution.as_ref()?;
    let waterfall = section.finish.as_ref()?;
    let level = analysis.headline.level;
    let at = |date: Date| f64::from(Instant::from_date(date).0);
    let steps = steps(
        section.largest(),
        |row| row.finish_days,
        |row| row.finish_error_days,
        |days| format!("{} d", words.signed(days, 1)),
        |days| words.bare(days, 1),
    );
    let steps = steps.into_iter().map(|step| Step { by: step.by * DAY, ..step }).collect();
    let waits = waterfall.waits_in_plan_days;
    let remark = (waits != 0.0).then(|| {
        format!("The plan itself already waits {} days for windows and freezes.", words.bare(waits, 1))
    });
    let from = at(waterfall.plan);
    let fall = Fall {
        title: format!("What lies between the plan and the {level} date"),
        shows: format!("{} calendar days, shared among what causes them", words.signed(waterfall.days, 1)),
        remark,
        from: (from, words.date(waterfall.plan)),
        to: (from + waterfall.days * DAY, words.date(waterfall.total)),
        steps,
        axis: |_, words, low, high| date_axis(words, low, high, 8),
        is_money: false,
    };
    Some(draw(analysis, words, fall))
}

/// The waterfall of the cost.
pub(super) fn cost(analysis: &Analysis, words: Words) -> Option<Scene> {
    let section = analysis.contribution.as_ref()?;
    let waterfall = section.cost.as_ref()?;
    let (level, currency) = (analysis.headline.level, analysis.report.currency);
    let is_small = waterfall.total.abs() < 1_000.0;
    let shown = |value: f64| amount(words, currency, value, is_small);
    let mut rows = section.largest();
    let size = |row: &PartRow| row.cost.unwrap_or(0.0).abs();
    rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let sign = |value: f64| if value > 0.0 { "+" } else { "" };
    let fall = Fall {
        title: format!("What lies between the plan and the {level} cost"),
        shows: format!(
            "{}, shared among what causes them",
            words.money(currency, &format!("{}{}", sign(waterfall.amount), shown(waterfall.amount)))
        ),
        remark: None,
        from: (waterfall.plan, shown(waterfall.plan)),
        to: (waterfall.total, shown(waterfall.total)),
        steps: steps(
            rows,
            |row| row.cost,
            |row| row.cost_error,
            |value| format!("{}{}", sign(value), shown(value)),
            shown,
        ),
        axis: |analysis, words, low, high| money_axis(words, analysis.report.currency, low, high, 6),
        is_money: true,
    };
    Some(draw(analysis, words, fall))
}

/// The largest parts one by one, the others together, those that bring nothing left out.
fn steps(
    rows: Vec<&PartRow>,
    by: impl Fn(&PartRow) -> Option<f64>,
    error: impl Fn(&PartRow) -> Option<f64>,
    say: impl Fn(f64) -> String,
    say_error: impl Fn(f64) -> String,
) -> Vec<Step> {
    let rows: Vec<&PartRow> = rows.into_iter().filter(|row| by(row).unwrap_or(0.0) != 0.0).collect();
    let alone = if rows.len() > MOST + 1 { MOST } else { rows.len() };
    let step = |row: &&PartRow| {
        let share = by(row).unwrap_or(0.0);
        let error = error(row).filter(|&error| error > 0.0).map(&say_error);
        Step {
            name: clean(&row.id),
            detail: clean(&row.title),
            by: share,
            label: error.map_or(say(share), |error| format!("{} ± {error}", say(share))),
        }
    };
    let mut steps: Vec<Step> = rows[..alone].iter().map(step).collect();
    if alone < rows.len() {
        let rest: f64 = rows[alone..].iter().filter_map(|row| by(row)).sum();
        let name = format!("{} smaller parts", rows.len() - alone);
        steps.push(Step { name, detail: String::new(), by: rest, label: say(rest) });
    }
    steps
}

fn draw(analysis: &Analysis, words: Words, fall: Fall) -> Scene {
    let rows = fall.steps.len() + 2;
    let top = TOP + 8.0;
    let bottom = top + ROW * rows as f64;
    let height = (bottom + AXIS + BOTTOM + 4.0).ceil();
    let mut scene = frame(&analysis.report, words, &fall.title, &fall.shows, fall.remark.as_deref(), height);
    let mut ends = vec![fall.from.0, fall.to.0];
    let mut at = fall.from.0;
    ends.extend(fall.steps.iter().map(|step| {
        at += step.by;
        at
    }));
    let (low, high) = ends.iter().fold((f64::MAX, f64::MIN), |(low, high), &at| (low.min(at), high.max(at)));
    let room = ((high - low) * 0.08).max(if high > low { 0.0 } else { 1.0 });
    let x = Scale { values: (low - room, high + room), places: PLOT };
    for row in (0..rows).step_by(2) {
        let from = top + ROW * row as f64;
        scene.rect((MARGIN, from), (WIDTH - MARGIN, from + ROW), SHADE);
    }
    let axis = (fall.axis)(analysis, words, x.values.0, x.values.1);
    if fall.is_money {
        scene.text(Text::new((PLOT.1 + 14.0, bottom + 18.0), &axis.name, SMALL, MUTED));
    }
    for tick in axis.ticks {
        let place = x.place(tick.at);
        scene.line([(place, top), (place, bottom)], 1.0, GRID);
        tick.write(&mut scene, (place, bottom + 18.0));
    }
    scene.line([(PLOT.0, bottom), (PLOT.1, bottom)], 1.0, RULE);

    let level = analysis.headline.level;
    let pole = |scene: &mut Scene, row: usize, value: f64| {
        let (from, to) = (top + ROW * row as f64, top + ROW * (row + 1) as f64 + (ROW - BAR) / 2.0);
        let place = x.place(value);
        scene.line([(place, from + (ROW + BAR) / 2.0), (place, to)], 1.0, RULE);
    };
    end(&mut scene, ("Deterministic plan", &fall.from.1, PLAN), x.place(fall.from.0), top);
    pole(&mut scene, 0, fall.from.0);
    let mut at = fall.from.0;
    for (row, step) in fall.steps.iter().enumerate() {
        let y = top + ROW * (row + 1) as f64;
        name(&mut scene, step, y);
        let detail = if step.detail.is_empty() { String::new() } else { format!(" ({})", step.detail) };
        scene.hint((MARGIN, y), (WIDTH - MARGIN, y + ROW), format!("{}{detail}: {}", step.name, step.label));
        let next = at + step.by;
        let (left, right) = (x.place(at.min(next)), x.place(at.max(next)));
        let colour = if step.by > 0.0 { STRONG } else { MEDIAN };
        let from = y + (ROW - BAR) / 2.0;
        scene.rect((left, from), (right.max(left + 1.0), from + BAR), colour);
        scene.text(Text::new((right + 8.0, y + ROW / 2.0 + 4.5), &step.label, SMALL, INK));
        pole(&mut scene, row + 1, next);
        at = next;
    }
    let last = format!("{level}");
    end(&mut scene, (&last, &fall.to.1, COMMIT), x.place(fall.to.0), top + ROW * (rows - 1) as f64);
    scene
}

/// A row with an end: a mark and its value.
fn end(scene: &mut Scene, (name, value, colour): (&str, &str, super::style::Colour), place: f64, y: f64) {
    let middle = y + ROW / 2.0;
    scene.text(Text::new((PLOT.0 - 16.0, middle + 5.0), name, BODY, INK).bold().end());
    scene.diamond((place, middle), 8.0, colour);
    scene.text(Text::new((place + 16.0, middle + 4.5), value, SMALL, INK).bold());
}

/// The name of a part, and after it in grey what it is.
fn name(scene: &mut Scene, step: &Step, y: f64) {
    let (right, middle) = (PLOT.0 - 16.0, y + ROW / 2.0 + 5.0);
    let most = right - MARGIN;
    let name = ellipsize(&step.name, BODY, false, most);
    let used = width(&name, BODY, false) + 10.0;
    let detail =
        if most - used > 60.0 { ellipsize(&step.detail, SMALL, false, most - used) } else { String::new() };
    scene.text(Text::new((right, middle), &detail, SMALL, MUTED).end());
    let left = if detail.is_empty() { right } else { right - width(&detail, SMALL, false) - 10.0 };
    scene.text(Text::new((left, middle), name, BODY, INK).end());
}
