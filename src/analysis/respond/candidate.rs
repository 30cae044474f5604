//! What can be bought.

use crate::draws::round_money;
use crate::model::{CostAmount, CostLine, DriverIx, Program, RiskIx, RiskStatus};

/// What a response answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// A risk.
    Risk(RiskIx),
    /// A risk driver.
    Driver(DriverIx),
}

impl Answered {
    /// Its id and title.
    #[must_use]
    pub fn names(self, program: &Program) -> (&str, &str) {
        match self {
            Self::Risk(risk) => {
                let risk = &program.risks()[risk.index()];
                (&risk.id, &risk.title)
            }
            Self::Driver(driver) => {
                let driver = &program.drivers()[driver.index()];
                (&driver.id, &driver.title)
            }
        }
    }
}

/// A response that can be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What it answers.
    pub to: Answered,
    /// What it costs by the plan, in minor units: budgets are kept by this.
    pub spend: i64,
    /// Whether the scenario has it on.
    pub planned: bool,
}

/// The responses of all open risks and of all drivers, in the order of the program; the first 120 of them.
#[must_use]
pub fn candidates(program: &Program) -> Vec<Candidate> {
    let open = program.risks().iter().enumerate().filter(|(_, risk)| risk.status == RiskStatus::Open);
    let risks = open.filter_map(|(at, risk)| {
        let response = risk.response.as_ref()?;
        let to = Answered::Risk(RiskIx::new(at));
        Some(Candidate { to, spend: spend(response.cost.as_ref()), planned: response.on })
    });
    let drivers = program.drivers().iter().enumerate().filter_map(|(at, driver)| {
        let response = driver.response.as_ref()?;
        let to = Answered::Driver(DriverIx::new(at));
        Some(Candidate { to, spend: spend(response.cost.as_ref()), planned: response.on })
    });
    risks.chain(drivers).take(120).collect()
}

/// The plan value of a cost.
fn spend(cost: Option<&CostLine>) -> i64 {
    match cost.map(|line| &line.amount) {
        Some(CostAmount::Lump(estimate)) => round_money(estimate.plan),
        Some(CostAmount::Rate { .. }) | None => 0,
    }
}
