//! Which part of a run.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Into so many shards a run is divided at most.
pub const MOST_SHARDS: u64 = 1_000_000;

/// One of so many shards, counted from 1: `3/16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ShardNumber {
    of: u64,
    number: u64,
}

/// A text that names no shard.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no shard: write `3/16` for the third of sixteen (at most {MOST_SHARDS})")]
pub struct ParseShardError(pub String);

impl ShardNumber {
    /// One of so many; [`None`] unless `1 <= number <= of` and `of` is at most [`MOST_SHARDS`].
    #[must_use]
    pub fn new(number: u64, of: u64) -> Option<Self> {
        (number >= 1 && number <= of && of <= MOST_SHARDS).then_some(Self { of, number })
    }

    /// All shards of so many.
    pub fn all(of: u64) -> impl Iterator<Item = Self> {
        (1..=of).filter_map(move |number| Self::new(number, of))
    }

    /// Its number, from 1.
    #[must_use]
    pub fn number(self) -> u64 {
        self.number
    }

    /// Of how many.
    #[must_use]
    pub fn of(self) -> u64 {
        self.of
    }

    /// Its part of so many things in a row, such as blocks: parts are as equal as possible, and every thing is in
    /// exactly one. It is empty where there are fewer things than shards.
    #[must_use]
    pub fn part(self, of_all: u64) -> Range<u64> {
        let end = |number: u64| (u128::from(of_all) * u128::from(number) / u128::from(self.of)) as u64;
        end(self.number - 1)..end(self.number)
    }
}

impl fmt::Display for ShardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for ShardNumber {
    type Err = ParseShardError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = text.split_once('/').and_then(|(number, of)| {
            let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
            (plain(number) && plain(of)).then_some(())?;
            Self::new(number.parse().ok()?, of.parse().ok()?)
        });
        parsed.ok_or_else(|| ParseShardError(text.to_owned()))
    }
}

impl From<ShardNumber> for String {
    fn from(shard: ShardNumber) -> Self {
        shard.to_string()
    }
}

impl TryFrom<String> for ShardNumber {
    type Error = ParseShardError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        // Seen to fail when the ends of parts are rounded up from a rounded size.
        #[test]
        fn the_parts_are_everything_once_and_as_equal_as_can_be(of in 1_u64..300, all in 0_u64..1 << 33) {
            let parts: Vec<Range<u64>> = ShardNumber::all(of).map(|shard| shard.part(all)).collect();
            prop_assert_eq!((parts[0].start, parts[parts.len() - 1].end), (0, all));
            prop_assert!(parts.windows(2).all(|pair| pair[0].end == pair[1].start));
            let sizes = || parts.iter().map(|part| part.end - part.start);
            prop_assert!(sizes().max().unwrap() - sizes().min().unwrap() <= 1);
        }
    }

    #[test]
    fn a_shard_is_written_as_it_is_read() {
        for text in ["1/1", "3/16", "1000000/1000000"] {
            assert_eq!(text.parse::<ShardNumber>().unwrap().to_string(), text);
        }
        for text in ["", "3", "0/4", "5/4", "1/0", "-1/4", "+1/4", "1/2/3", "a/b", "1/1000001", "1 / 2"] {
            assert_eq!(text.parse::<ShardNumber>(), Err(ParseShardError(text.to_owned())));
        }
    }
}
