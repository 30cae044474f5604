//! How much an impact does: days, money, shares.

use super::context::Context;
use super::estimate::{Read, read};
use super::meter::{Measure, Meter};
use super::risks::Field;
use crate::diag::code;
use crate::model::{Clock, CostImpact, DelayImpact, Estimate, TaskIx, TaskKind};
use crate::scenario::raw::{At, Quantity, RawEstimate, RawImpact, RawRiskKind, Slot};

/// Which of the scales' words an estimate may use.
#[derive(Clone, Copy)]
enum Scale {
    Delay,
    Cost,
}

impl Context<'_, '_> {
    /// A share of a task that is lost or kept.
    pub fn loss(&mut self, slot: &Slot<RawEstimate>) -> Option<Estimate> {
        let at = slot.at()?;
        let mut meter = self.meter(Measure::Share, self.calendars.default());
        let written = read(at, &mut meter, None, self.desk)?;
        let estimate = written.build(None, at.place(), self.desk)?;
        let (low, high) = estimate.law.support_ends();
        if low < 0.0 || high > 1.0 {
            let message = "a share of a task lies between 0 and 1";
            let help = "write a number such as 0.5, or a law such as { uniform = [0, 1] }";
            self.desk.report(code::OUT_OF_RANGE, at.place(), message, help);
            return None;
        }
        Some(estimate)
    }

    /// An estimate of an impact: amounts or shares, whatever the first quantity is.
    fn impact_estimate(
        &mut self,
        at: &At<RawEstimate>,
        scale: Scale,
        mut meter: Meter,
        kind: Option<RawRiskKind>,
    ) -> Option<(Estimate, Measure, Read)> {
        let words = match scale {
            Scale::Delay => &self.scales.delay,
            Scale::Cost => &self.scales.cost,
        };
        if is_share(&at.value, words) {
            meter.measure = Measure::Share;
        }
        let written = read(at, &mut meter, Some(words), self.desk)?;
        let estimate = written.build(None, at.place(), self.desk)?;
        if let Some(kind) = kind {
            // The written ends count: read as percentiles, a range may reach a little past zero.
            let middle = estimate.law.median();
            let contradicts = match kind {
                RawRiskKind::Threat => written.law.lower_end().unwrap_or(middle) < 0.0,
                RawRiskKind::Opportunity => written.law.upper_end().unwrap_or(middle) > 0.0,
            };
            if contradicts {
                let (kind, help) = match kind {
                    RawRiskKind::Threat => {
                        ("a threat", "a threat makes things later or dearer: write it without a minus sign")
                    }
                    RawRiskKind::Opportunity => (
                        "an opportunity",
                        "an opportunity makes things sooner or cheaper: write it with a minus sign",
                    ),
                };
                let message = format!("the impact has the wrong sign for {kind}");
                self.desk.report(code::SIGN_CONTRADICTS_KIND, at.place(), message, help);
            }
        }
        Some((estimate, meter.measure, written))
    }

    /// What an impact adds to costs.
    pub fn cost_impact(
        &mut self,
        raw: &RawImpact,
        targets: &[TaskIx],
        kind: Option<RawRiskKind>,
    ) -> Option<CostImpact> {
        let at = raw.cost.at()?;
        let meter = self.meter(Measure::Money, self.calendars.default()).signed();
        let (estimate, measure, written) = self.impact_estimate(at, Scale::Cost, meter, kind)?;
        self.advise_range(&written.law, at.place());
        if measure != Measure::Share {
            return Some(CostImpact::Amount(estimate));
        }
        if targets.is_empty() {
            if raw.on.is_absent() && raw.tags.is_absent() {
                let help = "add `on = \"...\"`, or write an amount";
                self.desk.report(code::DELAY_WITHOUT_TARGET, at.place(), "a percentage of which cost?", help);
            }
            return None;
        }
        Some(CostImpact::Share(estimate))
    }

