//! One block, start to end.

use std::sync::Arc;

use super::memory::Memory;
use crate::draws::BLOCK;
use crate::engine::drawn::Drawn;
use crate::engine::money::Sheet;
use crate::engine::quantity::Quantity;
use crate::engine::uniforms::BlockDraws;
use crate::engine::{Block, Iteration, Simulation};
use crate::lanes::{InstructionSet, LANES, Reals, Words};
use crate::network::{LaneDates, LaneState};

/// The engine for whole blocks, with the memory that it uses again from block to block; one per thread.
#[derive(Clone, Debug)]
pub struct Kernel<'a> {
    pub(super) simulation: &'a Simulation,
    pub(super) set: InstructionSet,
    pub(super) memory: Box<Memory>,
    /// For what is left over, once something is.
    plain: Option<Iteration>,
}

/// The memory of a kernel that has done its work.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Idle(Box<Memory>);

/// What of a block somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Wanted {
    /// All of it.
    Everything,
    /// All but the dates of tasks that have minutes.
    Statistics,
    /// Finish and cost of the program.
    Ends,
}

/// How a block is filled.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Filling<'a> {
    pub wanted: Wanted,
    /// Whether somebody reads what it is worth.
    pub worth: bool,
    /// What other versions of the program have drawn of it.
    pub drawn: Option<&'a Drawn>,
}

impl<'a> Kernel<'a> {
    /// A kernel for the instruction set of the simulation.
    #[must_use]
    pub fn new(simulation: &'a Simulation) -> Self {
        let memory = Box::new(Memory::new(simulation));
        Self { simulation, set: simulation.set, memory, plain: None }
    }

    /// A kernel in the memory of one that another program needs no more.
    pub(in crate::engine) fn in_memory(Idle(mut memory): Idle, simulation: &'a Simulation) -> Self {
        memory.turn(simulation, false);
        Self { simulation, set: simulation.set, memory, plain: None }
    }

    /// The memory, for another kernel.
    pub(in crate::engine) fn idle(self) -> Idle {
        Idle(self.memory)
    }

    /// Turns to another version of the program, in the memory of this one.
    pub(in crate::engine) fn turn(&mut self, simulation: &'a Simulation) {
        if std::ptr::eq(self.simulation, simulation) {
            return;
        }
        let is_same_network = Arc::ptr_eq(&self.simulation.network, &simulation.network);
        self.memory.turn(simulation, is_same_network);
        (self.simulation, self.set, self.plain) = (simulation, simulation.set, None);
    }

    /// How many iterations of the last block were left to the plain engine: those in which work has no window
    /// left, or never finishes.
    #[must_use]
    pub fn left_over(&self) -> usize {
        self.memory.pass.left_over.iter().filter(|left_over| **left_over).count()
    }

    /// Simulates block number `index`, which is below 2^23: bit for bit as [`Simulation::block`].
    pub fn block(&mut self, index: u64, block: &mut Block) {
        self.fill(index, Filling { wanted: Wanted::Everything, worth: true, drawn: None }, block);
    }

    /// The same without the dates of tasks that have minutes; what `block` held of them stays as it was.
    pub fn block_without_dates(&mut self, index: u64, block: &mut Block) {
        self.fill(index, Filling { wanted: Wanted::Statistics, worth: true, drawn: None }, block);
    }

    /// Finish and cost of the program alone, with the bits of [`Self::block`]; everything else that `block`
    /// holds is used for work and means nothing afterwards.
    pub fn ends(&mut self, index: u64, block: &mut Block) {
        self.fill(index, Filling { wanted: Wanted::Ends, worth: true, drawn: None }, block);
    }

