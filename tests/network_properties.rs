//! Laws that hold for every program, on random ones.

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use std::collections::BTreeMap;

use p80::calendar::{Calendar, Days, Freeze, Shift, WindowMode, WindowRule, Windows};
use p80::model::{
    CalendarIx, ConstraintKind, Endpoint, Estimate, Lag, LagAmount, LagClock, Link, LinkKind, Program,
    ProgramBuilder, Project, ProjectIx, Task, TaskIx,
};
use p80::network::{Inputs, Network, Pass};
use p80::units::{Instant, WorkScale};
use proptest::prelude::*;
use support::{at, constraint};

/// A random task.
#[derive(Clone, Debug)]
struct Piece {
    minutes: i32,
    calendar: usize,
    project: Option<usize>,
    /// Days after the start before which it does not start or does not finish.
    not_before: Option<(bool, i32)>,
}

/// A random link: from, to (positions; the lower one comes first), kind, lag, clock.
#[derive(Clone, Debug)]
struct Tie {
    ends: (usize, usize),
    kind: LinkKind,
    lag: Option<Length>,
    clock: LagClock,
}

#[derive(Clone, Debug)]
enum Length {
    Minutes(i32),
    Share(f64),
}

#[derive(Clone, Debug)]
struct Sketch {
    pieces: Vec<Piece>,
    ties: Vec<Tie>,
    /// Links from projects: (project, task); the project has only tasks of lower positions.
    from_projects: Vec<(LinkKind, usize)>,
}

/// What a random program may contain.
#[derive(Clone, Copy, Debug)]
struct Menu {
    kinds: &'static [LinkKind],
    /// How many of [`calendars`] may be used.
    calendars: usize,
    finish_dates: bool,
    leads: bool,
}

const ALL: [LinkKind; 4] = [LinkKind::FS, LinkKind::SS, LinkKind::FF, LinkKind::SF];
const EVERYTHING: Menu = Menu { kinds: &ALL, calendars: 7, finish_dates: true, leads: true };

/// Round the clock, standard, nights, frozen, and those with windows that fit, pause and start.
fn calendars() -> [Calendar; 7] {
    let nights = vec![Shift { start: 1_320, end: 1_800 }];
    let nights = Calendar::weekly(std::array::from_fn(|_| nights.clone()), WorkScale::default());
    let mut frozen = Calendar::standard();
    let days = Days::Range("2027-01-14".parse().unwrap(), "2027-01-26".parse().unwrap());
    frozen.freezes.push(Freeze { days, reason: "freeze".into() });
    let windowed = |mode, base: Calendar, first: &str, weeks, minutes| {
        let rule = WindowRule::EveryWeeks { first: at(first), weeks, minutes };
        Calendar { windows: Some(Windows { mode, rule, capacity: None }), ..base }
    };
    let standard = Calendar::standard;
    [
        Calendar::round_the_clock(),
        standard(),
        nights,
        frozen.clone(),
        windowed(WindowMode::Fit, frozen, "2027-01-13T14:00", 2, 7_200),
        windowed(WindowMode::Pause, Calendar::round_the_clock(), "2027-01-12T10:00", 1, 2_000),
        windowed(WindowMode::Start, standard(), "2027-01-12T10:00", 1, 600),
    ]
}

fn sketch(menu: Menu, sizes: std::ops::Range<usize>) -> impl Strategy<Value = Sketch> {
    let piece = (
        prop_oneof![1 => Just(0), 4 => 1..2_000_i32],
        0..menu.calendars,
        prop::option::of(0..3_usize),
        prop::option::weighted(0.1, (prop::bool::weighted(0.5), 0..20_i32)),
    )
        .prop_map(move |(minutes, calendar, project, not_before)| Piece {
            minutes,
            calendar,
            project,
            not_before: not_before.map(|(finish, days)| (finish && menu.finish_dates, days)),
        });
    let least = if menu.leads { -900 } else { 0 };
    let length = prop_oneof![
        3 => (least..900).prop_map(Length::Minutes),
        1 => (if menu.leads { -1.0 } else { 0.0 }..1.5).prop_map(Length::Share),
    ];
    let clock = prop_oneof![
        Just(LagClock::Successor),
        Just(LagClock::Predecessor),
        Just(LagClock::Program),
        Just(LagClock::Elapsed),
    ];
    prop::collection::vec(piece, sizes).prop_flat_map(move |pieces| {
        let n = pieces.len();
        let tie =
            (0..n, 0..n, prop::sample::select(menu.kinds), prop::option::of(length.clone()), clock.clone());
        let tie =
            tie.prop_map(|(a, b, kind, lag, clock)| Tie { ends: (a.min(b), a.max(b)), kind, lag, clock });
        let ties = prop::collection::vec(tie, 0..2 * n)
            .prop_map(|ties| ties.into_iter().filter(|tie| tie.ends.0 < tie.ends.1).collect());
        let from_projects = prop::collection::vec((prop::sample::select(menu.kinds), 0..n), 0..2);
        (Just(pieces), ties, from_projects).prop_map(|(pieces, ties, from_projects)| Sketch {
            pieces,
            ties,
            from_projects,
        })
    })
}

