//! CSV texts as grids, whatever separates their cells.

use super::{Grid, Row, Value};
use crate::import::{Format, ImportError};

/// The most cells that one table may have: far above any register, far below what fills the memory.
pub(super) const MOST_CELLS: usize = 2_000_000;

/// The character that separates cells, of the first line in which any of them stands outside quotes.
pub(in crate::import) fn separator_of(text: &str) -> Option<char> {
    let candidates = [';', '\t', '|', ','];
    text.lines().filter(|line| !line.trim().is_empty()).take(20).find_map(|line| {
        let mut counts = [0_usize; 4];
        let mut quoted = false;
        for letter in line.chars() {
            match candidates.iter().position(|&candidate| candidate == letter) {
                _ if letter == '"' => quoted = !quoted,
                Some(at) if !quoted => counts[at] += 1,
                _ => {}
            }
        }
        let most = counts.iter().copied().max().filter(|&most| most > 0)?;
        candidates.into_iter().zip(counts).find(|&(_, count)| count == most).map(|(candidate, _)| candidate)
    })
}

/// A CSV text as a grid.
///
/// # Errors
/// [`ImportError::Broken`] if a quote is left open, [`ImportError::TooMuch`] if there are too many cells.
pub(in crate::import) fn csv_grid(name: &str, text: &str) -> Result<Grid, ImportError> {
    let separator = separator_of(text).unwrap_or(',');
    let mut grid = Grid { name: name.to_owned(), decimal_comma: separator == ';', ..Grid::default() };
    let mut rest = text.trim_start_matches('\u{feff}');
    let (mut line, mut cells) = (1, 0);
    while !rest.is_empty() {
        let number = line;
        let (row, after) = row(rest, separator, &mut line)?;
        cells += row.len();
        if cells > MOST_CELLS {
            return Err(ImportError::TooMuch { what: "too many cells".to_owned(), most: MOST_CELLS });
        }
        rest = after;
        let row = Row { number, cells: row };
        if !row.is_empty() {
            grid.rows.push(row);
        }
    }
    Ok(grid)
}

/// One row, and what follows it.
fn row<'a>(text: &'a str, separator: char, line: &mut usize) -> Result<(Vec<Value>, &'a str), ImportError> {
    let mut cells = Vec::new();
    let mut rest = text;
    loop {
        let blank = rest.len() - rest.trim_start_matches(' ').len();
        if rest[blank..].starts_with('"') {
            let (value, after) = quoted(&rest[blank + 1..], line)?;
            cells.push(Value::of_text(&value));
            // What follows a quote up to the separator belongs to nothing.
            let end = after.find([separator, '\n']).unwrap_or(after.len());
            rest = &after[end..];
        } else {
            let end = rest.find([separator, '\n']).unwrap_or(rest.len());
            cells.push(Value::of_text(&rest[..end]));
            rest = &rest[end..];
        }
        if let Some(after) = rest.strip_prefix(separator) {
            rest = after;
            continue;
        }
        *line += 1;
        return Ok((cells, rest.strip_prefix('\n').unwrap_or(rest)));
    }
}

/// A quoted text, from behind its first quote, and what follows the last one.
fn quoted<'a>(text: &'a str, line: &mut usize) -> Result<(String, &'a str), ImportError> {
    let begun = *line;
    let mut value = String::new();
    let mut rest = text;
    loop {
        let Some(end) = rest.find('"') else {
            let message = "a quote is opened and never closed".to_owned();
            return Err(ImportError::Broken { format: Format::Table, line: begun, message });
        };
        value.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        if let Some(after) = rest.strip_prefix('"') {
            value.push('"');
            rest = after;
            continue;
        }
        *line += value.matches('\n').count();
        return Ok((value.replace("\r\n", "\n"), rest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(usize, Vec<String>)> {
        let grid = csv_grid("t", text).unwrap();
        grid.rows.iter().map(|row| (row.number, row.cells.iter().map(Value::shown).collect())).collect()
    }

    #[test]
    fn quotes_newlines_and_separators_are_kept_apart() {
        let text = "id;name\r\n\r\n1;\"two\nlines; \"\"quoted\"\"\"\r\n2;plain\n";
        let row = |number, cells: [&str; 2]| (number, cells.map(str::to_owned).to_vec());
        assert_eq!(
            shown(text),
            [row(1, ["id", "name"]), row(3, ["1", "two\nlines; \"quoted\""]), row(5, ["2", "plain"])]
        );
        assert_eq!(separator_of("Risk register\n\na|b|c,d"), Some('|'));
        assert_eq!(separator_of("\"a,b\"\tc"), Some('\t'));
        assert!(matches!(csv_grid("t", "a,b\n\"c,d\n"), Err(ImportError::Broken { line: 2, .. })));
    }
}
