//! Random programs with everything in them: calendars, windows, every link type, risks, costs.

use p80::calendar::{Calendar, WindowMode, WindowRule, Windows};
use p80::dist::{Law, Reading};
use p80::model::{
    Combine, Constraint, ConstraintKind, CostAmount, CostImpact, CostLine, DelayImpact, Driver, DriverLevels,
    Endpoint, Estimate, Impact, Lag, LagAmount, LagClock, Link, LinkKind, Program, ProgramBuilder, Project,
    ProjectIx, Risk, RiskLevels, RiskStatus, Task, TaskIx,
};
use p80::units::{Instant, Probability};
use proptest::prelude::*;

/// A program that can be built in several ways.
#[derive(Clone, Debug)]
pub struct Plan {
    tasks: Vec<TaskPlan>,
    links: Vec<LinkPlan>,
    risks: Vec<RiskPlan>,
    drivers: Vec<DriverPlan>,
    reversed: bool,
    unrelated: bool,
}

#[derive(Clone, Debug)]
struct TaskPlan {
    /// A milestone when 0 days long.
    days: u32,
    skew: f64,
    calendar: u32,
    project: u32,
    cost: Option<f64>,
    rate: Option<f64>,
    not_before: Option<i32>,
    late: bool,
}

#[derive(Clone, Debug)]
struct LinkPlan {
    from: usize,
    to: usize,
    kind: LinkKind,
    lag_days: i32,
    uncertain: bool,
    clock: LagClock,
}

#[derive(Clone, Debug)]
struct RiskPlan {
    probability: f64,
    on: Vec<usize>,
    days: f64,
    share: bool,
    per_task: bool,
    group: Option<u8>,
    cost: Option<f64>,
}

#[derive(Clone, Debug)]
struct DriverPlan {
    probability: f64,
    on: Vec<usize>,
    low: f64,
    group: Option<u8>,
}

/// Random plans of up to so many tasks.
pub fn plans(most: usize) -> impl Strategy<Value = Plan> {
    let task = (
        0_u32..20,
        0.1_f64..2.0,
        0_u32..4,
        0_u32..3,
        prop::option::of(10.0_f64..1e6),
        prop::option::of(0.01_f64..5.0),
        prop::option::weighted(0.2, 0_i32..60),
        prop::bool::weighted(0.1),
    );
    let task = task.prop_map(|(days, skew, calendar, project, cost, rate, not_before, late)| TaskPlan {
        days,
        skew,
        calendar,
        project,
        cost,
        rate,
        not_before,
        late,
    });
    let kind =
        prop::sample::select(vec![LinkKind::FS, LinkKind::FS, LinkKind::SS, LinkKind::FF, LinkKind::SF]);
    let clock = prop::sample::select(vec![
        LagClock::Successor,
        LagClock::Predecessor,
        LagClock::Program,
        LagClock::Elapsed,
    ]);
    let link = (0_usize..most, 0_usize..most, kind, -2_i32..6, prop::bool::weighted(0.2), clock);
    let link = link.prop_map(|(from, to, kind, lag_days, uncertain, clock)| LinkPlan {
        from,
        to,
        kind,
        lag_days,
        uncertain,
        clock,
    });
    let risk = (
        0.0_f64..=1.0,
        prop::collection::vec(0_usize..most, 1..4),
        -3.0_f64..15.0,
        any::<bool>(),
        any::<bool>(),
        prop::option::weighted(0.4, 0_u8..2),
        prop::option::of(100.0_f64..1e5),
    );
    let risk = risk.prop_map(|(probability, on, days, share, per_task, group, cost)| RiskPlan {
        probability,
        on,
        days,
        share,
        per_task,
        group,
        cost,
    });
    let driver = (
        0.0_f64..=1.0,
        prop::collection::vec(0_usize..most, 1..5),
        0.6_f64..1.2,
        prop::option::weighted(0.5, 0_u8..2),
    );
    let driver = driver.prop_map(|(probability, on, low, group)| DriverPlan { probability, on, low, group });
    (
        prop::collection::vec(task, 1..=most),
        prop::collection::vec(link, 0..2 * most),
        prop::collection::vec(risk, 0..6),
        prop::collection::vec(driver, 0..5),
    )
        .prop_map(|(tasks, links, risks, drivers)| Plan {
            tasks,
            links,
            risks,
            drivers,
            reversed: false,
            unrelated: false,
        })
}

