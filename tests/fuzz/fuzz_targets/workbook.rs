//! Any bytes as a workbook, or as a sheet of one with its shared texts and styles: a scenario or an error, never a
//! panic and never more memory than is allowed.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use p80::import::{ImportOptions, import};
use p80::scenario::{MemoryFiles, to_toml};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const BOOK: &str = "<workbook xmlns:r=\"r\"><workbookPr/><sheets><sheet name=\"Tasks\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
const RELATIONS: &str = "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";

/// An archive of parts that zero bytes keep apart: the sheet, its texts, its styles, the book.
fn archive(bytes: &[u8]) -> Vec<u8> {
    let mut parts = bytes.splitn(4, |&byte| byte == 0);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default()).expect("memory does not fail");
        zip.write_all(text).expect("memory does not fail");
    };
    add("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes());
    add("xl/worksheets/sheet1.xml", parts.next().unwrap_or_default());
    add("xl/sharedStrings.xml", parts.next().unwrap_or(b"<sst/>"));
    add("xl/styles.xml", parts.next().unwrap_or(b"<styleSheet/>"));
    add("xl/workbook.xml", parts.next().unwrap_or(BOOK.as_bytes()));
    zip.finish().expect("memory does not fail").into_inner()
}

fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, rest)) = bytes.split_first() else { return };
    let book = if kind % 8 == 0 { rest.to_vec() } else { archive(rest) };
    if let Ok(imported) = import(&book, &ImportOptions::default())
        && !imported.is_part
    {
        let text = to_toml(&imported.scenario).into_bytes();
        p80_fuzz::exercise(&MemoryFiles([("fuzz.toml".to_owned(), text)].into()), "fuzz.toml");
    }
});
