//! Programs in few words, for tests of the network.

use p80::calendar::Calendar;
use p80::model::{
    CalendarIx, Constraint, ConstraintKind, Endpoint, Estimate, Lag, LagAmount, LagClock, Link, LinkIx,
    LinkKind, Program, ProgramBuilder, Project, ProjectIx, Task, TaskIx,
};
use p80::network::{Inputs, Network, Pass};
use p80::units::Instant;

/// A program under construction; 2027-01-11 is a Monday.
pub struct Plan {
    /// The builder, for what has no shorthand here.
    pub builder: ProgramBuilder,
    tasks: usize,
}

/// An instant from its text.
pub fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

impl Plan {
    /// A program that starts on Monday 2027-01-11 08:00, with one calendar.
    pub fn new(calendar: Calendar) -> Self {
        Self::starting("2027-01-11T08:00", calendar)
    }

    /// A program with one calendar.
    pub fn starting(start: &str, calendar: Calendar) -> Self {
        let mut builder = ProgramBuilder::new("test", at(start), "EUR".parse().unwrap());
        builder.calendar("first", calendar);
        Self { builder, tasks: 0 }
    }

    /// A task of so many minutes on a calendar.
    pub fn task_on(&mut self, calendar: CalendarIx, minutes: i32) -> TaskIx {
        self.add(Task::work(format!("t{}", self.tasks), Estimate::certain(f64::from(minutes)), calendar))
    }

    /// A task of so many minutes on the first calendar.
    pub fn task(&mut self, minutes: i32) -> TaskIx {
        self.task_on(CalendarIx(0), minutes)
    }

    /// Any task.
    pub fn add(&mut self, task: Task) -> TaskIx {
        self.tasks += 1;
        self.builder.task(task)
    }

    /// A project.
    pub fn project(&mut self, id: &str, parent: Option<ProjectIx>) -> ProjectIx {
        let (id, name) = (id.to_owned(), id.to_owned());
        self.builder.project(Project { id, name, parent, owner: None, costs: Vec::new() })
    }

    /// A link with a lag in minutes of the successor's calendar.
    pub fn link(&mut self, from: TaskIx, kind: LinkKind, to: TaskIx, lag: i32) -> LinkIx {
        self.link_ends(Endpoint::Task(from), kind, Endpoint::Task(to), LagAmount::Fixed(lag))
    }

    /// Any link with a lag in the successor's calendar.
    pub fn link_ends(&mut self, from: Endpoint, kind: LinkKind, to: Endpoint, amount: LagAmount) -> LinkIx {
        self.builder.link(Link { from, to, kind, lag: Lag { amount, clock: LagClock::Successor } })
    }

    /// The sealed program.
    pub fn program(self) -> Program {
        self.builder.build().unwrap()
    }

    /// The sealed program with all passes of its plan.
    pub fn run(self) -> Run {
        Run::of(self.program())
    }
}

/// A constraint.
pub fn constraint(kind: ConstraintKind, date: &str) -> Constraint {
    Constraint { kind, at: at(date) }
}

/// A program and the passes of its plan.
pub struct Run {
    pub program: Program,
    pub inputs: Inputs,
    pub network: Network,
    pub pass: Pass,
}

impl Run {
    /// Runs all passes of the plan.
    pub fn of(program: Program) -> Self {
        let inputs = Inputs::plan(&program);
        let network = Network::compile(&program, &inputs).unwrap();
        let mut pass = network.pass();
        network.forward(&inputs, &mut pass);
        network.backward(&inputs, &mut pass);
        network.free_float(&inputs, &mut pass);
        network.trace(&inputs, &mut pass);
        Self { program, inputs, network, pass }
    }

    /// Start and finish of a task as text.
    pub fn dates(&self, task: TaskIx) -> (String, String) {
        (self.pass.start(task).to_string(), self.pass.finish(task).to_string())
    }

    /// Asserts start and finish of a task.
    #[track_caller]
    pub fn expect(&self, task: TaskIx, start: &str, finish: &str) {
        assert_eq!(self.dates(task), (start.to_owned(), finish.to_owned()), "dates of task {}", task.0);
    }
}
