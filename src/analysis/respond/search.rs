//! The best set of responses that a budget buys.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::values::{Targets, spend_of, switches, value_of};
use super::{Alone, Candidate, Objective, ResponseSet, SetValue, candidates, never_worsens};
use crate::engine::{Ends, Look, Worlds, WorldsError};
use crate::model::Switches;

/// Nodes whose children are simulated together: a fixed number, so that threads change nothing.
const TOGETHER: usize = 8;

/// How far a search goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchLimits {
    /// Up to so many responses every set is simulated.
    pub exhaustive: usize,
    /// Beyond, branch and bound ends after about so many versions of the program.
    pub versions: usize,
}

impl Default for SearchLimits {
    fn default() -> Self {
        Self { exhaustive: 14, versions: 4_096 }
    }
}

/// How the best set was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Every set was simulated.
    Exhaustive,
    /// By branch and bound: no set within the budget is better.
    BranchAndBound,
    /// Branch and bound was ended: no set within the budget has a better score than this bound.
    Unfinished {
        /// In minutes, minor units or minus the number of iterations that keep the targets.
        bound: i64,
    },
    /// One response after the other by what it brings for its cost, then exchanges: some response could make
    /// things worse, so that there is no bound.
    Heuristic,
}

/// What responses are worth, and which to buy.
#[derive(Clone, Debug, PartialEq)]
pub struct Purchase {
    /// What they are bought for.
    pub objective: Objective,
    /// The responses.
    pub candidates: Vec<Candidate>,
    /// The program without any of them.
    pub none: SetValue,
    /// The program as the scenario has it.
    pub planned: SetValue,
    /// By candidate: the program with it alone.
    pub alone: Vec<Alone>,
    /// The best set within the budget.
    pub best: SetValue,
    /// How it was found.
    pub method: Method,
    /// Sets that no cheaper set beats, from no spend upwards.
    pub frontier: Vec<SetValue>,
    /// How many versions of the program were simulated.
    pub versions: usize,
}

/// Why there is no purchase.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RespondError {
    /// There is nothing to buy.
    #[error(
        "no open risk has a response: give one to a risk, such as `response = {{ cost = 40_000, probability = 0.1 }}`"
    )]
    NoResponses,
    /// The objective needs a target.
    #[error(
        "the program, or the part of it that is looked at, has no target to buy responses for: give it one, such as `targets = {{ finish = 2027-06-30 }}`"
    )]
    NoTarget,
    /// The objective needs a business case.
    #[error(
        "the program has no net present value to buy responses for: give it a rate, such as `money = {{ discount_rate = \"8 %\" }}`, and benefits"
    )]
    NoCase,
    /// A version could not be simulated, or it was broken off.
    #[error(transparent)]
    Worlds(#[from] WorldsError),
}

