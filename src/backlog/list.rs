//! A list of issues, read from a CSV text.

use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;

use super::column::{Columns, Field};
use super::date::{BadDate, Written};
use super::issue::Role;
use super::rows::Rows;
use super::state::{Said, state};
use super::{BacklogError, DateOrder, Issue, Note, NoteKind, State};

/// The longest title that is kept, in characters.
const LONGEST: usize = 300;
/// The most links and parents that one issue may have.
const MOST_LINKS: usize = 1_000;

/// How a list is read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadOptions {
    /// What columns say: a heading, and one of [`super::field_names`].
    pub map: Vec<(String, String)>,
    /// What dates such as `03/04/27` begin with, where the file does not tell.
    pub dates: Option<DateOrder>,
    /// The statuses, categories or resolutions of what is done; the usual ones if empty.
    pub done: Vec<String>,
    /// Those of what will never be done; the usual ones if empty.
    pub dropped: Vec<String>,
}

/// A list of issues with what was odd about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IssueList {
    /// In the order of the file.
    pub issues: Vec<Issue>,
    /// What was left out, changed or looks wrong, in the order of the file.
    pub notes: Vec<Note>,
    /// How dates that could be read in two ways were read.
    pub dates: Option<DateOrder>,
    /// Whether issues have a rank of their own; else they stand in the order of the file.
    pub has_ranks: bool,
}

/// The dates of a row as written, until all of them say how they are meant.
#[derive(Clone, Copy, Default)]
struct Dates {
    created: Option<Written>,
    started: Option<Written>,
    done: Option<Written>,
    due: Option<Written>,
    updated: Option<Written>,
}

impl Dates {
    fn all(&self) -> impl Iterator<Item = Written> {
        [self.created, self.started, self.done, self.due, self.updated].into_iter().flatten()
    }
}

impl IssueList {
    /// Reads a CSV text whose first row names the columns.
    ///
    /// # Errors
    /// [`BacklogError`] if it is no list of issues, is too large, or its dates can be read in two ways.
    ///
    /// ```
    /// use p80::backlog::{IssueList, ReadOptions, State};
    /// let text = "Issue key;Status;Resolved\nA-1;Done;21/Dec/22 3:31 PM\nA-2;To Do;\n";
    /// let list = IssueList::read(text, &ReadOptions::default())?;
    /// assert_eq!(list.issues[0].state, State::Done);
    /// assert_eq!(list.issues[0].done, Some(jiff::civil::date(2022, 12, 21)));
    /// # Ok::<(), p80::backlog::BacklogError>(())
    /// ```
    pub fn read(text: &str, options: &ReadOptions) -> Result<Self, BacklogError> {
        let mut rows = Rows::of(text)?;
        let mut row = StringRecord::new();
        if rows.next(&mut row)?.is_none() {
            return Err(BacklogError::Empty);
        }
        let columns = Columns::of(&row, &options.map)?;
        let missing = |what| BacklogError::NoColumn { what, columns: columns.listed() };
        if !columns.has(Field::Key) {
            return Err(missing("what an issue is called (`key`)"));
        }
        if !(columns.has(Field::Done) || columns.has(Field::Status) || columns.has(Field::Category)) {
            return Err(missing("whether an issue is done (`done`, `status` or `category`)"));
        }
        let mut list = Self { has_ranks: columns.has(Field::Rank), ..Self::default() };
        list.note_columns(&columns);
        let mut dates: Vec<Dates> = Vec::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        while let Some(line) = rows.next(&mut row)? {
            let (issue, written) = list.row(line, &row, &columns, options);
            let Some(issue) = issue else { continue };
            if !known.insert(issue.key.clone()) {
                list.note(NoteKind::LeftOut, line, &issue.key, "an issue with this key stands further up");
                continue;
            }
            list.issues.push(issue);
            dates.push(written);
        }
        if let Some(line) = rows.breaks_off_at() {
            let what =
                "the file breaks off in a quote that is never closed: this row, and whatever came after it";
            list.note(NoteKind::LeftOut, line, "", what);
        }
        let order = order(&list.issues, &dates, options.dates)?;
        list.dates = order;
        list.settle(&dates, order.unwrap_or(DateOrder::DayFirst));
        list.roles();
        Ok(list)
    }

    fn note(&mut self, kind: NoteKind, line: u64, about: &str, what: &str) {
        let about = about.chars().take(LONGEST).collect();
        self.notes.push(Note { kind, line, about, what: what.to_owned() });
    }

