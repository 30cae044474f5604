//! Which id each part of a plan gets, and how links refer to it.

use crate::import::ids::{Taken, code, slug};
use crate::import::plan::{End, Plan};

/// The ids of all parts of a plan.
///
/// Ids of groups and of what stands in no group are unique in the whole plan, so that a full id means one thing
/// wherever it is written.
pub(super) struct Names {
    /// By group: its own id and its full one.
    pub groups: Vec<(String, String)>,
    /// By task, likewise.
    pub tasks: Vec<(String, String)>,
    /// By calendar.
    pub calendars: Vec<String>,
}

impl Names {
    /// Names everything.
    pub fn of(plan: &Plan) -> Self {
        let nothing = Taken::default();
        let mut calendar_ids = Taken::default();
        let calendars = plan.calendars.iter().map(|calendar| {
            let id = slug(&calendar.name);
            calendar_ids.free(if id.is_empty() { "calendar" } else { &id }, &nothing)
        });
        let calendars = calendars.collect();
        let mut everywhere = Taken::default();
        let mut groups: Vec<(String, String)> = Vec::new();
        for group in &plan.groups {
            let id = slug(&group.name);
            let own = everywhere.free(if id.is_empty() { "project" } else { &id }, &nothing);
            let above = group.above.and_then(|above| groups.get(above));
            let full = above.map_or_else(|| own.clone(), |(_, above)| format!("{above}.{own}"));
            groups.push((own, full));
        }
        let mut inside: Vec<Taken> = plan.groups.iter().map(|_| Taken::default()).collect();
        // What stands in no group is named first, because it takes ids from all the others.
        let mut tasks = vec![(String::new(), String::new()); plan.tasks.len()];
        let is_free = |at: &usize| plan.tasks[*at].group.is_none();
        let (free, grouped): (Vec<usize>, Vec<usize>) = (0..plan.tasks.len()).partition(is_free);
        for at in free.into_iter().chain(grouped) {
            let task = &plan.tasks[at];
            let wanted = task.code.as_deref().map_or_else(|| slug(&task.name), code);
            let wanted = match wanted.trim_matches('-') {
                "" => format!("t{}", code(&task.source)),
                _ => wanted,
            };
            tasks[at] = match task.group {
                None => {
                    let own = everywhere.free(&wanted, &nothing);
                    (own.clone(), own)
                }
                Some(group) => {
                    let own = inside[group].free(&wanted, &everywhere);
                    let full = format!("{}.{own}", groups[group].1);
                    (own, full)
                }
            };
        }
        Self { groups, tasks, calendars }
    }

    /// The full id of an end of a link.
    pub fn full(&self, end: End) -> &str {
        match end {
            End::Task(task) => &self.tasks[task].1,
            End::Group(group) => &self.groups[group].1,
        }
    }

    /// How something that stands in a group refers to an end: by its own id within the same group.
    pub fn reference(&self, plan: &Plan, from: Option<usize>, end: End) -> String {
        match end {
            End::Task(task) if plan.tasks[task].group == from => self.tasks[task].0.clone(),
            end => self.full(end).to_owned(),
        }
    }
}
