//! What remains of the contingency over the life of the program.

use jiff::civil::Date;

use super::axis::{Scale, round_step};
use super::dates::date_axis;
use super::frame::{BOTTOM, TOP, frame};
use super::money::money_axis;
use super::scene::{Scene, Text};
use super::style::{GRID, INK, LIGHT, MARGIN, MUTED, RULE, SMALL, STRONG, WIDTH};
use super::words::Words;
use crate::report::{Analysis, DrawdownRow};
use crate::units::Instant;

/// Left and right end of the panels.
const PLOT: (f64, f64) = (110.0, WIDTH - MARGIN - 20.0);
/// Height of a panel.
const PANEL: f64 = 200.0;
/// Room between panels.
const GAP: f64 = 40.0;
/// Room for the labels of the axis of dates.
const AXIS: f64 = 50.0;
const DAY: f64 = 1_440.0;

/// What a panel reads off a row.
type Reading = fn(&DrawdownRow) -> f64;

/// The curve of the contingency in time, and below it that in money.
pub(super) fn scene(analysis: &Analysis, words: Words) -> Option<Scene> {
    let section = analysis.contingency.as_ref()?;
    let rows = &section.drawdown;
    let contribution = analysis.contribution.as_ref()?;
    let days = contribution.finish.as_ref().map(|finish| finish.days).filter(|&days| days > 0.0);
    let money = contribution.cost.as_ref().map(|cost| cost.amount).filter(|&money| money > 0.0);
    let last = rows.last()?.date;
    let panels: Vec<(&str, f64, Reading)> = [
        days.map(|days| ("Contingency in time, calendar days", days, (|row| row.days) as Reading)),
        money.map(|money| ("Contingency in money", money, (|row| row.money) as Reading)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if panels.is_empty() {
        return None;
    }
    let level = analysis.headline.level;
    let height = TOP + 20.0 + panels.len() as f64 * (PANEL + GAP) + AXIS + BOTTOM - 20.0;
    let title = format!("What must remain of the {level} contingency");
    let remark = "A task's part is free at its P50 finish, a risk's when the last task that it hits is finished at P50; \
                  what is negative lessens all others in proportion.";
    let shows = "contingency still needed, by date";
    let mut scene = frame(&analysis.report, words, &title, shows, Some(remark), height);
    let at = |date: Date| f64::from(Instant::from_date(date).0);
    let (from, to) = (at(analysis.report.start), at(last) + DAY);
    let x = Scale { values: (from, to + (to - from) * 0.02), places: PLOT };
    let mut top = TOP + 24.0;
    for (name, whole, of) in &panels {
        panel(&mut scene, (analysis, words), rows, (name, *whole, *of), &x, top);
        top += PANEL + GAP;
    }
    let bottom = top - GAP;
    for tick in date_axis(words, x.values.0, x.values.1, 10).ticks {
        let place = x.place(tick.at);
        tick.write(&mut scene, (place, bottom + 20.0));
    }
    Some(scene)
}

fn panel(
    scene: &mut Scene,
    (analysis, words): (&Analysis, Words),
    rows: &[DrawdownRow],
    (name, whole, of): (&str, f64, Reading),
    x: &Scale,
    top: f64,
) {
    let bottom = top + PANEL;
    let values = || rows.iter().map(of).chain([whole]);
    let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let y = Scale { values: (low * 1.05, high * 1.08), places: (bottom, top) };
    let is_money = name.ends_with("money");
    let (ticks, unit) = if is_money {
        let axis = money_axis(words, analysis.report.currency, low, high, 5);
        (axis.ticks.into_iter().map(|tick| (tick.at, tick.label)).collect(), format!(", {}", axis.name))
    } else {
        let (step, decimals) = round_step(high - low, 8, 0.1);
        let first = (low / step).ceil() as i64;
        let last = (high / step).floor() as i64;
        let tick = |number: i64| (number as f64 * step, words.number(number as f64 * step, decimals));
        ((first..=last).map(tick).collect::<Vec<_>>(), String::new())
    };
    for tick in date_axis(words, x.values.0, x.values.1, 10).ticks {
        let place = x.place(tick.at);
        scene.line([(place, top), (place, bottom)], 1.0, GRID);
    }
    for (at, label) in ticks {
        let place = y.place(at);
        let colour = if at == 0.0 { RULE } else { GRID };
        scene.line([(PLOT.0, place), (PLOT.1, place)], 1.0, colour);
        scene.text(Text::new((PLOT.0 - 10.0, place + 4.5), label, SMALL, MUTED).end());
    }
    let mut stairs = vec![(PLOT.0, y.place(whole))];
    let zero = y.place(0.0);
    let mut height = whole;
    for row in rows {
        // What is over on a day is free when the day ends.
        let place = x.place(f64::from(Instant::from_date(row.date).0) + DAY);
        let (left, _) = stairs[stairs.len() - 1];
        let edge = y.place(height);
        // A little over its edge, or paper would shine through between the steps.
        let left = (left - 0.6).max(PLOT.0);
        scene.rect((left, edge.min(zero)), (place, edge.max(zero)), LIGHT);
        let needed = if is_money {
            words.money(analysis.report.currency, &words.number(height, 0))
        } else {
            format!("{} days", words.bare(height, 1))
        };
        scene.hint(
            (left, top),
            (place, bottom),
            format!("Until {}: {needed} still needed", words.date(row.date)),
        );
        stairs.push((place, edge));
        height = of(row);
        stairs.push((place, y.place(height)));
    }
    scene.line(stairs, 2.0, STRONG);
    scene.text(Text::new((PLOT.0, top - 8.0), format!("{name}{unit}"), SMALL, INK).bold());
}
