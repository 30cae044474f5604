//! Several programs together: which promises hold at once, and what confidence each needs for that.

use super::QuantityForecast;
use crate::engine::{NEVER, Simulation};
use crate::model::{ProjectIx, Scope};
use crate::results::{Estimated, PortfolioResults, Results};
use crate::units::Percentile;

/// The forecast of a portfolio.
#[derive(Clone, Debug, PartialEq)]
pub struct PortfolioForecast {
    /// In the order of [`crate::model::Program::members`].
    pub members: Vec<MemberForecast>,
    /// The probability that every program keeps the date that it has promised.
    pub dates: Option<Estimated<f64>>,
    /// The probability that every program keeps the budget that it has promised.
    pub budgets: Option<Estimated<f64>>,
    /// The probability that all of these promises hold.
    pub all: Option<Estimated<f64>>,
    /// By level: the sum of what the programs cost at it, each by itself, and what all of them cost together at it,
    /// minor units. Percentiles do not add up: the difference is the effect of the portfolio.
    pub budgets_by_level: Vec<(Percentile, i64, i64)>,
    /// What it takes to be as sure of all dates as each level says.
    pub dates_together: Vec<Together>,
    /// The same of all budgets.
    pub budgets_together: Vec<Together>,
    /// How many iterations that comes from.
    pub side_by_side: u64,
}

/// The forecast of a program of a portfolio.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberForecast {
    /// The project that stands for it.
    pub project: ProjectIx,
    /// Its finish.
    pub finish: QuantityForecast,
    /// Its cost.
    pub cost: QuantityForecast,
    /// The probability that it keeps its date and its budget, where it has promised both.
    pub both: Option<Estimated<f64>>,
    /// What it is worth, where values are discounted.
    pub npv: Option<QuantityForecast>,
    /// The probability that this is above zero.
    pub positive: Option<Estimated<f64>>,
    /// Share of iterations in which the driving chain of the portfolio runs through it.
    pub drives: f64,
}

/// What it takes for all programs to keep a limit at once: the same level for each of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Together {
    /// How probable it is to be that all of them do.
    pub level: Percentile,
    /// The share at which each of them has to be planned by itself for that.
    pub each: f64,
    /// The limit of each program; [`None`] where it is later than every date.
    pub limits: Vec<Option<i64>>,
}

impl PortfolioForecast {
    /// Reads the forecast off the results.
    #[must_use]
    pub fn of(
        simulation: &Simulation,
        results: &Results,
        portfolio: &PortfolioResults,
        levels: &[Percentile],
    ) -> Self {
        let program = simulation.program();
        let members = program.members().iter().zip(&portfolio.members);
        let members: Vec<MemberForecast> = members
            .enumerate()
            .map(|(at, (member, own))| {
                let scope = Scope::Project(member.project);
                let project = &results.projects[member.project.index()];
                let date = program.promised_finish(scope).map(|at| i64::from(at.0));
                let budget = program.promised_budget(scope).map(|money| money.0);
                let plan = simulation.plan();
                let planned = |finish: i32| (finish != NEVER).then_some(i64::from(finish));
                let planned_cost = plan.project_cost[member.project.index()];
                let above = |npv: &crate::results::Outcome| {
                    let below = npv.probability_at_most(0);
                    Estimated {
                        value: 1.0 - below.value,
                        low: 1.0 - below.high.unwrap_or(1.0),
                        high: Some(1.0 - below.low),
                    }
                };
                MemberForecast {
                    project: member.project,
                    finish: QuantityForecast::of(
                        &project.finish,
                        planned(plan.project_finish[member.project.index()]),
                        levels,
                        date,
                    ),
                    cost: QuantityForecast::of(&project.cost, Some(planned_cost), levels, budget),
                    both: own.both.as_ref().map(|tally| tally.share()),
                    npv: own.npv.as_ref().map(|npv| {
                        let plan = plan.member_worth.get(at).copied();
                        QuantityForecast::of(npv, plan, levels, None)
                    }),
                    positive: own.npv.as_ref().map(above),
                    drives: project.drives as f64 / results.iterations.max(1) as f64,
                }
            })
            .collect();
        let budgets_by_level = levels.iter().filter_map(|&level| {
            let apart = members.iter().map(|member| member.cost.percentile(level).map(|cost| cost.value));
            Some((level, apart.sum::<Option<i64>>()?, results.cost.percentile(level)?))
        });
        let first = &portfolio.first;
        let each = 0..members.len();
        let finishes: Vec<Vec<i64>> = each.clone().map(|member| first.finishes(member)).collect();
        let costs: Vec<Vec<i64>> = each.map(|member| first.costs(member)).collect();
        Self {
            budgets_by_level: budgets_by_level.collect(),
            dates: portfolio.dates.as_ref().map(|tally| tally.share()),
            budgets: portfolio.budgets.as_ref().map(|tally| tally.share()),
            all: portfolio.all.as_ref().map(|tally| tally.share()),
            dates_together: together(&finishes, levels),
            budgets_together: together(&costs, levels),
            side_by_side: first.iterations() as u64,
            members,
        }
    }
}

/// The lowest level that every row has to be planned at so that all of them keep their limits in a share of the
/// columns, counted from the columns themselves: whatever makes the rows go together is in it.
fn together(rows: &[Vec<i64>], levels: &[Percentile]) -> Vec<Together> {
    let n = rows.first().map_or(0, Vec::len);
    if n == 0 {
        return Vec::new();
    }
    // The rank that a limit needs to be kept in each column, by the row that needs the highest.
    let mut needed = vec![0_usize; n];
    let mut sorted: Vec<Vec<i64>> = Vec::with_capacity(rows.len());
    for row in rows {
        let mut ascending = row.clone();
        ascending.sort_unstable();
        for (needed, &value) in needed.iter_mut().zip(row) {
            *needed = (*needed).max(ascending.partition_point(|&other| other < value) + 1);
        }
        sorted.push(ascending);
    }
    needed.sort_unstable();
    let of = |&level: &Percentile| {
        let rank = needed[(level.rank(n as u64).max(1) as usize).min(n) - 1];
        let limit = |row: &Vec<i64>| Some(row[rank - 1]).filter(|&limit| limit != i64::MAX);
        Together { level, each: rank as f64 / n as f64, limits: sorted.iter().map(limit).collect() }
    };
    levels.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn independent_rows_need_the_root_of_the_level_and_equal_ones_the_level() {
        let n = 100_i64;
        let one: Vec<i64> = (0..n * n).map(|at| at / n).collect();
        let other: Vec<i64> = (0..n * n).map(|at| at % n).collect();
        let p81 = [Percentile::whole(81)];
        let apart = together(&[one.clone(), other], &p81);
        assert_eq!(apart[0].limits, [Some(89), Some(89)]);
        let alike = together(&[one.clone(), one], &p81);
        assert_eq!(alike[0].limits, [Some(80), Some(80)]);
    }
}
