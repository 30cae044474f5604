//! Columns by name.

use super::cells::CellReader;
use super::scan::{Sheet, scan};
use crate::diag::{Diagnostic, code};
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, closest};
use crate::units::DurationText;

/// A table whose columns are known.
pub struct Columns {
    sheet: Sheet,
    /// For each column its name in lower case, if it is one of ours.
    names: Vec<Option<String>>,
}

/// The names of columns, those of three points by their common beginning.
fn bases(known: &[&str]) -> String {
    let is_point = |name: &str| ["_low", "_mode", "_high", "_law"].iter().any(|end| name.ends_with(end));
    known.iter().copied().filter(|name| !is_point(name)).collect::<Vec<_>>().join(", ")
}

/// One row of a table.
pub struct Row<'a> {
    columns: &'a Columns,
    cells: &'a [At<String>],
}

impl Columns {
    /// Opens a table and checks its columns; those that begin with `x_` are the author's own.
    pub fn open(name: &At<String>, known: &[&str], desk: &mut Desk<'_>) -> Option<Self> {
        let file = desk.open_named(name)?;
        let sheet = match scan(file, desk.sources.text(file)) {
            Ok(sheet) => sheet,
            Err(problem) => {
                desk.problems.push(problem);
                return None;
            }
        };
        let mut names: Vec<Option<String>> = Vec::new();
        for cell in &sheet.header {
            let column = cell.value.to_lowercase().replace([' ', '-'], "_");
            if column.is_empty() || column.starts_with("x_") {
                names.push(None);
            } else if !known.contains(&column.as_str()) {
                let mut problem = Diagnostic::new(
                    code::UNKNOWN_COLUMN,
                    format!("the table has no use for a column `{}`", cell.value),
                )
                .at_place(cell.place(), "unknown column");
                problem = match closest(&column, known.iter().copied()) {
                    Some(meant) => {
                        problem.help(format!("did you mean `{meant}`? own columns begin with `x_`"))
                    }
                    None => problem.help(format!("own columns begin with `x_`; known are {}", bases(known))),
                };
                desk.problems.push(problem);
                names.push(None);
            } else if names.contains(&Some(column.clone())) {
                desk.report(code::BAD_TABLE, cell.place(), format!("the column `{column}` stands twice"), "");
                names.push(None);
            } else {
                names.push(Some(column));
            }
        }
        Some(Self { sheet, names })
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.sheet.rows.iter().map(|cells| Row { columns: self, cells })
    }

    /// How cells are read.
    pub fn reader(&self) -> CellReader {
        CellReader { decimal_comma: self.sheet.decimal_comma }
    }
}

impl Row<'_> {
    /// The cell of a column; `None` if the table has no such column or the cell is empty.
    pub fn cell(&self, column: &str) -> Option<&At<String>> {
        let at = self.columns.names.iter().position(|name| name.as_deref() == Some(column))?;
        self.cells.get(at).filter(|cell| !cell.value.is_empty())
    }

    /// The first cell of the row that is not empty, which stands for the row in diagnostics.
    pub fn first(&self) -> Option<&At<String>> {
        self.cells.iter().find(|cell| !cell.value.is_empty())
    }

    /// The unit that bare numbers of the row have, from the column `unit`.
    pub fn unit(&self, desk: &mut Desk<'_>) -> Option<DurationText> {
        let cell = self.cell("unit")?;
        let unit = format!("1{}", cell.value).parse::<DurationText>().ok();
        if unit.is_none() {
            let message = format!("`{}` is not a unit of time", cell.value);
            desk.report(
                code::BAD_QUANTITY,
                cell.place(),
                message,
                "use m, h, d, w or mo, or ed for elapsed days",
            );
        }
        unit
    }
}
