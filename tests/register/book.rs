//! Workbooks made for tests.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A cell of a test workbook.
#[derive(Clone)]
pub enum Cell {
    Empty,
    Text(&'static str),
    Number(f64),
    Share(f64),
    Date(f64),
}

/// A workbook in the making.
pub struct Book {
    book: Workbook,
}

/// A row of texts.
pub fn text_cells(texts: &[&'static str]) -> Vec<Cell> {
    texts.iter().map(|text| if text.is_empty() { Cell::Empty } else { Cell::Text(text) }).collect()
}

/// A risk with a probability as a share.
pub fn share(id: &'static str, share: f64) -> Vec<Cell> {
    vec![Cell::Text(id), Cell::Text("A risk"), Cell::Share(share)]
}

impl Book {
    pub fn new() -> Self {
        Self { book: Workbook::new() }
    }

    pub fn bytes(mut self) -> Vec<u8> {
        self.book.save_to_buffer().unwrap()
    }

    pub fn sheet(mut self, name: &str, rows: &[Vec<Cell>]) -> Self {
        let sheet = self.book.add_worksheet();
        sheet.set_name(name).unwrap();
        write(sheet, rows);
        self
    }

    /// A cell in the last column and row of the last sheet.
    pub fn far_cell(mut self) -> Self {
        let last = self.book.worksheets().len() - 1;
        self.book.worksheet_from_index(last).unwrap().write(1_048_575, 16_383, "far").unwrap();
        self
    }

    /// Tasks with two rows of headings under a title, a risk register, and a hidden sheet.
    pub fn register() -> Self {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("Tasks").unwrap();
        let centred = Format::new();
        sheet.write(0, 0, "Program plan, status of May").unwrap();
        for (column, heading) in [(0, "ID"), (1, "Task"), (8, "Not before")] {
            sheet.merge_range(2, column, 3, column, heading, &centred).unwrap();
        }
        sheet.merge_range(2, 2, 2, 4, "Duration (days)", &centred).unwrap();
        sheet.merge_range(2, 5, 2, 7, "Cost (EUR)", &centred).unwrap();
        for group in [2, 5] {
            for (at, point) in ["low", "most likely", "high"].into_iter().enumerate() {
                sheet.write(3, group + at as u16, point).unwrap();
            }
        }
        let rows = [
            ("T1", "Build", [5.0, 8.0, 20.0], [1_000.0, 2_000.0, 5_000.0], 46_398.0),
            ("T2", "Test", [2.0, 3.0, 9.0], [100.0, 200.0, 500.0], 46_419.0),
        ];
        let date = Format::new().set_num_format("dd/mm/yyyy");
        for (at, (id, name, days, money, from)) in rows.into_iter().enumerate() {
            let row = 4 + at as u32;
            sheet.write(row, 0, id).unwrap();
            sheet.write(row, 1, name).unwrap();
            for point in 0..3_u16 {
                sheet.write(row, 2 + point, days[usize::from(point)]).unwrap();
                let formula = Formula::new("1+1").set_result(money[usize::from(point)].to_string());
                sheet.write_formula(row, 5 + point, formula).unwrap();
            }
            sheet.write_with_format(row, 8, from, &date).unwrap();
        }
        // An error in a cell.
        sheet.write(6, 0, "T3").unwrap();
        sheet.write(6, 1, "Deploy").unwrap();
        sheet.write(6, 2, "soon").unwrap();
        sheet.write(6, 3, 4).unwrap();
        let mut book = Self { book }.sheet(
            "Risks",
            &[
                text_cells(&[
                    "Risk ID",
                    "Risk",
                    "Likelihood",
                    "Affected tasks",
                    "Cost impact low",
                    "Cost impact most likely",
                    "Cost impact high",
                ]),
                vec![
                    Cell::Text("R1"),
                    Cell::Text("Late"),
                    Cell::Share(0.35),
                    Cell::Text("Build"),
                    Cell::Number(10_000.0),
                    Cell::Number(20_000.0),
                    Cell::Number(50_000.0),
                ],
            ],
        );
        let hidden = book.book.add_worksheet();
        hidden.set_name("Hidden").unwrap().set_hidden(true);
        hidden.write(0, 0, "secret").unwrap();
        book
    }

    /// One task with a start as a number of a day, counted from 1900 or 1904.
    pub fn dated(from_1904: bool) -> Vec<u8> {
        let plain = Self::new().sheet(
            "Tasks",
            &[
                text_cells(&["ID", "Task", "Duration", "Start"]),
                vec![Cell::Text("T1"), Cell::Text("Build"), Cell::Number(5.0), Cell::Date(46_398.0)],
            ],
        );
        if !from_1904 {
            return plain.bytes();
        }
        // The writer counts from 1900 only: the property is set in the finished file.
        let bytes = plain.bytes();
        rewrite(&bytes, |name, text| {
            if name == "xl/workbook.xml" {
                text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
            } else {
                text
            }
        })
    }

    /// An archive in which a workbook grows to a gigabyte.
    pub fn bomb() -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
        let chunk = vec![b' '; 1 << 20];
        for _ in 0..300 {
            zip.write_all(&chunk).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// An archive that is no workbook.
    pub fn empty_archive() -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("hello.txt", SimpleFileOptions::default()).unwrap();
        zip.write_all(b"hello").unwrap();
        zip.finish().unwrap().into_inner()
    }
}

fn write(sheet: &mut Worksheet, rows: &[Vec<Cell>]) {
    let percent = Format::new().set_num_format("0%");
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (row as u32, column as u16);
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => sheet.write(row, column, *text).unwrap(),
                Cell::Number(number) => sheet.write(row, column, *number).unwrap(),
                Cell::Share(share) => sheet.write_with_format(row, column, *share, &percent).unwrap(),
                Cell::Date(day) => sheet.write_with_format(row, column, *day, &date).unwrap(),
            };
        }
    }
}

/// An archive with its texts changed.
pub fn rewrite(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut file = from.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        to.start_file(&name, SimpleFileOptions::default()).unwrap();
        to.write_all(change(&name, text).as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}
