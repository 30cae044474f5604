//! What a value looks like as TOML, for scenarios that a program makes.

/// A TOML value to be written, in the order in which its keys are documented.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A date as TOML writes it, without quotes.
    Date(String),
    /// A list.
    List(Vec<Item>),
    /// A table.
    Table(Vec<(String, Item)>),
}

impl Item {
    /// A list of one element as the element itself, which [`super::Many`] also accepts.
    #[must_use]
    pub fn one_or_many(mut list: Vec<Self>) -> Self {
        match (list.len(), list.pop()) {
            // A list in a list would lose its brackets.
            (1, Some(one)) if !matches!(one, Self::List(_)) => one,
            (_, last) => {
                list.extend(last);
                Self::List(list)
            }
        }
    }
}
