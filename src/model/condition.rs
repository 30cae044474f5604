//! What must hold for a task to exist in an iteration (semantics, section 3: branches).

use super::{ChanceIx, ConditionIx, RiskIx};

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

    /// Whether all needs hold, given what chances and risks do.
    pub fn holds(&self, chance: impl Fn(ChanceIx) -> bool, risk: impl Fn(RiskIx) -> bool) -> bool {
        self.needs.iter().all(|need| match *need {
            Need::Chance { chance: which, happens } => chance(which) == happens,
            Need::Risk { risk: which, occurs } => risk(which) == occurs,
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
        assert!(both.holds(|chance| chance.0 == 0, |_| true));
        assert!(!both.holds(|_| true, |_| true));
        let with_risk = both.and([Need::Risk { risk: RiskIx(3), occurs: true }]);
        assert!(with_risk.holds(|chance| chance.0 == 0, |risk| risk.0 == 3));
        assert!(!with_risk.holds(|chance| chance.0 == 0, |_| false));
        assert!(Condition::default().holds(|_| false, |_| false));
    }
}
