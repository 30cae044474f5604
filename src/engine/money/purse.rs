//! Work that waits for money: what has been spent until the end of each funding, and who has to wait.
//!
//! What starts first is paid first. Where more has been spent until the end of a funding than there is, the task that
//! started last among those that spent some of it waits for the next funding, until what is left fits. Costs of projects
//! and of the program itself are counted, but nothing can make them wait.

use super::grid::Months;
use super::sheet::Sheet;
use super::spread::Spread;
use super::treasury::{Scratch, Treasury};
use super::value::FinalCosts;
use crate::draws::round_money;
use crate::model::{Bearer, Finance, Leftover, TaskIx};
use crate::network::Inputs;

/// Minutes in a day.
const DAY: i32 = 1_440;

/// What there is to spend, compiled.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Purse {
    /// The last month of each funding and the sum from the beginning; after the last nothing is added.
    fundings: Vec<(usize, i64)>,
    leftover: Leftover,
}

/// What has been spent until the end of each funding, and in the end.
struct Spent {
    fundings: usize,
    all: Vec<i64>,
    /// By task and funding.
    by_task: Vec<i64>,
}

impl Purse {
    /// Compiles a cap.
    pub fn new(finance: &Finance, months: &Months) -> Option<Self> {
        let leftover = finance.cap?;
        let funding = finance.funding.iter();
        let fundings = funding.map(|funding| (months.month_of(funding.until.0), funding.total.0)).collect();
        Some(Self { fundings, leftover })
    }

    /// Whether more has been spent in a funding than there was; the last number is what comes after all of them.
    fn is_overspent(&self, at: usize, spent: &[i64]) -> bool {
        let total = |at: usize| {
            let funding = self.fundings.get(at).or(self.fundings.last());
            funding.map_or(0, |(_, total)| *total)
        };
        let before = at.checked_sub(1);
        match self.leftover {
            Leftover::CarriesOver => spent[at] > total(at),
            Leftover::Lapses => {
                spent[at] - before.map_or(0, |before| spent[before]) > total(at) - before.map_or(0, total)
            }
        }
    }

    /// What of the spending of a task counts in a funding.
    fn counted(&self, at: usize, spent: &[i64]) -> i64 {
        match (self.leftover, at.checked_sub(1)) {
            (Leftover::Lapses, Some(before)) => spent[at] - spent[before],
            _ => spent[at],
        }
    }
}

impl Spent {
    fn add(&mut self, on: Bearer, at: usize, amount: i64) {
        self.all[at] += amount;
        if let Bearer::Task(task) = on {
            self.by_task[task.index() * self.fundings + at] += amount;
        }
    }
}

impl Treasury {
    /// Whether work waits for money.
    #[must_use]
    pub fn is_capped(&self) -> bool {
        self.purse.is_some()
    }

    /// How late money may let work start; [`None`] where it lets nothing wait.
    pub(in crate::engine) fn latest_start(finance: &Finance) -> Option<i32> {
        let last = finance.funding.last().filter(|_| finance.cap.is_some())?;
        // To the end of its month.
        Some(last.until.0.saturating_add(31 * DAY))
    }

    /// The task of an iteration that has to wait first, and until when; its moments have been filled in.
    pub(super) fn must_wait(
        &self,
        sheet: &Sheet<'_>,
        scratch: &mut Scratch,
        costs: FinalCosts<'_>,
        inputs: &Inputs,
    ) -> Option<(TaskIx, i32)> {
        let purse = self.purse.as_ref()?;
        let spent = self.spent(purse, sheet, scratch, costs);
        for at in (0..spent.fundings).filter(|&at| purse.is_overspent(at, &spent.all)) {
            let until = match purse.fundings.get(at) {
                Some((month, _)) => self.months.end(*month),
                None => Inputs::NEVER,
            };
            let spends = |task: &TaskIx| {
                let own = &spent.by_task[task.index() * spent.fundings..][..spent.fundings];
                purse.counted(at, own) > 0
            };
            let tasks = (0..self.program.tasks().len()).map(TaskIx::new);
            let may_wait = tasks
                .filter(|task| self.program.tasks()[task.index()].actual.is_none())
                .filter(|task| inputs.held_until(task.index()) < until)
                .filter(spends);
            if let Some(last) = may_wait.max_by_key(|task| (sheet.task_start[task.index()], task.index())) {
                return Some((last, until));
            }
        }
        None
    }

    /// What is spent until the end of each funding, as in the cash flow.
    fn spent(&self, purse: &Purse, sheet: &Sheet<'_>, scratch: &mut Scratch, costs: FinalCosts<'_>) -> Spent {
        let fundings = purse.fundings.len() + 1;
        let tasks = self.program.tasks().len();
        let mut spent = Spent { fundings, all: vec![0; fundings], by_task: vec![0; fundings * tasks] };
        let mut add = |on: Bearer, spread: &Spread<'_>, terms_days: i32, amount: i64| {
            for (at, (month, _)) in purse.fundings.iter().enumerate() {
                spent.add(on, at, self.paid_until(*month, spread, terms_days, amount));
            }
            spent.add(on, fundings - 1, amount);
        };
        for (at, line) in self.lines.iter().enumerate().filter(|(at, _)| costs.line[*at] != 0) {
            let spread = line.spread.in_lane(sheet, &scratch.dates, &self.tables, self.start, 0);
            add(line.info.on, &spread, line.terms_days, costs.line[at]);
        }
        // What risks cost.
        for pool in &self.pools {
            let mut own = [0];
            self.own_cost(pool.on, costs, 1, &mut own);
            let lines: i64 = pool.others.iter().chain(&pool.members).map(|&line| costs.line[line]).sum();
            if own[0] != lines {
                let spread = pool.spread.in_lane(sheet, &scratch.dates, &self.tables, self.start, 0);
                add(pool.on, &spread, 0, own[0] - lines);
            }
        }
        spent
    }

    /// What of an amount has been paid until the end of a month.
    fn paid_until(&self, month: usize, spread: &Spread<'_>, terms_days: i32, amount: i64) -> i64 {
        let terms = terms_days.saturating_mul(DAY);
        let last = self.months.month_of(spread.end.saturating_add(terms));
        let first = self.months.month_of(spread.start.saturating_add(terms));
        if month >= last {
            return amount;
        }
        if month < first {
            return 0;
        }
        let until = spread.share_until(self.months.end(month).saturating_sub(terms));
        if until >= 1.0 { amount } else { round_money(amount as f64 * until) }
    }
}
