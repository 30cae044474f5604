//! One iteration in full: what was drawn, what came of it, and what drove the finish.

use crate::engine::{NEVER, Simulation};
use crate::model::{LinkIx, RiskIx, TaskIx};
use crate::network::ChainStart;

/// One iteration, simulated again by the plain engine: draws are addressed, so that any iteration can be
/// had again by its number.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// The number of the iteration, counted from 0.
    pub iteration: u32,
    /// Finish of the program, minutes since the epoch; [`None`] if it has none.
    pub finish: Option<i32>,
    /// Cost of the program, minor units.
    pub cost: i64,
    /// What the program is worth on the valuation date, minor units; [`None`] where nothing is discounted.
    pub npv: Option<i64>,
    /// By [`TaskIx`].
    pub tasks: Vec<ReplayedTask>,
    /// The risks that occurred, in the order of the register.
    pub risks: Vec<ReplayedRisk>,
    /// The drivers that occurred, by their position, with the minutes that they added to tasks.
    pub drivers: Vec<(usize, i64)>,
    /// The tasks on the driving chains from the finish backwards: those that start last come first.
    pub path: Vec<PathStep>,
}

/// What one task came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReplayedTask {
    /// Start and finish in the plan, as shown; [`None`] if the plan has none.
    pub plan: Option<(i32, i32)>,
    /// Start and finish, as shown; [`None`] if it was never finished.
    pub dates: Option<(i32, i32)>,
    /// Duration in the plan, minutes of its clock.
    pub plan_minutes: i32,
    /// Duration with all impacts, minutes of its clock.
    pub minutes: i32,
    /// Own estimate with drivers and before the impacts of risks, minutes of its clock.
    pub own_minutes: f64,
    /// How long windows and freezes made it wait, elapsed minutes.
    pub wait: i32,
    /// Simulation float, minutes of its clock; [`None`] without a path to the target.
    pub float: Option<i32>,
    /// Whether it lies on a driving chain.
    pub driving: bool,
    /// Cost in the plan and in the iteration, minor units.
    pub cost: (i64, i64),
}

/// A risk that occurred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplayedRisk {
    /// Which.
    pub risk: RiskIx,
    /// Minutes that it added to the tasks that it hit.
    pub minutes: i64,
    /// Its cost impacts, minor units.
    pub cost: i64,
}

/// A task on a driving chain and what held it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathStep {
    /// Which task.
    pub task: TaskIx,
    /// The links that bound it.
    pub links: Vec<LinkIx>,
    /// Why the chain begins here, if it does.
    pub begins: Option<ChainStart>,
}

impl Replay {
    /// Simulates an iteration again.
    #[must_use]
    pub fn of(simulation: &Simulation, iteration: u32) -> Self {
        let (program, plan) = (simulation.program(), simulation.plan());
        let mut out = simulation.scratch();
        simulation.iterate(iteration, &mut out);
        let pass = &out.pass;
        let task = |at: usize| {
            let ix = TaskIx::new(at);
            let planned = (plan.task_start[at], plan.task_finish[at]);
            ReplayedTask {
                plan: (planned.1 != NEVER).then_some(planned),
                dates: (!pass.is_unfinished(ix)).then(|| (pass.shown_start(ix).0, pass.shown_finish(ix).0)),
                plan_minutes: plan.task_minutes[at],
                minutes: pass.minutes(ix),
                // What does not exist takes no time, whatever was drawn for it.
                own_minutes: if simulation.network().exists(ix, pass) { out.own_minutes(ix) } else { 0.0 },
                wait: pass.window_wait(ix),
                float: pass.total_float(ix),
                driving: pass.is_driving(ix),
                cost: (plan.task_cost[at], out.task_cost[at]),
            }
        };
        let risks = (0..program.risks().len()).filter(|&at| out.risk_occurred[at]);
        let drivers = (0..program.drivers().len()).filter(|&at| out.driver_occurred[at]);
        let links = simulation.network().driving_links(&out.inputs, pass);
        let mut path: Vec<PathStep> = (0..program.tasks().len())
            .map(TaskIx::new)
            .filter(|&task| pass.is_driving(task))
            .map(|task| PathStep {
                task,
                links: links.iter().copied().filter(|&link| enters(simulation, link, task)).collect(),
                begins: pass.chain_start(task),
            })
            .collect();
        path.sort_by_key(|step| {
            let dates = (pass.start(step.task), pass.finish(step.task));
            (std::cmp::Reverse(dates.1), std::cmp::Reverse(dates.0), step.task)
        });
        Self {
            iteration,
            finish: Some(out.finish()).filter(|&finish| finish != NEVER),
            cost: out.cost,
            npv: simulation.treasury().filter(|money| money.has_case()).map(|_| out.worth.1 - out.worth.0),
            tasks: (0..program.tasks().len()).map(task).collect(),
            risks: risks
                .map(|at| ReplayedRisk {
                    risk: RiskIx::new(at),
                    minutes: out.risk_minutes[at],
                    cost: out.risk_cost[at],
                })
                .collect(),
            drivers: drivers.map(|at| (at, out.driver_minutes[at])).collect(),
            path,
        }
    }
}

/// Whether a link ends at a task or at a project that it stands in.
fn enters(simulation: &Simulation, link: LinkIx, task: TaskIx) -> bool {
    use crate::model::Endpoint;
    let program = simulation.program();
    match program.links()[link.index()].to {
        Endpoint::Task(to) => to == task,
        Endpoint::Project(project) => {
            let mut node = program.tasks()[task.index()].project;
            while let Some(at) = node {
                if at == project {
                    return true;
                }
                node = program.projects()[at.index()].parent;
            }
            false
        }
    }
}
