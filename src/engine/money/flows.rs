//! The cash flow of one iteration, month by month.

use super::sheet::Sheet;
use super::spread::SpreadRule;
use super::treasury::{Scratch, Treasury};
use super::value::FinalCosts;
use crate::draws::round_money;
use crate::engine::Block;
use crate::units::Instant;

/// Reads the cash flows of the iterations of a block; a line's amount in a month is the difference of its rounded
/// cumulative amounts, so that the months add up to it exactly (semantics, section 6).
#[derive(Clone, Debug)]
pub struct Flows<'a> {
    treasury: &'a Treasury,
    scratch: Scratch,
    own: Vec<i64>,
}

/// To which part of the cash flow something belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowOf {
    /// A line, by its place in [`Treasury::lines`].
    Line(usize),
    /// The impacts of risks.
    Risks,
    /// A benefit, by its place in [`Treasury::benefits`].
    Benefit(usize),
}

impl<'a> Flows<'a> {
    /// A reader.
    #[must_use]
    pub fn new(treasury: &'a Treasury) -> Self {
        Self { treasury, scratch: Scratch::default(), own: Vec::new() }
    }

    /// Calls `add` with lane, part, month and amount of everything that flows in a block: costs and benefits above
    /// zero.
    pub fn of_block(&mut self, block: &Block, mut add: impl FnMut(usize, FlowOf, usize, i64)) {
        let Some(sheet) = Sheet::of(block) else { return };
        let (Some(task), Some(project), Some(line)) =
            (block.task_cost.as_slice(), block.project_cost.as_slice(), block.line_cost.as_slice())
        else {
            return;
        };
        let lanes = sheet.lanes;
        self.scratch = Scratch::new(self.treasury, lanes);
        if let Some(values) = block.money_values.as_slice() {
            self.scratch.values.copy_from_slice(values);
        }
        let costs = FinalCosts { task, project, program: &block.cost, line };
        self.read(&sheet, costs, &mut add);
    }

    /// What the benefits of the block that was read last are worth in all its lanes together, in minor units after
    /// tax, if they began so many calendar months later.
    #[must_use]
    pub fn delayed_worth(&self, months: i32) -> i128 {
        let treasury = self.treasury;
        let (scratch, kept) = (&self.scratch, 1.0 - treasury.finance.tax_rate);
        let lanes = self.own.len();
        let mut sum = 0;
        for stream in &treasury.streams {
            for lane in (0..lanes).filter(|&lane| scratch.exist[stream.from * lanes + lane]) {
                let per_year = stream.per_year(|at| scratch.values[at * lanes + lane]);
                let day = later(stream.begins(scratch.dates[stream.from * lanes + lane]), months);
                sum += i128::from(round_money(per_year * stream.worth(day, &treasury.months) * kept));
            }
        }
        sum
    }

    fn read(
        &mut self,
        sheet: &Sheet<'_>,
        costs: FinalCosts<'_>,
        add: &mut impl FnMut(usize, FlowOf, usize, i64),
    ) {
        let treasury = self.treasury;
        let lanes = sheet.lanes;
        let Self { scratch, own, .. } = self;
        treasury.moments.fill(sheet, treasury.start, &mut scratch.dates, &mut scratch.exist);
        own.resize(lanes, 0);
        let mut spread = |rule: &SpreadRule, terms: i32, of: FlowOf, amounts: &[i64], scratch: &Scratch| {
            for (lane, &amount) in amounts.iter().enumerate().filter(|(_, amount)| **amount != 0) {
                let spread = rule.in_lane(sheet, &scratch.dates, &treasury.tables, treasury.start, lane);
                let mut before = 0;
                treasury.each_month(&spread, terms, |month, until| {
                    let now = if until >= 1.0 { amount } else { round_money(amount as f64 * until) };
                    if now != before {
                        add(lane, of, month, now - before);
                    }
                    before = now;
                });
            }
        };
        for (at, line) in treasury.lines.iter().enumerate() {
            let amounts = &costs.line[at * lanes..][..lanes];
            spread(&line.spread, line.terms_days, FlowOf::Line(at), amounts, scratch);
        }
        for pool in &treasury.pools {
            treasury.own_cost(pool.on, costs, lanes, own);
            for &line in pool.others.iter().chain(&pool.members) {
                let row = &costs.line[line * lanes..][..lanes];
                own.iter_mut().zip(row).for_each(|(own, &amount)| *own -= amount);
            }
            spread(&pool.spread, 0, FlowOf::Risks, own, scratch);
        }
        for (at, stream) in treasury.streams.iter().enumerate() {
            for lane in 0..lanes {
                if scratch.exist[stream.from * lanes + lane] {
                    let per_year = stream.per_year(|at| scratch.values[at * lanes + lane]);
                    let day = stream.begins(scratch.dates[stream.from * lanes + lane]);
                    stream.flows(per_year, day, &treasury.months, |month, amount| {
                        add(lane, FlowOf::Benefit(at), month, amount);
                    });
                }
            }
        }
    }
}

/// The same day so many months later; the last day of a shorter month.
fn later(day: i32, months: i32) -> i32 {
    let span = jiff::Span::new().try_months(months).unwrap_or_default();
    Instant::from_date(Instant(day.saturating_mul(1_440)).start_date().saturating_add(span)).day()
}