impl Sketch {
    /// The program with tasks and links in the given orders; what a task is called stays.
    fn program(&self, task_order: &[usize], reverse_links: bool) -> Program {
        let mut builder = ProgramBuilder::new("random", at("2027-01-11T08:00"), "EUR".parse().unwrap());
        for (number, calendar) in calendars().into_iter().enumerate() {
            builder.calendar(format!("c{number}"), calendar);
        }
        for project in 0..3 {
            let (id, name) = (format!("p{project}"), String::new());
            builder.project(Project { id, name, parent: None, owner: None, costs: Vec::new() });
        }
        let mut numbers = BTreeMap::new();
        for &position in task_order {
            let piece = &self.pieces[position];
            let calendar = CalendarIx::new(piece.calendar);
            let mut task =
                Task::work(format!("t{position}"), Estimate::certain(f64::from(piece.minutes)), calendar);
            // Tasks in the first half belong to projects, those in the second may follow them.
            task.project = piece.project.filter(|_| self.in_project(position)).map(ProjectIx::new);
            if let Some((finish, days)) = piece.not_before {
                let kind = if finish {
                    ConstraintKind::FinishNoEarlierThan
                } else {
                    ConstraintKind::StartNoEarlierThan
                };
                let date = Instant(at("2027-01-11").0 + days * 1_440).to_string();
                task.constraints.push(constraint(kind, &date));
            }
            numbers.insert(position, builder.task(task));
        }
        let mut links: Vec<Link> = self
            .ties
            .iter()
            .map(|tie| {
                let amount = match tie.lag {
                    None => LagAmount::None,
                    Some(Length::Minutes(minutes)) => LagAmount::Fixed(minutes),
                    Some(Length::Share(share)) => LagAmount::Share(share),
                };
                let (from, to) = (numbers[&tie.ends.0], numbers[&tie.ends.1]);
                let lag = Lag { amount, clock: tie.clock };
                Link { from: Endpoint::Task(from), to: Endpoint::Task(to), kind: tie.kind, lag }
            })
            .collect();
        for &(kind, to) in self.from_projects.iter().filter(|(_, to)| !self.in_project(*to)) {
            let from = Endpoint::Project(ProjectIx(0));
            links.push(Link { from, to: Endpoint::Task(numbers[&to]), kind, lag: Lag::none() });
        }
        if reverse_links {
            links.reverse();
        }
        for link in links {
            builder.link(link);
        }
        builder.build().unwrap()
    }

    fn in_project(&self, position: usize) -> bool {
        position < self.pieces.len() / 2
    }

    fn plain(&self) -> Program {
        self.program(&(0..self.pieces.len()).collect::<Vec<_>>(), false)
    }

    /// Whether a link takes the earliest start of a project.
    fn takes_minimum(&self) -> bool {
        self.from_projects.iter().any(|(kind, _)| matches!(kind, LinkKind::SS | LinkKind::SF))
    }
}

fn run(program: &Program) -> (Inputs, Network, Pass) {
    let inputs = Inputs::plan(program);
    let network = Network::compile(program, &inputs).unwrap();
    let mut pass = network.pass();
    passes(&network, &inputs, &mut pass);
    (inputs, network, pass)
}

fn passes(network: &Network, inputs: &Inputs, pass: &mut Pass) {
    network.forward(inputs, pass);
    network.backward(inputs, pass);
    network.trace(inputs, pass);
}

fn tasks(program: &Program) -> impl Iterator<Item = TaskIx> + use<> {
    (0..program.tasks().len()).map(TaskIx::new)
}

