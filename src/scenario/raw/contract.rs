//! Contracts as written.

use super::{At, Many, Quantity, RawDate, RawEstimate, RawMoment, RawSpend, choice, raw_table};

raw_table! {
    /// A contract: a fixed price with payments, or time and materials, with what is due for being late or early.
    pub struct RawContract is "a contract" {
        /// Who is paid; the id unless given.
        vendor: String,
        /// The fixed price.
        price: RawEstimate,
        /// When which share of it is paid; all of it at the finish of what it covers unless given.
        payments: Vec<At<RawInstalment>>,
        /// The tasks or projects that it covers.
        covers: Many<String>,
        /// Time and materials: money per working time of the tasks that it covers, such as `"900/d"`.
        rate: String,
        /// How many units at that rate; the units of each task unless given.
        units: f64,
        /// The most that time and materials come to.
        cap: f64,
        /// What is due for being late.
        penalty: Many<RawPenalty>,
        /// What is due for being early.
        incentive: Many<RawIncentive>,
        /// The project that bears it; the program unless given.
        project: String,
        /// How long after a payment is due the money flows, in calendar time.
        terms: Quantity,
        /// The currency that it is agreed in, one of `money.currencies`; the program's unless given.
        currency: String,
        /// Capital or operating expenditure.
        kind: RawSpend,
        /// A category for reports.
        category: String,
        /// To which cost centre it is booked; that of its project unless given.
        cost_centre: String,
    }
}

raw_table! {
    /// A part of a fixed price.
    pub struct RawInstalment is "a payment" {
        /// When it is due: a date, a task, a milestone or a project.
        at: RawMoment = required,
        /// Which share of the price it is.
        share: Quantity = required,
    }
}

choice! {
    /// Who pays.
    pub enum RawPayer {
        /// The program: a cost.
        Us "us",
        /// The vendor: it makes the program cheaper.
        Vendor "vendor",
    }
}

raw_table! {
    /// What is due for being late.
    pub struct RawPenalty is "a penalty" {
        /// What is late: a task, a milestone or a project.
        on: RawMoment = required,
        /// The last day that is in time.
        after: RawDate = required,
        /// Money per calendar time, such as `"20_000/w"`; parts of a week count by their days.
        rate: String = required,
        /// How long it costs nothing, in calendar time.
        grace: Quantity,
        /// The most that it comes to.
        cap: f64,
        /// Who pays; the vendor unless given.
        paid_by: RawPayer,
    }
}

raw_table! {
    /// What is due for being early.
    pub struct RawIncentive is "an incentive" {
        /// What is early: a task, a milestone or a project.
        on: RawMoment = required,
        /// The day that is neither early nor late.
        before: RawDate = required,
        /// Money per calendar time, such as `"10_000/w"`; parts of a week count by their days.
        rate: String = required,
        /// The most that it comes to.
        cap: f64,
        /// Who pays; the program unless given.
        paid_by: RawPayer,
    }
}
