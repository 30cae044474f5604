//! What a percentile consists of, as reported.

use jiff::civil::Date;
use serde::Serialize;

use crate::analysis::{Bar, Contribution, Kind, Player, Sharing, Waterfall, apportion};
use crate::report::date::{instant, tenths};
use crate::report::{Cell, Table};
use crate::units::{Currency, Money};

/// Minutes in a tenth of a calendar day.
pub(super) const TENTH: i128 = 144;

/// The distance of a percentile from the plan, part by part.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContributionReport {
    /// `all coalitions`, or `permutations` when only some orders of the parts were tried.
    pub method: &'static str,
    /// How many permutations; absent when all coalitions were simulated.
    pub permutations: Option<u64>,
    /// How many versions of the program were simulated.
    pub versions: usize,
    /// The finish; absent when some version has no finish at the percentile.
    pub finish: Option<FinishWaterfall>,
    /// The cost; absent when nothing costs anything.
    pub cost: Option<CostWaterfall>,
    /// The parts, in the order of the program.
    pub parts: Vec<PartRow>,
}

/// From the plan to the percentile of the finish.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FinishWaterfall {
    /// Finish in the plan.
    pub plan: Date,
    /// Finish at the percentile.
    pub total: Date,
    /// From the one to the other in calendar days of 24 hours.
    pub days: f64,
    /// What windows and freezes add to the plan itself, in calendar days: no part of `days`.
    pub waits_in_plan_days: f64,
}

/// From the plan to the percentile of the cost, in major units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CostWaterfall {
    /// Cost in the plan.
    pub plan: f64,
    /// Cost at the percentile.
    pub total: f64,
    /// From the one to the other.
    pub amount: f64,
}

/// One part and what it brings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartRow {
    /// Id of a risk, name of a group.
    pub id: String,
    /// What people read beside it.
    pub title: String,
    /// `risk`, `driver`, `branch`, `other risks`, `estimates`, `correlation`, `windows` or `group`.
    pub kind: &'static str,
    /// Its share in calendar days; the shares add up to `finish.days`.
    pub finish_days: Option<f64>,
    /// Its share in minutes; these add up to the minute.
    pub finish_minutes: Option<i64>,
    /// Standard error that the choice of permutations leaves.
    pub finish_error_days: Option<f64>,
    /// How many calendar days earlier the percentile is without this part alone.
    pub finish_removal_days: Option<f64>,
    /// Standard error of that.
    pub finish_removal_error_days: Option<f64>,
    /// Its share in major units; the shares add up to `cost.amount`.
    pub cost: Option<f64>,
    /// Standard error that the choice of permutations leaves.
    pub cost_error: Option<f64>,
    /// How much less the percentile is without this part alone.
    pub cost_removal: Option<f64>,
    /// Standard error of that.
    pub cost_removal_error: Option<f64>,
}

