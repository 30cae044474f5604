//! How the work of a sweep is divided.

use std::ops::Range;

use crate::shard::ShardNumber;

/// A part of a variant that is done at once: all of it, or some of its blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The variant, from 0.
    pub variant: u64,
    /// Which part of its blocks.
    pub part: ShardNumber,
}

/// All units of a sweep, variant by variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Units {
    /// How many variants there are.
    pub variants: u64,
    /// Into how many parts each is divided.
    pub split: u64,
}

impl Units {
    /// How many there are.
    #[must_use]
    pub fn count(self) -> u64 {
        self.variants.saturating_mul(self.split)
    }

    /// A unit by its number.
    #[must_use]
    pub fn get(self, number: u64) -> Option<Unit> {
        let part = ShardNumber::new(number % self.split + 1, self.split)?;
        (number < self.count()).then_some(Unit { variant: number / self.split, part })
    }

    /// The units of one variant.
    pub fn of(self, variant: u64) -> impl Iterator<Item = Unit> {
        ShardNumber::all(self.split).map(move |part| Unit { variant, part })
    }

    /// The numbers of those that a shard of the sweep does.
    #[must_use]
    pub fn of_shard(self, shard: ShardNumber) -> Range<u64> {
        shard.part(self.count())
    }
}
