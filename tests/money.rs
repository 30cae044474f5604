//! Money over time against cases worked out by hand: a certain program, so that every amount is exact.

use p80::draws::{Sampler, Seed};
use p80::engine::{Block, FlowOf, Flows, Kernel, Simulation};
use p80::scenario::{MemoryFiles, load};

/// Ten working days from Monday 2027-01-11 08:00 to Friday 2027-01-22 17:00, then five to Friday 2027-01-29.
const TASKS: &str = r#"
[program]
name = "by hand"
start = 2027-01-11
[projects.erp]
[[projects.erp.tasks]]
id = "build"
duration = "10d"
cost = [{ id = "team", rate = "100/d", category = "Labour", kind = "capex" }]
[[projects.erp.tasks]]
id = "test"
duration = "5d"
after = ["build"]
cost = [{ id = "tools", lump = 1_000, category = "Tools", kind = "opex" }]
[[projects.erp.milestones]]
id = "golive"
after = ["test"]
"#;

fn simulation(more: &str) -> Simulation {
    let text = format!("{TASKS}\n{more}");
    let loaded = load(&MemoryFiles::single("money.toml", &text), "money.toml");
    let loaded = loaded.unwrap_or_else(|problems| panic!("{problems:#?}"));
    Simulation::compile(&loaded.program, Seed(1), Sampler::Stratified).unwrap()
}

fn block(simulation: &Simulation) -> Block {
    let mut block = Block::new(simulation.program());
    Kernel::new(simulation).block(0, &mut block);
    let mut plain = Block::new(simulation.program());
    simulation.block(0, &mut simulation.scratch(), &mut plain);
    assert_eq!(block, plain);
    block
}

/// What a program costs above its 2,000.00 of labour and tools, in minor units.
fn more(lines: &str) -> i64 {
    let simulation = simulation(lines);
    let block = block(&simulation);
    assert!(block.cost.iter().all(|&cost| cost == block.cost[0]), "everything is certain");
    assert_eq!(simulation.plan().cost, block.cost[0], "and so is the plan");
    block.cost[0] - 200_000
}

#[test]
fn a_span_counts_calendar_time_or_working_time_with_all_waiting() {
    // Monday 08:00 to the Friday 17:00 eleven days later, and to that of the week after.
    assert_eq!(more("[[costs]]\nrate = \"144/ed\"\nto = \"erp.build\""), 163_800);
    assert_eq!(more("[[costs]]\nrate = \"144/ed\"\nto = \"finish\""), 264_600);
    assert_eq!(more("[[costs]]\nrate = \"80/d\"\nfrom = \"start\""), 120_000);
    assert_eq!(more("[[costs]]\nrate = \"80/d\"\nunits = 2\nfrom = \"erp.test\""), 80_000);
    // Until 24:00 of the day that is named, from 00:00.
    assert_eq!(more("[[costs]]\nrate = \"24/ed\"\nfrom = 2027-01-11\nto = 2027-01-12"), 4_800);
    assert_eq!(more("[[costs]]\nrate = \"80/d\"\nfactor = 1.5"), 180_000);
}

#[test]
fn a_span_grows_and_gets_cheaper_once_reserved() {
    // Ten of fifteen days as a ramp cost half; 30 % off half of what comes after the twelfth.
    assert_eq!(more("[[costs]]\nrate = \"80/d\"\nramp = \"10d\""), 80_000);
    let reserved = "reserved = { share = 0.5, discount = \"30 %\", after = \"12d\" }";
    assert_eq!(more(&format!("[[costs]]\nrate = \"80/d\"\n{reserved}")), 96_000 + 20_400);
}

#[test]
fn recurring_costs_are_paid_in_advance() {
    assert_eq!(more("[[costs]]\nlump = 50\nevery = \"month\"\nto = 2027-12-31"), 12 * 5_000);
    assert_eq!(more("[[costs]]\nlump = 50\nevery = \"year\"\nto = 2029-01-11"), 3 * 5_000);
    assert_eq!(more("[[costs]]\nlump = 50\nevery = \"quarter\"\nto = \"erp.golive\""), 5_000);
}

