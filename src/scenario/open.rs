//! Reading files into texts, with every problem reported once.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::files::{Files, beside};
use super::raw::{At, FromToml, RawScenario, Reader, Settings};
use super::syntax::syntax_errors;
use crate::diag::{Diagnostic, FileId, Place, Sources, code};

/// All files read so far, and what is wrong with them.
pub struct Desk<'a> {
    files: &'a dyn Files,
    /// The texts, for diagnostics.
    pub sources: Sources,
    /// The bytes as read, in order, for the hash over all inputs.
    pub inputs: Vec<(String, Vec<u8>)>,
    /// Everything that is wrong or worth saying.
    pub problems: Vec<Diagnostic>,
    /// By path: the files that were opened, or could not be.
    pub opened: BTreeMap<String, Option<FileId>>,
}

impl<'a> Desk<'a> {
    /// An empty desk.
    pub fn new(files: &'a dyn Files) -> Self {
        let opened = BTreeMap::new();
        Self { files, sources: Sources::default(), inputs: Vec::new(), problems: Vec::new(), opened }
    }

    /// Opens the file at a path that stands at a place; `None` if that fails, which is reported once.
    pub fn open(&mut self, path: &str, from: Option<&Place>) -> Option<FileId> {
        if let Some(&known) = self.opened.get(path) {
            return known;
        }
        let file = self.read(path, from);
        self.opened.insert(path.to_owned(), file);
        file
    }

    /// Opens the file that a text in another file names.
    pub fn open_named(&mut self, name: &At<String>) -> Option<FileId> {
        let path = self.path_of(name);
        self.open(&path, name.place())
    }

    /// The path of the file that a text in another file names.
    pub fn path_of(&self, name: &At<String>) -> String {
        let from = name.place().map_or("", |place| self.sources.name(place.file));
        beside(from, &name.value)
    }

    fn read(&mut self, path: &str, from: Option<&Place>) -> Option<FileId> {
        let bytes = match self.files.read(path) {
            Ok(bytes) => bytes,
            Err(reason) => {
                let problem =
                    Diagnostic::new(code::UNREADABLE_FILE, format!("cannot read `{path}`: {reason}"));
                self.problems.push(match from {
                    Some(_) => {
                        problem.at_place(from, "").help("paths are relative to the file that names them")
                    }
                    None => problem,
                });
                return None;
            }
        };
        self.inputs.push((path.to_owned(), bytes.clone()));
        if bytes.contains(&0) {
            // Zero bytes are legal UTF-8 and stand in no text: UTF-16 has one in most letters.
            let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
            let half = bytes.iter().filter(|&&byte| byte == 0).count() * 3 > bytes.len();
            let what = if wide || half { "UTF-16, not UTF-8 text" } else { "not a text" };
            let message = format!("`{path}` is {what}");
            let help = "save the file as UTF-8; in Excel choose `CSV UTF-8`";
            self.problems.push(Diagnostic::new(code::NOT_TEXT, message).at_place(from, "").help(help));
            return None;
        }
        match String::from_utf8(bytes) {
            Ok(text) => {
                // Editors on Windows put a byte order mark in front; it is no part of the text.
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                Some(self.sources.add(path, text))
            }
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..valid].iter().filter(|&&byte| byte == b'\n').count() + 1;
                let message =
                    format!("`{path}` is not UTF-8 text: line {line} has a byte that cannot be read");
                let help = "save the file as UTF-8; in Excel choose `CSV UTF-8`";
                self.problems.push(Diagnostic::new(code::NOT_TEXT, message).at_place(from, "").help(help));
                None
            }
        }
    }

    /// Adds a text that stands in no file and reads it as a table of settings; [`None`] if its syntax is broken, with
    /// every break reported.
    pub fn settings(&mut self, name: &str, text: &str) -> Option<Settings> {
        let file = self.sources.add(name, text);
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            self.problems.extend(syntax_errors(file, text, &errors));
            return None;
        }
        let span = table.span();
        let mut reader = Reader::new(file, &mut self.problems);
        let place = reader.place(span);
        Settings::from_toml(&toml::de::DeValue::Table(table.into_inner()), &place, &mut reader)
    }

    /// Reads a file as TOML; `None` if its syntax is broken, with every break reported.
    pub fn parse(&mut self, file: FileId) -> Option<RawScenario> {
        let text = self.sources.text(file).to_owned();
        let (table, errors) = DeTable::parse_recoverable(&text);
        if !errors.is_empty() {
            let name = self.sources.name(file);
            if name.to_lowercase().ends_with(".csv") {
                let message = format!("`{name}` is a table, not a scenario");
                let help =
                    format!("name it in a scenario: `tasks_csv = \"{name}\"` or `risks_csv = \"{name}\"`");
                self.problems.push(Diagnostic::new(code::SYNTAX, message).at(file, 0..0, "").help(help));
            } else {
                self.problems.extend(syntax_errors(file, &text, &errors));
            }
            return None;
        }
        let span = table.span();
        let mut reader = Reader::new(file, &mut self.problems);
        let place = reader.place(span);
        let value = toml::de::DeValue::Table(table.into_inner());
        RawScenario::from_toml(&value, &place, &mut reader)
    }
}
