//! The first iterations alone, for what only they are kept for.

use super::{CashFlow, Prefix, Results};
use crate::engine::{Block, Observer, Simulation};

/// What is kept whole of the first iterations: the dates of every task and the cash flows.
///
/// It is large, and a function of the program and the numbers of its blocks, so that it is not carried from one
/// machine to another but simulated where it is needed.
#[derive(Clone, Debug, PartialEq)]
pub struct Beginning {
    prefix: Prefix,
    cash_flow: Option<CashFlow>,
}

impl Beginning {
    /// Nothing kept yet.
    #[must_use]
    pub fn new(simulation: &Simulation) -> Self {
        Self { prefix: Prefix::new(simulation.program().tasks().len()), cash_flow: CashFlow::new(simulation) }
    }

    /// How many of the first blocks something is kept of.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.prefix.limit().max(self.cash_flow.as_ref().map_or(0, CashFlow::limit))
    }
}

impl Observer for Beginning {
    fn block(&mut self, block: &Block) {
        self.prefix.record(block);
        if let Some(cash_flow) = &mut self.cash_flow {
            cash_flow.record(block);
        }
    }

    fn merge(&mut self, other: Self) {
        self.prefix.merge(other.prefix);
        if let (Some(own), Some(more)) = (&mut self.cash_flow, other.cash_flow) {
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
    }
}
