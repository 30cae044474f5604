//! The cash flows of the first iterations, month by month, and what each comes to as an investment.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::irr::internal_rate;
use crate::engine::{Block, FlowOf, Flows, LineInfo, LineOrigin, NEVER, Simulation, Treasury};
use crate::lanes::LANES;
use crate::model::{Bearer, Program, SpendKind, Task};
use crate::units::Instant;

/// At most this many iterations are kept; long programs with many categories keep fewer.
const MOST_BLOCKS: u64 = 128;
/// Values that are kept at most: 2^23 of eight bytes.
const VALUES: usize = 1 << 23;
/// By how many months the benefits are delayed at most to find the last date that breaks even.
pub const DELAYS: usize = 120;

/// A part of the cash flow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlowGroup {
    /// All costs.
    Cost,
    /// Capital expenditure.
    Capex,
    /// Operating expenditure.
    Opex,
    /// All benefits.
    Benefit,
    /// The costs of a category: of lines, of risks, of prices and of rates of exchange.
    Category(String),
}

/// By what else lines are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineGroup {
    /// By who is paid.
    Vendor,
    /// By where they are booked.
    CostCentre,
}

/// The cash flows of the first blocks.
#[derive(Clone, Debug)]
pub struct CashFlow {
    treasury: Arc<Treasury>,
    groups: Vec<FlowGroup>,
    /// By line: the places of its groups besides all costs.
    of_line: Vec<Vec<usize>>,
    risks: usize,
    /// Who is paid, and where it is booked: kind, name and lines.
    named: Vec<(LineGroup, String, Vec<usize>)>,
    limit: u64,
    blocks: BTreeMap<u64, Kept>,
}

#[derive(Clone, Debug, PartialEq)]
struct Kept {
    first_month: usize,
    months: usize,
    /// By group, month and lane.
    values: Vec<i64>,
    /// By named group of lines and lane.
    named: Vec<i64>,
    cases: Vec<Case>,
    /// By months of delay: the sum of what the benefits are worth.
    delayed: Vec<i128>,
}

/// One iteration as an investment; undiscounted, in minor units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case {
    /// The internal rate of return, if there is one.
    pub irr: Option<f64>,
    /// Benefits less costs, per unit of cost.
    pub roi: Option<f64>,
    /// What the benefits are worth per unit of what the costs are worth.
    pub bcr: Option<f64>,
    /// The end of the month from which the cumulative flow stays at or above zero.
    pub payback: Option<i32>,
    /// How far the cumulative flow falls below zero.
    pub peak: i64,
}

impl PartialEq for CashFlow {
    fn eq(&self, other: &Self) -> bool {
        self.groups == other.groups && self.limit == other.limit && self.blocks == other.blocks
    }
}

impl CashFlow {
    /// Nothing kept yet; [`None`] for a program that says nothing about money over time.
    #[must_use]
    pub fn new(simulation: &Simulation) -> Option<Self> {
        let treasury = Arc::clone(simulation.treasury()?);
        let program = simulation.program();
        let name = |line: &LineInfo| match line.origin {
            LineOrigin::Written => {
                // A line without a category has that of its task.
                let of_task = task_of(line, program).and_then(|task| task.category.as_ref());
                line.category.as_ref().or(of_task).map_or_else(|| "Other".to_owned(), String::clone)
            }
            LineOrigin::Escalation => "Escalation".to_owned(),
            LineOrigin::Exchange => "Exchange rates".to_owned(),
        };
        let mut categories: Vec<String> = treasury.lines().map(name).collect();
        categories.push("Risks".to_owned());
        categories.sort_unstable();
        categories.dedup();
        let mut groups = vec![FlowGroup::Cost, FlowGroup::Capex, FlowGroup::Opex, FlowGroup::Benefit];
        groups.extend(categories.iter().cloned().map(FlowGroup::Category));
        let place = |name: &str| 4 + categories.partition_point(|category| category.as_str() < name);
        let of_line = treasury.lines().map(|line| {
            let kind = match line.kind {
                Some(SpendKind::Capex) => Some(1),
                Some(SpendKind::Opex) => Some(2),
                None => None,
            };
            kind.into_iter().chain([place(&name(line))]).collect()
        });
        let plan = simulation.plan().finish;
        let months = treasury.months();
        let planned = if plan == NEVER { months.len() } else { months.month_of(plan) };
        let expected = if treasury.benefits().len() > 0 { months.len() } else { planned * 3 / 2 + 12 };
        let per_block = groups.len() * expected.min(months.len()).max(1) * LANES;
        Some(Self {
            named: named(&treasury, simulation.program()),
            risks: place("Risks"),
            of_line: of_line.collect(),
            limit: ((VALUES / per_block) as u64).clamp(16, MOST_BLOCKS),
            treasury,
            groups,
            blocks: BTreeMap::new(),
        })
    }

