//! Diagnostics as text, with the source line marked, and as JSON.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, FileId, Severity, Sources};

/// Renders diagnostics the way rustc does: code, message, file, line, the marked source, help.
///
/// `color` adds ANSI styles.
#[must_use]
pub fn to_text(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for diagnostic in diagnostics {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str());
        let mut group = Group::with_title(title);
        // Each file once, in the order in which the labels come to it.
        let mut files = Vec::new();
        for label in &diagnostic.labels {
            if !files.contains(&label.file) {
                files.push(label.file);
            }
        }
        for file in files {
            let labels = || diagnostic.labels.iter().enumerate().filter(|(_, label)| label.file == file);
            let (first_line, cut) = cut(sources, file, labels().map(|(_, label)| &label.span));
            let source = &sources.text(file)[cut.clone()];
            let annotations = labels().map(|(at, label)| {
                let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                // The renderer takes whole characters only.
                let end = source.ceil_char_boundary(label.span.end.saturating_sub(cut.start));
                let start = source.floor_char_boundary(label.span.start.saturating_sub(cut.start).min(end));
                let annotation = kind.span(start..end);
                if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) }
            });
            let snippet = Snippet::source(source).path(sources.name(file)).line_start(first_line).fold(true);
            group = group.element(snippet.annotations(annotations));
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        text.push_str(&renderer.render(&[group]).to_string());
        text.push_str("\n\n");
    }
    text
}

/// The lines around some places, with one more at either side, and the number of the first of them: the
/// renderer looks at all that it is given, and a large file has many diagnostics.
fn cut<'a>(
    sources: &Sources,
    file: FileId,
    spans: impl Iterator<Item = &'a Range<usize>> + Clone,
) -> (usize, Range<usize>) {
    let start = spans.clone().map(|span| span.start).min().unwrap_or(0);
    let end = spans.map(|span| span.end).max().unwrap_or(0);
    let first = sources.line_of(file, start).saturating_sub(1).max(1);
    let last = sources.line_of(file, end) + 1;
    (first, sources.line_start(file, first)..sources.line_start(file, last + 1))
}

/// Renders diagnostics as a JSON array; lines and columns are 1-based, columns count characters.
#[must_use]
pub fn to_json(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
    let one = |diagnostic: &Diagnostic| {
        let places: Vec<Value> = diagnostic
            .labels
            .iter()
            .map(|label| {
                let (line, column) = sources.line_column(label.file, label.span.start);
                let (end_line, end_column) = sources.line_column(label.file, label.span.end);
                let text = sources.text(label.file);
                json!({
                    "file": sources.name(label.file),
                    "line": line,
                    "column": column,
                    "end_line": end_line,
                    "end_column": end_column,
                    "value": text.get(label.span.clone()),
                    "text": label.text,
                })
            })
            .collect();
        json!({
            "code": diagnostic.code.as_str(),
            "severity": diagnostic.severity,
            "message": diagnostic.message,
            "places": places,
            "help": diagnostic.help,
        })
    };
    Value::Array(diagnostics.iter().map(one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::code;

    #[test]
    fn lines_keep_their_numbers_wherever_the_labels_stand() {
        let mut sources = Sources::default();
        let text: String = (1..=500).map(|line| format!("line {line}\n")).collect();
        let file = sources.add("long.toml", text.clone());
        let whole = |spans: &[Range<usize>]| {
            let label = |one: Diagnostic, span: &Range<usize>| one.at(file, span.clone(), "here");
            let found = spans.iter().fold(Diagnostic::new(code::SYNTAX, "broken"), label);
            to_text(&[found], &sources, false)
        };
        let at = |line: &str| text.find(line).unwrap()..text.find(line).unwrap() + line.len();
        assert!(whole(&[at("line 1")]).contains("1 | line 1\n"));
        assert!(whole(&[at("line 250")]).contains("--> long.toml:250:1"));
        let far = whole(&[at("line 480"), at("line 20")]);
        assert!(far.contains("480 | line 480") && far.contains(" 20 | line 20"), "{far}");
        for past in [text.len(), text.len() + 9] {
            let span = std::iter::once(past..past + 90);
            assert!(whole(&span.collect::<Vec<_>>()).contains("long.toml:50"));
        }
    }

    #[test]
    fn a_place_in_an_empty_file_is_rendered() {
        let mut sources = Sources::default();
        let file = sources.add("empty.csv", "");
        let found = Diagnostic::new(code::BAD_TABLE, "the table is empty").at(file, 0..0, "");
        assert!(to_text(&[found], &sources, false).contains("empty.csv:1:1"));
    }
}
