//! Money over time of a program in a portfolio.

use super::shift::Shift;
use crate::model::Estimate;
use crate::model::finance::{Benefit, Escalation, Exchange, Finance, LineTerms, TimedAmount, TimedLine};

impl Shift<'_> {
    /// Adds what a program says about money to that of the portfolio, which says itself how values are discounted.
    /// What there is to spend stays with the program: nothing in a portfolio waits for it.
    pub fn add_finance(&self, own: &Finance, out: &mut Finance) {
        let exchanges: Vec<usize> = own.exchanges.iter().map(|one| self.exchange(one, out)).collect();
        out.base = out.base.min(own.base);
        out.lines.extend(own.lines.iter().map(|line| self.line(line, &exchanges)));
        out.escalations.extend(own.escalations.iter().map(|escalation| Escalation {
            id: self.naming.id(&escalation.id),
            within: Some(escalation.within.map_or(self.home, |project| self.project(project))),
            ..escalation.clone()
        }));
        out.benefits.extend(own.benefits.iter().map(|benefit| Benefit {
            id: self.naming.id(&benefit.id),
            from: self.moment(benefit.from),
            per_year: self.money(&benefit.per_year),
            within: Some(self.home),
            ..benefit.clone()
        }));
        out.terms.extend(own.terms.iter().map(|((on, key), terms)| {
            let exchange = terms.exchange.map(|at| exchanges[at]);
            ((self.bearer(*on), key.clone()), LineTerms { exchange, ..terms.clone() })
        }));
    }

    /// The place of a rate of exchange. Two programs that say the same of a currency mean one rate, which is drawn
    /// once for both.
    fn exchange(&self, own: &Exchange, out: &mut Finance) -> usize {
        let rate: Estimate = self.money(&own.rate);
        let is_same = |known: &Exchange| known.currency == own.currency && known.rate == rate;
        if let Some(at) = out.exchanges.iter().position(is_same) {
            return at;
        }
        let is_first = !out.exchanges.iter().any(|known| known.currency == own.currency);
        let key = if is_first { own.key.clone() } else { self.naming.id(&own.key) };
        out.exchanges.push(Exchange { key, currency: own.currency, rate });
        out.exchanges.len() - 1
    }

    fn line(&self, line: &TimedLine, exchanges: &[usize]) -> TimedLine {
        let cap = |cap: Option<i64>| cap.map(|cap| self.sum(cap));
        let amount = match &line.amount {
            TimedAmount::Due { price, price_key, shares, at } => TimedAmount::Due {
                price: self.money(price),
                price_key: self.naming.stream(price_key),
                shares: *shares,
                at: self.moment(*at),
            },
            TimedAmount::Span { per_minute, factor, clock, from, to, ramp_minutes, reserved } => {
                TimedAmount::Span {
                    per_minute: per_minute * self.rate,
                    factor: factor.clone(),
                    clock: *clock,
                    from: self.moment(*from),
                    to: self.moment(*to),
                    ramp_minutes: *ramp_minutes,
                    reserved: *reserved,
                }
            }
            TimedAmount::Recurring { amount, months, from, to } => TimedAmount::Recurring {
                amount: self.money(amount),
                months: *months,
                from: self.moment(*from),
                to: self.moment(*to),
            },
            TimedAmount::Late { of, after, grace_days, per_day, cap: most } => TimedAmount::Late {
                of: self.moment(*of),
                after: *after,
                grace_days: *grace_days,
                per_day: per_day * self.rate,
                cap: cap(*most),
            },
            TimedAmount::Early { of, before, per_day, cap: most } => TimedAmount::Early {
                of: self.moment(*of),
                before: *before,
                per_day: per_day * self.rate,
                cap: cap(*most),
            },
            TimedAmount::Materials { tasks, cap: most } => TimedAmount::Materials {
                tasks: tasks.iter().map(|(task, rate)| (self.task(*task), rate * self.rate)).collect(),
                cap: cap(*most),
            },
            TimedAmount::Percent { share, of } => {
                TimedAmount::Percent { share: share.clone(), of: of.clone() }
            }
        };
        TimedLine {
            id: self.naming.stream(&line.id),
            on: self.bearer(line.on),
            amount,
            exchange: line.exchange.map(|at| exchanges[at]),
            ..line.clone()
        }
    }
}
