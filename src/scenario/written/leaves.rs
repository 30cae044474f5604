//! Every value of a scenario under the kind and the id of what it belongs to.

use crate::scenario::collect::Parts;
use crate::scenario::raw::{At, FromToml, Leaf, Many, Named, RawProject, Slot, Walk};

impl Parts {
    /// Every value, each under two keys: the kind of thing (`program`, `task`, `risk` ...) and its id.
    pub fn leaves(&self) -> Vec<Leaf> {
        let mut walk = Walk::default();
        walk.enter("program");
        walk.enter("");
        if let Some(program) = self.program.at() {
            program.value.walk(program.place(), &mut walk);
        }
        walk.leave();
        walk.leave();
        for (id, project) in &self.projects {
            walk_project(&id.value, &project.value, &mut walk);
        }
        items("task", "", &self.tasks, &mut walk);
        items("milestone", "", &self.milestones, &mut walk);
        by_id("alternatives", &self.alternatives, &mut walk);
        walk.enter("rework");
        self.rework.walk(None, &mut walk);
        walk.leave();
        items("risk", "", &self.risks, &mut walk);
        items("driver", "", &self.drivers, &mut walk);
        walk.enter("correlation");
        self.correlations.walk(None, &mut walk);
        walk.leave();
        by_id("calendar", &self.calendars, &mut walk);
        by_id("estimate template", &self.templates, &mut walk);
        by_id("role", &self.roles, &mut walk);
        walk.enter("cost");
        Many(self.costs.clone()).walk(None, &mut walk);
        walk.leave();
        by_id("contract", &self.contracts, &mut walk);
        by_id("benefit", &self.benefits, &mut walk);
        by_id("reference class", &self.references, &mut walk);
        by_id("program of the portfolio", &self.programs, &mut walk);
        walk.enter("link");
        self.links.walk(None, &mut walk);
        walk.leave();
        section("scales", &self.scales, &mut walk);
        section("money", &self.money, &mut walk);
        section("portfolio", &self.portfolio, &mut walk);
        walk.leaves()
    }
}

/// A table that there is one of.
fn section<T: FromToml>(kind: &str, table: &Slot<T>, walk: &mut Walk) {
    if let Some(table) = table.at() {
        walk.enter(kind);
        walk.enter("");
        table.value.walk(table.place(), walk);
        walk.leave();
        walk.leave();
    }
}

/// A project, then everything in it, under full ids.
fn walk_project(id: &str, project: &RawProject, walk: &mut Walk) {
    let prefix = format!("{id}.");
    // What stands in it is walked by itself.
    let mut own = project.clone();
    let tasks = std::mem::take(&mut own.tasks);
    let milestones = std::mem::take(&mut own.milestones);
    let projects = std::mem::take(&mut own.projects);
    walk.enter("project");
    walk.enter(id);
    walk.leaf(id.to_owned(), None);
    own.walk(None, walk);
    walk.leave();
    walk.leave();
    items("task", &prefix, tasks.get().map_or(&[][..], |list| list), walk);
    items("milestone", &prefix, milestones.get().map_or(&[][..], |list| list), walk);
    for (key, inner) in projects.get().into_iter().flat_map(|Named(inner)| inner) {
        walk_project(&format!("{prefix}{}", key.value), &inner.value, walk);
    }
}

fn items<T: FromToml>(kind: &str, prefix: &str, list: &[At<T>], walk: &mut Walk) {
    walk.enter(kind);
    for at in list {
        let Some(id) = at.value.id() else { continue };
        walk.enter(&format!("{prefix}{id}"));
        at.value.walk(at.place(), walk);
        walk.leave();
    }
    walk.leave();
}

fn by_id<T: FromToml>(kind: &str, list: &[(At<String>, At<T>)], walk: &mut Walk) {
    walk.enter(kind);
    for (id, at) in list {
        walk.enter(&id.value);
        at.value.walk(at.place(), walk);
        walk.leave();
    }
    walk.leave();
}
