//! The tables of a report.

use jiff::civil::Date;

use super::bins::Bins;
use super::date::instant;
use super::{AmountReport, Cell, DateReport, Report, Table};
use crate::units::{Currency, Instant, Money, Percentile};

/// Levels in the tables of projects and milestones.
const LEVELS: [Percentile; 4] =
    [Percentile::whole(10), Percentile::P50, Percentile::P80, Percentile::whole(90)];

/// All tables of a report, in the order in which they are listed.
#[must_use]
pub fn tables(report: &Report) -> Vec<Table> {
    let mut tables =
        vec![percentiles(report), milestones(report), projects(report), tasks(report), risks(report)];
    if !report.drivers.is_empty() {
        tables.push(drivers(report));
    }
    if !report.correlations.is_empty() {
        tables.push(correlations(report));
    }
    if let Some(money) = &report.money {
        tables.extend(super::money_tables::money_tables(money, report.currency));
    }
    if let Some(portfolio) = &report.portfolio {
        tables.extend(super::portfolio::portfolio_tables(portfolio, report.currency));
    }
    if !report.outside_view.is_empty() {
        tables.push(super::outside_view::outside_table(&report.outside_view, report.currency));
    }
    tables.push(histogram(report));
    tables
}

fn percentiles(report: &Report) -> Table {
    let money = report.currency.code();
    let mut columns: Vec<String> =
        ["percentile", "finish_date", "finish_low_date", "finish_high_date", "finish_working_minutes"]
            .map(String::from)
            .to_vec();
    columns.extend(["cost", "cost_low", "cost_high"].map(|name| format!("{name}_{money}")));
    let rows = report.finish.percentiles.iter().map(|(p, date)| {
        let amount = report.cost.percentile(*p).filter(|_| report.has_costs);
        vec![
            Cell::Number(p.percent()),
            date.as_ref().map(|date| date.value.date).into(),
            date.as_ref().map(|date| date.low).into(),
            date.as_ref().and_then(|date| date.high).into(),
            date.as_ref().map_or(Cell::Empty, |date| Cell::Integer(i64::from(date.value.working_minutes))),
            amount.map(|amount| amount.value).into(),
            amount.map(|amount| amount.low).into(),
            amount.map(|amount| amount.high).into(),
        ]
    });
    Table { name: "percentiles", columns, rows: rows.collect() }
}

/// Columns that every date forecast has: plan, levels with intervals at P80, mean, sd, target.
pub(super) fn date_columns(of: &str) -> Vec<String> {
    let mut columns = vec![format!("{of}_plan_date")];
    columns.extend(LEVELS.map(|p| format!("{of}_{}_date", p.to_string().to_lowercase())));
    columns.extend(
        ["p80_low_date", "p80_high_date", "mean_date", "sd_days", "target_date", "target_probability"]
            .map(|name| format!("{of}_{name}")),
    );
    columns
}

pub(super) fn date_cells(date: &DateReport) -> Vec<Cell> {
    let mut cells = vec![date.plan.as_ref().map(|plan| plan.date).into()];
    cells.extend(LEVELS.map(|p| date.percentile(p).map(|point| point.value.date).into()));
    let p80 = date.percentile(Percentile::P80);
    cells.extend([
        p80.map(|point| point.low).into(),
        p80.and_then(|point| point.high).into(),
        date.mean.as_ref().map(|mean| mean.value.date).into(),
        date.sd_days.into(),
        date.target.map(|(date, _)| date).into(),
        date.target.map(|(_, chance)| chance.value).into(),
    ]);
    cells
}

pub(super) fn amount_columns(currency: Currency) -> Vec<String> {
    let money = currency.code();
    let mut columns = vec![format!("cost_plan_{money}")];
    columns.extend(LEVELS.map(|p| format!("cost_{}_{money}", p.to_string().to_lowercase())));
    columns.extend(["p80_low", "p80_high", "mean", "sd"].map(|name| format!("cost_{name}_{money}")));
    columns.extend([format!("budget_{money}"), "budget_probability".to_owned()]);
    columns
}

pub(super) fn amount_cells(amount: &AmountReport) -> Vec<Cell> {
    let mut cells = vec![amount.plan.into()];
    cells.extend(LEVELS.map(|p| amount.percentile(p).map(|point| point.value).into()));
    let p80 = amount.percentile(Percentile::P80);
    cells.extend([
        p80.map(|point| point.low).into(),
        p80.map(|point| point.high).into(),
        amount.mean.map(|mean| mean.value).into(),
        amount.sd.into(),
        amount.target.map(|(budget, _)| budget).into(),
        amount.target.map(|(_, chance)| chance.value).into(),
    ]);
    cells
}

