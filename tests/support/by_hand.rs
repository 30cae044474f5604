//! Programs worked out by hand, from the scenario file to the iterations.

use p80::draws::{Sampler, Seed};
use p80::engine::{Block, Kernel, Simulation};
use p80::model::Program;
use p80::scenario::{MemoryFiles, load};

const BLOCKS: u64 = 64;

/// The beginning of every program: it starts on Monday 2027-01-11 at 08:00.
const HEAD: &str = "[program]\nname = \"By hand\"\nstart = 2027-01-11\n";

fn program(text: &str) -> Program {
    let text = format!("{HEAD}{text}");
    match load(&MemoryFiles::single("branches.toml", &text), "branches.toml") {
        Ok(loaded) => loaded.program,
        Err(failed) => panic!("{}", p80::diag::to_text(&failed.diagnostics, &failed.sources, false)),
    }
}

/// What every iteration came to.
pub struct Run {
    /// The program.
    pub program: Program,
    /// All blocks, by index.
    pub blocks: Vec<Block>,
    /// The finish of the deterministic plan.
    pub plan_finish: i32,
}

impl Run {
    /// Simulates a program, without its head.
    pub fn of(text: &str) -> Self {
        let program = program(text);
        let simulation = Simulation::compile(&program, Seed(7), Sampler::Random).unwrap();
        let mut kernel = Kernel::new(&simulation);
        let blocks = (0..BLOCKS).map(|index| {
            let mut block = Block::new(&program);
            kernel.block(index, &mut block);
            block
        });
        let blocks = blocks.collect();
        let plan_finish = simulation.plan().finish;
        Self { program, blocks, plan_finish }
    }

    /// The position of a task.
    pub fn task(&self, id: &str) -> usize {
        self.program.tasks().iter().position(|task| task.id == id).unwrap_or_else(|| panic!("no `{id}`"))
    }

    /// How many iterations there are.
    pub fn n(&self) -> f64 {
        (self.blocks.len() * self.blocks[0].finish.len()) as f64
    }

    /// The share of iterations for which a statement about block and lane holds.
    pub fn share(&self, holds: impl Fn(&Block, usize) -> bool) -> f64 {
        let lanes = |block: &Block| (0..block.finish.len()).filter(|&lane| holds(block, lane)).count();
        self.blocks.iter().map(lanes).sum::<usize>() as f64 / self.n()
    }

    /// The share of iterations that finish at a date.
    pub fn finishes(&self, at: &str) -> f64 {
        let at: p80::units::Instant = at.parse().unwrap();
        self.share(|block, lane| block.finish[lane] == at.0)
    }

    /// The share of iterations in which a task exists.
    pub fn exists(&self, id: &str) -> f64 {
        let task = self.task(id);
        self.share(|block, lane| block.task_present[[task, lane]])
    }

    /// Asserts that a share is found within 4 standard errors.
    #[track_caller]
    pub fn expect(&self, found: f64, share: f64) {
        let error = (share * (1.0 - share) / self.n()).sqrt();
        assert!((found - share).abs() <= 4.0 * error + 1e-12, "found {found}, expected {share} +- {error}");
    }
}
