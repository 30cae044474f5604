//! The first iterations alone, for what only they are kept for.

use super::{CashFlow, Prefix, Results, SideBySide};
use crate::engine::{Block, Observer, Simulation};

/// What is kept whole of the first iterations: the dates of every task, the cash flows, the programs of a portfolio.
///
/// It is large, and a function of the program and the numbers of its blocks, so that it is not carried from one
/// machine to another but simulated where it is needed.
#[derive(Clone, Debug, PartialEq)]
pub struct Beginning {
    prefix: Prefix,
    cash_flow: Option<CashFlow>,
    side_by_side: Option<SideBySide>,
}

impl Beginning {
    /// Nothing kept yet.
    #[must_use]
    pub fn new(simulation: &Simulation) -> Self {
        let program = simulation.program();
        Self {
            prefix: Prefix::new(program.tasks().len()),
            cash_flow: CashFlow::new(simulation),
            side_by_side: SideBySide::of(program),
        }
    }

    /// How many of the first blocks something is kept of.
    #[must_use]
    pub fn limit(&self) -> u64 {
        let of_cash_flow = self.cash_flow.as_ref().map_or(0, CashFlow::limit);
        let of_programs = self.side_by_side.as_ref().map_or(0, SideBySide::limit);
        self.prefix.limit().max(of_cash_flow).max(of_programs)
    }
}

impl Observer for Beginning {
    fn block(&mut self, block: &Block) {
        self.prefix.record(block);
        if let Some(cash_flow) = &mut self.cash_flow {
            cash_flow.record(block);
        }
        if let Some(side_by_side) = &mut self.side_by_side {
            side_by_side.record(block);
        }
    }

    fn merge(&mut self, other: Self) {
        self.prefix.merge(other.prefix);
        if let (Some(own), Some(more)) = (&mut self.cash_flow, other.cash_flow) {
            own.merge(more);
        }
        if let (Some(own), Some(more)) = (&mut self.side_by_side, other.side_by_side) {
            own.merge(more);
        }
    }
}

impl Results {
    /// Takes over what is kept of the first iterations.
    pub fn begin_with(&mut self, beginning: Beginning) {
        self.prefix.merge(beginning.prefix);
        if let (Some(own), Some(more)) = (&mut self.cash_flow, beginning.cash_flow) {
            own.merge(more);
        }
        if let (Some(own), Some(more)) = (&mut self.portfolio, beginning.side_by_side) {
            own.first.merge(more);
        }
    }
}
