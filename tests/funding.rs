//! Work that waits for money: hand cases, and that nothing is ever spent that is not there.

use p80::draws::{Sampler, Seed};
use p80::engine::{Block, Flows, Kernel, NEVER, Simulation};
use p80::scenario::{MemoryFiles, load};
use p80::units::Instant;
use proptest::prelude::*;

fn simulation(text: &str) -> Simulation {
    let loaded = load(&MemoryFiles::single("funding.toml", text), "funding.toml");
    let loaded = loaded.unwrap_or_else(|problems| panic!("{problems:#?}"));
    Simulation::compile(&loaded.program, Seed(1), Sampler::Stratified).unwrap()
}

/// Three tasks of ten days side by side from Monday 2027-01-11, which cost 1,000.00 each.
fn three(money: &str) -> Simulation {
    let mut text = "[program]\nname = \"three\"\nstart = 2027-01-11\n".to_owned();
    for id in ["a", "b", "c"] {
        text.push_str(&format!("[[tasks]]\nid = \"{id}\"\nduration = \"10d\"\ncost = {{ lump = 1_000 }}\n"));
    }
    simulation(&format!("{text}[money]\n{money}"))
}

/// Start of every task in the first iteration, and the plan's.
fn starts(simulation: &Simulation) -> Vec<String> {
    let block = block(simulation);
    let shown = |at: usize| match block.task_start[[at, 0]] {
        NEVER => "never".to_owned(),
        start => Instant(start).start_date().to_string(),
    };
    let starts: Vec<String> = (0..block.task_start.nrows()).map(shown).collect();
    assert_eq!(
        simulation.plan().task_start[..],
        block.task_start.column(0).to_vec()[..],
        "the plan waits too"
    );
    starts
}

fn block(simulation: &Simulation) -> Block {
    let mut block = Block::new(simulation.program());
    Kernel::new(simulation).block(0, &mut block);
    block
}

#[test]
fn what_starts_last_waits_for_the_next_funding() {
    let funding =
        "funding = [{ until = 2027-01-31, amount = 2_500 }, { until = 2027-03-31, amount = 700 }]\n";
    let free = starts(&three(funding));
    assert_eq!(free, ["2027-01-11"; 3]);
    let capped = three(&format!("{funding}funding_cap = \"carries-over\""));
    assert_eq!(starts(&capped), ["2027-01-11", "2027-01-11", "2027-02-01"]);
    assert_eq!(block(&capped).finish[0], "2027-02-12T17:00".parse::<Instant>().unwrap().0);
}

#[test]
fn what_lapses_is_gone() {
    let funding = "funding = [{ until = 2027-01-31, amount = 2_500 }, { until = 2027-02-28, amount = 700 }, \
                   { until = 2027-03-31, amount = 1_000 }]\nfunding_cap = \"lapses\"";
    assert_eq!(starts(&three(funding)), ["2027-01-11", "2027-01-11", "2027-03-01"]);
}

#[test]
fn what_is_never_paid_for_never_starts_and_costs_nothing() {
    let capped = three("funding = [{ until = 2027-01-31, amount = 2_999 }]\nfunding_cap = \"carries-over\"");
    assert_eq!(starts(&capped), ["2027-01-11", "2027-01-11", "never"]);
    let block = block(&capped);
    assert_eq!((block.finish[0], block.cost[0]), (NEVER, 200_000));
    assert_eq!((capped.plan().finish, capped.plan().cost), (NEVER, 200_000));
}

#[test]
fn enough_money_changes_no_bit() {
    let free = three("funding = [{ until = 2027-01-31, amount = 3_000 }]");
    let capped = three("funding = [{ until = 2027-01-31, amount = 3_000 }]\nfunding_cap = \"lapses\"");
    assert_eq!(block(&free), block(&capped));
}

#[test]
fn costs_of_the_program_are_paid_first() {
    let program = "funding = [{ until = 2027-01-31, amount = 2_500 }, { until = 2027-03-31, amount = 9_000 }]\n\
                   funding_cap = \"carries-over\"\n[[costs]]\nlump = 600\nat = 2027-01-15";
    assert_eq!(starts(&three(program)), ["2027-01-11", "2027-02-01", "2027-02-01"]);
}

/// A program of uncertain tasks with uncertain costs, and risks that cost something as well.
fn random(seed: u64, tasks: usize, leftover: &str) -> String {
    let mut state = seed | 1;
    let mut below = |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let mut text = "[program]\nname = \"random\"\nstart = 2027-01-11\n".to_owned();
    for at in 0..tasks {
        let (low, cost) = (1 + below(20), 100 + below(3_000));
        text.push_str(&format!(
            "[[tasks]]\nid = \"t{at}\"\nduration = {{ pert = [\"{low}d\", \"{}d\", \"{}d\"] }}\n",
            low + 3,
            low + 30
        ));
        text.push_str(&match below(3) {
            0 => format!("cost = {{ rate = \"{}/d\" }}\n", cost / 10),
            1 => format!(
                "cost = {{ lump = {{ triangular = [{cost}, {}, {}] }}, paid = \"start\" }}\n",
                cost + 50,
                cost * 3
            ),
            _ => format!("cost = {{ lump = {cost}, paid = \"end\", terms = \"30ed\" }}\n"),
        });
        if at > 0 && below(3) > 0 {
            text.push_str(&format!("after = [\"t{}\"]\n", below(at as u64)));
        }
    }
    text.push_str(&format!(
        "[[risks]]\nid = \"R\"\ntitle = \"R\"\nprobability = 0.4\nimpact = [{{ on = [\"t0\"], delay = \"9d\", cost = {{ uniform = [50, 900] }} }}]\n\
         [money]\nfunding_cap = \"{leftover}\"\n\
         escalation = {{ all = {{ rate = {{ triangular = [\"1 %\", \"3 %\", \"9 %\"] }} }} }}\nfunding = [\n"
    ));
    for until in ["2027-02-28", "2027-04-30", "2027-09-30", "2028-06-30"] {
        text.push_str(&format!("  {{ until = {until}, amount = {} }},\n", 500 + below(4_000)));
    }
    text.push_str("]\n");
    text
}

// Seen to fail when the first task that spends something waits for nothing, when what is paid after its work counts
// when it is worked, and when money that lapses carries over.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_is_spent_that_is_not_there(seed in any::<u64>(), tasks in 1_usize..14, lapses in any::<bool>()) {
        let text = random(seed, tasks, if lapses { "lapses" } else { "carries-over" });
        let simulation = simulation(&text);
        let treasury = simulation.treasury().unwrap();
        let finance = treasury.finance();
        let block = block(&simulation);
        let fundings = finance.funding.len();
        let month_of = |at: usize| treasury.months().month_of(finance.funding[at].until.0);
        let mut spent = vec![[0_i64; 5]; 512];
        Flows::new(treasury).of_block(&block, |lane, _, month, amount| {
            let at = (0..fundings).find(|&at| month <= month_of(at)).unwrap_or(fundings);
            spent[lane][at] += amount;
        });
        for (lane, spent) in spent.iter().enumerate() {
            let (mut sum, mut before) = (0, 0);
            for at in 0..=fundings {
                sum += spent[at];
                let total = finance.funding[at.min(fundings - 1)].total.0;
                if lapses {
                    prop_assert!(spent[at] <= total - before, "lane {lane}, funding {at}: {spent:?}");
                } else {
                    prop_assert!(sum <= total, "lane {lane}, funding {at}: {spent:?}");
                }
                before = total;
            }
            prop_assert_eq!(sum, block.cost[lane]);
        }
    }
}
