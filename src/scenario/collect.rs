//! The parts of a scenario, gathered from all of its files.

use std::collections::BTreeMap;

use super::open::Desk;
use super::raw::{
    At, Many, Named, RawAlternative, RawBenefit, RawCalendar, RawContract, RawCorrelation, RawCost,
    RawCrossLinks, RawDriver, RawMember, RawMilestone, RawMoney, RawPortfolio, RawProgram, RawProject,
    RawReferenceClass, RawRework, RawRisk, RawScales, RawScenario, RawStatus, RawTask, RawTemplate,
    RawVariant, Slot,
};
use super::table::{TaskRows, risk_rows, task_rows};
use crate::diag::{Diagnostic, FileId, Place, code};

/// A scenario as written, whole: one list of each kind of part, whichever file it comes from.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// The program table.
    pub program: Slot<RawProgram>,
    /// Calendars by id.
    pub calendars: Vec<(At<String>, At<RawCalendar>)>,
    /// Templates by id.
    pub templates: Vec<(At<String>, At<RawTemplate>)>,
    /// Scales.
    pub scales: Slot<RawScales>,
    /// Capacities of roles by name.
    pub roles: Vec<(At<String>, At<f64>)>,
    /// Projects by id.
    pub projects: Vec<(At<String>, At<RawProject>)>,
    /// Tasks of the program itself.
    pub tasks: Vec<At<RawTask>>,
    /// CSV files of tasks of the program itself.
    pub tasks_csv: Vec<At<String>>,
    /// Milestones of the program itself.
    pub milestones: Vec<At<RawMilestone>>,
    /// Groups of alternatives by id.
    pub alternatives: Vec<(At<String>, At<Named<RawAlternative>>)>,
    /// Rework loops.
    pub rework: Vec<At<RawRework>>,
    /// Risks.
    pub risks: Vec<At<RawRisk>>,
    /// CSV files of risks.
    pub risks_csv: Vec<At<String>>,
    /// Correlations.
    pub correlations: Vec<At<RawCorrelation>>,
    /// Risk drivers.
    pub drivers: Vec<At<RawDriver>>,
    /// Costs of the program itself.
    pub costs: Vec<At<RawCost>>,
    /// What money does over time.
    pub money: Slot<RawMoney>,
    /// Contracts by id.
    pub contracts: Vec<(At<String>, At<RawContract>)>,
    /// Benefits by id.
    pub benefits: Vec<(At<String>, At<RawBenefit>)>,
    /// Reference classes by id.
    pub references: Vec<(At<String>, At<RawReferenceClass>)>,
    /// Reports of the program under way.
    pub statuses: Vec<At<RawStatus>>,
    /// Several programs as one.
    pub portfolio: Slot<RawPortfolio>,
    /// The programs of a portfolio by id.
    pub programs: Vec<(At<String>, At<RawMember>)>,
    /// Links between programs of a portfolio.
    pub links: Vec<At<RawCrossLinks>>,
    /// Variants by id.
    pub variants: Vec<(At<String>, At<RawVariant>)>,
    /// Full ids of the tasks, milestones, projects and risks that a variant has removed.
    pub removed: Vec<String>,
    /// False if a file could not be read, so that what it defines is unknown.
    pub complete: bool,
}

