//! What the columns of a list say.

use csv::StringRecord;

use super::BacklogError;
use super::rows::Rows;

/// The most names of columns that a message lists.
const MOST_NAMES: usize = 40;

/// What a column can say about an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Key,
    Id,
    Title,
    Type,
    Status,
    Category,
    Resolution,
    Created,
    Started,
    Done,
    Updated,
    Due,
    Rank,
    Estimate,
    Remaining,
    Parent,
    Project,
    Owner,
    Blocks,
    BlockedBy,
    OtherLink,
    /// Repeated by Jira for every sprint that an issue was in; nothing is forecast from it.
    Sprint,
}

/// Every field with the name that a mapping gives it, and what tools call its column: the best name first. Names are
/// lower case, with blanks for underscores, and without `custom field (...)` around them.
const FIELDS: [(Field, &str, &[&str]); 20] = [
    (
        Field::Key,
        "key",
        &["issue key", "key", "work item id", "ticket", "issue", "identifier", "number", "id"],
    ),
    (Field::Id, "id", &["issue id", "id"]),
    (Field::Title, "title", &["summary", "title", "name", "subject"]),
    (Field::Type, "type", &["issue type", "work item type", "type", "tracker"]),
    (Field::Status, "status", &["status", "state"]),
    (Field::Category, "category", &["status category"]),
    (Field::Resolution, "resolution", &["resolution"]),
    (Field::Created, "created", &["created", "created date", "created at", "creation date", "date created"]),
    (
        Field::Started,
        "started",
        &["start date", "started", "started at", "started date", "activated date", "in progress date"],
    ),
    (
        Field::Done,
        "done",
        &[
            "resolved",
            "resolution date",
            "resolutiondate",
            "resolved date",
            "finished date",
            "finished",
            "finished at",
            "done date",
            "closed date",
            "closed at",
            "closed",
            "completed",
            "completed date",
            "completed at",
            "completion date",
            "date closed",
            "done",
        ],
    ),
    (Field::Updated, "updated", &["updated", "updated at", "changed date"]),
    (Field::Due, "due", &["due date", "due", "target date"]),
    (Field::Rank, "rank", &["rank", "stack rank", "backlog priority"]),
    (Field::Estimate, "estimate", &["original estimate"]),
    (Field::Remaining, "remaining", &["remaining estimate"]),
    (
        Field::Parent,
        "parent",
        &["parent key", "parent id", "parent", "epic link", "epic key", "epic", "custom field (epic link)"],
    ),
    (Field::Project, "project", &["project key", "project", "project name", "team"]),
    (Field::Owner, "owner", &["assignee", "assigned to", "owner"]),
    (Field::Blocks, "blocks", &["outward issue link (blocks)", "blocks"]),
    (
        Field::BlockedBy,
        "blocked_by",
        &["inward issue link (blocks)", "blocked by", "is blocked by", "depends on"],
    ),
];

/// The names by which a mapping calls what a column can say.
#[must_use]
pub fn field_names() -> Vec<&'static str> {
    FIELDS.iter().map(|&(_, name, _)| name).collect()
}

/// A heading as it is compared.
fn plain(heading: &str) -> String {
    let lower = heading.trim().to_lowercase().replace('_', " ");
    match lower.strip_prefix("custom field (").and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => inner.to_owned(),
        None => lower,
    }
}

/// The columns of a list by what they say.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// By column: what it says, and how good its name is for that; the less the better.
    said: Vec<Option<(Field, usize)>>,
    /// For each field its columns, the best name first, then from left to right.
    by_field: Vec<(Field, Vec<usize>)>,
    headings: Vec<String>,
}

impl Columns {
    /// The columns of a header; `map` says what a heading means, whatever it is called otherwise.
    ///
    /// # Errors
    /// [`BacklogError`] if a mapping names a heading or a meaning that does not exist.
    pub fn of(header: &StringRecord, map: &[(String, String)]) -> Result<Self, BacklogError> {
        let headings: Vec<String> = header.iter().map(|cell| cell.trim().to_owned()).collect();
        let mut said: Vec<Option<(Field, usize)>> = headings.iter().map(|heading| meaning(heading)).collect();
        // An `id` is the key where nothing better is there, and what parents refer to where something is.
        let best_key =
            said.iter().flatten().filter(|(field, _)| *field == Field::Key).map(|said| said.1).min();
        let id_name = FIELDS[0].2.len() - 1;
        for (at, heading) in headings.iter().enumerate() {
            if plain(heading) == "id" && best_key.is_some_and(|best| best < id_name) {
                said[at] = Some((Field::Id, 1));
            }
        }
        for (heading, name) in map {
            let field = FIELDS.iter().find(|&&(_, known, _)| known == name);
            let &(field, ..) = field.ok_or_else(|| BacklogError::UnknownField(name.clone()))?;
            let wanted = heading.trim().to_lowercase();
            let mut is_there = false;
            for (at, _) in headings.iter().enumerate().filter(|(_, known)| known.to_lowercase() == wanted) {
                said[at] = Some((field, 0));
                is_there = true;
            }
            if !is_there {
                let name = heading.clone();
                return Err(BacklogError::UnknownColumn { name, columns: listed(&headings) });
            }
            // What somebody says outranks what a heading seems to say.
            for (at, said) in said.iter_mut().enumerate() {
                let is_named = map
                    .iter()
                    .any(|(heading, _)| heading.trim().to_lowercase() == headings[at].to_lowercase());
                if !is_named && said.is_some_and(|(other, _)| other == field) {
                    *said = None;
                }
            }
        }
        let mut by_field: Vec<(Field, Vec<usize>)> = Vec::new();
        let mut places: Vec<(Field, usize, usize)> = said
            .iter()
            .enumerate()
            .filter_map(|(at, said)| said.map(|(field, rank)| (field, rank, at)))
            .collect();
        places.sort_unstable();
        for (field, _, at) in places {
            match by_field.last_mut() {
                Some((last, columns)) if *last == field => columns.push(at),
                _ => by_field.push((field, vec![at])),
            }
        }
        Ok(Self { said, by_field, headings })
    }

