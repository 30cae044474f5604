//! One issue of a list.

use jiff::civil::Date;

/// How an issue stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// It is still to be done.
    #[default]
    Open,
    /// It is done.
    Done,
    /// It will never be done: it counts neither as finished nor as left.
    Dropped,
}

/// One issue of a list; what the list does not say is absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Issue {
    /// The line of the file on which it begins, counted from 1.
    pub line: u64,
    /// What people call it, such as `W2-30`.
    pub key: String,
    /// The tracker's own number of it, by which others may refer to it.
    pub id: Option<String>,
    /// What it is about.
    pub title: String,
    /// Its type, such as `Story`.
    pub kind: String,
    /// How it stands.
    pub state: State,
    /// The project that it belongs to.
    pub project: Option<String>,
    /// When it was written.
    pub created: Option<Date>,
    /// When work on it began.
    pub started: Option<Date>,
    /// When it was finished, of what is done.
    pub done: Option<Date>,
    /// When it is due.
    pub due: Option<Date>,
    /// The last day on which anything happened to it: it was created, begun, changed or finished.
    pub touched: Option<Date>,
    /// A text by which issues are put into their order.
    pub rank: Option<String>,
    /// Work that is left, in hours: the remaining estimate, else the original one.
    pub hours: Option<f64>,
    /// What it is part of, by key or number.
    pub parents: Vec<String>,
    /// What cannot be done before it, by key.
    pub blocks: Vec<String>,
    /// What it cannot be done before, by key.
    pub blocked_by: Vec<String>,
    /// Who works on it.
    pub owner: Option<String>,
    /// The place in the list of the epic that it belongs to.
    pub epic: Option<usize>,
    /// What it stands for.
    pub role: Role,
}

/// What an issue stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// An item that is finished or left.
    #[default]
    Item,
    /// An epic: it holds items and is none.
    Epic,
    /// Something above epics.
    Above,
    /// A part of an item, such as a sub-task.
    Part,
}

impl Issue {
    /// Whether it counts in a week or in what is left.
    #[must_use]
    pub fn is_item(&self) -> bool {
        self.role == Role::Item
    }

    /// Whether it is an item that is still to be done after a day: open, or finished later.
    #[must_use]
    pub fn is_left_after(&self, day: Option<Date>) -> bool {
        let later = |date: Option<Date>| date.zip(day).is_some_and(|(date, day)| date > day);
        self.is_item()
            && match self.state {
                State::Open => !later(self.created),
                State::Done => later(self.done) && !later(self.created),
                State::Dropped => false,
            }
    }
}