    /// The money of the program.
    #[must_use]
    pub fn treasury(&self) -> &Treasury {
        &self.treasury
    }

    /// The parts of the cash flow.
    #[must_use]
    pub fn groups(&self) -> &[FlowGroup] {
        &self.groups
    }

    /// How many iterations are kept.
    #[must_use]
    pub fn iterations(&self) -> usize {
        self.blocks.len() * LANES
    }

    /// How many of the first blocks are kept.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// Whether the block with this index is kept.
    #[must_use]
    pub fn keeps(&self, block: u64) -> bool {
        block < self.limit
    }

    /// Keeps the block if it is one of the first.
    pub fn record(&mut self, block: &Block) {
        if !self.keeps(block.index) {
            return;
        }
        let treasury = Arc::clone(&self.treasury);
        let mut flows = Flows::new(&treasury);
        let mut entries: Vec<(usize, usize, usize, i64)> = Vec::new();
        flows.of_block(block, |lane, of, month, amount| match of {
            FlowOf::Benefit(_) => entries.push((lane, 3, month, amount)),
            FlowOf::Risks => entries.extend([(lane, 0, month, amount), (lane, self.risks, month, amount)]),
            FlowOf::Line(line) => {
                entries.push((lane, 0, month, amount));
                entries.extend(self.of_line[line].iter().map(|&group| (lane, group, month, amount)));
            }
        });
        let first_month = entries.iter().map(|entry| entry.2).min().unwrap_or(0);
        let end = entries.iter().map(|entry| entry.2 + 1).max().unwrap_or(0);
        let months = end.saturating_sub(first_month);
        let mut values = vec![0; self.groups.len() * months * LANES];
        for (lane, group, month, amount) in entries {
            values[(group * months + month - first_month) * LANES + lane] += amount;
        }
        let mut named = vec![0; self.named.len() * LANES];
        for ((_, _, lines), sums) in self.named.iter().zip(named.chunks_exact_mut(LANES)) {
            for &line in lines {
                let row = block.line_cost.row(line);
                sums.iter_mut().zip(row).for_each(|(sum, &amount)| *sum += amount);
            }
        }
        let has_case = treasury.has_case();
        let lane_case = |lane: usize| {
            let of = |group: usize, month: usize| values[(group * months + month) * LANES + lane];
            case(&treasury, first_month, (0..months).map(|month| (of(0, month), of(3, month))), block, lane)
        };
        let cases = if has_case { (0..LANES).map(lane_case).collect() } else { Vec::new() };
        let delayed = if has_case && treasury.benefits().len() > 0 {
            (0..=DELAYS).map(|delay| flows.delayed_worth(delay as i32)).collect()
        } else {
            Vec::new()
        };
        self.blocks.insert(block.index, Kept { first_month, months, values, named, cases, delayed });
    }

    /// Takes over what `other` kept.
    pub fn merge(&mut self, other: Self) {
        self.blocks.extend(other.blocks);
    }

    /// The months in which anything flows: the first, and the one after the last.
    #[must_use]
    pub fn months(&self) -> (usize, usize) {
        let some = || self.blocks.values().filter(|kept| kept.months > 0);
        let first = some().map(|kept| kept.first_month).min().unwrap_or(0);
        (first, some().map(|kept| kept.first_month + kept.months).max().unwrap_or(first))
    }

