//! The page.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};
use serde_json::{Value as Json, json};

use crate::analysis::Stance;
use crate::attachment::{AttachmentError, Contents};
use crate::dossier::{Block, Chance, Explorer, Mark, Sheet, Shown};
use crate::report::Cell;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The document as one HTML page.
pub(in crate::attachment) fn page(contents: &Contents<'_>) -> Result<Vec<u8>, AttachmentError> {
    let dossier = contents.dossier;
    let mut sections = Vec::new();
    for section in &dossier.sections {
        let mut blocks = Vec::new();
        for block in &section.blocks {
            blocks.extend(block_view(contents, block)?);
        }
        sections.push(json!({ "id": section.id, "heading": section.heading, "blocks": blocks }));
    }
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let failed =
        |error: minijinja::Error| AttachmentError::Write { format: "HTML page", why: format!("{error:#}") };
    let page = environment
        .render_str(
            PAGE,
            context! {
                language => "en",
                title => dossier.title.clone(),
                subtitle => dossier.subtitle.clone(),
                lines => dossier.lines.clone(),
                sections => Value::from(Serde(sections)),
                logo => contents.logo.map(|logo| Value::from_safe_string(logo.data_uri())),
                explorer => explorer(&dossier.explorer),
                data => Value::from_safe_string(data(&dossier.explorer)),
                record => Value::from_safe_string(dossier.record().encoded()),
                style => Value::from_safe_string(STYLE.to_owned()),
                script => Value::from_safe_string(SCRIPT.to_owned()),
            },
        )
        .map_err(failed)?;
    Ok(page.into_bytes())
}

fn block_view(contents: &Contents<'_>, block: &Block) -> Result<Option<Json>, AttachmentError> {
    let spans = |spans: &[crate::dossier::Span]| {
        spans.iter().map(|span| json!({ "text": span.text, "strong": span.strong })).collect::<Vec<_>>()
    };
    Ok(Some(match block {
        Block::Paragraph(text) => json!({ "kind": "paragraph", "spans": spans(text) }),
        Block::Heading(text) => json!({ "kind": "heading", "text": text }),
        Block::Bullets(items) => {
            let items: Vec<_> = items.iter().map(|item| spans(item)).collect();
            json!({ "kind": "bullets", "items": items })
        }
        Block::Figures(figures) => {
            let figures: Vec<_> = figures
                .iter()
                .map(|one| json!({ "label": one.label, "value": one.value, "remark": one.remark }))
                .collect();
            json!({ "kind": "figures", "figures": figures })
        }
        Block::Sheet(sheet) => sheet_view(sheet),
        Block::Chart { name, says } => {
            let Some(drawing) = contents.drawing(name) else { return Ok(None) };
            // Made here, with every text in it escaped.
            let svg = String::from_utf8_lossy(&drawing.svg()?).into_owned();
            json!({ "kind": "chart", "name": name, "svg": svg, "says": says })
        }
    }))
}

fn sheet_view(sheet: &Sheet) -> Json {
    let columns: Vec<_> =
        sheet.columns.iter().map(|one| json!({ "heading": one.heading, "words": one.words })).collect();
    let rows: Vec<Vec<_>> = sheet
        .rows
        .iter()
        .map(|row| {
            let cells = row.iter().zip(&sheet.columns);
            cells
                .map(
                    |(shown, column)| json!({ "text": shown.text, "key": key(shown), "words": column.words }),
                )
                .collect()
        })
        .collect();
    json!({ "kind": "sheet", "caption": sheet.caption, "columns": columns, "rows": rows, "note": sheet.note })
}

/// By what a value is sorted: as a text that sorts like a number where it is one.
fn key(shown: &Shown) -> String {
    match &shown.value {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Date(date) => date.to_string(),
        Cell::Integer(number) => number.to_string(),
        Cell::Number(number) => number.to_string(),
    }
}

/// Where sliders stand before anybody moves them, for readers without a script.
fn explorer(explorer: &Explorer) -> Option<Value> {
    let middle = |marks: &[Mark]| {
        marks.iter().position(|mark| mark.chance.probability >= 0.8).or_else(|| marks.len().checked_sub(1))
    };
    let date = middle(&explorer.dates)?;
    let budget = middle(&explorer.budgets);
    let views: Vec<_> = explorer
        .views
        .iter()
        .map(|view| match view.stance {
            Stance::Without => "none (before responses)",
            Stance::WithAll => "all (after responses)",
        })
        .collect();
    Some(context! {
        date => date,
        most_dates => explorer.dates.len() - 1,
        date_label => explorer.dates[date].label.clone(),
        date_shown => explorer.dates[date].chance.shown.clone(),
        budget => budget,
        most_budgets => explorer.budgets.len().saturating_sub(1),
        budget_label => budget.map(|at| explorer.budgets[at].label.clone()),
        budget_shown => budget.map(|at| explorer.budgets[at].chance.shown.clone()),
        views => Value::from(Serde(views)),
    })
}

/// What the script reads, in which no text can end the script.
fn data(explorer: &Explorer) -> String {
    let labels = |marks: &[Mark]| marks.iter().map(|mark| json!(mark.label)).collect::<Vec<_>>();
    let chance = |chance: &Chance| json!([chance.probability, chance.shown]);
    let own = |marks: &[Mark]| marks.iter().map(|mark| chance(&mark.chance)).collect::<Vec<_>>();
    let (dates, budgets) = (&explorer.dates, &explorer.budgets);
    let planned = json!({ "dates": own(dates), "budgets": own(budgets), "both": explorer.both });
    let others = explorer.views.iter().map(|view| {
        let all = |chances: &[Chance]| chances.iter().map(chance).collect::<Vec<_>>();
        json!({ "dates": all(&view.dates), "budgets": all(&view.budgets), "both": view.both })
    });
    let views: Vec<_> = std::iter::once(planned).chain(others).collect();
    let data = json!({ "dates": labels(dates), "budgets": labels(budgets), "views": views });
    data.to_string().replace('<', "\\u003c")
}
