//! What the user says about an import.

use std::str::FromStr;

use super::IssueOptions;
use crate::scenario::raw::RawDate;

/// How a plan is imported.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportOptions {
    /// The range around every duration that the plan gives no range for.
    pub estimates: Option<Spread>,
    /// The custom fields that hold low, most likely and high; found by their names unless given.
    pub three_point: Option<[String; 3]>,
    /// The name of the program, where the file has none.
    pub name: Option<String>,
    /// The start of the program, where tables have none.
    pub start: Option<RawDate>,
    /// What headings of tables mean: a heading, and the column that it is.
    pub map: Vec<(String, String)>,
    /// How a list of issues becomes tasks.
    pub issues: IssueOptions,
    /// The names of the files, to be remembered.
    pub from: Vec<String>,
    /// What is known of the scenario that the import goes into.
    pub beside: Beside,
}

/// What is known of the scenario that an import goes into.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// Its tasks, milestones and projects.
    pub items: Vec<Item>,
    /// The ids of its calendars.
    pub calendars: Vec<String>,
    /// The words of its scales: `probability`, `delay` or `cost`, and the word.
    pub words: Vec<(String, String)>,
}

/// A task, milestone or project of a scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// The full id.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// What the tool calls it that it was imported from.
    pub source: Option<String>,
}

impl ImportOptions {
    /// Whether the scenario that the import goes into has a word in one of its scales.
    pub(super) fn knows_word(&self, scale: &str, word: &str) -> bool {
        self.beside.words.iter().any(|(known, other)| known == scale && other == word)
    }
}

/// A range around a duration, as shares of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The low end: -0.10 is 10 % less.
    pub low: f64,
    /// The high end: 0.30 is 30 % more.
    pub high: f64,
}

impl FromStr for Spread {
    type Err = String;

    /// Reads `-10%..+30%`, `-10,30`, or `20` for both ways.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no range: write how much less and more, such as `-10%..+30%`");
        let share = |part: &str| -> Option<f64> {
            let part = part.trim().trim_start_matches('±').trim_end_matches('%').trim();
            part.parse().ok().filter(|percent: &f64| percent.is_finite()).map(|percent| percent / 100.0)
        };
        let (low, high) = match text.split_once("..").or_else(|| text.split_once(',')) {
            Some((low, high)) => (share(low).ok_or_else(wrong)?, share(high).ok_or_else(wrong)?),
            None => {
                let both = share(text).ok_or_else(wrong)?;
                (-both, both)
            }
        };
        if low <= -1.0 || low > 0.0 || !(0.0..=100.0).contains(&high) || low == high {
            return Err(format!(
                "`{text}`: the low end lies between -100 % and 0, the high end above 0, such as `-10%..+30%`"
            ));
        }
        Ok(Self { low, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_and_nonsense_is_refused() {
        let read = |text: &str| text.parse::<Spread>().map(|spread| (spread.low, spread.high));
        assert_eq!(read("-10%..+30%"), Ok((-0.1, 0.3)));
        assert_eq!(read("-10,30"), Ok((-0.1, 0.3)));
        assert_eq!(read("±20%"), Ok((-0.2, 0.2)));
        for bad in ["", "a..b", "10..30", "-100..30", "-10..-5", "0"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
