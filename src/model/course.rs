//! How a risk comes about, beyond its probability (semantics, section 3).

use super::{Endpoint, RiskIx};
use crate::units::Instant;

/// How a risk comes about; independent of everything and at no particular time unless something is given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// Its place in a set of risks of which at most one occurs.
    pub exclusive: Option<Exclusive>,
    /// The risk that must have occurred; its probability is then the one given that.
    pub trigger: Option<RiskIx>,
    /// When it happens. A risk with a window touches only tasks that are going on at its instant.
    pub window: Option<RiskWindow>,
    /// How often it happens in its window; at most once unless given.
    pub recurs: Option<Recurrence>,
}

/// What a register says of a risk for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegisterEntry {
    /// When it would strike.
    pub proximity: Option<String>,
    /// How people notice that it occurs.
    pub trigger: Option<String>,
    /// What is done about it, in a word: avoid, transfer, mitigate or accept.
    pub strategy: Option<&'static str>,
}

/// A stretch of the unit interval that belongs to one of several risks that exclude each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Exclusive {
    /// Names the random stream that all of the set share.
    pub key: String,
    /// Where the stretch of this risk begins; it is as long as its probability.
    pub from: f64,
}

/// The time in which a risk may happen; its instant is uniform in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RiskWindow {
    /// From one instant to another, the end left out.
    Dates {
        /// The first minute.
        from: Instant,
        /// The end.
        to: Instant,
    },
    /// While a task or project goes on, from its start to its finish as they would be without any risk that
    /// has a window.
    While(Endpoint),
}

/// A number of happenings by the law of Poisson.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recurrence {
    /// The expected number in the window.
    pub mean: f64,
    /// The expected number after the response.
    pub residual: f64,
}

impl Recurrence {
    /// Numbers that are less likely to be reached than this, 2^-33, are left out.
    const RAREST: f64 = 1.164_153_218_269_348e-10;

    /// The probabilities of at least one, at least two ... happenings for an expected number, as far as they
    /// matter; `None` if there can be more than `most`.
    #[must_use]
    pub fn at_least(mean: f64, most: usize) -> Option<Vec<f64>> {
        let mut shares = Vec::new();
        // P(N >= j) = sum over i >= j of e^-m m^i / i!, summed from the tail so that nothing cancels.
        let term = |i: usize| {
            let log = i as f64 * libm::log(mean) - mean - libm::lgamma(i as f64 + 1.0);
            libm::exp(log)
        };
        if mean <= 0.0 {
            return Some(shares);
        }
        let last = most + 200 + (2.0 * mean.min(1e4)) as usize;
        let mut tail = vec![0.0; last + 2];
        for i in (1..=last).rev() {
            tail[i] = tail[i + 1] + term(i);
        }
        for share in tail.into_iter().skip(1).take_while(|&share| share >= Self::RAREST) {
            if shares.len() == most {
                return None;
            }
            shares.push(share.min(1.0));
        }
        Some(shares)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chances_of_at_least_so_many_sum_to_the_mean() {
        for mean in [0.001, 0.3, 2.0, 11.5] {
            let shares = Recurrence::at_least(mean, 64).unwrap();
            assert!((shares[0] - (1.0 - libm::exp(-mean))).abs() < 1e-12, "{mean}");
            // The mean of a count is the sum of the chances of at least 1, 2, 3 ...
            assert!((shares.iter().sum::<f64>() - mean).abs() < 1e-8, "{mean}");
            assert!(shares.windows(2).all(|pair| pair[1] < pair[0]));
        }
        assert_eq!(Recurrence::at_least(60.0, 64), None);
        assert_eq!(Recurrence::at_least(0.0, 64), Some(Vec::new()));
    }
}
