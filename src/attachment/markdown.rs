//! Markdown for wikis and pull requests.

use std::collections::BTreeSet;

use super::{Attachment, AttachmentError, Contents};
use crate::dossier::{Block, KeyFigure, Sheet, Span};

/// The document, with its charts as pictures beside it.
pub(super) fn document(contents: &Contents<'_>, stem: &str) -> Result<Attachment, AttachmentError> {
    let dossier = contents.dossier;
    let mut out = format!("# {}\n\n{}\n\n", escaped(&dossier.title), escaped(&dossier.subtitle));
    let lines: Vec<String> = dossier.lines.iter().map(|line| escaped(line)).collect();
    out.push_str(&format!("{}\n", lines.join("  \n")));
    let mut beside = Vec::new();
    for section in &dossier.sections {
        out.push_str(&format!("\n## {}\n", section.heading));
        for block in &section.blocks {
            match block {
                Block::Paragraph(spans) => out.push_str(&format!("\n{}\n", line(spans))),
                Block::Heading(text) => out.push_str(&format!("\n### {}\n", escaped(text))),
                Block::Bullets(items) => {
                    out.push('\n');
                    items.iter().for_each(|item| out.push_str(&format!("- {}\n", line(item))));
                }
                Block::Figures(figures) => out.push_str(&key_figures(figures)),
                Block::Sheet(sheet) => out.push_str(&table(sheet)),
                Block::Chart { name, says } => {
                    let Some(drawing) = contents.drawing(name) else { continue };
                    let file = format!("{name}.png");
                    // A space or a bracket in a name would end the address.
                    let folder = format!("{stem}-charts");
                    out.push_str(&format!("\n![{}](<{folder}/{file}>)\n", escaped(says)));
                    beside.push((file, drawing.png()?));
                }
            }
        }
    }
    out.push_str(&format!("\n<!-- {} -->\n", dossier.record().encoded()));
    Ok(Attachment { bytes: out.into_bytes(), beside, lacking: BTreeSet::new() })
}

fn line(spans: &[Span]) -> String {
    let span = |span: &Span| {
        let text = escaped(&span.text);
        if span.strong && !text.trim().is_empty() { format!("**{}**", text.trim()) } else { text }
    };
    spans.iter().map(span).collect()
}

fn key_figures(figures: &[KeyFigure]) -> String {
    let mut out = String::from("\n| | | |\n|---|---:|---|\n");
    for figure in figures {
        out.push_str(&row([&figure.label, &figure.value, &figure.remark].map(String::as_str)));
    }
    out
}

fn table(sheet: &Sheet) -> String {
    let mut out = format!("\n**{}**\n\n", escaped(&sheet.caption));
    out.push_str(&row(sheet.columns.iter().map(|column| column.heading.as_str())));
    let rules = sheet.columns.iter().map(|column| if column.words { "---" } else { "---:" });
    out.push_str(&format!("|{}|\n", rules.collect::<Vec<_>>().join("|")));
    for cells in &sheet.rows {
        out.push_str(&row(cells.iter().map(|shown| shown.text.as_str())));
    }
    if let Some(note) = &sheet.note {
        out.push_str(&format!("\n{}\n", escaped(note)));
    }
    out
}

fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(escaped).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// Text in which nothing is markup: names of tasks are not commands.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '$' => out.extend(['\\', c]),
            '\n' | '\r' | '\t' => out.push(' '),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}
