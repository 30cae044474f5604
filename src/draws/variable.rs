//! A random quantity: a table with location and scale.

use super::occurrence::share_of_bits;
use super::round::{round_minutes, round_money};
use super::{Table, TableIx, Tables};
use crate::lanes::{InstructionSet, LANES, Reals, money_of};

/// A random quantity: `location + scale * standardised quantile`, or a certain value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variable {
    /// The table; [`None`] for a certain value, which is the location.
    table: Option<TableIx>,
    location: f64,
    scale: f64,
    /// The uniforms start here: above zero for what is known to exceed a value.
    first: u32,
}

impl Variable {
    /// A variable on a table.
    #[must_use]
    pub(super) fn new(table: TableIx, location: f64, scale: f64) -> Self {
        Self { table: Some(table), location, scale, first: 0 }
    }

    /// A certain value.
    #[must_use]
    pub fn certain(value: f64) -> Self {
        Self { table: None, location: value, scale: 0.0, first: 0 }
    }

    /// The same quantity, known to lie above its quantile `share`: `u' = share + u (1 - share)`
    /// (semantics, section 7).
    #[must_use]
    pub fn above(self, share: f64) -> Self {
        Self { first: share_of_bits(share).min(u64::from(u32::MAX)) as u32, ..self }
    }

    /// The same quantity less a value: what is left of it.
    #[must_use]
    pub fn less(self, value: f64) -> Self {
        Self { location: self.location - value, ..self }
    }

    /// The value for a uniform, in the unit of the quantity.
    #[must_use]
    #[inline]
    pub fn value(&self, tables: &Tables, bits: u32) -> f64 {
        match self.table {
            None => self.location,
            Some(ix) => self.location + self.scale * tables.get(ix).value(self.conditioned(bits)),
        }
    }

    /// The values for the uniforms of a block, with the bits of [`Self::value`]; `bits` is used up.
    pub fn fill(
        &self,
        set: InstructionSet,
        tables: &Tables,
        bits: &mut [u32; LANES],
        out: &mut [f64; LANES],
    ) {
        match self.prepared(tables, bits) {
            None => out.fill(self.location),
            Some(Table::Smooth(segments)) => {
                segments.curve(self.location, self.scale).reals(set, bits, out);
            }
            Some(table) => self.look_up(table, bits, out),
        }
    }

    /// The values for the uniforms of a block as durations: nearest whole minutes, nothing below zero, and how
    /// many were; `bits` is used up.
    pub fn fill_minutes(
        &self,
        set: InstructionSet,
        tables: &Tables,
        bits: &mut [u32; LANES],
        out: &mut [i32; LANES],
    ) -> u64 {
        match self.prepared(tables, bits) {
            None => {
                out.fill(round_minutes(self.location.max(0.0)));
                if self.location < 0.0 { LANES as u64 } else { 0 }
            }
            Some(Table::Smooth(segments)) => {
                segments.curve(self.location, self.scale).minutes(set, bits, out)
            }
            Some(table) => {
                let mut values = Reals::all(0.0);
                self.look_up(table, bits, &mut values);
                out.iter_mut()
                    .zip(values.iter())
                    .for_each(|(out, value)| *out = round_minutes(value.max(0.0)));
                values.iter().filter(|&&value| value < 0.0).count() as u64
            }
        }
    }

    /// The values for the uniforms of a block in nearest whole minor units of money; `bits` is used up.
    pub fn fill_money(
        &self,
        set: InstructionSet,
        tables: &Tables,
        bits: &mut [u32; LANES],
        out: &mut [i64; LANES],
    ) {
        match self.prepared(tables, bits) {
            None => out.fill(round_money(self.location)),
            Some(Table::Smooth(segments)) => {
                segments.curve(self.location, self.scale).money(set, bits, out);
            }
            Some(table) => {
                let mut values = Reals::all(0.0);
                self.look_up(table, bits, &mut values);
                money_of(set, out, &values);
            }
        }
    }

    /// The table, with the uniforms within what is still possible; [`None`] for a certain value.
    fn prepared<'a>(&self, tables: &'a Tables, bits: &mut [u32; LANES]) -> Option<&'a Table> {
        let table = tables.get(self.table?);
        if self.first != 0 {
            bits.iter_mut().for_each(|bits| *bits = self.conditioned(*bits));
        }
        Some(table)
    }

    /// The values of a table that has no form for blocks.
    fn look_up(&self, table: &Table, bits: &[u32; LANES], out: &mut [f64; LANES]) {
        for (out, &bits) in out.iter_mut().zip(bits) {
            *out = self.location + self.scale * table.value(bits);
        }
    }

    /// The uniform within what is still possible.
    #[inline]
    fn conditioned(&self, bits: u32) -> u32 {
        let rest = (1_u64 << 32) - u64::from(self.first);
        self.first + ((u64::from(bits) * rest) >> 32) as u32
    }

    /// The value in whole minutes.
    #[must_use]
    #[inline]
    pub fn minutes(&self, tables: &Tables, bits: u32) -> i32 {
        round_minutes(self.value(tables, bits))
    }

    /// The value in whole minor units of money.
    #[must_use]
    #[inline]
    pub fn money(&self, tables: &Tables, bits: u32) -> i64 {
        round_money(self.value(tables, bits))
    }

    /// The least and the greatest value that a draw can give.
    #[must_use]
    pub fn ends(&self, tables: &Tables) -> (f64, f64) {
        (self.value(tables, 0), self.value(tables, u32::MAX))
    }

    /// Whether every draw is the same value.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.table.is_none()
    }

    /// The table; [`None`] for a certain value.
    #[must_use]
    pub fn table(&self) -> Option<TableIx> {
        self.table
    }

    /// The value of the standardised 0; the value itself if it is certain.
    #[must_use]
    pub fn location(&self) -> f64 {
        self.location
    }

    /// The factor on the standardised quantile.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The first uniform that is still possible; 0 unless the variable is conditioned.
    #[must_use]
    pub fn first(&self) -> u32 {
        self.first
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::Law;

    #[test]
    fn a_conditioned_variable_stays_above_what_is_known() {
        let law = Law::uniform(0.0, 100.0).unwrap();
        let mut tables = Tables::new();
        let whole = tables.add(&law);
        let rest = whole.above(law.cdf(40.0));
        assert!((rest.value(&tables, 0) - 40.0).abs() < 1e-6);
        assert!((rest.value(&tables, 1 << 31) - 70.0).abs() < 1e-6);
        assert!(rest.value(&tables, u32::MAX) <= 100.0);
        assert_eq!(whole.above(0.0).value(&tables, 12_345), whole.value(&tables, 12_345));
    }

    #[test]
    fn draws_are_rounded_once_ties_to_even() {
        let tables = Tables::new();
        assert_eq!(Variable::certain(2.5).minutes(&tables, 0), 2);
        assert_eq!(Variable::certain(3.5).money(&tables, 0), 4);
    }
}
