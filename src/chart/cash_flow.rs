//! When money flows: costs by period, and below them the sum.

use jiff::civil::Date;

use super::axis::Scale;
use super::dates::date_axis;
use super::frame::{BOTTOM, TOP, frame};
use super::money::{amount, money_axis};
use super::scene::{Scene, Text};
use super::style::{COMMIT, GRID, INK, LIGHT, MARGIN, MUTED, RULE, SMALL, STRONG, TARGET, WIDTH};
use super::words::Words;
use crate::report::{AmountBand, FlowRow, MoneyReport, Report};
use crate::units::Instant;

/// Left and right end of the panels.
const PLOT: (f64, f64) = (120.0, WIDTH - MARGIN - 20.0);
/// Height of a panel.
const PANEL: f64 = 205.0;
/// Room between panels.
const GAP: f64 = 48.0;
/// Room for the labels of the axis of dates.
const AXIS: f64 = 50.0;
const DAY: f64 = 1_440.0;

/// The columns of the costs with their ranges, and the band of the sum with what there is to spend.
pub(super) fn scene(report: &Report, words: Words) -> Option<Scene> {
    let money = report.money.as_ref()?;
    let rows = money.costs();
    let (first, last) = (rows.first()?, rows.last()?);
    if rows.iter().all(|row| row.cumulative.p90 == 0.0 && row.cumulative.p10 == 0.0) {
        return None;
    }
    let height = TOP + 24.0 + 2.0 * PANEL + GAP + AXIS + BOTTOM;
    let highest = rows.iter().max_by(|a, b| a.within.p80.total_cmp(&b.within.p80))?;
    let is_small = highest.within.p80 < 1_000.0;
    let title = format!(
        "{} needs most: {} with 80 % confidence",
        highest.period,
        words.money(report.currency, &amount(words, report.currency, highest.within.p80, is_small))
    );
    let remark = format!(
        "From the first {} iterations. The percentiles of the periods do not add up to those of the sum.",
        words.number(money.iterations as f64, 0)
    );
    let shows = format!("costs when they are paid, by {}", money.period);
    let mut scene = frame(report, words, &title, &shows, Some(&remark), height);
    let funded = money.funding.last().map_or(last.to, |row| row.until);
    let x = Scale { values: (begin(first.from), begin(last.to.max(funded)) + DAY), places: PLOT };
    let top = TOP + 28.0;
    let named = |name: &str| format!("{name}: P50, whisker P10 to P90, dark line P80");
    let panel = Panel { report, words, x: &x, top };
    let y = panel.frame(&mut scene, &named("Costs of each period"), rows.iter().map(|row| &row.within), 0.0);
    for row in &rows {
        column(&mut scene, &x, &y, row);
        scene.hint(
            (x.place(begin(row.from)), top),
            (x.place(begin(row.to) + DAY), top + PANEL),
            says((report, words), row, "", &row.within),
        );
    }
    let panel = Panel { top: top + PANEL + GAP, ..panel };
    let most = money.funding.iter().map(|row| row.total).fold(0.0, f64::max);
    let name = match money.funding.is_empty() {
        true => "Sum from the beginning: P50, band P10 to P90, dark line P80",
        false => "Sum from the beginning: P50, band P10 to P90, dark line P80; stairs: funding",
    };
    let y = panel.frame(&mut scene, name, rows.iter().map(|row| &row.cumulative), most);
    sum(&mut scene, &x, &y, &rows);
    funding(&mut scene, &x, &y, money);
    for row in &rows {
        let (left, right) = (x.place(begin(row.from)), x.place(begin(row.to) + DAY));
        let text = says((report, words), row, ", sum so far", &row.cumulative);
        scene.hint((left, panel.top), (right, panel.top + PANEL), text);
    }
    let bottom = panel.top + PANEL;
    for tick in date_axis(words, x.values.0, x.values.1, 10).ticks {
        let place = x.place(tick.at);
        tick.write(&mut scene, (place, bottom + 20.0));
    }
    Some(scene)
}

fn begin(date: Date) -> f64 {
    f64::from(Instant::from_date(date).0)
}

/// Where a panel stands.
struct Panel<'a> {
    report: &'a Report,
    words: Words,
    x: &'a Scale,
    top: f64,
}

