//! How short a task can become.

use super::driver::Drivers;
use super::impact::CompiledImpact;
use super::quantity::Quantity;
use crate::draws::Tables;
use crate::model::RiskIx;
use crate::network::StrikeKind;

/// A lower bound of the duration of every task in minutes, whatever occurs; 0 where nothing may be left of it.
pub(super) fn least_minutes(
    durations: &[Quantity],
    impacts: &[(RiskIx, &CompiledImpact)],
    drivers: &Drivers,
    tables: &Tables,
) -> Vec<f64> {
    let mut least: Vec<f64> = durations.iter().map(|own| own.ends(tables).0.max(0.0)).collect();
    for driver in &drivers.all {
        let factor = driver.factor.ends(tables).0.clamp(0.0, 1.0);
        driver.targets.iter().for_each(|task| least[task.index()] *= factor);
    }
    // What impacts take away at most: shares of the estimate, minutes, and what is cut off.
    let mut taken = vec![(0.0, 0.0, 1.0_f64); least.len()];
    for (_, impact) in impacts {
        let Some(delay) = &impact.delay else { continue };
        for (at, task) in impact.targets.iter().enumerate() {
            let low = delay.amounts.get(at).unwrap_or(&delay.amounts[0]).ends(tables).0;
            let (share, minutes, kept) = &mut taken[task.index()];
            match delay.kind {
                StrikeKind::Minutes => *minutes += low.min(0.0),
                StrikeKind::Share => *share += low.min(0.0),
                StrikeKind::Cancel => *kept = kept.min(low.clamp(0.0, 1.0)),
                StrikeKind::Touch | StrikeKind::Restart => {}
            }
        }
    }
    for (least, (share, minutes, kept)) in least.iter_mut().zip(taken) {
        *least = (*least * (1.0 + share) + minutes).max(0.0) * kept;
    }
    least
}

#[cfg(test)]
mod tests {
    use crate::calendar::Calendar;
    use crate::dist::{Law, Reading};
    use crate::draws::{Sampler, Seed};
    use crate::engine::Simulation;
    use crate::model::{
        Combine, DelayImpact, Estimate, Impact, ProgramBuilder, Risk, RiskLevels, RiskStatus, Task,
    };
    use crate::units::Probability;

    /// Whether a task of 100 to 300 minutes may be left without any under a delay.
    fn may_idle(delay: DelayImpact) -> bool {
        let start = "2027-01-11T08:00".parse().unwrap();
        let mut builder = ProgramBuilder::new("short", start, "EUR".parse().unwrap());
        let calendar = builder.calendar("standard", Calendar::standard());
        let own = Law::triangular(100.0, 200.0, 300.0, Reading::Ends).unwrap();
        let task = builder.task(Task::work("task", Estimate { plan: own.plan_value(), law: own }, calendar));
        let impact = Impact {
            key: "impact".into(),
            targets: vec![task],
            per_task: false,
            delay: Some(delay),
            cost: None,
        };
        builder.risk(Risk {
            id: "R".into(),
            title: String::new(),
            status: RiskStatus::Open,
            levels: RiskLevels { probability: Probability::new(0.5).unwrap(), impacts: vec![impact] },
            combine: Combine::Series,
            response: None,
            owner: None,
            category: None,
        });
        let program = builder.build().unwrap();
        let simulation = Simulation::compile(&program, Seed(1), Sampler::Stratified).unwrap();
        simulation.kernel.lanes.may_idle(task)
    }

    #[test]
    fn only_what_can_be_taken_away_altogether_may_be_idle() {
        let law = |low: f64, high: f64| {
            let law = Law::uniform(low, high).unwrap();
            Estimate { plan: law.plan_value(), law }
        };
        assert!(!may_idle(DelayImpact::Minutes(law(-99.0, 500.0))));
        assert!(may_idle(DelayImpact::Minutes(law(-100.0, 500.0))));
        assert!(!may_idle(DelayImpact::Share(law(-0.9, 0.0))));
        assert!(may_idle(DelayImpact::Share(law(-1.0, 0.0))));
        assert!(!may_idle(DelayImpact::Cancel(law(0.1, 0.9))));
        assert!(may_idle(DelayImpact::Cancel(law(0.0, 0.9))));
        assert!(!may_idle(DelayImpact::Restart(law(0.0, 0.9))));
    }
}
