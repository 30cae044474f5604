//! `p80 status`: forecast a program under way from a report of its progress.

use anyhow::bail;
use clap::Args;

use super::args::RunArgs;
use super::{Exit, input, run};
use crate::model::Status;
use crate::scenario::Loaded;
use crate::units::Instant;

/// Arguments of `status`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: p80 status my-program.toml --date 2027-06-30\n\nThe scenario says in `[[status]]` what has happened by each date. What is finished keeps its actual dates \
                  and costs; what has started is estimated given the time that it has taken; nothing else starts \
                  before the status date."
)]
pub struct StatusArgs {
    /// The status date, one of those that the scenario reports on; the latest of them by default
    #[arg(long, value_name = "DATE")]
    pub date: Option<Instant>,
    /// How it is simulated, and where the results go.
    #[command(flatten)]
    pub run: RunArgs,
}

/// Runs the command.
pub(super) fn status(args: &StatusArgs) -> anyhow::Result<Exit> {
    let Some(planned) = input::load(&args.run.file, args.run.variant.as_deref())? else {
        return Ok(Exit::Error);
    };
    let status = chosen(&planned, args.date)?;
    let loaded = planned.as_of(&status)?;
    run::forecast(&args.run, &loaded)
}

/// The report of a date; before the program begins nothing has happened.
fn chosen(planned: &Loaded, date: Option<Instant>) -> anyhow::Result<Status> {
    let program = &planned.program;
    let known = program.statuses();
    let Some(date) = date else {
        let Some(latest) = known.last() else {
            bail!("the scenario reports no progress: add `[[status]]` with a `date`, or give --date");
        };
        return Ok(latest.clone());
    };
    if let Some(status) = known.iter().find(|status| status.date == date) {
        return Ok(status.clone());
    }
    let is_day =
        |status: &&Status| status.date.start_date() == date.start_date() && date.minute_of_day() == 0;
    if let Some(status) = known.iter().find(is_day) {
        return Ok(status.clone());
    }
    if date.start_date() <= program.start().start_date() {
        return Ok(Status::nothing(date));
    }
    let dates: Vec<String> = known.iter().map(|status| status.date.start_date().to_string()).collect();
    match dates.as_slice() {
        [] => bail!("the scenario reports no progress on {}: add `[[status]]`", date.start_date()),
        dates => bail!("the scenario has no status of {}; it has {}", date.start_date(), dates.join(", ")),
    }
}
