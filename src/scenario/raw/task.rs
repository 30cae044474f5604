//! Tasks, milestones and links as written.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::{
    At, FromToml, Item, Many, Quantity, RawCost, RawDate, RawEstimate, RawWhen, Reader, choice, raw_table,
};
use crate::diag::Place;

raw_table! {
    /// A task: work with a duration.
    pub struct RawTask is "a task" {
        /// The id, unique in its project.
        id: String = required,
        /// The name that people read; the id unless given.
        name: String,
        /// How long the work takes.
        duration: RawEstimate = required,
        /// The duration in the deterministic plan, if it differs from the most likely one.
        plan: RawEstimate,
        /// The estimate template to apply to a single-point duration.
        estimate: String,
        /// What must happen before.
        after: Many<RawLink>,
        /// The working calendar; the project's unless given.
        calendar: String,
        /// The task does not start before this date.
        start_no_earlier_than: RawDate,
        /// The task does not finish before this date.
        finish_no_earlier_than: RawDate,
        /// The task should start by this date; reported, moves nothing.
        start_no_later_than: RawDate,
        /// The task should finish by this date; reported, moves nothing.
        finish_no_later_than: RawDate,
        /// The task starts on this date, or later where its predecessors are late.
        must_start_on: RawDate,
        /// The task finishes on this date, or later where its predecessors are late.
        must_finish_on: RawDate,
        /// Moves the task as late as possible without moving anything else.
        as_late_as_possible: bool,
        /// A date to report on; moves nothing.
        deadline: RawDate,
        /// What the task costs.
        cost: Many<RawCost>,
        /// Who answers for it.
        owner: String,
        /// Who delivers it.
        vendor: String,
        /// To which cost centre its costs are booked.
        cost_centre: String,
        /// Its category; estimate templates may be bound to it.
        category: String,
        /// Free tags.
        tags: Many<String>,
        /// The role that does the work.
        role: String,
        /// How many of the role work on it at once; 1 unless given.
        units: f64,
        /// How likely it exists in an iteration; always unless given.
        probability: Quantity,
        /// Whether the deterministic plan contains it; if it is as likely as not unless given.
        in_plan: bool,
        /// The condition under which it exists.
        when: RawWhen,
        /// What the tool that it was imported from calls it, for results that go back there.
        source: String,
    }
}

choice! {
    /// How the date of a milestone is shown.
    pub enum RawMilestoneKind {
        /// The end of something: Friday 17:00 stays Friday 17:00.
        Finish "finish",
        /// The beginning of something: Friday 17:00 becomes Monday 08:00.
        Start "start",
    }
}

raw_table! {
    /// A milestone: an event without duration.
    pub struct RawMilestone is "a milestone" {
        /// The id, unique in its project.
        id: String = required,
        /// The name that people read; the id unless given.
        name: String,
        /// Whether it ends or begins something; `finish` unless given.
        kind: RawMilestoneKind,
        /// What must happen before.
        after: Many<RawLink>,
        /// The working calendar; the project's unless given.
        calendar: String,
        /// The date that has been promised for it.
        target: RawDate,
        /// A date to report on; moves nothing.
        deadline: RawDate,
        /// The milestone is not reached before this date.
        no_earlier_than: RawDate,
        /// The milestone should be reached by this date; reported, moves nothing.
        no_later_than: RawDate,
        /// The milestone is reached on this date, or later where its predecessors are late.
        must_be_on: RawDate,
        /// What reaching it costs.
        cost: Many<RawCost>,
        /// Who answers for it.
        owner: String,
        /// Its category.
        category: String,
        /// Free tags.
        tags: Many<String>,
        /// How likely it exists in an iteration; always unless given.
        probability: Quantity,
        /// Whether the deterministic plan contains it; if it is as likely as not unless given.
        in_plan: bool,
        /// The condition under which it exists.
        when: RawWhen,
        /// What the tool that it was imported from calls it, for results that go back there.
        source: String,
    }
}

choice! {
    /// In whose time a lag runs.
    pub enum RawLagClock {
        /// The successor's calendar.
        Successor "successor",
        /// The predecessor's calendar.
        Predecessor "predecessor",
        /// The program's calendar.
        Program "program",
        /// Round the clock.
        Elapsed "elapsed",
    }
}

/// A link to a predecessor: its id, a short form such as `build SS+5d`, or a table.
#[derive(Clone, Debug, PartialEq)]
pub enum RawLink {
    /// An id, or the short form.
    Text(String),
    /// A table.
    Table(Box<RawLinkTable>),
}

raw_table! {
    /// A link with its kind and lag; exactly one of FS, SS, FF and SF is given.
    pub struct RawLinkTable is "a link" {
        /// Starts after this task's finish.
        fs ["FS"]: String,
        /// Starts after this task's start.
        ss ["SS"]: String,
        /// Finishes after this task's finish.
        ff ["FF"]: String,
        /// Finishes after this task's start.
        sf ["SF"]: String,
        /// Lag (positive) or lead (negative): a duration, a percentage of the predecessor's duration, or a law.
        lag: RawEstimate,
        /// In whose time the lag runs.
        lag_calendar: RawLagClock,
    }
}

impl FromToml for RawLink {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            DeValue::String(text) => Some(Self::Text(text.to_string())),
            DeValue::Table(_) => {
                RawLinkTable::from_toml(value, place, reader).map(|link| Self::Table(Box::new(link)))
            }
            other => reader.wrong_type(
                other,
                place,
                "the id of a task, or a table such as { SS = \"build\", lag = \"5d\" }",
            ),
        }
    }

    fn inline(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Table(table) => table.inline(),
        }
    }

    fn item(&self) -> Item {
        match self {
            Self::Text(text) => Item::Text(text.clone()),
            Self::Table(table) => table.item(),
        }
    }
}

impl From<At<String>> for At<RawLink> {
    fn from(text: At<String>) -> Self {
        At { value: RawLink::Text(text.value), place: text.place }
    }
}

impl JsonSchema for RawLink {
    fn schema_name() -> Cow<'static, str> {
        "Link".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<RawLinkTable>();
        json_schema!({
            "description": "A predecessor by its id, in the short form \"build SS+5d\", or as a table.",
            "anyOf": [{ "type": "string", "minLength": 1 }, table]
        })
    }
}
