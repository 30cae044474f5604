//! A sweep: its table row by row, however many there are, and a summary.

use std::io::Write;

use super::csv::field;
use super::grid::{grid, whole};
use super::{CsvStyle, TableFormats};
use crate::report::{
    Reading, SweepOutcome, SweepOverview, SweepPoint, SweepSpot, Table, grouped, sweep_cells, sweep_columns,
};

/// The variants that the summary shows at most.
const MOST_SHOWN: usize = 40;

/// `sweep.csv` and `sweep.json` as they are written: nothing of a variant is kept once it is.
pub struct SweepWriter<C: Write, J: Write> {
    csv: csv::Writer<C>,
    json: J,
    style: CsvStyle,
    is_first: bool,
}

impl<C: Write, J: Write> SweepWriter<C, J> {
    /// Begins both files.
    ///
    /// # Errors
    /// If writing fails.
    pub fn new(mut csv: C, mut json: J, overview: &SweepOverview, style: CsvStyle) -> std::io::Result<Self> {
        if style.byte_order_mark {
            csv.write_all("\u{feff}".as_bytes())?;
        }
        let mut csv = csv::WriterBuilder::new()
            .delimiter(style.separator)
            .terminator(csv::Terminator::CRLF)
            .from_writer(csv);
        csv.write_record(sweep_columns(overview))?;
        let text = serde_json::to_string_pretty(overview)?;
        // The rows follow as the last field of the same object.
        let open = text.trim_end().strip_suffix('}').unwrap_or(&text).trim_end();
        write!(json, "{open},\n  \"rows\": [")?;
        Ok(Self { csv, json, style, is_first: true })
    }

    /// Writes the rows of a variant.
    ///
    /// # Errors
    /// If writing fails.
    pub fn write(
        &mut self,
        overview: &SweepOverview,
        variant: u64,
        rows: &[SweepOutcome],
    ) -> std::io::Result<()> {
        for row in rows {
            let cells = sweep_cells(overview, variant, row);
            self.csv.write_record(cells.iter().map(|cell| field(cell, self.style)))?;
        }
        let comma = if std::mem::take(&mut self.is_first) { "" } else { "," };
        let (program, values) = overview.place(variant);
        let values: Vec<&String> =
            overview.axes.iter().zip(values).map(|(axis, at)| &axis.values[at]).collect();
        let row = serde_json::json!({
            "variant": variant + 1,
            "program": overview.programs.get(program).map(|program| &program.file),
            "values": values,
            "outcomes": rows,
        });
        write!(self.json, "{comma}\n    {row}")
    }

    /// Ends both files.
    ///
    /// # Errors
    /// If writing fails.
    pub fn finish(mut self) -> std::io::Result<()> {
        self.csv.flush()?;
        write!(self.json, "\n  ]\n}}\n")?;
        self.json.flush()
    }
}

/// `manifest.json` of a sweep, by which its folder is recognised, and further forms of its table.
#[must_use]
pub fn sweep_files(
    overview: &SweepOverview,
    rows: Vec<Vec<crate::report::Cell>>,
    formats: TableFormats,
) -> Vec<(String, Vec<u8>)> {
    let manifest = serde_json::json!({ "sweep": overview });
    let mut files = vec![("manifest.json".to_owned(), format!("{manifest:#}\n").into_bytes())];
    let table = Table { name: "sweep", columns: sweep_columns(overview), rows };
    // The CSV of the table is written row by row.
    files.extend(formats.files(&[table]).into_iter().filter(|(name, _)| name != "sweep.csv"));
    files
}

/// The summary: P50 and P80 of finish, cost and net present value of the first variants.
#[must_use]
pub fn sweep_to_text(overview: &SweepOverview, spots: &[SweepSpot]) -> String {
    let iterations = overview.programs.first().map_or(0, |program| program.manifest.iterations);
    let mut text = format!(
        "{} variant{} of {} iterations each, on common draws\n\n",
        grouped(overview.variants as f64, 0),
        if overview.variants == 1 { "" } else { "s" },
        grouped(iterations as f64, 0)
    );
    let of = |name: &str| spots.iter().any(|spot| spot.outcome == name);
    let outcomes: Vec<&str> = SweepSpot::OUTCOMES.into_iter().filter(|name| of(name)).collect();
    let several = overview.programs.len() > 1;
    let mut header: Vec<String> = Vec::new();
    if several || overview.axes.is_empty() {
        header.push("program".to_owned());
    }
    header.extend(overview.axes.iter().map(|axis| axis.path.clone()));
    let left: Vec<usize> = (0..header.len()).collect();
    for outcome in &outcomes {
        let [_, median, level, _] = SweepSpot::levels_of(outcome);
        header.extend(
            [median.to_owned(), level.to_owned(), format!("95 % interval of {level}")]
                .map(|name| format!("{outcome} {name}")),
        );
    }
    let names: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut grid = grid(&names, &left);
    let mut shown: Vec<u64> = spots.iter().map(|spot| spot.variant).collect();
    shown.dedup();
    let all = shown.len();
    shown.truncate(MOST_SHOWN);
    for variant in shown {
        let (program, values) = overview.place(variant);
        let mut row: Vec<String> = Vec::new();
        if several || overview.axes.is_empty() {
            row.push(overview.programs[program].file.clone());
        }
        row.extend(overview.axes.iter().zip(values).map(|(axis, at)| axis.values[at].clone()));
        for outcome in &outcomes {
            let spot = spots.iter().find(|spot| spot.variant == variant && spot.outcome == *outcome);
            let level = |at: usize| spot.and_then(|spot| spot.levels[at]);
            let value = |point: Option<SweepPoint>| point.map_or("-".to_owned(), |point| said(point.value));
            row.push(value(level(1)));
            row.push(value(level(2)));
            row.push(level(2).map_or("-".to_owned(), |point| {
                let high = point.high.map_or("never".to_owned(), said);
                format!("{} .. {high}", said(point.low))
            }));
        }
        grid.add_row(row);
    }
    text.push_str(&grid.to_string());
    text.push('\n');
    if all > MOST_SHOWN {
        text.push_str(&format!(
            "... and {} more in sweep.csv\n",
            grouped((overview.variants - MOST_SHOWN as u64) as f64, 0)
        ));
    }
    text
}

fn said(reading: Reading) -> String {
    match reading {
        Reading::Date(date) => date.to_string(),
        Reading::Amount(amount) => whole(amount),
    }
}
