//! Several programs together, named and rounded.

use jiff::civil::Date;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::build::TargetChance;
use super::date::instant;
use super::rows::share;
use super::{AmountReport, Cell, DateReport, Table};
use crate::analysis::{PortfolioForecast, Together};
use crate::engine::Simulation;
use crate::units::{Currency, Money, Percentile};

/// The programs of a portfolio, and what holds of all of them at once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PortfolioReport {
    /// The programs by id, in the order of the portfolio.
    #[serde(serialize_with = "programs_by_id")]
    pub programs: Vec<MemberRow>,
    /// The probability that every program keeps its date; not written where none has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_dates: Option<TargetChance>,
    /// The probability that every program keeps its budget; not written where none has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_budgets: Option<TargetChance>,
    /// The probability that all of that holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_promises: Option<TargetChance>,
    /// What the programs cost at each level, apart and together.
    pub levels: Vec<PortfolioLevel>,
    /// How many iterations the levels that each program needs come from.
    pub side_by_side_iterations: u64,
}

/// A program of a portfolio.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it starts.
    pub start: Date,
    /// Its finish.
    pub finish: DateReport,
    /// Its cost.
    pub cost: AmountReport,
    /// The probability that it keeps both its date and its budget.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub both_targets: Option<TargetChance>,
    /// What it is worth; not written where nothing is discounted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub npv: Option<AmountReport>,
    /// The probability that this is above zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub npv_positive: Option<TargetChance>,
    /// Share of iterations in which the driving chain of the portfolio runs through it.
    pub drives: f64,
}

/// What a portfolio takes at one level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PortfolioLevel {
    /// The level in percent.
    pub level: f64,
    /// The sum of what each program costs at the level by itself, major units.
    pub cost_apart: Option<f64>,
    /// What all of them cost together at the level.
    pub cost_together: Option<f64>,
    /// The difference: what the programs do not need at once; nothing where the portfolio bears costs of its own, which
    /// are in the second alone.
    pub portfolio_effect: Option<f64>,
    /// The share at which the date of every program has to be planned so that all hold at the level.
    pub dates_each: Option<f64>,
    /// These dates, in the order of the programs.
    pub dates: Vec<Option<Date>>,
    /// The share at which the budget of every program has to be planned so that all hold at the level.
    pub budgets_each: Option<f64>,
    /// These budgets, in the order of the programs.
    pub budgets: Vec<Option<f64>>,
}

impl PortfolioReport {
    /// Names and rounds a forecast.
    #[must_use]
    pub fn of(
        forecast: &PortfolioForecast,
        cost: &AmountReport,
        simulation: &Simulation,
        minutes_per_day: u32,
    ) -> Self {
        let program = simulation.program();
        let currency = program.currency();
        let members = forecast.members.iter().zip(program.members());
        let programs = members.map(|(member, own)| {
            let project = &program.projects()[member.project.index()];
            MemberRow {
                id: project.id.clone(),
                name: project.name.clone(),
                start: own.start.start_date(),
                finish: DateReport::of(&member.finish, simulation.network(), minutes_per_day),
                cost: AmountReport::of(&member.cost, currency),
                both_targets: member.both.map(TargetChance::of),
                npv: member.npv.as_ref().map(|npv| AmountReport::of(npv, currency)),
                npv_positive: member.positive.map(TargetChance::of),
                drives: share(member.drives),
            }
        });
        let programs: Vec<MemberRow> = programs.collect();
        let mean = |cost: &AmountReport| cost.mean.map_or(0.0, |mean| mean.value);
        let own_cost = mean(cost) - programs.iter().map(|row| mean(&row.cost)).sum::<f64>();
        // Means are rounded one by one.
        let bears_costs = own_cost.abs() > 1.0 + programs.len() as f64;
        let major = |minor: i64| currency.major(Money(minor));
        let dates = |at: &Together| -> Vec<Option<Date>> {
            at.limits.iter().map(|limit| limit.map(|minutes| instant(minutes).finish_date())).collect()
        };
        let budgets = |at: &Together| at.limits.iter().map(|limit| limit.map(major)).collect();
        let levels = forecast.dates_together.iter().zip(&forecast.budgets_together);
        let levels = levels.map(|(date, budget)| {
            let cost = forecast.budgets_by_level.iter().find(|(level, ..)| *level == date.level);
            PortfolioLevel {
                level: date.level.percent(),
                cost_apart: cost.map(|(_, apart, _)| major(*apart)),
                cost_together: cost.map(|(_, _, together)| major(*together)),
                portfolio_effect: cost
                    .filter(|_| !bears_costs)
                    .map(|(_, apart, together)| major(apart - together)),
                dates_each: Some(share(date.each)),
                dates: dates(date),
                budgets_each: Some(share(budget.each)),
                budgets: budgets(budget),
            }
        });
        Self {
            programs,
            all_dates: forecast.dates.map(TargetChance::of),
            all_budgets: forecast.budgets.map(TargetChance::of),
            all_promises: forecast.all.map(TargetChance::of),
            levels: levels.collect(),
            side_by_side_iterations: forecast.side_by_side,
        }
    }

