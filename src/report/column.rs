//! What a column of a table holds, told by its name: units are in names.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Words,
    /// A date.
    Date,
    /// Money in major units of the currency that the name ends with.
    Money,
    /// A share or a probability, 0 to 1.
    Share,
    /// Days.
    Days,
    /// A count.
    Count,
    /// Another number, or words.
    Number,
}

impl ColumnKind {
    /// By the name of a column, in a program of this currency.
    #[must_use]
    pub fn of(column: &str, currency: &str) -> Self {
        let is_share = [
            "_share",
            "_index",
            "probability",
            "_shrinks",
            "frequency",
            "probability_after",
            "probability_gain",
        ];
        if column.ends_with("_date") || matches!(column, "date" | "from" | "to" | "until") {
            Self::Date
        } else if column.ends_with(&format!("_{currency}")) {
            Self::Money
        } else if is_share.iter().any(|end| column.ends_with(end)) || column == "share" {
            Self::Share
        } else if column.ends_with("_days") || column.ends_with("_days_earlier") {
            Self::Days
        } else if matches!(column, "iterations" | "iteration" | "members" | "links" | "tasks")
            || column.ends_with("_minutes")
        {
            Self::Count
        } else {
            Self::Number
        }
    }
}
