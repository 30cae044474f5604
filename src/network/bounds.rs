//! How far calendars must reach: the worst case, bounded from above.
//!
//! The bound holds for every duration up to the worst one, not only for the worst one itself: where an FF
//! link holds back a finish, a *shorter* task starts later, so starts and finishes are bounded apart.

use super::compile::Network;
use super::error::CompileError;
use super::gates::share_of;
use super::inputs::Inputs;
use super::node::{Amount, Edge, Gate, UNBOUND, UNLIMITED};
use super::tables::TableList;
use crate::calendar::{WindowTable, WorkTable};
use crate::model::{ConstraintKind, LinkIx, Program, TaskIx};
use crate::units::Instant;

/// 5900-01-01: nothing may go on after it. 32-bit minutes end in 6053.
const LIMIT: Instant = Instant(2_066_980_320);
/// 100 years, the longest duration and lag (semantics, section 10).
const CENTURY: i32 = 52_596_000;
/// Days beyond the worst case, so that what follows the last finish is still a working minute of the
/// calendar.
const MARGIN_DAYS: i32 = 400;
/// Minutes in a day.
const DAY: i32 = 1_440;
/// How many tasks an error names.
const NAMED: usize = 5;

/// Refuses inputs of another shape and numbers out of range.
pub(super) fn check_inputs(program: &Program, worst: &Inputs) -> Result<(), CompileError> {
    let expected = program.tasks().len() + program.links().len();
    let found = worst.duration_minutes.len() + worst.lag_minutes.len();
    if expected != found || program.tasks().len() != worst.duration_minutes.len() {
        return Err(CompileError::WrongShape { expected, found });
    }
    for (at, &minutes) in worst.duration_minutes.iter().enumerate() {
        if !(0..=CENTURY).contains(&minutes) {
            return Err(CompileError::DurationOutOfRange { task: TaskIx::new(at), minutes });
        }
    }
    for (at, &minutes) in worst.lag_minutes.iter().enumerate() {
        if minutes.unsigned_abs() > CENTURY as u32 {
            return Err(CompileError::LagTooLong { link: LinkIx::new(at), minutes: i64::from(minutes) });
        }
    }
    Ok(())
}

/// Builds the tables over a range of days that the worst case does not leave.
pub(super) fn cover(
    program: &Program,
    network: &mut Network,
    list: &TableList,
    worst: &Inputs,
) -> Result<(), CompileError> {
    // Money may count working time from the start of a program that is under way.
    let mut first_day = network.origin.day().min(program.start().day()) - 31;
    let mut last_day = network.origin.day() + 2 * MARGIN_DAYS;
    loop {
        network.tables = list.build(program, first_day, last_day);
        network.windows = list.windows(program, &network.tables, first_day, last_day);
        let bounds = Bounds::of(network, worst);
        let latest = bounds.latest();
        if latest >= LIMIT.0 || network.origin >= LIMIT {
            return Err(CompileError::TooLate { limit: LIMIT, longest: bounds.longest(worst) });
        }
        let earliest = earliest_needed(program, network.origin, latest);
        let wanted_first = earliest.div_euclid(DAY) - 31;
        let wanted_last = latest.div_euclid(DAY) + MARGIN_DAYS;
        if first_day <= wanted_first && wanted_last <= last_day {
            return Ok(());
        }
        first_day = first_day.min(wanted_first);
        // Outside the tables time runs round the clock, so that what is wanted now is only a lower bound of
        // what will be wanted: grow by doubling, or the number of rounds would have no bound.
        if wanted_last > last_day {
            let doubled = last_day.saturating_mul(2).saturating_sub(network.origin.day());
            last_day = wanted_last.max(doubled).min(LIMIT.day() + MARGIN_DAYS);
        }
    }
}

/// The earliest instant whose calendar matters.
///
/// Leads reach before the beginning of the program, too, but nothing starts there: it is enough that the
/// tables are monotone where they do not cover.
fn earliest_needed(program: &Program, origin: Instant, latest: i32) -> i32 {
    let late_dates = program.tasks().iter().flat_map(|task| {
        let late = task.constraints.iter().filter(|constraint| {
            !matches!(
                constraint.kind,
                ConstraintKind::StartNoEarlierThan | ConstraintKind::FinishNoEarlierThan
            )
        });
        late.map(|constraint| constraint.at.0).chain(task.deadline.map(|at| at.0))
    });
    // Late dates reach back from a late constraint about as far as the work before it lasts.
    let span = latest.saturating_sub(origin.0);
    let first = super::actual::earliest(program).map_or(origin.0, |start| start.min(origin.0));
    late_dates.map(|at| at.min(origin.0).saturating_sub(span)).fold(first, i32::min)
}

/// Upper bounds of start and finish of a task of at most `d` minutes that its windows let begin at or after
/// the place `first`, while as many others may take places before it.
///
/// Where a window may open only after the range, the bound lies beyond the range, so that it grows.
fn window_bounds(
    windows: &WindowTable,
    table: &WorkTable,
    first: i32,
    d: i32,
    competitors: u32,
) -> (i32, i32) {
    // Longer tasks have no window; those that have one are placed no later than the longest of them.
    let d = if windows.is_fit() { d.min(windows.longest_minutes()) } else { d };
    let full = windows.capacity().map_or(0, |capacity| competitors / capacity.max(1));
    let mut found = windows.first_slot(first, d);
    for _ in 0..full {
        found = found.and_then(|slot| windows.first_slot_from(slot.window + 1, first, d));
    }
    match found {
        Some(slot) => {
            let window = windows.windows()[slot.window];
            let finish = table.finish_at(slot.work.saturating_add(d)).0;
            (table.start_at(slot.work).0.max(window.latest.0), finish.max(window.latest.0))
        }
        None if windows.is_complete() || table.ends().0.saturating_sub(table.start_at(first).0) > CENTURY => {
            let last = windows.windows().last().map_or(UNBOUND, |window| window.closes.0);
            let finish = windows.windows().last().map_or(UNBOUND, |window| {
                if windows.is_fit() { last } else { table.finish_at(window.end.saturating_add(d)).0 }
            });
            (last, finish)
        }
        None => (table.ends().0, table.ends().0),
    }
}