impl Plan {
    /// One particular program.
    #[must_use]
    pub fn fixed() -> Self {
        let task = |days, calendar| TaskPlan {
            days,
            skew: 1.5,
            calendar,
            project: days % 3,
            cost: Some(f64::from(days) * 1_000.0),
            rate: Some(0.5),
            not_before: None,
            late: false,
        };
        let link = |from, to, kind| LinkPlan {
            from,
            to,
            kind,
            lag_days: 1,
            uncertain: true,
            clock: LagClock::Successor,
        };
        let risk = |on, group| RiskPlan {
            probability: 0.4,
            on,
            days: 5.0,
            share: false,
            per_task: true,
            group,
            cost: Some(5_000.0),
        };
        Self {
            tasks: vec![task(5, 0), task(10, 1), task(15, 2), task(0, 1), task(8, 3)],
            links: vec![
                link(0, 1, LinkKind::FS),
                link(0, 2, LinkKind::SS),
                link(1, 3, LinkKind::FF),
                link(2, 4, LinkKind::FS),
                link(3, 4, LinkKind::SF),
            ],
            risks: vec![risk(vec![1, 2], None), risk(vec![2, 4], Some(1)), risk(vec![4], Some(1))],
            drivers: Vec::new(),
            reversed: false,
            unrelated: false,
        }
    }

