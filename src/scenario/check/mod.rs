//! From raw parts to a program, with every problem reported in one pass.
//!
//! **Invariant:** a program comes out only if no error was reported; a part that cannot be read is
//! replaced by something harmless so that the checks of the others go on.

mod advice;
mod amounts;
mod assembly;
mod assembly_money;
mod benefits;
mod branches;
mod build;
mod calendars;
mod cancellations;
mod context;
mod contracts;
mod correlations;
mod costs;
mod courses;
mod drawn_names;
mod drivers;
mod estimate;
mod exchanges;
mod finance;
mod impacts;
mod law;
mod law_parts;
mod leads;
mod links;
mod meter;
mod moments;
mod names;
mod pace;
mod program;
mod references;
mod report;
mod rework;
mod risks;
mod roles;
mod samples;
mod scales;
mod settings;
mod statuses;
mod tasks;
mod template;
mod throughput;
mod timed;
mod tree;
mod when;
mod windows;

pub(super) use assembly::Assembly;
pub(super) use names::check_id;
pub(super) use program::check;
