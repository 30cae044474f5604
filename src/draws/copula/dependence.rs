//! From loadings and pairs to couplings.

use std::collections::{BTreeMap, BTreeSet};

use super::coupling::{Copula, Coupling, CouplingIx};
use super::{SymmetricMatrix, nearest_correlation};
use crate::draws::Stream;
use crate::units::spearman_of_scores;

/// At most so many things may be tied by pairs, one to the next.
pub const MOST_IN_BLOCK: usize = 2_000;

/// A residual smaller than this cannot carry a correlation of its own.
const NO_RESIDUAL: f64 = 1e-9;

/// Which streams belong together, in terms of the correlation of normal scores.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dependence {
    /// The names of the streams of the common factors.
    pub factors: Vec<String>,
    /// By name of a stream: its squared loading on each of the factors that it has, with sums up to 1.
    pub loadings: BTreeMap<String, Vec<(usize, f64)>>,
    /// Pairs of names with the correlation of the two, whatever the factors say.
    pub pairs: Vec<(String, String, f64)>,
}

/// What had to be changed where pairs cannot hold together.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjustment {
    /// How many quantities the pairs tie together.
    pub size: usize,
    /// The pair whose correlation changed most.
    pub pair: (String, String),
    /// What was wanted for it, as Spearman's coefficient.
    pub wanted: f64,
    /// What it has, likewise.
    pub held: f64,
}

/// Why there is no copula.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DependenceError {
    /// Pairs tie too many things together.
    #[error(
        "pairs of correlations tie {size} quantities together, `{first}` among them; at most {MOST_IN_BLOCK} can be"
    )]
    TooLarge {
        /// How many.
        size: usize,
        /// One of them.
        first: String,
    },
    /// No matrix near what is stated was found.
    #[error("the correlations of {size} quantities, `{first}` among them, cannot hold together")]
    Impossible {
        /// How many.
        size: usize,
        /// One of them.
        first: String,
    },
}

impl Dependence {
    /// The copula with the couplings by name, and what had to be adjusted; `stream` gives a name's stream.
    ///
    /// What pairs ask beyond the common factors is put upon the residuals: blocks of quantities that pairs tie
    /// together get a matrix of their own.
    ///
    /// # Errors
    /// Every [`DependenceError`].
    #[expect(clippy::type_complexity, reason = "three things that are made together and used apart")]
    pub fn copula(
        &self,
        mut stream: impl FnMut(&str) -> Stream,
    ) -> Result<(Copula, BTreeMap<String, CouplingIx>, Vec<Adjustment>), Vec<DependenceError>> {
        let mut making = Making { copula: Copula::default(), by_name: BTreeMap::new() };
        let rows: Vec<u32> = self.factors.iter().map(|name| making.share(stream(name))).collect();
        let (mut adjusted, mut errors) = (Vec::new(), Vec::new());
        let mut tied: BTreeSet<&str> = BTreeSet::new();
        for block in self.blocks() {
            match self.block(&block, &rows, &mut making, &mut stream) {
                Ok(adjustment) => adjusted.extend(adjustment),
                Err(error) => errors.push(error),
            }
            tied.extend(block);
        }
        for name in self.loadings.keys().filter(|name| !tied.contains(name.as_str())) {
            making.couple(name, self.residual(name), self.terms(name, &rows).collect());
        }
        if errors.is_empty() { Ok((making.copula, making.by_name, adjusted)) } else { Err(errors) }
    }

    /// Weights of the common factors of a quantity.
    fn terms(&self, name: &str, rows: &[u32]) -> impl Iterator<Item = (u32, f64)> {
        let loadings = self.loadings.get(name).map(Vec::as_slice).unwrap_or_default();
        let some = loadings.iter().filter(|(_, square)| *square > 0.0);
        some.map(|&(factor, square)| (rows[factor], square.sqrt()))
    }

    /// The weight of what is left beside the common factors.
    fn residual(&self, name: &str) -> f64 {
        let loadings = self.loadings.get(name).map(Vec::as_slice).unwrap_or_default();
        let taken: f64 = loadings.iter().map(|(_, square)| square).sum();
        (1.0 - taken).max(0.0).sqrt()
    }

    /// The correlation that common factors give two quantities.
    fn common(&self, a: &str, b: &str) -> f64 {
        let (Some(a), Some(b)) = (self.loadings.get(a), self.loadings.get(b)) else { return 0.0 };
        let of = |factor: usize| b.iter().find(|(other, _)| *other == factor).map(|(_, square)| *square);
        a.iter().filter_map(|&(factor, square)| of(factor).map(|other| (square * other).sqrt())).sum()
    }

