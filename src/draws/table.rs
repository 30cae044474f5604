//! A standardised quantile function, ready for draws.

use super::sampler::unit;
use super::{Lines, Segments, Shape, Steps};
use crate::dist::Law;

/// A quantile function over the 2^32 uniforms.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Table {
    /// Cubic pieces: every law with a density.
    Smooth(Segments),
    /// Values: discrete and empirical laws, exact.
    Steps(Steps),
    /// Straight lines: cumulative curves, exact.
    Lines(Lines),
    /// The quantile function itself: slow, the yardstick of the tables.
    Exact(Box<Law>),
}

impl Table {
    /// The table of a shape.
    #[must_use]
    pub fn new(shape: &Shape) -> Option<Self> {
        match shape {
            Shape::Steps(_) => Steps::new(shape).map(Self::Steps),
            Shape::Lines(_) => Lines::new(shape).map(Self::Lines),
            _ => Segments::new(shape).map(Self::Smooth),
        }
    }

    /// The standardised quantile of a uniform.
    #[must_use]
    #[inline]
    pub fn value(&self, bits: u32) -> f64 {
        match self {
            Self::Smooth(table) => table.value(bits),
            Self::Steps(table) => table.value(bits),
            Self::Lines(table) => table.value(bits),
            Self::Exact(law) => law.quantile(unit(bits)),
        }
    }
}
