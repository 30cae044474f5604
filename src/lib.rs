//! `p80`: what date and what budget can a program commit to, at what confidence, and what drives it.
//!
//! A scenario file becomes an answer through one-way stages; a module may name only modules above it:
//!
//! 1. [`diag`] what is wrong, where, and what to do; [`units`] instants, minutes, money, percentiles;
//!    [`lanes`] loops over 512 values at once, the same bits on every instruction set.
//! 2. [`calendar`] working time: minutes to dates and back; [`dist`] one law per file; [`backlog`] what a team has
//!    finished in which week, from its list of issues.
//! 3. [`model`] the validated program.
//! 4. [`scenario`] the file format, checked with every problem in one pass.
//!    `import` makes scenarios of other tools' plans.
//! 5. [`network`] flat arrays in topological order and the deterministic critical path method.
//! 6. [`draws`] addressed random numbers: a pure function of seed, stream name and iteration.
//! 7. [`engine`] iterations, one at a time and in parallel; [`results`] what is kept of them.
//! 8. [`analysis`] forecasts from results; [`report`] the numbers of one answer, named and rounded;
//!    [`dossier`] what a document says of them.
//! 9. [`export`] and [`chart`] write a report, [`attachment`] a document; [`evidence`] verifies recorded ones and
//!    this installation.
//! 10. [`shard`] parts of a run as files, and one result of all of them; [`sweep`] many variants on common draws.
//! 11. [`cli`] arguments, terminal and exit codes.
//!
//! **Invariant: one direction.** `tests/architecture.rs` reads the imports and refuses one that points upward.
//!
//! **Invariant: the core sees no disk, clock, terminal or environment.** Everything above `export` takes
//! text or values and returns values; "today" is the scenario's status date.
//!
//! **Invariant: no order-dependent sums.** Simulated time is integer minutes and money integer minor
//! units, so accumulators are exact and merge in any order: the thread count never changes a bit.

// What only some formats need is not dead; a build with all of them says what is.
#![cfg_attr(not(feature = "full"), allow(dead_code, unused_imports))]

pub mod analysis;
#[cfg(feature = "attachments")]
pub mod attachment;
pub mod backlog;
pub mod calendar;
#[cfg(feature = "charts")]
pub mod chart;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diag;
pub mod dist;
#[cfg(feature = "attachments")]
pub mod dossier;
pub mod draws;
pub mod engine;
pub mod evidence;
pub mod export;
pub mod guide;
#[cfg(feature = "import")]
pub mod import;
pub mod lanes;
pub mod model;
pub mod network;
pub mod report;
pub mod results;
pub mod scenario;
pub mod shard;
pub mod sweep;
pub mod units;
