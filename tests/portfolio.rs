//! Several programs as one, against answers that are known.

use std::ops::{ControlFlow, Range};
use std::path::Path;

use p80::analysis::{Forecast, forecast};
use p80::draws::{Sampler, Seed};
use p80::engine::{Block, Kernel, Observer, Simulation, run};
use p80::model::ProjectIx;
use p80::results::{Estimated, Results};
use p80::scenario::{FileError, Files, Loaded, MemoryFiles, load};
use p80::units::Percentile;

/// A program of one task on a round-the-clock calendar.
fn one_task(start: &str, duration: &str, more: &str) -> String {
    format!(
        "[program]\nname = \"One\"\nstart = {start}\ncalendar = \"24x7\"\nhours_per_day = 24\n{more}\n\
         [[tasks]]\nid = \"build\"\nduration = {duration}\n"
    )
}

fn portfolio(files: &[(&str, &str)]) -> Loaded {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let files = MemoryFiles(files.collect());
    load(&files, "portfolio.toml").unwrap_or_else(|failed| panic!("{:#?}", failed.diagnostics))
}

const TWO: &str = "[portfolio]\nname = \"Two\"\nprograms = [\"a.toml\", \"b.toml\"]\n";

struct Run {
    simulation: Simulation,
    results: Results,
    forecast: Forecast,
}

fn simulated(loaded: &Loaded, blocks: u64) -> Run {
    let simulation = Simulation::compile(&loaded.program, Seed(7), Sampler::Random).unwrap();
    let results =
        run(&simulation, 0..blocks, || Results::new(&simulation), |_| ControlFlow::Continue(())).unwrap();
    let levels = [20, 50, 80].map(Percentile::whole);
    let forecast = forecast(&simulation, &results, &levels);
    Run { simulation, results, forecast }
}

/// The half-width of four standard errors of a share of independent iterations.
fn four_errors(p: f64, n: u64) -> f64 {
    4.0 * (p * (1.0 - p) / n as f64).sqrt()
}

#[track_caller]
fn expect_share(found: Option<Estimated<f64>>, expected: f64, n: u64) {
    let found = found.unwrap().value;
    assert!((found - expected).abs() <= four_errors(expected, n), "{found}, not {expected}");
}

#[test]
fn promises_of_independent_programs_hold_together_by_the_product() {
    let target = |date: &str| format!("targets = {{ finish = {date} }}");
    let a = one_task("2027-01-04", "{ discrete = [[\"10d\", 0.7], [\"20d\", 0.3]] }", &target("2027-01-15"));
    let b = one_task("2027-02-01", "{ discrete = [[\"10d\", 0.6], [\"20d\", 0.4]] }", &target("2027-02-12"));
    let run = simulated(&portfolio(&[("portfolio.toml", TWO), ("a.toml", &a), ("b.toml", &b)]), 64);
    let found = run.forecast.portfolio.unwrap();
    let n = run.results.iterations;
    for (at, expected) in [0.7, 0.6].into_iter().enumerate() {
        expect_share(found.members[at].finish.target.map(|target| target.probability), expected, n);
    }
    expect_share(found.dates, 0.42, n);
    expect_share(found.all, 0.42, n);
    assert_eq!(found.budgets, None);
}

#[test]
fn promises_of_programs_with_one_shared_driver_hold_together_by_the_least() {
    // Alone each holds with 0.6 and 0.75: together with the least, where independent ones would with 0.45.
    let driver = |p: &str| {
        format!(
            "[[drivers]]\nid = \"talent\"\nprobability = {p}\nfactor = {{ uniform = [1.0, 2.0] }}\non = [\"build\"]\n"
        )
    };
    let portfolio_file = format!("{TWO}shared_drivers = [\"talent\"]\n");
    // The factor passes 1.2 in 80 % of the iterations in which the driver occurs, and 1.5 in half of them.
    let a = one_task("2027-01-04", "\"100d\"", "targets = { finish = 2027-05-03 }") + &driver("0.5");
    let b = one_task("2027-02-01", "\"100d\"", "targets = { finish = 2027-06-30 }") + &driver("0.5");
    let files = [("portfolio.toml", portfolio_file.as_str()), ("a.toml", &a), ("b.toml", &b)];
    let run = simulated(&portfolio(&files), 64);
    let found = run.forecast.portfolio.unwrap();
    let n = run.results.iterations;
    for (at, expected) in [0.6, 0.75].into_iter().enumerate() {
        expect_share(found.members[at].finish.target.map(|target| target.probability), expected, n);
    }
    expect_share(found.dates, 0.6, n);
    // One driver for both.
    assert_eq!(run.simulation.program().drivers().len(), 1);
    let together = &found.dates_together.iter().find(|at| at.level == Percentile::P80).unwrap();
    // But for iterations that end in the same minute.
    assert!((together.each - 0.8).abs() < 1e-3, "what goes together needs no more than each by itself");
}

