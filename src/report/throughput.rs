//! When items are done and how many, from the pace of past weeks.

use jiff::civil::Date;
use serde::Serialize;

use super::{Cell, InputHash, SCHEMA_VERSION, Table};
use crate::backlog::{Amount, BacklogError, Backtest, Forecast, backtest};
use crate::backlog::{History, Remaining};
use crate::units::Percentile;

/// The weeks of history that the report shows at most.
const MOST_WEEKS: usize = 52;
/// Points of the curve of how many are done.
const MOST_POINTS: u32 = 400;
/// How far the curve of what is done goes: up to where one future in a thousand is left.
const CURVE_END: f64 = 0.999;

/// The answer of a throughput forecast.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThroughputReport {
    /// Version of the outputs.
    pub schema_version: u32,
    /// Version of the program.
    pub p80_version: String,
    /// The file that the weeks come from.
    pub input: InputHash,
    /// The project whose issues alone count.
    pub project: Option<String>,
    /// The day on which the forecast begins.
    pub from: Date,
    /// Items finished in the weeks that are drawn from, the oldest first.
    pub window: Vec<u32>,
    /// Items finished in a week on average.
    pub pace: f64,
    /// Weeks before the forecast, for a look at what is drawn from; the last are those of the window.
    #[serde(skip)]
    pub history: Vec<u32>,
    /// What each item becomes on the way; one unless given.
    pub split: String,
    /// When the items are done.
    pub when: Option<When>,
    /// How many items are done.
    pub how_many: Option<HowMany>,
    /// How often such forecasts would have held.
    pub backtest: Option<BacktestReport>,
}

/// When items are done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct When {
    /// How many items.
    pub items: String,
    /// Whether that is what the list says is left.
    pub is_left: bool,
    /// By confidence.
    pub rows: Vec<WhenRow>,
    /// The probability to be done by each week, from the last in which nothing can be done yet.
    pub weeks: Vec<DoneRow>,
    /// The mean number of weeks.
    pub mean_weeks: f64,
    /// The probability that it is done by the date that was asked for.
    pub by_probability: Option<f64>,
}

/// A confidence and the week that goes with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhenRow {
    /// The confidence, in percent.
    pub confidence: f64,
    /// Whole weeks from the beginning.
    pub weeks: usize,
    /// The last day of the last of them.
    pub date: Date,
}

/// A week and the probability to be done by its end.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DoneRow {
    /// Whole weeks from the beginning.
    pub week: usize,
    /// The last day of the week.
    pub date: Date,
    /// The probability.
    pub probability: f64,
}

/// How many items are done by a date.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HowMany {
    /// The date.
    pub by: Date,
    /// Whole weeks until its end; the days beyond them do not count.
    pub weeks: u32,
    /// By confidence: more is better, so the more confident, the fewer.
    pub rows: Vec<ManyRow>,
    /// The probability of at least so many items.
    #[serde(skip)]
    pub chances: Vec<(u32, f64)>,
}

/// A confidence and the items that go with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ManyRow {
    /// The confidence, in percent.
    pub confidence: f64,
    /// At least so many items are done.
    pub items: u32,
}

/// How often such forecasts would have held.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BacktestReport {
    /// How many items each of them was about.
    pub items: u32,
    /// How many weeks each of them learnt from.
    pub window: usize,
    /// Forecasts that can be judged, one a week.
    pub forecasts: usize,
    /// Weeks before which nothing had been finished in the whole window.
    pub without_pace: usize,
    /// Weeks after which so many items have not been finished yet.
    pub undecided: usize,
    /// By confidence.
    pub rows: Vec<HeldRow>,
}

/// A confidence, and how often it held.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeldRow {
    /// The confidence, in percent.
    pub confidence: f64,
    /// The share of forecasts in which the items were done by the week forecast; none without forecasts.
    pub held: Option<f64>,
}

/// What is asked of a forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct ThroughputQuestion {
    /// The weeks that are drawn from, the oldest first.
    pub window: Vec<u32>,
    /// Weeks before the forecast, the last of which are the window.
    pub history: Vec<u32>,
    /// The day on which the forecast begins.
    pub from: Date,
    /// When these are done.
    pub items: Option<Amount>,
    /// Whether that is what the list says is left.
    pub is_left: bool,
    /// How many are done by the end of this day.
    pub by: Option<Date>,
    /// What each item becomes on the way.
    pub split: Amount,
    /// The confidences.
    pub levels: Vec<Percentile>,
    /// The project whose issues alone count.
    pub project: Option<String>,
}

