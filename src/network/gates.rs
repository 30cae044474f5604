//! From a program's links to edges, with gates for links from and to projects.
//!
//! A link from a project to `n` tasks of another must not become `n` times `m` edges. What leaves a project
//! passes one gate that takes the latest finish (FS, FF) or the earliest start (SS, SF) of its tasks; what
//! enters it passes one gate per calendar of its tasks, because a lag runs in the calendar of the successor.

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::Decisions;
use super::inputs::whole_minutes;
use super::node::{Amount, Edge, Gate, LagTable};
use super::tables::TableList;
use crate::calendar::TablePart;
use crate::model::{
    CalendarIx, Endpoint, LagAmount, LagClock, Link, LinkIx, LinkKind, Program, ProjectIx, TaskIx,
};

/// Gates and edges of a program; edges are in no particular order.
#[derive(Debug, Default)]
pub(super) struct Wiring {
    /// The gates, numbered after the tasks.
    pub gates: Vec<Gate>,
    /// The edges.
    pub edges: Vec<Edge>,
    /// Pairs (before, after) that must be visited in this order although no date passes between them.
    pub visits: Vec<(u32, u32)>,
    /// What is decided on the way.
    pub decisions: Decisions,
}

/// What passes a gate of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Passage {
    Start,
    Finish,
    Entry(CalendarIx),
}

/// The projects as the wiring needs them.
struct Layout<'a> {
    program: &'a Program,
    /// The calendars of all tasks in a project and below it; empty = a project without tasks.
    calendars: Vec<BTreeSet<CalendarIx>>,
    gates: BTreeMap<(ProjectIx, Passage), u32>,
    wiring: Wiring,
}

/// Turns all links into edges.
pub(super) fn wire(program: &Program, tables: &mut TableList) -> Wiring {
    let mut layout = Layout {
        program,
        calendars: calendars_below(program),
        gates: BTreeMap::new(),
        wiring: Wiring::default(),
    };
    layout.make_exits();
    layout.make_entries();
    for (at, link) in program.links().iter().enumerate() {
        layout.connect(LinkIx::new(at), link, tables);
    }
    layout.make_decisions();
    layout.wiring
}

/// The calendars used in every project and below it.
fn calendars_below(program: &Program) -> Vec<BTreeSet<CalendarIx>> {
    let mut calendars = vec![BTreeSet::new(); program.projects().len()];
    for task in program.tasks() {
        if let Some(project) = task.project {
            calendars[project.index()].insert(task.calendar);
        }
    }
    // A parent stands before its children, so that backwards every project is complete when it is reached.
    for (at, project) in program.projects().iter().enumerate().rev() {
        if let Some(parent) = project.parent {
            let below = calendars[at].clone();
            calendars[parent.index()].extend(below);
        }
    }
    calendars
}

/// A passage without lag that belongs to no link.
fn belongs(from: u32, to: u32, leaves_start: bool) -> Edge {
    Edge {
        from,
        to,
        leaves_start,
        holds_finish: false,
        amount: Amount::None,
        clock: LagTable::Clock,
        link: None,
    }
}