/// A finish, where no finish is later than all.
fn finish(pass: &Pass, task: TaskIx) -> i64 {
    if pass.is_unfinished(task) { i64::MAX } else { i64::from(pass.finish(task).0) }
}

/// The finish of the target when task `held` does not start before `from`, whatever its windows say.
fn target_when_held(sketch: &Sketch, held: TaskIx, from: Instant) -> Option<Instant> {
    let program = sketch.plain();
    let mut builder = ProgramBuilder::new("held", program.start(), program.currency());
    for calendar in program.calendars() {
        builder.calendar(calendar.id.clone(), calendar.calendar.clone());
    }
    for project in program.projects() {
        builder.project(project.clone());
    }
    for (number, task) in program.tasks().iter().enumerate() {
        let mut task = task.clone();
        if number == held.index() {
            let mut own = program.calendars()[task.calendar.index()].calendar.clone();
            if own.windows.as_ref().is_some_and(|windows| windows.mode != WindowMode::Pause) {
                own.windows = None;
                task.calendar = builder.calendar("free", own);
            }
            let kind = ConstraintKind::StartNoEarlierThan;
            task.constraints.push(p80::model::Constraint { kind, at: from });
        }
        builder.task(task);
    }
    for link in program.links() {
        builder.link(link.clone());
    }
    let program = builder.build().unwrap();
    let inputs = Inputs::plan(&program);
    let network = Network::compile(&program, &inputs).unwrap();
    let mut pass = network.pass();
    network.forward(&inputs, &mut pass);
    pass.target_finish()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    // Fails if a link in the backward pass is unshifted with `finish_at`, if a start bound is taken as
    // `worked(t)` instead of `worked(t + 1) - 1`, or if windows are left out of the backward pass.
    #[test]
    fn late_dates_are_exactly_the_latest_that_do_not_move_the_target(sketch in sketch(EVERYTHING, 1..9)) {
        prop_assume!(!sketch.takes_minimum());
        let program = sketch.plain();
        let (inputs, _, pass) = run(&program);
        prop_assume!(!pass.unfinished());
        let target = pass.target_finish();
        for task in tasks(&program) {
            let late = pass.late_start(task).expect("every finish counts for the finish of all work");
            if inputs.duration_minutes[task.index()] > 0 {
                prop_assert!(pass.total_float(task).unwrap() >= 0);
                prop_assert_eq!(pass.total_float(task) == Some(0), pass.is_critical(task));
            }
            prop_assert!(pass.late_finish(task).unwrap() >= pass.finish(task));
            prop_assert_eq!(target_when_held(&sketch, task, late), target, "{:?} until {}", task, late);
            // The next later place is the next minute of work, or for an event the next minute.
            let later = Instant(late.0 + 1);
            prop_assert!(target_when_held(&sketch, task, later) > target, "{:?} until {}", task, later);
        }
    }

    // An FF link and a start window together are an exception: longer work begins earlier, and may so catch
    // a window that shorter work misses.
    #[test]
    fn longer_work_never_finishes_anything_earlier(
        sketch in prop_oneof![
            sketch(Menu { kinds: &[LinkKind::FS, LinkKind::SS], calendars: 7, finish_dates: false, leads: false }, 1..40),
            sketch(Menu { kinds: &[LinkKind::FS, LinkKind::FF], calendars: 6, finish_dates: true, leads: false }, 1..40),
        ],
        which: prop::sample::Index,
        more in 1..3_000_i32,
    ) {
        let program = sketch.plain();
        let inputs = Inputs::plan(&program);
        let mut longer = inputs.clone();
        longer.duration_minutes[which.index(program.tasks().len())] += more;
        let network = Network::compile(&program, &longer).unwrap();
        let (mut short, mut long) = (network.pass(), network.pass());
        network.forward(&inputs, &mut short);
        network.forward(&longer, &mut long);
        for task in tasks(&program) {
            prop_assert!(finish(&short, task) <= finish(&long, task), "{:?}", task);
        }
    }

    #[test]
    fn work_that_does_not_drive_can_be_shortened_without_effect(
        sketch in prop_oneof![
            sketch(Menu { kinds: &[LinkKind::FS, LinkKind::SS], calendars: 7, finish_dates: false, leads: true }, 1..40),
            sketch(Menu { kinds: &[LinkKind::FS, LinkKind::FF], calendars: 6, finish_dates: true, leads: true }, 1..40),
        ],
        share in 0.0..1.0_f64,
    ) {
        // A lead that is a share of the duration shrinks with it, which is a delay.
        prop_assume!(!sketch.ties.iter().any(|tie| matches!(tie.lag, Some(Length::Share(share)) if share < 0.0)));
        let program = sketch.plain();
        let (mut inputs, network, mut pass) = run(&program);
        prop_assume!(!pass.unfinished());
        let target = pass.target_finish();
        for task in tasks(&program).filter(|&task| !pass.is_driving(task)) {
            let minutes = &mut inputs.duration_minutes[task.index()];
            *minutes = (f64::from(*minutes) * share) as i32;
        }
        network.forward(&inputs, &mut pass);
        prop_assert_eq!(pass.target_finish(), target);
    }

    #[test]
    fn every_driving_chain_reaches_back_to_its_beginning(sketch in sketch(EVERYTHING, 1..40)) {
        let program = sketch.plain();
        let (inputs, network, pass) = run(&program);
        prop_assume!(!pass.unfinished());
        let links = network.driving_links(&inputs, &pass);
        let mut beginnings = 0;
        for task in tasks(&program).filter(|&task| pass.is_driving(task)) {
            let held = links.iter().any(|link| program.links()[link.index()].to == Endpoint::Task(task));
            prop_assert_eq!(pass.chain_start(task).is_none(), held, "{:?}", task);
            beginnings += usize::from(!held);
        }
        prop_assert!(beginnings > 0);
        for task in tasks(&program).filter(|&task| !pass.is_driving(task)) {
            prop_assert_eq!(pass.chain_start(task), None);
        }
    }

    #[test]
    fn without_nights_and_windows_what_drives_is_what_is_critical(
        sketch in sketch(Menu { calendars: 1, ..EVERYTHING }, 1..40),
    ) {
        prop_assume!(!sketch.takes_minimum());
        let program = sketch.plain();
        let (_, _, pass) = run(&program);
        for task in tasks(&program) {
            prop_assert_eq!(pass.is_driving(task), pass.is_critical(task), "{:?}", task);
        }
    }

    #[test]
    fn the_order_of_tasks_and_links_changes_nothing(
        (sketch, order) in sketch(EVERYTHING, 1..40).prop_flat_map(|sketch| {
            let order = Just((0..sketch.pieces.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(sketch), order)
        }),
    ) {
        let (plain, mixed) = (sketch.plain(), sketch.program(&order, true));
        let ((_, _, one), (inputs, network, _)) = (run(&plain), run(&mixed));
        // A pass that has served another iteration before gives the same as a new one.
        let mut other = network.pass();
        let nothing = Inputs { duration_minutes: vec![0; order.len()], ..inputs.clone() };
        passes(&network, &nothing, &mut other);
        passes(&network, &inputs, &mut other);
        prop_assert_eq!(one.target_finish(), other.target_finish());
        for (number, &position) in order.iter().enumerate() {
            let (a, b) = (TaskIx::new(position), TaskIx::new(number));
            prop_assert_eq!(one.start(a), other.start(b));
            prop_assert_eq!(one.finish(a), other.finish(b));
            prop_assert_eq!(one.late_start(a), other.late_start(b));
            prop_assert_eq!(one.late_finish(a), other.late_finish(b));
            prop_assert_eq!(one.total_float(a), other.total_float(b));
            prop_assert_eq!(one.is_driving(a), other.is_driving(b));
            prop_assert_eq!(one.chain_start(a), other.chain_start(b));
            prop_assert_eq!(one.window_wait(a), other.window_wait(b));
        }
        for project in (0..3).map(ProjectIx) {
            prop_assert_eq!(one.project_start(project), other.project_start(project));
            prop_assert_eq!(one.project_finish(project), other.project_finish(project));
        }
        // Every task comes after those that it depends on.
        let mut position = vec![0; order.len()];
        for (at, task) in network.order().iter().enumerate() {
            position[task.index()] = at;
        }
        for link in mixed.links() {
            if let (Endpoint::Task(from), Endpoint::Task(to)) = (link.from, link.to) {
                prop_assert!(position[from.index()] < position[to.index()]);
            }
        }
    }
}