    /// One of the levels.
    #[must_use]
    pub fn level(&self, level: Percentile) -> Option<&PortfolioLevel> {
        self.levels.iter().find(|one| one.level == level.percent())
    }

    /// Whether any program is valued.
    #[must_use]
    pub fn has_values(&self) -> bool {
        self.programs.iter().any(|row| row.npv.is_some())
    }
}

fn programs_by_id<S: Serializer>(rows: &[MemberRow], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(rows.len()))?;
    for row in rows {
        map.serialize_entry(&row.id, row)?;
    }
    map.end()
}

/// `portfolio`: one row per program; `portfolio_levels`: one per level; `portfolio_promises`: what holds at once.
pub(super) fn portfolio_tables(report: &PortfolioReport, currency: Currency) -> Vec<Table> {
    vec![programs(report, currency), levels(report, currency), promises(report)]
}

fn programs(report: &PortfolioReport, currency: Currency) -> Table {
    let money = currency.code();
    let mut columns = ["id", "name", "start_date"].map(String::from).to_vec();
    columns.extend(super::tables::date_columns("finish"));
    columns.extend(super::tables::amount_columns(currency));
    columns.extend(["both_targets_probability", "drives_portfolio_share"].map(String::from));
    if report.has_values() {
        columns.extend(
            ["npv_p10", "npv_p20", "npv_p50", "npv_p80", "npv_mean"].map(|name| format!("{name}_{money}")),
        );
        columns.push("npv_positive_probability".to_owned());
    }
    let row = |row: &MemberRow| {
        let mut cells: Vec<Cell> = vec![(&row.id).into(), (&row.name).into(), row.start.into()];
        cells.extend(super::tables::date_cells(&row.finish));
        cells.extend(super::tables::amount_cells(&row.cost));
        cells.push(row.both_targets.map(|chance| chance.value).into());
        cells.push(row.drives.into());
        if report.has_values() {
            let at = |p: u32| -> Cell {
                let npv = row.npv.as_ref().and_then(|npv| npv.percentile(Percentile::whole(p)));
                npv.map(|point| point.value).into()
            };
            cells.extend([at(10), at(20), at(50), at(80)]);
            cells.push(row.npv.as_ref().and_then(|npv| npv.mean).map(|mean| mean.value).into());
            cells.push(row.npv_positive.map(|chance| chance.value).into());
        }
        cells
    };
    Table { name: "portfolio", columns, rows: report.programs.iter().map(row).collect() }
}

fn levels(report: &PortfolioReport, currency: Currency) -> Table {
    let money = currency.code();
    let mut columns = vec!["percentile".to_owned()];
    columns.extend(["cost_apart", "cost_together", "portfolio_effect"].map(|name| format!("{name}_{money}")));
    columns.extend(["dates_each_share", "budgets_each_share"].map(String::from));
    for row in &report.programs {
        columns.push(format!("{}_finish_date", row.id));
        columns.push(format!("{}_budget_{money}", row.id));
    }
    let row = |level: &PortfolioLevel| {
        let mut cells: Vec<Cell> = vec![
            Cell::Number(level.level),
            level.cost_apart.into(),
            level.cost_together.into(),
            level.portfolio_effect.into(),
            level.dates_each.into(),
            level.budgets_each.into(),
        ];
        for (date, budget) in level.dates.iter().zip(&level.budgets) {
            cells.extend([Cell::from(*date), Cell::from(*budget)]);
        }
        cells
    };
    Table { name: "portfolio_levels", columns, rows: report.levels.iter().map(row).collect() }
}

fn promises(report: &PortfolioReport) -> Table {
    let columns = ["promises", "probability", "low", "high"].map(String::from).to_vec();
    let named = [
        ("all dates", report.all_dates),
        ("all budgets", report.all_budgets),
        ("all dates and budgets", report.all_promises),
    ];
    let rows = named.into_iter().filter_map(|(name, chance)| {
        let chance = chance?;
        let mut cells = vec![Cell::from(name)];
        cells.extend([chance.value, chance.low, chance.high].map(Cell::Number));
        Some(cells)
    });
    Table { name: "portfolio_promises", columns, rows: rows.collect() }
}
