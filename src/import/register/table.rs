//! A grid whose columns are known.

use std::collections::BTreeMap;

use super::heading::{Meaning, Measure, by_name, meaning, not_needed};
use super::kind::Kind;
use super::words::plain;
use crate::import::report::{Fate, ImportReport};
use crate::import::sheet::{Grid, Marks, Row, Value};

/// Among how many rows from the top headings are looked for.
const HEAD_ROWS: usize = 30;

/// How many columns of tasks a work breakdown may have and still be one.
const BREAKDOWN_SCORE: usize = 8;

/// A column of which the meaning is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub at: usize,
    /// As written, with what stands above it.
    pub heading: String,
    pub measure: Measure,
    /// How its texts are written.
    pub marks: Marks,
    /// Whether a bare number of a share counts percent.
    pub in_percent: bool,
}

/// A grid whose columns are known.
#[derive(Clone, Debug)]
pub(super) struct Table<'a> {
    pub kind: Kind,
    pub grid: &'a Grid,
    pub columns: BTreeMap<&'static str, Column>,
    /// Columns that are known and of no use here, with the reason.
    useless: Vec<(usize, &'static str)>,
    /// The first row below the headings.
    body: usize,
}

/// Headings with the fields that somebody has said they are.
pub(super) type Map = [(String, String)];

/// What the row of headings is, and how many columns it explains.
struct Found {
    kind: Kind,
    row: usize,
    score: usize,
}

impl<'a> Table<'a> {
    /// The table in a grid; [`None`] if no row of it has headings of any kind.
    pub fn of(grid: &'a Grid, map: &Map) -> Option<Self> {
        Self::among(grid, &Kind::ALL, map)
    }

    /// The table of a kind in a grid.
    pub fn of_kind(grid: &'a Grid, kind: Kind, map: &Map) -> Option<Self> {
        Self::among(grid, &[kind], map)
    }

    /// The table in a grid that is of one of some kinds.
    fn among(grid: &'a Grid, kinds: &[Kind], map: &Map) -> Option<Self> {
        let mut best: Option<Found> = None;
        for row in 0..grid.rows.len().min(HEAD_ROWS) {
            for &kind in kinds {
                let fields = fields_of(grid, row, kind, map);
                let mut distinct: Vec<&str> =
                    fields.iter().flatten().map(|(_, meaning)| meaning.field).collect();
                distinct.sort_unstable();
                distinct.dedup();
                // Only a work breakdown names what is above; it may have columns of tasks as well.
                let is_tree = kind == Kind::Breakdown && distinct.contains(&"above");
                let score = distinct.len() + if is_tree { BREAKDOWN_SCORE } else { 0 };
                if kind.is_made_of(&distinct) && best.as_ref().is_none_or(|best| score > best.score) {
                    best = Some(Found { kind, row, score });
                }
            }
        }
        let Found { kind, row, .. } = best?;
        Some(Self::read(grid, kind, row, map))
    }

    fn read(grid: &'a Grid, kind: Kind, row: usize, map: &Map) -> Self {
        let mut columns: BTreeMap<&'static str, (usize, Column)> = BTreeMap::new();
        for (at, found) in fields_of(grid, row, kind, map).into_iter().enumerate() {
            let Some((heading, Meaning { field, rank, measure })) = found else { continue };
            let (marks, in_percent) = shown(grid, row + 1, at, measure.percent);
            let column = Column { at, heading, measure, marks, in_percent };
            // The better name is taken; of equals the first.
            if columns.get(field).is_none_or(|(known, _)| rank < *known) {
                columns.insert(field, (rank, column));
            }
        }
        let columns: BTreeMap<_, _> =
            columns.into_iter().map(|(field, (_, column))| (field, column)).collect();
        let mut table = Self { kind, grid, columns, useless: Vec::new(), body: row + 1 };
        if kind == Kind::Risks {
            table.drop_useless();
        }
        table
    }

