//! The streams of one program, each name once.

use std::collections::BTreeMap;

use super::{Seed, Stream};

/// Hands out the streams of one program and refuses two that would draw the same numbers.
#[derive(Clone, Debug)]
pub struct Streams {
    seed: Seed,
    names: BTreeMap<u64, String>,
}

/// Why a stream is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StreamError {
    /// The name is in use: two quantities would be perfectly dependent.
    #[error("the random stream `{0}` is used twice")]
    Duplicate(String),
    /// Two different names have the same hash, about once in 10^19 pairs.
    #[error("the random streams `{first}` and `{second}` collide; rename one of the two")]
    Collision {
        /// The name in use.
        first: String,
        /// The name refused.
        second: String,
    },
}

impl Streams {
    /// No streams yet.
    #[must_use]
    pub fn new(seed: Seed) -> Self {
        Self { seed, names: BTreeMap::new() }
    }

    /// The stream of a new name.
    ///
    /// # Errors
    /// [`StreamError`] if the name is taken, or its hash is by another name.
    pub fn register(&mut self, name: &str) -> Result<Stream, StreamError> {
        let stream = Stream::new(self.seed, name);
        match self.names.get(&stream.name_hash()) {
            Some(taken) if taken == name => Err(StreamError::Duplicate(name.to_owned())),
            Some(taken) => Err(StreamError::Collision { first: taken.clone(), second: name.to_owned() }),
            None => {
                self.names.insert(stream.name_hash(), name.to_owned());
                Ok(stream)
            }
        }
    }

    /// The seed of all of them.
    #[must_use]
    pub fn seed(&self) -> Seed {
        self.seed
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_given_once() {
        let mut streams = Streams::new(Seed(1));
        assert!(streams.register("task/a/duration").is_ok());
        assert!(streams.register("task/b/duration").is_ok());
        let again = streams.register("task/a/duration").unwrap_err();
        assert_eq!(again, StreamError::Duplicate("task/a/duration".to_owned()));
        assert_eq!(streams.len(), 2);
    }

    #[test]
    fn a_hash_taken_by_another_name_is_refused() {
        let mut streams = Streams::new(Seed(1));
        let hash = Stream::new(Seed(1), "x").name_hash();
        streams.names.insert(hash, "y".to_owned());
        assert!(matches!(streams.register("x"), Err(StreamError::Collision { .. })));
    }
}
