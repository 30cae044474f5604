//! What the user says about a list of issues.

use std::str::FromStr;

use crate::backlog::{Amount, DateOrder, WINDOW};

/// What becomes a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grain {
    /// Every epic with what is left of it, at the pace of the team.
    #[default]
    Epic,
    /// Every issue that is left, by its estimate or by how long others took.
    Issue,
}

impl FromStr for Grain {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "epic" => Ok(Self::Epic),
            "issue" => Ok(Self::Issue),
            _ => Err(format!("`{text}` is neither `epic` nor `issue`")),
        }
    }
}

/// How a list of issues becomes tasks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IssueOptions {
    /// What becomes a task; epics unless given. Given, the file is a list of issues.
    pub by: Option<Grain>,
    /// What dates such as `03/04/27` begin with.
    pub dates: Option<DateOrder>,
    /// The statuses of what is done; the usual ones if empty.
    pub done: Vec<String>,
    /// The statuses of what will never be done; the usual ones if empty.
    pub dropped: Vec<String>,
    /// The issues of this project only.
    pub project: Option<String>,
    /// Weeks of history that are drawn from; [`WINDOW`] unless given.
    pub window: Option<usize>,
    /// What each item becomes on the way; one unless given.
    pub split: Option<Amount>,
}

impl IssueOptions {
    /// Weeks of history that are drawn from.
    pub(super) fn weeks(&self) -> usize {
        self.window.unwrap_or(WINDOW).max(1)
    }
}
