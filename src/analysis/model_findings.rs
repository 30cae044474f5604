//! Advice on what is modelled: responses that cost nothing, ranges that may hold a risk already, and pieces
//! so independent that the program looks too safe.

use super::exposure::escalations;
use crate::diag::{Diagnostic, code};
use crate::dist::Law;
use crate::engine::Plan;
use crate::model::{
    Bearer, DelayImpact, DriverIx, Effect, Endpoint, Need, Program, RiskIx, RiskStatus, TaskIx, TaskKind,
};
use crate::scenario::Places;

/// A path of fewer uncertain tasks than this does not average much away.
const MANY_TASKS: usize = 10;
/// A path that is surer than this, as standard deviation over mean, is surer than programs are: the spread
/// of finished IT projects is several times that.
const TOO_SURE: f64 = 0.04;

/// A path of fewer uncertain tasks than this says nothing about tails.
const FEW_TASKS: usize = 3;
/// How many times its plan a path should be able to take.
const FAT_TAIL: f64 = 1.5;

/// What the model of a program has to say for itself.
#[must_use]
pub fn model_findings(program: &Program, plan: &Plan, places: &Places) -> Vec<Diagnostic> {
    let mut found = free_responses(program, places);
    found.extend(risks_counted_twice(program, places));
    found.extend(too_independent(program, plan, places));
    found.extend(decided_late(program, places));
    found.extend(half_counted(program, places));
    found.extend(too_late(program, places));
    found.extend(escalations(program, plan, places));
    found.extend(tails_cut(program, plan));
    found
}

/// A planned path that cannot take much longer than planned even if all goes wrong at once: tails that bounded laws
/// cut off. Of finished IT projects 18 % overran their cost by half or more (Flyvbjerg & Gardner 2023).
fn tails_cut(program: &Program, plan: &Plan) -> Option<Diagnostic> {
    let on_path = |task: &TaskIx| plan.task_critical[task.index()];
    let (mut planned, mut worst) = (0.0, 0.0);
    let mut uncertain = 0;
    for (at, task) in program.tasks().iter().enumerate().filter(|(at, _)| on_path(&TaskIx::new(*at))) {
        let TaskKind::Work { duration, .. } = &task.kind else { continue };
        if !duration.law.is_bounded() {
            return None;
        }
        uncertain += usize::from(!duration.law.is_certain());
        let parts = program.drivers().iter().flat_map(|driver| driver.parts());
        let drivers = parts.filter(|(_, targets)| targets.contains(&TaskIx::new(at)));
        let factor = drivers.map(|(levels, _)| levels.factor.law.support_ends().1.max(1.0));
        planned += duration.plan;
        worst += duration.law.support_ends().1 * factor.product::<f64>();
    }
    for risk in program.risks().iter().filter(|risk| risk.status.is_live()) {
        for impact in risk.in_force().impacts.iter().filter(|impact| impact.targets.iter().any(on_path)) {
            let most = |estimate: &crate::model::Estimate| estimate.law.support_ends().1.max(0.0);
            worst += match &impact.delay {
                Some(DelayImpact::Minutes(delay)) => most(delay),
                Some(DelayImpact::Share(share) | DelayImpact::Restart(share)) => most(share) * planned,
                _ => 0.0,
            };
        }
    }
    let most = worst / planned;
    (uncertain >= FEW_TASKS && planned > 0.0 && most < FAT_TAIL).then(|| {
        let message = format!(
            "even with everything at its worst at once the critical path takes only {most:.2} times the plan"
        );
        let help = "about one finished IT project in six overran by half or more: look for risks that are missing, give \
                    high ends as P90 instead of P100 (`ranges = \"P10-P90\"`), or use a law without an end (`lognormal`)";
        Diagnostic::new(code::TAILS_CUT, message).help(help)
    })
}

