//! Tables: columns as wide as they need, words broken where they must, headings on every page.

use super::flow::{Flow, INK, MARGIN, MUTED, Mark, RULE, SHADE};
use super::structure::{Kind, Part};
use super::words::{self, Run};
use crate::chart::{text_pieces, text_width};
use crate::dossier::{Sheet, Shown};

/// Space on either side of a cell.
const PAD: f64 = 3.5;
/// The sizes of text that are tried, until the table is as wide as the page at most.
const SIZES: [f64; 4] = [8.5, 7.5, 6.5, 5.8];

impl Flow<'_> {
    pub(super) fn sheet(&mut self, sheet: &Sheet) {
        if sheet.rows.is_empty() {
            return;
        }
        let (size, widths) = layout(sheet, self.width());
        let head: Vec<Vec<Vec<Run>>> = sheet
            .columns
            .iter()
            .zip(&widths)
            .map(|(column, width)| words::plain(&column.heading, true, size, width - 2.0 * PAD))
            .collect();
        let table = self.structure.add(Kind::Table, None);
        let caption = self.structure.add(Kind::Caption, Some(table));
        self.y += 4.0;
        let (line, row_line) = (11.0 * 1.3, size * 1.3);
        let head_height = height(&head, row_line);
        // The heading stays with the first row, however high that is.
        let first = sheet.rows.first().map_or(0.0, |row| height(&cells_of(row, &widths, size), row_line));
        self.need(line + head_height + first.max(3.0 * row_line));
        for runs in words::plain(&sheet.caption, true, 9.5, self.width()) {
            let at = (MARGIN, self.y);
            self.put_line(Some(caption), &runs, at, 9.5, INK);
            self.y += line;
        }
        let first = self.structure.add(Kind::Row, Some(table));
        let parts: Vec<Part> =
            head.iter().map(|_| self.structure.add(Kind::HeadCell(true), Some(first))).collect();
        self.head_row(sheet, &head, &widths, size, Some(&parts));
        for row in &sheet.rows {
            let cells = cells_of(row, &widths, size);
            let high = height(&cells, row_line);
            if high > self.room() {
                self.new_page();
                self.head_row(sheet, &head, &widths, size, None);
            }
            let part = self.structure.add(Kind::Row, Some(table));
            let mut x = MARGIN;
            for (at, (lines, width)) in cells.iter().zip(&widths).enumerate() {
                let kind = if at == 0 { Kind::HeadCell(false) } else { Kind::Cell };
                let cell = self.structure.add(kind, Some(part));
                self.cell(Some(cell), lines, (x, *width), sheet.columns[at].words, size);
                x += width;
            }
            self.y += high;
            let (y, width) = (self.y, widths.iter().sum());
            self.put(None, Mark::Rect { x: MARGIN, y, width, height: 0.5, colour: RULE });
        }
        self.y += 3.0;
        if let Some(note) = &sheet.note {
            let part = self.structure.add(Kind::Paragraph, None);
            for runs in words::plain(note, false, 8.0, self.width()) {
                self.need(8.0 * 1.35);
                let at = (MARGIN, self.y);
                self.put_line(Some(part), &runs, at, 8.0, MUTED);
                self.y += 8.0 * 1.35;
            }
        }
        self.y += 8.0;
    }

    /// The headings; on later pages they are for the eye only.
    fn head_row(
        &mut self,
        sheet: &Sheet,
        head: &[Vec<Vec<Run>>],
        widths: &[f64],
        size: f64,
        parts: Option<&[Part]>,
    ) {
        let high = height(head, size * 1.3);
        let (y, width) = (self.y, widths.iter().sum());
        self.put(None, Mark::Rect { x: MARGIN, y, width, height: high, colour: SHADE });
        let mut x = MARGIN;
        for (at, (lines, width)) in head.iter().zip(widths).enumerate() {
            let part = parts.and_then(|parts| parts.get(at)).copied();
            self.cell(part, lines, (x, *width), sheet.columns[at].words, size);
            x += width;
        }
        self.y += high;
    }

    fn cell(
        &mut self,
        part: Option<Part>,
        lines: &[Vec<Run>],
        (x, width): (f64, f64),
        is_words: bool,
        size: f64,
    ) {
        let mut y = self.y + 2.0;
        for line in lines {
            let left = if is_words { x + PAD } else { x + width - PAD - words::line_width(line, size) };
            self.put_line(part, line, (left, y), size, INK);
            y += size * 1.3;
        }
    }
}

/// The lines of every cell of a row.
fn cells_of(row: &[Shown], widths: &[f64], size: f64) -> Vec<Vec<Vec<Run>>> {
    let cells = row.iter().zip(widths);
    cells.map(|(shown, width)| words::plain(&shown.text, false, size, width - 2.0 * PAD)).collect()
}

fn height(cells: &[Vec<Vec<Run>>], line: f64) -> f64 {
    cells.iter().map(Vec::len).max().unwrap_or(1).max(1) as f64 * line + 4.0
}

/// The size of the text and the width of every column, which together fill at most the page.
fn layout(sheet: &Sheet, width: f64) -> (f64, Vec<f64>) {
    let longest = |text: &str, size: f64, bold: bool| {
        let words = text.split(' ').flat_map(text_pieces);
        words.map(|word| text_width(word, size, bold)).fold(0.0, f64::max)
    };
    let mut last = (SIZES[0], Vec::new());
    for size in SIZES {
        let mut least = Vec::new();
        let mut wanted = Vec::new();
        for (at, column) in sheet.columns.iter().enumerate() {
            let cells = || sheet.rows.iter().filter_map(|row| row.get(at)).map(|shown| shown.text.as_str());
            let whole = cells().map(|text| text_width(text, size, false)).fold(0.0, f64::max);
            let head = longest(&column.heading, size, true);
            let full = whole.max(text_width(&column.heading, size, true).min(90.0)).max(head);
            // Numbers and dates are never broken, words between words.
            let small = if column.words {
                cells().map(|text| longest(text, size, false)).fold(0.0, f64::max).min(110.0).max(head)
            } else {
                whole.max(head)
            };
            least.push(small + 2.0 * PAD + 0.5);
            wanted.push(full.max(small) + 2.0 * PAD + 0.5);
        }
        let (all_least, all_wanted): (f64, f64) = (least.iter().sum(), wanted.iter().sum());
        if all_wanted <= width {
            // What is left over goes to the columns in proportion, so that tables are as wide as the text.
            return (size, wanted.iter().map(|wide| wide * width / all_wanted).collect());
        }
        if all_least <= width {
            let share = (width - all_least) / (all_wanted - all_least);
            let between = least.iter().zip(&wanted).map(|(least, wanted)| least + (wanted - least) * share);
            return (size, between.collect());
        }
        last = (size, least.iter().map(|wide| wide * width / all_least).collect());
    }
    last
}
