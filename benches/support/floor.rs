//! The draws of a program by themselves.

use std::hint::black_box;

use p80::dist::Law;
use p80::draws::{BLOCK, Sampler, Seed, Stream, Tables, Variable};
use p80::lanes::InstructionSet;
use p80::model::{CostAmount, CostImpact, DelayImpact, Program};

/// All laws that one iteration draws from, occurrences of risks as uniforms.
fn laws(program: &Program) -> Vec<Law> {
    let mut laws = Vec::new();
    for task in program.tasks() {
        laws.extend(task.duration().map(|(estimate, _)| estimate.law.clone()));
        for line in &task.costs {
            if let CostAmount::Lump(estimate) = &line.amount {
                laws.push(estimate.law.clone());
            }
        }
    }
    for risk in program.risks() {
        laws.push(Law::uniform(0.0, 1.0).expect("0 < 1"));
        for impact in &risk.in_force().impacts {
            if let Some(DelayImpact::Minutes(estimate) | DelayImpact::Share(estimate)) = &impact.delay {
                laws.push(estimate.law.clone());
            }
            if let Some(CostImpact::Amount(estimate) | CostImpact::Share(estimate)) = &impact.cost {
                laws.push(estimate.law.clone());
            }
        }
    }
    laws
}

/// Everything that an iteration of a program draws, and nothing else: the least that a simulation must do.
pub struct Floor {
    tables: Tables,
    variables: Vec<(Variable, Stream)>,
}

impl Floor {
    /// The draws of a program.
    pub fn new(program: &Program) -> Self {
        Self::of(&laws(program))
    }

    /// Draws from some laws.
    pub fn of(laws: &[Law]) -> Self {
        let mut tables = Tables::new();
        let variables = tables.add_all(laws).into_iter().filter(|variable| !variable.is_certain());
        let stream = |at: usize| Stream::new(Seed(1), &format!("draw/{at}"));
        let variables = variables.enumerate().map(|(at, variable)| (variable, stream(at))).collect();
        Self { tables, variables }
    }

    /// How many draws an iteration makes.
    pub fn draws(&self) -> usize {
        self.variables.len()
    }

    /// Draws a block.
    pub fn block(&self, set: InstructionSet, sampler: Sampler, block: u32) {
        let (mut bits, mut values) = ([0; BLOCK], [0.0; BLOCK]);
        for (variable, stream) in &self.variables {
            sampler.fill_block_with(set, stream, block, &mut bits);
            variable.fill(set, &self.tables, &mut bits, &mut values);
            black_box(&values);
        }
    }
}
