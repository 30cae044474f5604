//! When the deterministic plan spends what projects and the program cost themselves.

use super::sheet::Sheet;
use super::spread::Spread;
use super::treasury::{Scratch, Treasury};
use crate::draws::round_money;
use crate::engine::{NEVER, Plan};
use crate::model::{Bearer, ProjectIx};
use crate::units::Instant;

/// A part of the planned cost of a project or of the program itself, which falls due between two moments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedSpend {
    /// The key or id of its line.
    pub line: String,
    /// The project that bears it; none: the program.
    pub project: Option<ProjectIx>,
    /// From when.
    pub from: Instant,
    /// Until when; the same for what is due at one moment.
    pub to: Instant,
    /// Minor units.
    pub amount: i64,
}

impl Treasury {
    /// What lines of projects and of the program itself cost by the plan, and when; a recurring one has a part for
    /// every payment, one that grows a part for every month. Terms of payment are left aside: what counts is when it is due.
    #[must_use]
    pub fn planned_spends(&self, plan: &Plan) -> Vec<PlannedSpend> {
        let present: Vec<bool> = plan.task_finish.iter().map(|&finish| finish != NEVER).collect();
        let sheet = Sheet {
            lanes: 1,
            finish: std::slice::from_ref(&plan.finish),
            task_start: &plan.task_start,
            task_finish: &plan.task_finish,
            task_minutes: &plan.task_minutes,
            task_present: &present,
            // Nothing is cancelled in the plan.
            task_stopped: &[],
            project_finish: &plan.project_finish,
        };
        let mut scratch = Scratch::new(self, 1);
        self.moments.fill(&sheet, self.start, &mut scratch.dates, &mut scratch.exist);
        let mut spends = Vec::new();
        for (line, &amount) in self.lines.iter().zip(&plan.line_cost).filter(|(_, amount)| **amount != 0) {
            let project = match line.info.on {
                Bearer::Task(_) => continue,
                Bearer::Project(project) => Some(project),
                Bearer::Program => None,
            };
            let spread = line.spread.in_lane(&sheet, &scratch.dates, &self.tables, self.start, 0);
            let part = |(from, to, amount)| PlannedSpend {
                line: line.info.id.clone(),
                project,
                from: Instant(from),
                to: Instant(to),
                amount,
            };
            spends.extend(self.planned_parts(&spread, amount).into_iter().map(part));
        }
        spends
    }
}

impl Treasury {
    /// First moment, last moment and amount of what is spent like this: payment by payment, or, where it grows or gets
    /// cheaper, month by month.
    fn planned_parts(&self, spread: &Spread<'_>, amount: i64) -> Vec<(i32, i32, i64)> {
        let Some(dues) = spread.dues() else {
            if spread.is_point() {
                return vec![(spread.end, spread.end, amount)];
            }
            if spread.evenly().is_some() {
                return vec![(spread.start, spread.end, amount)];
            }
            let (mut parts, mut from, mut before) = (Vec::new(), spread.start, 0);
            self.each_month(spread, 0, |month, until| {
                let to = self.months.end(month).min(spread.end);
                let now = if until >= 1.0 { amount } else { round_money(amount as f64 * until) };
                parts.push((from, to, now - before));
                (from, before) = (to, now);
            });
            return parts;
        };
        let count = dues.len().max(1) as i64;
        let each = |(at, due): (usize, i32)| {
            let at = at as i64;
            // The parts add up to the whole.
            (due, due, amount * (at + 1) / count - amount * at / count)
        };
        dues.into_iter().enumerate().map(each).collect()
    }
}