    /// The same program with its tasks, links and risks written in reverse order.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { reversed: true, ..self.clone() }
    }

    /// The same program with one more task that nothing is linked to.
    #[must_use]
    pub fn with_unrelated_task(&self) -> Self {
        Self { unrelated: true, ..self.clone() }
    }

    /// Builds it.
    #[must_use]
    pub fn build(&self) -> Program {
        let start: Instant = "2027-01-11".parse().unwrap();
        let mut builder = ProgramBuilder::new("random", start, "EUR".parse().unwrap());
        let standard = builder.calendar("standard", Calendar::standard());
        let around = builder.calendar("24x7", Calendar::round_the_clock());
        let windows = |mode| Windows { mode, rule: every_other_week(), capacity: None };
        let start_window = builder.calendar(
            "start",
            Calendar { windows: Some(windows(WindowMode::Start)), ..Calendar::standard() },
        );
        let pause_window = builder.calendar(
            "pause",
            Calendar { windows: Some(windows(WindowMode::Pause)), ..Calendar::standard() },
        );
        let calendars = [standard, around, start_window, pause_window];
        let projects: Vec<ProjectIx> = ["p1", "p2"]
            .into_iter()
            .map(|id| {
                builder.project(Project {
                    id: id.into(),
                    name: id.into(),
                    parent: None,
                    owner: None,
                    costs: Vec::new(),
                })
            })
            .collect();

        let mut placed = vec![TaskIx(0); self.tasks.len()];
        for at in order(self.tasks.len(), self.reversed) {
            placed[at] = builder.task(self.task(at, &calendars, &projects, start));
        }
        if self.unrelated {
            builder.task(Task::work("unrelated", estimate(Law::uniform(480.0, 960.0).unwrap()), standard));
        }
        for at in order(self.links.len(), self.reversed) {
            if let Some(link) = self.link(at, &placed) {
                builder.link(link);
            }
        }
        for at in order(self.risks.len(), self.reversed) {
            builder.risk(self.risk(at, &placed));
        }
        for at in order(self.drivers.len(), self.reversed) {
            builder.driver(self.driver(at, &placed));
        }
        builder.build().unwrap()
    }

    fn driver(&self, at: usize, placed: &[TaskIx]) -> Driver {
        let plan = &self.drivers[at];
        Driver {
            id: format!("D{at}"),
            title: format!("Driver {at}"),
            levels: DriverLevels {
                probability: Probability::new(plan.probability).unwrap(),
                factor: estimate(Law::uniform(plan.low, plan.low + 0.5).unwrap()),
            },
            targets: plan.on.iter().map(|on| placed[on % placed.len()]).collect(),
            combine: plan.group.map_or(Combine::Series, |group| Combine::Parallel(format!("d{group}"))),
            response: None,
            owner: None,
            category: None,
        }
    }

    fn task(
        &self,
        at: usize,
        calendars: &[p80::model::CalendarIx],
        projects: &[ProjectIx],
        start: Instant,
    ) -> Task {
        let plan = &self.tasks[at];
        let id = format!("t{at}");
        let calendar = calendars[plan.calendar as usize];
        let minutes = f64::from(plan.days) * 480.0;
        let mut task = if plan.days == 0 {
            Task::milestone(id, calendar)
        } else {
            let high = minutes * (1.0 + plan.skew);
            Task::work(
                id,
                estimate(Law::pert(minutes * 0.7, minutes, high, Reading::Ends).unwrap()),
                calendar,
            )
        };
        task.project = projects.get(plan.project as usize).copied();
        task.as_late_as_possible = plan.late;
        task.constraints = plan
            .not_before
            .map(|day| Constraint {
                kind: ConstraintKind::StartNoEarlierThan,
                at: Instant(start.0 + day * 1_440 + 600),
            })
            .into_iter()
            .collect();
        let line = |key: &str, amount| CostLine { key: key.into(), amount, kind: None, category: None };
        let lump = plan.cost.map(|cost| {
            let law = Law::triangular(cost * 0.8, cost, cost * 1.7, Reading::Ends).unwrap();
            line("lump", CostAmount::Lump(estimate(law)))
        });
        let rate = plan.rate.map(|rate| line("rate", CostAmount::Rate { minor_per_minute: rate }));
        task.costs = lump.into_iter().chain(rate).collect();
        task
    }

    /// Only links from a lower to a higher number, so that there is no circle, and no twins, whose order
    /// among themselves would count.
    fn link(&self, at: usize, placed: &[TaskIx]) -> Option<Link> {
        let plan = &self.links[at];
        let (from, to) = (plan.from.min(plan.to), plan.from.max(plan.to));
        let same = |other: &LinkPlan| {
            (other.from.min(other.to), other.from.max(other.to), other.kind) == (from, to, plan.kind)
        };
        if from == to || to >= placed.len() || self.links[..at].iter().any(same) {
            return None;
        }
        let minutes = plan.lag_days * 480;
        let amount = if plan.uncertain {
            let (low, high) = (f64::from(minutes), f64::from(minutes + 960));
            LagAmount::Uncertain(estimate(Law::uniform(low, high).unwrap()))
        } else {
            LagAmount::Fixed(minutes)
        };
        Some(Link {
            from: Endpoint::Task(placed[from]),
            to: Endpoint::Task(placed[to]),
            kind: plan.kind,
            lag: Lag { amount, clock: plan.clock },
        })
    }

    fn risk(&self, at: usize, placed: &[TaskIx]) -> Risk {
        let plan = &self.risks[at];
        let mut targets: Vec<usize> = plan.on.iter().map(|on| on % placed.len()).collect();
        targets.sort_unstable();
        targets.dedup();
        let (low, high) = (plan.days.min(plan.days * 2.0), plan.days.max(plan.days * 2.0));
        let delay = if plan.share {
            DelayImpact::Share(estimate(Law::uniform(low * 0.02, high * 0.02 + 0.01).unwrap()))
        } else {
            DelayImpact::Minutes(estimate(Law::uniform(low * 480.0, high * 480.0 + 1.0).unwrap()))
        };
        let cost = plan.cost.map(|cost| {
            if plan.share {
                CostImpact::Share(estimate(Law::uniform(0.05, 0.4).unwrap()))
            } else {
                CostImpact::Amount(estimate(Law::uniform(cost, cost * 3.0).unwrap()))
            }
        });
        let impact = Impact {
            key: "impact".into(),
            targets: targets.into_iter().map(|on| placed[on]).collect(),
            per_task: plan.per_task,
            delay: Some(delay),
            cost,
        };
        Risk {
            id: format!("R{at}"),
            title: format!("Risk {at}"),
            status: RiskStatus::Open,
            levels: RiskLevels {
                probability: Probability::new(plan.probability).unwrap(),
                impacts: vec![impact],
            },
            combine: plan.group.map_or(Combine::Series, |group| Combine::Parallel(format!("g{group}"))),
            response: None,
            owner: None,
            category: None,
        }
    }
}

fn order(n: usize, reversed: bool) -> Vec<usize> {
    if reversed { (0..n).rev().collect() } else { (0..n).collect() }
}

fn estimate(law: Law) -> Estimate {
    let plan = law.plan_value();
    Estimate { law, plan }
}

/// Weekends are no use to an office: these windows are the working week after every other Monday.
fn every_other_week() -> WindowRule {
    WindowRule::EveryWeeks { first: "2027-01-11".parse().unwrap(), weeks: 2, minutes: 7 * 1_440 }
}
