//! A team: what it has finished in the last weeks, and what is left.

use csv::StringRecord;
use jiff::civil::Date;

use super::column::looks_like_issues;
use super::rows::Rows;
use super::{BacklogError, History, Issue, IssueList, ReadOptions};

/// Which part of a list is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The issues of one project only.
    pub project: Option<String>,
}

/// Where the weeks of a team come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Team {
    /// A list of issues.
    Issues(IssueList),
    /// A table of weeks: items finished in each.
    Weeks(Vec<u32>),
}

impl Team {
    /// Reads a list of issues, or a table with one row a week.
    ///
    /// # Errors
    /// [`BacklogError`] if it is neither.
    pub fn read(text: &str, options: &ReadOptions) -> Result<Self, BacklogError> {
        if !options.map.is_empty() || looks_like_issues(text) {
            return IssueList::read(text, options).map(Self::Issues);
        }
        match weeks(text)? {
            Some(weeks) => Ok(Self::Weeks(weeks)),
            None => IssueList::read(text, options).map(Self::Issues),
        }
    }
}

impl Scope {
    /// Whether an issue belongs to it.
    #[must_use]
    pub fn holds(&self, issue: &Issue) -> bool {
        let Some(project) = &self.project else { return true };
        issue.project.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(project))
    }

    /// The weeks of the issues that belong to it.
    ///
    /// # Errors
    /// [`BacklogError`] if none does, or none was finished.
    pub fn history(&self, list: &IssueList) -> Result<History, BacklogError> {
        if let Some(project) = &self.project
            && !list.issues.iter().any(|issue| self.holds(issue))
        {
            return Err(BacklogError::NothingThere(project.clone()));
        }
        History::of(list.issues.iter().filter(|issue| self.holds(issue)))
    }

    /// The last day on which anything happened to any of its issues.
    #[must_use]
    pub fn latest(&self, list: &IssueList) -> Option<Date> {
        list.issues.iter().filter(|issue| self.holds(issue)).filter_map(|issue| issue.touched).max()
    }

    /// How many of its items are left after a day.
    #[must_use]
    pub fn left(&self, list: &IssueList, day: Option<Date>) -> usize {
        list.issues.iter().filter(|issue| self.holds(issue) && issue.is_left_after(day)).count()
    }
}

/// The counts of a table with one row a week; [`None`] if no column holds them.
///
/// Of several columns of whole numbers the one called `items`, `finished` or the like counts; dates and names of weeks
/// may stand beside it.
fn weeks(text: &str) -> Result<Option<Vec<u32>>, BacklogError> {
    const NAMES: [&str; 9] =
        ["items", "throughput", "finished", "completed", "done", "count", "closed", "issues", "points"];
    let mut rows = Rows::of(text)?;
    let mut row = StringRecord::new();
    let Some(line) = rows.next(&mut row)? else { return Err(BacklogError::Empty) };
    let count = |cell: &str| cell.trim().parse::<u32>().ok();
    let (column, mut counts) = match (row.len(), count(row.get(0).unwrap_or(""))) {
        // Numbers without a heading.
        (1, Some(first)) => (0, vec![first]),
        (1, None) => (0, Vec::new()),
        _ => {
            let wanted = |cell: &str| NAMES.iter().position(|name| *name == cell.trim().to_lowercase());
            let named = row.iter().enumerate().filter_map(|(at, cell)| Some((wanted(cell)?, at))).min();
            let Some((_, column)) = named else { return Ok(None) };
            (column, Vec::new())
        }
    };
    let mut last = line;
    while let Some(line) = rows.next(&mut row)? {
        last = line;
        let text = row.get(column).unwrap_or("").trim();
        let bad = || BacklogError::BadCount { line, text: text.chars().take(40).collect() };
        counts.push(count(text).ok_or_else(bad)?);
    }
    if counts.is_empty() {
        return Err(BacklogError::BadCount { line: last, text: String::new() });
    }
    Ok(Some(counts))
}
