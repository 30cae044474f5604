//! The passes for a block of iterations at once, with the bits of the scalar ones.
//!
//! A task that starts and finishes in its own working time is known by its place, a number of working
//! minutes; links within one calendar add and compare places and need no calendar at all, because
//! `worked(finish_at(v)) = worked(start_at(v)) = v`. Dates are looked up where a link leads into another
//! calendar, where an event needs its instant, and where somebody asks for them.
//!
//! **Invariant:** nothing here decides differently from the scalar passes. Lanes in which work has no window
//! left, or never finishes, are marked and left to the scalar passes. Where places in windows are counted, the
//! tasks that compete for them, and what lies between two of them, are visited by the scalar pass lane by
//! lane.

mod actual;
mod arrivals;
mod backward;
mod decisions;
mod forward;
mod gates;
mod idle;
mod late;
mod pass;
mod plan;
mod presence;
mod steps;
mod strikes;
mod trace;

pub use pass::{LaneDates, LanePass, LaneState};
pub use plan::{LanePlan, LaneTasks};
pub use strikes::{LaneStrike, LaneStrikes, LaneTotal};
