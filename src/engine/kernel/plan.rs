//! What the kernel knows of a program beforehand.

use crate::draws::round_minutes;
use crate::engine::blow::Blows;
use crate::engine::driver::Drivers;
use crate::engine::impact::{CompiledImpact, Cost};
use crate::engine::money::Treasury;
use crate::engine::quantity::Quantity;
use crate::model::{LinkIx, RiskIx};
use crate::network::{LanePlan, LaneTasks, Network};

/// What the kernel knows of a program beforehand; the same for all blocks and threads.
#[derive(Clone, Debug)]
pub(in crate::engine) struct KernelPlan {
    /// The passes.
    pub lanes: LanePlan,
    /// By task: its number among those that a risk delays or a driver stretches: their own estimates are kept.
    pub delayed: Vec<Option<u32>>,
    /// How many of these there are.
    pub delays: usize,
    /// Pairs of a delayed task's number and a parallel group that meet, in this order.
    pub parallel: Vec<(u32, u32)>,
    /// By task: its number among those that a driver stretches.
    pub driven: Vec<Option<u32>>,
    /// How many of these there are.
    pub drives: usize,
    /// A driven task's number and a parallel group of drivers that meet, in this order, with the task's number
    /// among the kept.
    pub stretched: Vec<(u32, u32, u32)>,
    /// By task: its number among those whose cost before risks is asked for.
    pub shared: Vec<Option<u32>>,
    /// How many there are.
    pub shares: usize,
    /// By task: its number among those of which a risk loses or cuts off a share.
    pub lossy: Vec<Option<u32>>,
    /// How many there are.
    pub losses: usize,
    /// By task: its number among those that risks may strike while they go on.
    pub struck: Vec<Option<u32>>,
    /// How many there are.
    pub strikes: usize,
    /// By link: where its lag is among the uncertain ones.
    pub lag_of: Vec<u32>,
}

impl KernelPlan {
    /// Prepares a program; of durations it takes the least minutes that are left in any iteration.
    pub fn new(
        network: &Network,
        (durations, least): (&[Quantity], &[f64]),
        (lags, links): (&[(LinkIx, Quantity)], usize),
        (impacts, blows, drivers): (&[(RiskIx, &CompiledImpact)], &Blows, &Drivers),
        treasury: Option<&Treasury>,
    ) -> Self {
        let (mut delayed, mut shared) = (vec![false; durations.len()], vec![false; durations.len()]);
        let mut pairs = Vec::new();
        let mut lossy = vec![false; durations.len()];
        for (_, impact) in impacts {
            for task in impact.targets.iter().map(|task| task.index()) {
                if let Some(delay) = &impact.delay {
                    delayed[task] = true;
                    lossy[task] |= delay.is_loss();
                    pairs.extend(delay.group.map(|group| (task, group)));
                }
                shared[task] |= matches!(impact.cost, Some(Cost::Share(_)));
            }
        }
        let mut driven = vec![false; durations.len()];
        let mut meetings = Vec::new();
        for driver in &drivers.all {
            for task in driver.targets.iter().map(|task| task.index()) {
                (delayed[task], driven[task]) = (true, true);
                meetings.extend(driver.group.map(|group| (task, group)));
            }
        }
        for pairs in [&mut pairs, &mut meetings] {
            pairs.sort_unstable();
            pairs.dedup();
        }
        let is_event = durations.iter().zip(&delayed).map(|(duration, &delayed)| {
            !delayed && duration.certain_value().is_some_and(|value| round_minutes(value.max(0.0)) == 0)
        });
        let is_event: Vec<bool> = is_event.collect();
        let (mut struck, mut dated) = (vec![false; durations.len()], vec![false; durations.len()]);
        // A milestone does not go on, so that nothing strikes it.
        for task in blows.specs.iter().map(|spec| spec.task.index()).filter(|&task| !is_event[task]) {
            struck[task] = true;
            delayed[task] = true;
        }
        if blows.looks_ahead {
            blows.during.iter().flatten().for_each(|task| dated[task.index()] = true);
        }
        // Half a minute is rounded to none.
        let may_idle = is_event.iter().zip(least).map(|(&event, &least)| !event && least <= 0.5).collect();
        let tasks = LaneTasks {
            is_event,
            may_idle,
            struck: struck.clone(),
            dated,
            shown: treasury.map_or_else(|| vec![false; durations.len()], Treasury::dated),
            all_work: treasury.is_some_and(Treasury::has_case),
        };
        let lanes = LanePlan::new(network, tasks);
        let (delayed, delays) = numbered(&delayed);
        let (driven, drives) = numbered(&driven);
        let (shared, shares) = numbered(&shared);
        let (lossy, losses) = numbered(&lossy);
        let (struck, strikes) = numbered(&struck);
        let mut lag_of = vec![0; links];
        for (at, (link, _)) in (0..).zip(lags) {
            lag_of[link.index()] = at;
        }
        let parallel = pairs.iter().filter_map(|&(task, group)| Some((delayed[task]?, group))).collect();
        let stretched = meetings.iter();
        let stretched =
            stretched.filter_map(|&(task, group)| Some((driven[task]?, group, delayed[task]?))).collect();
        Self {
            lanes,
            delayed,
            delays,
            parallel,
            driven,
            drives,
            stretched,
            shared,
            shares,
            lossy,
            losses,
            struck,
            strikes,
            lag_of,
        }
    }
}

/// Numbers what is set.
fn numbered(set: &[bool]) -> (Vec<Option<u32>>, usize) {
    let mut next = 0;
    let number = |&set: &bool| {
        set.then(|| {
            next += 1;
            next - 1
        })
    };
    let numbers = set.iter().map(number).collect();
    (numbers, next as usize)
}
