//! A question that the report does not answer: how late is the program in the worst tenth of all worlds, and
//! which risks occurred there? An observer of your own sees every block: `cargo run --example custom_report`.

use std::ops::ControlFlow;

use p80::draws::{Sampler, Seed};
use p80::engine::{self, Block, Observer, Simulation};
use p80::export::{self, CsvStyle};
use p80::report::{Cell, Table};
use p80::results::Results;
use p80::scenario::{MemoryFiles, load};
use p80::units::{Instant, Percentile};

const SCENARIO: &str = r#"
[program]
name = "Payroll"
start = 2027-01-11

[[tasks]]
id = "interfaces"
duration = { pert = ["20d", "30d", "60d"] }

[[tasks]]
id = "parallel-runs"
duration = { pert = ["20d", "22d", "30d"] }
after = ["interfaces"]

[[risks]]
id = "R-1"
title = "A parallel run is repeated"
probability = 0.3
impact = [{ on = "parallel-runs", delay = "20d" }]

[[risks]]
id = "R-2"
title = "The bank changes its format"
probability = 0.1
impact = [{ on = "interfaces", delay = { triangular = ["5d", "10d", "40d"] } }]
"#;

/// In how many of the late iterations each risk occurred.
struct LateWorlds {
    later_than: i32,
    late: u64,
    occurred: Vec<u64>,
}

impl Observer for LateWorlds {
    fn block(&mut self, block: &Block) {
        // Arrays have a row per task or risk and a column per iteration of the block.
        for (lane, _) in block.finish.iter().enumerate().filter(|(_, finish)| **finish > self.later_than) {
            self.late += 1;
            for (risk, count) in self.occurred.iter_mut().enumerate() {
                *count += u64::from(block.risk_occurred[[risk, lane]]);
            }
        }
    }

    /// Threads watch blocks of their own. Whole numbers merge to the same result in any order.
    fn merge(&mut self, other: Self) {
        self.late += other.late;
        self.occurred.iter_mut().zip(other.occurred).for_each(|(own, more)| *own += more);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let loaded = load(&MemoryFiles::single("payroll.toml", SCENARIO), "payroll.toml")
        .map_err(|failed| p80::diag::to_text(&failed.diagnostics, &failed.sources, false))?;
    let simulation = Simulation::compile(&loaded.program, Seed(1), Sampler::Stratified)
        .map_err(|errors| format!("{errors:?}"))?;
    let blocks = || 0..engine::blocks_for(50_000);
    let go_on = |_| ControlFlow::Continue(());

    // Draws are addressed by seed, name and iteration: a second run sees the very same worlds, so what was
    // learnt from the first can be asked of the second, and nothing needs to be stored.
    let results = engine::run(&simulation, blocks(), || Results::new(&simulation), go_on)?;
    let p90 = results.finish.percentile(Percentile::whole(90)).ok_or("there is no finish")?;
    let later_than = i32::try_from(p90)?;
    let risks = loaded.program.risks();
    let observer = || LateWorlds { later_than, late: 0, occurred: vec![0; risks.len()] };
    let worlds = engine::run(&simulation, blocks(), observer, go_on)?;

    println!(
        "{} of {} iterations finish after {}, the P90",
        worlds.late,
        results.iterations,
        Instant(later_than).finish_date()
    );
    let percent = |share: f64| Cell::Number((share * 1_000.0).round() / 10.0);
    let rows = risks.iter().zip(&worlds.occurred).zip(&results.risks).map(|((risk, late), all)| {
        vec![
            Cell::from(&risk.title),
            percent(all.occurred as f64 / results.iterations as f64),
            percent(*late as f64 / worlds.late.max(1) as f64),
        ]
    });
    let columns = ["risk", "occurs_percent", "occurs_when_late_percent"].map(String::from).to_vec();
    let table = Table { name: "late_worlds", columns, rows: rows.collect() };
    let style = CsvStyle { byte_order_mark: false, ..CsvStyle::default() };
    print!("{}", String::from_utf8_lossy(&export::to_csv(&table, style)));
    Ok(())
}
