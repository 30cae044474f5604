//! Templates of ranges that are put into a scenario.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::merged::{Merged, document};
use super::same::shown;
use crate::import::ImportError;
use crate::import::ids::slug;
use crate::import::report::{Entry, Fate, ImportReport};

/// A range around single durations.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateRange {
    /// The category of tasks to which it applies; [`None`] for those that nothing else says a range for.
    pub category: Option<String>,
    /// One in ten takes so much less, as a share: -0.1 is 10 % less.
    pub p10: f64,
    /// One in ten takes so much more, as a share.
    pub p90: f64,
    /// Where it comes from, for people.
    pub note: String,
}

/// The template that applies where no other does.
const GENERAL: &str = "calibrated";
/// The laws that a template can have, of which exactly one is given.
const LAWS: [&str; 5] = ["pert", "triangular", "trigen", "uniform", "lognormal"];

/// A scenario, which may be empty, with these templates in it: those bound to the same categories are renewed, others
/// are added. The program uses the general one if it names none.
///
/// # Errors
/// [`ImportError::Option`] if the scenario is no TOML.
pub fn with_templates(existing: &str, ranges: &[TemplateRange]) -> Result<Merged, ImportError> {
    let mut document = document(existing)?;
    let mut report = ImportReport::default();
    for range in ranges {
        put(&mut document, range, &mut report);
    }
    let has_general = ranges.iter().any(|range| range.category.is_none());
    if let Some(program) =
        document.get_mut("program").and_then(Item::as_table_like_mut).filter(|_| has_general)
    {
        match program.get("estimate") {
            None => {
                program.insert("estimate", toml_edit::value(GENERAL));
                tell(&mut report, Fate::Added, "program", format!("estimate: {GENERAL}"));
            }
            Some(own) if own.as_str() == Some(GENERAL) => {}
            Some(own) => {
                let reason = format!(
                    "estimate stays {}: write `estimate = \"{GENERAL}\"` to use the new template",
                    shown(own)
                );
                tell(&mut report, Fate::Kept, "program", reason);
            }
        }
    }
    Ok(Merged { text: document.to_string(), report })
}

fn tell(report: &mut ImportReport, fate: Fate, id: &str, reason: String) {
    let kind = if id == "program" { "program" } else { "estimate" };
    report.entries.push(Entry {
        fate,
        kind,
        source: String::new(),
        name: String::new(),
        id: id.to_owned(),
        reason,
    });
}

fn put(document: &mut DocumentMut, range: &TemplateRange, report: &mut ImportReport) {
    if document.get("estimates").is_none() {
        let mut group = Table::new();
        group.set_implicit(true);
        document.insert("estimates", Item::Table(group));
    }
    let Some(all) = document.get_mut("estimates").and_then(Item::as_table_like_mut) else { return };
    let bound = all.iter().find(|(_, item)| item.as_table_like().is_some_and(|table| is_bound(table, range)));
    let id = match (bound, &range.category) {
        (Some((id, _)), _) => id.to_owned(),
        (None, None) => GENERAL.to_owned(),
        (None, Some(category)) => {
            let wanted = slug(category);
            let wanted = if wanted.is_empty() { GENERAL.to_owned() } else { wanted };
            if all.get(&wanted).is_some() { format!("{wanted}-{GENERAL}") } else { wanted }
        }
    };
    let mut law = InlineTable::new();
    law.insert("P10", share(range.p10));
    law.insert("P90", share(range.p90));
    let mut law = Value::InlineTable(law);
    law.decor_mut().set_prefix(" ");
    law.decor_mut().set_suffix(format!(" # {}", range.note));
    if all.get(&id).is_none() {
        all.insert(&id, Item::Table(Table::new()));
    }
    let Some(table) = all.get_mut(&id).and_then(Item::as_table_like_mut) else { return };
    let before = LAWS.iter().find_map(|law| table.get(law).map(|item| format!("{law} {}", shown(item))));
    let now = format!("lognormal {}", shown(&Item::Value(law.clone())));
    LAWS.iter().filter(|law| **law != "lognormal").for_each(|law| drop(table.remove(law)));
    table.insert("lognormal", Item::Value(law));
    if let Some(category) = range.category.as_ref().filter(|_| table.get("categories").is_none()) {
        table.insert("categories", toml_edit::value(std::iter::once(category.as_str()).collect::<Array>()));
    }
    match before {
        Some(before) if before == now => {}
        Some(before) => tell(report, Fate::Changed, &id, format!("{before} -> {now}")),
        None => tell(report, Fate::Added, &id, now),
    }
}

/// Whether a template is bound to the category of a range; the general one is known by its name.
fn is_bound(table: &dyn TableLike, range: &TemplateRange) -> bool {
    let Some(category) = &range.category else { return false };
    match table.get("categories") {
        Some(Item::Value(Value::Array(array))) => array.iter().any(|value| value.as_str() == Some(category)),
        Some(one) => one.as_str() == Some(category),
        None => false,
    }
}

/// A share as people write it: to a tenth of a percent.
fn share(share: f64) -> Value {
    Value::from((share * 1_000.0).round() / 1_000.0)
}
