//! What money does over time, as written.

use super::{At, Many, Named, Quantity, RawDate, RawEstimate, RawMoment, RawSpend, choice, raw_table};

choice! {
    /// When a flow counts that is discounted.
    pub enum RawDiscounting {
        /// On the last day of its month, by days (XNPV).
        Days "days",
        /// At the end of its year from the valuation date.
        YearEnd "year-end",
        /// In the middle of its year.
        MidYear "mid-year",
    }
}

choice! {
    /// How long the periods of the cash flow are.
    pub enum RawPeriod {
        /// Calendar months.
        Month "month",
        /// Quarters of the financial year.
        Quarter "quarter",
        /// Financial years.
        Year "year",
    }
}

choice! {
    /// What becomes of funding that is left over.
    pub enum RawLeftover {
        /// It may be spent later.
        CarriesOver "carries-over",
        /// It is gone.
        Lapses "lapses",
    }
}

raw_table! {
    /// What money does over time.
    pub struct RawMoney is "the money table" {
        /// The day to which everything is discounted; the start of the program unless given.
        valuation_date: RawDate,
        /// The day of whose prices costs are stated; the start of the program unless given.
        base_date: RawDate,
        /// The discount rate per year, nominal; with `inflation` the real rate. It makes a business case.
        discount_rate: Quantity,
        /// Inflation per year, if `discount_rate` is real: (1 + nominal) = (1 + real) (1 + inflation).
        inflation: Quantity,
        /// When within its month or year a flow counts; `days` unless given.
        discounting: RawDiscounting,
        /// The share of benefits less operating expenditure that goes in tax; none unless given.
        tax_rate: Quantity,
        /// The month with which the financial year begins, 1 to 12; 1 unless given.
        year_starts: f64,
        /// How long the periods of the cash flow are; `month` unless given.
        period: RawPeriod,
        /// What management keeps above contingency, by policy: an amount, or a share of the plan's cost: `"10 %"`. It is
        /// not simulated.
        management_reserve: Quantity,
        /// How prices change, by id.
        escalation: Named<RawEscalation>,
        /// What one unit of another currency costs in the program's, by its three letters: a number or a law.
        currencies: Named<RawEstimate>,
        /// What there is to spend, until when.
        funding: Vec<At<RawFunding>>,
        /// Work starts only while the funding lasts, and what is left over at the end of a funding carries over to the
        /// next, or lapses; work waits for nothing unless given.
        funding_cap: RawLeftover,
    }
}

raw_table! {
    /// How prices change: a rate per year or an index.
    pub struct RawEscalation is "an escalation" {
        /// The change per year: `"3 %"`, or a law.
        rate: RawEstimate,
        /// The price level over time: `[["2027-01-01", 100], ["2028-01-01", 104]]`; geometric between two points.
        index: Vec<At<RawIndexPoint>>,
        /// The categories that it applies to; all that no other escalation names unless given.
        categories: Many<String>,
    }
}

raw_table! {
    /// A price level.
    pub struct RawIndexPoint is "a price level", short array "a list `[date, level]`" (date: RawDate, level: f64) {
        /// The day.
        date: RawDate = required,
        /// The level on that day, on any scale.
        level: f64 = required,
    }
}

raw_table! {
    /// Money that may be spent until a day, besides what was there before.
    pub struct RawFunding is "a funding" {
        /// The last day until which it has to last.
        until: RawDate = required,
        /// How much more there is.
        amount: f64 = required,
    }
}

raw_table! {
    /// What a program is worth once something is there.
    pub struct RawBenefit is "a benefit" {
        /// The name that people read; the id unless given.
        name: String,
        /// What has to be there: a milestone, a task, a project, or a date.
        from: RawMoment = required,
        /// How long after that it begins, in calendar time.
        lag: Quantity,
        /// How much it is in a year at full size: a number or a law.
        per_year: RawEstimate = required,
        /// In which time it grows from nothing to its full size: `"12emo"`.
        ramp: Quantity,
        /// By which share it grows from one year of its own to the next.
        growth: Quantity,
        /// The last day on which it comes, whenever it begins: whoever is late loses benefits.
        until: RawDate,
        /// How long it comes from its beginning, whenever that is: `"60emo"`.
        last: Quantity,
        /// How likely it comes at all; always unless given.
        probability: Quantity,
        /// Which share of it is taken up: a share or a law.
        adoption: RawEstimate,
        /// Saved capital or operating expenditure.
        kind: RawSpend,
        /// A category for reports.
        category: String,
    }
}
