//! Laws of values and of straight lines, looked up exactly.

use super::occurrence::share_of_bits;
use super::shape::Shape;

/// A stepped quantile function: every draw is one of the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// The last uniform of each step, padded with the greatest to a power of two.
    last: Box<[u32]>,
    /// The value of each step, padded with the last.
    values: Box<[f64]>,
}

/// A quantile function of straight pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// The last uniform of each piece, padded with the greatest to a power of two.
    last: Box<[u32]>,
    /// Where each piece begins, in uniforms, its value there, its slope, and its value at the end.
    pieces: Box<[[f64; 4]]>,
}

/// How many of the ascending `last` are below `bits`; a power of two of them, the greatest `u32::MAX`.
///
/// As many steps whatever the bits, without a branch.
#[inline]
fn find(last: &[u32], bits: u32) -> usize {
    let (mut at, mut half) = (0, last.len() / 2);
    while half > 0 {
        at += if last[at + half - 1] < bits { half } else { 0 };
        half /= 2;
    }
    at
}

/// Fills up to a power of two.
fn pad<T: Copy>(items: &mut Vec<T>, with: T) {
    items.resize(items.len().next_power_of_two(), with);
}

impl Steps {
    /// The table of a stepped shape; [`None`] for other shapes.
    #[must_use]
    pub fn new(shape: &Shape) -> Option<Self> {
        let Shape::Steps(pairs) = shape else { return None };
        let (mut last, mut values) = (Vec::new(), Vec::new());
        for (value, share) in pairs {
            let end = share_of_bits(share.get());
            // A value that not one of the 2^32 uniforms reaches has no step.
            if end > last.last().map_or(0, |&last: &u32| u64::from(last) + 1) {
                last.push((end - 1) as u32);
                values.push(value.get());
            }
        }
        let greatest = *values.last()?;
        pad(&mut last, u32::MAX);
        pad(&mut values, greatest);
        Some(Self { last: last.into(), values: values.into() })
    }

    /// The value for a uniform.
    #[must_use]
    #[inline]
    pub fn value(&self, bits: u32) -> f64 {
        self.values[find(&self.last, bits)]
    }
}

impl Lines {
    /// The table of a shape of straight lines; [`None`] for other shapes.
    #[must_use]
    pub fn new(shape: &Shape) -> Option<Self> {
        let Shape::Lines(points) = shape else { return None };
        let (mut last, mut pieces): (Vec<u32>, Vec<[f64; 4]>) = (Vec::new(), Vec::new());
        for pair in points.windows(2) {
            let [(p0, x0), (p1, x1)] = [pair[0], pair[1]].map(|(p, x)| (p.get() * 4_294_967_296.0, x.get()));
            let end = share_of_bits(pair[1].0.get());
            if end > last.last().map_or(0, |&last: &u32| u64::from(last) + 1) {
                last.push((end - 1) as u32);
                pieces.push([p0, x0, (x1 - x0) / (p1 - p0), x1]);
            }
        }
        let greatest = *pieces.last()?;
        pad(&mut last, u32::MAX);
        pad(&mut pieces, greatest);
        Some(Self { last: last.into(), pieces: pieces.into() })
    }

    /// The value for a uniform.
    #[must_use]
    #[inline]
    pub fn value(&self, bits: u32) -> f64 {
        let [begin, value, slope, end] = self.pieces[find(&self.last, bits)];
        (value + slope * (f64::from(bits) + 0.5 - begin)).max(value).min(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::Law;
    use crate::draws::unit;

    #[test]
    fn steps_and_lines_agree_with_their_laws_at_every_edge() {
        let values: Vec<f64> = (0..37).map(|i| f64::from(i * i)).collect();
        let laws = [
            Law::discrete(&[0.0, 1.0], &[0.3, 0.7]).unwrap(),
            Law::discrete(&[0.0, 1.0, 2.0], &[1e-12, 0.5, 0.5]).unwrap(),
            Law::empirical(&values).unwrap(),
            Law::cumulative(&[(0.0, 1.0), (0.2, 5.0), (0.7, 5.0), (0.700_000_001, 6.0), (1.0, 9.0)]).unwrap(),
        ];
        for law in laws {
            let (shape, _, _) = Shape::of(&law).unwrap();
            let table = |bits| match &shape {
                Shape::Lines(_) => Lines::new(&shape).unwrap().value(bits),
                _ => Steps::new(&shape).unwrap().value(bits),
            };
            for i in 0..=37_u64 {
                let edge = i * (1 << 32) / 37;
                for bits in edge.saturating_sub(3)..(edge + 3).min(1 << 32) {
                    let exact = law.quantile(unit(bits as u32));
                    assert!((table(bits as u32) - exact).abs() < 1e-12, "{law:?} {bits}");
                }
            }
        }
    }
}
