//! The most that costs over time can come to.

use super::line::Source;
use super::treasury::Treasury;
use crate::engine::quantity::Quantity;

impl Treasury {
    /// A bound of the sum of all lines that follow from dates, rates or other lines, in minor units; `worst` are the
    /// longest durations, `ordinary` the most that each ordinary line and all ordinary costs with the impacts of risks
    /// come to, `ends` says how far a drawn number reaches.
    pub(in crate::engine) fn most(
        &self,
        worst: &[i32],
        ordinary: (&[f64], f64),
        ends: &dyn Fn(&Quantity) -> f64,
    ) -> f64 {
        let value = |at: usize| ends(&self.quantities[at]);
        let (first, end) = self.months.days();
        let minutes = f64::from(end - first) * 1_440.0;
        let years = f64::from(end - first) / 365.0;
        let mut lines: Vec<f64> = Vec::with_capacity(self.lines.len());
        for (at, line) in self.lines.iter().enumerate() {
            let bound = match &line.source {
                Source::Ordinary => ordinary.0.get(at).copied().unwrap_or(ordinary.1),
                Source::Due { price, .. } => value(*price),
                Source::Span { per_minute, factor, .. } => {
                    per_minute.abs() * minutes * factor.map_or(1.0, value)
                }
                Source::Recurring { amount, months, .. } => {
                    value(*amount) * (years * 12.0 / f64::from(*months) + 2.0)
                }
                Source::Late { per_day, cap, .. } | Source::Early { per_day, cap, .. } => {
                    let most = per_day.abs() * minutes / 1_440.0;
                    cap.map_or(most, |cap| most.min(cap as f64))
                }
                Source::Materials { tasks, cap } => {
                    let most: f64 =
                        tasks.iter().map(|(task, rate)| f64::from(worst[task.index()]) * rate.abs()).sum();
                    cap.map_or(most, |cap| most.min(cap as f64))
                }
                Source::Exchange { of, rate, plan } => lines[*of] * (value(*rate) / plan + 1.0),
                Source::Escalation { of, index } => lines[*of] * self.prices[*index].most(years, value),
                Source::Percent { share, .. } => {
                    value(*share) * (lines.iter().skip(self.ordinary).sum::<f64>() + ordinary.1)
                }
            };
            lines.push(bound);
        }
        lines.iter().skip(self.ordinary).sum()
    }
}
