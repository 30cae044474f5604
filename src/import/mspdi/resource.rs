//! Resources and what they are assigned to.

use std::collections::BTreeMap;

use super::fields::length;
use crate::import::record::Record;

/// What a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResourceKind {
    Material,
    Work,
    Cost,
}

/// A resource.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub name: String,
    pub kind: ResourceKind,
    /// The number of its calendar.
    pub calendar: Option<i64>,
}

/// An assignment of a resource to a task.
#[derive(Clone, Debug)]
pub(super) struct Assignment {
    /// The number of its resource; [`None`] for work that nobody is assigned to.
    pub resource: Option<i64>,
    /// Minutes of work.
    pub work: f64,
    /// 1 = full time.
    pub units: f64,
    /// Money.
    pub cost: f64,
    /// Minutes after the start of the task at which it begins.
    pub delay: f64,
    /// Whether work is spread unevenly.
    pub is_contoured: bool,
}

/// All resources and assignments of a file.
#[derive(Default)]
pub(super) struct Staff {
    pub resources: BTreeMap<i64, Resource>,
    /// By task number.
    pub assignments: BTreeMap<i64, Vec<Assignment>>,
}

impl Staff {
    /// Takes note of a resource.
    pub fn add_resource(&mut self, record: &Record) {
        let Some(uid) = record.whole("UID") else { return };
        if record.flag("IsNull") {
            return;
        }
        let kind = match record.whole("Type") {
            Some(0) => ResourceKind::Material,
            Some(2) => ResourceKind::Cost,
            _ if record.flag("IsCostResource") => ResourceKind::Cost,
            _ => ResourceKind::Work,
        };
        let calendar = record.whole("CalendarUID").filter(|&uid| uid >= 0);
        let name = record.get("Name").unwrap_or_default().to_owned();
        self.resources.insert(uid, Resource { name, kind, calendar });
    }

    /// Takes note of an assignment.
    pub fn add_assignment(&mut self, record: &Record) {
        let Some(task) = record.whole("TaskUID") else { return };
        let minutes = |name: &str| length(record, name).unwrap_or(0.0);
        let assignment = Assignment {
            resource: record.whole("ResourceUID").filter(|&uid| uid >= 0),
            work: minutes("Work"),
            units: record.number("Units").unwrap_or(1.0),
            // Money is written in hundredths.
            cost: record.number("Cost").unwrap_or(0.0) / 100.0,
            delay: record.number("Delay").unwrap_or(0.0) / 10.0,
            is_contoured: record.whole("WorkContour").is_some_and(|contour| contour != 0),
        };
        self.assignments.entry(task).or_default().push(assignment);
    }

    /// The assignments of people to a task, with the people.
    pub fn people(&self, task: i64) -> impl Iterator<Item = (&Assignment, &Resource)> {
        self.all(task).filter(|(_, resource)| resource.kind == ResourceKind::Work)
    }

    /// All assignments of resources to a task.
    pub fn all(&self, task: i64) -> impl Iterator<Item = (&Assignment, &Resource)> {
        let assigned = self.assignments.get(&task).into_iter().flatten();
        assigned.filter_map(|one| Some((one, self.resources.get(&one.resource?)?)))
    }
}
