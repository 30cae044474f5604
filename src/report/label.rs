//! What a task is called where its id does not stand beside it.

use std::collections::BTreeMap;

use crate::model::{Program, Task};

/// By task: its name where no other task has it, else with the name of its project, and where that says no
/// more, with its id.
pub(super) fn labels(program: &Program) -> Vec<String> {
    let name = |task: &Task| if task.name.trim().is_empty() { task.id.clone() } else { task.name.clone() };
    let names: Vec<String> = program.tasks().iter().map(name).collect();
    let within = |task: &Task, name: &String| match task.project {
        Some(project) => format!("{name} ({})", program.projects()[project.index()].name),
        None => name.clone(),
    };
    let longer = distinguished(program, &names, within);
    distinguished(program, &longer, |task, _| format!("{} ({})", name(task), task.id))
}

/// Texts of which those that occur more than once are replaced.
fn distinguished(
    program: &Program,
    texts: &[String],
    longer: impl Fn(&Task, &String) -> String,
) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    texts.iter().for_each(|text| *counts.entry(text).or_default() += 1);
    let one = |(task, text): (&Task, &String)| {
        if counts[text.as_str()] == 1 { text.clone() } else { longer(task, text) }
    };
    program.tasks().iter().zip(texts).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::model::{Estimate, ProgramBuilder, Project};

    #[test]
    fn names_that_occur_twice_say_where_they_belong() {
        let start = "2027-01-11T08:00".parse().unwrap();
        let mut builder = ProgramBuilder::new("labels", start, "EUR".parse().unwrap());
        let calendar = builder.calendar("standard", Calendar::standard());
        let [one, two] = ["one", "two"]
            .map(|id| Project {
                id: id.to_owned(),
                name: format!("Wave {id}"),
                parent: None,
                owner: None,
                costs: Vec::new(),
            })
            .map(|project| builder.project(project));
        let places = [
            ("one.test", "Test", Some(one)),
            ("two.test", "Test", Some(two)),
            ("two.build", "Build", Some(two)),
            ("two.again", "Build", Some(two)),
            ("care", "Care", None),
        ];
        for (id, name, project) in places {
            let mut task = Task::work(id, Estimate::certain(480.0), calendar);
            (task.name, task.project) = (name.to_owned(), project);
            builder.task(task);
        }
        let program = builder.build().unwrap();
        let expected =
            ["Test (Wave one)", "Test (Wave two)", "Build (two.build)", "Build (two.again)", "Care"];
        assert_eq!(labels(&program), expected);
    }
}
