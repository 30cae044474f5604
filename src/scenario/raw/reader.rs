//! Reading TOML values one by one, so that one bad value hides no other.

use std::ops::Range;

use toml::de::DeValue;

use super::{At, Edit, Item, Path, Slot, Walk};
use crate::diag::{Code, Diagnostic, FileId, Place, code};

/// Collects the problems of one file while its values are read.
#[derive(Debug)]
pub struct Reader<'a> {
    file: FileId,
    /// Where in the file the text begins that the spans of the values count from.
    offset: usize,
    problems: &'a mut Vec<Diagnostic>,
}

/// What can be read from a TOML value.
pub trait FromToml: Sized {
    /// The value; `None` if it could not be read, which has then been reported.
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self>;

    /// The value on one line, the same for all ways to write it.
    fn inline(&self) -> String;

    /// The value as it is written.
    fn item(&self) -> Item;

    /// Whether it is a table of keys, which is walked key by key.
    const HAS_KEYS: bool = false;

    /// The value of its key `id`, if it has one.
    fn id(&self) -> Option<&str> {
        None
    }

    /// The value as a text, if it is one.
    fn as_text(&self) -> Option<&str> {
        None
    }

    /// What it is before anything is written into it; [`None`] for what cannot be empty.
    fn empty() -> Option<Self> {
        None
    }

    /// Shows every part of it to a walk.
    fn walk(&self, place: Option<&Place>, walk: &mut Walk) {
        walk.leaf(self.inline(), place);
    }

    /// Sets the part of it that a path names; problems are reported.
    fn set_below(&mut self, path: Path<'_>, edit: Edit<'_>, place: Place, reader: &mut Reader<'_>) {
        let _ = (edit, place);
        reader.report(path.ends_here());
    }
}

impl<'a> Reader<'a> {
    /// A reader of one file.
    pub fn new(file: FileId, problems: &'a mut Vec<Diagnostic>) -> Self {
        Self { file, offset: 0, problems }
    }

    /// A reader of a piece of a file that begins at an offset.
    pub fn of_piece(file: FileId, offset: usize, problems: &'a mut Vec<Diagnostic>) -> Self {
        Self { file, offset, problems }
    }

    /// A place in the file.
    #[must_use]
    pub fn place(&self, span: Range<usize>) -> Place {
        Place::new(self.file, span.start + self.offset..span.end + self.offset)
    }

    /// Reports a problem.
    pub fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// Reports a problem with one value.
    pub fn bad<T>(&mut self, code: Code, place: &Place, message: impl Into<String>, help: &str) -> Option<T> {
        let problem = Diagnostic::new(code, message).at_place(Some(place), "");
        self.report(if help.is_empty() { problem } else { problem.help(help) });
        None
    }

    /// Reports a value of the wrong type.
    pub fn wrong_type<T>(&mut self, found: &DeValue<'_>, place: &Place, expected: &str) -> Option<T> {
        self.report_type(found, place, expected);
        None
    }

    fn report_type(&mut self, found: &DeValue<'_>, place: &Place, expected: &str) {
        let message = format!("expected {expected}, found {}", describe(found));
        let mut problem = Diagnostic::new(code::WRONG_TYPE, message).at_place(Some(place), "");
        if let Some(help) = help(found, expected) {
            problem = problem.help(help);
        }
        self.report(problem);
    }
}

/// What was probably meant by a value of the wrong type.
fn help(found: &DeValue<'_>, expected: &str) -> Option<String> {
    match found {
        DeValue::Table(_) if expected.starts_with("a list") => {
            Some("a table of which there may be several has its name in double brackets: `[[...]]`".into())
        }
        DeValue::String(text) if expected == "a number" => {
            let plain = plain_number(text)?;
            Some(format!("write a plain number without quotes: `{plain}`"))
        }
        DeValue::String(text) if expected.ends_with("an impact") => {
            Some(format!("say what it hits: `impact = [{{ on = \"...\", delay = \"{text}\" }}]`"))
        }
        DeValue::Array(list) if list.len() == 3 && expected.starts_with("a single value") => {
            Some("name the law of the three points: `{ pert = [...] }` or `{ triangular = [...] }`".into())
        }
        DeValue::Array(list) if expected.starts_with("a list `[") => {
            let count = expected.split('`').nth(1)?.split(',').count();
            Some(format!("the list has {} values and needs {count}", list.len()))
        }
        _ => None,
    }
}

