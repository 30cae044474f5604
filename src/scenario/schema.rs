//! The JSON Schema of the file format, for editors.

use serde_json::Value;

use super::raw::RawScenario;

/// The JSON Schema of a scenario file, with the description of every key.
#[must_use]
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(RawScenario);
    schema.insert("title".into(), Value::from("p80 scenario"));
    schema.to_value()
}
