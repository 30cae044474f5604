//! `iterations.csv`: one row per iteration.

use std::io::Write;

use super::CsvStyle;
use super::csv::field;
use crate::engine::NEVER;
use crate::model::Program;
use crate::report::Cell;
use crate::results::Columns;
use crate::units::{Instant, Money};

/// The headers of the iterations.
#[must_use]
pub fn iteration_columns(columns: &Columns, program: &Program) -> Vec<String> {
    let currency = program.currency();
    let mut header = vec!["iteration".to_owned(), "finish_date".to_owned(), format!("cost_{currency}")];
    let projects = program.projects();
    header.extend(projects.iter().map(|project| format!("{}_finish_date", project.id)));
    header.extend(projects.iter().map(|project| format!("{}_cost_{currency}", project.id)));
    header
        .extend(columns.milestones().iter().map(|task| format!("{}_date", program.tasks()[task.index()].id)));
    header
}

/// The iterations, a row each: its number, finishes as dates, money in major units.
pub fn iteration_rows<'a>(
    columns: &'a Columns,
    program: &'a Program,
) -> impl Iterator<Item = Vec<Cell>> + 'a {
    let (currency, projects) = (program.currency(), program.projects().len());
    let is_money = move |column: usize| column == 1 || (2 + projects..2 + 2 * projects).contains(&column);
    columns.rows().map(move |(iteration, values)| {
        let cells = values.iter().enumerate().map(|(column, &value)| {
            if is_money(column) {
                Cell::Number(currency.major(Money(value)))
            } else if value == i64::from(NEVER) {
                Cell::Empty
            } else {
                let at = Instant(value as i32);
                let milestone = column.checked_sub(2 + 2 * projects);
                Cell::Date(match milestone.and_then(|nth| columns.milestones().get(nth)) {
                    Some(task) => program.tasks()[task.index()].date_of(at),
                    None => at.finish_date(),
                })
            }
        });
        std::iter::once(Cell::from(iteration)).chain(cells).collect()
    })
}

/// Writes the raw columns.
///
/// # Errors
/// If writing fails.
pub fn write_iterations(
    columns: &Columns,
    program: &Program,
    style: CsvStyle,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    if style.byte_order_mark {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::WriterBuilder::new()
        .delimiter(style.separator)
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    writer.write_record(iteration_columns(columns, program))?;
    for cells in iteration_rows(columns, program) {
        writer.write_record(cells.iter().map(|cell| field(cell, style)))?;
    }
    writer.flush()
}
