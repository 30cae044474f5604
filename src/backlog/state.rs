//! Whether an issue is done.

use super::State;
use super::list::ReadOptions;

/// Statuses and categories of what is done.
const DONE: [&str; 9] =
    ["done", "closed", "resolved", "complete", "completed", "finished", "released", "accepted", "verified"];

/// Statuses and categories of what is not.
const OPEN: [&str; 16] = [
    "to do",
    "todo",
    "open",
    "new",
    "backlog",
    "in progress",
    "in review",
    "indeterminate",
    "reopened",
    "blocked",
    "selected for development",
    "ready",
    "active",
    "doing",
    "in development",
    "testing",
];

/// Resolutions and statuses of what will never be done.
const DROPPED: [&str; 18] = [
    "won't do",
    "wont do",
    "won't fix",
    "wontfix",
    "won't be done",
    "duplicate",
    "cannot reproduce",
    "can't reproduce",
    "declined",
    "cancelled",
    "canceled",
    "rejected",
    "abandoned",
    "obsolete",
    "invalid",
    "dropped",
    "removed",
    "not planned",
];

/// What a row says of how an issue stands.
pub(super) struct Said<'a> {
    pub status: Option<&'a str>,
    pub category: Option<&'a str>,
    pub resolution: Option<&'a str>,
    /// Whether a date on which it was finished is there, good or bad.
    pub has_done_date: bool,
}

/// How an issue stands: first whether it was dropped, then by the statuses that somebody has named, by the category of
/// its status, by the status itself, and where none of them is known by whether it has a date on which it was finished.
pub(super) fn state(said: &Said<'_>, options: &ReadOptions) -> State {
    let is_one_of = |text: Option<&str>, words: &[&str]| {
        text.is_some_and(|text| words.contains(&text.to_lowercase().replace('\u{2019}', "'").as_str()))
    };
    let is_named = |names: &[String]| {
        let same = |text: Option<&str>| {
            text.is_some_and(|text| {
                names.iter().any(|name| name.trim().to_lowercase() == text.to_lowercase())
            })
        };
        same(said.status) || same(said.category) || same(said.resolution)
    };
    if is_named(&options.dropped) {
        return State::Dropped;
    }
    if options.dropped.is_empty()
        && (is_one_of(said.resolution, &DROPPED) || is_one_of(said.status, &DROPPED))
    {
        return State::Dropped;
    }
    if !options.done.is_empty() {
        return if is_named(&options.done) { State::Done } else { State::Open };
    }
    for text in [said.category, said.status] {
        if is_one_of(text, &DONE) {
            return State::Done;
        }
        if is_one_of(text, &OPEN) {
            return State::Open;
        }
    }
    if said.has_done_date { State::Done } else { State::Open }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(
        status: &str,
        category: &str,
        resolution: &str,
        has_done_date: bool,
        options: &ReadOptions,
    ) -> State {
        let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let own = |text: &str| some(Box::leak(text.to_owned().into_boxed_str()));
        let said =
            Said { status: own(status), category: own(category), resolution: own(resolution), has_done_date };
        state(&said, options)
    }

    #[test]
    fn the_category_outranks_the_status_and_the_status_the_date() {
        let usual = ReadOptions::default();
        assert_eq!(of("Abnahme", "Done", "Done", true, &usual), State::Done);
        assert_eq!(of("Done", "In Progress", "", true, &usual), State::Open);
        assert_eq!(of("Reopened", "", "", true, &usual), State::Open, "it was finished once");
        assert_eq!(of("Erledigt", "", "", true, &usual), State::Done);
        assert_eq!(of("Erledigt", "", "", false, &usual), State::Open);
        assert_eq!(of("Closed", "Done", "Won\u{2019}t Fix", true, &usual), State::Dropped);
        let own = ReadOptions { done: vec!["abnahme".into()], dropped: vec!["Storniert".into()], ..usual };
        assert_eq!(of("Abnahme", "In Progress", "", false, &own), State::Done);
        assert_eq!(of("Done", "", "", true, &own), State::Open);
        assert_eq!(of("Storniert", "", "", true, &own), State::Dropped);
    }
}
