//! One uncertain number: a law in a table, and the uniforms that drive it.

use std::collections::{BTreeMap, BTreeSet};

use super::dependence::Member;
use super::numbers::Numbers;
use super::uniforms::{BlockDraws, Uniforms};
use crate::draws::{Copula, CouplingIx, Sampler, Seed, Stream, StreamError, Streams, Tables, Variable};
use crate::lanes::LANES;
use crate::model::Estimate;

/// A number that is drawn anew in every iteration, or certain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    variable: Variable,
    uniforms: Uniforms,
    /// By what versions of a program know it.
    number: Option<u32>,
}

impl Quantity {
    /// A certain value.
    pub(super) fn certain(value: f64, streams: &Source) -> Self {
        let stream = Stream::new(streams.streams.seed(), "");
        let uniforms = Uniforms { stream, coupling: None, number: None };
        Self { variable: Variable::certain(value), uniforms, number: None }
    }

    /// What is left of a quantity that is known to exceed a value, of which `below` is the probability not to:
    /// `u' = below + u (1 - below)` (semantics, section 7).
    pub(super) fn beyond(self, value: f64, below: f64, source: &mut Source) -> Self {
        let variable = self.variable.above(below).less(value);
        Self { variable, number: source.numbers.of(&self.uniforms, Some(&variable)), ..self }
    }

    /// The value in one iteration; `shared` are its scores that several share.
    pub(super) fn value(
        &self,
        tables: &Tables,
        sampler: Sampler,
        copula: &Copula,
        shared: &[f64],
        iteration: u32,
    ) -> f64 {
        if self.variable.is_certain() {
            self.variable.location()
        } else {
            self.variable.value(tables, self.uniforms.bits(sampler, copula, shared, iteration))
        }
    }

    /// The values in a block, with the bits of [`Self::value`].
    pub(super) fn fill(
        &self,
        of: BlockDraws,
        tables: &Tables,
        bits: &mut [u32; LANES],
        out: &mut [f64; LANES],
    ) {
        let mut draw = |of: BlockDraws, out: &mut [f64; LANES]| {
            if !self.variable.is_certain() {
                self.uniforms.fill(of, bits);
            }
            self.variable.fill(of.set, tables, bits, out);
        };
        match of.kept(self.number) {
            Some((rows, number, of)) => rows.borrow_mut().reals(number, out, |row| draw(of, row)),
            None => draw(of, out),
        }
    }

    /// The values in a block as durations: whole minutes, nothing below zero, and how many were.
    pub(super) fn fill_minutes(
        &self,
        of: BlockDraws,
        tables: &Tables,
        bits: &mut [u32; LANES],
        out: &mut [i32; LANES],
    ) -> u64 {
        let mut draw = |of: BlockDraws, out: &mut [i32; LANES]| {
            if !self.variable.is_certain() {
                self.uniforms.fill(of, bits);
            }
            self.variable.fill_minutes(of.set, tables, bits, out)
        };
        match of.kept(self.number) {
            Some((rows, number, of)) => rows.borrow_mut().minutes(number, out, |row| draw(of, row)),
            None => draw(of, out),
        }
    }

    /// The values in a block in whole minor units of money.
    pub(super) fn fill_money(
        &self,
        of: BlockDraws,
        tables: &Tables,
        bits: &mut [u32; LANES],
        out: &mut [i64; LANES],
    ) {
        let mut draw = |of: BlockDraws, out: &mut [i64; LANES]| {
            if !self.variable.is_certain() {
                self.uniforms.fill(of, bits);
            }
            self.variable.fill_money(of.set, tables, bits, out);
        };
        match of.kept(self.number) {
            Some((rows, number, of)) => rows.borrow_mut().money(number, out, |row| draw(of, row)),
            None => draw(of, out),
        }
    }

    /// The value if it is certain.
    pub(super) fn certain_value(&self) -> Option<f64> {
        self.variable.is_certain().then(|| self.variable.location())
    }

    /// The lowest and highest values that it can take.
    pub(super) fn ends(&self, tables: &Tables) -> (f64, f64) {
        self.variable.ends(tables)
    }
}

/// Hands out variables and streams while a program is compiled.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) tables: Tables,
    streams: Streams,
    /// Names that collide with others.
    pub(super) collisions: Vec<StreamError>,
    /// By name: what is drawn together with others.
    couplings: BTreeMap<String, CouplingIx>,
    /// The names of all that is correlated, also of what is drawn by its own stream alone.
    watched: BTreeSet<String>,
    /// By name: what of it has been handed out.
    pub(super) coupled: BTreeMap<String, Member>,
    /// What other versions of the program draw as well.
    pub(super) numbers: Numbers,
}

impl Source {
    /// Nothing handed out yet.
    pub(super) fn new(seed: Seed, tables: Tables, numbers: Numbers) -> Self {
        let (couplings, watched, coupled) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        let (streams, collisions) = (Streams::new(seed), Vec::new());
        Self { tables, streams, collisions, couplings, watched, coupled, numbers }
    }

    /// Draws what has these names together from now on, and notes what is handed out of `watched`.
    pub(super) fn couple(&mut self, couplings: BTreeMap<String, CouplingIx>, watched: BTreeSet<String>) {
        (self.couplings, self.watched) = (couplings, watched);
    }

    /// The quantity of an estimate; `name` keys its stream.
    pub(super) fn quantity(&mut self, estimate: &Estimate, name: &str) -> Quantity {
        let (variable, uniforms) = (self.tables.add(&estimate.law), self.claim(name));
        let number = self.numbers.of(&uniforms, Some(&variable));
        let quantity = Quantity { variable, uniforms, number };
        if self.watched.contains(name) {
            self.coupled.insert(name.to_owned(), Member::Quantity(quantity));
        }
        quantity
    }

    /// The uniforms of something that occurs or not; `name` keys their stream.
    pub(super) fn occurrence(&mut self, name: &str) -> Uniforms {
        let mut uniforms = self.claim(name);
        uniforms.number = self.numbers.of(&uniforms, None);
        if self.watched.contains(name) {
            self.coupled.insert(name.to_owned(), Member::Occurrence(uniforms));
        }
        uniforms
    }

    /// The uniforms of a name. A name claimed twice means the same draw: an impact on tasks whose days differ in
    /// length is several impacts with one key.
    pub(super) fn claim(&mut self, name: &str) -> Uniforms {
        match self.streams.register(name) {
            Ok(_) | Err(StreamError::Duplicate(_)) => {}
            Err(collision) => self.collisions.push(collision),
        }
        Uniforms { stream: self.stream_of(name), coupling: self.couplings.get(name).copied(), number: None }
    }

    /// The stream of a name that somebody else claims.
    pub(super) fn stream_of(&self, name: &str) -> Stream {
        Stream::new(self.streams.seed(), name)
    }
}
