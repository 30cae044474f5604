//! Lists of issues: what is left of a backlog as tasks.
//!
//! **Invariant:** every issue of the list is in the report: as part of a task, as a week of history, or left out.

mod assemble;
mod by_epic;
mod by_issue;
mod names;
mod options;
mod order;
mod ties;

pub use options::{Grain, IssueOptions};

pub(super) use assemble::{fields_of_issues, scenario_of_issues};
