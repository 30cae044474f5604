//! Several programs as one: what the portfolio says of them, and what lies between them.

use std::collections::{BTreeMap, BTreeSet};

use super::build::report_build_errors;
use super::calendars::Calendars;
use super::context::Context;
use super::correlations::correlations;
use super::drawn_names::Drawing;
use super::links::{EndCalendars, Successor};
use super::names::Names;
use super::program::add_targets;
use super::risks::Field;
use super::scales::Scales;
use super::settings::Settings;
use super::template::Templates;
use crate::diag::{Diagnostic, Place, code};
use crate::model::{
    CalendarIx, Correlations, Driver, Endpoint, Joining, Lag, Link, LinkKind, Program, ProgramBuilder,
    ProjectIx, Scope, Task, TaskIx,
};
use crate::scenario::collect::{Parts, duplicate};
use crate::scenario::open::Desk;
use crate::scenario::places::Places;
use crate::scenario::raw::{At, Many};
use crate::units::Instant;

/// The programs of a portfolio and the portfolio itself, about to become one.
pub struct Assembly<'a> {
    /// What the portfolio says.
    pub portfolio: &'a Parts,
    /// Its programs, with their ids.
    pub members: Vec<(&'a At<String>, &'a Program, &'a Places)>,
}

/// The id of the milestone at which all programs are finished.
const ALL_FINISHED: &str = "all-finished";