    /// Columns of which nothing is used.
    fn note_columns(&mut self, columns: &Columns) {
        for name in columns.unused() {
            self.note(NoteKind::LeftOut, 1, &name, "nothing is forecast from this column");
        }
        let sprints = columns.headings_of(Field::Sprint).len();
        if sprints > 0 {
            let about = format!("Sprint ({sprints})");
            self.note(NoteKind::LeftOut, 1, &about, "weeks are counted by dates, not by sprints");
        }
        for name in columns.headings_of(Field::OtherLink) {
            self.note(NoteKind::LeftOut, 1, &name, "only links that block tie work");
        }
    }

    /// One row; nothing if it is no issue.
    fn row(
        &mut self,
        line: u64,
        row: &StringRecord,
        columns: &Columns,
        options: &ReadOptions,
    ) -> (Option<Issue>, Dates) {
        let own =
            |field| columns.first(row, field).map(|text| text.chars().take(LONGEST).collect::<String>());
        let Some(key) = own(Field::Key) else {
            self.note(NoteKind::LeftOut, line, "", "the row has no key");
            return (None, Dates::default());
        };
        if row.len() > columns.len() {
            let what = "the row has more cells than the header has columns: those beyond are not read";
            self.note(NoteKind::Changed, line, &key, what);
        }
        let said = Said {
            status: columns.first(row, Field::Status),
            category: columns.first(row, Field::Category),
            resolution: columns.first(row, Field::Resolution),
            has_done_date: columns.first(row, Field::Done).is_some(),
        };
        let mut date = |field: Field, what: &str| {
            let text = columns.first(row, field)?;
            let why = match Written::parse(text) {
                Ok(written) => return Some(written),
                Err(BadDate::None) => "is not a date, and not used",
                Err(BadDate::OutOfRange) => "lies outside of 1970 to 2200, and is not used",
            };
            self.note(NoteKind::Changed, line, &key, &format!("the date on which it {what} {why}"));
            None
        };
        let dates = Dates {
            created: date(Field::Created, "was created"),
            started: date(Field::Started, "was begun"),
            done: date(Field::Done, "was finished"),
            due: date(Field::Due, "is due"),
            updated: date(Field::Updated, "was changed"),
        };
        let list = |field: Field| -> Vec<String> {
            let cells = columns.all(row, field).flat_map(|cell| cell.split([',', ';', ' ']));
            cells.filter(|part| !part.is_empty()).take(MOST_LINKS).map(str::to_owned).collect()
        };
        let hours =
            [Field::Remaining, Field::Estimate].into_iter().find_map(|field| hours(own(field)?.as_str()));
        let issue = Issue {
            line,
            id: own(Field::Id),
            title: own(Field::Title).unwrap_or_default(),
            kind: own(Field::Type).unwrap_or_default(),
            state: state(&said, options),
            project: own(Field::Project),
            rank: own(Field::Rank),
            hours,
            parents: list(Field::Parent),
            blocks: list(Field::Blocks),
            blocked_by: list(Field::BlockedBy),
            owner: own(Field::Owner),
            key,
            ..Issue::default()
        };
        (Some(issue), dates)
    }

    /// Dates as they are meant.
    fn settle(&mut self, dates: &[Dates], order: DateOrder) {
        let mut notes = Vec::new();
        for (issue, written) in self.issues.iter_mut().zip(dates) {
            let mut note = |kind, what: &str| {
                let (line, about) = (issue.line, issue.key.clone());
                notes.push(Note { kind, line, about, what: what.to_owned() });
            };
            let mut read = |date: Option<Written>, what: &str| {
                let found = date?.read(order);
                if found.is_none() {
                    note(
                        NoteKind::Changed,
                        &format!("the date on which it {what} is none with the {order}, and not used"),
                    );
                }
                found
            };
            issue.created = read(written.created, "was created");
            issue.started = read(written.started, "was begun");
            issue.due = read(written.due, "is due");
            let done = read(written.done, "was finished");
            let updated = read(written.updated, "was changed");
            issue.done = done.filter(|_| issue.state == State::Done);
            match (issue.state, done) {
                (State::Done, None) => note(NoteKind::Odd, "it is done without a date, and so in no week"),
                (State::Open, Some(_)) => note(NoteKind::Odd, "it is open although it was finished once"),
                _ => {}
            }
            if issue.created.zip(issue.done).is_some_and(|(created, done)| done < created) {
                note(NoteKind::Odd, "it was finished before it was created; the date of its finish is used");
            }
            issue.touched = issue.created.max(issue.started).max(done).max(updated);
        }
        self.notes.append(&mut notes);
        self.notes.sort_by_key(|note| (note.line, note.kind));
    }

