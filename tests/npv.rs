//! What a program is worth, wherever responses, conditions and replays speak of it.

use std::ops::ControlFlow;

use p80::analysis::{self, Objective, SearchLimits};
use p80::draws::{Sampler, Seed};
use p80::engine::{self, Simulation, Worlds};
use p80::results::Results;
use p80::scenario::{self, MemoryFiles};

const CASE: &str = r#"
[program]
name = "Case"
start = 2027-01-04
finish = "live"
targets = { finish = 2027-12-31, budget = 900_000 }
[[tasks]]
id = "build"
duration = { pert = ["80d", "100d", "180d"] }
cost = [{ rate = "2_000/d", units = 2 }]
[[milestones]]
id = "live"
after = "build"
[money]
discount_rate = "8 %"
[benefits.sales]
from = "live"
per_year = { pert = [100_000, 400_000, 700_000] }
until = 2029-12-31
[[risks]]
id = "late"
title = "Comes late, and would cost nothing"
probability = 0.5
impact = [{ on = "build", delay = { pert = ["40d", "60d", "120d"] } }]
response = { cost = 20_000, probability = 0.1, on = false }
[[risks]]
id = "dear"
title = "Not worth its response"
probability = 0.1
impact = [{ cost = 30_000 }]
response = { cost = 25_000, probability = 0.0, on = false }
"#;

fn results(text: &str, blocks: u64) -> (Simulation, Results) {
    let program = scenario::load(&MemoryFiles::single("case.toml", text), "case.toml").unwrap().program;
    let simulation = Simulation::compile(&program, Seed(5), Sampler::Stratified).unwrap();
    let go = |_| ControlFlow::Continue(());
    let results = engine::run(&simulation, 0..blocks, || Results::new(&simulation), go).unwrap();
    (simulation, results)
}

/// The mean NPV in minor units.
fn mean(results: &Results) -> f64 {
    let worth = results.worth.as_ref().unwrap();
    (worth.benefits - worth.costs) as f64 / results.iterations as f64
}

// Seen to fail when lower counts as better.
#[test]
fn responses_are_bought_for_what_the_program_is_worth_with_them() {
    let blocks = 8;
    let (simulation, without) = results(CASE, blocks);
    let worlds = Worlds::new(simulation.program(), Seed(5), Sampler::Stratified).unwrap();
    for objective in ["npv.mean", "npv.p20"] {
        let objective: Objective = objective.parse().unwrap();
        let go = &|_| ControlFlow::Continue(());
        let bought =
            analysis::respond(&worlds, objective, None, blocks, SearchLimits::default(), go).unwrap();
        assert_eq!(bought.best.set, 0b01, "{objective}: the first pays, the second does not");
        assert!(bought.best.npv > bought.none.npv);
    }
    let go = &|_| ControlFlow::Continue(());
    let objective: Objective = "npv.mean".parse().unwrap();
    let bought = analysis::respond(&worlds, objective, None, blocks, SearchLimits::default(), go).unwrap();
    assert!((bought.none.npv.unwrap() as f64 - mean(&without)).abs() <= 0.5);
    let on = CASE.replacen("probability = 0.1, on = false", "probability = 0.1, on = true", 1);
    let (_, with) = results(&on, blocks);
    assert!((bought.alone[0].value.npv.unwrap() as f64 - mean(&with)).abs() <= 0.5);
}

#[test]
fn a_program_without_a_rate_has_no_worth_to_buy_or_promise() {
    let (head, rest) = CASE.split_once("[money]").unwrap();
    let (_, risks) = rest.split_once("[[risks]]").unwrap();
    let (simulation, _) = results(&format!("{head}[[risks]]{risks}"), 1);
    let program = simulation.program().clone();
    let worlds = Worlds::new(simulation.program(), Seed(5), Sampler::Stratified).unwrap();
    let objective: Objective = "npv.mean".parse().unwrap();
    let go = &|_| ControlFlow::Continue(());
    let refused = analysis::respond(&worlds, objective, None, 1, SearchLimits::default(), go);
    assert!(refused.unwrap_err().to_string().contains("no net present value"));
    let condition: analysis::Condition = "npv.p20 > 0".parse().unwrap();
    assert_eq!(condition.check(&program), Err(analysis::ConditionError::NoCase));
}

#[test]
fn conditions_on_the_worth_are_answered() {
    let (simulation, results) = results(CASE, 8);
    let forecast = analysis::forecast(&simulation, &results, &[p80::units::Percentile::whole(20)]);
    let worth = results.worth.as_ref().unwrap();
    let p20 = worth.npv.percentile(p80::units::Percentile::whole(20)).unwrap() as f64 / 100.0;
    let met = |text: String| {
        let condition: analysis::Condition = text.parse().unwrap();
        condition.check(simulation.program()).unwrap();
        matches!(
            condition.evaluate(simulation.program(), &forecast),
            analysis::Met::Surely | analysis::Met::Closely
        )
    };
    assert!(met(format!("npv.p20 >= {p20}")) && !met(format!("npv.p20 > {p20}")));
    let positive = worth.positive as f64 / results.iterations as f64;
    assert!(met(format!("npv.positive >= {}", positive - 0.01)));
    assert!(!met(format!("npv.positive >= {}", positive + 0.01)));
    assert!(met(format!("npv.mean < {}", mean(&results) / 100.0 + 1.0)));
}

#[test]
fn an_iteration_at_a_percentile_of_the_worth_is_found_and_told() {
    let (simulation, results) = results(CASE, 4);
    let spot: analysis::Spot = "npv.p20".parse().unwrap();
    spot.check(simulation.program()).unwrap();
    let wanted = spot.wanted(simulation.program(), &results).unwrap();
    let go = |_| ControlFlow::Continue(());
    let found = engine::run(&simulation, 0..4, || wanted, go).unwrap().iteration().unwrap();
    let replay = analysis::Replay::of(&simulation, found as u32);
    let p20 = results.worth.as_ref().unwrap().npv.percentile(p80::units::Percentile::whole(20));
    assert_eq!(replay.npv, p20);
}
