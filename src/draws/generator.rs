//! An addressed stream as a generator of rand.

use std::convert::Infallible;

use rand_core::TryRng;

use super::Stream;

/// The random words of one iteration of a stream, for laws that take rand's generators.
///
/// Always independent draws, whatever the sampler, on counters of their own. Good for 2^34 words.
///
/// ```
/// use p80::draws::{AddressedRng, Seed, Stream};
/// use rand_distr::Distribution;
///
/// let stream = Stream::new(Seed(1), "task/build.api/duration");
/// let mut rng = AddressedRng::new(stream, 42);
/// let draw: f64 = rand_distr::StandardNormal.sample(&mut rng);
/// assert!(draw.is_finite());
/// ```
#[derive(Clone, Debug)]
pub struct AddressedRng {
    stream: Stream,
    iteration: u32,
    position: u32,
    words: [u32; 4],
    used: usize,
}

impl AddressedRng {
    /// The generator of an iteration, at its beginning.
    #[must_use]
    pub fn new(stream: Stream, iteration: u32) -> Self {
        Self { stream, iteration, position: 0, words: [0; 4], used: 4 }
    }

    /// The next word.
    fn word(&mut self) -> u32 {
        if self.used == 4 {
            self.words = self.stream.generator_words(self.iteration, self.position);
            self.position = self.position.wrapping_add(1);
            self.used = 0;
        }
        self.used += 1;
        self.words[self.used - 1]
    }
}

impl TryRng for AddressedRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = u64::from(self.word());
        Ok(u64::from(self.word()) << 32 | low)
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        for chunk in dst.chunks_mut(4) {
            let word = self.word().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Seed;
    use rand_core::Rng;

    #[test]
    fn words_are_addressed_and_bytes_are_words() {
        let stream = Stream::new(Seed(3), "x");
        let (mut a, mut b) = (AddressedRng::new(stream, 5), AddressedRng::new(stream, 5));
        let mut bytes = [0; 10];
        a.fill_bytes(&mut bytes);
        assert_eq!(bytes[..4], b.next_u32().to_le_bytes());
        assert_eq!(bytes[4..8], b.next_u32().to_le_bytes());
        assert_ne!(AddressedRng::new(stream, 6).next_u64(), AddressedRng::new(stream, 5).next_u64());
    }
}
