//! What the costs consist of: by category, by project, by vendor and by cost centre, each with its range.

use super::axis::Scale;
use super::fit::{clean, ellipsize};
use super::frame::{BOTTOM, TOP, frame};
use super::money::{amount, money_axis};
use super::scene::{Scene, Text};
use super::style::{BODY, COMMIT, GRID, INK, LIGHT, MARGIN, MUTED, RULE, SHADE, SMALL, WIDTH};
use super::words::Words;
use crate::report::Report;
use crate::units::Percentile;

/// How many rows a section has at most.
const MOST: usize = 12;
/// Height of a row and of the name of a section.
const ROW: f64 = 26.0;
const HEAD: f64 = 34.0;
/// Left and right end of the bars, with room for the amounts beside them.
const PLOT: (f64, f64) = (330.0, WIDTH - MARGIN - 240.0);

/// One part of the costs: its name, and its P10, P50, P80 and P90.
struct Row {
    name: String,
    at: [f64; 4],
}

/// Bars of the P50 with their ranges; [`None`] where money over time is no matter or costs nothing.
pub(super) fn scene(report: &Report, words: Words) -> Option<Scene> {
    let money = report.money.as_ref()?;
    let band = |band: &crate::report::AmountBand| [band.p10, band.p50, band.p80, band.p90];
    let categories =
        money.parts.iter().filter_map(|row| Some(Row { name: row.category.clone()?, at: band(&row.total) }));
    let projects = report.projects.iter().filter(|row| row.parent.is_none()).filter_map(|row| {
        let levels = [Percentile::whole(10), Percentile::P50, Percentile::P80, Percentile::whole(90)];
        let mut at = [0.0; 4];
        for (place, level) in at.iter_mut().zip(levels) {
            *place = row.cost.percentile(level)?.value;
        }
        Some(Row { name: row.name.clone(), at })
    });
    let vendors = money.vendors.iter().map(|row| Row { name: row.vendor.clone(), at: band(&row.total) });
    let centres =
        money.cost_centres.iter().map(|row| Row { name: row.cost_centre.clone(), at: band(&row.total) });
    let sections: Vec<(&str, Vec<Row>, usize)> = [
        ("By category", categories.collect::<Vec<Row>>()),
        ("By project", projects.collect()),
        ("By vendor", vendors.collect()),
        ("By cost centre", centres.collect()),
    ]
    .into_iter()
    .map(|(name, rows)| largest(name, rows))
    .filter(|(_, rows, _)| !rows.is_empty())
    .collect();
    let all = || sections.iter().flat_map(|(_, rows, _)| rows);
    if sections.is_empty() {
        return None;
    }
    let remark = format!(
        "Categories and vendors from the first {} iterations. Percentiles of parts do not add up to those of the whole.",
        words.number(money.iterations as f64, 0)
    );
    let height: f64 = sections.iter().map(|(_, rows, _)| HEAD + ROW * rows.len() as f64 + 10.0).sum();
    let (top, bottom) = (TOP + 8.0, TOP + 8.0 + height);
    let shows = "costs in parts: bar P50, whisker P10 to P90, dark line P80";
    let mut scene = frame(
        report,
        words,
        "What the costs consist of",
        shows,
        Some(&remark),
        (bottom + 44.0 + BOTTOM).ceil(),
    );
    let low = all().map(|row| row.at[0]).fold(0.0, f64::min);
    let high = all().map(|row| row.at[3]).fold(0.0, f64::max);
    let x = Scale { values: (low * 1.05, high.max(1.0) * 1.03), places: PLOT };
    let axis = money_axis(words, report.currency, x.values.0, x.values.1, 6);
    let mut y = top;
    for (name, rows, left_out) in &sections {
        let more = if *left_out > 0 {
            format!(", the largest; {} more in cost_breakdown.csv", words.count(*left_out))
        } else {
            String::new()
        };
        scene.text(Text::new((MARGIN, y + HEAD - 10.0), format!("{name}{more}"), BODY, INK).bold());
        y += HEAD;
        let end = y + ROW * rows.len() as f64;
        for (at, _) in rows.iter().enumerate().filter(|(at, _)| at % 2 == 0) {
            let from = y + ROW * at as f64;
            scene.rect((MARGIN, from), (WIDTH - MARGIN, from + ROW), SHADE);
        }
        for tick in &axis.ticks {
            let place = x.place(tick.at);
            let colour = if tick.at == 0.0 { RULE } else { GRID };
            scene.line([(place, y), (place, end)], 1.0, colour);
        }
        for (at, row) in rows.iter().enumerate() {
            bar(&mut scene, (report, words), row, &x, y + ROW * at as f64);
        }
        y = end + 10.0;
    }
    scene.line([(PLOT.0, bottom), (PLOT.1, bottom)], 1.0, RULE);
    for tick in &axis.ticks {
        scene.text(Text::new((x.place(tick.at), bottom + 18.0), &tick.label, SMALL, MUTED).middle());
    }
    let middle = (PLOT.0 + PLOT.1) / 2.0;
    scene.text(Text::new((middle, bottom + 38.0), format!("Cost, {}", axis.name), SMALL, MUTED).middle());
    Some(scene)
}

/// The largest rows by P50, and how many are left out.
fn largest(name: &str, mut rows: Vec<Row>) -> (&str, Vec<Row>, usize) {
    rows.retain(|row| row.at != [0.0; 4]);
    rows.sort_by(|a, b| b.at[1].total_cmp(&a.at[1]).then_with(|| a.name.cmp(&b.name)));
    let left_out = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    (name, rows, left_out)
}

fn bar(scene: &mut Scene, (report, words): (&Report, Words), row: &Row, x: &Scale, from: f64) {
    let [p10, p50, p80, p90] = row.at.map(|value| x.place(value));
    let zero = x.place(0.0);
    let (top, bottom) = (from + 5.0, from + ROW - 5.0);
    let middle = (top + bottom) / 2.0;
    scene.rect((zero.min(p50), top), (zero.max(p50), bottom), LIGHT);
    scene.line([(p10, middle), (p90, middle)], 1.5, MUTED);
    scene.line([(p80, top - 1.0), (p80, bottom + 1.0)], 2.0, COMMIT);
    let name = ellipsize(&clean(&row.name), BODY, false, PLOT.0 - MARGIN - 24.0);
    scene.text(Text::new((PLOT.0 - 14.0, from + 18.0), name, BODY, INK).end());
    let money = |value: f64| amount(words, report.currency, value, false);
    let [low, middle, high, highest] = row.at.map(money);
    let says = format!("{}: P10 {low}, P50 {middle}, P80 {high}, P90 {highest}", clean(&row.name));
    scene.hint((MARGIN, from), (WIDTH - MARGIN, from + ROW), says);
    let range = format!("{middle}, P80 {high}");
    scene.text(Text::new((WIDTH - MARGIN - 8.0, from + 18.0), range, SMALL, INK).end());
}
