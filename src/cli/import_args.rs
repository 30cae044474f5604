//! The arguments of `import`.

use std::path::PathBuf;

use clap::Args;

use super::throughput::ReadingArgs;
use crate::backlog::Amount;
use crate::import::{Grain, ImportOptions, IssueOptions, Spread, table_fields};
use crate::scenario::raw::RawDate;

/// Arguments of `import`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  p80 import --template program.xlsx\n  p80 import --calibrate history.csv --merge scenario.toml -o scenario.toml\n  p80 import plan.xml --merge scenario.toml -o scenario.toml\n  p80 import plan.xml -o scenario.toml --estimates=-10%..+30% --report import.csv\n  p80 \
                  import tasks.xlsx risks.csv -o scenario.toml --map \"Eintritt=probability\"\n\nThe format is told by the \
                  content, whatever the name. `p80 run plan.xml`, and every other command that reads a scenario, \
                  imports a plan by itself."
)]
pub struct ImportArgs {
    /// Plan to import: Microsoft Project XML, Primavera XER, Primavera P6 XML, or workbooks and CSV files with tables of
    /// tasks and risks, of which there may be several, or a list of issues; `-` is standard input
    #[arg(value_name = "PLAN", required_unless_present_any = ["template", "calibrate"])]
    pub plans: Vec<PathBuf>,
    /// Scenario to write; standard output by default
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write an empty workbook to fill in, with an example, instead of importing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["plans", "merge", "out", "report", "compare", "map", "start", "estimates", "three_point"])]
    pub template: Option<PathBuf>,
    /// Scenario to renew from the plan: what the plan says is renewed, what people have added stays, comments included;
    /// name it with --out as well to write it in place
    #[arg(long, value_name = "SCENARIO")]
    pub merge: Option<PathBuf>,
    /// Table of past estimates and what they became (a column of each; the kind of work if it has one): writes templates
    /// of ranges, into the scenario of --merge if given, instead of importing
    #[arg(long, value_name = "HISTORY", conflicts_with_all = ["plans", "template", "compare", "start", "estimates", "three_point"])]
    pub calibrate: Option<PathBuf>,
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
    /// What a heading of a table means, where it is not known: `"Eintrittschance=probability"`; the columns are those of
    /// `tasks_csv` and `risks_csv`, and those of issues: key, done, status ...
    #[arg(long, value_name = "HEADING=FIELD", value_parser = mapping)]
    pub map: Vec<(String, String)>,
    /// When the program starts, where no table says it
    #[arg(long, value_name = "DATE", value_parser = start)]
    pub start: Option<RawDate>,
    /// CSV file of everything that was taken, changed and left out
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// CSV file with the early and late dates and the slack of every task, as computed here and as stored in the plan
    #[arg(long, value_name = "FILE")]
    pub compare: Option<PathBuf>,
    /// Of a list of issues: make a task of every epic, at the pace of the team, or of every issue; epics by default
    #[arg(long, value_name = "epic|issue", help_heading = "Lists of issues")]
    pub by: Option<Grain>,
    /// Of a list of issues: those of this project only
    #[arg(long, value_name = "PROJECT", help_heading = "Lists of issues")]
    pub project: Option<String>,
    /// Complete weeks before the start that the pace of the team is drawn from; 12 by default
    #[arg(long, value_name = "WEEKS", help_heading = "Lists of issues")]
    pub window: Option<usize>,
    /// Items that each issue becomes on the way: 1.2 for 20 % more, or low, most likely and high
    #[arg(long, value_name = "RATE|LOW,LIKELY,HIGH", help_heading = "Lists of issues")]
    pub split: Option<Amount>,
    /// How a list of issues is read.
    #[command(flatten, next_help_heading = "Lists of issues")]
    pub reading: ReadingArgs,
}

impl ImportArgs {
    /// What they say about the import.
    pub(super) fn options(&self) -> ImportOptions {
        let name = |plan: &PathBuf| plan.file_name().map(|name| name.to_string_lossy().into_owned());
        ImportOptions {
            estimates: self.estimates,
            three_point: self.three_point.clone(),
            map: self.map.clone(),
            start: self.start,
            issues: IssueOptions {
                by: self.by,
                dates: self.reading.dates,
                done: self.reading.done.clone(),
                dropped: self.reading.dropped.clone(),
                project: self.project.clone(),
                window: self.window,
                split: self.split.clone(),
            },
            from: self.plans.iter().filter_map(name).collect(),
            ..ImportOptions::default()
        }
    }
}

fn mapping(text: &str) -> Result<(String, String), String> {
    let (heading, field) =
        text.rsplit_once('=').ok_or("write a heading and what it means, such as `Chance=probability`")?;
    let (heading, field) = (heading.trim(), field.trim());
    if heading.is_empty() {
        return Err("the heading is empty".to_owned());
    }
    let mut known = table_fields();
    let of_issues = crate::backlog::field_names();
    known.extend(of_issues.into_iter().filter(|field| !table_fields().contains(field)));
    if known.contains(&field) {
        return Ok((heading.to_owned(), field.to_owned()));
    }
    Err(format!("there is no field `{field}`; known are {}", known.join(", ")))
}

fn start(text: &str) -> Result<RawDate, String> {
    let date = RawDate::parse(text).map_err(|error| error.to_string())?;
    if date.is_in_range() { Ok(date) } else { Err("the year must lie between 1900 and 2300".to_owned()) }
}

fn three(text: &str) -> Result<[String; 3], String> {
    let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
    names.try_into().map_err(|_| "expected three names, such as `Duration1,Duration2,Duration3`".to_owned())
}
