//! The money of one iteration at a time.

use super::sheet::{Sheet, Totals};
use super::treasury::{Scratch, Treasury};
use super::value::{FinalCosts, Worth};
use crate::engine::NEVER;
use crate::lanes::InstructionSet;
use crate::model::{Bearer, ConditionIx, Program, ProjectIx, TaskIx};
use crate::network::{Inputs, Network, Pass};
use crate::units::Instant;

/// The rows of one iteration.
#[derive(Clone, Debug)]
pub(in crate::engine) struct OneLane {
    pub scratch: Scratch,
    finish: i32,
    task_start: Vec<i32>,
    task_finish: Vec<i32>,
    task_minutes: Vec<i32>,
    task_present: Vec<bool>,
    task_stopped: Vec<bool>,
    project_finish: Vec<i32>,
}

impl OneLane {
    /// Memory for one iteration.
    pub fn new(treasury: &Treasury) -> Self {
        let (tasks, projects) = (treasury.program.tasks().len(), treasury.program.projects().len());
        Self {
            scratch: Scratch::new(treasury, 1),
            finish: 0,
            task_start: vec![0; tasks],
            task_finish: vec![0; tasks],
            task_minutes: vec![0; tasks],
            task_present: vec![true; tasks],
            task_stopped: vec![false; tasks],
            project_finish: vec![0; projects],
        }
    }

    /// Takes over the dates of a pass, as they are shown.
    pub fn look(&mut self, treasury: &Treasury, program: &Program, network: &Network, pass: &Pass) {
        self.finish = pass.target_finish().map_or(NEVER, |at| at.0);
        for at in 0..program.tasks().len() {
            let task = TaskIx::new(at);
            let date = |at: Instant| if pass.is_unfinished(task) { NEVER } else { at.0 };
            self.task_start[at] = date(pass.shown_start(task));
            self.task_finish[at] = date(pass.shown_finish(task));
            // What never starts for lack of money costs nothing.
            let unpaid = treasury.is_capped() && pass.is_unfinished(task);
            self.task_minutes[at] = if unpaid { 0 } else { pass.minutes(task) };
            self.task_present[at] = network.exists(task, pass);
            self.task_stopped[at] = pass.is_stopped(task);
        }
        for (at, finish) in self.project_finish.iter_mut().enumerate() {
            *finish = pass.project_finish(ProjectIx::new(at)).map_or(NEVER, |at| at.0);
        }
    }

    fn parts(&mut self) -> (Sheet<'_>, &mut Scratch) {
        let sheet = Sheet {
            lanes: 1,
            finish: std::slice::from_ref(&self.finish),
            task_start: &self.task_start,
            task_finish: &self.task_finish,
            task_minutes: &self.task_minutes,
            task_present: &self.task_present,
            task_stopped: &self.task_stopped,
            project_finish: &self.project_finish,
        };
        (sheet, &mut self.scratch)
    }

    /// See [`Treasury::settle`].
    pub fn settle(
        &mut self,
        treasury: &Treasury,
        totals: &mut Totals<'_>,
        line_cost: &mut [i64],
        present: &dyn Fn(Bearer, Option<ConditionIx>, usize) -> bool,
    ) {
        let (sheet, scratch) = self.parts();
        treasury.settle(&sheet, scratch, totals, line_cost, present);
    }

    /// The task that has to wait for money first, and until when; see [`Treasury::must_wait`].
    pub fn must_wait(
        &mut self,
        treasury: &Treasury,
        costs: FinalCosts<'_>,
        inputs: &Inputs,
    ) -> Option<(TaskIx, i32)> {
        let (sheet, scratch) = self.parts();
        treasury.must_wait(&sheet, scratch, costs, inputs)
    }

    /// What costs and benefits are worth, and both together of each program of a portfolio; see [`Treasury::value`].
    pub fn worth(&mut self, treasury: &Treasury, costs: FinalCosts<'_>, members: &mut [i64]) -> (i64, i64) {
        if !treasury.has_case() {
            return (0, 0);
        }
        let (sheet, scratch) = self.parts();
        let (mut cost, mut benefit) = ([0], [0]);
        let set = InstructionSet::BASELINE;
        let out = Worth { costs: &mut cost, benefits: &mut benefit, members };
        treasury.value(set, (&sheet, &|_| None), scratch, costs, out);
        (cost[0], benefit[0])
    }
}
