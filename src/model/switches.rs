//! Versions of a program in which parts of it are switched off.

use super::{
    Chance, ChanceIx, Correlations, CostAmount, CostLine, DriverIx, Effect, Estimate, Finance, LagAmount,
    LinkIx, PriceIndex, Program, ProjectIx, RiskIx, RiskStatus, TaskIx, TaskKind, TimedLine,
};
use crate::units::Probability;

/// Which parts of a program are on.
///
/// Streams are keyed by names, so whatever is on in two versions is drawn alike in both. All lists have the
/// lengths of the program that [`Switches::all`] was made for; entries beyond are not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Switches {
    /// By [`RiskIx`]: whether it can occur. The cost of its response is there either way, certain when the
    /// risk is off.
    pub risks: Vec<bool>,
    /// By [`RiskIx`].
    pub responses: Vec<ResponseSwitch>,
    /// By [`DriverIx`]: whether it can occur; as with risks.
    pub drivers: Vec<bool>,
    /// By [`DriverIx`].
    pub driver_responses: Vec<ResponseSwitch>,
    /// By [`ChanceIx`]: whether it is left to chance; off, it does what it does in the deterministic plan.
    pub chances: Vec<bool>,
    /// By [`TaskIx`]: whether its duration and its costs are uncertain; off, they are at plan value.
    pub tasks: Vec<bool>,
    /// By [`ProjectIx`]: whether the project's own costs are uncertain.
    pub projects: Vec<bool>,
    /// By [`LinkIx`]: whether its lag is uncertain.
    pub links: Vec<bool>,
    /// Whether the program's own costs are uncertain, with all that depends on dates, prices and currencies.
    pub program_costs: bool,
    /// Whether anything is drawn together; off, everything is independent.
    pub correlation: bool,
    /// Whether windows and freezes hold up work.
    pub windows: bool,
}

/// Whether the response to a risk is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResponseSwitch {
    /// As the program says.
    #[default]
    AsPlanned,
    /// Not taken, whatever the program says.
    Off,
    /// Taken, whatever the program says.
    On,
    /// Taken, but its cost does not count: a bound on what it can be worth.
    Unspent,
}

impl ResponseSwitch {
    fn apply(self, on: &mut bool, cost: &mut Option<CostLine>) {
        match self {
            Self::AsPlanned => {}
            Self::Off => *on = false,
            Self::On => *on = true,
            Self::Unspent => (*on, *cost) = (true, None),
        }
    }
}

impl Switches {
    /// Everything on, responses as planned: the program as it is.
    #[must_use]
    pub fn all(program: &Program) -> Self {
        Self::every(program, true)
    }

    /// Everything off, responses as planned: every iteration is the deterministic plan without its windows
    /// and freezes.
    #[must_use]
    pub fn none(program: &Program) -> Self {
        Self::every(program, false)
    }

    fn every(program: &Program, on: bool) -> Self {
        Self {
            risks: vec![on; program.risks.len()],
            responses: vec![ResponseSwitch::AsPlanned; program.risks.len()],
            drivers: vec![on; program.drivers.len()],
            driver_responses: vec![ResponseSwitch::AsPlanned; program.drivers.len()],
            chances: vec![on; program.chances.len()],
            tasks: vec![on; program.tasks.len()],
            projects: vec![on; program.projects.len()],
            links: vec![on; program.links.len()],
            program_costs: on,
            correlation: on,
            windows: on,
        }
    }

    fn task(&self, task: TaskIx) -> bool {
        self.tasks.get(task.index()).copied().unwrap_or(true)
    }

    fn project(&self, project: ProjectIx) -> bool {
        self.projects.get(project.index()).copied().unwrap_or(true)
    }

    fn link(&self, link: LinkIx) -> bool {
        self.links.get(link.index()).copied().unwrap_or(true)
    }

    fn risk(&self, risk: RiskIx) -> bool {
        self.risks.get(risk.index()).copied().unwrap_or(true)
    }

    fn chance(&self, chance: ChanceIx) -> bool {
        self.chances.get(chance.index()).copied().unwrap_or(true)
    }

    fn driver(&self, driver: DriverIx) -> bool {
        self.drivers.get(driver.index()).copied().unwrap_or(true)
    }

    fn driver_response(&self, driver: DriverIx) -> ResponseSwitch {
        self.driver_responses.get(driver.index()).copied().unwrap_or_default()
    }

