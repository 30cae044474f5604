//! Three-point estimates in custom fields.

use super::fields::minutes;
use crate::import::ImportOptions;
use crate::import::record::Record;

/// A custom field that the file defines.
struct Field {
    id: String,
    name: String,
    alias: String,
}

/// Which custom fields hold low, most likely and high.
#[derive(Default)]
pub(super) struct CustomFields {
    fields: Vec<Field>,
    points: [Option<String>; 3],
}

/// Words in the names of such fields.
const WORDS: [&[&str]; 3] = [
    &["optimistic", "best case", "minimum", "low"],
    &["most likely", "likely", "expected", "mode"],
    &["pessimistic", "worst case", "maximum", "high"],
];

impl CustomFields {
    /// Takes note of a definition.
    pub fn define(&mut self, record: &Record) {
        let Some(id) = record.get("FieldID") else { return };
        let text = |name: &str| record.get(name).unwrap_or_default().to_owned();
        self.fields.push(Field { id: id.to_owned(), name: text("FieldName"), alias: text("Alias") });
    }

    /// Settles which fields hold the points, by option or by their names; false if an option names none.
    pub fn settle(&mut self, options: &ImportOptions) -> Result<(), String> {
        if let Some(wanted) = &options.three_point {
            for (point, name) in self.points.iter_mut().zip(wanted) {
                let is_it = |field: &&Field| {
                    field.name.eq_ignore_ascii_case(name) || field.alias.eq_ignore_ascii_case(name)
                };
                match self.fields.iter().find(is_it) {
                    Some(field) => *point = Some(field.id.clone()),
                    None => {
                        let known: Vec<&str> = self.fields.iter().map(|field| field.name.as_str()).collect();
                        return Err(format!(
                            "the plan has no custom field `{name}`; it has {}",
                            if known.is_empty() { "none".to_owned() } else { known.join(", ") }
                        ));
                    }
                }
            }
            return Ok(());
        }
        for (point, words) in self.points.iter_mut().zip(WORDS) {
            let fits = |field: &&Field| {
                let alias = field.alias.to_lowercase();
                field.name.starts_with("Duration") && words.iter().any(|word| alias.contains(word))
            };
            *point = self.fields.iter().find(fits).map(|field| field.id.clone());
        }
        Ok(())
    }

    /// Low, most likely and high of a task in minutes; its own duration is the most likely one where only the ends
    /// are given.
    pub fn range(&self, task: &Record, duration: f64) -> Option<[f64; 3]> {
        let [low, mode, high] = &self.points;
        let value = |id: &Option<String>| {
            let id = id.as_deref()?;
            let field = task.all("ExtendedAttribute").find(|field| field.get("FieldID") == Some(id))?;
            field.get("Value").and_then(minutes).filter(|minutes| *minutes > 0.0)
        };
        let (low, high) = (value(low)?, value(high)?);
        Some([low, value(mode).unwrap_or(duration), high])
    }
}
