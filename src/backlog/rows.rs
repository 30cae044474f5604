//! Rows of a CSV text, one at a time.

use csv::StringRecord;

use super::BacklogError;

/// The most rows that are read.
const MOST_ROWS: usize = 1_000_000;
/// The most columns that a table may have.
const MOST_COLUMNS: usize = 4_096;
/// An open quote may hide so much of the end of a file: one long description of a list that breaks off.
const MOST_HIDDEN: usize = 64 << 10;

/// A CSV text row by row, with the line on which each begins.
pub(super) struct Rows<'a> {
    reader: csv::Reader<&'a [u8]>,
    /// Where an open quote begins that only the end of the text closes: the text breaks off.
    open: Option<u64>,
    text: &'a [u8],
    /// A place in the text and its line: lines are counted from there on.
    counted: (usize, u64),
    count: usize,
}

impl<'a> Rows<'a> {
    /// The rows of a text; the separator is what its first line has most of.
    ///
    /// # Errors
    /// [`BacklogError::OpenQuote`] if an open quote hides more than the end of the text.
    pub fn of(text: &'a str) -> Result<Self, BacklogError> {
        let text = text.trim_start_matches('\u{feff}');
        let separator = separator(text);
        let open = match open_quote(text, separator) {
            Some((line, at)) if text.len() - at > MOST_HIDDEN => {
                return Err(BacklogError::OpenQuote { line });
            }
            open => open.map(|(line, _)| line),
        };
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        Ok(Self { reader, open, text: text.as_bytes(), counted: (0, 1), count: 0 })
    }

    /// The line on which a quote is opened that is never closed.
    pub fn breaks_off_at(&self) -> Option<u64> {
        self.open
    }

    /// The next row in which anything stands, and the line on which it begins; a row with an open quote is the end.
    ///
    /// # Errors
    /// [`BacklogError::TooMuch`] if there are too many rows or columns.
    pub fn next(&mut self, row: &mut StringRecord) -> Result<Option<u64>, BacklogError> {
        loop {
            // The bytes are those of a text, so nothing is wrong with their encoding, and any number of cells is fine.
            if !self.reader.read_record(row).unwrap_or(false) {
                return Ok(None);
            }
            let line = self.line_of(row.position().map_or(0, csv::Position::byte));
            // The row with the open quote takes all the rest, and only the last row does.
            if self.open.is_some() && self.reader.position().byte() >= self.text.len() as u64 {
                return Ok(None);
            }
            self.count += 1;
            if self.count > MOST_ROWS {
                return Err(BacklogError::TooMuch { what: "rows", most: MOST_ROWS });
            }
            if row.len() > MOST_COLUMNS {
                return Err(BacklogError::TooMuch { what: "columns", most: MOST_COLUMNS });
            }
            if row.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(line));
            }
        }
    }
}

impl Rows<'_> {
    /// The line of what begins at a byte or after the ends of lines there; bytes only grow.
    fn line_of(&mut self, byte: u64) -> u64 {
        let (from, line) = self.counted;
        let mut at = usize::try_from(byte).unwrap_or(usize::MAX).clamp(from, self.text.len());
        while matches!(self.text.get(at), Some(b'\r' | b'\n')) {
            at += 1;
        }
        let passed = self.text[from..at].iter().filter(|&&byte| byte == b'\n').count();
        self.counted = (at, line + passed as u64);
        self.counted.1
    }
}

/// What separates cells: of comma, semicolon, tab and bar what the first line has most of outside of quotes.
pub(super) fn separator(text: &str) -> u8 {
    const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
    let mut counts = [0_usize; 4];
    let mut quoted = false;
    let first = text.trim_start_matches(['\u{feff}', '\r', '\n', ' ']);
    for byte in first.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(at) = SEPARATORS.iter().position(|&separator| separator == byte) {
                    counts[at] += 1;
                }
            }
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    SEPARATORS
        .into_iter()
        .zip(counts)
        .find(|&(_, count)| count == most)
        .map_or(b',', |(separator, _)| separator)
}

/// Line and place of a quote that is opened and never closed.
fn open_quote(text: &str, separator: u8) -> Option<(u64, usize)> {
    let bytes = text.as_bytes();
    let (mut line, mut at, mut begins) = (1_u64, 0, true);
    while at < bytes.len() {
        if begins && bytes[at] == b'"' {
            let opened = (line, at);
            at += 1;
            loop {
                match bytes.get(at) {
                    None => return Some(opened),
                    Some(b'"') if bytes.get(at + 1) == Some(&b'"') => at += 1,
                    Some(b'"') => break,
                    Some(b'\n') => line += 1,
                    Some(_) => {}
                }
                at += 1;
            }
            begins = false;
        } else {
            begins = bytes[at] == separator || bytes[at] == b'\n';
            line += u64::from(bytes[at] == b'\n');
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut rows = Rows::of(text).unwrap();
        let mut row = StringRecord::new();
        let mut found = Vec::new();
        while let Some(line) = rows.next(&mut row).unwrap() {
            found.push((line, row.iter().map(str::to_owned).collect()));
        }
        found
    }

    #[test]
    fn separators_quotes_and_lines_in_cells_are_told_apart() {
        let row = |line: u64, cells: [&str; 2]| (line, cells.map(str::to_owned).to_vec());
        for separator in [",", ";", "\t", "|"] {
            let text =
                format!("\u{feff}a{separator}b\r\n1{separator}\"x\ny; \"\"z\"\", |\"\r\n\r\n2{separator}3");
            assert_eq!(
                read(&text),
                [row(1, ["a", "b"]), row(2, ["1", "x\ny; \"z\", |"]), row(5, ["2", "3"])]
            );
        }
        assert_eq!(separator("\"a,b,c\";d\n1,2,3,4"), b';');
    }

    #[test]
    fn a_row_that_breaks_off_in_a_quote_is_the_end() {
        let text = "a,b\n1,2\n3,\"half of a te";
        assert_eq!(read(text).len(), 2);
        assert_eq!(Rows::of(text).unwrap().breaks_off_at(), Some(3));
        let hidden = format!("a,b\n1,\"x\n{}", "2,3\n".repeat(50_000));
        assert!(matches!(Rows::of(&hidden), Err(BacklogError::OpenQuote { line: 2 })));
    }
}
