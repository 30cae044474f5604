//! Programs with a bit of everything, each from a number: what the kernel is compared on.

use p80::calendar::{Calendar, Days, Freeze, Shift, WindowMode, WindowRule, Windows};
use p80::dist::{LastWeek, Law, Reading, Throughput, WeeklyPace};
use p80::model::{
    Bearer, Benefit, CalendarIx, Chance, Clock, Combine, Condition, ConditionIx, Constraint, ConstraintKind,
    Conventions, CorrelatedPair, CorrelationGroup, Correlations, CostAmount, CostImpact, CostLine, Course,
    Dating, DelayImpact, Drawn, Driver, DriverLevels, DriverResponse, Effect, Endpoint, Escalation, Estimate,
    Exchange, Exclusive, Finance, Horizon, Impact, Lag, LagAmount, LagClock, Link, LinkKind, MilestoneKind,
    Moment, Need, PercentOf, PriceIndex, Program, ProgramBuilder, Progress, Project, ProjectIx, Recurrence,
    Reserved, Response, Rework, Risk, RiskIx, RiskLevels, RiskStatus, RiskWindow, Rollback, SpendKind,
    Status, Task, TaskIx, TaskKind, TimedAmount, TimedLine,
};
use p80::units::{Instant, Money, Probability, RankCorrelation, RankMeasure};

/// Numbers for choices: SplitMix64.
struct Dice(u64);

impl Dice {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    fn below(&mut self, n: usize) -> usize {
        (self.word() % n.max(1) as u64) as usize
    }

