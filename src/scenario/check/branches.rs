//! Branches: under which condition tasks exist.

use std::collections::BTreeMap;

use super::context::Context;
use super::estimate::probability;
use super::tree::{Body, Tree};
use crate::diag::{Place, code};
use crate::model::{Chance, Condition, Endpoint, Need, ProgramBuilder, ProjectIx, RiskIx, TaskIx};
use crate::scenario::collect::Parts;
use crate::scenario::places::Places;
use crate::scenario::raw::{At, Many, Named, Quantity, RawAlternative, RawWhen, Slot, closest};

/// How far the probabilities of alternatives may be from 1 together.
const TOLERANCE: f64 = 1e-6;

/// The keys of a task, milestone or project that make it a branch.
struct Written<'a> {
    probability: &'a Slot<Quantity>,
    in_plan: &'a Slot<bool>,
    when: &'a Slot<RawWhen>,
}

/// What tasks and projects need to exist.
#[derive(Default)]
struct Needs {
    tasks: BTreeMap<usize, Vec<Need>>,
    projects: BTreeMap<usize, Vec<Need>>,
    /// Where conditions are written, by task and by project.
    task_places: BTreeMap<usize, Place>,
    project_places: BTreeMap<usize, Place>,
}

impl Context<'_, '_> {
    /// Reads everything that makes tasks and projects exist in some iterations only; after the risks.
    pub fn branches(
        &mut self,
        parts: &Parts,
        tree: &Tree,
        builder: &mut ProgramBuilder,
        places: &mut Places,
    ) {
        let mut needs = Needs::default();
        for (at, node) in tree.projects.iter().enumerate() {
            let raw = &node.raw.value;
            let written = Written { probability: &raw.probability, in_plan: &raw.in_plan, when: &raw.when };
            let key = format!("project/{}/exists", node.id);
            let own = self.own_needs(&written, &key, (tree, tree.scope(node.parent)), builder);
            needs.project_places.extend(raw.when.place().map(|place| (at, place.clone())));
            needs.projects.entry(at).or_default().extend(own);
        }
        for (at, node) in tree.tasks.iter().enumerate() {
            let written = match &node.body {
                Body::Task(raw) => {
                    let raw = &raw.value;
                    Written { probability: &raw.probability, in_plan: &raw.in_plan, when: &raw.when }
                }
                Body::Milestone(raw) => {
                    let raw = &raw.value;
                    Written { probability: &raw.probability, in_plan: &raw.in_plan, when: &raw.when }
                }
            };
            let key = format!("task/{}/exists", node.id);
            needs.task_places.extend(written.when.place().map(|place| (at, place.clone())));
            let own = self.own_needs(&written, &key, (tree, tree.scope(node.project)), builder);
            needs.tasks.entry(at).or_default().extend(own);
        }
        for (id, group) in &parts.alternatives {
            self.alternatives(id, &group.value, tree, &mut needs, builder);
        }
        needs.apply(tree, builder, places);
    }

    fn own_needs(
        &mut self,
        written: &Written<'_>,
        key: &str,
        (tree, scope): (&Tree, Option<&str>),
        builder: &mut ProgramBuilder,
    ) -> Vec<Need> {
        let mut needs = Vec::new();
        if let Some(p) = probability(written.probability, self.desk) {
            let plan = written.in_plan.get().copied().unwrap_or(p >= 0.5);
            let chance = builder.chance(Chance { key: key.to_owned(), from: 0.0, to: p, plan });
            needs.push(Need::Chance { chance, happens: true });
        } else if written.probability.is_absent() && !written.in_plan.is_absent() {
            let help = "add `probability`, or remove `in_plan`";
            let message = "`in_plan` without `probability` means nothing";
            self.desk.report(code::CONFLICTING_KEYS, written.in_plan.place(), message, help);
        }
        if let Some(when) = written.when.at() {
            needs.extend(self.when(when, &tree.names, scope, builder));
        }
        needs
    }

