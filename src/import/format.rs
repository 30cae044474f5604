//! Which tool wrote a file, told by what stands in it.

use std::fmt;

use super::register::is_table;
use crate::backlog::looks_like_issues;

/// How much of a file is looked at.
const HEAD: usize = 32_768;

/// A format that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Microsoft Project XML (MSPDI).
    MsProject,
    /// Primavera P6 XER.
    Xer,
    /// Primavera P6 XML (PMXML).
    PrimaveraXml,
    /// A workbook with tables of tasks and risks (XLSX).
    Workbook,
    /// A table of tasks or risks as text (CSV).
    Table,
    /// A list of issues (CSV of Jira or another tracker).
    Issues,
}

impl Format {
    /// Whether it holds tables, of which several files may be imported together.
    #[must_use]
    pub fn is_table(self) -> bool {
        matches!(self, Self::Workbook | Self::Table)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MsProject => "Microsoft Project XML",
            Self::Xer => "Primavera XER",
            Self::PrimaveraXml => "Primavera P6 XML",
            Self::Workbook => "workbook",
            Self::Table => "table",
            Self::Issues => "list of issues",
        })
    }
}

/// The format of a file by its content, whatever its name; [`None`] if it is none that can be imported.
///
/// ```
/// use p80::import::{Format, recognise};
/// assert_eq!(recognise(b"ERMHDR\t19.12\t2023-07-27\tProject"), Some(Format::Xer));
/// assert_eq!(recognise(b"Risk ID;Title;Likelihood\n"), Some(Format::Table));
/// assert_eq!(recognise(b"Issue key,Status,Resolved\n"), Some(Format::Issues));
/// assert_eq!(recognise(b"[program]\nname = \"Pilot\""), None);
/// ```
#[must_use]
pub fn recognise(bytes: &[u8]) -> Option<Format> {
    // Every second byte of UTF-16 is zero in what matters here.
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(Format::Workbook);
    }
    let head: Vec<u8> = bytes.iter().take(HEAD).copied().filter(|&byte| byte != 0).collect();
    let text = String::from_utf8_lossy(&head);
    let text = text.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    if text.starts_with("ERMHDR") {
        return Some(Format::Xer);
    }
    if !text.starts_with('<') {
        // What names each issue and says when it was written or done is no table of tasks.
        let table = || is_table(text).then_some(Format::Table);
        return if looks_like_issues(text) { Some(Format::Issues) } else { table() };
    }
    if text.contains("<APIBusinessObjects") {
        return Some(Format::PrimaveraXml);
    }
    let is_project = text.contains("schemas.microsoft.com/project")
        || text.contains("<Project>")
        || text.contains("<Project ");
    is_project.then_some(Format::MsProject)
}

/// Whether a file is in the binary format of Microsoft Project, which only its XML replaces.
#[must_use]
pub fn is_binary_project(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}
