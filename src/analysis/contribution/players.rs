//! Who plays.

use std::collections::BTreeMap;

use super::grouping::PROGRAM;
use super::{Grouping, Kind, Player};
use crate::analysis::RiskEffect;
use crate::model::{
    ChanceIx, CostAmount, CostLine, Driver, DriverIx, Endpoint, Estimate, LagAmount, LinkIx, Program,
    ProjectIx, RiskIx, RiskStatus, TaskIx,
};

/// Risks that play for themselves at most; those with the smallest effects play together.
const MOST_RISKS: usize = 30;
/// Groups at most; the smallest play together.
const MOST_GROUPS: usize = 30;

/// The players of a program: each risk, the estimates of each project at the top of the work breakdown (of
/// the level below if there is but one), windows and freezes; or with a grouping everything of one group
/// together, and windows and freezes. Whoever could change nothing does not play.
///
/// `effects` are the simulated effects of the risks, in the order of the register: of many risks, those with
/// the smallest play together.
#[must_use]
pub fn players(program: &Program, effects: &[RiskEffect], by: Option<Grouping>) -> Vec<Player> {
    let mut players = match by {
        None => {
            let mut players = risks(program, effects);
            players.extend(drivers(program));
            players.extend(branches(program));
            players.extend(estimates(program, Kind::Estimates, &level(program)));
            players
        }
        Some(by) => groups(program, by),
    };
    if by.is_some() {
        players.extend(branches(program));
    }
    players.retain(|player| !player.is_empty());
    if !program.correlations().is_empty() {
        players.push(Player::new(Kind::Correlation, "correlation", "what is drawn together"));
    }
    let waits = |player: &crate::model::NamedCalendar| {
        player.calendar.windows.is_some() || !player.calendar.freezes.is_empty()
    };
    if program.calendars().iter().any(waits) {
        players.push(Player::new(Kind::Windows, "windows", "windows and freezes"));
    }
    players
}

/// Whether it is certain to do nothing.
fn is_idle(program: &Program, risk: RiskIx) -> bool {
    let risk = &program.risks()[risk.index()];
    let levels = risk.in_force();
    let response = risk.response.as_ref().filter(|response| response.on).and_then(|on| on.cost.as_ref());
    risk.status != RiskStatus::Open
        || (levels.probability.get() == 0.0 || levels.impacts.is_empty())
            && !response.is_some_and(has_uncertain_cost)
}

/// Every driver that can do anything.
fn drivers(program: &Program) -> impl Iterator<Item = Player> {
    program.drivers().iter().enumerate().filter(|(_, driver)| !is_idle_driver(driver)).map(|(at, driver)| {
        let mut player = Player::new(Kind::Driver(DriverIx::new(at)), &driver.id, &driver.title);
        player.drivers.push(DriverIx::new(at));
        player
    })
}

/// Every branch and every loop of rework whose way is not certain.
fn branches(program: &Program) -> Vec<Player> {
    let mut players: Vec<Player> = Vec::new();
    for (at, chance) in program.chances().iter().enumerate() {
        let certain =
            if chance.plan { chance.from <= 0.0 && chance.to >= 1.0 } else { chance.from >= chance.to };
        if certain {
            continue;
        }
        // All passes of a loop play together; alternatives share their key.
        let (id, title) = match chance.key.strip_prefix("rework/") {
            Some(rest) => (rest.split('/').next().unwrap_or(rest), "rework"),
            None => (chance.key.strip_prefix("branch/").unwrap_or(&chance.key), "branch"),
        };
        let known = players.iter().position(|player| player.id == id && player.title == title);
        let place = known.unwrap_or_else(|| {
            players.push(Player::new(Kind::Branch, id, title));
            players.len() - 1
        });
        players[place].chances.push(ChanceIx::new(at));
    }
    players
}

/// Whether it is certain to do nothing.
fn is_idle_driver(driver: &Driver) -> bool {
    let response = driver.response.as_ref().filter(|response| response.on).and_then(|on| on.cost.as_ref());
    driver.parts().iter().all(|(levels, targets)| levels.probability.get() == 0.0 || targets.is_empty())
        && !response.is_some_and(has_uncertain_cost)
}

fn risks(program: &Program, effects: &[RiskEffect]) -> Vec<Player> {
    let active: Vec<RiskIx> =
        (0..program.risks().len()).map(RiskIx::new).filter(|&risk| !is_idle(program, risk)).collect();
    // Effects on date and cost, each against the largest one.
    let most = |of: &dyn Fn(&RiskEffect) -> Option<f64>| {
        effects.iter().filter_map(of).map(f64::abs).fold(0.0, f64::max).max(f64::MIN_POSITIVE)
    };
    let (finish, cost) = (most(&|effect| effect.finish_minutes), most(&|effect| effect.cost));
    let size = |risk: &RiskIx| {
        effects.get(risk.index()).map_or(0.0, |effect| {
            effect.finish_minutes.unwrap_or(0.0).abs() / finish + effect.cost.unwrap_or(0.0).abs() / cost
        })
    };
    let mut ranked = active.clone();
    ranked.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.cmp(b)));
    let alone = &ranked[..ranked.len().min(MOST_RISKS)];
    let mut others = Player::new(Kind::OtherRisks, "other risks", "");
    let mut players = Vec::new();
    for &risk in &active {
        if alone.contains(&risk) {
            let named = &program.risks()[risk.index()];
            let mut player = Player::new(Kind::Risk(risk), &named.id, &named.title);
            player.risks.push(risk);
            players.push(player);
        } else {
            others.risks.push(risk);
        }
    }
    others.title = format!("{} risks with smaller effects", others.risks.len());
    players.push(others);
    players
}