/// Values every response alone and finds the best set for a budget in minor units, over so many blocks per
/// version. `progress` may break it off.
///
/// # Errors
/// [`RespondError`] if there is nothing to buy, no target to buy for, or a version cannot be simulated.
pub fn respond(
    worlds: &Worlds,
    objective: Objective,
    budget: Option<i64>,
    blocks: u64,
    limits: SearchLimits,
    progress: &(dyn Fn(u64) -> ControlFlow<()> + Sync),
) -> Result<Purchase, RespondError> {
    let candidates = candidates(worlds.program());
    if candidates.is_empty() {
        return Err(RespondError::NoResponses);
    }
    let targets = Targets::of(worlds);
    if objective == Objective::Target && targets.is_none() {
        return Err(RespondError::NoTarget);
    }
    let has_case = worlds.simulation().treasury().is_some_and(|treasury| treasury.has_case());
    if matches!(objective, Objective::Npv(_)) && !has_case {
        return Err(RespondError::NoCase);
    }
    let budget = budget.unwrap_or(i64::MAX);
    let mut search = Search {
        worlds,
        candidates: &candidates,
        objective,
        budget,
        blocks,
        targets,
        progress,
        known: BTreeMap::new(),
        bounds: 0,
    };
    let alone = search.alone()?;
    let none = search.known[&0].clone();
    let planned = candidates.iter().enumerate().filter(|(_, one)| one.planned);
    let planned: ResponseSet = planned.fold(0, |set, (at, _)| set | 1 << at);
    search.simulate([planned])?;

    let (best, method) = if candidates.len() <= limits.exhaustive {
        search.simulate(0..1 << candidates.len())?;
        (search.best_known(), Method::Exhaustive)
    } else {
        search.greedy()?;
        // A program that finishes earlier may be worth less: what it is worth has no bound.
        let has_bound = !matches!(objective, Objective::Npv(_));
        let method = if has_bound && never_worsens(worlds.program(), &candidates) {
            search.branch_and_bound(limits.versions)?
        } else {
            search.exchange()?;
            Method::Heuristic
        };
        (search.best_known(), method)
    };
    let told: Vec<ResponseSet> =
        search.frontier().iter().map(|one| one.set).chain([planned, best.set]).collect();
    search.tell(told)?;
    Ok(Purchase {
        objective,
        none,
        planned: search.known[&planned].clone(),
        alone,
        best: search.known[&best.set].clone(),
        method,
        frontier: search.frontier(),
        versions: search.known.len() + search.bounds,
        candidates,
    })
}

struct Search<'a> {
    worlds: &'a Worlds,
    candidates: &'a [Candidate],
    objective: Objective,
    budget: i64,
    blocks: u64,
    targets: Targets,
    progress: &'a (dyn Fn(u64) -> ControlFlow<()> + Sync),
    /// Every set that was simulated.
    known: BTreeMap<ResponseSet, SetValue>,
    /// How many bounds were simulated.
    bounds: usize,
}

