//! Values with their places, and keys that may be absent.

use crate::diag::Place;

/// A value and where it was written; values made by a program have no place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it was written, if it comes from a file.
    pub place: Option<Place>,
}

/// What stands at a key.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Slot<T> {
    /// Nothing.
    #[default]
    Absent,
    /// Something that could not be read; the problem has been reported.
    Bad,
    /// A value.
    Given(At<T>),
}

impl<T> At<T> {
    /// A value at a place.
    #[must_use]
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place: Some(place) }
    }

    /// Another value at the same place.
    #[must_use]
    pub fn with<U>(&self, value: U) -> At<U> {
        At { value, place: self.place.clone() }
    }

    /// The place, for diagnostics.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }
}

impl<T> From<T> for At<T> {
    fn from(value: T) -> Self {
        Self { value, place: None }
    }
}

impl<T> Slot<T> {
    /// The value with its place, if there is a good one.
    #[must_use]
    pub fn at(&self) -> Option<&At<T>> {
        match self {
            Self::Given(at) => Some(at),
            Self::Absent | Self::Bad => None,
        }
    }

    /// The value, if there is a good one.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        self.at().map(|at| &at.value)
    }

    /// The value to be changed, if there is a good one.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Given(at) => Some(&mut at.value),
            Self::Absent | Self::Bad => None,
        }
    }

    /// The place of a good value.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.at().and_then(At::place)
    }

    /// Whether nothing stands here, good or bad.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<T> From<T> for Slot<T> {
    fn from(value: T) -> Self {
        Self::Given(At::from(value))
    }
}

impl<T> From<Option<T>> for Slot<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::from)
    }
}

impl<T> From<At<T>> for Slot<T> {
    fn from(at: At<T>) -> Self {
        Self::Given(at)
    }
}
