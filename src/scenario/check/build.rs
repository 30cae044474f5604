//! What the model refuses, with the places where it was written.

use crate::diag::{Diagnostic, code};
use crate::model::{BuildError, Endpoint, Hop, LinkIx, LinkKind, ProgramBuilder};
use crate::scenario::open::Desk;
use crate::scenario::places::Places;

/// Reports the errors of the builder. Circles are always worth it; the others follow from problems that
/// have been reported unless `alone` says that there are none.
pub fn report_build_errors(
    errors: &[BuildError],
    alone: bool,
    builder: &ProgramBuilder,
    places: &Places,
    desk: &mut Desk<'_>,
) {
    for error in errors {
        match error {
            BuildError::Cycle(links) => desk.problems.push(circle(links, builder, places)),
            BuildError::Undecidable(hops) => desk.problems.push(undecidable(hops, builder, places)),
            BuildError::LoopWithoutPath(id) => {
                let message = format!("no links lead from the entry of the loop `{id}` to its test");
                let help = "name a task in `from` that comes before the test, or add the links between them";
                desk.report(code::LOOP_WITHOUT_PATH, places.rework(id), message, help);
            }
            BuildError::LoopsOverlap(one, other) => {
                let problem = Diagnostic::new(
                    code::LOOPS_OVERLAP,
                    format!("the loops `{one}` and `{other}` share work, and neither lies within the other"),
                );
                let problem = problem.at_place(places.rework(other), "").at_place(places.rework(one), "");
                desk.problems.push(problem.help("let one of them begin later, or join them"));
            }
            BuildError::NoTask if alone => {
                let help = "add a task:\n[[tasks]]\nid = \"build\"\nduration = { pert = [\"10d\", \"15d\", \"30d\"] }";
                desk.report(code::NO_TASK, places.program(), "the scenario has no task", help);
            }
            other if alone => {
                desk.report(code::BAD_LINK, places.program(), other.to_string(), "");
            }
            _ => {}
        }
    }
}

/// A circle through a condition, hop by hop.
fn undecidable(hops: &[Hop], builder: &ProgramBuilder, places: &Places) -> Diagnostic {
    let program = builder.draft();
    let name = |end: Endpoint| format!("`{}`", program.id_of(end));
    let decided = hops.iter().find_map(|hop| match hop {
        Hop::Condition { from, to } => Some((*from, *to)),
        Hop::Link(_) => None,
    });
    let Some((from, to)) = decided else {
        return Diagnostic::new(code::UNDECIDABLE, "whether work exists depends on what comes after it");
    };
    let (task, awaited) = (name(Endpoint::Task(to)), name(from));
    let message = format!("whether {task} exists depends on {awaited}, which comes after {task}");
    let mut problem = Diagnostic::new(code::UNDECIDABLE, message).at_place(places.when(to), "");
    for hop in hops {
        problem = match hop {
            Hop::Link(link) => {
                let ends = &program.links()[link.index()];
                let text = format!("{} waits for {}", name(ends.to), name(ends.from));
                problem.at_place(places.link(*link), text)
            }
            Hop::Condition { to: other, .. } if *other == to => problem,
            Hop::Condition { from, to } => {
                let text = format!("{} depends on {}", name(Endpoint::Task(*to)), name(*from));
                problem.at_place(places.when(*to), text)
            }
        };
    }
    problem.help("name something in the condition that comes before the work that it decides")
}

/// A circle of links, hop by hop.
fn circle(links: &[LinkIx], builder: &ProgramBuilder, places: &Places) -> Diagnostic {
    let program = builder.draft();
    let name = |end: Endpoint| match end {
        Endpoint::Task(task) => program.tasks()[task.index()].id.clone(),
        Endpoint::Project(project) => format!("project {}", program.projects()[project.index()].id),
    };
    let hops: Vec<_> = links.iter().map(|&link| (link, &program.links()[link.index()])).collect();
    let mut path: Vec<String> = Vec::new();
    for (_, link) in &hops {
        for end in [name(link.from), name(link.to)] {
            if path.last() != Some(&end) {
                path.push(end);
            }
        }
    }
    // Belonging to a project is no hop; the way back to the first is shown all the same.
    if path.first() != path.last() {
        path.extend(path.first().cloned());
    }
    let mut problem = Diagnostic::new(code::CYCLE, format!("links form a circle: {}", path.join(" -> ")));
    for (number, (at, link)) in hops.iter().enumerate() {
        let kind = match link.kind {
            LinkKind::FS => "waits for",
            LinkKind::SS => "starts after the start of",
            LinkKind::FF => "finishes after",
            LinkKind::SF => "finishes after the start of",
        };
        let text = format!("hop {}: `{}` {kind} `{}`", number + 1, name(link.to), name(link.from));
        problem = problem.at_place(places.link(*at), text);
    }
    problem.help("remove the link that is wrong: work cannot wait for itself")
}
