//! A smooth quantile function as cubic pieces.

use super::shape::Shape;
use super::standard::{Side, Standard};
use crate::lanes::Cubic;
pub use crate::lanes::Segment;

/// Fewest and most pieces an octave, as powers of two.
const LEVELS: std::ops::RangeInclusive<u32> = 3..=8;

/// The largest error between nodes that is accepted, in units of P99.9 - P0.1, or beyond these
/// percentiles of the distance from the median where that is greater.
const TOLERANCE: f64 = 5e-7;

/// A standardised quantile function over the 2^32 uniforms, as cubic Hermite pieces.
///
/// The uniforms are folded at `split`, which sits on the kink of the law if it has one: below it
/// `v = bits + 1/2` counts from the lower end, from it on `v = 2^32 - bits - 1/2` from the upper. Nodes are
/// spaced by the floating-point exponent of `v`, so that both tails keep their relative precision: the
/// exponent and the first bits of the mantissa are the index of the piece, the other bits `t`. How many
/// pieces an octave gets (8 for most laws) is chosen so that the error meets the tolerance.
#[derive(Clone, Debug, PartialEq)]
pub struct Segments {
    split: u32,
    level: u32,
    /// Subtracted from the shifted bits of `v` below the split.
    lower_offset: u64,
    /// Subtracted from the shifted bits of `v` from the split on.
    upper_offset: u64,
    segments: Box<[Segment]>,
}

/// The exponent field of 1/2, the least `v`.
const LEAST_EXPONENT: u64 = 1_022;

/// The bits of a mantissa.
const MANTISSA: u64 = (1 << 52) - 1;

/// The exponent bits of 1.
const ONE: u64 = 1_023 << 52;

impl Segments {
    /// Builds the pieces of a standardised law; [`None`] if it is stepped or made of straight lines.
    #[must_use]
    pub fn new(shape: &Shape) -> Option<Self> {
        let standard = Standard::new(shape)?;
        let split = standard.split();
        let size = Size::of(&standard);
        let sides = [Side::Lower, Side::Upper];
        let ends = [f64::from(split), 4_294_967_296.0 - f64::from(split)];
        for level in LEVELS {
            let pieces = [0, 1].map(|i| Pieces::new(&standard, sides[i], ends[i], level, LEAST_EXPONENT));
            if level < *LEVELS.end() && !pieces.iter().all(|pieces| pieces.is_good(&standard, &size)) {
                continue;
            }
            return Some(Self::of(&pieces, split, level, LEAST_EXPONENT));
        }
        None
    }

    /// The pieces of a function with so many pieces an octave (a power of two), from the octave with this
    /// exponent on; values before it must not be asked for.
    pub(super) fn with_level(standard: &Standard, level: u32, first_exponent: u64) -> Self {
        let split = standard.split();
        let ends = [f64::from(split), 4_294_967_296.0 - f64::from(split)];
        let sides = [Side::Lower, Side::Upper];
        let pieces = [0, 1].map(|i| Pieces::new(standard, sides[i], ends[i], level, first_exponent));
        Self::of(&pieces, split, level, first_exponent)
    }

    fn of(pieces: &[Pieces; 2], split: u32, level: u32, first_exponent: u64) -> Self {
        let below = pieces[0].nodes.len() as u64 - 1;
        let lower_offset = first_exponent << level;
        let segments = pieces.iter().flat_map(Pieces::segments).collect();
        Self { split, level, lower_offset, upper_offset: lower_offset - below, segments }
    }

    /// The standardised quantile of a uniform.
    #[must_use]
    #[inline]
    pub fn value(&self, bits: u32) -> f64 {
        let (folded, offset) =
            if bits < self.split { (bits, self.lower_offset) } else { (!bits, self.upper_offset) };
        let v = (f64::from(folded) + 0.5).to_bits();
        let at = (v >> (52 - self.level)) - offset;
        let t = f64::from_bits(v << self.level & MANTISSA | ONE) - 1.0;
        let [c0, c1, c2, c3] = self.segments[at as usize];
        c0 + t * (c1 + t * (c2 + t * c3))
    }

