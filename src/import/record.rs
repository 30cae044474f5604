//! XML read record by record: a record is small, the file may be large.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Format, ImportError};

/// How deep elements may be nested.
const DEEPEST: usize = 64;
/// How many elements one record may have.
const MOST_ELEMENTS: usize = 200_000;
/// How long the texts of one record may be together, in bytes.
const MOST_TEXT: usize = 16 << 20;

/// An element with what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// Its name without a namespace.
    pub name: String,
    /// Its own text, trimmed.
    pub text: String,
    /// The elements in it.
    pub inner: Vec<Record>,
}

impl Record {
    /// The text of the first element of a name; [`None`] where it is empty or absent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.element(name).map(|element| element.text.as_str()).filter(|text| !text.is_empty())
    }

    /// The first element of a name.
    pub fn element(&self, name: &str) -> Option<&Record> {
        self.inner.iter().find(|element| element.name == name)
    }

    /// All elements of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Record> {
        self.inner.iter().filter(move |element| element.name == name)
    }

    /// A finite number.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.get(name)?.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// A whole number.
    pub fn whole(&self, name: &str) -> Option<i64> {
        self.get(name)?.parse().ok()
    }

    /// Whether a flag is set: `1` or `true`.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some("1" | "true"))
    }
}

/// What is descended into, and what is not even kept.
pub(super) struct Shape {
    /// What the file is, for errors.
    pub format: Format,
    /// Elements whose elements are records themselves.
    pub containers: &'static [&'static str],
    /// Elements that are skipped with all that they hold.
    pub skipped: &'static [&'static str],
}

/// Reads all records of a file in order; `take` is given the name of the innermost container, how many
/// containers of any name have been opened so far, and the record.
pub(super) fn read_records(
    text: &str,
    shape: &Shape,
    mut take: impl FnMut(&str, usize, Record) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut reader = Reader::from_str(text);
    let mut containers: Vec<(String, usize)> = Vec::new();
    let mut opened = 0;
    let mut record: Vec<Record> = Vec::new();
    let (mut elements, mut bytes) = (0, 0);
    let mut skipping = 0_usize;
    let mut any = false;
    loop {
        let at = reader.buffer_position() as usize;
        let broken =
            |message: String| ImportError::Broken { format: shape.format, line: line_at(text, at), message };
        let event = reader.read_event().map_err(|error| broken(error.to_string()))?;
        match event {
            Event::Start(start) => {
                any = true;
                let name = start.local_name().as_ref().to_owned();
                if skipping > 0 || shape.skipped.contains(&name.as_str()) {
                    skipping += 1;
                } else if record.is_empty() && shape.containers.contains(&name.as_str()) {
                    opened += 1;
                    containers.push((name, opened));
                } else {
                    elements += 1;
                    record.push(Record { name, ..Record::default() });
                }
                let depth = containers.len() + record.len() + skipping;
                limit(depth, DEEPEST, "elements in each other")?;
                limit(elements, MOST_ELEMENTS, "elements in one record")?;
            }
            Event::Empty(empty) if skipping == 0 => {
                any = true;
                let name = empty.local_name().as_ref().to_owned();
                elements += 1;
                limit(elements, MOST_ELEMENTS, "elements in one record")?;
                if shape.skipped.contains(&name.as_str()) || shape.containers.contains(&name.as_str()) {
                    continue;
                }
                let done = Record { name, ..Record::default() };
                match record.last_mut() {
                    Some(above) => above.inner.push(done),
                    None => {
                        if let Some((container, number)) = containers.last() {
                            take(container, *number, done)?;
                        }
                        elements = 0;
                    }
                }
            }
            Event::End(_) if skipping > 0 => skipping -= 1,
            Event::End(_) => {
                let Some(mut done) = record.pop() else {
                    containers.pop();
                    continue;
                };
                let trimmed = done.text.trim();
                if trimmed.len() != done.text.len() {
                    done.text = trimmed.to_owned();
                }
                match record.last_mut() {
                    Some(above) => above.inner.push(done),
                    None => {
                        let (container, number) =
                            containers.last().map_or(("", 0), |(name, number)| (name.as_str(), *number));
                        take(container, number, done)?;
                        (elements, bytes) = (0, 0);
                    }
                }
            }
            Event::Text(words) if skipping == 0 => {
                if let Some(element) = record.last_mut() {
                    let words = words.xml10_content();
                    bytes += words.len();
                    limit(bytes, MOST_TEXT, "bytes of text in one record")?;
                    element.text.push_str(&words);
                }
            }
            Event::CData(words) if skipping == 0 => {
                if let Some(element) = record.last_mut() {
                    bytes += words.len();
                    limit(bytes, MOST_TEXT, "bytes of text in one record")?;
                    element.text.push_str(&words);
                }
            }
            Event::GeneralRef(reference) if skipping == 0 => {
                let known = match reference.resolve_char_ref() {
                    Ok(Some(letter)) => Some(letter),
                    Ok(None) => match &*reference {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => None,
                    },
                    Err(error) => return Err(broken(error.to_string())),
                };
                let letter = known.ok_or_else(|| broken(format!("unknown entity `&{};`", &*reference)))?;
                if let Some(element) = record.last_mut() {
                    element.text.push(letter);
                }
            }
            // Without a subset of its own it declares nothing.
            Event::DocType(words) if words.contains('[') || words.contains("ENTITY") => {
                return Err(ImportError::Entities);
            }
            Event::Eof => {
                if !containers.is_empty() || !record.is_empty() || skipping > 0 || !any {
                    return Err(broken("the file ends in the middle".to_owned()));
                }
                return Ok(());
            }
            _ => {}
        }
    }
}

