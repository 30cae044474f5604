//! From a plan to the raw types of a scenario.

mod calendars;
mod links;
mod names;
mod program;
mod progress;
mod quantities;
mod tasks;

pub(super) use program::{TEMPLATE, build, template};