impl Search<'_> {
    /// Simulates no response and every response alone, and compares iteration by iteration.
    fn alone(&mut self) -> Result<Vec<Alone>, RespondError> {
        let one = [self.switches(0, 0)];
        let base = self.worlds.each(&one, self.blocks, Look::Everything, Clone::clone, self.progress)?;
        let base: &Ends = &base[0];
        let sets: Vec<ResponseSet> = (0..self.candidates.len()).map(|at| 1 << at).collect();
        let versions: Vec<Switches> = sets.iter().map(|&set| self.switches(set, 0)).collect();
        let (objective, targets) = (self.objective, self.targets);
        let compared = |ends: &Ends| {
            let n = ends.iterations().max(1) as f64;
            let cheaper = ends.cost.iter().zip(&base.cost).filter(|(with, without)| with < without).count();
            let earlier =
                ends.finish.iter().zip(&base.finish).filter(|(with, without)| with < without).count();
            // The set and its spend are known to whoever asked.
            (value_of(0, 0, ends, objective, targets), cheaper as f64 / n, earlier as f64 / n)
        };
        let found = self.worlds.each(&versions, self.blocks, Look::Everything, compared, self.progress)?;
        self.known.insert(0, value_of(0, 0, base, objective, targets));
        let mut alone = Vec::new();
        for (set, (value, pays, speeds)) in sets.into_iter().zip(found) {
            let value = SetValue { set, spend: spend_of(self.candidates, set), ..value };
            self.known.insert(set, value.clone());
            alone.push(Alone { value, pays, speeds });
        }
        Ok(alone)
    }

    fn switches(&self, on: ResponseSet, unspent: ResponseSet) -> Switches {
        switches(self.worlds, self.candidates, on, unspent)
    }

    /// Simulates the sets that are not known yet.
    fn simulate(&mut self, sets: impl IntoIterator<Item = ResponseSet>) -> Result<(), RespondError> {
        let mut new: Vec<ResponseSet> =
            sets.into_iter().filter(|set| !self.known.contains_key(set)).collect();
        new.sort_unstable();
        new.dedup();
        let values = self.values(&new.iter().map(|&set| (set, 0)).collect::<Vec<_>>(), self.look())?;
        for (set, value) in new.into_iter().zip(values) {
            self.known.insert(set, SetValue { set, spend: spend_of(self.candidates, set), ..value });
        }
        Ok(())
    }

    /// The values of versions with some responses on and others for nothing.
    fn values(
        &self,
        versions: &[(ResponseSet, ResponseSet)],
        look: Look,
    ) -> Result<Vec<SetValue>, RespondError> {
        let switches: Vec<Switches> =
            versions.iter().map(|&(on, unspent)| self.switches(on, unspent)).collect();
        let (objective, targets) = (self.objective, self.targets);
        let value = |ends: &Ends| value_of(0, 0, ends, objective, targets);
        Ok(self.worlds.each(&switches, self.blocks, look, value, self.progress)?)
    }

    /// Looks at all of some sets that are told of, which may have been simulated for less.
    fn tell(&mut self, sets: impl IntoIterator<Item = ResponseSet>) -> Result<(), RespondError> {
        let has_case = self.worlds.simulation().treasury().is_some_and(|treasury| treasury.has_case());
        let mut sets: Vec<ResponseSet> =
            sets.into_iter().filter(|set| has_case && self.known[set].npv.is_none()).collect();
        sets.sort_unstable();
        sets.dedup();
        let versions: Vec<(ResponseSet, ResponseSet)> = sets.iter().map(|&set| (set, 0)).collect();
        for (set, value) in sets.into_iter().zip(self.values(&versions, Look::Everything)?) {
            self.known.insert(set, SetValue { set, spend: spend_of(self.candidates, set), ..value });
        }
        Ok(())
    }

    /// What a search compares sets by.
    fn look(&self) -> Look {
        match self.objective {
            Objective::Npv(_) => Look::Everything,
            Objective::Finish(_) | Objective::Cost(_) | Objective::Target => Look::FinishAndCost,
        }
    }

    /// The best of the sets that were simulated and that the budget allows.
    fn best_known(&self) -> SetValue {
        let affordable = self.known.values().filter(|value| value.spend <= self.budget);
        let best = affordable.min_by_key(|value| value.rank(self.objective));
        best.unwrap_or(&self.known[&0]).clone()
    }

    /// Sets that no cheaper set beats, among those that were simulated.
    fn frontier(&self) -> Vec<SetValue> {
        let mut sets: Vec<&SetValue> = self.known.values().collect();
        sets.sort_by_key(|value| (value.spend, value.rank(self.objective)));
        let mut frontier: Vec<SetValue> = Vec::new();
        for set in sets {
            let beats = |last: &SetValue| set.score(self.objective) < last.score(self.objective);
            if frontier.last().is_none_or(beats) {
                frontier.push(set.clone());
            }
        }
        frontier
    }

    /// Buys one response after the other: the one that improves most for its cost, of those that still fit;
    /// once within the budget, and once without one for the frontier.
    fn greedy(&mut self) -> Result<(), RespondError> {
        for budget in [self.budget, i64::MAX] {
            let mut set: ResponseSet = 0;
            loop {
                let spent = self.known[&set].spend;
                let affordable: Vec<usize> = (0..self.candidates.len())
                    .filter(|&at| {
                        set >> at & 1 == 0 && spent.saturating_add(self.candidates[at].spend) <= budget
                    })
                    .collect();
                self.simulate(affordable.iter().map(|at| set | 1 << at))?;
                let now = self.known[&set].fine(self.objective);
                let gain = |at: usize| {
                    let better = now.saturating_sub(self.known[&(set | 1 << at)].fine(self.objective));
                    (better as f64 / self.candidates[at].spend.max(1) as f64, better)
                };
                let next = affordable
                    .into_iter()
                    .filter(|&at| gain(at).1 > 0)
                    .max_by(|&a, &b| gain(a).0.total_cmp(&gain(b).0).then(b.cmp(&a)));
                let Some(next) = next else { break };
                set |= 1 << next;
            }
        }
        Ok(())
    }

    /// Exchanges, adds and drops single responses as long as that helps.
    fn exchange(&mut self) -> Result<(), RespondError> {
        loop {
            let best = self.best_known();
            let n = self.candidates.len();
            let mut neighbours = Vec::new();
            for a in 0..n {
                neighbours.push(best.set ^ 1 << a);
                let pairs = (0..a).filter(|&b| (best.set >> a ^ best.set >> b) & 1 == 1);
                neighbours.extend(pairs.map(|b| best.set ^ 1 << a ^ 1 << b));
            }
            let affordable =
                neighbours.into_iter().filter(|&set| spend_of(self.candidates, set) <= self.budget);
            self.simulate(affordable.collect::<Vec<_>>())?;
            if self.best_known().set == best.set {
                return Ok(());
            }
        }
    }

    /// Decides response by response, those that bring most for their cost first. What a node can still reach is
    /// bounded by the version in which everything undecided that would fit alone is on for nothing.
    fn branch_and_bound(&mut self, versions: usize) -> Result<Method, RespondError> {
        let mut order: Vec<usize> = (0..self.candidates.len()).collect();
        let base = self.known[&0].fine(self.objective);
        let gain = |at: usize| {
            let better = base.saturating_sub(self.known[&(1 << at)].fine(self.objective));
            better as f64 / self.candidates[at].spend.max(1) as f64
        };
        order.sort_by(|&a, &b| gain(b).total_cmp(&gain(a)).then(a.cmp(&b)));
        let mut root = Node { bound: i64::MIN, depth: 0, on: 0 };
        root.bound =
            self.values(&[(0, self.undecided(&root, &order))], self.look())?[0].score(self.objective);
        self.bounds += 1;
        let mut open = vec![root];
        while !open.is_empty() {
            let best = self.best_known().score(self.objective);
            open.retain(|node| node.bound < best);
            // Lowest bound first; deeper ones first among equals, because they end sooner.
            open.sort_by_key(|node| std::cmp::Reverse((node.bound, std::cmp::Reverse(node.depth), node.on)));
            if self.known.len() + self.bounds >= versions {
                let bound = open.iter().map(|node| node.bound).min().unwrap_or(best);
                return Ok(if open.is_empty() {
                    Method::BranchAndBound
                } else {
                    Method::Unfinished { bound }
                });
            }
            let nodes: Vec<Node> = open.split_off(open.len().saturating_sub(TOGETHER));
            let mut children: Vec<Node> = Vec::new();
            for node in nodes.into_iter().filter(|node| node.depth < order.len()) {
                let with = node.on | 1 << order[node.depth];
                if spend_of(self.candidates, with) <= self.budget {
                    children.push(Node { on: with, depth: node.depth + 1, ..node });
                }
                children.push(Node { depth: node.depth + 1, ..node });
            }
            self.simulate(children.iter().map(|child| child.on).collect::<Vec<_>>())?;
            let relaxed: Vec<(ResponseSet, ResponseSet)> =
                children.iter().map(|child| (child.on, self.undecided(child, &order))).collect();
            let bounds = self.values(&relaxed, self.look())?;
            self.bounds += bounds.len();
            for (mut child, bound) in children.into_iter().zip(bounds) {
                child.bound = bound.score(self.objective);
                open.push(child);
            }
        }
        Ok(Method::BranchAndBound)
    }

    /// What a node has not decided and could still afford by itself.
    fn undecided(&self, node: &Node, order: &[usize]) -> ResponseSet {
        let left = self.budget.saturating_sub(spend_of(self.candidates, node.on));
        let fits = |at: &&usize| self.candidates[**at].spend <= left;
        order[node.depth..].iter().filter(fits).fold(0, |set, at| set | 1 << at)
    }
}

/// Some responses decided: those in the order up to `depth`.
#[derive(Clone, Copy, Debug)]
struct Node {
    bound: i64,
    depth: usize,
    on: ResponseSet,
}
