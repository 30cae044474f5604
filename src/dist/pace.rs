//! How many items a team finishes in a week, as past weeks say it.

/// The most weeks of history that are taken: twenty years.
const MOST_WEEKS_OF_HISTORY: usize = 1_040;

/// The most items that one week or one forecast may have.
const MOST_ITEMS: u32 = 100_000;

/// Additions and multiplications that one forecast may take: a fraction of a second.
const MOST_WORK: u64 = 400_000_000;

/// Shares below this are added to their neighbour, so that a forecast over years stays narrow; thousands of them
/// together are far below what a draw of 32 bits can tell apart.
const NEGLIGIBLE: f64 = 1e-18;

/// Why past weeks and items make no forecast.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PaceError {
    /// There are no weeks.
    #[error("there are no past weeks to learn from")]
    NoWeeks,
    /// Nothing was finished in any week.
    #[error("nothing was finished in any of the {0} weeks, so nothing ever will be")]
    OnlyZeros(usize),
    /// There are more weeks than are taken.
    #[error("{0} weeks of history are more than the {MOST_WEEKS_OF_HISTORY} that are taken")]
    TooManyWeeks(usize),
    /// More items than can be counted.
    #[error("{0} items are more than the {MOST_ITEMS} that can be forecast")]
    TooManyItems(f64),
    /// The number of items or the split rate is not a number of zero or more.
    #[error("`{0}` is no number of items: it must be zero or more")]
    BadItems(f64),
    /// The forecast does not end within a hundred years.
    #[error("at {pace:.3} items a week, {items} items may take more than 100 years")]
    TooSlow {
        /// Items finished in a week on average.
        pace: f64,
        /// The greatest number of items to be finished.
        items: u32,
    },
    /// Too many items and different weeks to compute the forecast exactly.
    #[error("{items} items and {counts} different weekly counts are too many to compute exactly")]
    TooMuch {
        /// The greatest number of items.
        items: u32,
        /// How many different counts the weeks have.
        counts: usize,
    },
}

/// Items finished in a week: every past week is equally likely to come again.
#[derive(Clone, Debug, PartialEq)]
pub struct WeeklyPace {
    /// Distinct counts, ascending, with their share of the weeks.
    counts: Vec<(u32, f64)>,
    weeks: usize,
}

impl WeeklyPace {
    /// The pace of past weeks; weeks in which nothing was finished belong to it.
    ///
    /// # Errors
    /// [`PaceError`] if there are no weeks or too many, nothing was ever finished, or a week has too many items.
    pub fn new(weeks: &[u32]) -> Result<Self, PaceError> {
        if weeks.is_empty() {
            return Err(PaceError::NoWeeks);
        }
        if weeks.len() > MOST_WEEKS_OF_HISTORY {
            return Err(PaceError::TooManyWeeks(weeks.len()));
        }
        let mut sorted = weeks.to_vec();
        sorted.sort_unstable();
        match sorted.last() {
            Some(0) => return Err(PaceError::OnlyZeros(weeks.len())),
            Some(&most) if most > MOST_ITEMS => return Err(PaceError::TooManyItems(f64::from(most))),
            _ => {}
        }
        let mut counts: Vec<(u32, f64)> = Vec::new();
        for same in sorted.chunk_by(|one, other| one == other) {
            counts.push((same[0], same.len() as f64 / weeks.len() as f64));
        }
        Ok(Self { counts, weeks: weeks.len() })
    }

    /// How many past weeks it is made of.
    #[must_use]
    pub fn weeks(&self) -> usize {
        self.weeks
    }

    /// Distinct counts of items, ascending, with their share of the weeks.
    #[must_use]
    pub fn counts(&self) -> &[(u32, f64)] {
        &self.counts
    }

    /// Items finished in a week on average.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.counts.iter().map(|&(count, share)| f64::from(count) * share).sum()
    }
}