    /// Takes out columns of risks that say nothing here.
    fn drop_useless(&mut self) {
        let is_said =
            self.columns.keys().any(|field| field.starts_with("delay") || field.starts_with("cost"));
        if is_said && let Some(column) = self.columns.remove("impact") {
            self.useless.push((column.at, "the columns of delay and cost say it in numbers"));
        }
        let known = |column: &Column| {
            let mut cells = self.grid.rows[self.body..].iter().map(|row| plain(&row.cell(column.at).shown()));
            cells.any(|word| super::risks::is_kind(&word))
        };
        if self.columns.get("kind").is_some_and(|column| !known(column))
            && let Some(column) = self.columns.remove("kind")
        {
            self.useless.push((column.at, "no word in it tells threats from opportunities"));
        }
    }

    /// Notes what of the table is not used: columns without a meaning, and what could not be read.
    pub fn note_unused(&self, report: &mut ImportReport) {
        let Some(head) = self.body.checked_sub(1).and_then(|at| self.grid.rows.get(at)) else { return };
        let used: Vec<usize> = self.columns.values().map(|column| column.at).collect();
        let width = self.grid.rows[self.body - 1..].iter().map(|row| row.cells.len()).max().unwrap_or(0);
        for at in (0..width).filter(|at| !used.contains(at)) {
            let is_filled = self.grid.rows[self.body..].iter().any(|row| !row.cell(at).is_empty());
            let heading = head.cell(at).shown();
            if !is_filled && heading.is_empty() {
                continue;
            }
            let place = self.grid.place(head.number, at);
            let useless = self.useless.iter().find(|(useless, _)| *useless == at).map(|(_, reason)| *reason);
            let needless = useless.or_else(|| not_needed(self.kind, &heading));
            let reason = match (needless, meaning(self.kind, &heading)) {
                (Some(reason), _) => reason.to_owned(),
                (None, Some(known)) => {
                    let other = self.columns.get(known.field).map_or("", |column| column.heading.as_str());
                    format!("the column `{other}` says the same")
                }
                (None, None) if heading.is_empty() => "the column has no heading".to_owned(),
                (None, None) => {
                    "the heading is not known; `--map \"HEADING=FIELD\"` says what it is".to_owned()
                }
            };
            report.note(Fate::LeftOut, "column", &place, &heading, reason);
        }
        for row in self.grid.rows[..self.body - 1].iter() {
            // What stands above the headings is a title.
            if let Some(at) = row.cells.iter().position(|cell| !cell.is_empty()) {
                let place = self.grid.place(row.number, at);
                report.note(
                    Fate::LeftOut,
                    "row",
                    &place,
                    &row.cell(at).shown(),
                    "it stands above the headings",
                );
            }
        }
    }

    /// The rows below the headings that say something; the others are noted.
    pub fn rows(&self, report: &mut ImportReport) -> Vec<&'a Row> {
        let mut rows = Vec::new();
        let head = &self.grid.rows[self.body - 1];
        for row in &self.grid.rows[self.body..] {
            let first = row.cells.iter().position(|cell| !cell.is_empty()).unwrap_or(0);
            let place = self.grid.place(row.number, first);
            let mut leave =
                |reason: &str| report.note(Fate::LeftOut, "row", &place, &row.cell(first).shown(), reason);
            if row
                .cells
                .iter()
                .filter(|cell| !cell.is_empty())
                .eq(head.cells.iter().filter(|cell| !cell.is_empty()))
            {
                leave("it repeats the headings");
            } else if self.is_total(row) {
                leave("it is a total of other rows");
            } else if !self.columns.values().any(|column| !row.cell(column.at).is_empty()) {
                leave("nothing stands in the columns that are known");
            } else {
                rows.push(row);
            }
        }
        rows
    }

    /// Whether a row sums up others: its first text says so, and it has no id of its own.
    fn is_total(&self, row: &Row) -> bool {
        const WORDS: [&str; 11] = [
            "total",
            "totals",
            "grand total",
            "sum",
            "subtotal",
            "summe",
            "gesamt",
            "gesamtsumme",
            "zwischensumme",
            "somme",
            "suma",
        ];
        let Some(Value::Text(text)) = row.cells.iter().find(|cell| !cell.is_empty()) else { return false };
        let text = plain(text);
        let starts =
            |word: &str| text == word || text.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '));
        let first = row.cells.iter().position(|cell| !cell.is_empty());
        let has_id = self
            .columns
            .get("id")
            .is_some_and(|column| Some(column.at) != first && !row.cell(column.at).is_empty());
        // A total has numbers and says nothing else.
        let texts = row
            .cells
            .iter()
            .filter(
                |cell| matches!(cell, Value::Text(text) if plain(text).contains(|c: char| c.is_alphabetic())),
            )
            .count();
        WORDS.iter().any(|word| starts(word)) && !has_id && texts <= 1
    }
}

