//! What money draws besides ordinary costs.

use crate::dist::Law;
use crate::engine::quantity::{Quantity, Source};
use crate::model::{Estimate, Finance, PriceIndex, Program, TimedAmount};

/// Drawn numbers by name, in a fixed order.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Bound {
    names: Vec<String>,
    pub quantities: Vec<Quantity>,
    /// Their plan values.
    pub plans: Vec<f64>,
}

impl Bound {
    fn add(&mut self, name: String, estimate: &Estimate, source: &mut Source) {
        if !self.names.contains(&name) {
            self.quantities.push(source.quantity(estimate, &name));
            self.plans.push(estimate.plan);
            self.names.push(name);
        }
    }

    /// The place of a number by its name.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }
}

/// The name of the rate of a currency.
pub(super) fn exchange_name(key: &str) -> String {
    format!("money/exchange/{key}")
}

/// The name of the rate at which prices change.
pub(super) fn escalation_name(id: &str) -> String {
    format!("money/escalation/{id}")
}

/// The name of a part of a benefit.
pub(super) fn benefit_name(id: &str, part: &str) -> String {
    format!("benefit/{id}/{part}")
}

/// Hands out everything that money draws.
pub(in crate::engine) fn bind(program: &Program, source: &mut Source) -> Bound {
    let mut bound = Bound::default();
    let Some(finance) = program.finance() else { return bound };
    bind_lines(finance, &mut bound, source);
    for exchange in &finance.exchanges {
        bound.add(exchange_name(&exchange.key), &exchange.rate, source);
    }
    for escalation in &finance.escalations {
        if let PriceIndex::Rate(rate) = &escalation.index {
            bound.add(escalation_name(&escalation.id), rate, source);
        }
    }
    for benefit in &finance.benefits {
        bound.add(benefit_name(&benefit.id, "amount"), &benefit.per_year, source);
        if let Some(adoption) = &benefit.adoption {
            bound.add(benefit_name(&benefit.id, "adoption"), adoption, source);
        }
        let p = benefit.probability.get();
        if p < 1.0 {
            // Drawn, it happens below the probability; in the plan, if it is as likely as not.
            let law = Law::uniform(0.0, 1.0).unwrap_or(Law::fixed(0.5));
            let occurs = Estimate { law, plan: if p >= 0.5 { 0.0 } else { 1.0 } };
            bound.add(benefit_name(&benefit.id, "occurs"), &occurs, source);
        }
    }
    bound
}

fn bind_lines(finance: &Finance, bound: &mut Bound, source: &mut Source) {
    for line in &finance.lines {
        for estimate in line.estimates() {
            let name = match &line.amount {
                TimedAmount::Due { price_key, .. } => price_key,
                _ => &line.id,
            };
            bound.add(name.clone(), estimate, source);
        }
    }
}
