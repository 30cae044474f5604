//! The amounts of lines that follow from dates, rates and other lines.

use super::line::{Line, Source};
use super::sheet::{Sheet, Totals};
use super::spread::{Runs, Spread, payments};
use super::treasury::{Scratch, Treasury};
use crate::draws::round_money;
use crate::engine::NEVER;
use crate::model::{Bearer, ConditionIx};
use crate::units::Instant;

/// Minutes in a day.
const DAY: i32 = 1_440;

impl Treasury {
    /// Computes all lines but the ordinary ones, whose amounts are in `line_cost` and booked, and books them;
    /// projects have not been added to what is above them. `present` says whether a
    /// bearer exists in a lane, with the condition under which it does.
    pub(in crate::engine) fn settle(
        &self,
        sheet: &Sheet<'_>,
        scratch: &mut Scratch,
        totals: &mut Totals<'_>,
        line_cost: &mut [i64],
        present: &dyn Fn(Bearer, Option<ConditionIx>, usize) -> bool,
    ) {
        let lanes = sheet.lanes;
        self.moments.fill(sheet, self.start, &mut scratch.dates, &mut scratch.exist);
        let mut amounts = std::mem::take(&mut scratch.amounts);
        let mut percentages = self.lines.len();
        for (at, line) in self.lines.iter().enumerate().skip(self.ordinary) {
            if let Source::Percent { .. } = line.source {
                percentages = at;
                break;
            }
            self.amounts(line, sheet, scratch, line_cost, &mut amounts);
            self.drop_absent(line, sheet, &mut amounts, present);
            totals.book(&self.program, line.info.on, &amounts);
            line_cost[at * lanes..][..lanes].copy_from_slice(&amounts);
        }
        // None is taken of another, so that all are known before any is booked.
        for (at, line) in self.lines.iter().enumerate().skip(percentages) {
            let Source::Percent { share, of } = &line.source else { continue };
            match of {
                None => totals.cost_of(&self.program, line.info.on, &mut amounts),
                Some(lines) => {
                    amounts.fill(0);
                    for &of in lines {
                        let row = &line_cost[of * lanes..][..lanes];
                        amounts.iter_mut().zip(row).for_each(|(sum, &amount)| *sum += amount);
                    }
                }
            }
            let shares = &scratch.values[share * lanes..][..lanes];
            for (amount, &share) in amounts.iter_mut().zip(shares) {
                *amount = round_money(share * *amount as f64);
            }
            self.drop_absent(line, sheet, &mut amounts, present);
            line_cost[at * lanes..][..lanes].copy_from_slice(&amounts);
        }
        for (at, line) in self.lines.iter().enumerate().skip(percentages) {
            totals.book(&self.program, line.info.on, &line_cost[at * lanes..][..lanes]);
        }
        scratch.amounts = amounts;
    }

    fn drop_absent(
        &self,
        line: &Line,
        sheet: &Sheet<'_>,
        amounts: &mut [i64],
        present: &dyn Fn(Bearer, Option<ConditionIx>, usize) -> bool,
    ) {
        if line.exists.is_some() || !sheet.task_stopped.is_empty() {
            for (lane, amount) in amounts.iter_mut().enumerate() {
                if !present(line.info.on, line.exists, lane) {
                    *amount = 0;
                }
            }
        }
    }

