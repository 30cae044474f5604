//! Diagnostics as text, with the source line marked, and as JSON.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, Severity, Sources};

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
            let source = sources.text(file);
            let annotations =
                diagnostic.labels.iter().enumerate().filter(|(_, l)| l.file == file).map(|(at, label)| {
                    let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                    let end = label.span.end.min(source.len());
                    let annotation = kind.span(label.span.start.min(end)..end);
                    if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) }
                });
            group = group.element(
                Snippet::source(source).path(sources.name(file)).fold(true).annotations(annotations),
            );
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        text.push_str(&renderer.render(&[group]).to_string());
        text.push_str("\n\n");
    }
    text
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