    fn in_ten(&mut self, n: usize) -> bool {
        self.below(10) < n
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.word() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// What a program may hold besides what every one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rare {
    /// Nothing of what follows.
    None,
    /// Tasks as late as possible.
    Late,
    /// Release trains.
    Trains,
    /// Both.
    LateTrains,
    /// Links from the start of a project.
    Spans,
    /// Risks that cancel work, besides release trains and tasks as late as possible.
    Stops,
}

/// A program of so many tasks; the same number gives the same program.
pub fn program(seed: u64, tasks: usize, rare: Rare) -> Program {
    let mut dice = Dice(seed);
    let start: Instant = "2027-01-11T08:00".parse().unwrap();
    let mut builder = ProgramBuilder::new("rich", start, "EUR".parse().unwrap());
    if seed.is_multiple_of(7) {
        // What is finished passes on what comes before it.
        builder.conventions(Conventions::Primavera);
    }
    let calendars = calendars(&mut builder, rare);
    // Few calendars in one program, so that links within one calendar are common.
    let used: Vec<CalendarIx> = (0..1 + dice.below(4)).map(|_| dice.pick(&calendars)).collect();
    let project = |builder: &mut ProgramBuilder, id: &str, parent| {
        let (id, name) = (id.to_owned(), id.to_owned());
        let amount = CostAmount::Lump(estimate(Law::uniform(5.0, 50.0).unwrap()));
        let line = CostLine { key: "own".into(), amount, kind: None, category: None };
        builder.project(Project { id, name, parent, owner: None, costs: vec![line] })
    };
    let first = project(&mut builder, "first", None);
    let second = project(&mut builder, "second", None);
    let below = project(&mut builder, "below", Some(second));
    if dice.in_ten(3) {
        builder.status_date(Some(Instant(start.0 + dice.below(60_000) as i32)));
    }

    let conditions = if dice.in_ten(4) { conditions(&mut dice, &mut builder) } else { Vec::new() };
    if !conditions.is_empty() && dice.in_ten(5) {
        builder.project_exists(second, dice.pick(&conditions));
    }
    let half = tasks / 2;
    let placed: Vec<TaskIx> = (0..tasks)
        .map(|at| {
            let mut task = task(&mut dice, at, &used, start, rare);
            if !conditions.is_empty() && dice.in_ten(4) {
                task.exists = Some(dice.pick(&conditions));
            }
            // In most programs everything finishes.
            if !conditions.is_empty() && dice.below(40.max(2 * tasks)) == 0 {
                task.never = Some(dice.pick(&conditions));
            }
            task.project = match (at < half, dice.below(4)) {
                (_, 0) => None,
                (true, _) => Some(first),
                (false, 1) => Some(below),
                (false, _) => Some(second),
            };
            builder.task(task)
        })
        .collect();
    for _ in 0..tasks + dice.below(tasks + 1) {
        let (a, b) = (dice.below(tasks), dice.below(tasks));
        if a != b {
            let ends = (Endpoint::Task(placed[a.min(b)]), Endpoint::Task(placed[a.max(b)]));
            builder.link(link(
                &mut dice,
                ends,
                &[LinkKind::FS, LinkKind::FS, LinkKind::SS, LinkKind::FF, LinkKind::SF],
            ));
        }
    }
    let linked = dice.in_ten(4) || rare == Rare::Spans;
    if linked && half > 0 {
        let kinds: &[LinkKind] =
            if rare == Rare::Spans { &[LinkKind::SS, LinkKind::FS] } else { &[LinkKind::FS] };
        let mut link = link(&mut dice, (Endpoint::Project(first), Endpoint::Project(second)), kinds);
        if rare != Rare::Spans && matches!(link.lag.amount, LagAmount::Share(_)) {
            link.lag.amount = LagAmount::None;
        }
        builder.link(link);
    }
    decide(&mut Dice(!seed), &mut builder, &placed, first, start);
    let risks = dice.below(6);
    for at in 0..risks {
        let risk = risk(&mut dice, at, (start, rare), &placed);
        let ix = builder.risk(risk);
        let course = course(&mut dice, ix, start, &placed, &[first, second, below]);
        builder.course(ix, course);
    }
    for at in 0..dice.below(5) {
        let driver = driver(&mut dice, at, &placed);
        builder.driver(driver);
    }
    if dice.in_ten(5) {
        builder.cost(lump(&mut dice, "program"));
    }
    if dice.in_ten(3) {
        builder.finish(dice.pick(&placed));
    }
    let correlations = correlations(&mut dice, builder.draft());
    builder.correlations(correlations);
    // Its own dice, so that the programs stay what they were before there was money over time.
    let mut dice = Dice(seed ^ 0x6D6F_6E65_7921);
    if dice.in_ten(5) {
        let finance = finance(&mut dice, start, &placed, &[first, second, below]);
        builder.finance(finance);
    }
    // A loop that overlaps with nothing: the ends of one link.
    let mut dice = Dice(!seed.rotate_left(1));
    let again = dice.in_ten(3).then(|| looped(&mut dice, builder.clone())).flatten();
    let program = again.unwrap_or_else(|| builder.build().unwrap());
    if dice.in_ten(3) { under_way(&mut dice, program, start) } else { program }
}

/// The program with a loop between the ends of one of its links, if they are tasks.
fn looped(dice: &mut Dice, mut builder: ProgramBuilder) -> Option<Program> {
    let links = builder.draft().links();
    let link = links.get(dice.below(links.len()))?;
    let (Endpoint::Task(entry), Endpoint::Task(test)) = (link.from, link.to) else { return None };
    let chance = |dice: &mut Dice| Probability::new(dice.between(0.1, 0.9)).unwrap();
    let rollback = dice.in_ten(5).then(|| Rollback {
        duration: estimate(Law::uniform(60.0, 600.0).unwrap()),
        calendar: CalendarIx(0),
        costs: vec![lump(dice, "rollback")],
    });
    builder.rework(Rework {
        id: "loop".into(),
        test,
        entry,
        fail: (0..2).map(|_| chance(dice)).collect(),
        fraction: vec![dice.between(0.1, 1.0)],
        rollback,
        unfinished: dice.in_ten(3),
    });
    builder.build().ok()
}

/// Now and then tasks that exist only if earlier ones finish, or cost, late or much enough.
fn decide(
    dice: &mut Dice,
    builder: &mut ProgramBuilder,
    placed: &[TaskIx],
    first: ProjectIx,
    start: Instant,
) {
    if !dice.in_ten(4) || placed.len() < 2 {
        return;
    }
    for _ in 0..1 + dice.below(4) {
        let task = 1 + dice.below(placed.len() - 1);
        // Links lead from earlier tasks to later ones, and the first project is the first half.
        let of = match task >= placed.len() / 2 && placed.len() > 1 && dice.in_ten(3) {
            true => Endpoint::Project(first),
            false => Endpoint::Task(placed[dice.below(task)]),
        };
        let need = if dice.in_ten(6) {
            let after = Instant(start.0 + dice.below(90_000) as i32);
            Need::Finish { of, after, later: dice.in_ten(5) }
        } else {
            Need::Cost { of, above: dice.below(12_000_000) as i64, more: dice.in_ten(5) }
        };
        let known = builder.draft().tasks()[task].exists;
        let known = known.map_or(Condition::default(), |ix| builder.draft().conditions()[ix.index()].clone());
        let condition = builder.condition(known.and([need]));
        builder.exists(placed[task], condition);
    }
}

/// Lines of every form, prices, currencies and benefits.
fn finance(dice: &mut Dice, start: Instant, placed: &[TaskIx], projects: &[ProjectIx]) -> Finance {
    let mut finance = Finance::new(start);
    finance.discount_rate = dice.in_ten(7).then_some(0.08);
    finance.dating = dice.pick(&[Dating::Days, Dating::YearEnd, Dating::MidYear]);
    finance.tax_rate = if dice.in_ten(3) { 0.25 } else { 0.0 };
    let rate = estimate(Law::uniform(0.8, 1.3).unwrap());
    finance.exchanges.push(Exchange { key: "USD".into(), currency: "USD".parse().unwrap(), rate });
    let rate = PriceIndex::Rate(estimate(Law::uniform(-0.01, 0.06).unwrap()));
    let points = PriceIndex::Points(vec![(start, 100.0), (Instant(start.0 + 50_000), 108.0)]);
    for (id, categories, index) in [("named", vec!["team".to_owned()], rate), ("all", Vec::new(), points)] {
        let base = finance.base;
        finance.escalations.push(Escalation { id: id.into(), categories, index, base, within: None });
    }
    for number in 0..1 + dice.below(8) {
        let moment = |dice: &mut Dice| match dice.below(7) {
            0 => Moment::Fixed(Instant(start.0 + dice.below(90_000) as i32)),
            1 => Moment::ProgramStart,
            2 => Moment::ProgramFinish,
            3 => Moment::TaskStart(dice.pick(placed)),
            4 => Moment::ProjectStart(dice.pick(projects)),
            5 => Moment::ProjectFinish(dice.pick(projects)),
            _ => Moment::TaskFinish(dice.pick(placed)),
        };
        let (from, to) = (moment(dice), moment(dice));
        let money = estimate(Law::triangular(900.0, 5_000.0, 9_000.0, Reading::Ends).unwrap());
        let share = estimate(Law::uniform(0.05, 0.2).unwrap());
        let day = Instant((start.day() + dice.below(60) as i32) * 1_440);
        let (per_day, cap) = (dice.between(-500.0, 900.0), dice.in_ten(5).then_some(7_000));
        let amount = match dice.below(8) {
            0 => TimedAmount::Due {
                price: money,
                price_key: format!("price{}", number / 2),
                shares: (0.0, 0.4),
                at: to,
            },
            1 => TimedAmount::Recurring { amount: money, months: 1 + dice.below(3) as u32, from, to },
            2 => TimedAmount::Late { of: to, after: day, grace_days: 3, per_day, cap },
            3 => TimedAmount::Early { of: to, before: day, per_day, cap },
            4 => {
                let tasks = (0..3).map(|_| (dice.pick(placed), dice.between(0.1, 4.0))).collect();
                TimedAmount::Materials { tasks, cap }
            }
            5 => TimedAmount::Percent { share, of: PercentOf::Everything },
            6 => TimedAmount::Percent { share, of: PercentOf::Categories(vec!["team".into()]) },
            _ => TimedAmount::Span {
                per_minute: dice.between(0.1, 3.0),
                factor: dice.in_ten(5).then_some(share),
                clock: dice.pick(&[Clock::Working, Clock::Elapsed]),
                from,
                to,
                ramp_minutes: dice.pick(&[0.0, 5_000.0]),
                reserved: dice.in_ten(4).then_some(Reserved { after_minutes: 9_000.0, keep: 0.7 }),
            },
        };
        let percent = matches!(amount, TimedAmount::Percent { .. });
        finance.lines.push(TimedLine {
            id: format!("line{number}"),
            on: match dice.below(3) {
                0 => Bearer::Task(dice.pick(placed)),
                1 => Bearer::Project(dice.pick(projects)),
                _ => Bearer::Program,
            },
            amount,
            kind: dice.pick(&[None, Some(SpendKind::Capex), Some(SpendKind::Opex)]),
            category: (!percent && dice.in_ten(5)).then(|| "team".into()),
            vendor: None,
            cost_centre: None,
            exchange: (!percent && dice.in_ten(3)).then_some(0),
            terms_days: dice.pick(&[0, 30]),
        });
    }
    for number in 0..dice.below(3) {
        finance.benefits.push(Benefit {
            within: None,
            id: format!("benefit{number}"),
            name: String::new(),
            from: Moment::TaskFinish(dice.pick(placed)),
            lag_days: dice.below(40) as i32,
            per_year: estimate(Law::uniform(1e4, 9e5).unwrap()),
            ramp_months: dice.pick(&[0.0, 6.0]),
            growth: dice.pick(&[0.0, 0.03]),
            horizon: dice.pick(&[Horizon::Months(30.0), Horizon::Until(Instant(start.0 + 1_500_000))]),
            probability: Probability::new(dice.pick(&[0.7, 1.0])).unwrap(),
            adoption: dice.in_ten(5).then(|| estimate(Law::uniform(0.4, 1.0).unwrap())),
            kind: None,
            category: None,
        });
    }
    finance
}

/// The program after some time: much of it finished, some of it started, in any order and on any day.
fn under_way(dice: &mut Dice, program: Program, start: Instant) -> Program {
    let date = Instant(start.0 + dice.below(200_000) as i32);
    let mut status = Status { overrides: dice.in_ten(3), ..Status::nothing(date) };
    for (at, task) in program.tasks().iter().enumerate() {
        let day = |dice: &mut Dice| Instant(date.0 - dice.below(150_000) as i32);
        let (one, other) = (day(dice), day(dice));
        let mut progress = Progress { start: Some(one.min(other)), ..Progress::default() };
        match dice.below(4) {
            0 => continue,
            1 if !task.is_milestone() => {
                let remaining = estimate(Law::uniform(0.0, 5_000.0).unwrap());
                progress.remaining = dice.in_ten(4).then_some(remaining);
                progress.complete = dice.in_ten(5).then(|| dice.between(0.0, 0.9));
            }
            _ => {
                progress.finish = Some(one.max(other));
                progress.start = if task.is_milestone() { None } else { progress.start };
            }
        }
        progress.cost = dice.in_ten(5).then(|| Money(dice.below(9_000) as i64));
        status.tasks.push((TaskIx::new(at), progress));
    }
    loop {
        match program.as_of(&status) {
            Ok(program) => return program,
            // What is overdue or contradicts other work is not reported.
            Err(errors) => {
                let wrong: Vec<usize> = errors.into_iter().map(|(at, _)| at).collect();
                let mut at = 0..;
                status.tasks.retain(|_| !wrong.contains(&at.next().unwrap()));
            }
        }
    }
}

/// Now and then a window, repeats, a trigger, or a set of risks that exclude each other.
fn course(
    dice: &mut Dice,
    risk: RiskIx,
    start: Instant,
    placed: &[TaskIx],
    projects: &[ProjectIx],
) -> Course {
    let mut course = Course::default();
    if dice.in_ten(5) {
        return course;
    }
    course.window = match dice.below(6) {
        0 => None,
        1 => Some(RiskWindow::While(Endpoint::Task(dice.pick(placed)))),
        2 => Some(RiskWindow::While(Endpoint::Project(dice.pick(projects)))),
        _ => {
            let from = Instant(start.0 + dice.below(60_000) as i32 - 10_000);
            Some(RiskWindow::Dates { from, to: Instant(from.0 + 1 + dice.below(90_000) as i32) })
        }
    };
    if course.window.is_some() && dice.in_ten(4) {
        let (mean, residual) = (dice.between(0.1, 3.0), 0.1);
        course.recurs = Some(Recurrence { mean, residual });
    }
    if risk.0 > 0 && dice.in_ten(3) {
        course.trigger = Some(RiskIx(dice.below(risk.index()) as u32));
    }
    if dice.in_ten(3) {
        course.exclusive = Some(Exclusive { key: "risk/set".into(), from: dice.between(0.0, 0.8) });
    }
    course
}

/// Chances, alternatives, and risks on which tasks depend; the risks are added later.
fn conditions(dice: &mut Dice, builder: &mut ProgramBuilder) -> Vec<ConditionIx> {
    let mut needs = Vec::new();
    for at in 0..3 {
        let (key, to) = (format!("chance/{at}"), dice.between(0.0, 1.0));
        let chance = builder.chance(Chance { key, from: 0.0, to, plan: to >= 0.5 });
        needs.push(Need::Chance { chance, happens: dice.in_ten(7) });
    }
    let cut = dice.between(0.0, 1.0);
    for (from, to) in [(0.0, cut), (cut, 1.0)] {
        let chance =
            builder.chance(Chance { key: "one of two".into(), from, to, plan: cut >= 0.5 && from == 0.0 });
        needs.push(Need::Chance { chance, happens: true });
    }
    let risk = builder.risk(Risk {
        id: "branching".into(),
        title: "A risk that brings more work".into(),
        status: RiskStatus::Open,
        levels: RiskLevels { impacts: Vec::new(), probability: Probability::new(0.4).unwrap() },
        combine: Combine::Series,
        response: None,
        owner: None,
        category: None,
    });
    needs.push(Need::Risk { risk, occurs: dice.in_ten(5) });
    let some = (0..4).map(|_| Condition::all((0..1 + dice.below(2)).map(|_| dice.pick(&needs))));
    some.map(|condition| builder.condition(condition)).collect()
}

/// A common factor for all durations, groups, and pairs of anything, in one program out of three.
fn correlations(dice: &mut Dice, program: &Program) -> Correlations {
    let mut correlations = Correlations::default();
    if !dice.in_ten(4) {
        return correlations;
    }
    let rho = |value: f64| RankCorrelation::new(value, RankMeasure::Spearman).unwrap();
    let all: Vec<Drawn> = program.drawn().into_iter().collect();
    if dice.in_ten(5) {
        let durations = all.iter().filter(|drawn| drawn.as_str().ends_with("/duration"));
        let members = durations.cloned().collect();
        correlations.program = Some(CorrelationGroup { id: "program".into(), members, rho: rho(0.2) });
    }
    let covered = |drawn: &Drawn| correlations.program.is_some() && drawn.as_str().ends_with("/duration");
    let mut groups = Vec::new();
    for number in 0..dice.below(3) {
        let first = dice.below(all.len());
        let is_covered = covered(&all[first]);
        let others = (0..dice.below(8)).map(|_| dice.below(all.len()));
        let members: std::collections::BTreeSet<Drawn> = others
            .chain([first])
            .map(|at| all[at].clone())
            .filter(|one| covered(one) == is_covered)
            .collect();
        let group =
            CorrelationGroup { id: format!("g{number}"), members, rho: rho([0.4, 0.0, 0.3][dice.below(3)]) };
        if group.rho.value() > 0.0 || !is_covered {
            groups.push(group);
        }
    }
    correlations.groups = groups;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..dice.below(6) {
        let (a, b) = (dice.below(all.len()), dice.below(all.len()));
        if a != b && seen.insert((a.min(b), a.max(b))) {
            let rho = rho(dice.between(-0.9, 0.9));
            correlations.pairs.push(CorrelatedPair { a: all[a].clone(), b: all[b].clone(), rho });
        }
    }
    correlations
}

fn calendars(builder: &mut ProgramBuilder, rare: Rare) -> Vec<CalendarIx> {
    let standard = Calendar::standard;
    let every =
        |weeks, minutes| WindowRule::EveryWeeks { first: "2027-01-11".parse().unwrap(), weeks, minutes };
    let capacity = [Rare::Trains, Rare::LateTrains, Rare::Stops].contains(&rare).then_some(2);
    let windows = |mode, rule| Some(Windows { mode, rule, capacity });
    let freeze = Freeze {
        days: Days::Range("2027-02-15".parse().unwrap(), "2027-03-14".parse().unwrap()),
        reason: "freeze".into(),
    };
    let pause = Some(Windows { mode: WindowMode::Pause, rule: every(2, 7 * 1_440), capacity: None });
    let shifts = vec![Shift { start: 540, end: 547 }, Shift { start: 550, end: 1_000 }];
    let all = [
        ("standard", standard()),
        ("around", Calendar::round_the_clock()),
        ("start", Calendar { windows: windows(WindowMode::Start, every(2, 7 * 1_440)), ..standard() }),
        // Long enough for nearly all work.
        ("fit", Calendar { windows: windows(WindowMode::Fit, every(12, 77 * 1_440)), ..standard() }),
        ("pause", Calendar { windows: pause, ..standard() }),
        ("freeze", Calendar { freezes: vec![freeze], ..standard() }),
        (
            "short",
            Calendar::weekly(std::array::from_fn(|_| shifts.clone()), p80::units::WorkScale::default()),
        ),
        ("again", standard()),
        ("more", standard()),
    ];
    all.into_iter().map(|(id, calendar)| builder.calendar(id, calendar)).collect()
}

fn estimate(law: Law) -> Estimate {
    let plan = law.plan_value();
    Estimate { law, plan }
}

fn task(dice: &mut Dice, at: usize, calendars: &[CalendarIx], start: Instant, rare: Rare) -> Task {
    let (id, calendar) = (format!("t{at}"), dice.pick(calendars));
    let minutes = dice.between(200.0, 8_000.0).round();
    let law = match dice.below(12) {
        0 => Law::fixed(minutes),
        1 => Law::uniform(0.0, 400.0).unwrap(),
        2 => Law::normal(minutes, minutes * 0.3).unwrap(),
        3 => Law::discrete(&[minutes, minutes * 2.0, 60.0], &[0.5, 0.3, 0.2]).unwrap(),
        4 => Law::triangular(minutes * 0.5, minutes, minutes * 1.8, Reading::Ends).unwrap(),
        5 => Law::lognormal_mean_sd(minutes, minutes * 0.4).unwrap(),
        // Stepped, or of straight lines with jumps between them.
        11 => {
            let pace = WeeklyPace::new(&[0, 1, 3, 3, 7]).unwrap();
            let items = Law::discrete(&[2.0, 40.0], &[0.5, 0.5]).unwrap();
            let weeks = Throughput::new(&pace, &items, &Law::fixed(1.25)).unwrap();
            let last = if minutes % 2.0 == 0.0 { LastWeek::Whole } else { LastWeek::Even };
            weeks.law(minutes / 8.0, last).unwrap()
        }
        _ => Law::pert(minutes * 0.7, minutes, minutes * 2.1, Reading::Ends).unwrap(),
    };
    let mut task = match dice.below(8) {
        0 => Task::milestone(id, calendar),
        1 => Task { kind: TaskKind::Milestone(MilestoneKind::Start), ..Task::milestone(id, calendar) },
        2 => Task::work(id, Estimate::certain(0.0), calendar),
        _ => Task::work(id, estimate(law), calendar),
    };
    if let TaskKind::Work { clock, .. } = &mut task.kind
        && dice.in_ten(1)
    {
        *clock = Clock::Elapsed;
    }
    task.as_late_as_possible = [Rare::Late, Rare::LateTrains, Rare::Stops].contains(&rare) && dice.in_ten(3);
    let kinds = [
        ConstraintKind::StartNoEarlierThan,
        ConstraintKind::FinishNoEarlierThan,
        ConstraintKind::MustStartOn,
        ConstraintKind::FinishNoLaterThan,
    ];
    if dice.in_ten(2) {
        let at = Instant(start.0 + dice.below(80_000) as i32);
        task.constraints.push(Constraint { kind: dice.pick(&kinds), at });
    }
    if dice.in_ten(4) {
        task.costs.push(lump(dice, "lump"));
    }
    if dice.in_ten(4) {
        let amount = CostAmount::Rate { minor_per_minute: dice.between(0.01, 90.0) };
        task.costs.push(CostLine { key: "rate".into(), amount, kind: None, category: None });
    }
    task
}

fn lump(dice: &mut Dice, key: &str) -> CostLine {
    let cost = dice.between(10.0, 1e7);
    let law = Law::triangular(cost * 0.8, cost, cost * 1.7, Reading::Ends).unwrap();
    CostLine { key: key.into(), amount: CostAmount::Lump(estimate(law)), kind: None, category: None }
}

fn link(dice: &mut Dice, (from, to): (Endpoint, Endpoint), kinds: &[LinkKind]) -> Link {
    let days = dice.below(8) as f64 - 2.0;
    let amount = match dice.below(8) {
        0 => LagAmount::Fixed((days * 480.0) as i32 + 7),
        1 => LagAmount::Uncertain(estimate(Law::uniform(days * 480.0, days * 480.0 + 960.0).unwrap())),
        // Often no lag at all.
        2 => LagAmount::Uncertain(estimate(Law::uniform(-1.0, 1.0).unwrap())),
        3 => LagAmount::Share(dice.between(-0.3, 0.8)),
        _ => LagAmount::None,
    };
    let clock = dice.pick(&[
        LagClock::Successor,
        LagClock::Successor,
        LagClock::Predecessor,
        LagClock::Program,
        LagClock::Elapsed,
    ]);
    Link { from, to, kind: dice.pick(kinds), lag: Lag { amount, clock } }
}

fn risk(dice: &mut Dice, at: usize, (start, rare): (Instant, Rare), placed: &[TaskIx]) -> Risk {
    let impacts = (0..1 + dice.below(2)).map(|number| {
        let mut targets: Vec<TaskIx> = (0..1 + dice.below(3)).map(|_| dice.pick(placed)).collect();
        targets.sort_unstable();
        targets.dedup();
        let share = dice.in_ten(5);
        let (low, high) = if share { (-0.4, 0.9) } else { (-2_000.0, 6_000.0) };
        let (low, high) = (dice.between(low, 0.0), dice.between(0.0, high));
        let law = estimate(Law::uniform(low, high + 0.01).unwrap());
        let delay = if share { DelayImpact::Share(law) } else { DelayImpact::Minutes(law) };
        let part = || estimate(Law::uniform(-0.1, 1.2).unwrap());
        let delay = match dice.below(10) {
            0 => DelayImpact::Restart(part()),
            1 => DelayImpact::Cancel(part()),
            2 | 3 if rare == Rare::Stops => {
                // Work that follows on from each other, as that of a project.
                let from = dice.below(placed.len());
                targets = placed[from..].iter().take(1 + dice.below(6)).copied().collect();
                targets.sort_unstable();
                targets.dedup();
                DelayImpact::Stop(part())
            }
            _ => delay,
        };
        let cost = match dice.below(3) {
            0 => None,
            1 => Some(CostImpact::Share(estimate(Law::uniform(-0.05, 0.4).unwrap()))),
            _ => Some(CostImpact::Amount(estimate(Law::uniform(100.0, 9e6).unwrap()))),
        };
        let delay = if cost.is_some() && dice.in_ten(2) { None } else { Some(delay) };
        Impact { key: format!("impact{number}"), targets, per_task: dice.in_ten(5), delay, cost }
    });
    let impacts: Vec<Impact> = impacts.collect();
    let response = dice.in_ten(4).then(|| Response {
        on: dice.in_ten(5),
        lead: None,
        effect: match dice.below(3) {
            // Mostly in the window of a risk that has one of dates.
            0 => Effect::From(Instant(start.0 + dice.below(90_000) as i32)),
            1 => Effect::Full,
            _ => Effect::None,
        },
        cost: dice.in_ten(5).then(|| CostLine {
            key: "response".into(),
            amount: CostAmount::Lump(estimate(Law::uniform(1e5, 9e5).unwrap())),
            kind: None,
            category: None,
        }),
        residual: RiskLevels {
            impacts: impacts.iter().take(1).cloned().collect(),
            probability: Probability::new(dice.between(0.0, 0.6)).unwrap(),
        },
    });
    Risk {
        id: format!("R{at}"),
        title: format!("Risk {at}"),
        status: RiskStatus::Open,
        levels: RiskLevels { impacts, probability: Probability::new(dice.between(0.05, 1.0)).unwrap() },
        combine: if dice.in_ten(5) { Combine::Series } else { Combine::Parallel(format!("g{}", at % 2)) },
        response,
        owner: None,
        category: None,
    }
}

fn driver(dice: &mut Dice, at: usize, placed: &[TaskIx]) -> Driver {
    let factor = match dice.below(4) {
        0 => Law::fixed(1.3),
        1 => Law::uniform(0.6, 1.4).unwrap(),
        2 => Law::discrete(&[0.8, 1.0, 1.5], &[0.3, 0.3, 0.4]).unwrap(),
        _ => Law::triangular(0.95, 1.1, 1.4, Reading::Ends).unwrap(),
    };
    let targets: Vec<TaskIx> = (0..1 + dice.below(6)).map(|_| dice.pick(placed)).collect();
    let residual = DriverLevels {
        probability: Probability::new(dice.between(0.0, 1.0)).unwrap(),
        factor: estimate(Law::uniform(0.8, 1.2).unwrap()),
    };
    let late = targets.iter().copied().filter(|_| dice.in_ten(3)).collect();
    let response = DriverResponse { on: dice.in_ten(7), cost: None, residual, lead: None, late };
    Driver {
        id: format!("D{at}"),
        title: format!("Driver {at}"),
        levels: DriverLevels {
            probability: Probability::new(dice.between(0.05, 1.0)).unwrap(),
            factor: estimate(factor),
        },
        targets,
        combine: if dice.in_ten(5) { Combine::Series } else { Combine::Parallel(format!("d{}", at % 2)) },
        response: dice.in_ten(5).then_some(response),
        owner: None,
        category: None,
    }
}
