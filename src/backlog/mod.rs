//! Lists of issues: what a team has finished in which week, and what is left.
//!
//! A list comes out of an issue tracker as CSV; every tool names its columns and writes its dates in its own way.
//! [`IssueList::read`] makes issues of it, [`History`] weekly completions, [`Forecast`] answers when and how many, and
//! [`backtest`] says how often such answers would have held.
//!
//! **Invariant:** text in, values out. A row that is not used as it stands has a [`Note`]. **Invariant:** memory and
//! time are bounded by the size of the text, whatever it holds.

mod amount;
mod backtest;
mod column;
mod date;
mod error;
mod forecast;
mod history;
mod issue;
mod list;
mod note;
mod rows;
mod state;
mod team;

pub use amount::Amount;
pub use backtest::{Backtest, Origin, backtest};
pub use column::{field_names, looks_like_issues};
pub use date::DateOrder;
pub use error::BacklogError;
pub use forecast::{Forecast, Remaining};
pub use history::{History, WINDOW, monday_of};
pub use issue::{Issue, Role, State};
pub use list::{IssueList, ReadOptions};
pub use note::{Note, NoteKind};
pub use team::{Scope, Team};