    /// A reference to a risk of the register.
    pub fn find_risk(&mut self, name: &At<String>, builder: &ProgramBuilder) -> Option<RiskIx> {
        let risks = builder.draft().risks();
        let found = risks.iter().position(|risk| risk.id == name.value);
        if found.is_none() {
            let help = match closest(&name.value, risks.iter().map(|risk| risk.id.as_str())) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "risks are defined in `[[risks]]`".to_owned(),
            };
            let message = format!("unknown risk `{}`", name.value);
            self.desk.report(code::UNKNOWN_RISK, name.place(), message, &help);
        }
        found.map(RiskIx::new)
    }

    /// One group of alternatives, whose stretches of one stream lie side by side.
    fn alternatives(
        &mut self,
        id: &At<String>,
        group: &Named<RawAlternative>,
        tree: &Tree,
        needs: &mut Needs,
        builder: &mut ProgramBuilder,
    ) {
        super::names::check_id(id, "a group of alternatives", self.desk);
        let mut shares = Vec::new();
        for (key, one) in &group.0 {
            self.desk.require("the alternative", "probability", &one.value.probability, key.place());
            self.desk.require("the alternative", "on", &one.value.on, key.place());
            shares.extend(probability(&one.value.probability, self.desk));
        }
        let ends: Vec<Vec<Endpoint>> = group
            .0
            .iter()
            .map(|(_, one)| {
                let names = one.value.on.get().into_iter().flat_map(|Many(names)| names);
                names.filter_map(|name| tree.names.resolve(name, None, self.desk)).collect()
            })
            .collect();
        if shares.len() < group.0.len() {
            return;
        }
        let total: f64 = shares.iter().sum();
        if group.0.len() < 2 || (total - 1.0).abs() > TOLERANCE {
            let total = (total * 1e9).round() / 1e9;
            let message = match group.0.len() {
                0 | 1 => format!("the group `{}` has no two alternatives", id.value),
                _ => format!("the alternatives of `{}` add up to `{total}`, not to 1", id.value),
            };
            let help = "exactly one of them is taken: their probabilities add up to 1";
            self.desk.report(code::BAD_ALTERNATIVES, id.place(), message, help);
            return;
        }
        let chosen: Vec<usize> =
            (0..shares.len()).filter(|&at| group.0[at].1.value.in_plan.get() == Some(&true)).collect();
        if let [_, second, ..] = chosen[..] {
            let place = group.0[second].1.value.in_plan.place();
            let message = format!("the plan takes two alternatives of `{}`", id.value);
            self.desk.report(code::BAD_ALTERNATIVES, place, message, "exactly one is taken");
        }
        let likeliest = (0..shares.len()).rev().max_by(|&a, &b| shares[a].total_cmp(&shares[b]));
        let planned = chosen.first().copied().or(likeliest);
        let mut from = 0.0;
        for at in 0..shares.len() {
            let to = if at + 1 == shares.len() { 1.0 } else { (from + shares[at] / total).min(1.0) };
            let key = format!("alternatives/{}", id.value);
            let chance = builder.chance(Chance { key, from, to, plan: planned == Some(at) });
            from = to;
            let need = Need::Chance { chance, happens: true };
            for &end in &ends[at] {
                match end {
                    Endpoint::Task(task) => needs.tasks.entry(task.index()).or_default().push(need),
                    Endpoint::Project(project) => {
                        needs.projects.entry(project.index()).or_default().push(need);
                    }
                }
            }
        }
    }
}

impl Needs {
    /// Hands the needs of projects down to everything in them, and makes conditions of them.
    fn apply(mut self, tree: &Tree, builder: &mut ProgramBuilder, places: &mut Places) {
        for (at, node) in tree.projects.iter().enumerate() {
            // A parent stands before its children.
            let above = node.parent.and_then(|parent| self.projects.get(&parent.index())).cloned();
            self.projects.entry(at).or_default().extend(above.into_iter().flatten());
            let own = self.projects.get(&at).filter(|own| !own.is_empty());
            if let Some(own) = own {
                let condition = builder.condition(Condition::all(own.iter().copied()));
                builder.project_exists(ProjectIx::new(at), condition);
            }
        }
        for (at, node) in tree.tasks.iter().enumerate() {
            let above = node.project.and_then(|project| self.projects.get(&project.index()));
            let own = self.tasks.get(&at).into_iter().chain(above).flatten().copied();
            let condition = Condition::all(own);
            if condition.awaits()
                && let Some(known) = places.tasks.get_mut(at)
            {
                known.when = self.place_of(at, node.project, tree);
            }
            if !condition.needs().is_empty() {
                let condition = builder.condition(condition);
                builder.exists(TaskIx::new(at), condition);
            }
        }
    }

    /// Where the condition of a task is written: at itself, or at a project around it.
    fn place_of(&self, task: usize, project: Option<ProjectIx>, tree: &Tree) -> Option<Place> {
        let mut above = project;
        let mut place = self.task_places.get(&task);
        while let (None, Some(project)) = (place, above) {
            place = self.project_places.get(&project.index());
            above = tree.projects[project.index()].parent;
        }
        place.cloned()
    }
}
