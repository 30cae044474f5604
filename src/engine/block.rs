//! What one block of iterations came to, as structure of arrays.

use ndarray::Array2;

use super::Treasury;
use crate::draws::BLOCK;
use crate::model::Program;

/// The date of something that never happens in an iteration: later than every date.
pub const NEVER: i32 = i32::MAX;

/// The outcomes of one block of [`BLOCK`] iterations. Two-dimensional arrays have a row per task, project,
/// risk or driver and a column per iteration of the block. Dates are minutes since the epoch or [`NEVER`].
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The index of the block; its first iteration is `index * BLOCK`.
    pub index: u64,
    /// Finish of the program.
    pub finish: Vec<i32>,
    /// T: working minutes of the program's calendar from its start to its finish; 0 without a finish.
    pub minutes: Vec<i32>,
    /// Cost of the program, minor units.
    pub cost: Vec<i64>,
    /// Start of each task, as shown.
    pub task_start: Array2<i32>,
    /// Finish of each task, as shown.
    pub task_finish: Array2<i32>,
    /// Simulated duration of each task with all impacts, minutes of its clock.
    pub task_minutes: Array2<i32>,
    /// How long windows and freezes made each task wait, elapsed minutes.
    pub task_wait: Array2<i32>,
    /// Cost of each task, minor units.
    pub task_cost: Array2<i64>,
    /// Cost of each line, minor units, where the program says something about money over time; no row elsewhere. The
    /// lines are those of [`super::Treasury::lines`].
    pub line_cost: Array2<i64>,
    /// What money draws besides: no row where there is nothing.
    pub money_values: Array2<f64>,
    /// What the costs are worth on the valuation date after tax, minor units; 0 where nothing is discounted.
    pub cost_worth: Vec<i64>,
    /// What the benefits are worth on the valuation date after tax, minor units.
    pub benefit_worth: Vec<i64>,
    /// What each program of a portfolio is worth, benefits less costs on the valuation date after tax, minor units; no
    /// row where nothing is discounted.
    pub member_worth: Array2<i64>,
    /// Whether each task existed. Dates of one that did not are those that it passes on, its minutes and costs
    /// are 0.
    pub task_present: Array2<bool>,
    /// Whether each task was cancelled, before it began or while it went on; no row where nothing can be.
    pub task_stopped: Array2<bool>,
    /// Whether each task had no simulation float.
    pub task_critical: Array2<bool>,
    /// Whether each task lay on the driving chain.
    pub task_driving: Array2<bool>,
    /// Latest finish of the tasks of each project.
    pub project_finish: Array2<i32>,
    /// Cost of each project with all below it, minor units.
    pub project_cost: Array2<i64>,
    /// Whether the driving chain runs through each project.
    pub project_drives: Array2<bool>,
    /// Whether each risk occurred.
    pub risk_occurred: Array2<bool>,
    /// Minutes that each risk added to the tasks that it hit.
    pub risk_minutes: Array2<i64>,
    /// Cost impacts of each risk, minor units.
    pub risk_cost: Array2<i64>,
    /// Whether each risk driver occurred.
    pub driver_occurred: Array2<bool>,
    /// Minutes that each risk driver added to the tasks that it touches, each counted on the task's own
    /// estimate alone.
    pub driver_minutes: Array2<i64>,
    /// How often a duration below zero was held at zero.
    pub durations_clamped: u64,
}

/// What watches a simulation. Everything that an observer keeps must merge in any order.
pub trait Observer: Send {
    /// Whether it reads the dates of tasks that have minutes, [`Block::task_start`] and
    /// [`Block::task_finish`], of the block with this index: what nobody reads need not be made.
    fn wants_dates(&self, block: u64) -> bool {
        let _ = block;
        true
    }
    /// Whether it reads finish, cost and worth of the program alone.
    fn wants_ends_only(&self) -> bool {
        false
    }
    /// Takes note of one block.
    fn block(&mut self, block: &Block);
    /// Takes over what another observer of the same simulation noted.
    fn merge(&mut self, other: Self)
    where
        Self: Sized;
}

impl<A: Observer, B: Observer> Observer for (A, B) {
    fn wants_dates(&self, block: u64) -> bool {
        self.0.wants_dates(block) || self.1.wants_dates(block)
    }

    fn wants_ends_only(&self) -> bool {
        self.0.wants_ends_only() && self.1.wants_ends_only()
    }

    fn block(&mut self, block: &Block) {
        self.0.block(block);
        self.1.block(block);
    }

    fn merge(&mut self, other: Self) {
        self.0.merge(other.0);
        self.1.merge(other.1);
    }
}

impl<O: Observer> Observer for Option<O> {
    fn wants_dates(&self, block: u64) -> bool {
        self.as_ref().is_some_and(|observer| observer.wants_dates(block))
    }

    fn wants_ends_only(&self) -> bool {
        self.as_ref().is_none_or(Observer::wants_ends_only)
    }