impl Panel<'_> {
    /// Grid, labels and name of a panel; the scale of its amounts.
    fn frame<'b>(
        &self,
        scene: &mut Scene,
        name: &str,
        bands: impl Iterator<Item = &'b AmountBand>,
        most: f64,
    ) -> Scale {
        let (mut low, mut high) = (0.0_f64, most);
        for band in bands {
            (low, high) = (low.min(band.p10), high.max(band.p90).max(band.mean));
        }
        let bottom = self.top + PANEL;
        let y = Scale { values: (low * 1.05, high.max(1.0) * 1.08), places: (bottom, self.top) };
        let axis = money_axis(self.words, self.report.currency, y.values.0, y.values.1, 5);
        for tick in date_axis(self.words, self.x.values.0, self.x.values.1, 10).ticks {
            let place = self.x.place(tick.at);
            scene.line([(place, self.top), (place, bottom)], 1.0, GRID);
        }
        for tick in &axis.ticks {
            let place = y.place(tick.at);
            let colour = if tick.at == 0.0 { RULE } else { GRID };
            scene.line([(PLOT.0, place), (PLOT.1, place)], 1.0, colour);
            scene.text(Text::new((PLOT.0 - 10.0, place + 4.5), &tick.label, SMALL, MUTED).end());
        }
        let name = format!("{name}, {}", axis.name);
        scene.text(Text::new((PLOT.0, self.top - 10.0), name, SMALL, INK).bold());
        y
    }
}

/// A period's amounts in words.
fn says((report, words): (&Report, Words), row: &FlowRow, what: &str, band: &AmountBand) -> String {
    let shown = |value: f64| amount(words, report.currency, value, false);
    let [p10, p50, p80, p90] = [band.p10, band.p50, band.p80, band.p90].map(shown);
    format!("{}{what}: P10 {p10}, P50 {p50}, P80 {p80}, P90 {p90} {}", row.period, report.currency)
}

/// The range of one period.
fn column(scene: &mut Scene, x: &Scale, y: &Scale, row: &FlowRow) {
    let (left, right) = (x.place(begin(row.from)), x.place(begin(row.to) + DAY));
    let gap = ((right - left) * 0.12).min(6.0);
    let (left, right) = (left + gap, right - gap);
    let band = &row.within;
    let at = |value: f64| y.place(value);
    let (zero, middle) = (at(0.0), at(band.p50));
    scene.rect((left, middle.min(zero)), (right, middle.max(zero)), LIGHT);
    let centre = (left + right) / 2.0;
    scene.line([(centre, at(band.p10)), (centre, at(band.p90))], 1.5, MUTED);
    scene.line([(left, at(band.p80)), (right, at(band.p80))], 2.0, COMMIT);
}

/// The band of the sum and its lines.
fn sum(scene: &mut Scene, x: &Scale, y: &Scale, rows: &[&FlowRow]) {
    let mut before = (PLOT.0, AmountBand { mean: 0.0, p10: 0.0, p50: 0.0, p80: 0.0, p90: 0.0 });
    for row in rows {
        let (to, band) = (x.place(begin(row.to) + DAY), row.cumulative);
        // A little over its edge, or paper would shine through between the pieces.
        let left = (before.0 - 0.4).max(PLOT.0);
        let corners = [
            (left, y.place(before.1.p10)),
            (to, y.place(band.p10)),
            (to, y.place(band.p90)),
            (left, y.place(before.1.p90)),
        ];
        scene.polygon(corners, LIGHT);
        before = (to, band);
    }
    for (of, width, colour) in [
        ((|band: &AmountBand| band.p50) as fn(&AmountBand) -> f64, 2.0, STRONG),
        (|band: &AmountBand| band.p80, 2.0, COMMIT),
    ] {
        let mut points = vec![(PLOT.0, y.place(0.0))];
        points.extend(rows.iter().map(|row| (x.place(begin(row.to) + DAY), y.place(of(&row.cumulative)))));
        scene.line(points, width, colour);
    }
}

/// What there is to spend, as stairs.
fn funding(scene: &mut Scene, x: &Scale, y: &Scale, money: &MoneyReport) {
    let mut left = PLOT.0;
    for (at, row) in money.funding.iter().enumerate() {
        let right = x.place(begin(row.until) + DAY);
        let height = y.place(row.total);
        scene.line([(left, height), (right, height)], 2.0, TARGET);
        if let Some(next) = money.funding.get(at + 1) {
            scene.line([(right, height), (right, y.place(next.total))], 2.0, TARGET);
        }
        left = right;
    }
}