    /// Whether any column says something.
    pub fn has(&self, field: Field) -> bool {
        self.by_field.iter().any(|(known, _)| *known == field)
    }

    fn columns(&self, field: Field) -> &[usize] {
        self.by_field.iter().find(|(known, _)| *known == field).map_or(&[], |(_, columns)| columns)
    }

    /// Everything that the columns of a field say of an issue, without what is empty.
    pub fn all<'a>(&'a self, row: &'a StringRecord, field: Field) -> impl Iterator<Item = &'a str> {
        let cells = self.columns(field).iter().filter_map(|&at| row.get(at));
        cells.map(str::trim).filter(|cell| !matches!(*cell, "" | "-" | "null" | "NULL" | "None" | "n/a"))
    }

    /// The first that the columns of a field say of an issue.
    pub fn first<'a>(&'a self, row: &'a StringRecord, field: Field) -> Option<&'a str> {
        self.all(row, field).next()
    }

    /// The headings of a field.
    pub fn headings_of(&self, field: Field) -> Vec<String> {
        self.columns(field).iter().map(|&at| self.headings[at].clone()).collect()
    }

    /// Headings of which nothing is used, each once.
    pub fn unused(&self) -> Vec<String> {
        let mut unused: Vec<String> = Vec::new();
        for (heading, said) in self.headings.iter().zip(&self.said) {
            if said.is_none() && !heading.is_empty() && !unused.contains(heading) {
                unused.push(heading.clone());
            }
        }
        unused
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.headings.len()
    }

    /// All headings in one line.
    pub fn listed(&self) -> String {
        listed(&self.headings)
    }
}

fn listed(headings: &[String]) -> String {
    let mut names: Vec<String> = Vec::new();
    for heading in headings.iter().filter(|heading| !heading.is_empty()) {
        let short: String = heading.chars().take(60).collect();
        let name = format!("`{short}`");
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(MOST_NAMES);
    names.truncate(MOST_NAMES);
    let all = names.join(", ");
    if more > 0 { format!("{all} and {more} more") } else { all }
}

/// What a heading says by its name.
fn meaning(heading: &str) -> Option<(Field, usize)> {
    let name = plain(heading);
    for (field, _, names) in &FIELDS {
        if let Some(rank) = names.iter().position(|known| *known == name) {
            return Some((*field, rank));
        }
    }
    if name == "sprint" {
        return Some((Field::Sprint, 0));
    }
    let is_link = name.starts_with("inward issue link") || name.starts_with("outward issue link");
    is_link.then_some((Field::OtherLink, 0))
}

/// Whether a text is a list of issues, by its first row: something names each, and something says how it stands.
#[must_use]
pub fn looks_like_issues(text: &str) -> bool {
    let mut header = StringRecord::new();
    let Ok(mut rows) = Rows::of(text) else { return false };
    let Ok(Some(_)) = rows.next(&mut header) else { return false };
    let Ok(columns) = Columns::of(&header, &[]) else { return false };
    let names = |field| columns.headings_of(field).iter().map(|name| plain(name)).collect::<Vec<String>>();
    // A table of tasks may have an id, a status and a share that is completed as well; only a list of issues says when
    // each was created or finished.
    let is_date = |name: &String| name.contains("date") || name.ends_with(" at") || name == "resolved";
    let is_dated = columns.has(Field::Created) || names(Field::Done).iter().any(is_date);
    let has_own_key = names(Field::Key).iter().any(|name| name != "id" && name != "number");
    let has_state =
        columns.has(Field::Status) || columns.has(Field::Category) || columns.has(Field::Resolution);
    columns.has(Field::Key) && (is_dated || (has_own_key && has_state))
}
