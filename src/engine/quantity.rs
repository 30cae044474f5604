//! One uncertain number: a law in a table, and the stream that drives it.

use crate::draws::{Sampler, Seed, Stream, StreamError, Streams, Tables, Variable};
use crate::lanes::{InstructionSet, LANES};
use crate::model::Estimate;

/// A number that is drawn anew in every iteration, or certain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    variable: Variable,
    stream: Stream,
}

impl Quantity {
    /// A certain value.
    pub(super) fn certain(value: f64, streams: &Source) -> Self {
        Self { variable: Variable::certain(value), stream: Stream::new(streams.streams.seed(), "") }
    }

    /// The value in one iteration.
    pub(super) fn value(&self, tables: &Tables, sampler: Sampler, iteration: u32) -> f64 {
        if self.variable.is_certain() {
            self.variable.location()
        } else {
            self.variable.value(tables, sampler.bits(&self.stream, iteration))
        }
    }

    /// The values in a block, with the bits of [`Self::value`].
    pub(super) fn fill(
        &self,
        set: InstructionSet,
        tables: &Tables,
        sampler: Sampler,
        block: u32,
        bits: &mut [u32; LANES],
        out: &mut [f64; LANES],
    ) {
        if !self.variable.is_certain() {
            sampler.fill_block_with(set, &self.stream, block, bits);
        }
        self.variable.fill(set, tables, bits, out);
    }

    /// The values in a block as durations: whole minutes, nothing below zero, and how many were.
    pub(super) fn fill_minutes(
        &self,
        set: InstructionSet,
        tables: &Tables,
        sampler: Sampler,
        block: u32,
        bits: &mut [u32; LANES],
        out: &mut [i32; LANES],
    ) -> u64 {
        if !self.variable.is_certain() {
            sampler.fill_block_with(set, &self.stream, block, bits);
        }
        self.variable.fill_minutes(set, tables, bits, out)
    }

    /// The values in a block in whole minor units of money.
    pub(super) fn fill_money(
        &self,
        set: InstructionSet,
        tables: &Tables,
        sampler: Sampler,
        block: u32,
        bits: &mut [u32; LANES],
        out: &mut [i64; LANES],
    ) {
        if !self.variable.is_certain() {
            sampler.fill_block_with(set, &self.stream, block, bits);
        }
        self.variable.fill_money(set, tables, bits, out);
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
}

impl Source {
    /// Nothing handed out yet.
    pub(super) fn new(seed: Seed, tables: Tables) -> Self {
        Self { tables, streams: Streams::new(seed), collisions: Vec::new() }
    }

    /// The quantity of an estimate; `name` keys its stream.
    pub(super) fn quantity(&mut self, estimate: &Estimate, name: &str) -> Quantity {
        Quantity { variable: self.tables.add(&estimate.law), stream: self.stream(name) }
    }

    /// The stream of a name. A name given twice means the same draw: an impact on tasks whose days differ in
    /// length is several impacts with one key.
    pub(super) fn stream(&mut self, name: &str) -> Stream {
        match self.streams.register(name) {
            Ok(stream) => return stream,
            Err(StreamError::Duplicate(_)) => {}
            Err(collision) => self.collisions.push(collision),
        }
        Stream::new(self.streams.seed(), name)
    }
}