impl Layout<'_> {
    fn gate(&mut self, project: ProjectIx, passage: Passage) -> u32 {
        if let Some(&known) = self.gates.get(&(project, passage)) {
            return known;
        }
        let number = (self.program.tasks().len() + self.wiring.gates.len()) as u32;
        self.wiring.gates.push(if passage == Passage::Start { Gate::Earliest } else { Gate::Latest });
        self.gates.insert((project, passage), number);
        number
    }

    /// A gate for every condition that awaits dates or costs.
    fn make_decisions(&mut self) {
        let wiring = &mut self.wiring;
        wiring.decisions = Decisions::of(self.program);
        for (number, decision) in (0..).zip(&wiring.decisions.all) {
            let gate = (self.program.tasks().len() + wiring.gates.len()) as u32;
            wiring.gates.push(Gate::Decision(number));
            let awaited = decision.awaited(&wiring.decisions.bills);
            wiring.visits.extend(awaited.into_iter().map(|task| (task, gate)));
            wiring.visits.extend(decision.tasks.iter().map(|&task| (gate, task)));
        }
    }

    /// Gates for the links that leave projects, and for all projects below those.
    fn make_exits(&mut self) {
        for passage in [Passage::Start, Passage::Finish] {
            let mut wanted = vec![false; self.program.projects().len()];
            for link in self.program.links() {
                if let Endpoint::Project(from) = link.from {
                    let takes_start = matches!(link.kind, LinkKind::SS | LinkKind::SF);
                    let shared = matches!(link.lag.amount, LagAmount::Share(_));
                    wanted[from.index()] |= shared || takes_start == (passage == Passage::Start);
                }
            }
            for (at, project) in self.program.projects().iter().enumerate() {
                if let Some(parent) = project.parent {
                    wanted[at] |= wanted[parent.index()];
                    if wanted[parent.index()] && !self.calendars[at].is_empty() {
                        let (from, to) = (self.gate(ProjectIx::new(at), passage), self.gate(parent, passage));
                        self.wiring.edges.push(belongs(from, to, passage == Passage::Start));
                    }
                }
            }
            for (at, task) in self.program.tasks().iter().enumerate() {
                let project = task.project.filter(|project| wanted[project.index()]);
                if let Some(project) = project.filter(|_| !task.is_extra_pass()) {
                    let to = self.gate(project, passage);
                    self.wiring.edges.push(belongs(at as u32, to, passage == Passage::Start));
                }
            }
        }
    }

    /// Gates for the links that enter projects.
    fn make_entries(&mut self) {
        let mut entered = vec![false; self.program.projects().len()];
        for link in self.program.links() {
            if let Endpoint::Project(to) = link.to {
                entered[to.index()] = true;
            }
        }
        // The nearest project at or above each one that a link enters.
        let mut nearest: Vec<Option<ProjectIx>> = Vec::with_capacity(entered.len());
        for (at, project) in self.program.projects().iter().enumerate() {
            let above = project.parent.and_then(|parent| nearest[parent.index()]);
            let own = ProjectIx::new(at);
            if entered[at] {
                for calendar in self.calendars[at].clone() {
                    let to = self.gate(own, Passage::Entry(calendar));
                    if let Some(above) = above {
                        let from = self.gate(above, Passage::Entry(calendar));
                        self.wiring.edges.push(belongs(from, to, false));
                    }
                }
            }
            nearest.push(if entered[at] { Some(own) } else { above });
        }
        for (at, task) in self.program.tasks().iter().enumerate() {
            let project = task.project.filter(|_| !task.is_extra_pass());
            if let Some(project) = project.and_then(|project| nearest[project.index()]) {
                let from = self.gate(project, Passage::Entry(task.calendar));
                self.wiring.edges.push(belongs(from, at as u32, false));
            }
        }
    }

    /// The edges of one link: one, or one per calendar of the project that it enters.
    fn connect(&mut self, number: LinkIx, link: &Link, tables: &mut TableList) {
        let leaves_start = matches!(link.kind, LinkKind::SS | LinkKind::SF);
        let holds_finish = matches!(link.kind, LinkKind::FF | LinkKind::SF);
        let from = match link.from {
            Endpoint::Task(task) => task.index() as u32,
            // A project without tasks has no dates and holds back nothing.
            Endpoint::Project(project) if self.calendars[project.index()].is_empty() => return,
            Endpoint::Project(project) => {
                self.gate(project, if leaves_start { Passage::Start } else { Passage::Finish })
            }
        };
        let ends: Vec<(u32, CalendarIx)> = match link.to {
            Endpoint::Task(task) => vec![(task.index() as u32, self.calendar_of(task))],
            Endpoint::Project(project) => {
                let calendars = self.calendars[project.index()].clone();
                calendars.into_iter().map(|own| (self.gate(project, Passage::Entry(own)), own)).collect()
            }
        };
        let amount = self.amount(number, link);
        for (to, successor) in ends {
            let calendar = match link.lag.clock {
                LagClock::Elapsed => None,
                LagClock::Successor => Some(successor),
                LagClock::Program => Some(self.program.calendar_of(link.to)),
                // A project has no calendar of its own.
                LagClock::Predecessor => Some(match link.from {
                    Endpoint::Task(task) => self.calendar_of(task),
                    from @ Endpoint::Project(_) => self.program.calendar_of(from),
                }),
            };
            let clock = match calendar.filter(|_| amount != Amount::None) {
                None => LagTable::Clock,
                Some(calendar) => LagTable::Work(tables.number(calendar, TablePart::Working)),
            };
            if let Amount::SpanShare { first, last, .. } = amount {
                self.wiring.visits.extend([(first, to), (last, to)]);
            }
            let link = Some(number);
            self.wiring.edges.push(Edge { from, to, leaves_start, holds_finish, amount, clock, link });
        }
    }

    fn calendar_of(&self, task: TaskIx) -> CalendarIx {
        self.program.tasks()[task.index()].calendar
    }

    fn amount(&mut self, number: LinkIx, link: &Link) -> Amount {
        match (&link.lag.amount, link.from) {
            (LagAmount::None | LagAmount::Fixed(0), _) => Amount::None,
            (LagAmount::Fixed(minutes), _) => Amount::Fixed(*minutes),
            (LagAmount::Uncertain(_), _) => Amount::Drawn(number.0),
            (&LagAmount::Share(0.0), _) => Amount::None,
            (&LagAmount::Share(share), Endpoint::Task(task)) => Amount::Share { share, task: task.0 },
            (&LagAmount::Share(share), Endpoint::Project(project)) => Amount::SpanShare {
                share,
                first: self.gate(project, Passage::Start),
                last: self.gate(project, Passage::Finish),
            },
        }
    }
}

/// Leaves out the edges from entries of projects that nothing enters: they hold nothing back. Such an entry is
/// left where all links to a project come from projects without tasks.
pub(super) fn without_empty(tasks: usize, gates: &[Gate], edges: &mut Vec<Edge>) {
    loop {
        let mut entered = vec![false; gates.len()];
        for gate in edges.iter().filter_map(|edge| (edge.to as usize).checked_sub(tasks)) {
            entered[gate] = true;
        }
        let before = edges.len();
        edges.retain(|edge| (edge.from as usize).checked_sub(tasks).is_none_or(|gate| entered[gate]));
        // What was entered from an empty entry alone may be empty now.
        if edges.len() == before {
            return;
        }
    }
}

/// A share of some minutes, rounded to the minute, ties to even.
pub(super) fn share_of(share: f64, minutes: i32) -> i32 {
    whole_minutes(share * f64::from(minutes))
}