impl ContributionReport {
    /// Names and rounds a contribution.
    #[must_use]
    pub fn of(contribution: &Contribution, currency: Currency, has_costs: bool) -> Self {
        let finish = contribution.finish.as_ref();
        let cost = contribution.cost.as_ref().filter(|_| has_costs);
        let days = finish.map(days_of);
        let part = |(at, player): (usize, &Player)| {
            let (time, money) = (finish.map(|waterfall| waterfall.bars[at]), cost.map(|w| w.bars[at]));
            let major = |minor: f64| currency.major(Money(minor.round_ties_even() as i64));
            let in_days = |minutes: f64| tenths(minutes / 1_440.0);
            PartRow {
                id: player.id.clone(),
                title: player.title.clone(),
                kind: kind(player),
                finish_days: days.as_ref().map(|days| days[at]),
                finish_minutes: time.map(|bar| bar.share),
                finish_error_days: time.map(|bar| in_days(bar.share_error)),
                finish_removal_days: time.map(|bar| in_days(bar.removal as f64)),
                finish_removal_error_days: time.and_then(|bar: Bar| bar.removal_error).map(in_days),
                cost: money.map(|bar| major(bar.share as f64)),
                cost_error: money.map(|bar| major(bar.share_error)),
                cost_removal: money.map(|bar| major(bar.removal as f64)),
                cost_removal_error: money.and_then(|bar: Bar| bar.removal_error).map(major),
            }
        };
        let (method, permutations) = match contribution.sharing {
            Sharing::Exact => ("all coalitions", None),
            Sharing::Permutations(number) => ("permutations", Some(number)),
        };
        Self {
            method,
            permutations,
            versions: contribution.versions,
            finish: finish.map(|waterfall| FinishWaterfall {
                plan: instant(waterfall.plan).finish_date(),
                total: instant(waterfall.total).finish_date(),
                days: in_tenths(waterfall.total - waterfall.plan) as f64 / 10.0,
                waits_in_plan_days: tenths(waterfall.waits_in_plan as f64 / 1_440.0),
            }),
            cost: cost.map(|waterfall| CostWaterfall {
                plan: currency.major(Money(waterfall.plan)),
                total: currency.major(Money(waterfall.total)),
                amount: currency.major(Money(waterfall.total - waterfall.plan)),
            }),
            parts: contribution.players.iter().enumerate().map(part).collect(),
        }
    }

    /// The parts with the largest shares of the finish, then of the cost, largest first.
    #[must_use]
    pub fn largest(&self) -> Vec<&PartRow> {
        let mut rows: Vec<&PartRow> = self.parts.iter().collect();
        let size = |value: Option<f64>| value.unwrap_or(0.0).abs();
        rows.sort_by(|a, b| {
            size(b.finish_days).total_cmp(&size(a.finish_days)).then(size(b.cost).total_cmp(&size(a.cost)))
        });
        rows
    }

    /// The table of the parts.
    pub(super) fn table(&self, currency: &str) -> Table {
        let mut columns: Vec<String> = ["part", "title", "kind"].map(String::from).to_vec();
        columns.extend(
            [
                "finish_share_days",
                "finish_share_minutes",
                "finish_share_standard_error_days",
                "finish_removal_days",
                "finish_removal_standard_error_days",
            ]
            .map(String::from),
        );
        columns.extend(
            ["cost_share", "cost_share_standard_error", "cost_removal", "cost_removal_standard_error"]
                .map(|name| format!("{name}_{currency}")),
        );
        let rows = self.parts.iter().map(|row| {
            vec![
                (&row.id).into(),
                (&row.title).into(),
                row.kind.into(),
                row.finish_days.into(),
                row.finish_minutes.map_or(Cell::Empty, Cell::Integer),
                row.finish_error_days.into(),
                row.finish_removal_days.into(),
                row.finish_removal_error_days.into(),
                row.cost.into(),
                row.cost_error.into(),
                row.cost_removal.into(),
                row.cost_removal_error.into(),
            ]
        });
        Table { name: "contribution", columns, rows: rows.collect() }
    }
}

/// Tenths of days that add up to the tenths of the whole.
fn days_of(waterfall: &Waterfall) -> Vec<f64> {
    let minutes: Vec<i128> = waterfall.bars.iter().map(|bar| i128::from(bar.share)).collect();
    let whole = in_tenths(waterfall.total - waterfall.plan);
    apportion(&minutes, TENTH, whole).into_iter().map(|tenths| tenths as f64 / 10.0).collect()
}

/// The nearest number of tenths of a day.
pub(super) fn in_tenths(minutes: i64) -> i64 {
    (minutes as f64 / TENTH as f64).round_ties_even() as i64
}

pub(super) fn kind(player: &Player) -> &'static str {
    match player.kind {
        Kind::Risk(_) => "risk",
        Kind::Driver(_) => "driver",
        Kind::Branch => "branch",
        Kind::OtherRisks => "other risks",
        Kind::Estimates => "estimates",
        Kind::Correlation => "correlation",
        Kind::Windows => "windows",
        Kind::Group => "group",
    }
}
