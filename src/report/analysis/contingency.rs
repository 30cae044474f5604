//! Contingency split over its holders, and how it is set free, as reported.

use jiff::civil::Date;
use serde::Serialize;

use super::contribution::{TENTH, in_tenths};
use crate::analysis::{ContingencyLine, Holder, Release, apportion};
use crate::model::Program;
use crate::report::date::instant;
use crate::report::label::labels;
use crate::report::{Cell, Table};
use crate::units::Money;

/// The contingency at the percentile, split and over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContingencyReport {
    /// Who holds how much; the lines add up.
    pub lines: Vec<ContingencyRow>,
    /// What remains from the end of a day on, from the first release to the last.
    pub drawdown: Vec<DrawdownRow>,
}

/// A line of the contingency.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContingencyRow {
    /// `task`, `risk`, `driver` or another part.
    pub kind: &'static str,
    /// Id of the task or risk, name of a part.
    pub id: String,
    /// What people read beside it.
    pub title: String,
    /// Calendar days of the contingency in time.
    pub days: Option<f64>,
    /// The contingency in money, in major units.
    pub money: Option<f64>,
}

/// What remains of the contingency after a day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DrawdownRow {
    /// The day.
    pub date: Date,
    /// Calendar days that remain.
    pub days: f64,
    /// Money that remains, in major units.
    pub money: f64,
}

impl ContingencyReport {
    /// Names and rounds a split and its releases.
    #[must_use]
    pub fn of(lines: &[ContingencyLine], releases: &[Release], program: &Program, has_costs: bool) -> Self {
        let currency = program.currency();
        let minutes: Option<Vec<i128>> = lines.iter().map(|line| line.minutes.map(i128::from)).collect();
        let days = minutes.map(|minutes| {
            let whole = in_tenths(minutes.iter().sum::<i128>() as i64);
            apportion(&minutes, TENTH, whole)
        });
        let labels = labels(program);
        let row = |(at, line): (usize, &ContingencyLine)| {
            let (kind, id, title) = match &line.of {
                Holder::Task(task) => {
                    let at = task.index();
                    let task = &program.tasks()[at];
                    ("task", task.id.clone(), labels[at].clone())
                }
                Holder::Player(player) => {
                    (super::contribution::kind(player), player.id.clone(), player.title.clone())
                }
            };
            ContingencyRow {
                kind,
                id,
                title,
                days: days.as_ref().map(|days| days[at] as f64 / 10.0),
                money: line.money.filter(|_| has_costs).map(|money| currency.major(Money(money))),
            }
        };
        let (mut minutes, mut money): (i64, i64) =
            (releases.iter().map(|one| one.minutes).sum(), releases.iter().map(|one| one.money).sum());
        let mut drawdown: Vec<DrawdownRow> = Vec::new();
        for release in releases {
            minutes -= release.minutes;
            money -= release.money;
            let date = instant(i64::from(release.at)).finish_date();
            let row = DrawdownRow {
                date,
                days: in_tenths(minutes) as f64 / 10.0,
                money: if has_costs { currency.major(Money(money)) } else { 0.0 },
            };
            match drawdown.last_mut() {
                Some(last) if last.date == date => *last = row,
                _ => drawdown.push(row),
            }
        }
        Self { lines: lines.iter().enumerate().map(row).collect(), drawdown }
    }

    /// The lines with the most days, then the most money.
    #[must_use]
    pub fn largest(&self) -> Vec<&ContingencyRow> {
        let mut rows: Vec<&ContingencyRow> = self.lines.iter().collect();
        let size = |value: Option<f64>| value.unwrap_or(0.0).abs();
        rows.sort_by(|a, b| {
            size(b.days).total_cmp(&size(a.days)).then(size(b.money).total_cmp(&size(a.money)))
        });
        rows
    }

    /// The tables `contingency` and `drawdown`.
    pub(super) fn tables(&self, currency: &str) -> [Table; 2] {
        let columns = ["kind", "id", "title", "contingency_days"].map(String::from);
        let columns = columns.into_iter().chain([format!("contingency_{currency}")]).collect();
        let rows = self.lines.iter().map(|row| {
            vec![row.kind.into(), (&row.id).into(), (&row.title).into(), row.days.into(), row.money.into()]
        });
        let lines = Table { name: "contingency", columns, rows: rows.collect() };
        let columns = vec!["date".to_owned(), "remaining_days".to_owned(), format!("remaining_{currency}")];
        let rows = self
            .drawdown
            .iter()
            .map(|row| vec![Cell::Date(row.date), Cell::Number(row.days), Cell::Number(row.money)]);
        [lines, Table { name: "drawdown", columns, rows: rows.collect() }]
    }
}