impl Parts {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { complete: true, ..Self::default() }
    }

    /// Adds a file and all files that it includes.
    pub fn add_file(&mut self, desk: &mut Desk<'_>, path: &str) {
        match desk.open(path, None) {
            Some(file) => self.follow(desk, file, &mut Vec::new(), &mut BTreeMap::new()),
            None => self.complete = false,
        }
    }

    /// Adds a file that a text in another one names, and all files that it includes.
    pub fn add_named(&mut self, desk: &mut Desk<'_>, name: &At<String>) {
        match desk.open_named(name) {
            Some(file) => self.follow(desk, file, &mut Vec::new(), &mut BTreeMap::new()),
            None => self.complete = false,
        }
    }

    /// Whether it is several programs as one.
    pub fn is_portfolio(&self) -> bool {
        !self.portfolio.is_absent()
    }

    /// Reads a file once, however many files include it; `trail` are the files that led here.
    fn follow(
        &mut self,
        desk: &mut Desk<'_>,
        file: FileId,
        trail: &mut Vec<(FileId, Place)>,
        done: &mut BTreeMap<FileId, ()>,
    ) {
        if done.insert(file, ()).is_some() {
            return;
        }
        let Some(raw) = desk.parse(file) else {
            self.complete = false;
            return;
        };
        let includes = raw.include.get().map(|Many(names)| names.clone()).unwrap_or_default();
        self.add(raw, &mut desk.problems);
        for name in includes {
            let Some(included) = desk.open_named(&name) else {
                self.complete = false;
                continue;
            };
            let Some(place) = name.place().cloned() else { continue };
            trail.push((file, place));
            if let Some(from) = trail.iter().position(|(above, _)| *above == included) {
                desk.problems.push(circle(desk, &trail[from..]));
            } else {
                self.follow(desk, included, trail, done);
            }
            trail.pop();
        }
    }

    /// Adds the parts of one file.
    pub fn add(&mut self, raw: RawScenario, problems: &mut Vec<Diagnostic>) {
        once(&mut self.program, raw.program, "program", problems);
        once(&mut self.scales, raw.scales, "scales", problems);
        named(&mut self.calendars, raw.calendars, "calendar", problems);
        named(&mut self.templates, raw.estimates, "estimate template", problems);
        named(&mut self.roles, raw.roles, "role", problems);
        named(&mut self.projects, raw.projects, "project", problems);
        list(&mut self.tasks, raw.tasks);
        list(&mut self.milestones, raw.milestones);
        named(&mut self.alternatives, raw.alternatives, "group of alternatives", problems);
        list(&mut self.rework, raw.rework);
        list(&mut self.risks, raw.risks);
        list(&mut self.correlations, raw.correlations);
        list(&mut self.drivers, raw.drivers);
        many(&mut self.tasks_csv, raw.tasks_csv);
        many(&mut self.risks_csv, raw.risks_csv);
        many(&mut self.costs, raw.costs);
        once(&mut self.money, raw.money, "money", problems);
        named(&mut self.contracts, raw.contracts, "contract", problems);
        named(&mut self.benefits, raw.benefits, "benefit", problems);
        named(&mut self.references, raw.reference_classes, "reference class", problems);
        many(&mut self.statuses, raw.status);
        once(&mut self.portfolio, raw.portfolio, "portfolio", problems);
        named(&mut self.programs, raw.programs, "program", problems);
        list(&mut self.links, raw.links);
        named(&mut self.variants, raw.variants, "variant", problems);
    }

    /// Reads all tables that are named, so that their rows stand among what was written in place.
    pub fn expand_tables(&mut self, desk: &mut Desk<'_>) {
        let mut rows = TaskRows {
            tasks: std::mem::take(&mut self.tasks),
            milestones: std::mem::take(&mut self.milestones),
        };
        self.tasks_csv.drain(..).for_each(|name| task_rows(&name, &mut rows, desk));
        (self.tasks, self.milestones) = (rows.tasks, rows.milestones);
        for name in std::mem::take(&mut self.risks_csv) {
            self.risks.extend(risk_rows(&name, desk));
        }
        self.projects.iter_mut().for_each(|(_, project)| expand_project(&mut project.value, desk));
    }

    /// The full ids of all projects, from the outside to the inside.
    pub fn project_ids(&self) -> Vec<String> {
        let mut ids = Vec::new();
        each_project(&self.projects, "", &mut |id, _| ids.push(id.to_owned()));
        ids
    }

    /// The full ids of all tasks and milestones.
    pub fn task_ids(&self) -> Vec<String> {
        let tasks = self.tasks.iter().map(|at| &at.value.id);
        let own = tasks.chain(self.milestones.iter().map(|at| &at.value.id));
        let mut ids: Vec<String> = own.filter_map(|id| id.get().cloned()).collect();
        each_project(&self.projects, "", &mut |id, project| {
            let tasks = project.tasks.get().into_iter().flatten().map(|at| &at.value.id);
            let own = tasks.chain(project.milestones.get().into_iter().flatten().map(|at| &at.value.id));
            ids.extend(own.filter_map(|own| own.get().map(|own| format!("{id}.{own}"))));
        });
        ids
    }
}

