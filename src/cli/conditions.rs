//! Conditions that decide the exit code.

use anyhow::bail;
use clap::Args;

use super::{Exit, output};
use crate::analysis::{self, Condition, Forecast, Met};
use crate::model::Program;
use crate::scenario::Loaded;
use crate::units::Percentile;

/// What has to hold.
#[derive(Debug, Args)]
pub struct ConditionArgs {
    /// Exit with 1 unless this holds, for example "finish.p80 <= 2027-06-30"
    #[arg(long, value_name = "CONDITION")]
    pub require: Vec<Condition>,
    /// Exit with 1 unless this holds over its whole 95 % interval
    #[arg(long, value_name = "CONDITION")]
    pub require_sure: Vec<Condition>,
}

impl ConditionArgs {
    fn all(&self) -> impl Iterator<Item = &Condition> {
        self.require.iter().chain(&self.require_sure)
    }

    /// Whether nothing has to hold.
    pub(super) fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// Checks that the program has what they are about.
    ///
    /// # Errors
    /// What it does not have.
    pub(super) fn check(&self, program: &Program) -> anyhow::Result<()> {
        self.all().try_for_each(|condition| Ok(condition.check(program)?))
    }

    /// The percentiles that they are about.
    pub(super) fn levels(&self) -> Vec<Percentile> {
        self.all().filter_map(Condition::level).collect()
    }

    /// Says of every condition whether it holds.
    pub(super) fn answer(&self, loaded: &Loaded, forecast: &Forecast) -> Exit {
        let mut exit = Exit::Done;
        let conditions = self.require.iter().map(|condition| (condition, false));
        for (condition, sure) in conditions.chain(self.require_sure.iter().map(|condition| (condition, true)))
        {
            let met = condition.evaluate(&loaded.program, forecast);
            let close = matches!(met, Met::Closely | Met::CloselyMissed);
            let holds = met == Met::Surely || (met == Met::Closely && !sure);
            output::say(&format!("{}: {condition}", if holds { "holds" } else { "does not hold" }));
            if close {
                output::warning(
                    "too close to call: the limit lies inside the 95 % interval; use more iterations",
                );
            }
            if !holds {
                exit = Exit::No;
            }
        }
        exit
    }
}

/// Refuses to call it a forecast when too many iterations have no finish.
///
/// # Errors
/// When more than 0.1 % have none.
pub(super) fn conclusive(forecast: &Forecast) -> anyhow::Result<()> {
    if !analysis::is_conclusive(forecast) {
        bail!(
            "{:.1} % of the iterations have no finish; more than 0.1 % is no forecast to commit to",
            forecast.finish.never_share * 100.0
        );
    }
    Ok(())
}