/// Responses that are not ready when their risk may occur; of a program that has been compiled.
fn too_late(program: &Program, places: &Places) -> Vec<Diagnostic> {
    let risks = program.risks().iter().enumerate().filter(|(_, risk)| risk.status == RiskStatus::Open);
    let late = risks.filter_map(|(at, risk)| {
        let response = risk.response.as_ref().filter(|response| response.effect == Effect::None)?;
        let ready = response.lead?.ready.start_date();
        let message =
            format!("the response to `{}` is ready on {ready}, when it may have occurred already", risk.id);
        let help = "it costs and changes nothing: decide earlier (`decided`), shorten its `lead`, or drop it";
        let problem = Diagnostic::new(code::RESPONSE_TOO_LATE, message);
        Some(problem.at_place(places.risk(RiskIx::new(at)), "").help(help))
    });
    let drivers = program.drivers().iter().enumerate().filter_map(|(at, driver)| {
        let response = driver.response.as_ref()?;
        // For some targets it comes in time.
        if response.late.is_empty() || response.late.len() < driver.targets.len() {
            return None;
        }
        let ready = response.lead?.ready.start_date();
        let message = format!(
            "the response to `{}` is ready on {ready}, when all work that it touches has begun",
            driver.id
        );
        let help = "it costs and changes nothing: decide earlier (`decided`), shorten its `lead`, or drop it";
        let problem = Diagnostic::new(code::RESPONSE_TOO_LATE, message);
        Some(problem.at_place(places.driver(DriverIx::new(at)), "").help(help))
    });
    late.chain(drivers).collect()
}

/// Work that waits for nothing that decides whether it exists: it would begin without knowing.
fn decided_late(program: &Program, places: &Places) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, task) in program.tasks().iter().enumerate().filter(|(_, task)| task.repeat.is_none()) {
        let needs = task.exists.map(|condition| program.conditions()[condition.index()].needs());
        for end in needs.into_iter().flatten().filter_map(|need| need.awaits()) {
            if program.comes_after(end)[at] {
                continue;
            }
            let (id, asked) = (&task.id, program.id_of(end));
            let message = format!("`{id}` may begin before `{asked}` decides whether it exists");
            let help = format!("add `after = [\"{asked}\"]`: no link comes with the condition");
            found.push(
                Diagnostic::new(code::DECIDED_LATE, message)
                    .at_place(places.when(TaskIx::new(at)), "")
                    .help(help),
            );
        }
    }
    found
}

/// Conditions on a cost where what they name has cost lines that they do not count.
fn half_counted(program: &Program, places: &Places) -> Vec<Diagnostic> {
    let borne = |end: Endpoint, by: Bearer| match (end, by) {
        (Endpoint::Task(asked), Bearer::Task(task)) => asked == task,
        (Endpoint::Project(asked), Bearer::Task(task)) => {
            program.tasks()[task.index()].project.is_some_and(|own| program.is_within(own, asked))
        }
        (Endpoint::Project(asked), Bearer::Project(project)) => program.is_within(project, asked),
        (Endpoint::Task(_), Bearer::Project(_)) | (_, Bearer::Program) => false,
    };
    let lines = || program.finance().into_iter().flat_map(|finance| &finance.lines);
    let mut found = Vec::new();
    for (at, task) in program.tasks().iter().enumerate().filter(|(_, task)| task.repeat.is_none()) {
        let needs = task.exists.map(|condition| program.conditions()[condition.index()].needs());
        for need in needs.into_iter().flatten() {
            let &Need::Cost { of, .. } = need else { continue };
            let own = match of {
                Endpoint::Project(project) => program.projects()[project.index()].costs.len(),
                Endpoint::Task(_) => 0,
            };
            let count = own + lines().filter(|line| borne(of, line.on)).count();
            if count > 0 {
                let (id, asked) = (&task.id, program.id_of(of));
                let s = if count == 1 { "" } else { "s" };
                let message =
                    format!("whether `{id}` exists leaves {count} cost line{s} of `{asked}` out of account");
                let help = "only lump sums and rates of tasks count, which are known when the work is done: choose the \
                            amount accordingly";
                let problem = Diagnostic::new(code::COST_NOT_COUNTED, message);
                found.push(problem.at_place(places.when(TaskIx::new(at)), "").help(help));
            }
        }
    }
    found
}