fn milestones(report: &Report) -> Table {
    let mut columns = ["id", "name", "project"].map(String::from).to_vec();
    columns.extend(date_columns("finish"));
    let rows = report.milestones.iter().map(|row| {
        let mut cells: Vec<Cell> = vec![(&row.id).into(), (&row.name).into(), row.project.as_ref().into()];
        cells.extend(date_cells(&row.finish));
        cells
    });
    Table { name: "milestones", columns, rows: rows.collect() }
}

fn projects(report: &Report) -> Table {
    let mut columns = ["id", "name", "parent", "owner"].map(String::from).to_vec();
    columns.extend(date_columns("finish"));
    columns.extend(amount_columns(report.currency));
    columns.push("drives_program_share".to_owned());
    let rows = report.projects.iter().map(|row| {
        let mut cells: Vec<Cell> =
            vec![(&row.id).into(), (&row.name).into(), row.parent.as_ref().into(), row.owner.as_ref().into()];
        cells.extend(date_cells(&row.finish));
        cells.extend(amount_cells(&row.cost));
        cells.push(row.drives.into());
        cells
    });
    Table { name: "projects", columns, rows: rows.collect() }
}

fn tasks(report: &Report) -> Table {
    let money = report.currency.code();
    let mut columns =
        ["id", "name", "project", "kind", "criticality_index", "driving_index"].map(String::from).to_vec();
    for of in ["start", "finish"] {
        columns.push(format!("{of}_plan_date"));
        columns.extend(LEVELS.map(|p| format!("{of}_{}_date", p.to_string().to_lowercase())));
    }
    columns.extend(["duration_plan_days", "duration_mean_days", "duration_sd_days"].map(String::from));
    columns.extend(["cost_plan", "cost_mean", "cost_sd"].map(|name| format!("{name}_{money}")));
    columns.extend(["window_wait_share", "window_wait_mean_days", "deadline_date"].map(String::from));
    columns.extend(["exists_share", "duration_pearson", "ssi", "cost_pearson"].map(String::from));
    let rows = report.tasks.iter().map(|row| {
        let mut cells: Vec<Cell> = vec![
            (&row.id).into(),
            (&row.name).into(),
            row.project.as_ref().into(),
            row.kind.into(),
            row.criticality.into(),
            row.driving.into(),
            row.plan_start.into(),
        ];
        cells.extend(row.start.map(Cell::from));
        cells.push(row.plan_finish.into());
        cells.extend(row.finish.map(Cell::from));
        cells.extend(
            [
                row.plan_duration_days,
                row.duration_mean_days,
                row.duration_sd_days,
                row.plan_cost,
                row.cost_mean,
                row.cost_sd,
                row.waits,
                row.wait_days,
            ]
            .map(Cell::from),
        );
        cells.push(row.deadline.into());
        cells.push(row.exists.into());
        cells.extend([row.duration_pearson, row.ssi, row.cost_pearson].map(Cell::from));
        cells
    });
    Table { name: "tasks", columns, rows: rows.collect() }
}

fn risks(report: &Report) -> Table {
    let money = report.currency.code();
    let mut columns =
        ["id", "title", "status", "response", "probability", "frequency", "task_delay_mean_days"]
            .map(String::from)
            .to_vec();
    columns.extend(["finish_effect_mean_days", "finish_effect_standard_error_days"].map(String::from));
    columns.extend(
        ["cost_effect_mean", "cost_effect_standard_error", "own_cost_mean"]
            .map(|name| format!("{name}_{money}")),
    );
    columns.extend(["owner", "category", "proximity", "trigger", "strategy"].map(String::from));
    columns.extend(["finish_pearson", "cost_pearson"].map(String::from));
    if report.risks.iter().any(|row| row.exposure.is_some()) {
        columns.extend(["exposure_days".to_owned(), format!("exposure_{money}"), "escalate".to_owned()]);
    }
    let rows = report.risks.iter().map(|row| {
        let mut cells: Vec<Cell> = vec![
            (&row.id).into(),
            (&row.title).into(),
            row.status.into(),
            row.response_on.map(|on| if on { "on" } else { "off" }).into(),
            row.probability.into(),
            row.frequency.into(),
            row.task_delay_mean_days.into(),
            row.finish_effect_days.into(),
            row.finish_effect_error_days.into(),
            row.cost_effect.into(),
            row.cost_effect_error.into(),
            row.own_cost_mean.into(),
            row.owner.as_ref().into(),
            row.category.as_ref().into(),
            row.proximity.as_ref().into(),
            row.trigger.as_ref().into(),
            row.strategy.into(),
            row.finish_pearson.into(),
            row.cost_pearson.into(),
        ];
        if let Some(exposure) = row.exposure {
            let escalate = if exposure.escalate { "yes" } else { "no" };
            cells.extend([exposure.days.into(), exposure.cost.into(), escalate.into()]);
        }
        cells
    });
    Table { name: "risks", columns, rows: rows.collect() }
}