/// The group of every task, project and of the program itself, by project.
struct Level {
    tasks: Vec<String>,
    projects: Vec<String>,
}

/// Groups by the highest level of the work breakdown that has several branches.
fn level(program: &Program) -> Level {
    let mut path_of: Vec<Vec<usize>> = Vec::new();
    for (at, project) in program.projects().iter().enumerate() {
        let mut path = project.parent.map_or(Vec::new(), |parent| path_of[parent.index()].clone());
        path.push(at);
        path_of.push(path);
    }
    let task_path = |task: &crate::model::Task| task.project.map_or(&[][..], |own| &path_of[own.index()]);
    let uncertain: Vec<&[usize]> = (0..program.tasks().len())
        .filter(|&at| has_uncertain_estimate(program, TaskIx::new(at)))
        .map(|at| task_path(&program.tasks()[at]))
        .collect();
    let mut depth = 0;
    while let Some(first) = uncertain.first().and_then(|path| path.get(depth)) {
        if uncertain.iter().any(|path| path.get(depth) != Some(first)) {
            break;
        }
        depth += 1;
    }
    let name = |path: &[usize]| match path.get(depth).or(path.last()) {
        Some(&project) => program.projects()[project].name.clone(),
        None => PROGRAM.to_owned(),
    };
    Level {
        tasks: program.tasks().iter().map(|task| name(task_path(task))).collect(),
        projects: path_of.iter().map(|path| name(path)).collect(),
    }
}

fn groups(program: &Program, by: Grouping) -> Vec<Player> {
    let level = Level {
        tasks: (0..program.tasks().len()).map(|at| by.of_task(program, TaskIx::new(at))).collect(),
        projects: (0..program.projects().len())
            .map(|at| by.of_project(program, ProjectIx::new(at)))
            .collect(),
    };
    let mut players = estimates(program, Kind::Group, &level);
    for (at, risk) in program.risks().iter().enumerate() {
        let (ix, group) = (RiskIx::new(at), by.of_risk(program, risk));
        if is_idle(program, ix) {
            continue;
        }
        of_group(&mut players, &group).risks.push(ix);
    }
    for (at, driver) in program.drivers().iter().enumerate().filter(|(_, driver)| !is_idle_driver(driver)) {
        let group = by.of_driver(program, driver);
        of_group(&mut players, &group).drivers.push(DriverIx::new(at));
    }
    players.sort_by(|a, b| a.id.cmp(&b.id));
    players
}

/// The player of a group, which may be new.
fn of_group<'a>(players: &'a mut Vec<Player>, group: &str) -> &'a mut Player {
    let known = players.iter().position(|player| player.id == group);
    let at = known.unwrap_or_else(|| {
        players.push(Player::new(Kind::Group, group, ""));
        players.len() - 1
    });
    &mut players[at]
}

/// Estimates put together by group, in the order of the names; the smallest of very many groups together.
fn estimates(program: &Program, kind: Kind, level: &Level) -> Vec<Player> {
    let mut players: BTreeMap<String, Player> = BTreeMap::new();
    let title = if kind == Kind::Estimates { "estimates" } else { "" };
    let mut of = |group: &str, add: &dyn Fn(&mut Player)| {
        let new = || Player::new(kind.clone(), group, title);
        add(players.entry(group.to_owned()).or_insert_with(new));
    };
    for (at, group) in level.tasks.iter().enumerate() {
        if has_uncertain_estimate(program, TaskIx::new(at)) {
            of(group, &|player| player.tasks.push(TaskIx::new(at)));
        }
    }
    for (at, group) in level.projects.iter().enumerate() {
        if program.projects()[at].costs.iter().any(has_uncertain_cost) {
            of(group, &|player| player.projects.push(ProjectIx::new(at)));
        }
    }
    for (at, link) in program.links().iter().enumerate() {
        if let LagAmount::Uncertain(lag) = &link.lag.amount
            && is_uncertain(lag)
        {
            let group = match link.to {
                Endpoint::Task(task) => &level.tasks[task.index()],
                Endpoint::Project(project) => &level.projects[project.index()],
            };
            of(group, &|player| player.links.push(LinkIx::new(at)));
        }
    }
    if program.costs().iter().any(has_uncertain_cost) {
        of(PROGRAM, &|player| player.program_costs = true);
    }
    let mut players: Vec<Player> = players.into_values().collect();
    if players.len() > MOST_GROUPS {
        let mut sizes: Vec<usize> = (0..players.len()).collect();
        sizes.sort_by_key(|&at| (std::cmp::Reverse(players[at].tasks.len()), at));
        let kept: Vec<usize> = sizes[..MOST_GROUPS].to_vec();
        let mut others = Player::new(kind, "(others)", title);
        let mut at = 0;
        players.retain_mut(|player| {
            let keep = kept.contains(&at);
            at += 1;
            if !keep {
                others.tasks.append(&mut player.tasks);
                others.projects.append(&mut player.projects);
                others.links.append(&mut player.links);
                others.program_costs |= player.program_costs;
            }
            keep
        });
        players.push(others);
    }
    players
}

/// Whether switching it off would change anything: a certain value may differ from the plan, too.
fn is_uncertain(estimate: &Estimate) -> bool {
    !estimate.law.is_certain() || estimate.law.quantile(0.5) != estimate.plan
}

fn has_uncertain_cost(line: &CostLine) -> bool {
    matches!(&line.amount, CostAmount::Lump(estimate) if is_uncertain(estimate))
}

fn has_uncertain_estimate(program: &Program, task: TaskIx) -> bool {
    let task = &program.tasks()[task.index()];
    task.duration().is_some_and(|(estimate, _)| is_uncertain(estimate))
        || task.costs.iter().any(has_uncertain_cost)
}
