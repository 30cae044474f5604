//! What versions of a program draw alike, by number.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::uniforms::Uniforms;
use crate::draws::{Copula, CouplingIx, Stream, TableIx, Tables, Variable};
use crate::network::Network;

/// What a program may have in common with others.
#[derive(Clone, Debug, Default)]
pub(super) struct Common {
    /// Tables of laws that are there already.
    pub(super) tables: Tables,
    /// What others draw as well.
    pub(super) numbers: Numbers,
    /// A network that is laid out for at least its worst case.
    pub(super) network: Option<Arc<Network>>,
}

/// Numbers for what is drawn: the same in all versions of a program for what is the same bit for bit in all of
/// them. A clone shares the numbers of its original.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    known: Arc<Known>,
    /// Whether what is new gets a number.
    is_open: bool,
    /// Whether the version at hand has the couplings that the numbers know.
    couples: bool,
}

#[derive(Clone, Debug, Default)]
struct Known {
    by_key: BTreeMap<Key, u32>,
    /// Whose couplings the keys mean.
    copula: Option<Copula>,
}

/// Everything that the draws of a block follow from, besides seed, sampler and tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    stream: Stream,
    coupling: Option<CouplingIx>,
    /// Table, bits of location and scale, and the first uniform that is possible; [`None`] for uniforms alone.
    law: Option<(TableIx, u64, u64, u32)>,
}

impl Numbers {
    /// Numbers that are given out to whatever asks first.
    pub(super) fn open() -> Self {
        Self { is_open: true, ..Self::default() }
    }

    /// The same numbers: from now on what is new gets none.
    pub(super) fn closed(self) -> Self {
        Self { is_open: false, ..self }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.known.by_key.len()
    }

    /// What is drawn together in all versions that draw anything together as the first did.
    pub(super) fn copula(&self) -> Option<&Copula> {
        self.known.copula.as_ref()
    }

    /// Whether the version at hand has the couplings of [`Self::copula`].
    pub(super) fn couples(&self) -> bool {
        self.couples
    }

    /// Says what the version at hand draws together. A version that does so in another way than the first has
    /// its own couplings, which mean something else by the same index.
    pub(super) fn meet(&mut self, copula: &Copula) {
        if copula.is_empty() {
            self.couples = false;
            return;
        }
        if self.is_open && self.known.copula.is_none() {
            Arc::make_mut(&mut self.known).copula = Some(copula.clone());
        }
        self.couples = self.known.copula.as_ref() == Some(copula);
    }

    /// The number of uniforms, or of a variable that they drive; [`None`] where nothing is shared.
    pub(super) fn of(&mut self, uniforms: &Uniforms, variable: Option<&Variable>) -> Option<u32> {
        if !self.is_open && self.known.by_key.is_empty() || uniforms.coupling.is_some() && !self.couples {
            return None;
        }
        let law = match variable {
            None => None,
            Some(variable) => {
                let bits = (variable.location().to_bits(), variable.scale().to_bits());
                Some((variable.table()?, bits.0, bits.1, variable.first()))
            }
        };
        let key = Key { stream: uniforms.stream, coupling: uniforms.coupling, law };
        if let Some(&known) = self.known.by_key.get(&key) {
            return Some(known);
        }
        self.is_open.then(|| {
            let known = &mut Arc::make_mut(&mut self.known).by_key;
            let number = known.len() as u32;
            known.insert(key, number);
            // A version without correlations draws the same by its own stream alone.
            if key.coupling.is_some() {
                let next = known.len() as u32;
                known.entry(Key { coupling: None, ..key }).or_insert(next);
            }
            number
        })
    }
}