#[test]
fn a_driver_of_the_portfolio_touches_all_programs_with_one_draw() {
    let file = format!(
        "{TWO}[[drivers]]\nid = \"market\"\nprobability = 0.4\nfactor = {{ fixed = 1.5 }}\non = [\"a:build\", \"b\"]\n"
    );
    let a = one_task("2027-01-04", "\"100d\"", "");
    let b = one_task("2027-01-04", "\"100d\"", "");
    let loaded = portfolio(&[("portfolio.toml", &file), ("a.toml", &a), ("b.toml", &b)]);
    let simulation = Simulation::compile(&loaded.program, Seed(7), Sampler::Stratified).unwrap();
    let mut block = Block::new(&loaded.program);
    Kernel::new(&simulation).block(3, &mut block);
    assert_eq!(block.task_minutes.row(0), block.task_minutes.row(1));
    let longer = block.task_minutes.row(0).iter().filter(|&&minutes| minutes == 216_000).count();
    assert!((200..=210).contains(&longer), "{longer} of 512");
}

#[test]
fn the_variance_of_the_total_is_that_of_independent_sums() {
    // Uniform on 0 to 12 million minor units has a variance of 12e12; in another currency at 2, four times that.
    let a = "[program]\nname = \"A\"\nstart = 2027-01-04\n[[tasks]]\nid = \"build\"\nduration = \"1d\"\n\
             cost = { lump = { uniform = [0, 120_000] } }\n";
    let b = a.replace("2027-01-04", "2027-01-04\ncurrency = \"GBP\"");
    let file = format!("{TWO}currency = \"EUR\"\nrates = {{ GBP = 2.0 }}\n");
    let run = simulated(&portfolio(&[("portfolio.toml", &file), ("a.toml", a), ("b.toml", &b)]), 128);
    let n = run.results.iterations as f64;
    let variance = run.results.cost.standard_deviation().unwrap().powi(2);
    let expected = 12e12 + 48e12;
    // Kurtosis of the sum: 3 less 1.2 times the sum of the fourth powers of the standard deviations.
    let kurtosis = 3.0 - 1.2 * (12e12_f64.powi(2) + 48e12_f64.powi(2)) / f64::powi(expected, 2);
    let error = expected * ((kurtosis - 1.0) / n).sqrt();
    assert!((variance - expected).abs() <= 4.0 * error, "{variance} against {expected}");
    let found = run.forecast.portfolio.unwrap();
    let (_, apart, together) =
        *found.budgets_by_level.iter().find(|(level, ..)| *level == Percentile::P80).unwrap();
    // P80 of each is 0.8 of its width; the sum of both passes the level at x with (36 - x)^2 / 2 = 0.2 x 12 x 24.
    assert!((apart as f64 / 1e6 - 28.8).abs() < 0.2, "{apart}");
    assert!((together as f64 / 1e6 - (36.0 - f64::sqrt(115.2))).abs() < 0.15, "{together}");
}

