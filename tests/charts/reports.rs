//! Reports of small programs, simulated: each a way in which a picture may go wrong.

use std::ops::ControlFlow;

use jiff::civil::Weekday;
use p80::analysis::forecast;
use p80::calendar::{Calendar, MonthRule, Nth, Shift, WindowMode, WindowRule, Windows};
use p80::dist::{Law, Reading};
use p80::draws::{Sampler, Seed};
use p80::engine::{self, Simulation};
use p80::model::{
    CalendarIx, CostAmount, CostLine, Estimate, Link, ProgramBuilder, Scope, Target, Task, TaskIx,
};
use p80::report::{Manifest, Report};
use p80::results::Results;
use p80::units::{Instant, Money, Percentile, WorkScale};

/// What a program is like; the default is an ordinary one.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// How many tasks in a row, in two strands.
    pub tasks: usize,
    /// Most likely days of each.
    pub days: f64,
    /// The longest duration over the most likely one.
    pub spread: f64,
    /// A milestone after so many tasks.
    pub milestone_every: usize,
    /// Repeats this in every name of a task.
    pub words: &'static str,
    /// The promised date, if any.
    pub target: Option<&'static str>,
    /// Daily rate in minor units and the budget; none = no costs.
    pub money: Option<(f64, i64)>,
    /// The last task waits for a window: the first weekend of a quarter.
    pub window: bool,
    /// Currency.
    pub currency: &'static str,
}

impl Default for Kind {
    fn default() -> Self {
        Self {
            name: "ERP consolidation".into(),
            tasks: 14,
            days: 20.0,
            spread: 2.2,
            milestone_every: 3,
            words: "Build the interface of ledger",
            target: Some("2028-03-31T24:00"),
            money: Some((64_000.0, 25_000_000)),
            window: false,
            currency: "EUR",
        }
    }
}

/// The report of 4,096 iterations.
pub fn report(kind: &Kind) -> Report {
    let start = "2027-01-11T08:00".parse::<Instant>().unwrap();
    let mut builder = ProgramBuilder::new(&kind.name, start, kind.currency.parse().unwrap());
    let standard = builder.calendar("standard", Calendar::standard());
    let cutover = builder.calendar("cutover", quarters());
    let mut strands: [Option<TaskIx>; 2] = [None, None];
    for number in 0..kind.tasks {
        let is_last = number + 1 == kind.tasks;
        let calendar = if kind.window && is_last { cutover } else { standard };
        let task = builder.task(work(kind, number, calendar));
        let strand = &mut strands[number % 2];
        if let Some(before) = *strand {
            builder.link(Link::finish_to_start(before, task));
        }
        *strand = Some(task);
        if is_last {
            for before in strands.into_iter().flatten().filter(|&before| before != task) {
                builder.link(Link::finish_to_start(before, task));
            }
        }
        if (number + 1) % kind.milestone_every == 0 {
            let mut milestone = Task::milestone(format!("m{number}"), standard);
            milestone.name = format!("{} {number} accepted", kind.words);
            let milestone = builder.task(milestone);
            builder.link(Link::finish_to_start(task, milestone));
            if number % 2 == 0 {
                let finish = Some(Instant(
                    start.0 + (f64::from(number as i32 / 2 + 1) * kind.days * 2.6 * 1_440.0) as i32,
                ));
                builder.target(Target { scope: Scope::Milestone(milestone), finish, budget: None });
            }
        }
    }
    let budget = kind.money.map(|(_, budget)| Money(budget));
    let finish = kind.target.map(|text| text.parse().unwrap());
    builder.target(Target { scope: Scope::Program, finish, budget });
    let program = builder.build().unwrap();

    let simulation = Simulation::compile(&program, Seed(42), Sampler::Stratified).unwrap();
    let observer = || Results::new(&simulation);
    let results = engine::run(&simulation, 0..8, observer, |_| ControlFlow::Continue(())).unwrap();
    let levels: Vec<Percentile> = (1..=99).map(Percentile::whole).collect();
    let forecast = forecast(&simulation, &results, &levels);
    let manifest = Manifest::new(&[], simulation.seed(), results.iterations, simulation.sampler());
    Report::new(&simulation, &results, &forecast, manifest)
}

fn work(kind: &Kind, number: usize, calendar: CalendarIx) -> Task {
    let mode = kind.days * 480.0 * (1.0 + (number % 5) as f64 / 5.0);
    let mode = if kind.window && number + 1 == kind.tasks { 480.0 } else { mode };
    let law = if kind.spread > 1.0 {
        Law::pert(mode * 0.8, mode, mode * kind.spread, Reading::Ends).unwrap()
    } else {
        Law::fixed(mode)
    };
    let mut task = Task::work(format!("t{number}"), Estimate { law, plan: mode }, calendar);
    task.name = format!("{} {number}", kind.words);
    if let Some((rate, _)) = kind.money {
        let amount = CostAmount::Rate { minor_per_minute: rate / 480.0 };
        task.costs.push(CostLine { key: "team".into(), amount, kind: None, category: None });
    }
    task
}

/// Open on the first weekend of each quarter.
fn quarters() -> Calendar {
    let all_day = vec![Shift { start: 0, end: 1_440 }];
    let rule =
        MonthRule { nth: Nth::From(1), weekday: Weekday::Saturday, months: 3, opens: 0, minutes: 2_880 };
    let windows = Windows { mode: WindowMode::Fit, rule: WindowRule::Month(rule), capacity: None };
    let week = std::array::from_fn(|_| all_day.clone());
    Calendar { windows: Some(windows), ..Calendar::weekly(week, WorkScale::default()) }
}
