//! Microsoft Project XML (MSPDI), as Project 98 to today writes it.
//!
//! Source: Microsoft, *Project XML Data Interchange Schema Reference*. Slack and lags are tenths of a minute there.

mod calendar;
mod custom;
mod effort;
mod fields;
mod file;
mod link;
mod recurrence;
mod resource;
mod task;
mod tree;

pub(super) use fields::{clock, date, instant, tidy};
pub(super) use file::plan;
