//! Work that is finished item by item, as written.

use super::{At, Many, Named, RawDate, RawEstimate, choice, raw_table};

choice! {
    /// When within its last week work is finished.
    pub enum RawLastWeek {
        /// At the end of the week: durations are whole weeks.
        Whole "whole",
        /// At any time of the week, all alike.
        Even "even",
    }
}

choice! {
    /// What dates such as `03/04/27` begin with.
    pub enum RawDateOrder {
        /// The day.
        DayFirst "dmy",
        /// The month.
        MonthFirst "mdy",
    }
}

raw_table! {
    /// How long a number of items takes at the pace of past weeks, drawn again with replacement.
    pub struct RawThroughput is "a throughput" {
        /// Items finished in each past week, those without any included.
        weeks: Vec<At<f64>>,
        /// Instead of `weeks`: a list of issues (CSV), or a table with one row a week.
        csv: String,
        /// How many items are left: a number, or a law such as `{ triangular = [30, 40, 60] }`; those that are left in
        /// the list of issues unless given.
        items: RawEstimate,
        /// Items that each of them becomes on the way: 1 unless given, 1.2 for 20 % more, or a law.
        split: RawEstimate,
        /// When within its last week the work is finished; `whole` unless given.
        last_week: RawLastWeek,
        /// Complete weeks before `as_of` that are drawn from; 12 unless given.
        window: f64,
        /// The day on which the forecast begins; the day after the last in the list unless given.
        as_of: RawDate,
        /// The issues of this project only.
        project: String,
        /// Items of these epics only count as left; every issue counts in its week.
        epics: Many<String>,
        /// The statuses of what is done; the usual ones unless given.
        done: Many<String>,
        /// The statuses of what will never be done; the usual ones unless given.
        dropped: Many<String>,
        /// What dates begin with, where the file does not tell.
        dates: RawDateOrder,
        /// What columns say whose names are not known: `{ "Erledigt am" = "done" }`.
        map: Named<String>,
    }
}
