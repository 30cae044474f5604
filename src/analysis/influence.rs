//! How an input and the outcome go together, read off the sums that every run keeps.

use crate::model::{Program, TaskIx};
use crate::results::{Results, RiskTotals};

/// Pearson's correlations of one input with the outcome over all iterations (semantics, section 4).
///
/// The square of a correlation is the share of the outcome's variance that goes with the input in a straight
/// line. Inputs that drive each other, or that only count where paths meet, share variance: squares do not add
/// up, and the shares that do are those of the analysis.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Influence {
    /// With T, the working time from start to finish, over iterations with a finish: of the duration of a
    /// task, or of whether a risk or driver occurs. [`None`] where one of both does not vary.
    pub finish: Option<f64>,
    /// With the cost of the program: of the cost of a task, or of whether a risk or driver occurs.
    pub cost: Option<f64>,
}

impl Influence {
    /// Of the duration of a task on the finish, and of its cost on the cost.
    #[must_use]
    pub fn of_task(results: &Results, task: TaskIx) -> Self {
        let own = &results.tasks[task.index()];
        let finish = Sums::with_finish(
            results,
            own.minutes - own.minutes_unfinished.0,
            own.minutes_squared - own.minutes_unfinished.1,
            own.minutes_and_program,
        );
        let cost = Sums::with_cost(results, own.cost, own.cost_squared, own.cost_and_program);
        Self { finish: finish.correlation(), cost: cost.correlation() }
    }

    /// Of the occurrence of a risk or driver.
    #[must_use]
    pub fn of_risk(results: &Results, own: &RiskTotals) -> Self {
        // Of noughts and ones the sum of the squares is the sum.
        let occurred = i128::from(own.occurred_finished);
        let finish = Sums::with_finish(results, occurred, occurred, own.minutes_when_occurred);
        let occurred = i128::from(own.occurred);
        let beyond_plan = own.cost_when_occurred - occurred * i128::from(results.plan_cost());
        let cost = Sums::with_cost(results, occurred, occurred, beyond_plan);
        Self { finish: finish.correlation(), cost: cost.correlation() }
    }

    /// The schedule sensitivity index of a task: criticality times sd(d) / sd(T), d in days of the program as
    /// long as its own. [`None`] where T does not vary.
    #[must_use]
    pub fn ssi(program: &Program, results: &Results, task: TaskIx) -> Option<f64> {
        let totals = &results.program;
        let t = Sums { n: totals.finished, b: totals.minutes, bb: totals.minutes_squared, ..Sums::default() };
        let own = &results.tasks[task.index()];
        let d = Sums {
            n: totals.finished,
            b: own.minutes - own.minutes_unfinished.0,
            bb: own.minutes_squared - own.minutes_unfinished.1,
            ..Sums::default()
        };
        let per_day = program.calendars()[program.calendar().index()].calendar.scale.minutes_per_day;
        let scale = f64::from(per_day.max(1)) / f64::from(program.minutes_per_day(task).max(1));
        let criticality = results.tasks[task.index()].critical as f64 / results.iterations.max(1) as f64;
        let (of_t, of_d) = (t.spread(t.b, t.bb), d.spread(d.b, d.bb));
        (of_t > 0.0).then(|| criticality * scale * libm::sqrt(of_d / of_t))
    }
}

/// Exact sums of two quantities over the same iterations.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    n: u64,
    a: i128,
    aa: i128,
    b: i128,
    bb: i128,
    ab: i128,
}

impl Sums {
    /// Of something and T, over the iterations with a finish: its sum, that of its squares, that of its products
    /// with T.
    fn with_finish(results: &Results, a: i128, aa: i128, ab: i128) -> Self {
        let program = &results.program;
        Self { n: program.finished, a, aa, b: program.minutes, bb: program.minutes_squared, ab }
    }

    /// The same of something and the cost of the program, over all iterations.
    fn with_cost(results: &Results, a: i128, aa: i128, ab: i128) -> Self {
        let program = &results.program;
        Self { n: results.iterations, a, aa, b: program.cost, bb: program.cost_squared, ab }
    }

    /// n² times the variance of one of them.
    fn spread(&self, sum: i128, squares: i128) -> f64 {
        self.together(sum, sum, squares).max(0.0)
    }

    /// n² times the covariance, in integers as long as they fit, so that nothing cancels.
    fn together(&self, a: i128, b: i128, products: i128) -> f64 {
        match products.checked_mul(i128::from(self.n)).zip(a.checked_mul(b)) {
            Some((n_products, sums)) => (n_products - sums) as f64,
            None => products as f64 * self.n as f64 - a as f64 * b as f64,
        }
    }

    fn correlation(&self) -> Option<f64> {
        let (of_a, of_b) = (self.spread(self.a, self.aa), self.spread(self.b, self.bb));
        if of_a <= 0.0 || of_b <= 0.0 {
            return None;
        }
        let together = self.together(self.a, self.b, self.ab);
        Some((together / libm::sqrt(of_a) / libm::sqrt(of_b)).clamp(-1.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(a: &[i128], b: &[i128]) -> Sums {
        let of = |a: &[i128], b: &[i128]| a.iter().zip(b).map(|(a, b)| a * b).sum();
        Sums {
            n: a.len() as u64,
            a: a.iter().sum(),
            aa: of(a, a),
            b: b.iter().sum(),
            bb: of(b, b),
            ab: of(a, b),
        }
    }

    #[test]
    fn correlations_from_sums_are_those_by_hand() {
        // Durations and totals of the six iterations counted by hand (Vanhoucke 2010, chapter 3).
        let total = [13, 17, 16, 15, 16, 18];
        let by_hand = [
            ([4, 5, 4, 6, 5, 4], 0.047405),
            ([6, 9, 5, 7, 8, 6], 0.223510),
            ([5, 6, 8, 7, 4, 9], 0.527571),
            ([3, 3, 4, 2, 3, 5], 0.599625),
        ];
        for (durations, expected) in by_hand {
            let found = sums(&durations, &total).correlation().unwrap();
            assert!((found.abs() - expected).abs() < 5e-7, "{found} is not {expected}");
        }
    }

    #[test]
    fn what_does_not_vary_has_no_influence() {
        assert_eq!(sums(&[7, 7, 7], &[1, 2, 3]).correlation(), None);
        assert_eq!(sums(&[], &[]).correlation(), None);
        // Far beyond what fits in 128 bits it still is a correlation.
        let huge = Sums { n: u64::MAX, a: 0, aa: i128::MAX / 2, b: 0, bb: i128::MAX / 2, ab: i128::MAX / 4 };
        assert!((huge.correlation().unwrap() - 0.5).abs() < 1e-9);
    }
}