    /// The delay for each group of targets whose days are equally long.
    pub fn delay_impacts(
        &mut self,
        raw: &RawImpact,
        targets: &[TaskIx],
        kind: Option<RawRiskKind>,
        field: &Field<'_>,
    ) -> Vec<(Vec<TaskIx>, DelayImpact)> {
        let Some(at) = raw.delay.at() else { return Vec::new() };
        let mut groups: Vec<(crate::units::WorkScale, Vec<TaskIx>)> = Vec::new();
        for &task in targets {
            let scale = self.calendars.scale(field.tasks[task.index()].calendar);
            match groups.iter_mut().find(|(known, _)| *known == scale) {
                Some((_, group)) => group.push(task),
                None => groups.push((scale, vec![task])),
            }
        }
        if groups.is_empty() {
            groups.push((self.calendars.scale(self.calendars.default()), Vec::new()));
        }
        let mut delays = Vec::new();
        for (number, (scale, group)) in groups.into_iter().enumerate() {
            let mut meter = self.meter(Measure::Duration, self.calendars.default()).signed();
            meter.scale = scale;
            let Some((estimate, measure, written)) = self.impact_estimate(at, Scale::Delay, meter, kind)
            else {
                return Vec::new();
            };
            if number == 0 {
                self.advise_range(&written.law, at.place());
            }
            if measure == Measure::Share {
                self.advise_share(at, targets, field);
                // A share needs no scale: one impact serves all targets.
                return vec![(targets.to_vec(), DelayImpact::Share(estimate))];
            }
            self.check_clocks(at, &written, &group, field);
            delays.push((group, DelayImpact::Minutes(estimate)));
        }
        delays
    }

    /// A milestone has no duration of which a share could be taken.
    fn advise_share(&mut self, at: &At<RawEstimate>, targets: &[TaskIx], field: &Field<'_>) {
        let mut tasks = targets.iter().map(|task| &field.tasks[task.index()]);
        if let Some(milestone) = tasks.find(|task| task.is_milestone()) {
            let message = format!(
                "`{}` is a milestone without duration: a percentage of it delays nothing",
                milestone.id
            );
            let help =
                "write working time, such as \"5d\", or aim the delay at the work before the milestone";
            self.desk.report(code::SHARE_OF_NOTHING, at.place(), message, help);
        }
    }

    fn check_clocks(&mut self, at: &At<RawEstimate>, written: &Read, group: &[TaskIx], field: &Field<'_>) {
        for &task in group {
            let task = &field.tasks[task.index()];
            // A milestone is delayed on its working calendar.
            let (clock, what) = match task.kind {
                TaskKind::Work { clock, .. } => (clock, "the duration of "),
                TaskKind::Milestone(_) => (Clock::Working, "the milestone "),
            };
            if clock != written.clock {
                let (delay, work) = match written.clock {
                    Clock::Elapsed => ("elapsed", "working"),
                    Clock::Working => ("working", "elapsed"),
                };
                let message = format!("the delay counts {delay} time, {what}`{}` {work} time", task.id);
                let help = match written.clock {
                    Clock::Elapsed => "write the delay without `e` in front of the unit",
                    Clock::Working => "write the delay with `e` in front of the unit, such as \"5ed\"",
                };
                self.desk.report(code::CLOCKS_DIFFER, at.place(), message, help);
                return;
            }
        }
    }
}

/// Whether the first quantity of an estimate is a percentage.
fn is_share(estimate: &RawEstimate, words: &super::scales::Words) -> bool {
    let share = |slot: &Slot<Quantity>| matches!(slot.get(), Some(Quantity::Share(_)));
    let RawEstimate::Law(law) = estimate else {
        return match estimate {
            RawEstimate::Point(Quantity::Word(word)) => {
                matches!(words.sample(word), Some(Quantity::Share(_)))
            }
            RawEstimate::Point(quantity) => matches!(quantity, Quantity::Share(_)),
            RawEstimate::Law(_) => false,
        };
    };
    share(&law.fixed)
        || law.uniform.get().is_some_and(|raw| share(&raw.low))
        || law.triangular.get().is_some_and(|raw| share(&raw.low) || share(&raw.mode))
        || law.pert.get().is_some_and(|raw| share(&raw.low) || share(&raw.mode))
        || law.trigen.get().is_some_and(|raw| share(&raw.low) || share(&raw.mode))
        || law.normal.get().is_some_and(|raw| share(&raw.mean) || share(&raw.p10))
        || law.lognormal.get().is_some_and(|raw| share(&raw.mean) || share(&raw.p10) || share(&raw.median))
        || law.beta.get().is_some_and(|raw| share(&raw.low))
        || law.gamma.get().is_some_and(|raw| share(&raw.scale))
        || law.weibull.get().is_some_and(|raw| share(&raw.scale))
        || law.exponential.get().is_some_and(|raw| share(&raw.mean))
        || law.pareto.get().is_some_and(|raw| share(&raw.low))
        || law.discrete.get().is_some_and(|rows| rows.iter().any(|row| share(&row.value.value)))
        || law.cumulative.get().is_some_and(|rows| rows.iter().any(|row| share(&row.value.value)))
        || law.empirical.get().is_some_and(|raw| {
            raw.values
                .get()
                .is_some_and(|values| values.iter().any(|at| matches!(at.value, Quantity::Share(_))))
        })
}
