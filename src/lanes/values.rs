//! Arrays of one value per lane.

use std::ops::{Deref, DerefMut};

/// Lanes of a block: iterations that are simulated together.
pub const LANES: usize = 512;

/// No limit: the neutral element of a minimum.
pub const UNLIMITED: i32 = i32::MAX;

/// One value per lane, at the beginning of a cache line.
#[derive(Clone, Debug, PartialEq)]
#[repr(C, align(64))]
pub struct Aligned<T>(pub [T; LANES]);

/// Minutes.
pub type Ints = Aligned<i32>;
/// Money.
pub type Longs = Aligned<i64>;
/// Numbers before they are rounded.
pub type Reals = Aligned<f64>;
/// Random bits.
pub type Words = Aligned<u32>;
/// Yes or no.
pub type Flags = Aligned<bool>;

impl<T: Copy> Aligned<T> {
    /// The same value in every lane.
    #[must_use]
    #[inline]
    pub fn all(value: T) -> Self {
        Self([value; LANES])
    }

    /// The value of every lane.
    #[must_use]
    #[inline]
    pub fn from_fn(value: impl FnMut(usize) -> T) -> Self {
        Self(std::array::from_fn(value))
    }
}

impl<T> Deref for Aligned<T> {
    type Target = [T; LANES];

    #[inline]
    fn deref(&self) -> &[T; LANES] {
        &self.0
    }
}

impl<T> DerefMut for Aligned<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T; LANES] {
        &mut self.0
    }
}