    /// Simulates what is wanted of a block; without worth, the rows of that mean nothing afterwards.
    pub(in crate::engine) fn fill(&mut self, index: u64, filling: Filling, block: &mut Block) {
        let Self { simulation, set, memory, plain } = self;
        let Filling { wanted, worth, drawn } = filling;
        block.fit(simulation.treasury.as_deref(), simulation.stoppable());
        block.index = index;
        if !simulation.stops.is_empty() {
            block.task_present.fill(true);
            block.task_stopped.fill(false);
        }
        // What nobody asks of money over time is left out.
        let money = simulation.treasury.as_deref().filter(|treasury| worth || treasury.adds_costs());
        // Where work waits for money an iteration is scheduled more than once.
        let rows = if simulation.is_capped() { None } else { Rows::of(block) };
        let Some(mut rows) = rows else {
            match wanted {
                Wanted::Ends => (0..LANES)
                    .for_each(|lane| simulation.end(index, lane, scratch_of(plain, simulation), block)),
                Wanted::Everything | Wanted::Statistics => {
                    simulation.block(index, scratch_of(plain, simulation), block)
                }
            }
            return;
        };
        let mut own = std::mem::take(&mut memory.shared);
        let (copula, sampler) = (&simulation.coupled.copula, simulation.sampler);
        let shared = match drawn.and_then(|drawn| drawn.scores(simulation)) {
            Some(scores) => scores,
            None => {
                copula.fill_scores(*set, sampler, index as u32, &mut own);
                &own
            }
        };
        let drawn = drawn.map(|drawn| &drawn.rows);
        let of = BlockDraws { set: *set, sampler, copula, shared, block: index as u32, drawn };
        let draws = Draws { simulation, set: *set, of };
        let clamped = memory.draw_durations(draws, &mut rows);
        for ((_, lag), out) in simulation.lags.iter().zip(&mut memory.lags) {
            draws.draw(lag, &mut memory.bits, &mut memory.value);
            crate::lanes::minutes_of(*set, out, &memory.value);
        }
        let mut found = LaneDates {
            start: rows.task_start,
            finish: rows.task_finish,
            wait: rows.task_wait,
            critical: rows.task_critical,
            driving: rows.task_driving,
            project_finish: rows.project_finish,
            project_drives: rows.project_drives,
            target: rows.finish,
            all: wanted == Wanted::Everything,
        };
        memory.draw_strikes(draws, rows.risk_occurred);
        memory.draw_lump_sums(draws);
        let mut state = LaneState {
            minutes: &mut *rows.task_minutes,
            present: &mut memory.present,
            lump_sums: &memory.lump_sums,
            strikes: &mut memory.strikes,
            lag_minutes: &memory.lags,
            lag_of: &memory.plan.lag_of,
        };
        let lanes = &memory.plan.lanes;
        if simulation.blows.looks_ahead {
            simulation.network.look_ahead_lanes(lanes, &mut state, &mut memory.pass, &mut found);
            super::strikes::place_strikes(draws, &mut state, &memory.pass, rows.risk_occurred);
            if wanted == Wanted::Ends {
                simulation.network.finish_lanes_on(lanes, &mut state, &mut memory.pass, &mut found);
            } else {
                simulation.network.pass_lanes_on(lanes, &mut state, &mut memory.pass, &mut found);
            }
        } else if wanted == Wanted::Ends {
            simulation.network.finish_lanes(lanes, &mut state, &mut memory.pass, &mut found);
        } else {
            simulation.network.pass_lanes(lanes, &mut state, &mut memory.pass, &mut found);
        }
        // What is cancelled changes dates before it as well as after it: few iterations, one by one.
        for stop in &simulation.stops {
            let occurred = &rows.risk_occurred[stop.risk.index()];
            crate::lanes::or(*set, &mut memory.pass.left_over, occurred);
        }
        if simulation.decisions.any {
            memory.note_decided(draws, rows.task_present);
        }
        if simulation.decisions.recount && wanted != Wanted::Ends {
            memory.recount(
                draws,
                (rows.driver_occurred, rows.driver_minutes),
                (rows.risk_occurred, rows.risk_minutes),
            );
        }
        memory.count_strikes(draws, rows.risk_minutes);
        memory.add_costs(draws, &mut rows.money, rows.task_minutes, rows.risk_occurred);
        if let Some(treasury) = money {
            let sheet = Sheet {
                lanes: LANES,
                finish: rows.finish,
                task_start: rows.task_start.as_flattened(),
                task_finish: rows.task_finish.as_flattened(),
                task_minutes: rows.task_minutes.as_flattened(),
                task_present: rows.task_present.as_flattened(),
                task_stopped: rows.task_stopped.as_flattened(),
                project_finish: rows.project_finish.as_flattened(),
            };
            memory.settle(draws, treasury, worth, &sheet, &mut rows.money);
        } else {
            super::costs::roll_up(draws, &mut rows.money);
        }
        memory.shared = own;

        for lane in (0..LANES).filter(|&lane| memory.pass.left_over[lane]) {
            if wanted == Wanted::Ends {
                simulation.end(index, lane, scratch_of(plain, simulation), block);
            } else {
                simulation
                    .iterate((index * BLOCK as u64 + lane as u64) as u32, scratch_of(plain, simulation));
                simulation.store(lane, scratch_of(plain, simulation), block);
            }
        }
        if wanted != Wanted::Ends {
            for (minutes, &finish) in block.minutes.iter_mut().zip(&block.finish) {
                *minutes = simulation.minutes_to(finish);
            }
        }
        block.durations_clamped = clamped;
    }
}

/// Memory of the plain engine, from the first time that something is left over.
fn scratch_of<'m>(plain: &'m mut Option<Iteration>, simulation: &Simulation) -> &'m mut Iteration {
    plain.get_or_insert_with(|| simulation.scratch())
}

