//! What costs and benefits are worth on the valuation date.

use super::sheet::Sheet;
use super::spread::{Spread, SpreadRule};
use super::treasury::{Scratch, Treasury};
use crate::draws::round_money;
use crate::lanes::{self, InstructionSet, LANES};
use crate::model::{Bearer, SpendKind, TaskIx};

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

/// Where it is written what costs and benefits are worth, by lane.
#[derive(Debug)]
pub(in crate::engine) struct Worth<'a> {
    pub costs: &'a mut [i64],
    pub benefits: &'a mut [i64],
    /// Benefits less costs of each program of a portfolio, row by row; empty where nobody asks.
    pub members: &'a mut [i64],
}

/// Where the work of a task ends on its clock, by lane; [`None`] if it does not follow from its minutes, or nobody
/// counted it.
pub(in crate::engine) type WorkEnds<'a> = dyn Fn(TaskIx) -> Option<&'a [i32; LANES]> + 'a;

/// What a row of amounts is paid for.
#[derive(Clone, Copy, Debug)]
struct Paid<'a> {
    rule: &'a SpreadRule,
    terms_days: i32,
    /// What is left of it after tax.
    share: f64,
}

impl Treasury {
    /// What each lane's costs and benefits are worth, after tax, in minor units; the moments have been filled in. Each
    /// program of a portfolio is valued by itself, to the minor unit, and all of them add up.
    pub(in crate::engine) fn value(
        &self,
        set: InstructionSet,
        (sheet, work): (&Sheet<'_>, &WorkEnds<'_>),
        scratch: &mut Scratch,
        costs: FinalCosts<'_>,
        out: Worth<'_>,
    ) {
        let lanes = sheet.lanes;
        let Worth { costs: cost_worth, benefits: benefit_worth, members } = out;
        cost_worth.fill(0);
        benefit_worth.fill(0);
        let programs = (0..self.program.members().len()).map(Some);
        for member in std::iter::once(None).chain(programs) {
            let mut worth = std::mem::take(&mut scratch.worth);
            self.add_costs_worth(member, set, (sheet, work), scratch, costs, &mut worth);
            let mut own = member.and_then(|at| members.get_mut(at * lanes..(at + 1) * lanes));
            for (lane, &worth) in worth.iter().enumerate() {
                let worth = round_money(worth);
                cost_worth[lane] += worth;
                if let Some(own) = &mut own {
                    own[lane] = -worth;
                }
            }
            self.add_benefits_worth(member, lanes, scratch, &mut worth);
            for (lane, &worth) in worth.iter().enumerate() {
                let worth = round_money(worth * (1.0 - self.finance.tax_rate));
                benefit_worth[lane] += worth;
                if let Some(own) = &mut own {
                    own[lane] += worth;
                }
            }
            scratch.worth = worth;
        }
    }

    /// What the costs of a program of a portfolio are worth, or those of none.
    fn add_costs_worth(
        &self,
        member: Option<usize>,
        set: InstructionSet,
        (sheet, work): (&Sheet<'_>, &WorkEnds<'_>),
        scratch: &mut Scratch,
        costs: FinalCosts<'_>,
        worth: &mut [f64],
    ) {
        let lanes = sheet.lanes;
        let kept = 1.0 - self.finance.tax_rate;
        let mut own = std::mem::take(&mut scratch.own);
        worth.fill(0.0);
        for pool in self.pools.iter().filter(|pool| pool.member == member) {
            let paid = Paid { rule: &pool.spread, terms_days: 0, share: 1.0 };
            match pool.on {
                // Nothing is taken away from what most tasks cost.
                Bearer::Task(task) if pool.others.is_empty() => {
                    let row = sheet.row(costs.task, task.index());
                    self.add_worth(set, paid, (sheet, work), scratch, row, worth);
                }
                on => {
                    self.own_cost(on, costs, lanes, &mut own);
                    for &line in &pool.others {
                        let row = sheet.row(costs.line, line);
                        own.iter_mut().zip(row).for_each(|(own, &amount)| *own -= amount);
                    }
                    self.add_worth(set, paid, (sheet, work), scratch, &own, worth);
                }
            }
            for &line in &pool.others {
                let row = sheet.row(costs.line, line);
                let line = &self.lines[line];
                let share = if line.info.kind == Some(SpendKind::Opex) { kept } else { 1.0 };
                let paid = Paid { rule: &line.spread, terms_days: line.terms_days, share };
                self.add_worth(set, paid, (sheet, work), scratch, row, worth);
            }
        }
        scratch.own = own;
    }

