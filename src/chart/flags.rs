//! Flags at the top of vertical lines: names that never overlap, on poles that cross no other flag.

use super::scene::{Scene, Text};
use super::style::{Colour, PAPER, SMALL};
use super::typeface::width;

/// Height of a row of flags.
pub(super) const ROW: f64 = 22.0;
/// Space between the name and the edge of its flag.
const PADDING: f64 = 7.0;
/// Least space between flags.
const GAP: f64 = 4.0;

/// A flag to hoist.
#[derive(Clone, Debug)]
pub(super) struct Flag {
    /// Its pole.
    pub(super) x: f64,
    /// What it says.
    pub(super) name: String,
    /// Its colour.
    pub(super) colour: Colour,
    /// Whether it flies to the left of its pole: for a value beyond the right end.
    pub(super) is_beyond: bool,
}

impl Flag {
    fn width(&self) -> f64 {
        width(&self.name, SMALL, true) + 2.0 * PADDING
    }

    fn ends(&self) -> (f64, f64) {
        let width = self.width();
        if self.is_beyond { (self.x - width, self.x) } else { (self.x, self.x + width) }
    }
}

/// The row of each flag, 0 the lowest.
///
/// Flags fly to the right. From right to left, each takes the row above everything that it would cover:
/// so every pole passes only through rows in which no flag reaches it.
pub(super) fn rows(flags: &[Flag]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..flags.len()).collect();
    order.sort_by(|&a, &b| flags[b].ends().0.total_cmp(&flags[a].ends().0).then(b.cmp(&a)));
    let mut rows = vec![0; flags.len()];
    for (at, &flag) in order.iter().enumerate() {
        let reach = flags[flag].ends().1 + GAP;
        let covered = order[..at].iter().filter(|&&other| flags[other].ends().0 < reach);
        rows[flag] = covered.map(|&other| rows[other] + 1).max().unwrap_or(0);
    }
    rows
}

/// Draws a flag in its row above `bottom`; returns where its pole begins.
pub(super) fn draw(scene: &mut Scene, flag: &Flag, row: usize, bottom: f64) -> f64 {
    let (left, right) = flag.ends();
    let low = bottom - row as f64 * ROW - GAP;
    scene.rect((left, low - ROW + GAP), (right, low), flag.colour);
    scene.text(Text::new((left + PADDING, low - 5.0), &flag.name, SMALL, PAPER).bold());
    low - ROW + GAP
}

#[cfg(test)]
mod tests {
    use super::super::style::INK;
    use super::*;

    fn flag(x: f64) -> Flag {
        Flag { x, name: "P80".into(), colour: INK, is_beyond: false }
    }

    #[test]
    fn flags_that_are_apart_share_a_row_and_close_ones_are_stacked() {
        let flags: Vec<Flag> = [10.0, 12.0, 300.0, 14.0].map(flag).into();
        assert_eq!(rows(&flags), [2, 1, 0, 0]);
        assert_eq!(rows(&[flag(5.0), flag(5.0)]), [1, 0]);
    }

    #[test]
    fn no_pole_crosses_a_flag() {
        let flags: Vec<Flag> = [0.0, 30.0, 45.0, 60.0, 61.0, 130.0].map(flag).into();
        let rows = rows(&flags);
        for (at, pole) in flags.iter().enumerate() {
            for (other, crossed) in flags.iter().enumerate() {
                let (left, right) = crossed.ends();
                let meets = at != other && pole.x > left && pole.x < right && rows[at] >= rows[other];
                assert!(!meets, "the pole of {at} crosses {other}");
            }
        }
    }
}
