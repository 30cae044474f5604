//! The arguments of `import`.

use std::path::PathBuf;

use clap::Args;

use crate::import::{ImportOptions, Spread};

/// Arguments of `import`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: p80 import plan.xml -o scenario.toml --estimates=-10%..+30% --report import.csv\n\nThe \
                  format is told by the content, whatever the name. `p80 run plan.xml`, and every other command that \
                  reads a scenario, imports a plan by itself."
)]
pub struct ImportArgs {
    /// Plan to import: Microsoft Project XML, Primavera XER or Primavera P6 XML; `-` is standard input
    #[arg(value_name = "PLAN")]
    pub plan: PathBuf,
    /// Scenario to write; standard output by default
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Overwrite an existing scenario
    #[arg(long)]
    pub force: bool,
    /// Range around every duration without one, less and more, such as `-10%..+30%`
    #[arg(long, value_name = "RANGE", allow_hyphen_values = true)]
    pub estimates: Option<Spread>,
    /// Custom fields that hold low, most likely and high durations, such as `Duration1,Duration2,Duration3`;
    /// found by their names by default
    #[arg(long, value_name = "LOW,LIKELY,HIGH", value_parser = three)]
    pub three_point: Option<[String; 3]>,
    /// CSV file of everything that was taken, changed and left out
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// CSV file with the early and late dates and the slack of every task, as computed here and as stored in the plan
    #[arg(long, value_name = "FILE")]
    pub compare: Option<PathBuf>,
}

impl ImportArgs {
    /// What they say about the import.
    pub(super) fn options(&self) -> ImportOptions {
        ImportOptions { estimates: self.estimates, three_point: self.three_point.clone(), name: None }
    }
}

fn three(text: &str) -> Result<[String; 3], String> {
    let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
    names.try_into().map_err(|_| "expected three names, such as `Duration1,Duration2,Duration3`".to_owned())
}
