//! Finding a circle of links and naming it hop by hop.

use super::{Condition, Endpoint, Link, LinkIx, Project, Task, TaskIx};

/// One step of a circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hop {
    /// Along a link.
    Link(LinkIx),
    /// From what a condition awaits to a task that exists only if the condition holds.
    Condition {
        /// What it awaits.
        from: Endpoint,
        /// The task.
        to: TaskIx,
    },
}

/// The links of one circle, in order, each leading to the next; `None` if there is no circle.
///
/// A project stands between the tasks around it: what follows a project follows each of its tasks, and
/// each of its tasks follows what the project follows. Only written links are hops; belonging to a
/// project is not.
pub(super) fn find_cycle(projects: &[Project], tasks: &[Task], links: &[Link]) -> Option<Vec<LinkIx>> {
    search(&edges(projects, tasks, links))
}

/// The hops of a circle in which what a condition awaits comes after what exists under it; `None` if there
/// is none. Links alone form no circle.
pub(super) fn find_undecidable(
    projects: &[Project],
    tasks: &[Task],
    links: &[Link],
    conditions: &[Condition],
) -> Option<Vec<Hop>> {
    if !conditions.iter().any(Condition::awaits) {
        return None;
    }
    let mut all: Vec<Vec<(usize, Option<Hop>)>> = edges(projects, tasks, links)
        .into_iter()
        .map(|leaving| leaving.into_iter().map(|(to, link)| (to, link.map(Hop::Link))).collect())
        .collect();
    for (at, task) in tasks.iter().enumerate() {
        let own = [task.exists, task.never].into_iter().flatten();
        for need in own.flat_map(|condition| conditions[condition.index()].needs()) {
            let Some(from) = need.awaits() else { continue };
            let node = match from {
                Endpoint::Task(task) => task.index(),
                Endpoint::Project(project) => tasks.len() + 2 * project.index() + 1,
            };
            all[node].push((at, Some(Hop::Condition { from, to: TaskIx::new(at) })));
        }
    }
    search(&all)
}

/// What follows each node: tasks by their position, then for every project an entry and an exit. Work that a
/// failed test brings stands outside its project.
pub(super) fn edges(
    projects: &[Project],
    tasks: &[Task],
    links: &[Link],
) -> Vec<Vec<(usize, Option<LinkIx>)>> {
    let entry = |project: usize| tasks.len() + 2 * project;
    let nodes = tasks.len() + 2 * projects.len();
    let mut edges: Vec<Vec<(usize, Option<LinkIx>)>> = vec![Vec::new(); nodes];
    for (at, project) in projects.iter().enumerate() {
        if let Some(parent) = project.parent {
            edges[entry(parent.index())].push((entry(at), None));
            edges[entry(at) + 1].push((entry(parent.index()) + 1, None));
        }
    }
    for (at, task) in tasks.iter().enumerate() {
        if let Some(project) = task.project.filter(|_| !task.is_extra_pass()) {
            edges[entry(project.index())].push((at, None));
            edges[at].push((entry(project.index()) + 1, None));
        }
    }
    for (at, link) in links.iter().enumerate() {
        let from = match link.from {
            Endpoint::Task(task) => task.index(),
            Endpoint::Project(project) => entry(project.index()) + 1,
        };
        let to = match link.to {
            Endpoint::Task(task) => task.index(),
            Endpoint::Project(project) => entry(project.index()),
        };
        edges[from].push((to, Some(LinkIx::new(at))));
    }
    edges
}

/// Depth-first search without recursion, so that a chain of any length fits.
fn search<H: Copy>(edges: &[Vec<(usize, Option<H>)>]) -> Option<Vec<H>> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut state = vec![State::New; edges.len()];
    for root in 0..edges.len() {
        if state[root] != State::New {
            continue;
        }
        // Each entry: node, next edge to follow, link by which it was reached.
        let mut path: Vec<(usize, usize, Option<H>)> = vec![(root, 0, None)];
        state[root] = State::Open;
        while let Some(top) = path.last_mut() {
            let node = top.0;
            let Some(&(next, link)) = edges[node].get(top.1) else {
                state[node] = State::Done;
                path.pop();
                continue;
            };
            top.1 += 1;
            match state[next] {
                State::Done => {}
                State::New => {
                    state[next] = State::Open;
                    path.push((next, 0, link));
                }
                State::Open => {
                    let from =
                        path.iter().position(|&(at, ..)| at == next).expect("open nodes are on the path");
                    let hops = path[from + 1..].iter().map(|&(_, _, by)| by).chain([link]);
                    return Some(hops.flatten().collect());
                }
            }
        }
    }
    None
}
