//! What must hold for a task to exist in an iteration (semantics, section 3: branches).

use super::{ChanceIx, ConditionIx, Endpoint, RiskIx};
use crate::units::Instant;

/// Something that happens or does not, drawn once per iteration: a stretch of the unit interval into which
/// the uniform of a stream falls or not.
///
/// Alternatives of which one is taken share a stream and have adjacent stretches.
#[derive(Clone, Debug, PartialEq)]
pub struct Chance {
    /// Names the random stream.
    pub key: String,
    /// Where the stretch begins, 0 to 1.
    pub from: f64,
    /// Where it ends, `from` to 1.
    pub to: f64,
    /// Whether it happens in the deterministic plan.
    pub plan: bool,
}

/// One thing that must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A chance happens (or does not).
    Chance {
        /// Which.
        chance: ChanceIx,
        /// Whether it must happen, or must not.
        happens: bool,
    },
    /// A risk occurs (or does not). In the deterministic plan no risk does.
    Risk {
        /// Which.
        risk: RiskIx,
        /// Whether it must occur, or must not.
        occurs: bool,
    },
    /// Something finishes late (or early) enough in the iteration. No link comes with it: what waits for the
    /// answer is only decided after it.
    Finish {
        /// What: a task, a milestone, or all tasks of a project.
        of: Endpoint,
        /// The last instant that is not late.
        after: Instant,
        /// Whether it must finish after that, or must not.
        later: bool,
    },
    /// Work comes to cost enough (or little enough) in the iteration: what the cost lines of its tasks say,
    /// rates for the minutes worked and lump sums; not what risks add to costs, nor a project's own costs.
    Cost {
        /// What: a task, a milestone, or all tasks of a project.
        of: Endpoint,
        /// The largest amount that is not dear, in minor units.
        above: i64,
        /// Whether it must cost more than that, or must not.
        more: bool,
    },
}

impl Need {
    /// What must be simulated before it is known whether it holds; [`None`] if nothing.
    #[must_use]
    pub fn awaits(&self) -> Option<Endpoint> {
        match *self {
            Self::Chance { .. } | Self::Risk { .. } => None,
            Self::Finish { of, .. } | Self::Cost { of, .. } => Some(of),
        }
    }

    /// The same of something else, where it awaits what `renamed` renames.
    pub(super) fn of(self, renamed: impl Fn(Endpoint) -> Endpoint) -> Self {
        match self {
            Self::Finish { of, after, later } => Self::Finish { of: renamed(of), after, later },
            Self::Cost { of, above, more } => Self::Cost { of: renamed(of), above, more },
            other => other,
        }
    }
}

/// Needs that must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Condition {
    /// In ascending order, each once.
    pub(super) needs: Vec<Need>,
}

impl Condition {
    /// A condition of needs that must all hold.
    #[must_use]
    pub fn all(needs: impl IntoIterator<Item = Need>) -> Self {
        let mut needs: Vec<Need> = needs.into_iter().collect();
        needs.sort_unstable();
        needs.dedup();
        Self { needs }
    }

    /// What must hold, in ascending order.
    #[must_use]
    pub fn needs(&self) -> &[Need] {
        &self.needs
    }

    /// The same with further needs.
    #[must_use]
    pub fn and(&self, more: impl IntoIterator<Item = Need>) -> Self {
        Self::all(self.needs.iter().copied().chain(more))
    }

    /// Whether it is decided only by what comes of the schedule.
    #[must_use]
    pub fn awaits(&self) -> bool {
        self.needs.iter().any(|need| need.awaits().is_some())
    }

    /// Whether all needs hold, given what chances and risks do, as far as that is known before anything is
    /// scheduled: what awaits a date or a cost may still hold.
    pub fn may_hold(&self, chance: impl Fn(ChanceIx) -> bool, risk: impl Fn(RiskIx) -> bool) -> bool {
        self.needs.iter().all(|need| match *need {
            Need::Chance { chance: which, happens } => chance(which) == happens,
            Need::Risk { risk: which, occurs } => risk(which) == occurs,
            Need::Finish { .. } | Need::Cost { .. } => true,
        })
    }
}

/// The number of a condition in a list; adds it if it is new.
pub(super) fn number(conditions: &mut Vec<Condition>, condition: Condition) -> ConditionIx {
    let known = conditions.iter().position(|other| *other == condition);
    ConditionIx::new(known.unwrap_or_else(|| {
        conditions.push(condition);
        conditions.len() - 1
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_holds_when_every_need_does() {
        let need = |chance, happens| Need::Chance { chance: ChanceIx(chance), happens };
        let both = Condition::all([need(1, false), need(0, true), need(0, true)]);
        assert_eq!(both.needs().len(), 2);
        assert!(both.may_hold(|chance| chance.0 == 0, |_| true));
        assert!(!both.may_hold(|_| true, |_| true));
        let with_risk = both.and([Need::Risk { risk: RiskIx(3), occurs: true }]);
        assert!(with_risk.may_hold(|chance| chance.0 == 0, |risk| risk.0 == 3));
        assert!(!with_risk.may_hold(|chance| chance.0 == 0, |_| false));
        assert!(Condition::default().may_hold(|_| false, |_| false));
    }
}
