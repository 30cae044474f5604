//! Bytes as numbers.

use super::StateError;

/// What is left to be read.
#[derive(Debug)]
pub struct StateReader<'a>(&'a [u8]);

impl<'a> StateReader<'a> {
    /// Reads from the beginning.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Refuses what follows.
    pub fn finish(&self) -> Result<(), StateError> {
        if self.0.is_empty() { Ok(()) } else { Err(StateError::Continues) }
    }

    fn bytes(&mut self, n: usize) -> Result<&'a [u8], StateError> {
        let (some, rest) = self.0.split_at_checked(n).ok_or(StateError::Ends)?;
        self.0 = rest;
        Ok(some)
    }

    /// A count.
    pub fn count(&mut self) -> Result<u64, StateError> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.bytes(1)?[0];
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                break;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(StateError::Unfitting("a count beyond 64 bits"))
    }

    /// A count that must be one of the numbers of a program.
    pub fn exactly(&mut self, wanted: usize, what: &'static str) -> Result<(), StateError> {
        if self.count()? == wanted as u64 { Ok(()) } else { Err(StateError::Unfitting(what)) }
    }

    /// A count that is at most so large.
    pub fn at_most(&mut self, most: u64, what: &'static str) -> Result<u64, StateError> {
        self.count()
            .and_then(|count| if count <= most { Ok(count) } else { Err(StateError::Unfitting(what)) })
    }

    /// A number of either sign.
    pub fn number(&mut self) -> Result<i64, StateError> {
        let bits = self.count()?;
        Ok((bits >> 1) as i64 ^ -((bits & 1) as i64))
    }

    /// A sum.
    pub fn sum(&mut self) -> Result<i128, StateError> {
        let bytes = self.bytes(16)?.try_into().expect("sixteen bytes were taken");
        Ok(i128::from_le_bytes(bytes))
    }

    /// So many counts, written with their zeros in a row.
    pub fn counts(&mut self, n: usize) -> Result<Vec<u64>, StateError> {
        let mut values = Vec::new();
        while values.len() < n {
            match self.count()? {
                0 => {
                    let run = self.at_most((n - values.len()) as u64, "more counts than bins")?;
                    if run == 0 {
                        return Err(StateError::Unfitting("an empty run of bins"));
                    }
                    values.resize(values.len() + run as usize, 0);
                }
                count => values.push(count),
            }
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::StateWriter;
    use super::*;

    proptest! {
        // Seen to fail when the sign bit of a number is dropped and when a run of zeros is written one too short.
        #[test]
        fn numbers_come_back_as_they_were(
            counts in prop::collection::vec((0_u64.., 0_u32..64).prop_map(|(v, s)| v >> s), 0..40),
            sparse in prop::collection::vec(prop_oneof![3 => Just(0_u64), 1 => 1_u64..], 0..60),
            number in any::<i64>(),
            sum in any::<i128>(),
        ) {
            let mut out = StateWriter::default();
            counts.iter().for_each(|&count| out.count(count));
            out.counts(sparse.iter().copied());
            out.number(number);
            out.sum(sum);
            let bytes = out.into_bytes();
            let mut from = StateReader::new(&bytes);
            for count in &counts {
                prop_assert_eq!(from.count(), Ok(*count));
            }
            prop_assert_eq!(from.counts(sparse.len()), Ok(sparse));
            prop_assert_eq!(from.number(), Ok(number));
            prop_assert_eq!(from.sum(), Ok(sum));
            prop_assert_eq!(from.finish(), Ok(()));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..40), n in 0_usize..50) {
            let mut from = StateReader::new(&bytes);
            let _ = (from.counts(n), from.number(), from.count(), from.sum(), from.finish());
        }
    }

    #[test]
    fn a_count_beyond_64_bits_is_refused() {
        let mut from = StateReader::new(&[0xff; 12]);
        assert_eq!(from.count(), Err(StateError::Unfitting("a count beyond 64 bits")));
        assert_eq!(StateReader::new(&[0x80]).count(), Err(StateError::Ends));
    }
}