    /// What the benefits of a program of a portfolio are worth before tax, or those of none.
    fn add_benefits_worth(&self, member: Option<usize>, lanes: usize, scratch: &Scratch, worth: &mut [f64]) {
        worth.fill(0.0);
        for stream in self.streams.iter().filter(|stream| stream.member == member) {
            for (lane, worth) in worth.iter_mut().enumerate() {
                if scratch.exist[stream.from * lanes + lane] {
                    let per_year = stream.per_year(|at| scratch.values[at * lanes + lane]);
                    let day = stream.begins(scratch.dates[stream.from * lanes + lane]);
                    *worth += per_year * stream.worth(day, &self.months);
                }
            }
        }
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

    fn add_worth(
        &self,
        set: InstructionSet,
        paid: Paid<'_>,
        (sheet, work): (&Sheet<'_>, &WorkEnds<'_>),
        scratch: &mut Scratch,
        amounts: &[i64],
        worth: &mut [f64],
    ) {
        if amounts.iter().all(|&amount| amount == 0) {
            return;
        }
        if let (Ok(amounts), Ok(worth)) = (amounts.try_into(), <&mut [f64; LANES]>::try_from(&mut *worth))
            && self.add_even_worth(set, paid, (sheet, work), scratch, amounts, worth)
        {
            return;
        }
        for (lane, (&amount, worth)) in amounts.iter().zip(worth).enumerate() {
            if amount != 0 {
                let spread = paid.rule.in_lane(sheet, &scratch.dates, &self.tables, self.start, lane);
                *worth += amount as f64 * paid.share * self.worth_of(&spread, paid);
            }
        }
    }

    /// The same for a block of what costs the same in every minute, with the bits of the other way; false if it
    /// does not.
    fn add_even_worth(
        &self,
        set: InstructionSet,
        paid: Paid<'_>,
        (sheet, work): (&Sheet<'_>, &WorkEnds<'_>),
        scratch: &mut Scratch,
        amounts: &[i64; LANES],
        worth: &mut [f64; LANES],
    ) -> bool {
        let runs = paid.rule.evenly();
        let Some(spending) = runs.and_then(|runs| self.spendings.find(runs, paid.terms_days)) else {
            return false;
        };
        if let SpreadRule::Task { task, .. } = paid.rule
            && let (Some(ends), Ok(minutes)) =
                (work(*task), sheet.row(sheet.task_minutes, task.index()).try_into())
        {
            let (first, last, _) = lanes::reach(set, ends, minutes);
            let periods = spending.touched(first, last);
            lanes::add_spent(set, worth, amounts, paid.share, ends, minutes, periods);
            return true;
        }
        let Scratch { dates, ends, minutes, .. } = scratch;
        let (Ok(ends), Ok(minutes)) =
            (<&mut [i32; LANES]>::try_from(&mut ends[..]), <&mut [i32; LANES]>::try_from(&mut minutes[..]))
        else {
            return false;
        };
        let in_lane = |lane: usize| paid.rule.in_lane(sheet, dates, &self.tables, self.start, lane);
        let (mut first, mut last) = (i32::MAX, i32::MIN);
        for lane in 0..LANES {
            // Without minutes it falls due at one moment.
            (ends[lane], minutes[lane]) = in_lane(lane).evenly().unwrap_or((0, 0));
            if minutes[lane] > 0 {
                (first, last) = (first.min(ends[lane] - minutes[lane]), last.max(ends[lane]));
            }
        }
        if first < last {
            let periods = spending.touched(first, last);
            lanes::add_spent(set, worth, amounts, paid.share, ends, minutes, periods);
        }
        for lane in (0..LANES).filter(|&lane| minutes[lane] == 0 && amounts[lane] != 0) {
            worth[lane] += amounts[lane] as f64 * paid.share * self.worth_of(&in_lane(lane), paid);
        }
        true
    }

    /// What a unit is worth that is spread like this.
    fn worth_of(&self, spread: &Spread<'_>, paid: Paid<'_>) -> f64 {
        if let Some((end, minutes)) = spread.evenly()
            && let Some(spending) =
                paid.rule.evenly().and_then(|runs| self.spendings.find(runs, paid.terms_days))
        {
            return lanes::spent_evenly(end, minutes, spending.touched(end.saturating_sub(minutes), end));
        }
        let (mut sum, mut before) = (0.0, 0.0);
        self.each_month(spread, paid.terms_days, |month, until| {
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
