//! The programs of a portfolio: their dates and their budgets.

use super::fit::clean;
use super::frame::frame;
use super::milestones::{date_row, draw_dates};
use super::money::{amount, money_axis};
use super::ranges::{self, RangeRow};
use super::scene::Scene;
use super::words::Words;
use crate::report::{AmountReport, Report};
use crate::units::Percentile;

const LEVELS: [Percentile; 4] =
    [Percentile::whole(10), Percentile::P50, Percentile::P80, Percentile::whole(90)];

/// From which amount on amounts are written in millions.
const HUGE: f64 = 100_000_000.0;

/// When each program finishes, and all of them.
pub(super) fn dates(report: &Report, words: Words) -> Option<Scene> {
    let portfolio = report.portfolio.as_ref()?;
    let programs = portfolio.programs.iter();
    let mut rows: Vec<RangeRow> =
        programs.map(|row| date_row(clean(&row.name), false, &row.finish, words)).collect();
    rows.push(date_row("All programs".into(), true, &report.finish, words));
    let remark = portfolio
        .all_dates
        .map(|chance| format!("All programs keep their dates with {}.", words.share(chance.value)));
    let height = ranges::height(rows.len());
    let title = "When the programs finish";
    let mut scene =
        frame(report, words, title, "finish of each program, P10 to P90", remark.as_deref(), height);
    draw_dates(&mut scene, report, words, &rows);
    Some(scene)
}

/// What each program costs; all of them are told below, where their sum would squeeze the others.
pub(super) fn budgets(report: &Report, words: Words) -> Option<Scene> {
    let portfolio = report.portfolio.as_ref().filter(|_| report.has_costs)?;
    let programs = portfolio.programs.iter();
    let most = portfolio.programs.iter().filter_map(|row| row.cost.percentile(LEVELS[3]));
    let most = most.map(|point| point.value.abs()).fold(0.0, f64::max);
    // What has more digits than the columns have room for is written in millions, as the axis is.
    let written = |value: f64| match most >= HUGE {
        true => words.number(value / 1e6, 1),
        false => amount(words, report.currency, value, false),
    };
    let rows: Vec<RangeRow> =
        programs.map(|row| amount_row(clean(&row.name), &row.cost, &written, words)).collect();
    let shown = |value: f64| words.money(report.currency, &amount(words, report.currency, value, false));
    let level = portfolio.level(Percentile::P80);
    let costs = level.and_then(|level| level.cost_apart.zip(level.cost_together));
    let remark = costs.map(|(apart, together)| {
        format!("P80 budgets added up: {}. P80 of all together: {}.", shown(apart), shown(together))
    });
    let ends = ranges::ends(&rows, 1.0, 0.0);
    let axis = money_axis(words, report.currency, ends.0, ends.1, 6);
    let shows = format!("cost of each program in {}, P10 to P90", axis.name);
    let height = ranges::height(rows.len());
    let mut scene = frame(report, words, "What the programs cost", &shows, remark.as_deref(), height);
    ranges::draw(&mut scene, words, &rows, (ends, axis));
    Some(scene)
}

fn amount_row(name: String, cost: &AmountReport, written: &dyn Fn(f64) -> String, words: Words) -> RangeRow {
    let at = |level| cost.percentile(level).map(|point| point.value);
    let shown = |level| at(level).map_or("-".to_owned(), written);
    let target = cost.target.as_ref();
    let says = format!(
        "{name}: plan {}, P10 {}, P50 {}, P80 {}, P90 {}",
        cost.plan.map_or("-".to_owned(), written),
        shown(LEVELS[0]),
        shown(LEVELS[1]),
        shown(LEVELS[2]),
        shown(LEVELS[3])
    );
    RangeRow {
        name,
        is_whole: false,
        levels: LEVELS.map(at),
        plan: cost.plan,
        target: target.map(|(budget, _)| *budget),
        cells: [
            shown(Percentile::P50),
            shown(Percentile::P80),
            target.map_or(String::new(), |(budget, _)| written(*budget)),
            target.map_or(String::new(), |(_, chance)| words.share(chance.value)),
        ],
        says,
    }
}
