//! Loops become rows: every pass that a test may need is a task of its own, which exists if the passes
//! before it have failed.
//!
//! Pass 1 is the work as planned. For every further pass there is a copy of the work between the entry and
//! the test, tied by copies of the links within it; its entry follows the test of the pass before, or the
//! rollback between them. A milestone stands for the test that has passed: what followed the finish of the
//! test follows that instead. Other work within the loop hands over after its first pass.
//!
//! A percentage that a risk adds to repeated work is added in every pass, and a driver stretches every pass;
//! minutes that a risk adds are lost once.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Chance, ChanceIx, Condition, Constraint, ConstraintKind, CostAmount, CostLine, DelayImpact, Endpoint,
    Estimate, Impact, Lag, Link, LinkKind, MilestoneKind, Need, Program, Repeat, RepeatKind, Rework, Risk,
    Scope, Task, TaskIx, TaskKind,
};

/// Why a loop cannot be laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tangle {
    /// No path leads from the entry to the test.
    Unreachable,
    /// Two loops share work, and neither lies within the other.
    Overlap(usize, usize),
}

/// Replaces the loops of a program by the tasks that they stand for; the errors name loops by position.
pub(super) fn unroll(program: &mut Program, loops: &[Rework]) -> Result<(), Vec<(usize, Tangle)>> {
    let bodies: Vec<BTreeSet<TaskIx>> = loops.iter().map(|one| body(program, one)).collect();
    let mut tangles: Vec<(usize, Tangle)> = Vec::new();
    for (at, own) in bodies.iter().enumerate() {
        if own.is_empty() {
            tangles.push((at, Tangle::Unreachable));
        }
        for (other, more) in bodies.iter().enumerate().skip(at + 1) {
            let nested = |inner: &BTreeSet<TaskIx>, outer: &BTreeSet<TaskIx>| {
                inner.is_subset(outer) && loops[at].test != loops[other].test
            };
            if !own.is_disjoint(more) && !nested(own, more) && !nested(more, own) {
                tangles.push((other, Tangle::Overlap(at, other)));
            }
        }
    }
    if !tangles.is_empty() {
        return Err(tangles);
    }
    // Inner loops first: the outer ones then repeat them whole.
    let mut order: Vec<usize> = (0..loops.len()).collect();
    order.sort_by_key(|&at| (bodies[at].len(), at));
    let mut copies: BTreeMap<TaskIx, Vec<TaskIx>> = BTreeMap::new();
    let mut failures = BTreeSet::new();
    for at in order {
        Unrolling { program, copies: &mut copies, failures: &mut failures }.unroll(&loops[at]);
    }
    extend_shares(&mut program.risks, &copies);
    for driver in &mut program.drivers {
        driver.targets = with_copies(&driver.targets, &copies);
        driver.targets.sort_unstable();
    }
    Ok(())
}

/// The tasks on the paths from the entry of a loop to its test; empty if there is none.
fn body(program: &Program, one: &Rework) -> BTreeSet<TaskIx> {
    let tasks = program.tasks.len();
    let edges = super::cycle::edges(&program.projects, &program.tasks, &program.links);
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
    let mut ahead: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
    for (from, leaving) in edges.iter().enumerate() {
        for &(to, _) in leaving {
            ahead[from].push(to);
            back[to].push(from);
        }
    }
    let after = reach(&ahead, one.entry.index());
    let before = reach(&back, one.test.index());
    if !after[one.test.index()] {
        return BTreeSet::new();
    }
    (0..tasks).filter(|&task| after[task] && before[task]).map(TaskIx::new).collect()
}

pub(super) fn reach(edges: &[Vec<usize>], from: usize) -> Vec<bool> {
    let mut seen = vec![false; edges.len()];
    let mut open = vec![from];
    seen[from] = true;
    while let Some(node) = open.pop() {
        for &next in &edges[node] {
            if !seen[next] {
                seen[next] = true;
                open.push(next);
            }
        }
    }
    seen
}

/// The laying out of one loop.
struct Unrolling<'a> {
    program: &'a mut Program,
    /// By task: those that repeat it.
    copies: &'a mut BTreeMap<TaskIx, Vec<TaskIx>>,
    /// The chances that are failures of tests, which repeated loops draw anew.
    failures: &'a mut BTreeSet<ChanceIx>,
}