#[test]
fn links_lead_from_program_to_program_in_both_directions() {
    let a = "[program]\nname = \"A\"\nstart = 2027-01-04\n\
             [[tasks]]\nid = \"design\"\nduration = \"5d\"\n\
             [[tasks]]\nid = \"accept\"\nduration = \"5d\"\nafter = \"design\"\n";
    let b = "[program]\nname = \"B\"\nstart = 2026-12-01\n\
             [[tasks]]\nid = \"build\"\nduration = \"10d\"\n";
    let file = format!(
        "{TWO}[[links]]\nto = \"b:build\"\nafter = \"a:design\"\n\
         [[links]]\nto = \"a.accept\"\nafter = [{{ FS = \"b\", lag = \"5d\" }}]\n"
    );
    let loaded = portfolio(&[("portfolio.toml", &file), ("a.toml", a), ("b.toml", b)]);
    let simulation = Simulation::compile(&loaded.program, Seed(1), Sampler::Stratified).unwrap();
    let plan = simulation.plan();
    let date = |minutes: i32| p80::units::Instant(minutes).finish_date().to_string();
    // A week of design, two of building, a week of lag, a week of acceptance.
    assert_eq!(date(plan.task_finish[2]), "2027-01-22");
    assert_eq!(date(plan.task_finish[1]), "2027-02-05");
    assert_eq!(date(plan.finish), "2027-02-05");
    // Without a link nothing of B waits for the start of A, nor the other way round.
    let apart = portfolio(&[("portfolio.toml", TWO), ("a.toml", a), ("b.toml", b)]);
    let simulation = Simulation::compile(&apart.program, Seed(1), Sampler::Stratified).unwrap();
    assert_eq!(date(simulation.plan().task_finish[2]), "2026-12-14");
    assert_eq!(date(simulation.plan().task_start[0]), "2027-01-04");
}

#[test]
fn programs_without_settings_of_their_own_are_projects_of_one_program_bit_for_bit() {
    let own = |id: &str| {
        format!(
            "[[{id}tasks]]\nid = \"build\"\nduration = {{ pert = [\"10d\", \"15d\", \"30d\"] }}\ncost = [{{ rate = \"500/d\" }}]\n\
             [[{id}tasks]]\nid = \"test\"\nduration = {{ triangular = [\"5d\", \"8d\", \"20d\"] }}\nafter = \"build\"\n"
        )
    };
    let program = "[program]\nname = \"One\"\nstart = 2027-01-04\n";
    let single = format!("{program}[projects.a]\n{}[projects.b]\n{}", own("projects.a."), own("projects.b."));
    let (a, b) = (format!("{program}{}", own("")), format!("{program}{}", own("")));
    let joined = portfolio(&[("portfolio.toml", TWO), ("a.toml", &a), ("b.toml", &b)]);
    let whole = load(&MemoryFiles::single("whole.toml", &single), "whole.toml").unwrap();
    let block = |loaded: &Loaded| {
        let simulation = Simulation::compile(&loaded.program, Seed(3), Sampler::Stratified).unwrap();
        let mut block = Block::new(&loaded.program);
        Kernel::new(&simulation).block(11, &mut block);
        block
    };
    assert_eq!(block(&joined), block(&whole));
}

