//! How often forecasts would have held.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{BacklogError, History};
use crate::dist::{Law, Throughput, WeeklyPace};
use crate::units::Percentile;

/// A Monday on which a forecast would have been made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The Monday.
    pub day: Date,
    /// In how many weeks it was done.
    pub took: usize,
    /// In how many weeks it would have been forecast to be done, at each confidence.
    pub forecast: Vec<usize>,
}

/// How often forecasts would have held.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    /// The confidences.
    pub levels: Vec<Percentile>,
    /// Every Monday with a forecast that can be judged.
    pub origins: Vec<Origin>,
    /// Mondays before which nothing was finished in the whole window, so that nothing could be forecast.
    pub without_pace: usize,
    /// Mondays after which so many items have not been finished yet.
    pub undecided: usize,
}

impl Backtest {
    /// The share of forecasts that held, at each confidence; [`None`] without any.
    #[must_use]
    pub fn held(&self, level: usize) -> Option<f64> {
        let held = self.origins.iter().filter(|origin| origin.took <= origin.forecast[level]).count();
        (!self.origins.is_empty()).then(|| held as f64 / self.origins.len() as f64)
    }
}

/// Forecasts so many items on every Monday from the weeks before it, and compares with when they were finished.
///
/// # Errors
/// [`BacklogError::Pace`] if the items are too many.
pub fn backtest(
    history: &History,
    window: usize,
    items: u32,
    levels: &[Percentile],
) -> Result<Backtest, BacklogError> {
    let mut tested = Backtest { levels: levels.to_vec(), origins: Vec::new(), without_pace: 0, undecided: 0 };
    let (items_law, one) = (Law::fixed(f64::from(items)), Law::fixed(1.0));
    for at in window.max(1)..history.weeks.len() {
        let before = &history.weeks[at - window.max(1)..at];
        if before.iter().all(|&week| week == 0) {
            tested.without_pace += 1;
            continue;
        }
        let mut done = 0_u64;
        let took = history.weeks[at..].iter().position(|&week| {
            done += u64::from(week);
            done >= u64::from(items)
        });
        let Some(took) = took else {
            tested.undecided += 1;
            continue;
        };
        let forecast = Throughput::new(&WeeklyPace::new(before)?, &items_law, &one)?;
        tested.origins.push(Origin {
            day: history.first.saturating_add(i64::try_from(at).unwrap_or(0).weeks()),
            took: took + 1,
            forecast: levels.iter().map(|level| forecast.percentile(level.fraction())).collect(),
        });
    }
    Ok(tested)
}
