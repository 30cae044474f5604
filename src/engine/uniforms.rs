//! Where the uniforms of something come from: its own stream, and what it is drawn together with.

use crate::draws::{Copula, CouplingIx, Sampler, Stream};
use crate::lanes::{InstructionSet, LANES, Reals};

/// The uniforms of one uncertain thing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uniforms {
    pub(super) stream: Stream,
    pub(super) coupling: Option<CouplingIx>,
}

/// The block that uniforms are drawn for.
#[derive(Clone, Copy, Debug)]
pub(super) struct BlockDraws<'a> {
    pub(super) set: InstructionSet,
    pub(super) sampler: Sampler,
    pub(super) copula: &'a Copula,
    /// The scores that several share, in this block.
    pub(super) shared: &'a [Reals],
    pub(super) block: u32,
}

impl Uniforms {
    /// The bits of one iteration; `shared` are its scores that several share.
    pub(super) fn bits(&self, sampler: Sampler, copula: &Copula, shared: &[f64], iteration: u32) -> u32 {
        let own = sampler.bits(&self.stream, iteration);
        match self.coupling {
            None => own,
            Some(coupling) => copula.couple(coupling, own, shared),
        }
    }

    /// The bits of a block, lane by lane those of [`Self::bits`].
    pub(super) fn fill(&self, of: BlockDraws, bits: &mut [u32; LANES]) {
        of.sampler.fill_block_with(of.set, &self.stream, of.block, bits);
        if let Some(coupling) = self.coupling {
            of.copula.couple_block(of.set, coupling, of.shared, bits);
        }
    }
}
