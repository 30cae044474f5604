//! What is odd about a row, and what was done about it.

/// What kind of oddity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// The row, or something in it, is not used.
    LeftOut,
    /// It is used, but not as it stands.
    Changed,
    /// It is used as it stands, and looks wrong.
    Odd,
}

/// What is odd about a row, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What kind.
    pub kind: NoteKind,
    /// The line of the file, counted from 1; 0 for the file as a whole.
    pub line: u64,
    /// The key of the issue, or what else it is about.
    pub about: String,
    /// What is odd, the same words for all rows alike.
    pub what: String,
}