/// Responses without a cost.
fn free_responses(program: &Program, places: &Places) -> Vec<Diagnostic> {
    let risks = program.risks().iter().enumerate();
    let free = risks.filter(|(_, risk)| {
        risk.status == RiskStatus::Open
            && risk.response.as_ref().is_some_and(|response| response.cost.is_none())
    });
    free.map(|(at, risk)| {
        let message = format!("the response to `{}` costs nothing", risk.id);
        Diagnostic::new(code::FREE_RESPONSE, message)
            .at_place(places.risk(RiskIx::new(at)), "")
            .help("what is free is always worth it: give its `cost`, also of people's time, or move it into the plan")
    })
    .collect()
}

/// Risks whose delay is no longer than the tail that the task's own range has anyway (semantics, section 3:
/// the range must not contain the risk again).
fn risks_counted_twice(program: &Program, places: &Places) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, risk) in program.risks().iter().enumerate().filter(|(_, risk)| risk.status == RiskStatus::Open) {
        for impact in &risk.in_force().impacts {
            let Some(DelayImpact::Minutes(delay)) = &impact.delay else { continue };
            for &task in &impact.targets {
                let TaskKind::Work { duration, .. } = &program.tasks()[task.index()].kind else { continue };
                let (low, high) =
                    (duration.plan - duration.law.quantile(0.1), duration.law.quantile(0.9) - duration.plan);
                let typical = delay.law.quantile(0.5);
                // A tail several times longer than the other end, and as long as the risk delays.
                if typical > 0.0
                    && high > 4.0 * low.max(0.0)
                    && high >= typical
                    && high >= 0.5 * duration.plan
                {
                    let id = &program.tasks()[task.index()].id;
                    let message = format!("the range of `{id}` may contain the risk `{}` already", risk.id);
                    let problem = Diagnostic::new(code::RISK_IN_RANGE, message)
                        .at_place(places.duration(task), "reaches far above the plan")
                        .at_place(places.risk(RiskIx::new(at)), "delays the same task");
                    let help = "a range is what happens without the registered risks: narrow its high end, or drop the risk";
                    found.push(problem.help(help));
                }
            }
        }
    }
    found
}

/// A planned path whose many independent ranges average each other away (semantics, section 2).
fn too_independent(program: &Program, plan: &Plan, places: &Places) -> Option<Diagnostic> {
    // A cause that many tasks share keeps their ranges from averaging out.
    if !program.drivers().is_empty() || !program.correlations().is_empty() {
        return None;
    }
    let law = |at: &usize| -> Option<&Law> {
        let task = &program.tasks()[*at];
        let TaskKind::Work { duration, .. } = &task.kind else { return None };
        (plan.task_critical[TaskIx::new(*at).index()] && !duration.law.is_certain()).then_some(&duration.law)
    };
    let laws: Vec<&Law> = (0..program.tasks().len()).filter_map(|at| law(&at)).collect();
    let moments = laws.iter().filter_map(|law| Some((law.mean()?, law.variance()?)));
    let (mean, variance) = moments.fold((0.0, 0.0), |sum, (mean, variance)| (sum.0 + mean, sum.1 + variance));
    let spread = libm::sqrt(variance) / mean;
    if laws.len() < MANY_TASKS || !(spread > 0.0 && spread < TOO_SURE) {
        return None;
    }
    let percent = (spread * 1_000.0).round() / 10.0;
    let message = format!(
        "{} independent ranges on the planned path average each other away: its spread is {percent} % of its length",
        laws.len()
    );
    let help = "what makes one of them long makes others long as well: add drivers or a correlation that they share, or estimate larger pieces";
    Some(Diagnostic::new(code::TOO_INDEPENDENT, message).at_place(places.program(), "").help(help))
}
