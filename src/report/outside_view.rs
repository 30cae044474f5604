//! The outside view: the plan without risks, raised as past programs of the kind turned out.

use jiff::civil::Date;
use serde::Serialize;

use super::build::TargetChance;
use super::{Cell, Table};
use crate::engine::{NEVER, Simulation};
use crate::model::UpliftOf;
use crate::results::Results;
use crate::units::{Currency, Instant, Money};

/// One uplift of one reference class beside the forecast. It is applied to the deterministic plan, without any
/// allowance for risks: on top of a simulated percentile it would count risk twice (semantics, section 6).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutsideRow {
    /// The id of the reference class.
    pub class: String,
    /// Its name.
    pub name: String,
    /// Where its figures come from.
    pub source: String,
    /// How many outcomes they come from, where these are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<usize>,
    /// How careful it is.
    pub level: String,
    /// The share by which the plan is raised.
    pub uplift: f64,
    /// What comes of it.
    #[serde(flatten)]
    pub outcome: OutsideOutcome,
    /// The probability that the simulation stays at or below it.
    pub simulated: TargetChance,
}

/// What comes of an uplift.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum OutsideOutcome {
    /// Of the time from the start of the program to its finish, in calendar time.
    Finish {
        /// The planned finish.
        plan_finish: Date,
        /// The finish with the uplift.
        finish: Date,
    },
    /// Of its cost.
    Cost {
        /// The planned cost.
        plan_cost: f64,
        /// The cost with the uplift.
        cost: f64,
    },
}

impl OutsideRow {
    /// All uplifts of all reference classes; none of the finish of a plan that has none.
    #[must_use]
    pub fn all(simulation: &Simulation, results: &Results) -> Vec<Self> {
        let (program, plan) = (simulation.program(), simulation.plan());
        let currency = program.currency();
        let mut rows = Vec::new();
        for class in program.references() {
            for uplift in &class.uplifts {
                let (outcome, simulated) = match uplift.on {
                    UpliftOf::Duration if plan.finish == NEVER => continue,
                    UpliftOf::Duration => {
                        let start = f64::from(program.start().0);
                        let longer = start + (f64::from(plan.finish) - start) * (1.0 + uplift.share);
                        // Beyond 32 bits the last minute that they can name.
                        let at = Instant(longer.round_ties_even() as i32);
                        let finish = OutsideOutcome::Finish {
                            plan_finish: Instant(plan.finish).finish_date(),
                            finish: at.finish_date(),
                        };
                        (finish, results.finish.probability_at_most(i64::from(at.0)))
                    }
                    UpliftOf::Cost => {
                        let raised = (plan.cost as f64 * (1.0 + uplift.share)).round_ties_even() as i64;
                        let major = |minor: i64| currency.major(Money(minor));
                        let cost = OutsideOutcome::Cost { plan_cost: major(plan.cost), cost: major(raised) };
                        (cost, results.cost.probability_at_most(raised))
                    }
                };
                rows.push(Self {
                    class: class.id.clone(),
                    name: class.name.clone(),
                    source: class.source.clone(),
                    outcomes: class.outcomes,
                    level: uplift.level.clone(),
                    uplift: (uplift.share * 1e6).round() / 1e6 + 0.0,
                    outcome,
                    simulated: TargetChance::of(simulated),
                });
            }
        }
        rows
    }
}

/// `outside_view`: one row per uplift.
pub(super) fn outside_table(rows: &[OutsideRow], currency: Currency) -> Table {
    let code = currency.code();
    let mut columns: Vec<String> =
        ["class", "name", "source", "outcomes", "of", "level", "uplift", "plan_finish_date", "finish_date"]
            .map(String::from)
            .to_vec();
    columns.extend([format!("plan_cost_{code}"), format!("cost_{code}")]);
    columns.extend(["simulated_at_most", "simulated_low", "simulated_high"].map(String::from));
    let row = |row: &OutsideRow| {
        let (of, finish, cost) = match row.outcome {
            OutsideOutcome::Finish { plan_finish, finish } => {
                ("finish", [plan_finish.into(), finish.into()], [Cell::Empty, Cell::Empty])
            }
            OutsideOutcome::Cost { plan_cost, cost } => {
                ("cost", [Cell::Empty, Cell::Empty], [Cell::Number(plan_cost), Cell::Number(cost)])
            }
        };
        let outcomes = row.outcomes.map_or(Cell::Empty, |count| Cell::Integer(count as i64));
        let head = [Cell::from(row.class.as_str()), row.name.as_str().into(), row.source.as_str().into()];
        let how = [outcomes, of.into(), row.level.as_str().into(), Cell::Number(row.uplift)];
        let chance = [row.simulated.value, row.simulated.low, row.simulated.high].map(Cell::Number);
        head.into_iter().chain(how).chain(finish).chain(cost).chain(chance).collect()
    };
    Table { name: "outside_view", columns, rows: rows.iter().map(row).collect() }
}
