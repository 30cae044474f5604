//! `p80 throughput`: when items are done, or how many, at the pace of past weeks.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use jiff::ToSpan;
use jiff::civil::Date;

use super::results_folder::write_file;
use super::{Exit, fonts, input, output};
use crate::backlog::{
    Amount, DateOrder, History, IssueList, Note, NoteKind, ReadOptions, Scope, Team, WINDOW,
};
use crate::chart::{self, Words};
use crate::export::{self, CsvStyle};
use crate::import::text_of_table;
use crate::report::{InputHash, ThroughputQuestion, ThroughputReport, throughput_tables};
use crate::units::Percentile;

/// How many reasons are printed of why rows are not used as they stand.
const MOST_LINES: usize = 12;

/// Items of a back-test that names none.
const TESTED_ITEMS: u32 = 20;

/// Arguments of `throughput`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  p80 throughput issues.csv --items 40\n  p80 throughput issues.csv --by 2027-03-31 --split \
                  1,1.2,1.5 --chart done.png\n  p80 throughput weeks.csv --from 2027-01-11 --items 30,36,50\n  p80 throughput \
                  issues.csv --items 20 --backtest\n\nEvery past week is as likely as any other to come again; the answer is \
                  computed exactly. Without --items and --by it is when everything is done that the list says is left."
)]
pub struct ThroughputArgs {
    /// List of issues (CSV of Jira or another tracker), or a table with the items of one week per row; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// When are so many items done? A number, or low, most likely and high: `30,36,50`
    #[arg(long, value_name = "N|LOW,LIKELY,HIGH")]
    pub items: Option<Amount>,
    /// How many items are done by the end of this day?
    #[arg(long, value_name = "DATE")]
    pub by: Option<Date>,
    /// First day of the forecast; by default the day after the last on which anything happened in the list
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Complete weeks before the forecast that are drawn from
    #[arg(long, value_name = "WEEKS", default_value_t = WINDOW)]
    pub window: usize,
    /// Items that each becomes on the way: 1.2 for 20 % more, or low, most likely and high
    #[arg(long, value_name = "RATE|LOW,LIKELY,HIGH")]
    pub split: Option<Amount>,
    /// Confidences in percent, separated by commas
    #[arg(long, value_name = "LIST", default_value = "50,80,85,95", value_delimiter = ',')]
    pub confidence: Vec<Percentile>,
    /// Count the issues of this project only
    #[arg(long, value_name = "PROJECT")]
    pub project: Option<String>,
    /// What a column says, where its name is not known: `Erledigt=done`; known are key, title, status, created, done ...
    #[arg(long, value_name = "HEADING=FIELD", value_parser = mapping)]
    pub map: Vec<(String, String)>,
    /// How the list is read.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Say how often such forecasts would have held in this history, week by week (of 20 items unless --items says so)
    #[arg(long)]
    pub backtest: bool,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t)]
    pub format: ThroughputFormat,
    /// Draw the answer into a file; its ending says the format: .png or .svg
    #[arg(long, value_name = "FILE", value_parser = chart_file)]
    pub chart: Option<PathBuf>,
    /// CSV file of every row that was left out, changed or looks wrong
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Overwrite existing files
    #[arg(long)]
    pub force: bool,
}

/// How a list of issues is read.
#[derive(Clone, Debug, Default, Args)]
pub struct ReadingArgs {
    /// What dates such as 03/04/27 begin with, where the file does not tell: dmy or mdy
    #[arg(long, value_name = "ORDER")]
    pub dates: Option<DateOrder>,
    /// Statuses of what is done, separated by commas; the usual ones by default
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub done: Vec<String>,
    /// Statuses or resolutions of what will never be done, separated by commas; the usual ones by default
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub dropped: Vec<String>,
}

/// How the answer is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ThroughputFormat {
    /// For people.
    #[default]
    Text,
    /// Everything.
    Json,
    /// A row for every answer.
    Csv,
}

/// Runs the command.
pub(super) fn throughput(args: &ThroughputArgs) -> anyhow::Result<Exit> {
    for out in [&args.chart, &args.report].into_iter().flatten() {
        if !args.force && fs::symlink_metadata(out).is_ok() {
            bail!("`{}` exists; name another file or use --force", out.display());
        }
    }
    let bytes = input::bytes(&args.file)?;
    let text = text_of_table(&bytes);
    let cannot = || format!("no forecast can be made from `{}`", args.file.display());
    let reading = &args.reading;
    let options = ReadOptions {
        map: args.map.clone(),
        dates: reading.dates,
        done: reading.done.clone(),
        dropped: reading.dropped.clone(),
    };
    let team = Team::read(&text, &options).with_context(cannot)?;
    if let Team::Issues(list) = &team {
        say(list);
        if let Some(report) = &args.report {
            write(report, &notes(&list.notes)?)?;
        }
    }
    let asked = asked(args, &team).with_context(cannot)?;
    let name = args.file.file_name().map_or("-".into(), |name| name.to_string_lossy());
    let mut report =
        ThroughputReport::of(&asked.question, InputHash::of(&name, &bytes)).with_context(cannot)?;
    if args.backtest {
        let stated =
            args.items.as_ref().map(|items| items.number().context("a back-test needs a single --items"));
        let items = stated.transpose()?.map_or(TESTED_ITEMS, |items| items.round().max(1.0) as u32);
        report.test(&asked.history, args.window, items, &args.confidence).with_context(cannot)?;
    }
    if let Some(path) = &args.chart
        && let Some(drawing) = chart::throughput_chart(&report, Words::PLAIN)
    {
        fonts::warn(&chart::lacking_characters(std::slice::from_ref(&drawing)));
        write(path, &if is_svg(path) { drawing.svg()? } else { drawing.png()? })?;
    }
    let answer = match args.format {
        ThroughputFormat::Text => export::throughput_to_text(&report).into_bytes(),
        ThroughputFormat::Json => export::throughput_to_json(&report).into_bytes(),
        ThroughputFormat::Csv => {
            let style = CsvStyle { byte_order_mark: false, ..CsvStyle::default() };
            throughput_tables(&report).first().map_or_else(Vec::new, |table| export::to_csv(table, style))
        }
    };
    output::answer(&answer)?;
    Ok(Exit::Done)
}