#[test]
fn percentages_are_taken_of_other_costs_and_never_of_each_other() {
    assert_eq!(more("[[costs]]\npercent = \"10 %\""), 20_000);
    assert_eq!(more("[[costs]]\npercent = \"10 %\"\nof = \"Labour\""), 10_000);
    assert_eq!(more("[[costs]]\npercent = \"10 %\"\n[[costs]]\npercent = 0.05"), 30_000);
    let span = "[[costs]]\nrate = \"80/d\"\nto = \"finish\"\ncategory = \"Office\"\n";
    assert_eq!(more(&format!("{span}[[costs]]\npercent = \"10 %\"")), 120_000 + 32_000);
    assert_eq!(more(&format!("{span}[[costs]]\npercent = \"10 %\"\nof = \"Office\"")), 132_000);
    let in_project = TASKS.replace("[projects.erp]\n", "[projects.erp]\ncost = [{ percent = \"10 %\" }]\n");
    let loaded = load(&MemoryFiles::single("a.toml", &format!("{in_project}{span}")), "a.toml").unwrap();
    let simulation = Simulation::compile(&loaded.program, Seed(1), Sampler::Stratified).unwrap();
    assert_eq!(block(&simulation).cost[0], 200_000 + 120_000 + 20_000, "of the project alone");
}

#[test]
fn a_fixed_price_is_paid_in_parts_that_add_up() {
    let parts =
        "payments = [{ at = \"erp.build\", share = 0.3333 }, { at = \"erp.golive\", share = 0.6667 }]";
    let simulation = simulation(&format!("[contracts.vendor]\nprice = 1_000.01\n{parts}"));
    let block = block(&simulation);
    let lines: Vec<i64> = (2..4).map(|line| block.line_cost[[line, 0]]).collect();
    assert_eq!(lines, [33_330, 66_671]);
    assert_eq!(more("[contracts.vendor]\nprice = 500\ncovers = \"erp\""), 50_000);
}

#[test]
fn time_and_materials_stop_at_their_cap() {
    let contract =
        |cap: &str| format!("[contracts.vendor]\nrate = \"200/d\"\nunits = 2\ncovers = \"erp\"\n{cap}");
    assert_eq!(more(&contract("")), 600_000);
    assert_eq!(more(&contract("cap = 5_999.99")), 599_999);
    assert_eq!(more(&contract("cap = 6_000")), 600_000);
}

#[test]
fn a_penalty_counts_calendar_days_after_its_grace_up_to_its_cap() {
    // Go-live is on Friday 29 January 17:00.
    let penalty = |after: &str, rest: &str| {
        more(&format!(
            "[contracts.vendor]\npenalty = {{ on = \"erp.golive\", after = {after}, rate = \"700/w\"{rest} }}"
        ))
    };
    assert_eq!(penalty("2027-01-29", ""), 0);
    assert_eq!(penalty("2027-01-28", ""), -10_000);
    assert_eq!(penalty("2027-01-22", ""), -70_000);
    assert_eq!(penalty("2027-01-22", ", grace = \"6ed\""), -10_000);
    assert_eq!(penalty("2027-01-22", ", grace = \"7ed\""), 0);
    assert_eq!(penalty("2027-01-22", ", cap = 699.99"), -69_999);
    assert_eq!(penalty("2027-01-22", ", paid_by = \"us\""), 70_000);
}

#[test]
fn an_incentive_counts_the_days_before_its_date() {
    let incentive = |before: &str, rest: &str| {
        more(&format!(
            "[contracts.vendor]\nincentive = {{ on = \"erp.golive\", before = {before}, rate = \"100/ed\"{rest} }}"
        ))
    };
    assert_eq!(incentive("2027-01-29", ""), 0);
    assert_eq!(incentive("2027-01-30", ""), 10_000);
    assert_eq!(incentive("2027-02-28", ", cap = 1_000"), 100_000);
    assert_eq!(incentive("2027-01-20", ""), 0);
}