    fn amounts(&self, line: &Line, sheet: &Sheet<'_>, scratch: &Scratch, line_cost: &[i64], out: &mut [i64]) {
        let lanes = sheet.lanes;
        let value = |at: usize, lane: usize| scratch.values[at * lanes + lane];
        let date = |at: usize, lane: usize| scratch.dates[at * lanes + lane];
        let exists = |at: usize, lane: usize| scratch.exist[at * lanes + lane];
        for (lane, out) in out.iter_mut().enumerate() {
            *out = match &line.source {
                Source::Ordinary | Source::Percent { .. } => 0,
                Source::Due { price, shares, at } if exists(*at, lane) => {
                    let price = value(*price, lane);
                    round_money(price * shares.1) - round_money(price * shares.0)
                }
                // What runs from or to something that never happens is not counted.
                Source::Span { from, to, .. } | Source::Recurring { from, to, .. }
                    if date(*from, lane) == NEVER || date(*to, lane) == NEVER =>
                {
                    0
                }
                Source::Span { per_minute, factor, from, to } => {
                    let (from, to) = (date(*from, lane), date(*to, lane));
                    let (runs, shape) = line.spread.runs();
                    let minutes = match runs {
                        Runs::Table(table) => {
                            let table = &self.tables[table as usize];
                            table.worked(Instant(to)).saturating_sub(table.worked(Instant(from)))
                        }
                        Runs::Elapsed => to.saturating_sub(from),
                    };
                    let full = shape.full_minutes(f64::from(minutes.max(0)));
                    round_money(full * per_minute * factor.map_or(1.0, |at| value(at, lane)))
                }
                Source::Recurring { amount, from, to, months } => {
                    let count = payments(date(*from, lane), date(*to, lane), *months);
                    round_money(value(*amount, lane)) * i64::from(count)
                }
                Source::Late { of, after, grace_days, per_day, cap } if exists(*of, lane) => {
                    let days =
                        (date(*of, lane).saturating_sub(1)).div_euclid(DAY) + 1 - after.div_euclid(DAY);
                    per_days(days - grace_days, *per_day, *cap)
                }
                Source::Early { of, before, per_day, cap } if exists(*of, lane) => {
                    let days =
                        before.div_euclid(DAY) - 1 - (date(*of, lane).saturating_sub(1)).div_euclid(DAY);
                    per_days(days, *per_day, *cap)
                }
                Source::Materials { tasks, cap } => {
                    let mut sum = 0.0;
                    for (task, per_minute) in tasks {
                        sum += f64::from(sheet.task_minutes[task.index() * lanes + lane]) * per_minute;
                    }
                    let sum = round_money(sum);
                    cap.map_or(sum, |cap| sum.min(cap))
                }
                Source::Exchange { of, rate, plan } => {
                    let base = line_cost[of * lanes + lane];
                    round_money(base as f64 * (value(*rate, lane) / plan - 1.0))
                }
                Source::Escalation { of, index } => {
                    let base = line_cost[of * lanes + lane];
                    if base == 0 {
                        0
                    } else {
                        let spread =
                            line.spread.in_lane(sheet, &scratch.dates, &self.tables, self.start, lane);
                        let prices = self.prices[*index].in_lane(|at| value(at, lane));
                        let level = self.mean_level(&spread, |day| prices.on(day));
                        round_money(base as f64 * (level - 1.0))
                    }
                }
                Source::Late { of, per_day, cap: cap @ Some(_), .. } if date(*of, lane) == NEVER => {
                    per_days(i32::MAX, *per_day, *cap)
                }
                // Tied to something that does not exist or never happens.
                Source::Due { .. } | Source::Late { .. } | Source::Early { .. } => 0,
            };
        }
    }
}

impl Treasury {
    /// The mean of the price levels at which something is spent: month by month at the middle of what is spent in it,
    /// payment by payment where it is paid in parts.
    fn mean_level(&self, spread: &Spread<'_>, level: impl Fn(f64) -> f64) -> f64 {
        let on = |at: i32| f64::from(at.div_euclid(DAY));
        if let Some(count) = spread.parts() {
            let dues = (0..count).map(|at| level(on(spread.due(at))));
            return dues.sum::<f64>() / f64::from(count.max(1));
        }
        let (first, last) = (self.months.month_of(spread.start), self.months.month_of(spread.end));
        if spread.is_point() || first >= last {
            let middle = (i64::from(spread.start) + i64::from(spread.end)).div_euclid(2);
            // Between two numbers of 32 bits.
            return level(on(middle as i32));
        }
        let (mut sum, mut before, mut from) = (0.0, 0.0, spread.start);
        for month in first..=last {
            let to = self.months.end(month).min(spread.end);
            let until = if month == last { 1.0 } else { spread.share_until(to) };
            // The mean of its days, each of which has one level.
            let day = ((f64::from(from) + f64::from(to) - f64::from(DAY)) / 2.0) / f64::from(DAY);
            sum += (until - before) * level(day);
            (before, from) = (until, to);
        }
        sum
    }
}

/// An amount per day, up to a cap.
fn per_days(days: i32, per_day: f64, cap: Option<i64>) -> i64 {
    let amount = round_money(f64::from(days.max(0)) * per_day);
    match cap {
        Some(cap) => amount.clamp(-cap, cap),
        None => amount,
    }
}
