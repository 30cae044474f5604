//! From the bytes of a file to a scenario.

use std::collections::BTreeMap;

use super::build::build;
use super::format::is_binary_project;
use super::{Format, ImportError, ImportOptions, ImportReport, StoredDates, mspdi, primavera, recognise};
use crate::scenario::raw::RawScenario;

/// A plan of another tool as a scenario.
#[derive(Clone, Debug)]
pub struct Imported {
    /// What it was read as.
    pub format: Format,
    /// The scenario, unchecked like one that a person has written.
    pub scenario: RawScenario,
    /// What was taken, changed and left out.
    pub report: ImportReport,
    /// By full id: the dates that the tool has stored.
    pub stored: BTreeMap<String, StoredDates>,
}

/// Makes a scenario of a plan of another tool; the format is told by the content.
///
/// # Errors
/// [`ImportError`] if it is no such plan, or too broken to be one.
///
/// ```
/// use p80::import::{ImportOptions, import};
/// let plan = r#"<Project xmlns="http://schemas.microsoft.com/project"><StartDate>2027-01-11T08:00:00</StartDate>
///   <Tasks><Task><UID>1</UID><Name>Build</Name><OutlineLevel>1</OutlineLevel><Duration>PT40H0M0S</Duration>
///   </Task></Tasks></Project>"#;
/// let imported = import(plan.as_bytes(), &ImportOptions::default())?;
/// let text = p80::scenario::to_toml(&imported.scenario);
/// assert!(text.contains("[[tasks]]\nid = \"build\"\nname = \"Build\"\nduration = \"5d\""));
/// # Ok::<(), p80::import::ImportError>(())
/// ```
pub fn import(bytes: &[u8], options: &ImportOptions) -> Result<Imported, ImportError> {
    let Some(format) = recognise(bytes) else {
        return Err(if is_binary_project(bytes) { ImportError::Binary } else { ImportError::Unknown });
    };
    let mut report = ImportReport::default();
    let plan = match format {
        Format::MsProject => mspdi::plan(bytes, options, &mut report)?,
        Format::Xer => primavera::xer_plan(bytes, options, &mut report)?,
        Format::PrimaveraXml => primavera::xml_plan(bytes, options, &mut report)?,
    };
    let (scenario, stored) = build(plan, options, &mut report);
    Ok(Imported { format, scenario, report, stored })
}
