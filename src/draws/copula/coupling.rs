//! Uniforms that belong together.

use super::scores::{fill_scores, fill_uniforms, score, uniform_of};
use crate::draws::{Sampler, Stream};
use crate::lanes::{self, InstructionSet, LANES, Reals, Words};

/// Which coupling of a [`Copula`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CouplingIx(pub(super) u32);

/// The score of one quantity: `own * its stream's + the sum of weight * shared`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Coupling {
    pub(super) own: f64,
    /// Numbers of shared scores, with weights.
    pub(super) terms: Box<[(u32, f64)]>,
}

/// The couplings of one program, with the streams whose scores several quantities share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copula {
    pub(super) shared: Vec<Stream>,
    pub(super) couplings: Vec<Coupling>,
}

impl Copula {
    /// Whether nothing is drawn together.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.couplings.is_empty()
    }

    /// How many scores are shared.
    #[must_use]
    pub fn shared(&self) -> usize {
        self.shared.len()
    }

    /// The shared scores of one iteration.
    pub fn scores(&self, sampler: Sampler, iteration: u32, out: &mut Vec<f64>) {
        out.clear();
        out.extend(self.shared.iter().map(|stream| score(sampler.bits(stream, iteration))));
    }

    /// The shared scores of a block, with the bits of [`Self::scores`]; as many rows as are shared.
    pub fn fill_scores(&self, set: InstructionSet, sampler: Sampler, block: u32, out: &mut [Reals]) {
        let mut bits = Words::all(0);
        for (stream, row) in self.shared.iter().zip(out) {
            sampler.fill_block_with(set, stream, block, &mut bits);
            fill_scores(set, &bits, row);
        }
    }

    /// The uniform of a quantity, from that of its own stream and the shared scores.
    #[must_use]
    pub fn couple(&self, ix: CouplingIx, bits: u32, shared: &[f64]) -> u32 {
        let coupling = &self.couplings[ix.0 as usize];
        let mut sum = coupling.own * score(bits);
        for &(row, weight) in &coupling.terms {
            sum += weight * shared[row as usize];
        }
        uniform_of(sum)
    }

    /// The uniforms of a quantity in a block, with the bits of [`Self::couple`]: `bits` are those of its own
    /// stream, and are replaced.
    pub fn couple_block(
        &self,
        set: InstructionSet,
        ix: CouplingIx,
        shared: &[Reals],
        bits: &mut [u32; LANES],
    ) {
        let coupling = &self.couplings[ix.0 as usize];
        let mut sum = Reals::all(0.0);
        fill_scores(set, bits, &mut sum);
        match *coupling.terms {
            [(row, weight)] => lanes::mix(set, &mut sum, coupling.own, &shared[row as usize], weight),
            ref terms => {
                lanes::scale(set, &mut sum, coupling.own);
                for &(row, weight) in terms {
                    lanes::add_weighted(set, &mut sum, &shared[row as usize], weight);
                }
            }
        }
        fill_uniforms(set, &sum, bits);
    }
}
