//! Cost lines as written.

use super::{Many, Quantity, RawEstimate, RawMoment, choice, raw_table};

choice! {
    /// How a cost is booked.
    pub enum RawSpend {
        /// Capital expenditure.
        Capex "capex",
        /// Operating expenditure.
        Opex "opex",
    }
}

choice! {
    /// When a cost is paid.
    pub enum RawPaid {
        /// Over the time of its work.
        Spread "spread",
        /// When its work begins.
        Start "start",
        /// When its work ends.
        End "end",
    }
}

choice! {
    /// How often a cost recurs.
    pub enum RawEvery {
        /// Every calendar month.
        Month "month",
        /// Every three calendar months.
        Quarter "quarter",
        /// Every twelve calendar months.
        Year "year",
    }
}

raw_table! {
    /// A cost line: a lump sum, a rate, or a percentage.
    pub struct RawCost is "a cost line", short value "an amount" (lump: RawEstimate) {
        /// A key that stays the same when lines are reordered; the category or kind unless given.
        id: String,
        /// A lump sum: a number or a law.
        lump: RawEstimate,
        /// Money per time and unit, such as `"640/d"`: of the working time of the task, or of the time between
        /// `from` and `to`.
        rate: String,
        /// How many units at that rate; the task's `units` unless given.
        units: f64,
        /// A share of the other costs of its bearer: `"12 %"`, or a law.
        percent: RawEstimate,
        /// The categories that the share is taken of; all costs, with the impacts of risks, unless given.
        of: Many<String>,
        /// When a lump sum is due: a date, a task, a milestone or a project.
        at: RawMoment,
        /// When a rate begins to run, or the first of recurring lump sums is due; the start of the bearer unless given.
        from: RawMoment,
        /// When it ends; the finish of the bearer unless given.
        to: RawMoment,
        /// How often the lump sum recurs, in advance.
        every: RawEvery,
        /// In which time a rate grows from nothing to its full size.
        ramp: Quantity,
        /// An uncertain multiple of a rate between two moments: `{ triangular = [0.9, 1, 1.4] }`.
        factor: RawEstimate,
        /// A discount for capacity that is reserved.
        reserved: RawReserved,
        /// When it is paid: `spread` over its work unless given.
        paid: RawPaid,
        /// How long after that the money flows, in calendar time: `"30ed"`.
        terms: Quantity,
        /// The currency that it is agreed in, one of `money.currencies`; the program's unless given.
        currency: String,
        /// Capital or operating expenditure.
        kind: RawSpend,
        /// A category for reports.
        category: String,
        /// Who is paid.
        vendor: String,
        /// To which cost centre it is booked; that of its task or project unless given.
        cost_centre: String,
        /// The value in the deterministic plan, if it differs from the most likely one.
        plan: f64,
    }
}

raw_table! {
    /// A discount for capacity that is reserved.
    pub struct RawReserved is "a reservation" {
        /// The share of the cost to which it applies; all of it unless given.
        share: Quantity,
        /// By how much that becomes cheaper.
        discount: Quantity = required,
        /// From when on, counted from the beginning of the line; at once unless given.
        after: Quantity,
    }
}
