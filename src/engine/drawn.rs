//! What has been drawn of a block, for all versions of a program that draw the same.

use std::cell::RefCell;

use super::compile::Simulation;
use super::numbers::Numbers;
use crate::lanes::{Ints, LANES, Longs, Reals, Words};

/// Bytes that the draws of all threads take together at most; what does not fit is drawn by every version anew.
const MOST_BYTES: usize = 1 << 30;

/// What has been drawn of one block; one per thread. Everything is drawn by the first version that asks for it,
/// and copied by the others.
#[derive(Debug)]
pub(super) struct Drawn {
    numbers: Numbers,
    /// The scores that several share.
    scores: Vec<Reals>,
    pub(super) rows: RefCell<Rows>,
}

/// Draws by number, in the forms in which somebody asked for them.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) words: Kept<Words>,
    pub(super) reals: Kept<Reals>,
    pub(super) money: Kept<Longs>,
    /// With how many were below zero.
    pub(super) minutes: Kept<(Ints, u64)>,
    /// Bytes that are left for new rows.
    left: usize,
}

/// Rows of one form; the memory of a block is used again for the next.
#[derive(Debug)]
pub(super) struct Kept<T> {
    /// By number: one more than the place of its row, or 0.
    place: Vec<u32>,
    rows: Vec<T>,
    used: usize,
}

impl Drawn {
    /// Room for the draws of what has these numbers, for one of so many threads.
    pub(super) fn new(numbers: &Numbers, threads: usize) -> Self {
        let (n, shared) = (numbers.len(), numbers.copula().map_or(0, crate::draws::Copula::shared));
        let left = MOST_BYTES / threads.max(1);
        let rows = Rows {
            words: Kept::new(n),
            reals: Kept::new(n),
            money: Kept::new(n),
            minutes: Kept::new(n),
            left,
        };
        Self { scores: vec![Reals::all(0.0); shared], rows: RefCell::new(rows), numbers: numbers.clone() }
    }

    /// Forgets one block and begins another, which any version has the seed and the sampler of.
    pub(super) fn begin(&mut self, simulation: &Simulation, block: u32) {
        self.rows.get_mut().clear();
        if let Some(copula) = self.numbers.copula() {
            copula.fill_scores(simulation.set, simulation.sampler, block, &mut self.scores);
        }
    }

    /// The scores that several share, if that version shares them.
    pub(super) fn scores(&self, simulation: &Simulation) -> Option<&[Reals]> {
        simulation.numbers.couples().then_some(&self.scores[..])
    }
}

impl Rows {
    fn clear(&mut self) {
        self.words.clear();
        self.reals.clear();
        self.money.clear();
        self.minutes.clear();
    }

    /// Copies uniforms, which `draw` draws if nobody has yet.
    pub(super) fn words(&mut self, number: u32, out: &mut [u32; LANES], draw: impl Fn(&mut [u32; LANES])) {
        match self.words.row(number, &mut self.left, || Words::all(0), |row| draw(row)) {
            Some(row) => out.copy_from_slice(&row[..]),
            None => draw(out),
        }
    }

    /// Copies numbers.
    pub(super) fn reals(
        &mut self,
        number: u32,
        out: &mut [f64; LANES],
        mut draw: impl FnMut(&mut [f64; LANES]),
    ) {
        match self.reals.row(number, &mut self.left, || Reals::all(0.0), |row| draw(row)) {
            Some(row) => out.copy_from_slice(&row[..]),
            None => draw(out),
        }
    }

    /// Copies amounts of money.
    pub(super) fn money(
        &mut self,
        number: u32,
        out: &mut [i64; LANES],
        mut draw: impl FnMut(&mut [i64; LANES]),
    ) {
        match self.money.row(number, &mut self.left, || Longs::all(0), |row| draw(row)) {
            Some(row) => out.copy_from_slice(&row[..]),
            None => draw(out),
        }
    }

    /// Copies durations, and says how many were below zero.
    pub(super) fn minutes(
        &mut self,
        number: u32,
        out: &mut [i32; LANES],
        mut draw: impl FnMut(&mut [i32; LANES]) -> u64,
    ) -> u64 {
        let new = || (Ints::all(0), 0);
        match self.minutes.row(number, &mut self.left, new, |(row, clamped)| *clamped = draw(row)) {
            Some((row, clamped)) => {
                out.copy_from_slice(&row[..]);
                *clamped
            }
            None => draw(out),
        }
    }
}

impl<T> Kept<T> {
    fn new(numbers: usize) -> Self {
        Self { place: vec![0; numbers], rows: Vec::new(), used: 0 }
    }

    fn clear(&mut self) {
        self.place.fill(0);
        self.used = 0;
    }

    /// The row of a number, made by `draw` if there is none yet; [`None`] where no memory is left for it.
    fn row(
        &mut self,
        number: u32,
        left: &mut usize,
        new: impl FnOnce() -> T,
        draw: impl FnOnce(&mut T),
    ) -> Option<&T> {
        let place = &mut self.place[number as usize];
        if *place == 0 {
            if self.used == self.rows.len() {
                *left = left.checked_sub(size_of::<T>())?;
                self.rows.push(new());
            }
            draw(&mut self.rows[self.used]);
            self.used += 1;
            *place = self.used as u32;
        }
        Some(&self.rows[*place as usize - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(left: usize) -> Rows {
        Rows { words: Kept::new(3), reals: Kept::new(3), money: Kept::new(3), minutes: Kept::new(3), left }
    }

    #[test]
    fn a_row_is_drawn_once_in_a_block() {
        let (mut rows, mut out, mut drawn) = (rows(1 << 20), [0; LANES], 0);
        for block in 1..3 {
            for _ in 0..4 {
                let clamped = rows.minutes(1, &mut out, |row| {
                    drawn += 1;
                    row.fill(drawn);
                    7
                });
                assert_eq!((clamped, out), (7, [block; LANES]));
            }
            rows.clear();
        }
        assert_eq!(drawn, 2);
    }

    #[test]
    fn what_does_not_fit_is_drawn_every_time() {
        let (mut rows, mut out, mut drawn) = (rows(size_of::<Longs>()), [0; LANES], 0);
        for number in [0, 1, 0, 1] {
            rows.money(number, &mut out, |row| {
                drawn += 1;
                row.fill(i64::from(number));
            });
            assert_eq!(out, [i64::from(number); LANES]);
        }
        // Once for the row that fits, twice for the one that does not.
        assert_eq!((drawn, rows.left), (3, 0));
        // The next block uses the same memory.
        rows.clear();
        rows.money(2, &mut out, |row| row.fill(2));
        assert_eq!((out, rows.money.rows.len()), ([2; LANES], 1));
    }
}
