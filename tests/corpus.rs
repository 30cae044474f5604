//! Scenario files that declare their own outcome.
//!
//! A file in `corpus/bad` begins with lines such as `#~ S101 7`: the diagnostic S101 on line 7, or
//! `#~ S101 bad/side/risks.csv:3` for another file, or `#~ S005` for one without a place. Exactly these
//! must be reported, warnings included, those of its variants as well. Files in `corpus/good` load, and report exactly what they declare.

use std::fs;
use std::path::{Path, PathBuf};

use p80::diag::{Diagnostic, Sources, to_text};
use p80::scenario::{FileError, Files, load, load_variants};

struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        fs::read(self.0.join(path)).map_err(|_| FileError("there is no such file".into()))
    }
}

fn corpus() -> Folder {
    Folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus"))
}

/// The scenario files of a folder of the corpus, sorted.
fn files(folder: &str) -> Vec<String> {
    let dir = corpus().0.join(folder);
    let mut names: Vec<String> = fs::read_dir(&dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".toml"))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    names.sort();
    names
}

/// What a file declares: `(code, place)`.
fn expected(path: &str) -> Vec<(String, String)> {
    let bytes = corpus().read(path).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let mut expected: Vec<_> = text
        .lines()
        .filter_map(|line| line.trim_start_matches('\u{feff}').strip_prefix("#~ "))
        .map(|line| match line.trim().split_once(' ') {
            Some((code, place)) if place.contains(':') => (code.to_owned(), place.trim().to_owned()),
            Some((code, line)) => (code.to_owned(), format!("{path}:{}", line.trim())),
            None => (line.trim().to_owned(), "nowhere".to_owned()),
        })
        .collect();
    expected.sort();
    expected
}

/// What is reported: `(code, place)`.
fn reported(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<(String, String)> {
    let place = |diagnostic: &Diagnostic| match diagnostic.labels.first() {
        Some(label) => {
            let (line, _) = sources.line_column(label.file, label.span.start);
            format!("{}:{line}", sources.name(label.file))
        }
        None => "nowhere".to_owned(),
    };
    let mut reported: Vec<_> =
        diagnostics.iter().map(|one| (one.code.as_str().to_owned(), place(one))).collect();
    reported.sort();
    reported
}

/// The diagnostics of a file of the corpus, whether it loads, and their text.
fn outcome(path: &str) -> (bool, Vec<(String, String)>, String) {
    let (is_good, mut diagnostics, sources) = match load(&corpus(), path) {
        Ok(loaded) => {
            let variants = load_variants(&corpus(), path, &loaded);
            let mut diagnostics = loaded.warnings;
            let mut all_good = true;
            for (_, variant) in variants {
                all_good &= variant.is_ok();
                diagnostics
                    .extend(variant.map_or_else(|failed| failed.diagnostics, |loaded| loaded.warnings));
            }
            (all_good, diagnostics, loaded.sources)
        }
        Err(failed) => (false, failed.diagnostics, failed.sources),
    };
    diagnostics.dedup();
    (is_good, reported(&diagnostics, &sources), to_text(&diagnostics, &sources, false))
}

#[test]
fn bad_scenarios_report_exactly_what_they_promise() {
    let mut wrong = String::new();
    for path in files("bad") {
        let (is_good, reported, text) = outcome(&path);
        let expected = expected(&path);
        assert!(!expected.is_empty(), "{path} promises nothing");
        if is_good || reported != expected {
            wrong += &format!("==== {path}\nexpected {expected:?}\nreported {reported:?}\n{text}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn good_scenarios_load_and_warn_of_nothing_else() {
    let mut wrong = String::new();
    for path in files("good") {
        let (is_good, reported, text) = outcome(&path);
        let expected = expected(&path);
        if !is_good || reported != expected {
            wrong += &format!("==== {path}\nexpected {expected:?}\nreported {reported:?}\n{text}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