impl Unrolling<'_> {
    fn unroll(&mut self, one: &Rework) {
        let body: Vec<TaskIx> = body(self.program, one).into_iter().collect();
        let within: Vec<Link> = self.links_within(&body);
        let test_needs = self.needs_of(one.test);
        let mut failed: Vec<Need> = test_needs.clone();
        let mut tests = vec![one.test];
        for pass in 2..=one.passes() {
            failed.push(self.failure(one, pass - 1));
            // A loop around others says whose pass it is: theirs have the short names.
            let around = body.iter().any(|task| self.program.tasks[task.index()].repeat.is_some());
            let whose = if around { format!("/{}", one.id) } else { String::new() };
            let tag = |id: &str| format!("{id}{whose}/pass/{pass}");
            let redrawn = self.redraw(&body, one, pass);
            // Copies are added in the order of the body.
            let first = self.program.tasks.len();
            let own: BTreeMap<TaskIx, TaskIx> =
                body.iter().zip(first..).map(|(&task, at)| (task, TaskIx::new(at))).collect();
            for &task in &body {
                self.copy(task, &tag, (one, pass), &failed, (&redrawn, &own));
            }
            let last = *tests.last().expect("a loop has its first test from the beginning");
            let mut before = last;
            if let Some(rollback) = &one.rollback {
                before = self.rollback(one, rollback, pass, &failed);
                self.program.links.push(Link::finish_to_start(last, before));
            }
            self.program.links.push(Link::finish_to_start(before, own[&one.entry]));
            for link in &within {
                if let (Endpoint::Task(from), Endpoint::Task(to)) = (link.from, link.to) {
                    let (from, to) = (Endpoint::Task(own[&from]), Endpoint::Task(own[&to]));
                    self.program.links.push(Link { from, to, ..link.clone() });
                }
            }
            tests.push(own[&one.test]);
        }
        let never = one.unfinished.then(|| {
            failed.push(self.failure(one, one.passes()));
            Condition::all(failed.iter().copied())
        });
        self.finish(one, &tests, test_needs, never);
    }

    /// The links within a body, those of projects as links of their tasks in it. The earliest start of a
    /// project holds back nothing in a repeated pass.
    fn links_within(&self, body: &[TaskIx]) -> Vec<Link> {
        let ends = |end: Endpoint| -> Vec<TaskIx> {
            match end {
                Endpoint::Task(task) => body.iter().copied().filter(|&own| own == task).collect(),
                Endpoint::Project(project) => {
                    let inside = |task: &TaskIx| {
                        let own = self.program.tasks[task.index()].project;
                        own.is_some_and(|own| self.program.is_within(own, project))
                    };
                    body.iter().copied().filter(inside).collect()
                }
            }
        };
        let mut within = Vec::new();
        for link in &self.program.links {
            let starts = matches!(link.kind, LinkKind::SS | LinkKind::SF);
            if starts && matches!(link.from, Endpoint::Project(_)) {
                continue;
            }
            for from in ends(link.from) {
                for to in ends(link.to) {
                    within.push(Link { from: Endpoint::Task(from), to: Endpoint::Task(to), ..link.clone() });
                }
            }
        }
        within
    }

    fn needs_of(&self, task: TaskIx) -> Vec<Need> {
        let exists = self.program.tasks[task.index()].exists;
        exists.map_or(Vec::new(), |ix| self.program.conditions[ix.index()].needs().to_vec())
    }

    /// The need that a pass of the test fails.
    fn failure(&mut self, one: &Rework, pass: u32) -> Need {
        let p = one.fail.get(pass as usize - 1).map_or(0.0, |p| p.get());
        let key = format!("rework/{}/pass/{pass}/fails", one.id);
        let chance = self.chance(Chance { key, from: 0.0, to: p, plan: false });
        self.failures.insert(chance);
        Need::Chance { chance, happens: true }
    }

    fn chance(&mut self, chance: Chance) -> ChanceIx {
        self.program.chances.push(chance);
        ChanceIx::new(self.program.chances.len() - 1)
    }

    /// Failures of loops within the body, which every pass draws anew.
    fn redraw(&mut self, body: &[TaskIx], one: &Rework, pass: u32) -> BTreeMap<ChanceIx, ChanceIx> {
        let mut used = BTreeSet::new();
        for &task in body {
            let task = &self.program.tasks[task.index()];
            for condition in [task.exists, task.never].into_iter().flatten() {
                for need in self.program.conditions[condition.index()].needs() {
                    if let Need::Chance { chance, .. } = need
                        && self.failures.contains(chance)
                    {
                        used.insert(*chance);
                    }
                }
            }
        }
        let mut redrawn = BTreeMap::new();
        for old in used {
            let known = self.program.chances[old.index()].clone();
            let new = self.chance(Chance { key: format!("{}/{}/pass/{pass}", known.key, one.id), ..known });
            self.failures.insert(new);
            redrawn.insert(old, new);
        }
        redrawn
    }

    /// One task once more.
    fn copy(
        &mut self,
        of: TaskIx,
        tag: &impl Fn(&str) -> String,
        (one, pass): (&Rework, u32),
        failed: &[Need],
        (redrawn, own): (&BTreeMap<ChanceIx, ChanceIx>, &BTreeMap<TaskIx, TaskIx>),
    ) {
        let (fraction, test) = (one.fraction_of(pass), one.test);
        let mut task = self.program.tasks[of.index()].clone();
        task.id = tag(&task.id);
        task.name = format!("{}, pass {pass}", task.name);
        if let TaskKind::Work { duration, .. } = &mut task.kind {
            *duration = scaled(duration, fraction);
        }
        task.costs = task.costs.iter().map(|line| scaled_line(line, fraction)).collect();
        // Late dates and deadlines were promised of the first pass, or of the test that has passed.
        task.deadline = None;
        task.constraints.retain(is_earliest);
        let renewed = |needs: &[Need]| -> Vec<Need> {
            let renew = |need: &Need| match *need {
                Need::Chance { chance, happens } => {
                    Need::Chance { chance: redrawn.get(&chance).copied().unwrap_or(chance), happens }
                }
                // What awaits a date or a cost of the pass asks the copy in the same pass.
                other => other.of(|end| match end {
                    Endpoint::Task(task) => Endpoint::Task(own.get(&task).copied().unwrap_or(task)),
                    project @ Endpoint::Project(_) => project,
                }),
            };
            needs.iter().map(renew).collect()
        };
        let own = renewed(&self.needs_of(of));
        task.exists = Some(self.condition(Condition::all(own.into_iter().chain(failed.iter().copied()))));
        if let Some(never) = task.never {
            let needs = renewed(self.program.conditions[never.index()].needs());
            task.never = Some(self.condition(Condition::all(needs)));
        }
        task.repeat = Some(match task.repeat {
            Some(Repeat { of, kind: RepeatKind::Rollback, .. }) => {
                Repeat { of, pass, kind: RepeatKind::Rollback, test }
            }
            Some(Repeat { of, .. }) => Repeat { of, pass, kind: RepeatKind::Work, test },
            None => Repeat { of, pass, kind: RepeatKind::Work, test },
        });
        let ix = self.add(task);
        self.copies.entry(of).or_default().push(ix);
    }

    fn rollback(&mut self, one: &Rework, rollback: &super::Rollback, pass: u32, failed: &[Need]) -> TaskIx {
        let test = &self.program.tasks[one.test.index()];
        let id = format!("{}/rollback/{pass}", test.id);
        let mut task = Task::work(id, rollback.duration.clone(), rollback.calendar);
        task.name = format!("{}, rollback before pass {pass}", test.name);
        task.project = test.project;
        task.owner.clone_from(&test.owner);
        task.category.clone_from(&test.category);
        task.costs.clone_from(&rollback.costs);
        task.repeat = Some(Repeat { of: one.test, pass, kind: RepeatKind::Rollback, test: one.test });
        task.exists = Some(self.condition(Condition::all(failed.iter().copied())));
        self.add(task)
    }

    /// The milestone of the test that has passed, and everything that waits for it.
    fn finish(&mut self, one: &Rework, tests: &[TaskIx], needs: Vec<Need>, never: Option<Condition>) {
        let exists = if needs.is_empty() { None } else { Some(self.condition(Condition::all(needs))) };
        let never = never.map(|never| self.condition(never));
        let test = &mut self.program.tasks[one.test.index()];
        let mut task = Task::milestone(format!("{}/passed", test.id), test.calendar);
        task.kind = TaskKind::Milestone(MilestoneKind::Finish);
        task.name = format!("{}, passed", test.name);
        task.project = test.project;
        task.deadline = test.deadline.take();
        task.owner.clone_from(&test.owner);
        task.category.clone_from(&test.category);
        task.repeat = Some(Repeat { of: one.test, pass: 0, kind: RepeatKind::Passed, test: one.test });
        (task.exists, task.never) = (exists, never);
        let passed = self.add(task);
        // Copies of the test are tied within the loop; what follows the finish of the first follows the last.
        let first = *tests.first().expect("a loop has its first test from the beginning");
        let inner: BTreeSet<TaskIx> = self
            .program
            .tasks
            .iter()
            .enumerate()
            .filter(|(_, task)| task.repeat.is_some_and(|r| r.is_extra()))
            .map(|(at, _)| TaskIx::new(at))
            .collect();
        for link in &mut self.program.links {
            let leaves_finish = matches!(link.kind, LinkKind::FS | LinkKind::FF);
            let stays = matches!(link.to, Endpoint::Task(to) if inner.contains(&to));
            if link.from == Endpoint::Task(first) && leaves_finish && !stays {
                link.from = Endpoint::Task(passed);
            }
        }
        // So does whoever asks when it finishes.
        for condition in self.program.conditions.iter_mut().filter(|condition| condition.awaits()) {
            let last = |need: &Need| match *need {
                Need::Finish { of: Endpoint::Task(test), after, later } if test == first => {
                    Need::Finish { of: Endpoint::Task(passed), after, later }
                }
                other => other,
            };
            *condition = Condition::all(condition.needs().iter().map(last));
        }
        for &test in tests {
            self.program.links.push(Link {
                from: Endpoint::Task(test),
                to: Endpoint::Task(passed),
                kind: LinkKind::FS,
                lag: Lag::none(),
            });
        }
        if self.program.finish == Some(first) {
            self.program.finish = Some(passed);
        }
        if let Some(finance) = &mut self.program.finance {
            finance.move_finish(first, passed);
        }
        for target in &mut self.program.targets {
            if target.scope == Scope::Milestone(first) {
                target.scope = Scope::Milestone(passed);
            }
        }
    }

    fn add(&mut self, task: Task) -> TaskIx {
        self.program.tasks.push(task);
        TaskIx::new(self.program.tasks.len() - 1)
    }

    fn condition(&mut self, condition: Condition) -> super::ConditionIx {
        super::condition::number(&mut self.program.conditions, condition)
    }
}

