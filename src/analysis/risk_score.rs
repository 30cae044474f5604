//! The score of a risk beside what it does.

use super::contribution::{Contribution, Kind};
use crate::model::{DelayImpact, Program, RiskIx, RiskLevels};

/// Ranks that differ by fewer places do not disagree.
const PLACES: usize = 3;

/// A risk on the map of probability and impact, and its simulated share.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskScore {
    /// Which risk.
    pub risk: RiskIx,
    /// Probability and mean delay, in days of the tasks that it hits, before the response.
    pub before: (f64, f64),
    /// The same after it; `None` without a response.
    pub after: Option<(f64, f64)>,
    /// Whether the response is on.
    pub is_on: bool,
    /// Its share of the contingency in time, in minutes.
    pub share_minutes: Option<i64>,
    /// Its share of the contingency in money, in minor units.
    pub share_money: Option<i64>,
    /// Its place by score, from 1.
    pub rank_by_score: usize,
    /// Its place by its share of time, from 1.
    pub rank_by_share: usize,
}

impl RiskScore {
    /// Probability and mean delay in force.
    #[must_use]
    pub fn in_force(&self) -> (f64, f64) {
        self.after.filter(|_| self.is_on).unwrap_or(self.before)
    }

    /// The score: probability times mean delay, in days.
    #[must_use]
    pub fn score(&self) -> f64 {
        let (probability, days) = self.in_force();
        probability * days
    }

    /// How many places higher its share stands than its score, where that is three or more; negative where
    /// the score flatters it.
    #[must_use]
    pub fn disagreement(&self) -> Option<i64> {
        let places = self.rank_by_score as i64 - self.rank_by_share as i64;
        (places.unsigned_abs() as usize >= PLACES).then_some(places)
    }
}

/// Scores every risk that plays for itself, in the order of the register.
#[must_use]
pub fn risk_scores(program: &Program, contribution: &Contribution) -> Vec<RiskScore> {
    let mut scores: Vec<RiskScore> = contribution
        .players
        .iter()
        .enumerate()
        .filter_map(|(at, player)| {
            let Kind::Risk(ix) = player.kind else { return None };
            let risk = &program.risks()[ix.index()];
            let after_trigger = trigger_probability(program, ix);
            let on_map =
                |levels: &RiskLevels| (levels.probability.get() * after_trigger, mean_days(program, levels));
            Some(RiskScore {
                risk: ix,
                before: on_map(&risk.levels),
                after: risk.response.as_ref().map(|response| on_map(&response.residual)),
                is_on: risk.response.as_ref().is_some_and(|response| response.on),
                share_minutes: contribution.finish.as_ref().map(|waterfall| waterfall.bars[at].share),
                share_money: contribution.cost.as_ref().map(|waterfall| waterfall.bars[at].share),
                rank_by_score: 0,
                rank_by_share: 0,
            })
        })
        .collect();
    let ranks = |key: &dyn Fn(&RiskScore) -> f64| {
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|&a, &b| key(&scores[b]).total_cmp(&key(&scores[a])).then(a.cmp(&b)));
        let mut ranks = vec![0; order.len()];
        order.iter().enumerate().for_each(|(rank, &at)| ranks[at] = rank + 1);
        ranks
    };
    let by_score = ranks(&RiskScore::score);
    let by_share = ranks(&|score| score.share_minutes.unwrap_or(0) as f64);
    for (score, (by_score, by_share)) in scores.iter_mut().zip(by_score.into_iter().zip(by_share)) {
        (score.rank_by_score, score.rank_by_share) = (by_score, by_share);
    }
    scores
}

/// How probable it is, in force, that everything has occurred that must have before this risk can: 1 for a risk
/// without a trigger.
fn trigger_probability(program: &Program, risk: RiskIx) -> f64 {
    let (mut at, mut probability) = (risk, 1.0);
    // A chain has no more links than there are risks.
    for _ in program.risks() {
        let Some(trigger) = program.course(at).trigger else { break };
        probability *= program.risks()[trigger.index()].probability().get();
        at = trigger;
    }
    probability
}

/// The mean delay that a register would write down: of each impact once, however many tasks it hits, in days
/// of the first of them.
pub(super) fn mean_days(program: &Program, levels: &RiskLevels) -> f64 {
    let mean = |impact: &crate::model::Impact| {
        let &first = impact.targets.first()?;
        let per_day = f64::from(program.minutes_per_day(first));
        let of = |law: &crate::dist::Law| law.mean().unwrap_or_else(|| law.median());
        Some(match impact.delay.as_ref()? {
            DelayImpact::Minutes(estimate) => of(&estimate.law) / per_day,
            DelayImpact::Cancel(_) | DelayImpact::Stop(_) => return None,
            DelayImpact::Share(estimate) | DelayImpact::Restart(estimate) => {
                let plans = impact.targets.iter().filter_map(|task| {
                    program.tasks()[task.index()].duration().map(|(duration, _)| duration.plan)
                });
                of(&estimate.law) * plans.sum::<f64>() / impact.targets.len() as f64 / per_day
            }
        })
    };
    levels.impacts.iter().filter_map(mean).sum()
}
