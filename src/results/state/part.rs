//! What is written and read.

use super::{StateError, StateReader, StateWriter};

/// A part of the statistics of a simulation that can be written and read back.
pub trait State {
    /// Writes what was counted.
    fn save(&self, out: &mut StateWriter);

    /// Reads what was counted into an empty one of the same program.
    ///
    /// # Errors
    /// [`StateError`] if the bytes end, or say what cannot have been counted.
    fn restore(&mut self, from: &mut StateReader<'_>) -> Result<(), StateError>;
}

impl<T: State> State for [T] {
    fn save(&self, out: &mut StateWriter) {
        out.count(self.len() as u64);
        self.iter().for_each(|one| one.save(out));
    }

    fn restore(&mut self, from: &mut StateReader<'_>) -> Result<(), StateError> {
        from.exactly(self.len(), "another number of parts")?;
        self.iter_mut().try_for_each(|one| one.restore(from))
    }
}

impl<T: State> State for Option<T> {
    fn save(&self, out: &mut StateWriter) {
        self.as_slice().save(out);
    }

    fn restore(&mut self, from: &mut StateReader<'_>) -> Result<(), StateError> {
        self.as_mut_slice().restore(from)
    }
}

impl State for u64 {
    fn save(&self, out: &mut StateWriter) {
        out.count(*self);
    }

    fn restore(&mut self, from: &mut StateReader<'_>) -> Result<(), StateError> {
        *self = from.count()?;
        Ok(())
    }
}

impl State for i128 {
    fn save(&self, out: &mut StateWriter) {
        out.sum(*self);
    }

    fn restore(&mut self, from: &mut StateReader<'_>) -> Result<(), StateError> {
        *self = from.sum()?;
        Ok(())
    }
}

/// Writes and reads the fields of a struct of numbers in the order in which they are named.
macro_rules! fields {
    ($of:ty: $($field:ident $(. $part:tt)?),+) => {
        impl $crate::results::state::State for $of {
            fn save(&self, out: &mut $crate::results::state::StateWriter) {
                $($crate::results::state::State::save(&self.$field$(.$part)?, out);)+
            }

            fn restore(
                &mut self,
                from: &mut $crate::results::state::StateReader<'_>,
            ) -> Result<(), $crate::results::state::StateError> {
                $($crate::results::state::State::restore(&mut self.$field$(.$part)?, from)?;)+
                Ok(())
            }
        }
    };
}

pub(in crate::results) use fields;
