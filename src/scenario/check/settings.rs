//! What the program table says.

use crate::diag::{Diagnostic, code};
use crate::model::Conventions;
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, RawDate, RawProgram, RawRanges, RawScheduling, Slot};
use crate::units::{Currency, Percentile, WorkScale};

/// The program's settings, with defaults for what is not written.
pub struct Settings {
    pub name: String,
    pub start: Option<RawDate>,
    pub status_date: Option<RawDate>,
    pub currency: Currency,
    pub scale: WorkScale,
    pub ranges: RawRanges,
    pub conventions: Conventions,
    pub critical_open_ends: bool,
    pub confidence: Vec<Percentile>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: String::new(),
            start: None,
            status_date: None,
            currency: "EUR".parse().expect("EUR is a currency code"),
            scale: WorkScale::default(),
            ranges: RawRanges::P0P100,
            conventions: Conventions::Native,
            critical_open_ends: false,
            confidence: [50, 80, 90].map(Percentile::whole).to_vec(),
        }
    }
}

impl Settings {
    /// Reads them, reporting what is missing or wrong.
    pub fn read(program: &At<RawProgram>, desk: &mut Desk<'_>) -> Self {
        let raw = &program.value;
        desk.require("the program", "name", &raw.name, program.place());
        desk.require("the program", "start", &raw.start, program.place());
        let default = WorkScale::default();
        Self {
            name: raw.name.get().cloned().unwrap_or_default(),
            start: raw.start.get().copied(),
            status_date: raw.status_date.get().copied(),
            currency: currency(&raw.currency, desk),
            scale: work_scale(&raw.hours_per_day, &raw.days_per_week, &raw.days_per_month, default, desk),
            ranges: raw.ranges.get().copied().unwrap_or(RawRanges::P0P100),
            conventions: match raw.scheduling.get() {
                Some(RawScheduling::MsProject) => Conventions::MsProject,
                Some(RawScheduling::Primavera) => Conventions::Primavera,
                Some(RawScheduling::Native) | None => Conventions::Native,
            },
            critical_open_ends: raw.critical_open_ends.get() == Some(&true),
            confidence: confidence(&raw.confidence, desk),
        }
    }
}

/// The currency that is written; the euro where none is.
pub fn currency(written: &Slot<String>, desk: &mut Desk<'_>) -> Currency {
    let euro: Currency = "EUR".parse().expect("EUR is a currency code");
    let Some(at) = written.at() else { return euro };
    at.value.parse().unwrap_or_else(|_| {
        let problem = Diagnostic::new(code::BAD_CURRENCY, format!("`{}` is not a currency code", at.value));
        let help = match at.value.as_str() {
            "€" => "write `EUR`",
            "$" => "write `USD`",
            "£" => "write `GBP`",
            _ => "write the three capital letters of ISO 4217, such as `EUR`",
        };
        desk.problems.push(problem.at_place(at.place(), "").help(help));
        euro
    })
}

/// The percentiles to report.
pub fn confidence(written: &Slot<Vec<At<f64>>>, desk: &mut Desk<'_>) -> Vec<Percentile> {
    let mut levels = Vec::new();
    for at in written.get().into_iter().flatten() {
        // Below 1 a share is meant: P0.8 is of no use to anybody.
        match Percentile::try_from(at.value) {
            Ok(level) if at.value >= 1.0 => levels.push(level),
            other => {
                let help = if at.value > 0.0 && at.value < 1.0 {
                    format!("percentiles are written in percent: {}", (at.value * 1e5).round() / 1e3)
                } else {
                    "use a number above 0 and below 100 with at most three decimals".into()
                };
                let message = match other {
                    Ok(_) => format!("`{}` is a share, not a percentile", at.value),
                    Err(error) => format!("`{}` is not a percentile", error.0),
                };
                desk.problems
                    .push(Diagnostic::new(code::OUT_OF_RANGE, message).at_place(at.place(), "").help(help));
            }
        }
    }
    if levels.is_empty() { [50, 80, 90].map(Percentile::whole).to_vec() } else { levels }
}

/// Hours per day and days per week and month as minutes, with defaults from `above`.
pub fn work_scale(
    hours: &Slot<f64>,
    week: &Slot<f64>,
    month: &Slot<f64>,
    above: WorkScale,
    desk: &mut Desk<'_>,
) -> WorkScale {
    let day = f64::from(above.minutes_per_day);
    let hours = desk.in_range(hours, 0.1, 24.0, "hours per day").unwrap_or(day / 60.0);
    let per_week = f64::from(above.minutes_per_week) / day;
    let week = desk.in_range(week, 0.1, 7.0, "days per week").unwrap_or(per_week);
    let per_month = f64::from(above.minutes_per_month) / day;
    let month = desk.in_range(month, 0.1, 31.0, "days per month").unwrap_or(per_month);
    // Bounded by the checks above: at most 31 x 1,440 minutes.
    let minutes = |days: f64| (hours * 60.0 * days).round().max(1.0) as u32;
    WorkScale {
        minutes_per_day: minutes(1.0),
        minutes_per_week: minutes(week),
        minutes_per_month: minutes(month),
    }
}
