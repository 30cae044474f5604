//! Splitting a CSV text into cells that know their places.

use std::ops::Range;

use crate::diag::{Diagnostic, FileId, Place, code};
use crate::scenario::raw::At;

/// A CSV table: its header and its rows.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The column names.
    pub header: Vec<At<String>>,
    /// The rows; blank lines are left out.
    pub rows: Vec<Vec<At<String>>>,
    /// Whether numbers have a decimal comma: the separator is a semicolon.
    pub decimal_comma: bool,
}

/// The most cells that one table may have: far above any register, far below what fills the memory.
const MOST_CELLS: usize = 5_000_000;

/// Reads a table; the separator (comma, semicolon or tab) is what the header line has most of.
///
/// # Errors
/// The problem if the text is empty, a quote is left open, or a row has more cells than the header.
pub fn scan(file: FileId, text: &str) -> Result<Sheet, Diagnostic> {
    let separator = separator(text);
    let mut lines = Vec::new();
    let mut at = 0;
    let mut cells = 0;
    while at < text.len() {
        let (line, next) = row(file, text, at, separator)?;
        at = next;
        cells += line.len();
        if cells > MOST_CELLS {
            let problem =
                Diagnostic::new(code::BAD_TABLE, format!("the table has more than {MOST_CELLS} cells"));
            return Err(problem.at(file, at..at, ""));
        }
        if line.iter().any(|cell| !cell.value.is_empty()) {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        let problem = Diagnostic::new(code::BAD_TABLE, "the table is empty").at(file, 0..0, "");
        return Err(problem.help("the first line names the columns"));
    }
    let mut lines = lines.into_iter();
    let header = lines.next().unwrap_or_default();
    let rows: Vec<_> = lines.collect();
    for row in &rows {
        if let Some(extra) = row.get(header.len()..).into_iter().flatten().find(|cell| !cell.value.is_empty())
        {
            let message = format!("the row has {} cells, the header {}", row.len(), header.len());
            let help = "put a cell that contains the separator in quotes";
            let problem =
                Diagnostic::new(code::BAD_TABLE, message).at_place(extra.place(), "one cell too many");
            return Err(problem.help(help));
        }
    }
    Ok(Sheet { header, rows, decimal_comma: separator == b';' })
}

fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |separator: u8| first.bytes().filter(|&byte| byte == separator).count();
    // The first of equals wins; a single column has no separator at all.
    [b';', b'\t', b',']
        .into_iter()
        .max_by_key(|&candidate| (count(candidate), candidate == b','))
        .unwrap_or(b',')
}

/// One row from `start`, and where the next begins.
fn row(
    file: FileId,
    text: &str,
    start: usize,
    separator: u8,
) -> Result<(Vec<At<String>>, usize), Diagnostic> {
    let bytes = text.as_bytes();
    let mut cells = Vec::new();
    let mut at = start;
    loop {
        while at < bytes.len() && bytes[at] == b' ' {
            at += 1;
        }
        let (value, span, after) = if bytes.get(at) == Some(&b'"') {
            quoted(file, text, at)?
        } else {
            let is_end = |byte: u8| byte == separator || byte == b'\n';
            let end = bytes[at..].iter().position(|&byte| is_end(byte)).map_or(bytes.len(), |far| at + far);
            let value = text[at..end].trim_end();
            (value.to_owned(), at..at + value.len(), end)
        };
        cells.push(At::new(value, Place::new(file, span)));
        let mut end = after;
        while end < bytes.len() && bytes[end] != separator && bytes[end] != b'\n' {
            end += 1;
        }
        match bytes.get(end) {
            Some(&byte) if byte == separator => at = end + 1,
            Some(_) => return Ok((cells, end + 1)),
            None => return Ok((cells, bytes.len())),
        }
    }
}

/// A quoted cell at `start`: its value, its span, and the end. The span is that of the value, byte for byte, or of all
/// with the quotes where quotes within the cell are doubled.
fn quoted(file: FileId, text: &str, start: usize) -> Result<(String, Range<usize>, usize), Diagnostic> {
    let mut value = String::new();
    let mut at = start + 1;
    let mut doubled = false;
    loop {
        let Some(far) = text[at..].find('"') else {
            let problem = Diagnostic::new(code::BAD_TABLE, "a quote is opened and never closed");
            return Err(problem.at(file, start..start + 1, "opened here"));
        };
        value.push_str(&text[at..at + far]);
        at += far + 1;
        if text[at..].starts_with('"') {
            value.push('"');
            at += 1;
            doubled = true;
        } else {
            let kept = value.trim();
            let first = start + 1 + (value.len() - value.trim_start().len());
            let span = if doubled { start..at } else { first..first + kept.len() };
            return Ok((kept.to_owned(), span, at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<Vec<String>> {
        let sheet = scan(FileId(0), text).unwrap();
        let lines = std::iter::once(&sheet.header).chain(&sheet.rows);
        lines.map(|line| line.iter().map(|cell| cell.value.clone()).collect()).collect()
    }

    #[test]
    fn quotes_separators_and_line_ends_of_every_office_are_read() {
        assert_eq!(values("a,b\n1,2\n"), [["a", "b"], ["1", "2"]]);
        assert_eq!(values("a;b\r\n1,5;2\r\n\r\n"), [["a", "b"], ["1,5", "2"]]);
        assert_eq!(values("a\tb\n1\t\"x\ty\""), [["a", "b"], ["1", "x\ty"]]);
        assert_eq!(values("a,b\n\"say \"\"so\"\"\", 2 \n"), [["a", "b"], ["say \"so\"", "2"]]);
        assert_eq!(values("a,b\n\"two\nlines\",2"), [["a", "b"], ["two\nlines", "2"]]);
        assert_eq!(values("days\n3\n4\n"), [["days"], ["3"], ["4"]]);
    }

    #[test]
    fn spans_cover_the_cells() {
        let text = "id,name\nR-1, \"Bad data\" \n";
        let sheet = scan(FileId(0), text).unwrap();
        let span = |cell: &At<String>| text[cell.place().unwrap().span()].to_owned();
        assert_eq!(sheet.rows[0].iter().map(span).collect::<Vec<_>>(), ["R-1", "Bad data"]);
    }

    #[test]
    fn broken_tables_are_refused() {
        assert!(scan(FileId(0), "").is_err());
        assert!(scan(FileId(0), "a,b\n\"1,2\n").is_err());
        assert!(scan(FileId(0), "a,b\n1,2,3\n").is_err());
    }
}
