//! Where the uniforms of something come from: its own stream, and what it is drawn together with.

use std::cell::RefCell;

use super::drawn::Rows;
use crate::draws::{Copula, CouplingIx, Sampler, Stream};
use crate::lanes::{InstructionSet, LANES, Reals};

/// The uniforms of one uncertain thing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uniforms {
    pub(super) stream: Stream,
    pub(super) coupling: Option<CouplingIx>,
    /// By what versions of a program know them, where they are asked for as they are.
    pub(super) number: Option<u32>,
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
    /// What other versions of the program have drawn of this block.
    pub(super) drawn: Option<&'a RefCell<Rows>>,
}

impl<'a> BlockDraws<'a> {
    /// Where draws of this number are kept, and the same block without that.
    #[inline]
    pub(super) fn kept(self, number: Option<u32>) -> Option<(&'a RefCell<Rows>, u32, Self)> {
        Some((self.drawn?, number?, Self { drawn: None, ..self }))
    }
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
        match of.kept(self.number) {
            Some((rows, number, of)) => rows.borrow_mut().words(number, bits, |row| self.draw(of, row)),
            None => self.draw(of, bits),
        }
    }

    fn draw(&self, of: BlockDraws, bits: &mut [u32; LANES]) {
        of.sampler.fill_block_with(of.set, &self.stream, of.block, bits);
        if let Some(coupling) = self.coupling {
            of.copula.couple_block(of.set, coupling, of.shared, bits);
        }
    }
}