/// Draws for one block.
#[derive(Clone, Copy)]
pub(super) struct Draws<'a> {
    pub simulation: &'a Simulation,
    pub set: InstructionSet,
    pub of: BlockDraws<'a>,
}

impl Draws<'_> {
    /// The values of a quantity in all lanes.
    pub fn draw(&self, quantity: &Quantity, bits: &mut Words, out: &mut Reals) {
        quantity.fill(self.of, &self.simulation.tables, bits, out);
    }

    /// Durations in all lanes, and how many were below zero.
    pub fn minutes(&self, quantity: &Quantity, bits: &mut Words, out: &mut [i32; LANES]) -> u64 {
        quantity.fill_minutes(self.of, &self.simulation.tables, bits, out)
    }

    /// Money in all lanes.
    pub fn money(&self, quantity: &Quantity, bits: &mut Words, out: &mut [i64; LANES]) {
        quantity.fill_money(self.of, &self.simulation.tables, bits, out);
    }
}

/// The rows of a block: one array of lanes per task, project or risk.
pub(super) struct Rows<'a> {
    pub finish: &'a mut [i32; LANES],
    pub task_start: &'a mut [[i32; LANES]],
    pub task_finish: &'a mut [[i32; LANES]],
    pub task_minutes: &'a mut [[i32; LANES]],
    pub task_wait: &'a mut [[i32; LANES]],
    pub task_present: &'a mut [[bool; LANES]],
    pub task_stopped: &'a mut [[bool; LANES]],
    pub task_critical: &'a mut [[bool; LANES]],
    pub task_driving: &'a mut [[bool; LANES]],
    pub project_finish: &'a mut [[i32; LANES]],
    pub project_drives: &'a mut [[bool; LANES]],
    pub risk_occurred: &'a mut [[bool; LANES]],
    pub risk_minutes: &'a mut [[i64; LANES]],
    pub driver_occurred: &'a mut [[bool; LANES]],
    pub driver_minutes: &'a mut [[i64; LANES]],
    pub money: MoneyRows<'a>,
}

/// The rows that count money.
pub(super) struct MoneyRows<'a> {
    pub cost: &'a mut [i64; LANES],
    pub task: &'a mut [[i64; LANES]],
    pub project: &'a mut [[i64; LANES]],
    pub risk: &'a mut [[i64; LANES]],
    pub line: &'a mut [[i64; LANES]],
    pub values: &'a mut [[f64; LANES]],
    pub cost_worth: &'a mut [i64; LANES],
    pub benefit_worth: &'a mut [i64; LANES],
    pub member_worth: &'a mut [[i64; LANES]],
}

impl<'a> Rows<'a> {
    /// The rows of a block; `None` if somebody laid it out differently.
    fn of(block: &'a mut Block) -> Option<Self> {
        Some(Self {
            finish: block.finish.as_mut_slice().try_into().ok()?,
            task_start: rows(&mut block.task_start)?,
            task_finish: rows(&mut block.task_finish)?,
            task_minutes: rows(&mut block.task_minutes)?,
            task_wait: rows(&mut block.task_wait)?,
            task_present: rows(&mut block.task_present)?,
            task_stopped: rows(&mut block.task_stopped)?,
            task_critical: rows(&mut block.task_critical)?,
            task_driving: rows(&mut block.task_driving)?,
            project_finish: rows(&mut block.project_finish)?,
            project_drives: rows(&mut block.project_drives)?,
            risk_occurred: rows(&mut block.risk_occurred)?,
            risk_minutes: rows(&mut block.risk_minutes)?,
            driver_occurred: rows(&mut block.driver_occurred)?,
            driver_minutes: rows(&mut block.driver_minutes)?,
            money: MoneyRows {
                cost: block.cost.as_mut_slice().try_into().ok()?,
                task: rows(&mut block.task_cost)?,
                project: rows(&mut block.project_cost)?,
                risk: rows(&mut block.risk_cost)?,
                line: rows(&mut block.line_cost)?,
                values: rows(&mut block.money_values)?,
                cost_worth: block.cost_worth.as_mut_slice().try_into().ok()?,
                benefit_worth: block.benefit_worth.as_mut_slice().try_into().ok()?,
                member_worth: rows(&mut block.member_worth)?,
            },
        })
    }
}

fn rows<T>(array: &mut ndarray::Array2<T>) -> Option<&mut [[T; LANES]]> {
    let rows = array.nrows();
    if rows == 0 {
        return Some(&mut []);
    }
    let (chunks, rest) = array.as_slice_mut()?.as_chunks_mut();
    (chunks.len() == rows && rest.is_empty()).then_some(chunks)
}
