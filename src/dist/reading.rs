//! What "low" and "high" of a three-point estimate mean.

/// How the low and the high value of a three-point estimate are to be read (semantics, section 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// The ends of the law: nothing lies outside.
    #[default]
    Ends,
    /// 5 % lie below low, 5 % above high.
    P5P95,
    /// 10 % lie below low, 10 % above high.
    P10P90,
    /// 15 % lie below low, 15 % above high.
    P15P85,
}

impl Reading {
    /// All of them, narrowest first.
    pub const ALL: [Self; 4] = [Self::Ends, Self::P5P95, Self::P10P90, Self::P15P85];

    /// The shares below low and below high; [`None`] where they are the ends of the law.
    #[must_use]
    pub fn shares(self) -> Option<(f64, f64)> {
        match self {
            Self::Ends => None,
            Self::P5P95 => Some((0.05, 0.95)),
            Self::P10P90 => Some((0.10, 0.90)),
            Self::P15P85 => Some((0.15, 0.85)),
        }
    }
}
