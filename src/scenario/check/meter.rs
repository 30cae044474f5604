//! Turning written quantities into numbers of one unit.

use crate::diag::{Diagnostic, Place, code};
use crate::model::Clock;
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Quantity, RawRanges, Slot};
use crate::units::{Currency, WorkScale};

/// What a quantity must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A duration, in minutes.
    Duration,
    /// Money, in minor units.
    Money,
    /// A share: a percentage or a plain factor.
    Share,
    /// A number of things.
    Count,
}

/// The largest amount of money that one value may have, in minor units: sums of thousands of such values
/// still fit 64 bits, and every minor unit below it is an exact floating-point number.
const MOST_MONEY: f64 = 1e15;

/// Weeks in 100 years, the longest duration (semantics, section 10).
const MOST_WEEKS: f64 = 5_218.0;

/// The largest number of things.
const MOST_THINGS: f64 = 1e6;

/// The largest share: a thousand times as much.
const MOST_SHARE: f64 = 1_000.0;

/// Reads the quantities of one estimate.
pub struct Meter {
    /// What they must be.
    pub measure: Measure,
    /// What a written day, week and month stand for.
    pub scale: WorkScale,
    /// How low and high are meant unless the estimate says so.
    pub ranges: RawRanges,
    /// The currency of money.
    pub currency: Currency,
    /// Whether values below zero make sense: leads, opportunities.
    pub signed: bool,
    clock: Option<(Clock, Option<Place>)>,
}

impl Meter {
    /// A meter that has read nothing yet.
    pub fn new(measure: Measure, scale: WorkScale, ranges: RawRanges, currency: Currency) -> Self {
        Self { measure, scale, ranges, currency, signed: false, clock: None }
    }

    /// Accepts values below zero.
    pub fn signed(mut self) -> Self {
        self.signed = true;
        self
    }

    /// Whether what was read counts working or elapsed time; working when nothing said otherwise.
    pub fn clock(&self) -> Clock {
        self.clock.as_ref().map_or(Clock::Working, |(clock, _)| *clock)
    }

    /// The number of a quantity that may be absent.
    pub fn slot(&mut self, slot: &Slot<Quantity>, desk: &mut Desk<'_>) -> Option<f64> {
        self.read(slot.at()?, desk)
    }

    /// The number of a quantity in the meter's unit; `None` if it does not fit, which is reported.
    pub fn read(&mut self, at: &At<Quantity>, desk: &mut Desk<'_>) -> Option<f64> {
        let value = match (self.measure, &at.value) {
            (Measure::Duration, Quantity::Duration(text)) => {
                let clock = if text.elapsed { Clock::Elapsed } else { Clock::Working };
                self.note_clock(clock, at, desk)?;
                // A zero counts on either clock.
                let minutes = text.minutes(self.scale);
                let scale = if text.elapsed { WorkScale::ELAPSED } else { self.scale };
                let most = MOST_WEEKS * f64::from(scale.minutes_per_week);
                if minutes.abs() > most {
                    let message = format!("`{text}` is longer than 100 years");
                    desk.report(code::TOO_LONG, at.place(), message, "");
                    return None;
                }
                minutes
            }
            (Measure::Money, &Quantity::Number(amount)) => {
                let minor = amount * self.currency.minor_per_major() as f64;
                if minor.abs() > MOST_MONEY {
                    let most = MOST_MONEY / self.currency.minor_per_major() as f64;
                    let message = format!("`{amount}` is too large an amount");
                    let help = format!("amounts up to {most} {} can be counted exactly", self.currency);
                    desk.report(code::AMOUNT_TOO_LARGE, at.place(), message, &help);
                    return None;
                }
                minor
            }
            (Measure::Share, &(Quantity::Share(share) | Quantity::Number(share))) => {
                if share.abs() > MOST_SHARE {
                    let message = format!("`{} %` is too large a share", share * 100.0);
                    desk.report(code::OUT_OF_RANGE, at.place(), message, "");
                    return None;
                }
                share
            }
            (Measure::Count, &Quantity::Number(count)) => {
                if count.abs() > MOST_THINGS {
                    let message = format!("`{count}` is too large a number");
                    desk.report(code::OUT_OF_RANGE, at.place(), message, "");
                    return None;
                }
                count
            }
            _ => {
                self.wrong_unit(at, desk);
                return None;
            }
        };
        Some(value)
    }

    /// Notes that what is read counts elapsed time, without a quantity that says it.
    pub fn count_elapsed(&mut self, place: Option<&Place>) {
        self.clock.get_or_insert_with(|| (Clock::Elapsed, place.cloned()));
    }

    fn note_clock(&mut self, clock: Clock, at: &At<Quantity>, desk: &mut Desk<'_>) -> Option<()> {
        match &self.clock {
            Some((known, first)) if *known != clock => {
                let problem =
                    Diagnostic::new(code::MIXED_UNITS, "one estimate counts working and elapsed time")
                        .at_place(
                            at.place(),
                            if clock == Clock::Elapsed { "elapsed time" } else { "working time" },
                        )
                        .at_place(
                            first.as_ref(),
                            if clock == Clock::Elapsed { "working time" } else { "elapsed time" },
                        )
                        .help("write all its durations with `e` in front of the unit, or none");
                desk.problems.push(problem);
                None
            }
            Some(_) => Some(()),
            None => {
                self.clock = Some((clock, at.place.clone()));
                Some(())
            }
        }
    }

    fn wrong_unit(&self, at: &At<Quantity>, desk: &mut Desk<'_>) {
        let wanted = match self.measure {
            Measure::Duration => "a duration",
            Measure::Money => "an amount of money",
            Measure::Share if self.signed => "a share",
            Measure::Share => "a factor",
            Measure::Count => "a number",
        };
        let found = match &at.value {
            Quantity::Word(word) => format!("`{word}`"),
            quantity => format!("{} `{quantity}`", quantity.kind().replacen("a ", "the ", 1)),
        };
        let help = match (self.measure, &at.value) {
            (Measure::Duration, Quantity::Number(number)) => {
                format!("write the unit: \"{number}d\" for days, \"{number}w\" for weeks")
            }
            (Measure::Duration, _) => "write a number and a unit, such as \"10d\"".into(),
            (Measure::Money, _) => "write a number without quotes, such as 25_000".into(),
            (Measure::Count, _) => "write a number without quotes, such as 40".into(),
            (Measure::Share, _) if !self.signed => "write a number such as 1.2 for 20 % more".into(),
            (Measure::Share, _) => "write a percentage such as \"30 %\", or a number such as 0.3".into(),
        };
        let code = match at.value {
            Quantity::Word(_) => code::BAD_QUANTITY,
            _ => code::WRONG_UNIT,
        };
        desk.report(code, at.place(), format!("expected {wanted}, found {found}"), &help);
    }
}