/// Calls `visit` with every project and its full id.
pub fn each_project(
    projects: &[(At<String>, At<RawProject>)],
    prefix: &str,
    visit: &mut dyn FnMut(&str, &RawProject),
) {
    for (key, project) in projects {
        let id = format!("{prefix}{}", key.value);
        visit(&id, &project.value);
        let inner = project.value.projects.get().map_or(&[][..], |Named(inner)| inner);
        each_project(inner, &format!("{id}."), visit);
    }
}

fn expand_project(project: &mut RawProject, desk: &mut Desk<'_>) {
    let names = std::mem::replace(&mut project.tasks_csv, Slot::Absent);
    if let Slot::Given(At { value: Many(names), place }) = names {
        let mut rows = TaskRows {
            tasks: project.tasks.get().cloned().unwrap_or_default(),
            milestones: project.milestones.get().cloned().unwrap_or_default(),
        };
        names.iter().for_each(|name| task_rows(name, &mut rows, desk));
        let from = |slot_place: Option<Place>| slot_place.or(place.clone());
        project.tasks = Slot::Given(At { value: rows.tasks, place: from(project.tasks.place().cloned()) });
        let place = from(project.milestones.place().cloned());
        project.milestones = Slot::Given(At { value: rows.milestones, place });
    }
    if let Slot::Given(At { value: Named(inner), .. }) = &mut project.projects {
        inner.iter_mut().for_each(|(_, inner)| expand_project(&mut inner.value, desk));
    }
}

/// Keeps a table that may be written in one file only.
fn once<T>(kept: &mut Slot<T>, found: Slot<T>, what: &str, problems: &mut Vec<Diagnostic>) {
    match (&*kept, &found) {
        (_, Slot::Absent) => {}
        (Slot::Absent, _) => *kept = found,
        _ => problems.push(
            Diagnostic::new(code::SECOND_PROGRAM, format!("`[{what}]` is written in two files"))
                .at_place(found.place(), "written again here")
                .at_place(kept.place(), "first written here")
                .help(format!("keep `[{what}]` in one file")),
        ),
    }
}

/// Adds the entries of a table by id, refusing an id that another file has used.
fn named<T>(
    kept: &mut Vec<(At<String>, At<T>)>,
    found: Slot<Named<T>>,
    what: &str,
    problems: &mut Vec<Diagnostic>,
) {
    let Slot::Given(At { value: Named(entries), .. }) = found else { return };
    for (id, value) in entries {
        if let Some((first, _)) = kept.iter().find(|(known, _)| known.value == id.value) {
            problems.push(duplicate(what, &id.value, id.place(), first.place()));
        } else {
            kept.push((id, value));
        }
    }
}

/// Two things with one id.
pub fn duplicate(what: &str, id: &str, again: Option<&Place>, first: Option<&Place>) -> Diagnostic {
    Diagnostic::new(code::DUPLICATE_ID, format!("the id `{id}` of a {what} is used twice"))
        .at_place(again, "used again here")
        .at_place(first, "first used here")
        .help("ids key the random numbers and the references: give each its own")
}

fn list<T>(kept: &mut Vec<At<T>>, found: Slot<Vec<At<T>>>) {
    if let Slot::Given(at) = found {
        kept.extend(at.value);
    }
}

fn many<T>(kept: &mut Vec<At<T>>, found: Slot<Many<T>>) {
    if let Slot::Given(at) = found {
        kept.extend(at.value.0);
    }
}

/// Files that include each other, hop by hop.
fn circle(desk: &Desk<'_>, hops: &[(FileId, Place)]) -> Diagnostic {
    let mut names: Vec<&str> = hops.iter().map(|(file, _)| desk.sources.name(*file)).collect();
    names.extend(names.first().copied());
    let message = format!("files include each other in a circle: {}", names.join(" -> "));
    let mut problem = Diagnostic::new(code::INCLUDE_CYCLE, message);
    // The include that closes the circle is the primary place.
    for (at, (_, place)) in hops.iter().enumerate().rev() {
        let text = if at + 1 == hops.len() { "this include closes the circle" } else { "included here" };
        problem = problem.at_place(Some(place), text);
    }
    problem.help("remove one of these includes: an included file need not include the file above it")
}
