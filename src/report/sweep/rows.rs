//! The tidy table: a row per variant and outcome.

use super::{Reading, SweepOutcome, SweepOverview, SweepPoint};
use crate::report::Cell;

/// The headers; dates and amounts have columns of their own, so that each has one type.
#[must_use]
pub fn sweep_columns(overview: &SweepOverview) -> Vec<String> {
    let mut columns: Vec<String> = ["variant", "program"].map(String::from).to_vec();
    columns.extend(overview.axes.iter().map(|axis| axis.path.clone()));
    columns.extend(["outcome", "currency"].map(String::from));
    for kind in ["date", "amount"] {
        columns.push(format!("plan_{kind}"));
        let ends = |name: &str| ["", "_low", "_high"].map(|end| format!("{name}{end}_{kind}"));
        columns.extend(ends("mean"));
        overview.levels.iter().for_each(|level| columns.extend(ends(&level.to_lowercase())));
        columns.push(format!("target_{kind}"));
    }
    columns.extend(
        ["sd_days", "sd_amount", "target_probability", "target_low", "target_high", "never_share"]
            .map(String::from),
    );
    columns
}

/// A row: an outcome of a variant.
#[must_use]
pub fn sweep_cells(overview: &SweepOverview, variant: u64, outcome: &SweepOutcome) -> Vec<Cell> {
    let (program, values) = overview.place(variant);
    // People count from 1.
    let mut cells: Vec<Cell> = vec![(variant + 1).into()];
    cells.push(overview.programs.get(program).map(|program| &program.file).into());
    cells.extend(overview.axes.iter().zip(values).map(|(axis, at)| match &axis.numbers {
        Some(numbers) => Cell::Number(numbers[at]),
        None => (&axis.values[at]).into(),
    }));
    cells.push((&outcome.outcome).into());
    cells.push(outcome.currency.as_ref().into());
    let is_date = outcome.currency.is_none();
    for of_dates in [true, false] {
        let shown = |reading: Option<Reading>| match reading {
            Some(Reading::Date(date)) if of_dates => date.into(),
            Some(Reading::Amount(amount)) if !of_dates => amount.into(),
            _ => Cell::Empty,
        };
        let ends = |point: Option<SweepPoint>| {
            [
                shown(point.map(|point| point.value)),
                shown(point.map(|point| point.low)),
                shown(point.and_then(|point| point.high)),
            ]
        };
        cells.push(shown(outcome.plan));
        cells.extend(ends(outcome.mean));
        overview.levels.iter().for_each(|level| cells.extend(ends(outcome.percentile(level))));
        cells.push(shown(outcome.target));
    }
    cells.push(outcome.sd.filter(|_| is_date).into());
    cells.push(outcome.sd.filter(|_| !is_date).into());
    let chance = outcome.target_probability;
    cells.extend((0..3).map(|at| Cell::from(chance.map(|chance| chance[at]))));
    cells.push(outcome.never_share.into());
    cells
}
