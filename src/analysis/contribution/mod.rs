//! What the distance of a percentile from the plan consists of (semantics, section 4).
//!
//! Players are switches: a risk, the uncertainty of a group of estimates, windows and freezes. A coalition is
//! the version of the program in which the players outside of it are off, and its value the percentile of
//! that version, always on the same draws.

mod apportion;
mod game;
mod grouping;
mod player;
mod players;
mod shapley;
mod split;
mod waterfall;

pub use apportion::apportion;
pub use game::{Game, GameError, PARTS, Value};
pub use grouping::{Grouping, GroupingError};
pub use player::{Kind, Player};
pub use players::players;
pub use shapley::{Shares, Sharing, shares};
pub use split::{ContingencyLine, Holder, open_risks, sampled_tasks, split};
pub use waterfall::{Bar, Contribution, Waterfall, contribution, standard_error};
