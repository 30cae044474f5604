//! The sections, one file for each subject.

mod charts;
mod confidence;
mod contribution;
mod drivers;
mod maker;
mod manifest;
mod money;
mod outside_view;
mod portfolio;
mod progress;
mod responses;
mod risks;
mod structure;

pub(super) use maker::Maker;