/// `1.5M`, `250k` or `1 500 000` as TOML writes it.
pub(super) fn plain_number(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '_').collect();
    let (digits, factor) = match text.to_lowercase().as_str() {
        lower if lower.ends_with('k') => (text[..text.len() - 1].to_owned(), 1e3),
        lower if lower.ends_with('m') => (text[..text.len() - 1].to_owned(), 1e6),
        _ => (text.clone(), 1.0),
    };
    let number =
        digits.parse::<f64>().ok().filter(|number| number.is_finite() && number.abs() < 1e12)? * factor;
    Some(if number.fract() == 0.0 { format!("{number:.0}") } else { number.to_string() })
}

impl<T: FromToml> Slot<T> {
    /// Reads what stands at a key.
    pub fn read(value: &DeValue<'_>, place: Place, reader: &mut Reader<'_>) -> Self {
        match T::from_toml(value, &place, reader) {
            Some(value) => Self::Given(At::new(value, place)),
            None => Self::Bad,
        }
    }

    /// Sets what a path from here names; a table that is not there begins empty.
    pub fn set_at(&mut self, path: Path<'_>, edit: Edit<'_>, place: Place, reader: &mut Reader<'_>) {
        if path.next().is_none() {
            match edit {
                Edit::Set(value) => *self = Self::read(value, place, reader),
                Edit::Remove if self.is_absent() => reader.report(path.nothing_there()),
                Edit::Remove => *self = Self::Absent,
            }
            return;
        }
        match self {
            Self::Absent if matches!(edit, Edit::Remove) => reader.report(path.nothing_there()),
            Self::Given(at) => at.value.set_below(path, edit, place, reader),
            // Reported where it was written; what is set below it cannot be told from here.
            Self::Bad => {}
            Self::Absent => match T::empty() {
                Some(mut table) => {
                    table.set_below(path, edit, place.clone(), reader);
                    *self = Self::Given(At::new(table, place));
                }
                None => reader.report(path.ends_here()),
            },
        }
    }

    /// Shows what stands here to a walk, under a key.
    pub fn walk(&self, key: &str, walk: &mut Walk) {
        if let Self::Given(at) = self {
            walk.enter(key);
            at.value.walk(at.place(), walk);
            walk.leave();
        }
    }
}

/// A value in words, for messages.
#[must_use]
pub fn describe(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text `{text}`"),
        DeValue::Integer(number) => format!("the number `{number}`"),
        DeValue::Float(number) => format!("the number `{number}`"),
        DeValue::Boolean(flag) => format!("`{flag}`"),
        DeValue::Datetime(at) => format!("the date `{at}`"),
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a table".into(),
    }
}

impl FromToml for String {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            DeValue::String(text) => Some(text.to_string()),
            other => reader.wrong_type(other, place, "a text in quotes"),
        }
    }

    fn inline(&self) -> String {
        self.clone()
    }

    fn item(&self) -> Item {
        Item::Text(self.clone())
    }

    fn as_text(&self) -> Option<&str> {
        Some(self)
    }
}

impl FromToml for bool {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            DeValue::Boolean(flag) => Some(*flag),
            other => reader.wrong_type(other, place, "`true` or `false`"),
        }
    }

    fn inline(&self) -> String {
        self.to_string()
    }

    fn item(&self) -> Item {
        Item::Flag(*self)
    }
}

impl FromToml for f64 {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        let number = match value {
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).ok().map(|number| number as f64)
            }
            DeValue::Float(number) => number.as_str().parse().ok().filter(|number: &f64| number.is_finite()),
            other => return reader.wrong_type(other, place, "a number"),
        };
        if number.is_none() {
            return reader.bad(
                code::OUT_OF_RANGE,
                place,
                format!("{} is not a finite number that can be counted with", describe(value)),
                "",
            );
        }
        number
    }

    fn inline(&self) -> String {
        self.to_string()
    }

    fn item(&self) -> Item {
        Item::Number(*self)
    }
}