    /// The amounts of a group in a run of months, iteration by iteration.
    #[must_use]
    pub fn amounts(&self, group: usize, months: std::ops::Range<usize>) -> Vec<i64> {
        let mut sums = Vec::with_capacity(self.iterations());
        for kept in self.blocks.values() {
            let at = sums.len();
            sums.resize(at + LANES, 0);
            let from = months.start.max(kept.first_month);
            let to = months.end.min(kept.first_month + kept.months);
            for month in from..to {
                let row = (group * kept.months + month - kept.first_month) * LANES;
                let row = &kept.values[row..row + LANES];
                sums[at..].iter_mut().zip(row).for_each(|(sum, &amount)| *sum += amount);
            }
        }
        sums
    }

    /// The names of one kind, and what each comes to in every kept iteration; in the order of the names.
    pub fn named(&self, kind: LineGroup) -> impl Iterator<Item = (&str, Vec<i64>)> {
        let of_kind = self.named.iter().enumerate().filter(move |(_, group)| group.0 == kind);
        of_kind.map(|(at, (_, name, _))| {
            let amounts = self.blocks.values().flat_map(|kept| &kept.named[at * LANES..][..LANES]);
            (name.as_str(), amounts.copied().collect())
        })
    }

    /// Every kept iteration as an investment; none where nothing is discounted.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.blocks.values().flat_map(|kept| &kept.cases)
    }

    /// What the benefits are worth on average if they begin so many months later, minor units.
    #[must_use]
    pub fn delayed(&self, months: usize) -> Option<f64> {
        let sums = self.blocks.values().filter_map(|kept| kept.delayed.get(months));
        let (sum, count) = sums.fold((0_i128, 0), |(sum, count), one| (sum + one, count + LANES));
        (count > 0).then(|| sum as f64 / count as f64)
    }
}

/// The vendors of lines, or of the tasks that bear them, and their cost centres, with their lines.
fn named(treasury: &Treasury, program: &Program) -> Vec<(LineGroup, String, Vec<usize>)> {
    let mut named: BTreeMap<(LineGroup, String), Vec<usize>> = BTreeMap::new();
    for (at, line) in treasury.lines().enumerate() {
        let vendor = line.vendor.as_ref().or(task_of(line, program).and_then(|task| task.vendor.as_ref()));
        for (kind, name) in [(LineGroup::Vendor, vendor), (LineGroup::CostCentre, line.cost_centre.as_ref())]
        {
            if let Some(name) = name {
                named.entry((kind, name.clone())).or_default().push(at);
            }
        }
    }
    named.into_iter().map(|((kind, name), lines)| (kind, name, lines)).collect()
}

/// The task that bears a line, if one does.
fn task_of<'a>(line: &LineInfo, program: &'a Program) -> Option<&'a Task> {
    match line.on {
        Bearer::Task(task) => Some(&program.tasks()[task.index()]),
        Bearer::Project(_) | Bearer::Program => None,
    }
}

/// One iteration as an investment: costs and benefits by month.
fn case(
    treasury: &Treasury,
    first_month: usize,
    flows: impl Iterator<Item = (i64, i64)>,
    block: &Block,
    lane: usize,
) -> Case {
    let months = treasury.months();
    let mut net = Vec::new();
    let (mut cost, mut benefit, mut sum, mut peak) = (0_i64, 0_i64, 0_i64, 0_i64);
    let mut stays_from = None;
    for (month, (spent, won)) in flows.enumerate() {
        let end = months.end(first_month + month);
        (cost, benefit, sum) = (cost + spent, benefit + won, sum + won - spent);
        peak = peak.max(-sum);
        if sum < 0 {
            stays_from = None;
        } else if stays_from.is_none() {
            stays_from = Some(end);
        }
        net.push((Instant(end).day() - 1, won - spent));
    }
    let share = |of: i64, per: i64| (per > 0).then(|| of as f64 / per as f64);
    Case {
        irr: internal_rate(&net),
        roi: share(benefit - cost, cost),
        bcr: share(block.benefit_worth[lane], block.cost_worth[lane]),
        // Without costs there is nothing to pay back.
        payback: stays_from.filter(|_| peak > 0),
        peak,
    }
}
