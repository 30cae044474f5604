//! What stands in a cell.

use jiff::civil::DateTime;

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::import) enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// A text, trimmed and never empty.
    Text(String),
    /// A finite number.
    Number(f64),
    /// A number that is shown as a percentage, as a share: 0.3 for `30 %`.
    Share(f64),
    /// A date with its time.
    Date(DateTime),
    /// Yes or no.
    Flag(bool),
    /// What cannot be used, in words: `#REF!`.
    Error(String),
}

impl Value {
    /// A text, or nothing where it is blank.
    pub fn of_text(text: &str) -> Self {
        // Blanks that do not break come with copies from web pages.
        let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if trimmed.is_empty() { Self::Empty } else { Self::Text(trimmed.to_owned()) }
    }

    /// Whether nothing stands here.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// As people read it; empty for nothing.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Share(share) => format!("{} %", (share * 1e8).round() / 1e6),
            Self::Date(at) if at.time() == jiff::civil::Time::midnight() => at.date().to_string(),
            Self::Date(at) => at.to_string(),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        }
    }
}