fn limit(count: usize, most: usize, what: &str) -> Result<(), ImportError> {
    if count <= most { Ok(()) } else { Err(ImportError::TooMuch { what: format!("{count} {what}"), most }) }
}

/// The line of a byte, from 1.
fn line_at(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|&&byte| byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape =
        Shape { format: Format::MsProject, containers: &["Project", "Tasks"], skipped: &["Timephased"] };

    fn read(text: &str) -> Result<Vec<(String, Record)>, ImportError> {
        let mut found = Vec::new();
        read_records(text, &SHAPE, |container, _, record| {
            found.push((container.to_owned(), record));
            Ok(())
        })?;
        Ok(found)
    }

    #[test]
    fn records_come_one_by_one_with_their_texts_decoded() {
        let text = "<?xml version=\"1.0\"?><Project xmlns=\"x\"><Name>A &amp; B &#252;</Name><Tasks>\
                    <Task><UID>1</UID><Timephased><X>9</X></Timephased><Note><![CDATA[<i>]]></Note></Task>\
                    <Task/></Tasks></Project>";
        let found = read(text).unwrap();
        assert_eq!(found.len(), 3);
        assert_eq!((found[0].0.as_str(), found[0].1.text.as_str()), ("Project", "A & B ü"));
        assert_eq!(found[1].1.get("UID"), Some("1"));
        assert_eq!(found[1].1.get("Note"), Some("<i>"));
        assert!(found[1].1.element("Timephased").is_none());
        assert_eq!(found[2].0, "Tasks");
    }

    #[test]
    fn traps_and_torn_files_are_refused() {
        let bomb =
            "<!DOCTYPE a [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><Project><Name>&b;</Name></Project>";
        assert_eq!(read(bomb), Err(ImportError::Entities));
        assert!(matches!(read("<Project><Name>&b;</Name></Project>"), Err(ImportError::Broken { .. })));
        for torn in ["<Project><Tasks><Task><UID>1</UI", "<Project><Tasks>", "", "<Project></Tasks>"] {
            assert!(matches!(read(torn), Err(ImportError::Broken { .. })), "{torn}");
        }
        let deep = format!("<Project>{}{}</Project>", "<a>".repeat(100), "</a>".repeat(100));
        assert!(matches!(read(&deep), Err(ImportError::TooMuch { .. })));
    }
}