impl ThroughputReport {
    /// Answers a question.
    ///
    /// # Errors
    /// [`BacklogError::Pace`] if the weeks make no pace, or the items no forecast.
    pub fn of(question: &ThroughputQuestion, input: InputHash) -> Result<Self, BacklogError> {
        let forecast = Forecast::new(&question.window, question.from)?;
        let when = question.items.as_ref().map(|items| when(question, &forecast, items)).transpose()?;
        let how_many = question.by.map(|by| how_many(question, &forecast, by)).transpose()?;
        let shown = question.history.len().saturating_sub(MOST_WEEKS.max(question.window.len()));
        Ok(Self {
            schema_version: SCHEMA_VERSION,
            p80_version: env!("CARGO_PKG_VERSION").to_owned(),
            input,
            project: question.project.clone(),
            from: question.from,
            window: question.window.clone(),
            pace: rounded(forecast.pace.mean(), 3),
            history: question.history[shown..].to_vec(),
            split: question.split.to_string(),
            when,
            how_many,
            backtest: None,
        })
    }

    /// Adds how often forecasts of so many items would have held.
    ///
    /// # Errors
    /// [`BacklogError::Pace`] if the items are too many.
    pub fn test(
        &mut self,
        history: &History,
        window: usize,
        items: u32,
        levels: &[Percentile],
    ) -> Result<(), BacklogError> {
        let tested: Backtest = backtest(history, window, items, levels)?;
        let row = |(at, level): (usize, &Percentile)| HeldRow {
            confidence: level.percent(),
            held: tested.held(at).map(|share| rounded(share, 4)),
        };
        self.backtest = Some(BacktestReport {
            items,
            window,
            forecasts: tested.origins.len(),
            without_pace: tested.without_pace,
            undecided: tested.undecided,
            rows: levels.iter().enumerate().map(row).collect(),
        });
        Ok(())
    }
}

fn when(question: &ThroughputQuestion, forecast: &Forecast, items: &Amount) -> Result<When, BacklogError> {
    let remaining = Remaining { items: items.law().clone(), split: question.split.law().clone() };
    let weeks = forecast.when(&remaining)?;
    let row = |level: &Percentile| {
        let at = weeks.percentile(level.fraction());
        WhenRow { confidence: level.percent(), weeks: at, date: forecast.last_day(at) }
    };
    let first = (0..=weeks.last_week()).find(|&week| weeks.done_by(week) > 1e-4).unwrap_or(0);
    let curve = first.saturating_sub(1)..=weeks.percentile(CURVE_END);
    let done = |week: usize| DoneRow {
        week,
        date: forecast.last_day(week),
        probability: rounded(weeks.done_by(week), 6),
    };
    let whole = |by: Date| forecast.whole_weeks_until(by) as usize;
    Ok(When {
        items: items.to_string(),
        is_left: question.is_left,
        rows: question.levels.iter().map(row).collect(),
        weeks: curve.map(done).collect(),
        mean_weeks: rounded(weeks.mean(), 4),
        by_probability: question.by.map(|by| rounded(weeks.done_by(whole(by)), 6)),
    })
}

fn how_many(question: &ThroughputQuestion, forecast: &Forecast, by: Date) -> Result<HowMany, BacklogError> {
    let finished = forecast.how_many(by)?;
    let split = question.split.law();
    let row = |level: &Percentile| ManyRow {
        confidence: level.percent(),
        items: forecast.items_at(&finished, split, level.fraction()),
    };
    // So many points draw the curve, however many items there are.
    let most = forecast.most(&finished, split);
    let step = (most / MOST_POINTS).max(1);
    let counts = (0..=most / step).map(|at| at * step);
    let chances = counts.map(|items| (items, forecast.chance(&finished, split, items))).collect();
    Ok(HowMany {
        by,
        weeks: forecast.whole_weeks_until(by),
        rows: question.levels.iter().map(row).collect(),
        chances,
    })
}

fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

/// One table with a row for every answer.
#[must_use]
pub fn throughput_tables(report: &ThroughputReport) -> Vec<Table> {
    let columns = ["question", "confidence_percent", "weeks", "date", "items", "share"];
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    if let Some(when) = &report.when {
        for row in &when.rows {
            rows.push(vec![
                "when".into(),
                row.confidence.into(),
                (row.weeks as u64).into(),
                row.date.into(),
                when.items.parse::<f64>().ok().into(),
                Cell::Empty,
            ]);
        }
    }
    if let Some(many) = &report.how_many {
        for row in &many.rows {
            rows.push(vec![
                "how many".into(),
                row.confidence.into(),
                u64::from(many.weeks).into(),
                many.by.into(),
                u64::from(row.items).into(),
                Cell::Empty,
            ]);
        }
    }
    if let Some(tested) = &report.backtest {
        for row in &tested.rows {
            rows.push(vec![
                "held".into(),
                row.confidence.into(),
                Cell::Empty,
                Cell::Empty,
                u64::from(tested.items).into(),
                row.held.into(),
            ]);
        }
    }
    vec![Table { name: "throughput", columns: columns.map(str::to_owned).to_vec(), rows }]
}
