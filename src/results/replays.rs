//! The first iterations in full: what is too much to keep of all of them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::draws::BLOCK;
use crate::engine::Simulation;
use crate::model::TaskIx;

/// At most this many iterations are replayed; programs with very many tasks replay fewer.
const MOST: u64 = 65_536;
/// Values that are kept at most of each kind.
const VALUES: u64 = 1 << 24;

/// The first iterations, simulated again one by one by the plain engine, with everything that sensitivities
/// need. A column per iteration; rows as said. Iterations in which the program has no finish are left out
/// and counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replays {
    /// Iterations that were replayed, with a finish or without.
    pub iterations: u64,
    /// T: working minutes of the program's calendar from its start to its finish.
    pub minutes: Vec<i32>,
    /// Finish of the program, minutes since the epoch.
    pub finish: Vec<i32>,
    /// Cost of the program, minor units.
    pub cost: Vec<i64>,
    /// A row per task: its duration with all impacts, minutes of its clock.
    pub durations: Vec<Vec<i32>>,
    /// A row per task: its simulation float, minutes of its clock; `i32::MAX` without a path to the finish.
    pub floats: Vec<Vec<i32>>,
    /// A row per task: whether it has no float and is there.
    pub critical: Vec<Vec<bool>>,
    /// A row per task: whether it lies on a driving chain.
    pub driving: Vec<Vec<bool>>,
    /// A row per task: its cost, minor units.
    pub task_costs: Vec<Vec<i64>>,
    /// A row per risk: whether it occurred.
    pub risks: Vec<Vec<bool>>,
    /// A row per driver: whether it occurred.
    pub drivers: Vec<Vec<bool>>,
    /// Per task or milestone at which paths meet, a row per link to it: the instant that it brings.
    pub merges: Vec<(TaskIx, Vec<Vec<Option<i32>>>)>,
}

impl Replays {
    /// Replays the first iterations of a run of so many, on all threads of the current pool.
    #[must_use]
    pub fn of(simulation: &Simulation, iterations: u64) -> Self {
        let program = simulation.program();
        let rows = (program.tasks().len() + program.risks().len()).max(1) as u64;
        let most = (VALUES / rows).clamp(8 * BLOCK as u64, MOST).min(iterations.max(1));
        let blocks = most / BLOCK as u64;
        let parts: Vec<Self> =
            (0..blocks).into_par_iter().map(|block| Self::block(simulation, block)).collect();
        // In the order of the blocks, whichever was done first.
        let mut all = Self::empty(simulation);
        parts.into_iter().for_each(|part| all.append(part));
        all
    }

    fn empty(simulation: &Simulation) -> Self {
        let program = simulation.program();
        let tasks = program.tasks().len();
        Self {
            durations: vec![Vec::new(); tasks],
            floats: vec![Vec::new(); tasks],
            critical: vec![Vec::new(); tasks],
            driving: vec![Vec::new(); tasks],
            task_costs: vec![Vec::new(); tasks],
            risks: vec![Vec::new(); program.risks().len()],
            drivers: vec![Vec::new(); program.drivers().len()],
            merges: simulation.network().merges().into_iter().map(|task| (task, Vec::new())).collect(),
            ..Self::default()
        }
    }

    fn block(simulation: &Simulation, block: u64) -> Self {
        let mut part = Self::empty(simulation);
        let (mut out, mut arrivals) = (simulation.scratch(), Vec::new());
        for lane in 0..BLOCK as u64 {
            // Blocks end below 2^16, so that the number fits.
            simulation.iterate((block * BLOCK as u64 + lane) as u32, &mut out);
            part.iterations += 1;
            let pass = &out.pass;
            let Some(finish) = pass.target_finish() else { continue };
            part.minutes.push(simulation.network().program_minutes(finish));
            part.finish.push(finish.0);
            part.cost.push(out.cost);
            for at in 0..part.durations.len() {
                let task = TaskIx::new(at);
                part.durations[at].push(pass.minutes(task));
                part.floats[at].push(pass.total_float(task).unwrap_or(i32::MAX));
                part.critical[at].push(pass.is_critical(task));
                part.driving[at].push(pass.is_driving(task));
                part.task_costs[at].push(out.task_cost[at]);
            }
            let pushed = |rows: &mut Vec<Vec<bool>>, values: &[bool]| {
                rows.iter_mut().zip(values).for_each(|(row, &value)| row.push(value));
            };
            pushed(&mut part.risks, &out.risk_occurred);
            pushed(&mut part.drivers, &out.driver_occurred);
            for (task, rows) in &mut part.merges {
                simulation.network().arrivals(*task, &out.inputs, pass, &mut arrivals);
                rows.resize(arrivals.len(), Vec::new());
                rows.iter_mut().zip(&arrivals).for_each(|(row, &at)| row.push(at));
            }
        }
        part
    }

    fn append(&mut self, more: Self) {
        fn rows<T>(own: &mut [Vec<T>], more: Vec<Vec<T>>) {
            own.iter_mut().zip(more).for_each(|(own, more)| own.extend(more));
        }
        self.iterations += more.iterations;
        self.minutes.extend(more.minutes);
        self.finish.extend(more.finish);
        self.cost.extend(more.cost);
        rows(&mut self.durations, more.durations);
        rows(&mut self.floats, more.floats);
        rows(&mut self.critical, more.critical);
        rows(&mut self.driving, more.driving);
        rows(&mut self.task_costs, more.task_costs);
        rows(&mut self.risks, more.risks);
        rows(&mut self.drivers, more.drivers);
        for ((_, own), (_, more)) in self.merges.iter_mut().zip(more.merges) {
            own.resize(own.len().max(more.len()), Vec::new());
            rows(own, more);
        }
    }

    /// How many replayed iterations have a finish.
    #[must_use]
    pub fn finished(&self) -> usize {
        self.minutes.len()
    }

    /// Sets of tasks that drive the finish together, with how often, most often first.
    #[must_use]
    pub fn paths(&self) -> Vec<(Vec<TaskIx>, u64)> {
        let mut counts: BTreeMap<Vec<TaskIx>, u64> = BTreeMap::new();
        for lane in 0..self.finished() {
            let driving = (0..self.driving.len()).filter(|&at| self.driving[at][lane]);
            *counts.entry(driving.map(TaskIx::new).collect()).or_default() += 1;
        }
        let mut paths: Vec<_> = counts.into_iter().collect();
        paths.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        paths
    }
}