    /// `location + scale * value`, for the uniforms of a block.
    #[must_use]
    #[inline]
    pub fn curve(&self, location: f64, scale: f64) -> Cubic<'_> {
        Cubic {
            segments: &self.segments,
            split: self.split,
            level: self.level,
            offsets: (self.lower_offset as u32, self.upper_offset as u32),
            location,
            scale,
        }
    }

    /// The first uniform that counts from the upper end.
    #[must_use]
    pub fn split(&self) -> u32 {
        self.split
    }

    /// Binary logarithm of the number of pieces in an octave.
    #[must_use]
    pub fn level(&self) -> u32 {
        self.level
    }

    /// What is subtracted from the bits of `v`, shifted right by `52 - level`, below and from the split on.
    #[must_use]
    pub fn offsets(&self) -> (u64, u64) {
        (self.lower_offset, self.upper_offset)
    }

    /// All pieces: the lower side from its end to the split, then the upper side likewise.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }
}

/// The yardstick of errors.
struct Size {
    median: f64,
    range: f64,
}

impl Size {
    fn of(standard: &Standard) -> Self {
        let range = standard.at(Side::Upper, 0.001).0 - standard.at(Side::Lower, 0.001).0;
        Self { median: standard.at(Side::Lower, 0.5).0, range }
    }
}

/// Where a piece begins or ends.
#[derive(Clone, Copy)]
struct Node {
    v: f64,
    x: f64,
    /// `dx / d ln v`.
    slope: f64,
}

/// The nodes of one side, from its end of the law to the split.
struct Pieces {
    side: Side,
    level: u32,
    /// The last node is the split; it may cut its piece short.
    nodes: Vec<Node>,
}

impl Pieces {
    fn new(standard: &Standard, side: Side, end: f64, level: u32, first_exponent: u64) -> Self {
        let node = |v: f64| {
            let (x, slope) = standard.at(side, v / 4_294_967_296.0);
            Node { v, x, slope }
        };
        let begin = |i: u64| f64::from_bits(((first_exponent << level) + i) << (52 - level));
        let mut nodes: Vec<Node> = (0..).map(begin).take_while(|&v| v < end).map(node).collect();
        nodes.push(node(end));
        Self { side, level, nodes }
    }

    /// Whether the error between nodes is small everywhere.
    ///
    /// A cubic Hermite piece errs most in its middle. The six octaves next to the split, which 98 % of the
    /// draws fall on, are tried piece by piece; further out the law changes slowly from octave to octave,
    /// and two pieces of each are held to a third of the tolerance.
    fn is_good(&self, standard: &Standard, size: &Size) -> bool {
        let per_octave = 1_usize << self.level;
        let near = self.nodes.len().saturating_sub(6 * per_octave + 1);
        self.nodes.windows(2).enumerate().all(|(i, pair)| {
            let (tried, tolerance) = if i >= near {
                (true, TOLERANCE)
            } else {
                (i % (per_octave / 2) == per_octave / 4, TOLERANCE / 3.0)
            };
            if !tried {
                return true;
            }
            let v = 0.5 * (pair[0].v + pair[1].v);
            let exact = standard.at(self.side, v / 4_294_967_296.0).0;
            let [c0, c1, c2, c3] = hermite(pair[0], pair[1]);
            let value = c0 + 0.5 * (c1 + 0.5 * (c2 + 0.5 * c3));
            let scale = size.range.max((exact - size.median).abs());
            (value - exact).abs() <= tolerance * scale
        })
    }

    /// The coefficients of all pieces, by the `t` of whole pieces.
    fn segments(&self) -> impl Iterator<Item = Segment> + '_ {
        let level = self.level;
        self.nodes.windows(2).map(move |pair| {
            let [c0, c1, c2, c3] = hermite(pair[0], pair[1]);
            let from = pair[0].v.to_bits();
            let full = f64::from_bits(from + (1 << (52 - level))) - pair[0].v;
            // The share of the whole piece that a cut one covers.
            let stretch = full / (pair[1].v - pair[0].v);
            [c0, c1 * stretch, c2 * stretch * stretch, c3 * stretch * stretch * stretch]
        })
    }
}

/// The cubic with the given values and slopes at both ends.
fn hermite(from: Node, to: Node) -> Segment {
    let h = to.v - from.v;
    let rise = to.x - from.x;
    let (s0, s1) = (from.slope / from.v * h, to.slope / to.v * h);
    [from.x, s0, 3.0 * rise - 2.0 * s0 - s1, s0 + s1 - 2.0 * rise]
}