fn drivers(report: &Report) -> Table {
    let money = report.currency.code();
    let mut columns = [
        "id",
        "title",
        "response",
        "probability",
        "factor_mean",
        "frequency",
        "tasks",
        "task_delay_mean_days",
        "finish_effect_mean_days",
        "finish_effect_standard_error_days",
    ]
    .map(String::from)
    .to_vec();
    columns.extend(["cost_effect_mean", "cost_effect_standard_error"].map(|name| format!("{name}_{money}")));
    columns.extend(["owner", "category", "finish_pearson", "cost_pearson"].map(String::from));
    let rows = report.drivers.iter().map(|row| {
        vec![
            (&row.id).into(),
            (&row.title).into(),
            row.response_on.map(|on| if on { "on" } else { "off" }).into(),
            row.probability.into(),
            row.factor_mean.into(),
            row.frequency.into(),
            Cell::Integer(row.tasks as i64),
            row.task_delay_mean_days.into(),
            row.finish_effect_days.into(),
            row.finish_effect_error_days.into(),
            row.cost_effect.into(),
            row.cost_effect_error.into(),
            row.owner.as_ref().into(),
            row.category.as_ref().into(),
            row.finish_pearson.into(),
            row.cost_pearson.into(),
        ]
    });
    Table { name: "drivers", columns, rows: rows.collect() }
}

/// A minute of a day, up to 24:00.
fn timed(day: Date, minutes: i64) -> Cell {
    let of_day = minutes - i64::from(Instant::from_date(day).0);
    Cell::Text(format!("{day}T{:02}:{:02}", of_day / 60, of_day % 60))
}

fn correlations(report: &Report) -> Table {
    let columns = ["name", "members", "wanted", "achieved", "iterations"].map(String::from).to_vec();
    let rows = report.correlations.iter().map(|row| {
        vec![
            (&row.name).into(),
            Cell::Integer(row.members as i64),
            row.wanted.into(),
            row.achieved.into(),
            Cell::Integer(row.iterations as i64),
        ]
    });
    Table { name: "correlations", columns, rows: rows.collect() }
}

/// Both histograms below each other: bins hold what lies above `from` and at most at `to`.
fn histogram(report: &Report) -> Table {
    let money = report.currency.code();
    let columns = [
        "quantity".to_owned(),
        "finish_from_date".to_owned(),
        "finish_to_date".to_owned(),
        format!("cost_from_{money}"),
        format!("cost_to_{money}"),
        "iterations".to_owned(),
        "share".to_owned(),
        "cumulative_share".to_owned(),
    ];
    let mut rows = Vec::new();
    let mut add = |name: &str, bins: &Bins, ends: &dyn Fn(i64, i64) -> [Cell; 4]| {
        for (at, cumulative) in bins.cumulative().into_iter().enumerate() {
            let (low, high) = bins.ends(at);
            let mut row = vec![Cell::from(name)];
            row.extend(ends(low, high));
            row.push(bins.counts[at].into());
            row.push(super::rows::share(bins.counts[at] as f64 / bins.iterations.max(1) as f64).into());
            row.push(super::rows::share(cumulative).into());
            rows.push(row);
        }
    };
    if let Some(bins) = &report.finish_bins {
        let in_days = bins.width % 1_440 == 0;
        add("finish", bins, &|low, high| {
            let (first, last) = (instant(low).start_date(), instant(high).finish_date());
            let [first, last] =
                if in_days { [first.into(), last.into()] } else { [timed(first, low), timed(last, high)] };
            [first, last, Cell::Empty, Cell::Empty]
        });
    }
    if let Some(bins) = &report.cost_bins {
        let major = |minor: i64| Cell::Number(report.currency.major(Money(minor)));
        add("cost", bins, &|low, high| [Cell::Empty, Cell::Empty, major(low), major(high)]);
    }
    Table { name: "histogram", columns: columns.to_vec(), rows }
}
