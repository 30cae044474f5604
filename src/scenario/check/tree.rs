//! The tree of projects, flattened: what each project and task inherits.

use super::calendars::Calendars;
use super::names::{Names, check_id};
use super::template::Templates;
use crate::model::{CalendarIx, Endpoint, ProjectIx, TaskIx};
use crate::scenario::collect::Parts;
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Many, Named, RawMilestone, RawProject, RawTask, Slot};

/// What a project hands down to everything in it.
#[derive(Clone, Default)]
pub struct Inherited {
    pub calendar: Option<CalendarIx>,
    pub template: Option<usize>,
    pub owner: Option<String>,
    pub vendor: Option<String>,
    pub cost_centre: Option<String>,
    pub category: Option<String>,
    pub tags: Vec<String>,
}

/// A project with its full id.
pub struct ProjectNode {
    pub id: String,
    pub parent: Option<ProjectIx>,
    pub key: At<String>,
    pub raw: At<RawProject>,
    pub inherited: Inherited,
}

/// A task or milestone with its full id.
pub struct TaskNode {
    pub id: String,
    pub project: Option<ProjectIx>,
    pub key: At<String>,
    pub body: Body,
}

/// What stands in a task node.
pub enum Body {
    Task(Box<At<RawTask>>),
    Milestone(Box<At<RawMilestone>>),
}

/// All projects and tasks; a parent stands before its children.
#[derive(Default)]
pub struct Tree {
    pub projects: Vec<ProjectNode>,
    pub tasks: Vec<TaskNode>,
    pub names: Names,
}

/// Reads calendars and templates that projects name.
pub struct Defaults<'a> {
    pub calendars: &'a mut Calendars,
    pub templates: &'a mut Templates,
}

impl Tree {
    /// Flattens the projects of a scenario.
    pub fn build(parts: &Parts, top: &Inherited, defaults: &mut Defaults<'_>, desk: &mut Desk<'_>) -> Self {
        let mut tree = Self::default();
        tree.add_tasks(None, "", &parts.tasks, &parts.milestones, desk);
        for (key, raw) in &parts.projects {
            tree.add_project(None, "", key, raw, top, defaults, desk);
        }
        tree
    }

    /// The full ids of all projects.
    pub fn project_ids(&self) -> Vec<&str> {
        self.projects.iter().map(|node| node.id.as_str()).collect()
    }

    /// The full id of the project that a task stands in.
    pub fn scope(&self, project: Option<ProjectIx>) -> Option<&str> {
        project.map(|project| self.projects[project.index()].id.as_str())
    }

    #[expect(clippy::too_many_arguments, reason = "a private step of one recursion")]
    fn add_project(
        &mut self,
        parent: Option<ProjectIx>,
        prefix: &str,
        key: &At<String>,
        raw: &At<RawProject>,
        above: &Inherited,
        defaults: &mut Defaults<'_>,
        desk: &mut Desk<'_>,
    ) {
        check_id(key, "a project", desk);
        let id = format!("{prefix}{}", key.value);
        let project = ProjectIx::new(self.projects.len());
        self.names.add(&id, Endpoint::Project(project), key.place(), desk);
        let inherited = inherit(above, &raw.value, defaults, desk);
        let node = ProjectNode {
            id: id.clone(),
            parent,
            key: key.clone(),
            raw: raw.clone(),
            inherited: inherited.clone(),
        };
        self.projects.push(node);
        let prefix = format!("{id}.");
        let tasks = raw.value.tasks.get().map_or(&[][..], |tasks| tasks);
        let milestones = raw.value.milestones.get().map_or(&[][..], |milestones| milestones);
        self.add_tasks(Some(project), &prefix, tasks, milestones, desk);
        for (key, inner) in raw.value.projects.get().into_iter().flat_map(|Named(inner)| inner) {
            self.add_project(Some(project), &prefix, key, inner, &inherited, defaults, desk);
        }
    }

    fn add_tasks(
        &mut self,
        project: Option<ProjectIx>,
        prefix: &str,
        tasks: &[At<RawTask>],
        milestones: &[At<RawMilestone>],
        desk: &mut Desk<'_>,
    ) {
        for task in tasks {
            desk.require("the task", "id", &task.value.id, task.place());
            self.add_task(
                project,
                prefix,
                &task.value.id,
                "a task",
                Body::Task(Box::new(task.clone())),
                desk,
            );
        }
        for milestone in milestones {
            desk.require("the milestone", "id", &milestone.value.id, milestone.place());
            let body = Body::Milestone(Box::new(milestone.clone()));
            self.add_task(project, prefix, &milestone.value.id, "a milestone", body, desk);
        }
    }

    fn add_task(
        &mut self,
        project: Option<ProjectIx>,
        prefix: &str,
        id: &Slot<String>,
        what: &str,
        body: Body,
        desk: &mut Desk<'_>,
    ) {
        let Some(key) = id.at() else { return };
        check_id(key, what, desk);
        let full = format!("{prefix}{}", key.value);
        let task = TaskIx::new(self.tasks.len());
        self.names.add(&full, Endpoint::Task(task), key.place(), desk);
        self.tasks.push(TaskNode { id: full, project, key: key.clone(), body });
    }
}

fn inherit(
    above: &Inherited,
    raw: &RawProject,
    defaults: &mut Defaults<'_>,
    desk: &mut Desk<'_>,
) -> Inherited {
    let own = |slot: &Slot<String>, above: &Option<String>| slot.get().cloned().or_else(|| above.clone());
    let calendar = raw.calendar.at().and_then(|name| defaults.calendars.find(name, desk));
    let template = raw.estimate.at().and_then(|name| defaults.templates.find(name, desk));
    let mut tags = above.tags.clone();
    tags.extend(texts(&raw.tags));
    Inherited {
        calendar: calendar.or(above.calendar),
        template: template.or(above.template),
        owner: own(&raw.owner, &above.owner),
        vendor: own(&raw.vendor, &above.vendor),
        cost_centre: own(&raw.cost_centre, &above.cost_centre),
        category: own(&raw.category, &above.category),
        tags,
    }
}

/// The texts of a list that may be absent.
pub fn texts(slot: &Slot<Many<String>>) -> Vec<String> {
    slot.get().into_iter().flat_map(|Many(list)| list).map(|at| at.value.clone()).collect()
}
