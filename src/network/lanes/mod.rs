//! The passes for a block of iterations at once, with the bits of the scalar ones.
//!
//! A task that starts and finishes in its own working time is known by its place, a number of working
//! minutes; links within one calendar add and compare places and need no calendar at all, because
//! `worked(finish_at(v)) = worked(start_at(v)) = v`. Dates are looked up where a link leads into another
//! calendar, where an event needs its instant, and where somebody asks for them.
//!
//! **Invariant:** nothing here decides differently from the scalar passes. Lanes in which work has no window
//! left, or a task that usually lasts has no minutes, are marked and left to the scalar passes; programs in
//! which places are taken in the order of arrival are left to them altogether, and all but the finish of the target
//! where tasks move as late as possible.

mod actual;
mod backward;
mod decisions;
mod forward;
mod gates;
mod pass;
mod plan;
mod presence;
mod strikes;
mod trace;

pub use pass::{LaneDates, LanePass, LaneState};
pub use plan::LanePlan;
pub use strikes::{LaneStrike, LaneStrikes, LaneTotal};
