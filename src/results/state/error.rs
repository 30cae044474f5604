//! Why bytes are no statistics.

/// Why bytes cannot be read as the statistics of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// There are fewer bytes than what they begin.
    #[error("the statistics end too early")]
    Ends,
    /// There are more.
    #[error("something follows the statistics")]
    Continues,
    /// A number that no simulation of this program can have counted.
    #[error("the statistics do not fit the program: {0}")]
    Unfitting(&'static str),
}