#[test]
fn prices_grow_from_the_base_date_to_the_day_of_spending() {
    // Tools on average at the middle of 23:00..: an amount due at one moment has no middle to argue about.
    let due = "[[costs]]\nlump = 10_000\nat = 2028-01-10\ncategory = \"Hardware\"\n";
    let rate = "[money.escalation.all]\nrate = \"4 %\"\ncategories = [\"Hardware\"]";
    // 24:00 of 10 January 2028 is the 365th day after 11 January 2027.
    assert_eq!(more(&format!("{due}{rate}")), 1_040_000);
    let index =
        "[money.escalation.all]\nindex = [[2027-01-11, 100], [2029-01-10, 121]]\ncategories = \"Hardware\"";
    // Half of the 730 days in between: the square root of 1.21.
    assert_eq!(more(&format!("{due}{index}")), 1_100_000);
    let beyond =
        "[money.escalation.all]\nindex = [[2027-01-11, 100], [2027-06-01, 110]]\ncategories = \"Hardware\"";
    assert_eq!(more(&format!("{due}{beyond}")), 1_100_000, "constant beyond the last point");
}

#[test]
fn what_is_spent_over_years_is_priced_month_by_month() {
    // 24 a day for 730 days: the sum of a geometric series over days. The middle of the two years would be 10 %.
    let span = "[[costs]]\nrate = \"24/ed\"\nfrom = 2027-01-11\nto = 2029-01-09\ncategory = \"Hardware\"\n";
    let rate = "[money.escalation.all]\nrate = \"10 %\"\ncategories = [\"Hardware\"]";
    let series = 24.0 * 100.0 * 0.21 / (libm::pow(1.1, 1.0 / 365.0) - 1.0);
    let found = more(&format!("{span}{rate}")) as f64;
    assert!((found - series).abs() < 20.0, "{found} is not {series}");
    assert!((found - 24.0 * 100.0 * 730.0 * 1.1).abs() > 1_000.0, "{found} is that of the middle");
    // A licence at the beginning of each of two years: the first at the prices of the base date.
    let paid = "[[costs]]\nlump = 1_000\nevery = \"year\"\nfrom = 2027-01-11\nto = 2028-06-30\ncategory = \"Hardware\"\n";
    assert_eq!(more(&format!("{paid}{rate}")), 100_000 + 110_000);
}

#[test]
fn other_currencies_are_converted_at_their_rate() {
    let rates = "[money.currencies]\nUSD = 0.9\nJPY = 0.006\n";
    assert_eq!(more(&format!("{rates}[[costs]]\nlump = 1_000\ncurrency = \"USD\"")), 90_000);
    assert_eq!(
        more(&format!("{rates}[[costs]]\nlump = 1_000_000\nat = \"erp.golive\"\ncurrency = \"JPY\"")),
        600_000
    );
    assert_eq!(
        more(&format!("{rates}[[costs]]\nrate = \"80/d\"\nto = \"finish\"\ncurrency = \"USD\"")),
        108_000
    );
}

#[test]
fn an_uncertain_rate_of_exchange_moves_all_costs_in_its_currency_alike() {
    let text = "[money.currencies]\nUSD = { triangular = [0.7, 0.9, 1.4] }\n\
                [[costs]]\nid = \"one\"\nlump = 1_000\ncurrency = \"USD\"\n\
                [[costs]]\nid = \"two\"\nlump = 3_000\nat = \"erp.golive\"\ncurrency = \"USD\"";
    let simulation = simulation(text);
    let block = block(&simulation);
    let ids: Vec<&str> = simulation.treasury().unwrap().lines().map(|line| line.id.as_str()).collect();
    let at = |id: &str, nth: usize| {
        ids.iter().enumerate().filter(|(_, own)| own.ends_with(id)).nth(nth).unwrap().0
    };
    for lane in 0..512 {
        let (one, two) = (block.line_cost[[at("one", 1), lane]], block.line_cost[[at("two", 1), lane]]);
        assert!((3 * one - two).abs() <= 2, "lane {lane}: {one} and {two}");
    }
    assert!(block.line_cost.row(at("one", 1)).iter().any(|&amount| amount > 20_000));
}