impl Assembly<'_> {
    /// Puts everything together; `None` if that fails, which is reported.
    pub fn build(&self, desk: &mut Desk<'_>) -> Option<(Program, Places)> {
        self.report_foreign(desk);
        let settings = Settings::of_portfolio(&self.portfolio.portfolio, &self.members, desk);
        let raw = self.portfolio.portfolio.get().cloned().unwrap_or_default();
        let mut calendars = Calendars::read(&self.portfolio.calendars, &raw.calendar, settings.scale, desk);
        let mut templates =
            Templates::read(&self.portfolio.templates, settings.ranges, settings.currency, desk);
        let scales = Scales::read(&self.portfolio.scales, desk);
        let start = self.members.iter().map(|(_, program, _)| program.start()).min().unwrap_or(Instant(0));
        let mut builder = ProgramBuilder::new(settings.name.clone(), start, settings.currency);
        builder.confidence(settings.confidence.clone());
        let mut places = Places { program: self.portfolio.portfolio.place().cloned(), ..Places::default() };
        for entry in calendars.entries() {
            builder.calendar(entry.id.clone(), entry.calendar.clone());
            places.calendars.push(entry.place.clone());
        }
        builder.default_calendar(calendars.default());
        let rates = self.rates(&settings, desk);
        {
            let context = &mut Context {
                settings: &settings,
                calendars: &mut calendars,
                templates: &mut templates,
                scales: &scales,
                exchanges: Vec::new(),
                desk,
            };
            if let Some(finance) = self.terms(start, context) {
                builder.finance(finance);
            }
        }
        let shared = self.join_all(&rates, &mut calendars, &mut builder, &mut places);
        self.finish_together(&calendars, &mut builder, &mut places);
        let names = names(builder.draft(), &places, desk);
        let tasks = builder.draft().tasks().to_vec();
        let context = &mut Context {
            settings: &settings,
            calendars: &mut calendars,
            templates: &mut templates,
            scales: &scales,
            exchanges: Vec::new(),
            desk,
        };
        self.add_links(&names, context, &mut builder, &mut places);
        self.add_register(&names, &tasks, shared, context, &mut builder, &mut places);
        let drawing = Drawing { program: builder.draft(), names: &names };
        let own = correlations(&Default::default(), &self.portfolio.correlations, &drawing, context.desk);
        let mut together = builder.draft().correlations().clone();
        let Correlations { groups, pairs, .. } = own.unwrap_or_default();
        together.groups.extend(groups);
        together.pairs.extend(pairs);
        builder.correlations(together);
        add_targets(&raw.targets, Scope::Program, context, &mut builder);
        calendars.report(None, desk);
        match builder.clone().build() {
            Ok(program) => Some((program, places)),
            Err(errors) => {
                let was_good = desk.errors() == 0;
                report_build_errors(&errors, was_good, &builder, &places, desk);
                None
            }
        }
    }

    /// Adds all programs; returns the drivers that several of them share, each with who has it.
    fn join_all(
        &self,
        rates: &[f64],
        calendars: &mut Calendars,
        builder: &mut ProgramBuilder,
        places: &mut Places,
    ) -> Vec<(usize, Driver)> {
        let listed = self.portfolio.portfolio.get().and_then(|raw| raw.shared_drivers.get());
        let names = listed.into_iter().flat_map(|Many(names)| names);
        let shared_drivers: BTreeSet<String> = names.map(|name| name.value.clone()).collect();
        let mut shared = Vec::new();
        for (at, ((id, program, own), &rate)) in self.members.iter().zip(rates).enumerate() {
            let common = calendars.common_with(program);
            let joining =
                Joining { id: &id.value, program, rate, shared_drivers: &shared_drivers, calendars: &common };
            shared.extend(builder.join(&joining).into_iter().map(|driver| (at, driver)));
            places.join(id.place(), own, |driver| !shared_drivers.contains(&program.drivers()[driver].id));
            for calendar in builder.draft().calendars().iter().skip(calendars.entries().len()) {
                calendars.add(&calendar.id, &calendar.calendar);
                places.calendars.push(None);
            }
        }
        shared
    }

    /// Where programs have finish milestones, the portfolio is finished at the latest of them and of the others.
    fn finish_together(&self, calendars: &Calendars, builder: &mut ProgramBuilder, places: &mut Places) {
        let members = builder.draft().members().to_vec();
        if members.iter().all(|member| member.finish.is_none()) {
            return;
        }
        let mut milestone = Task::milestone(ALL_FINISHED, calendars.default());
        milestone.name = "All programs finished".to_owned();
        let milestone = builder.task(milestone);
        places.tasks.push(Default::default());
        for member in members {
            let from = member.finish.map_or(Endpoint::Project(member.project), Endpoint::Task);
            builder.link(Link { from, to: Endpoint::Task(milestone), kind: LinkKind::FS, lag: Lag::none() });
            places.links.push(None);
        }
        builder.finish(milestone);
    }

    fn add_links(
        &self,
        names: &Names,
        context: &mut Context<'_, '_>,
        builder: &mut ProgramBuilder,
        places: &mut Places,
    ) {
        let draft = builder.draft();
        let tasks: Vec<CalendarIx> = draft.tasks().iter().map(|task| task.calendar).collect();
        let projects: Vec<CalendarIx> = (0..draft.projects().len())
            .map(|at| draft.calendar_of(Endpoint::Project(ProjectIx::new(at))))
            .collect();
        let ends = EndCalendars { tasks: &tasks, projects: &projects };
        for at in &self.portfolio.links {
            let raw = &at.value;
            context.desk.require("the link", "to", &raw.to, at.place());
            context.desk.require("the link", "after", &raw.after, at.place());
            let Some(to) = raw.to.at() else { continue };
            let Some(end) = names.resolve(to, None, context.desk) else { continue };
            let calendar = match end {
                Endpoint::Task(task) => tasks[task.index()],
                Endpoint::Project(project) => projects[project.index()],
            };
            let successor = Successor { end, scope: None, calendar };
            for (mut link, place) in context.links(&raw.after, &successor, names, &ends) {
                // A program stands for its finish, which may be a milestone of it.
                let finish = match (link.from, link.kind) {
                    (Endpoint::Project(project), LinkKind::FS | LinkKind::FF) => {
                        builder.draft().member_at(project).and_then(|member| member.finish)
                    }
                    _ => None,
                };
                link.from = finish.map_or(link.from, Endpoint::Task);
                builder.link(link);
                places.links.push(place.place);
            }
        }
    }

    /// Risks and drivers of the portfolio itself, and the drivers that its programs share.
    fn add_register(
        &self,
        names: &Names,
        tasks: &[Task],
        shared: Vec<(usize, Driver)>,
        context: &mut Context<'_, '_>,
        builder: &mut ProgramBuilder,
        places: &mut Places,
    ) {
        let projects: Vec<String> = builder.draft().projects().iter().map(|one| one.id.clone()).collect();
        let projects = projects.iter().map(String::as_str).collect();
        let field = Field { names, projects, tasks };
        let mut seen: BTreeMap<String, Option<Place>> = BTreeMap::new();
        for at in &self.portfolio.risks {
            let Some((risk, risk_places)) = context.risk(at, &field) else { continue };
            if let Some(first) = seen.insert(risk.id.clone(), risk_places.id.clone()) {
                let problem = duplicate("risk", &risk.id, risk_places.id.as_ref(), first.as_ref());
                context.desk.problems.push(problem);
                continue;
            }
            builder.risk(risk);
            places.risks.push(risk_places);
        }
        context.courses(&self.portfolio.risks, names, tasks, builder);
        seen.clear();
        for (driver, place) in self.merged(shared, context.desk) {
            seen.insert(driver.id.clone(), place.clone());
            builder.driver(driver);
            places.drivers.push(place);
        }
        for at in &self.portfolio.drivers {
            let Some(driver) = context.driver(at, &field) else { continue };
            let place = at.value.id.place().cloned();
            if let Some(first) = seen.insert(driver.id.clone(), place.clone()) {
                let problem = duplicate("driver", &driver.id, place.as_ref(), first.as_ref());
                context.desk.problems.push(problem);
                continue;
            }
            builder.driver(driver);
            places.drivers.push(place);
        }
    }

    /// Each shared driver once, with what it touches in all programs that have it.
    fn merged(&self, shared: Vec<(usize, Driver)>, desk: &mut Desk<'_>) -> Vec<(Driver, Option<Place>)> {
        let listed = self.portfolio.portfolio.get().and_then(|raw| raw.shared_drivers.get());
        let mut merged = Vec::new();
        for name in listed.into_iter().flat_map(|Many(names)| names) {
            let mut owners = shared.iter().filter(|(_, driver)| driver.id == name.value);
            let Some((first, driver)) = owners.next() else {
                if !self.portfolio.complete {
                    continue;
                }
                let all = self.members.iter().flat_map(|(_, program, _)| program.drivers());
                let known: BTreeSet<&str> = all.map(|driver| driver.id.as_str()).collect();
                desk.unknown(code::SHARED_DRIVER, "driver", name, known.iter().copied());
                continue;
            };
            let mut whole = driver.clone();
            for (other, driver) in owners {
                if !is_same(&whole, driver) {
                    let (one, two) = (&self.members[*first].0.value, &self.members[*other].0.value);
                    let message =
                        format!("the driver `{}` is not the same in `{one}` and `{two}`", name.value);
                    let help = "give it the same probability, factor and response in all programs, or write it \
                                once in the portfolio: [[drivers]] with `on = [\"erp\", \"cloud\"]`";
                    let problem = Diagnostic::new(code::SHARED_DRIVER, message);
                    let problem = problem.at_place(name.place(), "to be shared");
                    desk.problems.push(problem.help(help));
                }
                whole.targets.extend(&driver.targets);
                if let (Some(response), Some(more)) = (&mut whole.response, &driver.response) {
                    response.late.extend(&more.late);
                }
            }
            let (_, program, places) = self.members[*first];
            let at = program.drivers().iter().position(|own| own.id == name.value);
            let place = at.and_then(|at| places.drivers.get(at)).cloned().flatten();
            merged.push((whole, place));
        }
        merged
    }
}

/// Whether two programs say the same of a driver, whatever it touches.
fn is_same(one: &Driver, other: &Driver) -> bool {
    let responses = match (&one.response, &other.response) {
        (None, None) => true,
        (Some(a), Some(b)) => (a.on, &a.cost, &a.residual, a.lead) == (b.on, &b.cost, &b.residual, b.lead),
        _ => false,
    };
    one.levels == other.levels && responses
}

/// What references of the portfolio may name.
fn names(program: &Program, places: &Places, desk: &mut Desk<'_>) -> Names {
    let mut names = Names::default();
    for (at, project) in program.projects().iter().enumerate() {
        let project_ix = ProjectIx::new(at);
        names.add(&project.id, Endpoint::Project(project_ix), places.project(project_ix), desk);
    }
    for (at, task) in program.tasks().iter().enumerate() {
        // Repeated work has the id of no written task.
        let task_ix = TaskIx::new(at);
        names.add(&task.id, Endpoint::Task(task_ix), places.task(task_ix), desk);
    }
    names
}
