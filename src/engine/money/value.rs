//! What costs and benefits are worth on the valuation date.

use super::sheet::Sheet;
use super::spread::{Runs, Spread, SpreadRule};
use super::treasury::{Scratch, Treasury};
use crate::draws::round_money;
use crate::engine::NEVER;
use crate::model::{Bearer, Payment, SpendKind, TaskIx};
use crate::units::Instant;

/// Minutes in a day.
const DAY: i32 = 1_440;

/// The costs of a block or an iteration after everything has been added up.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct FinalCosts<'a> {
    pub task: &'a [i64],
    pub project: &'a [i64],
    pub program: &'a [i64],
    pub line: &'a [i64],
}

impl Treasury {
    /// What each lane's costs and benefits are worth, after tax, in minor units; the moments have been filled in.
    pub(in crate::engine) fn value(
        &self,
        sheet: &Sheet<'_>,
        scratch: &mut Scratch,
        costs: FinalCosts<'_>,
        cost_worth: &mut [i64],
        benefit_worth: &mut [i64],
    ) {
        let lanes = sheet.lanes;
        let kept = 1.0 - self.finance.tax_rate;
        let mut own = std::mem::take(&mut scratch.own);
        let mut worth = std::mem::take(&mut scratch.worth);
        worth.fill(0.0);
        for pool in &self.pools {
            self.own_cost(pool.on, costs, lanes, &mut own);
            for &line in &pool.others {
                let row = &costs.line[line * lanes..][..lanes];
                own.iter_mut().zip(row).for_each(|(own, &amount)| *own -= amount);
            }
            match &pool.spread {
                SpreadRule::Task { task, runs: Runs::Table(table), payment: Payment::Spread } => {
                    self.add_task_worth(*task, *table, sheet, &own, &mut worth);
                }
                spread => self.add_worth(spread, 0, 1.0, sheet, scratch, &own, &mut worth),
            }
            for &line in &pool.others {
                let row = &costs.line[line * lanes..][..lanes];
                let line = &self.lines[line];
                let share = if line.info.kind == Some(SpendKind::Opex) { kept } else { 1.0 };
                self.add_worth(&line.spread, line.terms_days, share, sheet, scratch, row, &mut worth);
            }
        }
        cost_worth.iter_mut().zip(&worth).for_each(|(out, &worth)| *out = round_money(worth));
        worth.fill(0.0);
        for stream in &self.streams {
            for (lane, worth) in worth.iter_mut().enumerate() {
                if scratch.exist[stream.from * lanes + lane] {
                    let per_year = stream.per_year(|at| scratch.values[at * lanes + lane]);
                    let day = stream.begins(scratch.dates[stream.from * lanes + lane]);
                    *worth += per_year * stream.worth(day, &self.months);
                }
            }
        }
        benefit_worth.iter_mut().zip(&worth).for_each(|(out, &worth)| *out = round_money(worth * kept));
        (scratch.own, scratch.worth) = (own, worth);
    }

    /// What a bearer costs without what is below it.
    pub(super) fn own_cost(&self, on: Bearer, costs: FinalCosts<'_>, lanes: usize, out: &mut [i64]) {
        let row = |table: &[i64], at: usize, out: &mut [i64], sign: i64| {
            let row = &table[at * lanes..][..lanes];
            out.iter_mut().zip(row).for_each(|(out, &amount)| *out += sign * amount);
        };
        out.fill(0);
        let parent = match on {
            Bearer::Task(task) => return row(costs.task, task.index(), out, 1),
            Bearer::Project(project) => {
                row(costs.project, project.index(), out, 1);
                Some(project)
            }
            Bearer::Program => {
                row(costs.program, 0, out, 1);
                None
            }
        };
        for (at, project) in self.program.projects().iter().enumerate() {
            if project.parent == parent {
                row(costs.project, at, out, -1);
            }
        }
        for (at, task) in self.program.tasks().iter().enumerate() {
            if task.project == parent {
                row(costs.task, at, out, -1);
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one step of one sum, called twice")]
    fn add_worth(
        &self,
        rule: &SpreadRule,
        terms_days: i32,
        share: f64,
        sheet: &Sheet<'_>,
        scratch: &Scratch,
        amounts: &[i64],
        worth: &mut [f64],
    ) {
        if amounts.iter().all(|&amount| amount == 0) {
            return;
        }
        for (lane, (&amount, worth)) in amounts.iter().zip(worth).enumerate() {
            if amount != 0 {
                let spread = rule.in_lane(sheet, &scratch.dates, &self.tables, self.start, lane);
                *worth += amount as f64 * share * self.worth_of(&spread, terms_days);
            }
        }
    }

    /// The same for what is spread evenly over the work of a task: the way of most amounts of a program, without
    /// looking up what lies between its months one by one. It gives the bits of the other.
    fn add_task_worth(
        &self,
        task: TaskIx,
        table: u32,
        sheet: &Sheet<'_>,
        amounts: &[i64],
        worth: &mut [f64],
    ) {
        if amounts.iter().all(|&amount| amount == 0) {
            return;
        }
        let (starts, ends) =
            (sheet.row(sheet.task_start, task.index()), sheet.row(sheet.task_finish, task.index()));
        let (work, worked) = (&self.tables[table as usize], &self.worked_by[table as usize]);
        let known = |date: i32| if date == NEVER { self.start } else { date };
        for (((&amount, worth), &start), &end) in amounts.iter().zip(worth).zip(starts).zip(ends) {
            if amount == 0 {
                continue;
            }
            let (start, end) = (known(start), known(end));
            let (first, last) = (self.months.month_of(start), self.months.month_of(end));
            let mut unit = self.months.discount(last);
            if first < last && start < end {
                let from = work.worked(Instant(start));
                let total = f64::from(work.worked(Instant(end)).saturating_sub(from));
                if total > 0.0 {
                    let (mut sum, mut before) = (0.0, 0.0);
                    for (month, &worked) in worked.iter().enumerate().take(last).skip(first) {
                        let until = f64::from(worked.saturating_sub(from).max(0)) / total;
                        sum += (until - before) * self.months.discount(month);
                        before = until;
                    }
                    unit = sum + (1.0 - before) * unit;
                }
            }
            *worth += amount as f64 * unit;
        }
    }

    /// What a unit is worth that is spread like this.
    fn worth_of(&self, spread: &Spread<'_>, terms_days: i32) -> f64 {
        let (mut sum, mut before) = (0.0, 0.0);
        self.each_month(spread, terms_days, |month, until| {
            sum += (until - before) * self.months.discount(month);
            before = until;
        });
        sum
    }

    /// Calls `visit` with every month in which something is paid, and the share that has been paid until its end.
    pub(super) fn each_month(&self, spread: &Spread<'_>, terms_days: i32, mut visit: impl FnMut(usize, f64)) {
        let terms = terms_days.saturating_mul(DAY);
        let from = self.months.month_of(spread.start.saturating_add(terms));
        let to = self.months.month_of(spread.end.saturating_add(terms));
        for month in from..to {
            visit(month, spread.share_until(self.months.end(month).saturating_sub(terms)));
        }
        visit(to.max(from), 1.0);
    }
}
