//! One thing that was expected, and what was found.

use serde::{Serialize, Serializer};

/// A number, or something that is compared letter by letter.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// A number.
    Number(f64),
    /// Anything else.
    Text(String),
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

/// One check of the self-test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// What part of the program it is about.
    pub group: &'static str,
    /// What is checked.
    pub name: String,
    /// What it is known to be.
    pub expected: Figure,
    /// What it is here.
    pub found: Figure,
    /// By how much the two may differ.
    pub allowed: f64,
    /// Whether they differ by no more.
    pub pass: bool,
}

impl Check {
    /// A number that must come near another. A found value that is no number does not pass.
    #[must_use]
    pub fn near(
        group: &'static str,
        name: impl Into<String>,
        expected: f64,
        found: f64,
        allowed: f64,
    ) -> Self {
        let pass = (found - expected).abs() <= allowed;
        let (expected, found) = (Figure::Number(expected), Figure::Number(found));
        Self { group, name: name.into(), expected, found, allowed, pass }
    }

    /// A text that must be another, letter by letter.
    #[must_use]
    pub fn same(
        group: &'static str,
        name: impl Into<String>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        let (expected, found) = (expected.into(), found.into());
        let pass = expected == found;
        let (expected, found) = (Figure::Text(expected), Figure::Text(found));
        Self { group, name: name.into(), expected, found, allowed: 0.0, pass }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_expected_does_not_pass() {
        assert!(Check::near("g", "n", 1.0, 1.05, 0.1).pass);
        assert!(!Check::near("g", "n", 1.0, 1.15, 0.1).pass);
        assert!(!Check::near("g", "n", 1.0, f64::NAN, 0.1).pass);
        assert!(Check::same("g", "n", "a", "a").pass);
        assert!(!Check::same("g", "n", "a", "b").pass);
    }
}
