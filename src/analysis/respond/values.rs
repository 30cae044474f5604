//! What sets of responses come to.

use super::{Answered, Candidate, Objective};
use crate::analysis::contribution::{PARTS, Value};
use crate::engine::{Ends, NEVER, Worlds};
use crate::model::{ResponseSwitch, Switches};

/// A set of candidates: a bit each.
pub type ResponseSet = u128;

/// What a set of responses comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetValue {
    /// The set.
    pub set: ResponseSet,
    /// What it costs by the plan, in minor units.
    pub spend: i64,
    /// Percentiles of finish and cost, with those of parts of the iterations.
    pub value: Value,
    /// What of the net present value is told, in minor units; `None` where nothing is discounted.
    pub npv: Option<i64>,
    /// The same of parts of the iterations.
    pub npv_parts: Vec<i64>,
    /// How many iterations keep every target of the program; `None` without any target.
    pub kept: Option<u64>,
    /// How many iterations there are.
    pub iterations: u64,
}

/// What one response does on its own, against none.
#[derive(Clone, Debug, PartialEq)]
pub struct Alone {
    /// The program with it alone.
    pub value: SetValue,
    /// Share of iterations in which the program costs less with it, its own cost included.
    pub pays: f64,
    /// Share of iterations in which the program finishes earlier with it.
    pub speeds: f64,
}

impl SetValue {
    /// How good it is: lower is better; something without a finish is worst. Finishes on the same day are equally
    /// good, because nobody promises an hour, let alone pays for it: they count as the end of that day.
    #[must_use]
    pub fn score(&self, objective: Objective) -> i64 {
        match objective {
            Objective::Finish(_) => self.value.finish.map_or(i64::MAX, end_of_day),
            Objective::Cost(_) | Objective::Npv(_) | Objective::Target => self.fine(objective),
        }
    }

    /// The same to the minute: for a search that goes step by step, of which none may be worth a day.
    pub(super) fn fine(&self, objective: Objective) -> i64 {
        match objective {
            Objective::Finish(_) => self.value.finish.unwrap_or(i64::MAX),
            Objective::Cost(_) => self.value.cost,
            Objective::Npv(_) => self.npv.map_or(i64::MAX, |npv| -npv),
            Objective::Target => self.kept.map_or(0, |kept| -(kept.min(i64::MAX as u64) as i64)),
        }
    }

    /// By what equally good sets are told apart: less spend first, then the earlier minute, then fewer and earlier
    /// responses.
    pub(super) fn rank(&self, objective: Objective) -> (i64, i64, i64, u32, ResponseSet) {
        (self.score(objective), self.spend, self.fine(objective), self.set.count_ones(), self.set)
    }
}

/// The targets of the program itself, or of the part that is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Targets {
    finish: Option<i32>,
    cost: Option<i64>,
}

impl Targets {
    pub(super) fn of(worlds: &Worlds) -> Self {
        let program = worlds.program();
        Self {
            finish: program.promised_finish(worlds.part()).map(|at| at.0),
            cost: program.promised_budget(worlds.part()).map(|money| money.0),
        }
    }

    pub(super) fn is_none(self) -> bool {
        self == Self::default()
    }

    fn kept(self, ends: &Ends) -> Option<u64> {
        let keeps = |&(&finish, &cost): &(&i32, &i64)| {
            finish != NEVER
                && self.finish.is_none_or(|target| finish <= target)
                && self.cost.is_none_or(|target| cost <= target)
        };
        (!self.is_none()).then(|| ends.finish.iter().zip(&ends.cost).filter(keeps).count() as u64)
    }
}

/// Reads the value of a set off its iterations.
pub(super) fn value_of(
    set: ResponseSet,
    spend: i64,
    ends: &Ends,
    objective: Objective,
    targets: Targets,
) -> SetValue {
    let npv = objective.npv();
    SetValue {
        set,
        spend,
        value: Value::of(ends, objective.level()),
        npv: npv.of(ends),
        npv_parts: ends.parts(PARTS).iter().filter_map(|part| npv.of(part)).collect(),
        kept: targets.kept(ends),
        iterations: ends.iterations() as u64,
    }
}

/// The version of the program with the responses of `on`, and those of `unspent` for nothing.
pub(super) fn switches(
    worlds: &Worlds,
    candidates: &[Candidate],
    on: ResponseSet,
    unspent: ResponseSet,
) -> Switches {
    let mut switches = Switches::all(worlds.program());
    for (at, candidate) in candidates.iter().enumerate() {
        let switch = match (on >> at & 1, unspent >> at & 1) {
            (1, _) => ResponseSwitch::On,
            (_, 1) => ResponseSwitch::Unspent,
            _ => ResponseSwitch::Off,
        };
        match candidate.to {
            Answered::Risk(risk) => switches.responses[risk.index()] = switch,
            Answered::Driver(driver) => switches.driver_responses[driver.index()] = switch,
        }
    }
    switches
}

/// The end of the day that contains a minute: 24:00 belongs to the day that ends.
fn end_of_day(minutes: i64) -> i64 {
    const DAY: i64 = 1_440;
    (minutes - 1).div_euclid(DAY) * DAY + DAY
}

/// What a set costs by the plan.
pub(super) fn spend_of(candidates: &[Candidate], set: ResponseSet) -> i64 {
    candidates.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, one)| one.spend).sum()
}