fn is_earliest(constraint: &Constraint) -> bool {
    matches!(constraint.kind, ConstraintKind::StartNoEarlierThan | ConstraintKind::FinishNoEarlierThan)
}

/// A fraction of an estimate.
fn scaled(estimate: &Estimate, fraction: f64) -> Estimate {
    // No law refuses a finite factor above zero, and zero is a certain value.
    match estimate.law.scaled(fraction) {
        Ok(law) if fraction > 0.0 => Estimate { law, plan: estimate.plan * fraction },
        _ => Estimate::certain(estimate.plan * fraction),
    }
}

/// A fraction of a lump sum; rates follow the duration.
fn scaled_line(line: &CostLine, fraction: f64) -> CostLine {
    let amount = match &line.amount {
        CostAmount::Lump(estimate) => CostAmount::Lump(scaled(estimate, fraction)),
        rate => rate.clone(),
    };
    CostLine { amount, ..line.clone() }
}

/// Tasks with everything that repeats them.
fn with_copies(targets: &[TaskIx], copies: &BTreeMap<TaskIx, Vec<TaskIx>>) -> Vec<TaskIx> {
    let mut found: Vec<TaskIx> = targets.to_vec();
    let mut at = 0;
    while let Some(task) = found.get(at).copied() {
        found.extend(copies.get(&task).into_iter().flatten());
        at += 1;
    }
    found
}

/// Lets percentages of durations and costs, and cancellations, apply to repeated work as well.
fn extend_shares(risks: &mut [Risk], copies: &BTreeMap<TaskIx, Vec<TaskIx>>) {
    for risk in risks {
        let residual = risk.response.as_mut().map(|response| &mut response.residual.impacts);
        for impacts in [Some(&mut risk.levels.impacts), residual].into_iter().flatten() {
            let mut apart = Vec::new();
            for impact in impacts.iter_mut() {
                let targets = with_copies(&impact.targets, copies);
                if !matches!(impact.delay, Some(DelayImpact::Share(_) | DelayImpact::Stop(_)))
                    || targets == impact.targets
                {
                    continue;
                }
                // The cost stays with the first pass: the same key keeps the draws.
                if impact.cost.is_some() {
                    apart.push(Impact { delay: None, ..impact.clone() });
                    impact.cost = None;
                }
                impact.targets = targets;
            }
            impacts.extend(apart);
        }
    }
}