/// What is asked, and the history that it is asked of.
struct Asked {
    question: ThroughputQuestion,
    history: History,
}

fn asked(args: &ThroughputArgs, team: &Team) -> anyhow::Result<Asked> {
    if args.window == 0 {
        bail!("--window must be at least 1");
    }
    let scope = Scope { project: args.project.clone() };
    let (history, from, left) = match team {
        Team::Issues(list) => {
            let history = scope.history(list)?;
            let next = scope.latest(list).and_then(|day| day.tomorrow().ok());
            let from = args.from.or(next).context("say with --from when the forecast begins")?;
            (history, from, Some(scope.left(list, from.yesterday().ok())))
        }
        Team::Weeks(weeks) => {
            if args.project.is_some() {
                bail!("a table of weeks knows no projects: leave --project out");
            }
            let from = args
                .from
                .context("a table of weeks has no dates: say with --from when the forecast begins")?;
            // The last row is the week before the forecast, wherever in a week that begins.
            let first = crate::backlog::monday_of(from).saturating_sub(i64::try_from(weeks.len())?.weeks());
            (History { first, weeks: weeks.clone() }, from, None)
        }
    };
    if args.by.is_some_and(|by| by < from) {
        bail!("--by lies before the forecast begins on {from}");
    }
    let items = match (&args.items, args.by, left) {
        (Some(items), ..) => Some(items.clone()),
        (None, None, None) => {
            bail!("say with --items how many items there are, or with --by until when to count")
        }
        (None, None, Some(0)) => bail!("nothing is left in the list: ask with --items or --by"),
        (None, None, Some(left)) => Some(Amount::certain(left as f64)),
        (None, Some(_), _) => None,
    };
    let question = ThroughputQuestion {
        window: history.before(from, args.window)?,
        history: history.before(from, usize::MAX)?,
        from,
        is_left: args.items.is_none(),
        items,
        by: args.by,
        split: args.split.clone().unwrap_or_else(|| Amount::certain(1.0)),
        levels: args.confidence.clone(),
        project: args.project.clone(),
    };
    Ok(Asked { question, history })
}

/// Says what of a list is not used as it stands.
pub(super) fn say(list: &IssueList) {
    if let Some(order) = list.dates {
        output::say(&format!("dates with numbers only are read with the {order}"));
    }
    let mut groups: Vec<(NoteKind, &str, usize, u64)> = Vec::new();
    for note in &list.notes {
        // Columns without a use are in the report; a list of everything has dozens.
        if note.line <= 1 && note.kind == NoteKind::LeftOut {
            continue;
        }
        match groups.iter_mut().find(|group| group.0 == note.kind && group.1 == note.what) {
            Some(group) => group.2 += 1,
            None => groups.push((note.kind, &note.what, 1, note.line)),
        }
    }
    groups.sort_by_key(|&(kind, _, count, line)| (kind, std::cmp::Reverse(count), line));
    for (kind, what, count, line) in groups.iter().take(MOST_LINES) {
        output::say(&format!("{}: {count} (first in line {line}): {what}", word(*kind)));
    }
    if groups.len() > MOST_LINES {
        output::say(&format!("and {} more reasons: see --report", groups.len() - MOST_LINES));
    }
}

fn word(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::LeftOut => "left out",
        NoteKind::Changed => "changed",
        NoteKind::Odd => "odd",
    }
}

/// Everything that is odd as a table.
fn notes(notes: &[Note]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["fate", "line", "source", "reason"])?;
    for note in notes {
        writer.write_record([word(note.kind), &note.line.to_string(), &note.about, &note.what])?;
    }
    Ok(writer.into_inner()?)
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    write_file(path, bytes).with_context(|| format!("failed to write `{}`", path.display()))
}

fn is_svg(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"))
}

fn chart_file(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let is_png = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("png"));
    if is_png || is_svg(&path) { Ok(path) } else { Err("the file must end in .png or .svg".to_owned()) }
}

fn mapping(text: &str) -> Result<(String, String), String> {
    let (heading, field) =
        text.rsplit_once('=').ok_or("write a heading and what it says, such as `Erledigt=done`")?;
    let (heading, field) = (heading.trim(), field.trim());
    let known = crate::backlog::field_names();
    if heading.is_empty() || !known.contains(&field) {
        return Err(format!("`{field}` is nothing that a column can say; known are {}", known.join(", ")));
    }
    Ok((heading.to_owned(), field.to_owned()))
}