    fn response(&self, risk: RiskIx) -> ResponseSwitch {
        self.responses.get(risk.index()).copied().unwrap_or_default()
    }
}

impl Program {
    /// The version of the program in which only what `switches` name is on. It has the same tasks, links and
    /// risks at the same places, so that results of versions can be compared place by place.
    #[must_use]
    pub fn switched(&self, switches: &Switches) -> Self {
        let mut program = self.clone();
        for (at, task) in program.tasks.iter_mut().enumerate() {
            if switches.task(TaskIx::new(at)) {
                continue;
            }
            if let TaskKind::Work { duration, .. } = &mut task.kind {
                make_certain(duration);
            }
            task.costs.iter_mut().for_each(make_cost_certain);
        }
        for (at, project) in program.projects.iter_mut().enumerate() {
            if !switches.project(ProjectIx::new(at)) {
                project.costs.iter_mut().for_each(make_cost_certain);
            }
        }
        if !switches.program_costs {
            program.costs.iter_mut().for_each(make_cost_certain);
            program.finance.iter_mut().for_each(make_finance_certain);
        }
        for (at, link) in program.links.iter_mut().enumerate() {
            if let (false, LagAmount::Uncertain(lag)) = (switches.link(LinkIx::new(at)), &mut link.lag.amount)
            {
                make_certain(lag);
            }
        }
        for (at, risk) in program.risks.iter_mut().enumerate() {
            let (ix, levels) = (RiskIx::new(at), &mut risk.levels);
            if !switches.risk(ix) && risk.status == RiskStatus::Occurred {
                // An issue is in no plan either.
                risk.status = RiskStatus::Open;
            }
            if let Some(response) = &mut risk.response {
                switches.response(ix).apply(&mut response.on, &mut response.cost);
            }
            if !switches.risk(ix) {
                levels.probability = Probability::NEVER;
                if let Some(response) = &mut risk.response {
                    response.residual.probability = Probability::NEVER;
                    response.cost.iter_mut().for_each(make_cost_certain);
                }
            }
        }
        for (at, driver) in program.drivers.iter_mut().enumerate() {
            let ix = DriverIx::new(at);
            if let Some(response) = &mut driver.response {
                switches.driver_response(ix).apply(&mut response.on, &mut response.cost);
            }
            if !switches.driver(ix) {
                driver.levels.probability = Probability::NEVER;
                if let Some(response) = &mut driver.response {
                    response.residual.probability = Probability::NEVER;
                    response.cost.iter_mut().for_each(make_cost_certain);
                }
            }
        }
        for (at, chance) in program.chances.iter_mut().enumerate() {
            if !switches.chance(ChanceIx::new(at)) {
                *chance = Chance { from: 0.0, to: f64::from(u8::from(chance.plan)), ..chance.clone() };
            }
        }
        if !switches.correlation {
            program.correlations = Correlations::default();
        }
        if !switches.windows {
            for named in &mut program.calendars {
                named.calendar.windows = None;
                named.calendar.freezes.clear();
            }
        }
        program
    }
}

impl Program {
    /// The program in which the responses to the risks take effect so far, by [`RiskIx`], and those to drivers come
    /// too late for some targets.
    #[must_use]
    pub fn with_effects(&self, effects: &[Effect], late: Vec<(DriverIx, Vec<TaskIx>)>) -> Self {
        let mut program = self.clone();
        for (risk, &effect) in program.risks.iter_mut().zip(effects) {
            if let Some(response) = &mut risk.response {
                response.effect = effect;
            }
        }
        for (driver, targets) in late {
            if let Some(response) = &mut program.drivers[driver.index()].response {
                response.late = targets;
            }
        }
        program
    }
}

fn make_certain(estimate: &mut Estimate) {
    *estimate = Estimate::certain(estimate.plan);
}

fn make_finance_certain(finance: &mut Finance) {
    finance.lines.iter_mut().filter_map(TimedLine::estimates_mut).for_each(make_certain);
    finance.exchanges.iter_mut().for_each(|exchange| make_certain(&mut exchange.rate));
    for escalation in &mut finance.escalations {
        if let PriceIndex::Rate(rate) = &mut escalation.index {
            make_certain(rate);
        }
    }
    for benefit in &mut finance.benefits {
        make_certain(&mut benefit.per_year);
        benefit.adoption.iter_mut().for_each(make_certain);
    }
}

fn make_cost_certain(line: &mut CostLine) {
    if let CostAmount::Lump(estimate) = &mut line.amount {
        make_certain(estimate);
    }
}
