//! Ids that people can type, made from names.

use std::collections::BTreeMap;

/// The longest id that is made from a name, in letters.
const LONGEST: usize = 40;

/// A name as an id: its letters and digits in lower case, with `-` between words.
///
/// Empty if the name has neither.
pub(super) fn slug(name: &str) -> String {
    let mut id = String::new();
    let mut letters = 0;
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        // Lower case of some letters is a letter and a mark that stands for none.
        let lower: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
        let length = lower.chars().count();
        if letters > 0 && letters + 1 + length > LONGEST {
            break;
        }
        if letters > 0 {
            id.push('-');
            letters += 1;
        }
        id.extend(lower.chars().take(LONGEST));
        letters += length;
    }
    id
}

/// An id of the tool as an id here: what references cannot hold becomes `-`.
pub(super) fn code(code: &str) -> String {
    let good = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
    code.trim().chars().map(good).collect()
}

/// Ids that are taken in one place, and the number to try next behind each of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken(BTreeMap<String, usize>);

impl Taken {
    /// The wanted id, with a number behind it if it is taken here or in `also`.
    pub fn free(&mut self, wanted: &str, also: &Taken) -> String {
        let mut id = wanted.to_owned();
        // Where many have one name, numbers go on from the last.
        let mut number = self.0.get(wanted).copied().unwrap_or(2);
        while self.0.contains_key(&id) || also.0.contains_key(&id) {
            id = format!("{wanted}-{number}");
            number += 1;
        }
        self.0.insert(wanted.to_owned(), number);
        self.0.entry(id.clone()).or_insert(2);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        assert_eq!(slug("Determine project scope"), "determine-project-scope");
        assert_eq!(slug("  Übergabe (Phase 2) / Süd "), "übergabe-phase-2-süd");
        assert_eq!(slug("..."), "");
        assert!(slug(&"word ".repeat(40)).chars().count() <= LONGEST);
        assert_eq!(code("CR.SW 010"), "CR-SW-010");
        let mut taken = Taken::default();
        let none = Taken::default();
        assert_eq!(
            [taken.free("a", &none), taken.free("a", &none), taken.free("a", &none)],
            ["a", "a-2", "a-3"]
        );
    }
}