/// Upper bounds of all dates, and through which edge each bound came.
struct Bounds {
    start: Vec<i32>,
    finish: Vec<i32>,
    by: Vec<Option<u32>>,
    /// Number of tasks; the nodes after them are gates.
    tasks: usize,
    /// How many tasks compete for places in windows.
    competitors: u32,
}

impl Bounds {
    fn of(network: &Network, worst: &Inputs) -> Self {
        let nodes = network.order.len();
        let mut bounds = Self {
            start: vec![UNBOUND; nodes],
            finish: vec![UNBOUND; nodes],
            by: vec![None; nodes],
            tasks: network.rules.len(),
            competitors: network.rules.iter().filter(|rule| rule.in_train).count() as u32,
        };
        for &node in &network.order {
            bounds.visit(network, node as usize, worst);
        }
        bounds
    }

    fn visit(&mut self, network: &Network, node: usize, worst: &Inputs) {
        let (mut ready, mut finish_ready, mut latest) = (UNBOUND, UNBOUND, UNBOUND);
        let mut earliest = UNLIMITED;
        for edge in network.entering(node) {
            let t = self.arrival(network, edge, worst);
            if t > latest {
                latest = t;
                self.by[node] = Some(edge.from);
            }
            earliest = earliest.min(t);
            if edge.holds_finish {
                finish_ready = finish_ready.max(t);
            } else {
                ready = ready.max(t);
            }
        }
        let Some(rule) = network.rules.get(node) else {
            let t = match network.gates[node - self.tasks] {
                Gate::Latest | Gate::Decision(_) => latest,
                // Without those that do not exist, the earliest may be any.
                Gate::Earliest if network.entering(node).iter().any(|e| network.presence.touches(e)) => {
                    latest
                }
                Gate::Earliest => earliest,
            };
            self.start[node] = t;
            self.finish[node] = t;
            return;
        };
        if let (Some(start), Some(finish)) = (rule.started, rule.finished) {
            (self.start[node], self.finish[node]) = (start, finish);
            return;
        }
        let (ready, finish_ready) = (ready.max(rule.ready_floor), finish_ready.max(rule.finish_floor));
        let ready = ready.max(worst.held_until(node));
        let table = &network.tables[rule.clock as usize];
        let d = worst.duration_minutes[node];
        let by_start = table.worked(Instant(ready));
        let by_finish = table.worked(Instant(finish_ready));
        // An event stays where it is ready, so that the bounds are at least the instants themselves.
        let held = ready.max(finish_ready);
        let first = by_start.max(by_finish);
        let last = by_start.saturating_add(d).max(by_finish);
        self.start[node] = table.start_at(first).0.max(held);
        self.finish[node] = table.finish_at(last).0.max(held);
        if rule.in_windows
            && let Some(windows) = &network.windows[rule.clock as usize]
        {
            let (start, finish) = window_bounds(windows, table, first, d, self.competitors);
            self.start[node] = self.start[node].max(start);
            self.finish[node] = self.finish[node].max(finish);
        }
        // Work confined to windows that end is over when they end.
        self.start[node] = self.start[node].min(rule.last_work.max(held));
        self.finish[node] = self.finish[node].min(rule.last_work.max(held));
    }

    /// The latest instant that an edge can bring.
    fn arrival(&self, network: &Network, edge: &Edge, worst: &Inputs) -> i32 {
        let minutes = match edge.amount {
            Amount::None => 0,
            Amount::Fixed(minutes) => minutes,
            Amount::Drawn(link) => worst.lag_minutes[link as usize],
            Amount::Share { share, task } => share_of(share, worst.duration_minutes[task as usize]).max(0),
            Amount::SpanShare { share, last, .. } => {
                share_of(share, self.finish[last as usize].saturating_sub(network.origin.0)).max(0)
            }
        };
        let from = edge.from as usize;
        let t = if edge.leaves_start { self.start[from] } else { self.finish[from] };
        let shifted = network.shifted(t, minutes, edge.clock);
        // Where an end of it does not exist, a link has no lag, and no lead either.
        if network.presence.touches(edge) { shifted.max(t) } else { shifted }
    }

    /// The latest bound of all.
    fn latest(&self) -> i32 {
        self.finish.iter().chain(&self.start).fold(UNBOUND, |latest, &t| latest.max(t))
    }

    /// The largest durations on the chain that leads to the latest finish.
    fn longest(&self, worst: &Inputs) -> Vec<(TaskIx, i32)> {
        let mut at = (0..self.finish.len()).max_by_key(|&node| (self.finish[node], std::cmp::Reverse(node)));
        let mut chain = Vec::new();
        while let Some(node) = at {
            if node < self.tasks {
                chain.push((TaskIx::new(node), worst.duration_minutes[node]));
            }
            at = self.by[node].map(|from| from as usize);
        }
        chain.sort_by_key(|&(task, minutes)| (std::cmp::Reverse(minutes), task));
        chain.truncate(NAMED);
        chain
    }
}