    /// What is an epic, what lies above epics, what is a part of an item, and which epic items belong to.
    fn roles(&mut self) {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, issue) in self.issues.iter().enumerate() {
            // The key is what people see: where a number is a key too, that counts.
            if let Some(id) = &issue.id {
                places.entry(id).or_insert(at);
            }
        }
        for (at, issue) in self.issues.iter().enumerate() {
            places.insert(&issue.key, at);
        }
        let named = |issue: &Issue, word: &str| issue.kind.to_lowercase().replace(['-', ' '], "") == word;
        let above: Vec<Option<usize>> = self
            .issues
            .iter()
            .enumerate()
            .map(|(at, issue)| {
                let known = issue.parents.iter().filter_map(|parent| places.get(parent.as_str()).copied());
                known.filter(|&parent| parent != at).max_by_key(|&parent| named(&self.issues[parent], "epic"))
            })
            .collect();
        let has_types = self.issues.iter().any(|issue| named(issue, "epic"));
        let mut roles = vec![Role::Item; self.issues.len()];
        for (at, issue) in self.issues.iter().enumerate() {
            if named(issue, "epic") {
                roles[at] = Role::Epic;
            } else if named(issue, "subtask") {
                roles[at] = Role::Part;
            }
        }
        for (at, parent) in above.iter().enumerate() {
            let Some(parent) = *parent else { continue };
            if roles[at] == Role::Epic {
                // What holds an epic is above it, whatever it is called.
                if roles[parent] == Role::Item {
                    roles[parent] = Role::Above;
                }
            } else if !has_types && roles[parent] == Role::Item && above[parent].is_none() {
                // A list without types: what others are part of holds them.
                roles[parent] = Role::Epic;
            }
        }
        for (at, parent) in above.iter().enumerate() {
            if let Some(parent) = *parent
                && roles[at] == Role::Item
                && roles[parent] == Role::Item
            {
                roles[at] = Role::Part;
            }
        }
        for (at, issue) in self.issues.iter_mut().enumerate() {
            issue.role = roles[at];
            issue.epic = above[at].filter(|&parent| roles[at] == Role::Item && roles[parent] == Role::Epic);
        }
    }
}

/// What dates begin with that could be read in two ways: as somebody says, or as the file shows.
fn order(
    issues: &[Issue],
    dates: &[Dates],
    stated: Option<DateOrder>,
) -> Result<Option<DateOrder>, BacklogError> {
    let find = |is: &dyn Fn(&Written) -> bool| {
        let mut rows = issues.iter().zip(dates);
        rows.find_map(|(issue, dates)| dates.all().find(|written| is(written)).map(|date| (issue.line, date)))
    };
    let shown = |order| find(&|written: &Written| written.shows() == Some(order));
    if let Some(stated) = stated {
        return Ok(find(&|written: &Written| matches!(written, Written::Either(..))).map(|_| stated));
    }
    match (shown(DateOrder::DayFirst), shown(DateOrder::MonthFirst)) {
        (Some((day_first, _)), Some((month_first, _))) => {
            Err(BacklogError::MixedDates { day_first, month_first })
        }
        (Some(_), None) => Ok(Some(DateOrder::DayFirst)),
        (None, Some(_)) => Ok(Some(DateOrder::MonthFirst)),
        (None, None) => match find(&|written: &Written| written.is_ambiguous()) {
            Some((line, Written::Either(one, two, year))) => {
                Err(BacklogError::AmbiguousDates { line, text: format!("{one:02}/{two:02}/{year}") })
            }
            _ => Ok(None),
        },
    }
}

/// Hours of an estimate: Jira writes seconds, people `2d 4h` with days of eight hours.
fn hours(text: &str) -> Option<f64> {
    if let Ok(seconds) = text.parse::<f64>() {
        return Some(seconds / 3_600.0).filter(|hours| hours.is_finite() && *hours > 0.0 && *hours < 1e6);
    }
    let mut hours = 0.0;
    for part in text.split_whitespace() {
        let end = part.find(char::is_alphabetic)?;
        let number: f64 = part[..end].parse().ok()?;
        hours += number
            * match &part[end..] {
                "w" => 40.0,
                "d" => 8.0,
                "h" => 1.0,
                "m" => 1.0 / 60.0,
                _ => return None,
            };
    }
    Some(hours).filter(|hours| hours.is_finite() && *hours > 0.0 && *hours < 1e6)
}
