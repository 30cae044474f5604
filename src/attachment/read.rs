//! What a document says of itself, read back.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::dossier::Record;

/// Formats that are archives are read up to so many bytes a part: a hostile one could unpack for ever.
const MOST: u64 = 256 << 20;

/// The record of a document in any format; [`None`] where it holds none.
#[must_use]
pub fn record_of(bytes: &[u8]) -> Option<Record> {
    if !bytes.starts_with(b"PK") {
        return Record::find(bytes);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    ["xl/sharedStrings.xml", "word/document.xml"].into_iter().find_map(|name| {
        let mut part = Vec::new();
        archive.by_name(name).ok()?.take(MOST).read_to_end(&mut part).ok()?;
        Record::find(&part)
    })
}

/// Whether the text of a document shows the figures of its record; [`None`] for formats whose text is not read.
#[must_use]
pub fn shows(bytes: &[u8], record: &Record) -> Option<bool> {
    if bytes.starts_with(b"PK") || bytes.starts_with(b"%PDF") {
        return None;
    }
    let text = letters(&without_tags(&String::from_utf8_lossy(bytes)));
    Some(record.figures.iter().all(|(label, value)| text.contains(&(letters(label) + &letters(value)))))
}

/// What is between tags; comments and scripts with them.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        rest = &rest[end..];
    }
    out + rest
}

/// Letters and digits only: marks of a format and spaces are no matter.
fn letters(text: &str) -> String {
    let plain = text.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "").replace("&#x27;", "");
    plain.replace("&quot;", "").replace("&#x2f;", "").chars().filter(|c| c.is_alphanumeric()).collect()
}
