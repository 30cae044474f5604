//! A table as rows of cells.

use super::Value;

/// One row, with its number as the tool counts it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::import) struct Row {
    /// Counted from 1; in a CSV file the line on which it begins.
    pub number: usize,
    pub cells: Vec<Value>,
}

/// A sheet of a workbook, or a CSV file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::import) struct Grid {
    /// The name of the sheet or file.
    pub name: String,
    /// Rows in which anything stands, from the top.
    pub rows: Vec<Row>,
    /// Numbers in texts have a decimal comma unless a column shows otherwise.
    pub decimal_comma: bool,
    /// Sheets and cells that could not be read, with the reason.
    pub lost: Vec<(String, String)>,
}

impl Row {
    /// The cell of a column; nothing beyond the end of the row.
    pub fn cell(&self, column: usize) -> &Value {
        self.cells.get(column).unwrap_or(&Value::Empty)
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(Value::is_empty)
    }
}

impl Grid {
    /// Where a cell is, such as `Risks!D7`.
    pub fn place(&self, row: usize, column: usize) -> String {
        format!("{}!{}{row}", self.name, column_letters(column))
    }
}

/// The letters of a column, counted from 0: `A`, `Z`, `AA`.
fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        let letters: Vec<String> = [0, 25, 26, 701, 702].into_iter().map(column_letters).collect();
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