/// Flows of the first lane by month, costs below zero.
fn flows(simulation: &Simulation) -> Vec<(String, i64)> {
    let block = block(simulation);
    let treasury = simulation.treasury().unwrap();
    let mut by_month = std::collections::BTreeMap::new();
    Flows::new(treasury).of_block(&block, |lane, of, month, amount| {
        if lane == 0 {
            let sign = if matches!(of, FlowOf::Benefit(_)) { 1 } else { -1 };
            *by_month.entry(treasury.months().date(month).to_string()).or_insert(0) += sign * amount;
        }
    });
    by_month.into_iter().collect()
}

#[test]
fn costs_flow_when_they_are_paid() {
    let shown = |more: &str| {
        flows(&simulation(more))
            .into_iter()
            .map(|(month, amount)| format!("{} {amount}", &month[..7]))
            .collect::<Vec<_>>()
    };
    assert_eq!(shown("[money]"), ["2027-01 -200000"]);
    assert_eq!(shown("[[costs]]\nlump = 10\nat = 2027-02-28"), ["2027-01 -200000", "2027-02 -1000"]);
    // Thirty days after Friday 29 January.
    let terms = "[[costs]]\nlump = 10\nat = \"erp.golive\"\nterms = \"30ed\"";
    assert_eq!(shown(terms), ["2027-01 -200000", "2027-02 -1000"]);
    // Nine days of January, 28 of February and one of March.
    let span = "[[costs]]\nrate = \"10/ed\"\nfrom = 2027-01-23\nto = 2027-03-01";
    assert_eq!(shown(span), ["2027-01 -209000", "2027-02 -28000", "2027-03 -1000"]);
}

/// What the program is worth, in minor units.
fn npv(more: &str) -> i64 {
    let simulation = simulation(more);
    let block = block(&simulation);
    let worth = simulation.plan().worth;
    assert_eq!(worth, (block.cost_worth[0], block.benefit_worth[0]), "everything is certain");
    worth.1 - worth.0
}

/// Benefits of 30, 40, 50 and 60 thousand in the four years from the first of January of a year.
fn four_years(first: i32) -> String {
    let year = |(number, amount): (i32, i32)| {
        format!(
            "[benefits.y{number}]\nfrom = {}-01-01\nper_year = {amount}_000\nlast = \"12emo\"\n",
            first + number
        )
    };
    (0..).zip([30, 40, 50, 60]).map(year).collect()
}

#[test]
fn the_published_flows_are_worth_what_is_published() {
    // Seen to fail when the outlay before the first year is taken for one in the middle of a year.
    let money = |valuation: &str, dating: &str| {
        format!(
            "[money]\ndiscount_rate = \"10 %\"\nvaluation_date = {valuation}\ndiscounting = \"{dating}\"\n"
        )
    };
    // With the 2,000 of labour and tools an outlay of 100,000, and benefits of 180,000.
    let outlay = |on: &str| format!("[[costs]]\nlump = 98_000\nat = {on}\n");
    let now = format!("{}{}", outlay("2027-12-31"), four_years(2028));
    let of =
        |minor: i64, wanted: f64| assert!((minor as f64 / 100.0 - wanted).abs() < 0.02, "{minor} {wanted}");
    of(npv(&format!("{}{now}", money("2028-01-01", "year-end"))), 38_877.126);
    of(npv(&format!("{}{now}", money("2028-01-01", "mid-year"))), 45_655.558);
    let own = format!("{}{}", outlay("2027-06-30"), four_years(2028));
    of(npv(&format!("{}{own}", money("2027-01-01", "mid-year"))), 37_067.885);
    let ten = "[money]\ndiscount_rate = \"3.5 %\"\nvaluation_date = 2028-01-01\ndiscounting = \"year-end\"\n\
               [[costs]]\nlump = 1_000\nevery = \"year\"\nfrom = 2027-12-31\nto = 2036-12-31";
    of(npv(ten), -8_607.687 - 2_000.0);
}

