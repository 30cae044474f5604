//! What is varied: a path and its values.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::range::values as range_values;

/// A path in the scenario with the values that it takes one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaryAxis {
    /// The path, as variants write it: `risks.R-07.probability`.
    pub path: String,
    /// The values as they were given.
    pub values: Vec<String>,
}

/// Why a text says nothing that can be varied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AxisError {
    /// No path, or no value.
    #[error(
        "`{0}` is no PATH=VALUES: write `risks.R-07.probability=0.1..0.5:0.1` or `tasks.build.duration=10d,15d`"
    )]
    NoAxis(String),
    /// A range that leads nowhere.
    #[error(
        "`{0}` is no range: write FROM..TO:STEP with numbers (0.1..0.5:0.1), durations of one unit (10d..30d:5d) or \
         dates (2027-01-11..2027-06-28:2w), at most 100,000 values"
    )]
    NoRange(String),
    /// A value twice.
    #[error("`{path}` is given the value `{value}` twice")]
    Twice {
        /// The path.
        path: String,
        /// The value.
        value: String,
    },
}

impl FromStr for VaryAxis {
    type Err = AxisError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let no_axis = || AxisError::NoAxis(text.to_owned());
        let (path, written) = text.split_once('=').ok_or_else(no_axis)?;
        let (path, written) = (path.trim(), written.trim());
        if path.is_empty() || written.is_empty() || path.chars().any(char::is_control) {
            return Err(no_axis());
        }
        let mut values = Vec::new();
        for piece in pieces(written) {
            let piece = piece.trim();
            if piece.is_empty() || piece.chars().any(char::is_control) {
                return Err(no_axis());
            }
            match piece.split_once("..") {
                Some((from, rest)) if !piece.starts_with(['"', '\'', '[', '{']) => {
                    let no_range = || AxisError::NoRange(piece.to_owned());
                    let (to, step) = rest.rsplit_once(':').ok_or_else(no_range)?;
                    values.extend(range_values(from.trim(), to.trim(), step.trim()).ok_or_else(no_range)?);
                }
                _ => values.push(piece.to_owned()),
            }
        }
        let mut sorted: Vec<&String> = values.iter().collect();
        sorted.sort();
        if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(AxisError::Twice { path: path.to_owned(), value: pair[0].clone() });
        }
        Ok(Self { path: path.to_owned(), values })
    }
}

impl VaryAxis {
    /// The line of a table of settings that sets one of its values.
    #[must_use]
    pub fn setting(&self, at: usize) -> String {
        format!("{} = {}\n", quoted(&self.path), toml_of(&self.values[at]))
    }

    /// The values as numbers, where all of them are.
    #[must_use]
    pub fn numbers(&self) -> Option<Vec<f64>> {
        let number = |text: &String| text.replace('_', "").parse::<f64>().ok().filter(|n| n.is_finite());
        self.values.iter().map(number).collect()
    }
}

/// A list at the commas that stand in no bracket and no quotes.
fn pieces(text: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut start, mut pieces) = (0_i32, None, 0, Vec::new());
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(letter),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth -= 1,
            (None, ',') if depth <= 0 => {
                pieces.push(&text[start..at]);
                start = at + 1;
            }
            (None, _) => {}
        }
    }
    pieces.push(&text[start..]);
    pieces
}

/// A value as TOML: what TOML cannot read is taken for a text, so that `10d` needs no quotes.
fn toml_of(value: &str) -> String {
    if toml::de::DeValue::parse(value).is_ok() { value.to_owned() } else { quoted(value) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(text: &str) -> Result<VaryAxis, AxisError> {
        text.parse()
    }

    #[test]
    fn lists_and_ranges_may_be_mixed() {
        let risk = axis("risks.R-07.probability=0.05, 0.1..0.3:0.1").unwrap();
        assert_eq!(
            (risk.path.as_str(), &risk.values[..]),
            ("risks.R-07.probability", &["0.05", "0.1", "0.2", "0.3"].map(String::from)[..])
        );
        assert_eq!(risk.setting(1), "\"risks.R-07.probability\" = 0.1\n");
        assert_eq!(risk.numbers(), Some(vec![0.05, 0.1, 0.2, 0.3]));
        let laws = axis("tasks.a.duration={ pert = [\"1d\", \"2d\", \"5d\"] },3d,\"a, b\"").unwrap();
        assert_eq!(laws.values.len(), 3);
        assert_eq!(laws.setting(0), "\"tasks.a.duration\" = { pert = [\"1d\", \"2d\", \"5d\"] }\n");
        assert_eq!(laws.setting(1), "\"tasks.a.duration\" = \"3d\"\n");
        assert_eq!(laws.numbers(), None);
    }

    #[test]
    fn what_varies_nothing_is_refused() {
        for text in ["", "a", "=1", "a=", "a=1,,2", "a=1\nb=2"] {
            assert_eq!(axis(text), Err(AxisError::NoAxis(text.to_owned())));
        }
        for range in ["0.1..0.5", "1..a:1", "5..1:1"] {
            assert_eq!(axis(&format!("a={range}")), Err(AxisError::NoRange(range.to_owned())));
        }
        assert!(matches!(axis("a=1,2,1"), Err(AxisError::Twice { .. })));
        assert!(matches!(axis("a=0.1..0.3:0.1,0.2"), Err(AxisError::Twice { .. })));
    }
}
