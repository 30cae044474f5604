//! Cost lines whose amount or date follows from the simulated dates.

use super::Moment;
use crate::model::{Clock, Estimate, ProjectIx, SpendKind, TaskIx};
use crate::units::Instant;

/// Who bears a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bearer {
    /// A task.
    Task(TaskIx),
    /// A project itself.
    Project(ProjectIx),
    /// The program itself.
    Program,
}

/// A cost line whose amount or date follows from the simulated dates.
#[derive(Clone, Debug, PartialEq)]
pub struct TimedLine {
    /// The stable id that keys its random streams, such as `project/erp/cost/office`.
    pub id: String,
    /// Who bears it.
    pub on: Bearer,
    /// How it comes to its amount.
    pub amount: TimedAmount,
    /// Capital or operating expenditure, where stated.
    pub kind: Option<SpendKind>,
    /// Its category, where stated.
    pub category: Option<String>,
    /// Who is paid, where stated.
    pub vendor: Option<String>,
    /// To which cost centre it is booked, where stated.
    pub cost_centre: Option<String>,
    /// By its place in [`super::Finance::exchanges`]: the currency that it is agreed in, if another.
    pub exchange: Option<usize>,
    /// Calendar days from the service to its payment.
    pub terms_days: i32,
}

/// How such a line comes to its amount, in minor units.
#[derive(Clone, Debug, PartialEq)]
pub enum TimedAmount {
    /// A part of a price that is due at one moment: the stretch of the price between two shares of it.
    Due {
        /// The whole price. Parts of one price have the same key.
        price: Estimate,
        /// What keys the draw of the price.
        price_key: String,
        /// The shares of the price before and with this part.
        shares: (f64, f64),
        /// When it is due.
        at: Moment,
    },
    /// A cost that runs from one moment to another, waiting included.
    Span {
        /// Minor units per minute.
        per_minute: f64,
        /// An uncertain multiple of it.
        factor: Option<Estimate>,
        /// Working minutes of the program's calendar, or minutes round the clock.
        clock: Clock,
        /// From when.
        from: Moment,
        /// Until when.
        to: Moment,
        /// Minutes of the same clock in which it grows from nothing to the full rate.
        ramp_minutes: f64,
        /// A discount for capacity that is reserved.
        reserved: Option<Reserved>,
    },
    /// The same amount again and again, in advance, the first at the beginning.
    Recurring {
        /// The amount of one payment.
        amount: Estimate,
        /// Calendar months from one payment to the next.
        months: u32,
        /// The first payment.
        from: Moment,
        /// No payment at this moment or later.
        to: Moment,
    },
    /// An amount per calendar day by which something is later than a date and a grace.
    Late {
        /// What is late.
        of: Moment,
        /// The last day that is in time.
        after: Instant,
        /// Calendar days that cost nothing.
        grace_days: i32,
        /// Minor units per calendar day; below zero where somebody else pays.
        per_day: f64,
        /// The most that it comes to, in minor units, whoever pays.
        cap: Option<i64>,
    },
    /// An amount per calendar day by which something is earlier than a date.
    Early {
        /// What is early.
        of: Moment,
        /// The day that is neither early nor late.
        before: Instant,
        /// Minor units per calendar day; below zero where somebody else pays.
        per_day: f64,
        /// The most that it comes to, in minor units, whoever pays.
        cap: Option<i64>,
    },
    /// Time and materials: working time of tasks at a rate, up to a cap.
    Materials {
        /// The tasks, and minor units per minute of each.
        tasks: Vec<(TaskIx, f64)>,
        /// The most that is paid, in minor units.
        cap: Option<i64>,
    },
    /// A share of other costs.
    Percent {
        /// The share.
        share: Estimate,
        /// Of what.
        of: PercentOf,
    },
}

/// A discount for capacity that is reserved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reserved {
    /// Minutes of the clock of the line until it applies.
    pub after_minutes: f64,
    /// The share of the full rate that is paid from then on.
    pub keep: f64,
}

/// What a percentage is taken of.
#[derive(Clone, Debug, PartialEq)]
pub enum PercentOf {
    /// All that its bearer costs besides percentages, with the impacts of risks.
    Everything,
    /// The lines of its bearer with one of these categories.
    Categories(Vec<String>),
}

impl TimedLine {
    /// The moments that it is tied to.
    pub fn moments(&self) -> impl Iterator<Item = Moment> {
        let (one, two) = match &self.amount {
            TimedAmount::Due { at, .. } => (Some(*at), None),
            TimedAmount::Span { from, to, .. } | TimedAmount::Recurring { from, to, .. } => {
                (Some(*from), Some(*to))
            }
            TimedAmount::Late { of, .. } | TimedAmount::Early { of, .. } => (Some(*of), None),
            TimedAmount::Materials { .. } | TimedAmount::Percent { .. } => (None, None),
        };
        one.into_iter().chain(two)
    }

    /// The same, to be changed.
    pub(in crate::model) fn moments_mut(&mut self) -> Vec<&mut Moment> {
        match &mut self.amount {
            TimedAmount::Due { at, .. } => vec![at],
            TimedAmount::Span { from, to, .. } | TimedAmount::Recurring { from, to, .. } => vec![from, to],
            TimedAmount::Late { of, .. } | TimedAmount::Early { of, .. } => vec![of],
            TimedAmount::Materials { .. } | TimedAmount::Percent { .. } => Vec::new(),
        }
    }

    /// The estimates that it draws from.
    pub fn estimates(&self) -> impl Iterator<Item = &Estimate> {
        let (one, two) = match &self.amount {
            TimedAmount::Due { price, .. } => (Some(price), None),
            TimedAmount::Span { factor, .. } => (None, factor.as_ref()),
            TimedAmount::Recurring { amount, .. } => (Some(amount), None),
            TimedAmount::Percent { share, .. } => (Some(share), None),
            TimedAmount::Late { .. } | TimedAmount::Early { .. } | TimedAmount::Materials { .. } => {
                (None, None)
            }
        };
        one.into_iter().chain(two)
    }

    /// The estimate that it draws from, to be changed.
    pub(in crate::model) fn estimates_mut(&mut self) -> Option<&mut Estimate> {
        match &mut self.amount {
            TimedAmount::Due { price, .. } => Some(price),
            TimedAmount::Span { factor, .. } => factor.as_mut(),
            TimedAmount::Recurring { amount, .. } => Some(amount),
            TimedAmount::Percent { share, .. } => Some(share),
            TimedAmount::Late { .. } | TimedAmount::Early { .. } | TimedAmount::Materials { .. } => None,
        }
    }

    /// The tasks that it names besides those of its moments.
    pub(in crate::model) fn tasks(&self) -> impl Iterator<Item = TaskIx> {
        let covered = match &self.amount {
            TimedAmount::Materials { tasks, .. } => tasks.as_slice(),
            _ => &[],
        };
        let on = match self.on {
            Bearer::Task(task) => Some(task),
            _ => None,
        };
        covered.iter().map(|(task, _)| *task).chain(on)
    }
}