/// The shipped scenarios.
struct Shipped(&'static str);

impl Files for Shipped {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        if path == "portfolio.toml" {
            return Ok(self.0.as_bytes().to_vec());
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        std::fs::read(folder.join(path)).map_err(|error| FileError(error.to_string()))
    }
}

#[test]
fn a_program_forecasts_in_a_portfolio_what_it_does_alone() {
    let text = "[portfolio]\nname = \"Two\"\nprograms = [\"security.toml\", \"data.toml\"]\ncurrency = \"CHF\"\n\
                rates = { GBP = 1.0 }\n[money]\ndiscount_rate = \"8 %\"\nvaluation_date = 2027-02-01\nyear_starts = 4\n";
    let files = Shipped(text);
    let joined = load(&files, "portfolio.toml").unwrap_or_else(|failed| panic!("{:#?}", failed.diagnostics));
    let joined = simulated(&joined, 8);
    let program = joined.simulation.program();
    for (at, name) in ["security.toml", "data.toml"].into_iter().enumerate() {
        let alone = simulated(&load(&files, name).unwrap(), 8);
        let member = &program.members()[at];
        let project = &joined.results.projects[member.project.index()];
        let near = |one: &p80::results::Outcome, other: &p80::results::Outcome, what: &str| {
            let n = one.iterations() as f64;
            let error = (one.standard_deviation().unwrap().powi(2) / n
                + other.standard_deviation().unwrap().powi(2) / n)
                .sqrt();
            let (one, other) = (one.mean().unwrap(), other.mean().unwrap());
            assert!((one - other).abs() <= 4.0 * error, "{name} {what}: {one} and {other}, error {error}");
        };
        near(&project.finish, &alone.results.finish, "finish");
        near(&project.cost, &alone.results.cost, "cost");
        // The plan has no draws: it is the same to the minute and to the minor unit.
        let (plan, own) = (joined.simulation.plan(), alone.simulation.plan());
        assert_eq!(plan.project_finish[member.project.index()], own.finish, "{name}");
        assert_eq!(plan.project_cost[member.project.index()], own.cost, "{name}");
        if let Some(worth) = &alone.results.worth {
            near(
                joined.results.portfolio.as_ref().unwrap().members[at].npv.as_ref().unwrap(),
                &worth.npv,
                "npv",
            );
            assert_eq!(plan.member_worth[at], own.worth.1 - own.worth.0, "{name}");
        }
    }
}

#[test]
fn the_shipped_portfolio_is_the_same_by_the_kernel_and_by_the_plain_engine() {
    let shipped = Shipped(include_str!("../scenarios/portfolio.toml"));
    let loaded =
        load(&shipped, "portfolio.toml").unwrap_or_else(|failed| panic!("{:#?}", failed.diagnostics));
    let simulation = Simulation::compile(&loaded.program, Seed(1), Sampler::Stratified).unwrap();
    let (mut kernel, mut plain) = (Block::new(&loaded.program), Block::new(&loaded.program));
    Kernel::new(&simulation).block(5, &mut kernel);
    simulation.block(5, &mut simulation.scratch(), &mut plain);
    assert!(kernel == plain);
    // What the programs are worth adds up to what the portfolio is, but for what belongs to none of them.
    assert_eq!(kernel.member_worth.nrows(), 4);
    for lane in 0..512 {
        let total = kernel.benefit_worth[lane] - kernel.cost_worth[lane];
        assert_eq!(kernel.member_worth.column(lane).sum(), total);
        let costs: i64 =
            loaded.program.members().iter().map(|member| cost(&kernel, member.project, lane)).sum();
        assert_eq!(costs, kernel.cost[lane]);
    }
}

fn cost(block: &Block, project: ProjectIx, lane: usize) -> i64 {
    block.project_cost[[project.index(), lane]]
}

#[test]
fn a_program_keeps_its_draws_whichever_others_join_it() {
    let a = one_task("2027-01-04", "{ pert = [\"10d\", \"15d\", \"30d\"] }", "");
    let b = one_task("2027-03-01", "{ uniform = [\"10d\", \"30d\"] }", "");
    let alone = "[portfolio]\nname = \"One\"\nprograms = [\"a.toml\"]\n";
    let block = |text: &str| {
        let loaded = portfolio(&[("portfolio.toml", text), ("a.toml", &a), ("b.toml", &b)]);
        let simulation = Simulation::compile(&loaded.program, Seed(3), Sampler::Stratified).unwrap();
        let mut block = Block::new(&loaded.program);
        Kernel::new(&simulation).block(0, &mut block);
        block
    };
    let other_order = TWO.replace("\"a.toml\", \"b.toml\"", "\"b.toml\", \"a.toml\"");
    let (one, two, turned) = (block(alone), block(TWO), block(&other_order));
    assert_eq!(one.task_minutes.row(0), two.task_minutes.row(0));
    assert_eq!(two.task_minutes.row(0), turned.task_minutes.row(1));
    assert_eq!(two.task_minutes.row(1), turned.task_minutes.row(0));
}

#[test]
fn parts_of_a_portfolio_put_together_are_the_single_run() {
    let shipped = Shipped(include_str!("../scenarios/portfolio.toml"));
    let loaded =
        load(&shipped, "portfolio.toml").unwrap_or_else(|failed| panic!("{:#?}", failed.diagnostics));
    let simulation = Simulation::compile(&loaded.program, Seed(1), Sampler::Stratified).unwrap();
    let go = |_| ControlFlow::Continue(());
    let of = |blocks: Range<u64>| run(&simulation, blocks, || Results::new(&simulation), go).unwrap();
    let ranges = [0..1, 1..4];
    let mut parts = ranges.clone().into_iter().map(|blocks| {
        let (many, bytes) = (blocks.end - blocks.start, of(blocks).save());
        Results::restored(&simulation, many, &bytes).unwrap()
    });
    let (mut first, second) = (parts.next().unwrap(), parts.next().unwrap());
    first.merge(second);
    first.begin_with(p80::shard::beginning(&simulation, &ranges, go).unwrap());
    assert!(first == of(0..4));
}