/// A program with a bit of everything that is uncertain.
const UNCERTAIN: &str = r#"
[[tasks]]
id = "move"
duration = { pert = ["20d", "30d", "80d"] }
after = ["erp.golive"]
cost = [{ rate = "333.33/d", category = "Labour", kind = "opex" }, { lump = { triangular = [5_000, 9_000, 20_000] }, paid = "end", terms = "45ed" }]
[[risks]]
id = "R1"
title = "Late"
probability = 0.5
impact = { on = "move", delay = { uniform = ["5d", "60d"] }, cost = { uniform = [1_000, 50_000] } }
[[costs]]
rate = "10_000/emo"
to = "finish"
ramp = "1emo"
[[costs]]
percent = "7 %"
[contracts.vendor]
price = { triangular = [80_000, 90_000, 150_000] }
payments = [{ at = "erp.build", share = "33 %" }, { at = "finish", share = "67 %" }]
[money]
discount_rate = "8 %"
[money.escalation.all]
rate = { triangular = ["1 %", "3 %", "8 %"] }
[benefits.savings]
from = "finish"
per_year = { triangular = [100_000, 200_000, 250_000] }
ramp = "6emo"
growth = "3 %"
until = 2030-06-15
adoption = { uniform = [0.5, 1] }
"#;

#[test]
fn in_every_iteration_the_months_add_up_to_the_cost_and_to_what_it_is_worth() {
    let simulation = simulation(UNCERTAIN);
    let block = block(&simulation);
    let treasury = simulation.treasury().unwrap();
    let mut sums = [(0_i64, 0_i64, 0.0_f64, 0_u32); 512];
    Flows::new(treasury).of_block(&block, |lane, of, month, amount| {
        let end = treasury.months().date(month).last_of_month();
        let days = (end - simulation.program().start().start_date()).get_days();
        let worth = amount as f64 * libm::pow(1.08, -f64::from(days) / 365.0);
        let (cost, benefit, npv, flows) = &mut sums[lane];
        *flows += 1;
        if matches!(of, FlowOf::Benefit(_)) {
            (*benefit, *npv) = (*benefit + amount, *npv + worth);
        } else {
            (*cost, *npv) = (*cost + amount, *npv - worth);
        }
    });
    for (lane, (cost, benefit, npv, flows)) in sums.into_iter().enumerate() {
        assert_eq!(cost, block.cost[lane], "lane {lane}");
        assert!(benefit > 0);
        let found = block.benefit_worth[lane] - block.cost_worth[lane];
        // Every flow is rounded to the cent, its worth is not.
        assert!((found as f64 - npv).abs() < f64::from(flows), "lane {lane}: {found} and {npv}");
    }
    assert!(block.cost.iter().any(|&cost| cost != block.cost[0]));
}

#[test]
fn threads_never_change_what_a_program_is_worth() {
    use p80::engine::run;
    use p80::results::Results;
    let simulation = simulation(UNCERTAIN);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let going_on = |_| std::ops::ControlFlow::Continue(());
        pool.install(|| run(&simulation, 0..24, || Results::new(&simulation), going_on).unwrap())
    };
    let one = on(1);
    assert_eq!(one, on(5));
    let worth = one.worth.unwrap();
    assert_eq!(worth.npv.iterations(), 24 * 512);
    let below = worth.npv.probability_at_most(0).value;
    assert_eq!(((1.0 - below) * 24.0 * 512.0).round() as u64, worth.positive);
}

#[test]
fn a_milestone_that_does_not_come_about_brings_no_benefit_and_no_payment() {
    let text = "[[milestones]]\nid = \"maybe\"\nafter = [\"erp.golive\"]\nprobability = 0.5\n\
                [[costs]]\nlump = 100\nat = \"maybe\"\n[money]\ndiscount_rate = 0\n\
                [benefits.b]\nfrom = \"maybe\"\nper_year = 1_200\nlast = \"10emo\"";
    let block = block(&simulation(text));
    let both = |lane: usize| (block.cost[lane] - 200_000, block.benefit_worth[lane]);
    let found: std::collections::BTreeSet<_> = (0..512).map(both).collect();
    assert_eq!(found.into_iter().collect::<Vec<_>>(), [(0, 0), (10_000, 100_000)]);
}
