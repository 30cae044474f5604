//! Correlation matrices: names in the first row and the first column.

use super::cells::number;
use super::scan::scan;
use crate::diag::{Diagnostic, Place, code};
use crate::scenario::open::Desk;
use crate::scenario::raw::At;

/// The most rows and columns.
const MOST: usize = 2_000;

/// Mirrored values that differ by more are two values.
const SAME: f64 = 1e-9;

/// A value with its cell; [`None`] where the cell is empty.
type Value<'a> = Option<(f64, &'a At<String>)>;

/// One value below or above the diagonal.
pub struct MatrixCell {
    /// The name of its row.
    pub row: At<String>,
    /// The name of its column.
    pub column: At<String>,
    /// The value.
    pub rho: f64,
    /// Where it is written.
    pub place: Option<Place>,
}

/// The values of a matrix in a CSV file, each pair once: one triangle may be left empty, and empty cells say
/// nothing. Everything wrong is reported, and then nothing comes out.
pub fn matrix_rows(name: &At<String>, desk: &mut Desk<'_>) -> Vec<MatrixCell> {
    let Some(file) = desk.open_named(name) else { return Vec::new() };
    let sheet = match scan(file, desk.sources.text(file)) {
        Ok(sheet) => sheet,
        Err(problem) => {
            desk.problems.push(problem);
            return Vec::new();
        }
    };
    let mut wrong = Vec::new();
    let bad = |place: Option<&Place>, message: String, help: &str| {
        Diagnostic::new(code::BAD_MATRIX, message).at_place(place, "").help(help)
    };
    let names: &[At<String>] = sheet.header.get(1..).unwrap_or_default();
    let n = names.len();
    if n > MOST || sheet.rows.len() > MOST {
        let message =
            format!("a matrix of {} quantities is too large: at most {MOST} can be", n.max(sheet.rows.len()));
        desk.problems.push(bad(name.place(), message, "correlate by groups, of which any size will do"));
        return Vec::new();
    }
    if sheet.rows.len() != n {
        let message = format!("the matrix has {n} columns and {} rows", sheet.rows.len());
        desk.problems.push(bad(
            name.place(),
            message,
            "the first row and the first column hold the same names",
        ));
        return Vec::new();
    }
    let mut values: Vec<Vec<Value<'_>>> = vec![vec![None; n]; n];
    for (i, row) in sheet.rows.iter().enumerate() {
        let own = row.first();
        if own.is_none_or(|own| own.value != names[i].value) {
            let found = own.map_or("", |own| own.value.as_str());
            let message = format!("row {} is that of `{found}`, the column of `{}`", i + 1, names[i].value);
            wrong.push(bad(own.and_then(At::place), message, "write the names in the same order"));
            continue;
        }
        for (j, cell) in row.iter().enumerate().skip(1).filter(|(_, cell)| !cell.value.is_empty()) {
            match number(&cell.value, sheet.decimal_comma) {
                Some(value) if j <= n => values[i][j - 1] = Some((value, cell)),
                _ => wrong.push(bad(cell.place(), format!("`{}` is not a number", cell.value), "")),
            }
        }
        if let Some((value, cell)) = values[i][i].filter(|(value, _)| *value != 1.0) {
            let message = format!("the diagonal holds `{value}`, and everything correlates with itself by 1");
            wrong.push(bad(cell.place(), message, "write 1, or leave it empty"));
        }
    }
    let mut cells = Vec::new();
    for i in 0..n {
        for j in 0..i {
            match (values[i][j], values[j][i]) {
                (Some((a, at)), Some((b, mirrored))) if (a - b).abs() > SAME => {
                    let message = format!("the matrix is not symmetric: `{a}` here and `{b}` mirrored");
                    let problem =
                        bad(at.place(), message, "write the same value twice, or leave one of them empty");
                    wrong.push(problem.at_place(mirrored.place(), "mirrored"));
                }
                (Some((rho, at)), _) | (None, Some((rho, at))) => cells.push(MatrixCell {
                    row: names[i].clone(),
                    column: names[j].clone(),
                    rho,
                    place: at.place.clone(),
                }),
                (None, None) => {}
            }
        }
    }
    let is_good = wrong.is_empty();
    desk.problems.extend(wrong);
    if is_good { cells } else { Vec::new() }
}
