//! What a block needs besides its outcomes, in memory that is used again.

use std::sync::Arc;

use super::plan::KernelPlan;
use crate::engine::Simulation;
use crate::engine::money::Scratch;
use crate::lanes::{Flags, Ints, LANES, Longs, Reals, Words};
use crate::network::{LanePass, LaneStrikes};

/// What a block needs besides its outcomes.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    pub plan: Arc<KernelPlan>,
    pub pass: LanePass,
    pub bits: Words,
    /// Scores that several quantities share.
    pub shared: Vec<Reals>,
    pub value: Reals,
    pub scaled: Reals,
    pub money: Longs,
    pub lags: Vec<Ints>,
    /// By driven task: the product of its drivers.
    pub multiplier: Vec<Reals>,
    /// By driven task and parallel group of drivers that meet: largest and smallest factor, and the drivers
    /// behind them.
    pub factors: Vec<[(Reals, Words); 2]>,
    /// By delayed task: own estimate, and impacts in series as shares and as minutes.
    pub own: Vec<Reals>,
    pub share: Vec<Reals>,
    pub absolute: Vec<Reals>,
    /// By pair of delayed task and parallel group: largest increase and decrease, and the risks behind them.
    pub extremes: Vec<[(Reals, Words); 2]>,
    /// By task: whether its row holds the costs of this block already.
    pub has_cost: Vec<bool>,
    /// By chance: whether it happens. By condition: whether it holds.
    pub chances: Vec<Flags>,
    pub present: Vec<Flags>,
    /// By task of which a share is lost or cut off: the sum of what is lost, the share that is kept, and the risk
    /// that cuts off the rest.
    pub lost: Vec<Reals>,
    pub kept: Vec<(Reals, Words)>,
    /// Risk, task and shares of everything that is lost.
    pub losses: Vec<(u32, usize, Reals)>,
    /// What may happen to tasks while they go on.
    pub strikes: LaneStrikes,
    /// By bill: the lump sums of a task whose cost decides something.
    pub lump_sums: Vec<Longs>,
    /// For what is both.
    pub both: Flags,
    /// By task whose cost before risks is asked for.
    pub before_risks: Vec<Longs>,
    /// For money over time.
    pub treasury: Option<Scratch>,
}

impl Memory {
    /// Memory for a program.
    pub fn new(simulation: &Simulation) -> Self {
        let plan = &simulation.kernel;
        let mut memory = Self {
            plan: Arc::clone(plan),
            pass: LanePass::new(&simulation.network, &plan.lanes, simulation.set),
            bits: Words::all(0),
            shared: Vec::new(),
            value: Reals::all(0.0),
            scaled: Reals::all(0.0),
            money: Longs::all(0),
            lags: Vec::new(),
            multiplier: Vec::new(),
            factors: Vec::new(),
            own: Vec::new(),
            share: Vec::new(),
            absolute: Vec::new(),
            extremes: Vec::new(),
            has_cost: Vec::new(),
            chances: Vec::new(),
            present: Vec::new(),
            lost: Vec::new(),
            kept: Vec::new(),
            losses: Vec::new(),
            strikes: LaneStrikes::default(),
            lump_sums: Vec::new(),
            both: Flags::all(false),
            before_risks: Vec::new(),
            treasury: None,
        };
        memory.fit(simulation);
        memory
    }

    /// Turns to another version of the program; of its passes, too, if that has the same network.
    pub fn turn(&mut self, simulation: &Simulation, is_same_network: bool) {
        let plan = &simulation.kernel;
        self.plan = Arc::clone(plan);
        if is_same_network {
            self.pass.turn(&simulation.network, &plan.lanes, simulation.set);
        } else {
            self.pass.renew(&simulation.network, &plan.lanes, simulation.set);
        }
        self.fit(simulation);
    }

    /// Gives everything the size that a program needs. Every block fills in what it reads.
    fn fit(&mut self, simulation: &Simulation) {
        let plan = &simulation.kernel;
        let reals = Reals::all(0.0);
        self.shared.resize(simulation.coupled.copula.shared(), reals.clone());
        self.lags.resize(simulation.lags.len(), Ints::all(0));
        self.multiplier.resize(plan.drives, reals.clone());
        let extreme = || std::array::from_fn(|_| (Reals::all(0.0), Words::all(0)));
        self.factors.resize_with(plan.stretched.len(), extreme);
        self.own.resize(plan.delays, reals.clone());
        self.share.resize(plan.delays, reals.clone());
        self.absolute.resize(plan.delays, reals.clone());
        self.extremes.resize_with(plan.parallel.len(), extreme);
        self.has_cost.resize(simulation.durations.len(), false);
        self.chances.resize(simulation.chances.len(), Flags::all(false));
        self.present.resize(simulation.program.conditions().len(), Flags::all(true));
        self.lost.resize(plan.losses, reals.clone());
        self.kept.resize_with(plan.losses, || (Reals::all(1.0), Words::all(0)));
        self.strikes = Self::strikes_of(simulation, plan);
        self.lump_sums.resize(simulation.decisions.lump_sums.len(), Longs::all(0));
        self.before_risks.resize(plan.shares, Longs::all(0));
        self.treasury = simulation.treasury.as_ref().map(|treasury| Scratch::new(treasury, LANES));
    }
}
