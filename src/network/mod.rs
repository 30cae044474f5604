//! The network: a program as flat arrays in topological order, and the critical path method on them.
//!
//! One pass costs no allocation: [`Network::pass`] makes the scratch memory, [`Network::forward`],
//! [`Network::backward`] and [`Network::trace`] fill it for the durations of one iteration. These scalar
//! functions are the specification that a faster engine must meet bit for bit.
//!
//! # Work space
//! A task counts in the minutes of its own calendar (or of the clock, if its duration is elapsed time).
//! With `worked(t)` the minutes before the instant `t`, `finish_at(v)` the earliest instant by which `v`
//! minutes are worked and `start_at(v)` the latest one (see [`crate::calendar::WorkTable`]), a task of
//! `d > 0` minutes takes the place
//!
//! `w = max(worked(r), worked(x) - d)`
//!
//! where `r` is the latest instant that holds back its start (FS and SS links, program start, status date,
//! no-earlier-than dates) and `x` the latest one that holds back its finish (FF and SF links). Windows move
//! `w` to the next place that they allow. Then `start = start_at(w)` and `finish = finish_at(w + d)`.
//! A task with `d = 0` is an instant, `max(r, finish_at(worked(x)))`, and is not moved to working time
//! unless a window binds it.
//!
//! # Lags
//! `t` shifted by `L` minutes of a calendar is `t` for `L = 0`, else `finish_at(worked(t) + L)`.
//!
//! # Late dates
//! Every step above is monotone, and each has an exact inverse: `finish_at(v) <= t` if and only if
//! `v <= worked(t)`, and `t <= start_at(v)` if and only if `worked(t) <= v`. The backward pass applies the
//! inverses in reverse order, so a late date is not an approximation: one minute later moves the target.
//!
//! Three places are not exact. A link from the earliest start of a project bounds a task only if it alone
//! holds that start, and its own effect on other tasks of the project is not followed. A lag that is a share
//! of the span of a whole project counts as fixed. The departure of a release train counts as fixed.
//!
//! # Conventions
//! With [`crate::model::Conventions::MsProject`] the status date holds nothing back, unless a report says so. Must dates,
//! and no-later-than dates of Microsoft Project, hold the deterministic [`Schedule`] against links, never an iteration.
//! Nothing else differs: early and late dates and slack of real schedules agree as they are.
//!
//! **Invariant:** nothing is allocated per iteration, and no pass panics for any durations of at most the
//! `worst` ones for which the network was compiled.

mod actual;
mod backward;
mod bounds;
mod compile;
mod decisions;
mod error;
mod forward;
mod free;
mod gates;
mod goal;
mod held;
mod inputs;
mod lag;
mod lanes;
mod limits;
mod merge;
mod minutes;
mod node;
mod order;
mod pass;
mod place;
mod presence;
mod schedule;
mod stops;
mod strikes;
mod summary;
mod tables;
mod trace;
mod trains;
mod windowed;

pub use compile::Network;
pub use decisions::Bill;
pub use error::CompileError;
pub use inputs::Inputs;
pub use lanes::{LaneDates, LanePass, LanePlan, LaneState, LaneStrike, LaneStrikes, LaneTasks, LaneTotal};
pub use pass::{ChainStart, Pass};
pub use schedule::{Schedule, ScheduledTask};
pub use stops::Stop;
pub use strikes::{Strike, StrikeKind, Total};