/// What the columns of a row of headings mean.
fn fields_of(grid: &Grid, row: usize, kind: Kind, map: &Map) -> Vec<Option<(String, Meaning)>> {
    let own = &grid.rows[row];
    let above = row.checked_sub(1).map(|at| &grid.rows[at]).filter(|above| above.number + 1 == own.number);
    let text = |value: &Value| match value {
        Value::Text(text) if text.len() <= 200 => text.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => String::new(),
    };
    let one = |at: usize| {
        let heading = text(own.cell(at));
        let group = above.map_or_else(String::new, |above| text(above.cell(at)));
        if heading.is_empty() {
            return None;
        }
        let both = format!("{group} {heading}");
        let said = map.iter().find_map(|(key, field)| {
            let key = plain(key);
            let is_it = key == plain(&heading) || (!group.is_empty() && key == plain(&both));
            is_it.then(|| by_name(kind, field)).flatten()
        });
        if let Some(field) = said {
            let measure = meaning(kind, &heading).map_or_else(Measure::default, |meaning| meaning.measure);
            return Some((heading, Meaning { field, rank: 0, measure }));
        }
        let grouped = (!group.is_empty() && group != heading).then(|| meaning(kind, &both)).flatten();
        match grouped {
            Some(meaning) => Some((both, meaning)),
            None => meaning(kind, &heading).map(|meaning| (heading, meaning)),
        }
    };
    (0..own.cells.len()).map(one).collect()
}

/// How the cells of a column below a row are written, and whether bare numbers in it count percent: some exceed one, or
/// the heading says so and none lies between nothing and one.
fn shown(grid: &Grid, from: usize, at: usize, says_percent: bool) -> (Marks, bool) {
    let cells = || grid.rows[from..].iter().map(|row| row.cell(at));
    let texts = cells().filter_map(|cell| match cell {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let marks = Marks::of(texts, grid.decimal_comma);
    let exceeds = |cell: &Value| match cell {
        Value::Number(number) => *number > 1.0,
        Value::Text(text) => {
            matches!(crate::import::sheet::number(text, marks), Some(Value::Number(number)) if number > 1.0)
        }
        _ => false,
    };
    let is_share = |cell: &Value| matches!(cell, Value::Number(number) if *number > 0.0 && *number < 1.0);
    (marks, cells().any(exceeds) || says_percent && !cells().any(is_share))
}

/// Whether a text begins like a table: one of its first lines has headings of tasks or risks.
pub(in crate::import) fn is_table(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(HEAD_ROWS).peekable();
    let looks_like_toml = |line: &&str| {
        let line = line.trim_start();
        let key = line.split('=').next().unwrap_or(line).trim();
        line.starts_with(['[', '#', '{', '<'])
            || line.contains('=')
                && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"'))
    };
    if lines.peek().is_none_or(looks_like_toml) {
        return false;
    }
    let Some(separator) = crate::import::sheet::separator_of(text) else { return false };
    let head: String = lines.filter(|line| line.contains(separator)).collect::<Vec<_>>().join("\n");
    let cut = head.char_indices().nth(20_000).map_or(head.len(), |(at, _)| at);
    // Only what is whole counts: the last line may be torn, and with it a quote.
    let text: String =
        head[..cut].lines().filter(|line| line.matches('"').count() % 2 == 0).collect::<Vec<_>>().join("\n");
    let grid = crate::import::sheet::csv_grid("", &text);
    grid.is_ok_and(|grid| {
        Table::of(&grid, &[]).is_some_and(|table| matches!(table.kind, Kind::Tasks | Kind::Risks))
    })
}
