//! What a table is about.

use std::fmt;

/// What a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Work, one row each.
    Tasks,
    /// The risk register.
    Risks,
    /// Dependencies, one row each.
    Links,
    /// The work breakdown: what holds what.
    Breakdown,
    /// Working weeks and holidays.
    Calendar,
    /// Words for probabilities and impacts.
    Scales,
    /// Settings of the program: a name and a value in each row.
    Program,
    /// Estimates with what they became.
    History,
}

impl Kind {
    /// All that make scenarios, in the order in which they are tried.
    pub const ALL: [Self; 7] =
        [Self::Risks, Self::Tasks, Self::Links, Self::Breakdown, Self::Calendar, Self::Scales, Self::Program];

    /// The columns that it knows: the name of the column here and what people call it.
    pub fn fields(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Tasks => super::synonyms::TASKS,
            Self::Risks => super::synonyms::RISKS,
            Self::Links => super::synonyms::LINKS,
            Self::Breakdown => super::synonyms::BREAKDOWN,
            Self::Calendar => super::synonyms::CALENDAR,
            Self::Scales => super::synonyms::SCALES,
            Self::Program => super::synonyms::PROGRAM,
            Self::History => super::synonyms::HISTORY,
        }
    }

    /// Columns with three points: their common beginning, which is not written in front of low, most likely and high
    /// where it is the first.
    pub fn bases(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Tasks => super::synonyms::TASK_BASES,
            Self::Risks => super::synonyms::RISK_BASES,
            _ => &[],
        }
    }

    /// Whether columns of these meanings make a table of this kind.
    pub fn is_made_of(self, fields: &[&str]) -> bool {
        let has = |wanted: &[&str]| wanted.iter().any(|field| fields.contains(field));
        match self {
            Self::Risks => {
                has(&["probability", "rate"])
                    && has(&["id", "title"])
                    && !has(&["duration", "after", "low", "mode", "high"])
            }
            Self::Tasks => {
                has(&["id", "name"])
                    && has(&[
                        "duration", "low", "mode", "high", "after", "finish", "kind", "cost", "calendar",
                    ])
                    && !has(&["above"])
            }
            Self::Links => has(&["from"]) && has(&["to"]),
            Self::Breakdown => has(&["wbs"]) && has(&["name"]),
            Self::Calendar => has(&["day"]) && has(&["hours", "until", "holiday"]),
            Self::Scales => has(&["word"]) && has(&["low"]) && has(&["scale"]),
            Self::Program => has(&["setting"]) && has(&["value"]),
            Self::History => has(&["estimate"]) && has(&["actual"]),
        }
    }
}

/// What a column of a table of tasks or risks, or of a history, can be, by its name here.
#[must_use]
pub fn table_fields() -> Vec<&'static str> {
    let mut fields: Vec<&'static str> = Vec::new();
    for kind in [Kind::Tasks, Kind::Risks, Kind::History] {
        for field in super::heading::all_fields(kind) {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
    }
    fields
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tasks => "tasks",
            Self::Risks => "risks",
            Self::Links => "links",
            Self::Breakdown => "work breakdown",
            Self::Calendar => "calendar",
            Self::Scales => "scales",
            Self::Program => "program",
            Self::History => "history",
        })
    }
}