/// How many items are finished after so many weeks, with probabilities: the exact convolution of the weeks.
///
/// What reaches a limit is no longer told apart.
#[derive(Clone, Debug)]
pub struct Finished<'a> {
    pace: &'a WeeklyPace,
    limit: usize,
    /// The count that the first share is of.
    first: usize,
    shares: Vec<f64>,
    reached: f64,
    work: u64,
}

impl<'a> Finished<'a> {
    /// Nothing is finished yet; `limit` items are enough.
    pub(super) fn nothing(pace: &'a WeeklyPace, limit: u32) -> Self {
        let mut begin =
            Self { pace, limit: limit as usize, first: 0, shares: vec![1.0], reached: 0.0, work: 0 };
        if limit == 0 {
            (begin.shares, begin.reached) = (Vec::new(), 1.0);
        }
        begin
    }

    /// What is finished after a number of weeks from now.
    ///
    /// # Errors
    /// [`PaceError::TooMuch`] if the weeks are too many and too different.
    pub fn after(pace: &'a WeeklyPace, weeks: u32) -> Result<Self, PaceError> {
        let mut finished = Self::nothing(pace, u32::MAX);
        for _ in 0..weeks {
            finished.week()?;
        }
        Ok(finished)
    }

    /// One more week.
    pub(super) fn week(&mut self) -> Result<(), PaceError> {
        let counts = self.pace.counts();
        self.work += (self.shares.len() * counts.len()) as u64;
        if self.work > MOST_WORK {
            let items = u32::try_from(self.limit.min(self.first + self.shares.len())).unwrap_or(u32::MAX);
            return Err(PaceError::TooMuch { items, counts: counts.len() });
        }
        let least = counts.first().map_or(0, |count| count.0 as usize);
        let most = counts.last().map_or(0, |count| count.0 as usize);
        let first = self.first + least;
        let end = (self.first + self.shares.len() + most).min(self.limit);
        let mut shares = vec![0.0; end.saturating_sub(first)];
        for &(count, share) in counts {
            let from = self.first + count as usize;
            for (offset, before) in self.shares.iter().enumerate() {
                match shares.get_mut(from + offset - first) {
                    Some(after) => *after += before * share,
                    None => self.reached += before * share,
                }
            }
        }
        (self.first, self.shares) = (first, shares);
        self.trim();
        Ok(())
    }

    /// Adds negligible shares at both ends to their neighbours.
    fn trim(&mut self) {
        let mut carried = 0.0;
        let far = self.shares.iter().take_while(|&&share| {
            let is_negligible = carried + share < NEGLIGIBLE;
            if is_negligible {
                carried += share;
            }
            is_negligible
        });
        let low = far.count().min(self.shares.len().saturating_sub(1));
        if low > 0 {
            carried = self.shares[..low].iter().sum();
            self.shares.drain(..low);
            self.first += low;
            self.shares[0] += carried;
        }
        while let [.., before, last] = &mut self.shares[..]
            && *last < NEGLIGIBLE
        {
            *before += *last;
            self.shares.pop();
        }
    }

    /// The counts that are possible, ascending, with their probabilities; those that reach the limit are left out.
    pub fn shares(&self) -> impl DoubleEndedIterator<Item = (u32, f64)> + '_ {
        let count = |at: usize| u32::try_from(self.first + at).unwrap_or(u32::MAX);
        self.shares.iter().enumerate().map(move |(at, &share)| (count(at), share))
    }

    /// The greatest number of items that is finished with at least this probability: more is better, so 0.8 asks
    /// for the quantile at 20 %.
    #[must_use]
    pub fn at_least(&self, probability: f64) -> u32 {
        let mut more = self.reached;
        for (count, share) in self.shares().rev() {
            more += share;
            // Sums that are equal on paper differ in the last bits.
            if more >= probability - 1e-12 {
                return count;
            }
        }
        0
    }
}

/// The most items that a forecast may have.
pub(super) fn most_items() -> f64 {
    f64::from(MOST_ITEMS)
}
