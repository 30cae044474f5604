//! How past programs of a kind turned out: the outside view.

/// A reference class: by how much the outcomes of past programs differ from what had been planned.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferenceClass {
    /// Its id.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// Where its figures come from.
    pub source: String,
    /// How many outcomes they were counted from, where these are known.
    pub outcomes: Option<usize>,
    /// By how much to lengthen or to raise what is planned.
    pub uplifts: Vec<Uplift>,
}

/// A share by which a plan without risks is to be raised.
#[derive(Clone, Debug, PartialEq)]
pub struct Uplift {
    /// What it is applied to.
    pub on: UpliftOf,
    /// How careful it is, such as `P80` or `upper bound`.
    pub level: String,
    /// The share: 0.54 makes the whole 1.54 times as large.
    pub share: f64,
}

/// What an uplift is applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpliftOf {
    /// The time from the start of the program to its finish.
    Duration,
    /// The cost of the program.
    Cost,
}