    /// The names that pairs tie together, directly or through others: sorted, and so is each block.
    fn blocks(&self) -> Vec<Vec<&str>> {
        let names: BTreeSet<&str> =
            self.pairs.iter().flat_map(|(a, b, _)| [a.as_str(), b.as_str()]).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let number: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
        let mut above: Vec<usize> = (0..names.len()).collect();
        for (a, b, _) in &self.pairs {
            let (a, b) = (top(&mut above, number[a.as_str()]), top(&mut above, number[b.as_str()]));
            above[a.max(b)] = a.min(b);
        }
        let mut blocks: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            blocks.entry(top(&mut above, at)).or_default().push(name);
        }
        blocks.into_values().collect()
    }

    fn block(
        &self,
        names: &[&str],
        rows: &[u32],
        making: &mut Making,
        stream: &mut impl FnMut(&str) -> Stream,
    ) -> Result<Option<Adjustment>, DependenceError> {
        let size = names.len();
        let first = || names.first().copied().unwrap_or_default().to_owned();
        if size > MOST_IN_BLOCK {
            return Err(DependenceError::TooLarge { size, first: first() });
        }
        let residual: Vec<f64> = names.iter().map(|name| self.residual(name)).collect();
        let mut wanted = SymmetricMatrix::identity(size);
        let mut stated: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for (a, b, r) in &self.pairs {
            let (Ok(a), Ok(b)) = (names.binary_search(&a.as_str()), names.binary_search(&b.as_str())) else {
                continue;
            };
            let room = residual[a] * residual[b];
            if room > NO_RESIDUAL {
                wanted.set(a, b, (r - self.common(names[a], names[b])) / room);
            }
            stated.insert((a.min(b), a.max(b)), *r);
        }
        let impossible = || DependenceError::Impossible { size, first: first() };
        let nearest = nearest_correlation(&wanted).ok_or_else(impossible)?;
        let adjustment = self.largest_change(names, &residual, &stated, &nearest.matrix);
        let mut shared: Vec<Option<u32>> = vec![None; size];
        for (i, name) in names.iter().enumerate() {
            let row = &nearest.factor[i];
            let mut terms: Vec<(u32, f64)> = self.terms(name, rows).collect();
            for (j, weight) in row[..i].iter().enumerate().filter(|(_, weight)| **weight != 0.0) {
                let number = *shared[j].get_or_insert_with(|| making.share(stream(names[j])));
                terms.push((number, residual[i] * weight));
            }
            making.couple(name, residual[i] * row[i], terms);
        }
        Ok(adjustment)
    }

    /// The pair whose correlation differs most from what is wanted, if any does.
    fn largest_change(
        &self,
        names: &[&str],
        residual: &[f64],
        stated: &BTreeMap<(usize, usize), f64>,
        held: &SymmetricMatrix,
    ) -> Option<Adjustment> {
        let mut largest: Option<Adjustment> = None;
        for b in 0..names.len() {
            for a in 0..b {
                let common = self.common(names[a], names[b]);
                let wanted = spearman_of_scores(stated.get(&(a, b)).copied().unwrap_or(common));
                let held = spearman_of_scores(common + residual[a] * residual[b] * held.get(a, b));
                let change = |one: &Adjustment| (one.wanted - one.held).abs();
                if (wanted - held).abs() > largest.as_ref().map_or(1e-6, change) {
                    let pair = (names[a].to_owned(), names[b].to_owned());
                    largest = Some(Adjustment { size: names.len(), pair, wanted, held });
                }
            }
        }
        largest
    }
}

/// The first of the set that a number belongs to.
fn top(above: &mut [usize], mut at: usize) -> usize {
    while above[at] != at {
        above[at] = above[above[at]];
        at = above[at];
    }
    at
}

/// A copula in the making.
struct Making {
    copula: Copula,
    by_name: BTreeMap<String, CouplingIx>,
}

impl Making {
    /// A score that several share.
    fn share(&mut self, stream: Stream) -> u32 {
        self.copula.shared.push(stream);
        self.copula.shared.len() as u32 - 1
    }

    /// A coupling, unless the quantity stands alone.
    fn couple(&mut self, name: &str, own: f64, terms: Vec<(u32, f64)>) {
        if terms.is_empty() {
            return;
        }
        self.by_name.insert(name.to_owned(), CouplingIx(self.copula.couplings.len() as u32));
        self.copula.couplings.push(Coupling { own, terms: terms.into() });
    }
}
