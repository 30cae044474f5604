//! From the bytes of a file to a scenario.

use std::collections::BTreeMap;

use super::build::build;
use super::format::is_binary_project;
use super::issues::{fields_of_issues, scenario_of_issues};
use super::register::{self, Built, PastTask, scenario_of};
use super::sheet::{Grid, csv_grid, workbook_grids};
use super::{
    Format, ImportError, ImportOptions, ImportReport, StoredDates, mspdi, primavera, recognise, text,
};
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
    /// Whether it is only a part of a scenario: a register without tasks.
    pub is_part: bool,
}

/// A file to be imported together with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFile {
    /// Its name without the ending.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// Makes one scenario of several files with tables: tasks, risks, a work breakdown ...
///
/// # Errors
/// [`ImportError`] if a file cannot be read, or if none of them has a table of tasks or risks.
pub fn import_tables(files: &[ImportFile], options: &ImportOptions) -> Result<Imported, ImportError> {
    let (format, grids) = grids(files)?;
    let mut report = ImportReport::default();
    let Built { scenario, stored, is_part } = scenario_of(&grids, options, &mut report)?;
    Ok(Imported { format, scenario, report, stored, is_part })
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
    let is_of_issues = |field: &str| fields_of_issues().contains(&field);
    let wants_issues =
        options.issues.by.is_some() || options.map.iter().any(|(_, field)| is_of_issues(field));
    let format = match recognise(bytes) {
        // Somebody who says what becomes of issues, or what their columns are called, has a list of them.
        Some(Format::Table) | None if wants_issues && !is_binary_project(bytes) => Format::Issues,
        Some(format) => format,
        None if is_binary_project(bytes) => return Err(ImportError::Binary),
        // Somebody who says what headings mean has a table.
        None if !options.map.is_empty() => Format::Table,
        None => return Err(ImportError::Unknown),
    };
    let mut report = ImportReport::default();
    let plan = match format {
        Format::Workbook | Format::Table => {
            let name = options.name.clone().unwrap_or_else(|| "table".to_owned());
            return import_tables(&[ImportFile { name, bytes: bytes.to_vec() }], options);
        }
        Format::Issues => {
            let text = text::text_of_table(bytes);
            let (scenario, stored) = scenario_of_issues(&text, options, &mut report)?;
            return Ok(Imported { format, scenario, report, stored, is_part: false });
        }
        Format::MsProject => mspdi::plan(bytes, options, &mut report)?,
        Format::Xer => primavera::xer_plan(bytes, options, &mut report)?,
        Format::PrimaveraXml => primavera::xml_plan(bytes, options, &mut report)?,
    };
    let (scenario, stored) = build(plan, options, &mut report);
    Ok(Imported { format, scenario, report, stored, is_part: false })
}

/// Past tasks in tables with estimates and what they became, and what of the tables could not be used.
///
/// # Errors
/// [`ImportError`] if a file cannot be read, or has no such table.
pub fn past_tasks(
    files: &[ImportFile],
    options: &ImportOptions,
) -> Result<(Vec<PastTask>, ImportReport), ImportError> {
    let (_, grids) = grids(files)?;
    let mut report = ImportReport::default();
    let tasks = register::past_tasks(&grids, options, &mut report)?;
    Ok((tasks, report))
}

/// The tables in files.
fn grids(files: &[ImportFile]) -> Result<(Format, Vec<Grid>), ImportError> {
    let mut grids = Vec::new();
    let mut format = Format::Table;
    for file in files {
        if recognise(&file.bytes) == Some(Format::Workbook) {
            format = Format::Workbook;
            grids.extend(workbook_grids(&file.bytes)?);
        } else if is_binary_project(&file.bytes) {
            return Err(ImportError::Binary);
        } else {
            grids.push(csv_grid(&file.name, &text::of_xer(&file.bytes))?);
        }
    }
    Ok((format, grids))
}