    fn block(&mut self, block: &Block) {
        if let Some(observer) = self {
            observer.block(block);
        }
    }

    fn merge(&mut self, other: Self) {
        match (self, other) {
            (Some(own), Some(other)) => own.merge(other),
            (own @ None, other) => *own = other,
            (Some(_), None) => {}
        }
    }
}

impl Block {
    /// Gives it the rows of money over time and of cancellations that it lacks.
    pub(super) fn fit(&mut self, treasury: Option<&Treasury>, stoppable: usize) {
        if self.task_stopped.nrows() != stoppable {
            self.task_stopped = Array2::from_elem((stoppable, BLOCK), false);
            // Another version may have cancelled what this one cannot.
            self.task_present.fill(true);
        }
        let Some(treasury) = treasury else { return };
        if self.line_cost.nrows() != treasury.lines().len() {
            self.line_cost = Array2::zeros((treasury.lines().len(), BLOCK));
        }
        let valued = treasury.valued_members();
        if self.member_worth.nrows() != valued {
            self.member_worth = Array2::zeros((valued, BLOCK));
        }
        if self.money_values.nrows() != treasury.quantities.len() {
            self.money_values = Array2::zeros((treasury.quantities.len(), BLOCK));
        }
    }

    /// Whether it has the shape of the blocks of a program.
    pub(super) fn is_of(&self, program: &Program) -> bool {
        (self.task_start.nrows(), self.project_finish.nrows())
            == (program.tasks().len(), program.projects().len())
            && (self.risk_occurred.nrows(), self.driver_occurred.nrows())
                == (program.risks().len(), program.drivers().len())
    }

    /// Empties it for another program of its shape: kernels do not fill in what is the same in every block of theirs.
    pub(super) fn clear(&mut self) {
        for dates in [&mut self.task_start, &mut self.task_finish, &mut self.project_finish] {
            dates.fill(NEVER);
        }
        for minutes in [&mut self.task_minutes, &mut self.task_wait] {
            minutes.fill(0);
        }
        for sums in [
            &mut self.task_cost,
            &mut self.project_cost,
            &mut self.risk_minutes,
            &mut self.risk_cost,
            &mut self.driver_minutes,
        ] {
            sums.fill(0);
        }
        self.task_present.fill(true);
        for flags in [
            &mut self.task_critical,
            &mut self.task_driving,
            &mut self.project_drives,
            &mut self.risk_occurred,
            &mut self.driver_occurred,
        ] {
            flags.fill(false);
        }
        for values in [&mut self.cost, &mut self.cost_worth, &mut self.benefit_worth] {
            values.fill(0);
        }
        self.finish.fill(NEVER);
        self.minutes.fill(0);
        self.task_stopped = Array2::from_elem((0, BLOCK), false);
        self.money_values = Array2::zeros((0, BLOCK));
        (self.line_cost, self.member_worth) = (Array2::zeros((0, BLOCK)), Array2::zeros((0, BLOCK)));
        (self.index, self.durations_clamped) = (0, 0);
    }

    /// An empty block of the right shape; whoever fills it gives it rows for money over time.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        let (tasks, projects) = (program.tasks().len(), program.projects().len());
        let (risks, drivers) = (program.risks().len(), program.drivers().len());
        Self {
            index: 0,
            finish: vec![NEVER; BLOCK],
            minutes: vec![0; BLOCK],
            cost: vec![0; BLOCK],
            task_start: Array2::from_elem((tasks, BLOCK), NEVER),
            task_finish: Array2::from_elem((tasks, BLOCK), NEVER),
            task_minutes: Array2::zeros((tasks, BLOCK)),
            task_wait: Array2::zeros((tasks, BLOCK)),
            task_cost: Array2::zeros((tasks, BLOCK)),
            line_cost: Array2::zeros((0, BLOCK)),
            money_values: Array2::zeros((0, BLOCK)),
            cost_worth: vec![0; BLOCK],
            benefit_worth: vec![0; BLOCK],
            member_worth: Array2::zeros((0, BLOCK)),
            task_present: Array2::from_elem((tasks, BLOCK), true),
            task_stopped: Array2::from_elem((0, BLOCK), false),
            task_critical: Array2::from_elem((tasks, BLOCK), false),
            task_driving: Array2::from_elem((tasks, BLOCK), false),
            project_finish: Array2::from_elem((projects, BLOCK), NEVER),
            project_cost: Array2::zeros((projects, BLOCK)),
            project_drives: Array2::from_elem((projects, BLOCK), false),
            risk_occurred: Array2::from_elem((risks, BLOCK), false),
            risk_minutes: Array2::zeros((risks, BLOCK)),
            risk_cost: Array2::zeros((risks, BLOCK)),
            driver_occurred: Array2::from_elem((drivers, BLOCK), false),
            driver_minutes: Array2::zeros((drivers, BLOCK)),
            durations_clamped: 0,
        }
    }
}
