//! From the parts of a scenario to a program: the order of the checks.

use super::build::report_build_errors;
use super::calendars::Calendars;
use super::context::Context;
use super::correlations::correlations;
use super::costs::{Bearer, cost_lines, cost_list};
use super::drawn_names::Drawing;
use super::links::{EndCalendars, Successor};
use super::meter::Measure;
use super::risks::Field;
use super::roles::roles;
use super::scales::Scales;
use super::settings::Settings;
use super::template::Templates;
use super::tree::{Body, Defaults, Inherited, Tree};
use crate::calendar::{TablePart, WorkTable};
use crate::diag::{Severity, code};
use crate::model::{
    CalendarIx, Endpoint, EscalateAbove, Program, ProgramBuilder, Project, ProjectIx, Scope, Target, TaskIx,
};
use crate::scenario::collect::Parts;
use crate::scenario::open::Desk;
use crate::scenario::places::Places;
use crate::scenario::raw::{At, RawEscalateAbove, RawTargets, Slot};
use crate::units::{Instant, Money};

/// Checks all parts; `None` if there is an error, with every problem on the desk either way.
pub fn check(parts: &Parts, desk: &mut Desk<'_>) -> Option<(Program, Places)> {
    let nothing = At::default();
    if parts.program.is_absent() && parts.complete {
        let help = "write at least a name and a start:\n[program]\nname = \"...\"\nstart = 2027-01-11";
        desk.report(code::MISSING_KEY, None, "the scenario has no `[program]`", help);
    }
    let raw = parts.program.at().unwrap_or(&nothing);
    let settings = if parts.program.at().is_some() { Settings::read(raw, desk) } else { Settings::default() };
    let mut calendars = Calendars::read(&parts.calendars, &raw.value.calendar, settings.scale, desk);
    let mut templates = Templates::read(&parts.templates, settings.ranges, settings.currency, desk);
    let scales = Scales::read(&parts.scales, desk);

    let top = Inherited {
        calendar: Some(calendars.default()),
        template: raw.value.estimate.at().and_then(|name| templates.find(name, desk)),
        ..Inherited::default()
    };
    let mut defaults = Defaults { calendars: &mut calendars, templates: &mut templates };
    let tree = Tree::build(parts, &top, &mut defaults, desk);

    let context = &mut Context {
        settings: &settings,
        calendars: &mut calendars,
        templates: &mut templates,
        scales: &scales,
        exchanges: Vec::new(),
        desk,
    };
    context.read_exchanges(&parts.money);
    let start = start(context);
    let mut builder = ProgramBuilder::new(settings.name.clone(), start, settings.currency);
    builder.conventions(settings.conventions).confidence(settings.confidence.clone());
    builder.status_date(settings.status_date.map(|date| date.at));
    if settings.critical_open_ends {
        builder.critical_open_ends();
    }
    builder.escalate_above(escalate_above(&raw.value.escalate_above, context));
    let mut places = Places { program: parts.program.place().cloned(), ..Places::default() };

    add_projects(&tree, context, &mut builder, &mut places);
    let tasks = add_tasks(&tree, &top, context, &mut builder, &mut places);
    add_links(&tree, &tasks, context, &mut builder, &mut places);
    add_risks(parts, &tree, &tasks, context, &mut builder, &mut places);
    add_drivers(parts, &tree, &tasks, context, &mut builder, &mut places);
    context.branches(parts, &tree, &mut builder, &mut places);
    add_rework(parts, &tree, context, &mut builder, &mut places);
    for role in roles(parts, &tree, context.desk) {
        builder.role(role);
    }
    let costs = cost_list(context, &parts.costs, Bearer::Program);
    for line in costs.0 {
        builder.cost(line);
    }
    places.costs = costs.1;
    if let Some(finance) = context.finance(parts, &tree, &tasks, start) {
        builder.finance(finance);
    }
    for reference in context.references(parts) {
        builder.reference(reference);
    }
    let drawing = Drawing { program: builder.draft(), names: &tree.names };
    let found = correlations(&raw.value.correlation, &parts.correlations, &drawing, context.desk);
    builder.correlations(found.unwrap_or_default());
    add_targets(&raw.value.targets, Scope::Program, context, &mut builder);
    if let Some(name) = raw.value.finish.at()
        && let Some(task) = tree.names.resolve_task(name, None, "a milestone", context.desk)
    {
        if matches!(tree.tasks[task.index()].body, Body::Milestone(_)) {
            builder.finish(task);
        } else {
            let message = format!("`{}` is a task, a milestone is needed here", name.value);
            context.desk.report(
                code::WRONG_KIND,
                name.place(),
                message,
                "add a milestone after it and name that",
            );
        }
    }
    calendars.report(settings.start.map(|date| date.at), desk);
    templates.report_unused(desk);
    for entry in calendars.entries() {
        builder.calendar(entry.id.clone(), entry.calendar.clone());
        places.calendars.push(entry.place.clone());
    }
    builder.default_calendar(calendars.default());

    let context = &mut Context {
        settings: &settings,
        calendars: &mut calendars,
        templates: &mut templates,
        scales: &scales,
        desk,
        exchanges: Vec::new(),
    };
    let built = builder.clone().build();
    let statuses = super::statuses::statuses(parts, built.as_ref().unwrap_or(builder.draft()), context);

    let is_good = |desk: &Desk<'_>| !desk.problems.iter().any(|problem| problem.severity == Severity::Error);
    // Circles are worth reporting beside other errors, so the program is put together either way.
    match built {
        Ok(program) => {
            let program = program.with_statuses(statuses);
            places.add_repeats(&program);
            is_good(desk).then_some((program, places))
        }
        Err(errors) => {
            let was_good = is_good(desk);
            report_build_errors(&errors, was_good && parts.complete, &builder, &places, desk);
            None
        }
    }
}

/// The program's start: a date without a time means its first working minute.
fn start(context: &Context<'_, '_>) -> Instant {
    let Some(date) = context.settings.start else { return Instant(0) };
    if date.has_time {
        return date.at;
    }
    let day = date.at.day();
    let calendar = &context.calendars.entries()[context.calendars.default().index()].calendar;
    // A year ahead is enough for any holiday; a calendar without work is reported elsewhere.
    let table = WorkTable::build(calendar, TablePart::WorkingUnbound, day - 1, day + 366);
    let first = table.start_at(table.worked(date.at));
    if table.covers(first) { first.max(date.at) } else { date.at }
}

fn add_projects(
    tree: &Tree,
    context: &mut Context<'_, '_>,
    builder: &mut ProgramBuilder,
    places: &mut Places,
) {
    for (at, node) in tree.projects.iter().enumerate() {
        let raw = &node.raw.value;
        let (costs, cost_places) = cost_lines(context, &raw.cost, Bearer::Program);
        builder.project(Project {
            id: node.id.clone(),
            name: raw.name.get().unwrap_or(&node.key.value).clone(),
            parent: node.parent,
            owner: node.inherited.owner.clone(),
            costs,
        });
        if raw.own_finish.get() == Some(&true) {
            builder.own_finish(ProjectIx::new(at));
        }
        places.projects.push(node.key.place.clone());
        places.project_costs.push(cost_places);
        add_targets(&raw.targets, Scope::Project(ProjectIx::new(at)), context, builder);
    }
}

fn add_tasks(
    tree: &Tree,
    top: &Inherited,
    context: &mut Context<'_, '_>,
    builder: &mut ProgramBuilder,
    places: &mut Places,
) -> Vec<crate::model::Task> {
    let mut tasks = Vec::new();
    for (at, node) in tree.tasks.iter().enumerate() {
        let inherited = node.project.map_or(top, |project| &tree.projects[project.index()].inherited);
        let (task, task_places) = context.task(node, inherited);
        builder.task(task.clone());
        tasks.push(task);
        places.tasks.push(task_places);
        if let Body::Milestone(raw) = &node.body
            && let Some(finish) = context.promised(&raw.value.target)
        {
            let scope = Scope::Milestone(TaskIx::new(at));
            builder.target(Target { scope, finish: Some(finish), budget: None });
        }
    }
    tasks
}

fn add_links(
    tree: &Tree,
    tasks: &[crate::model::Task],
    context: &mut Context<'_, '_>,
    builder: &mut ProgramBuilder,
    places: &mut Places,
) {
    let task_calendars: Vec<CalendarIx> = tasks.iter().map(|task| task.calendar).collect();
    let default = context.calendars.default();
    let project_calendars: Vec<CalendarIx> =
        tree.projects.iter().map(|node| node.inherited.calendar.unwrap_or(default)).collect();
    let calendars = EndCalendars { tasks: &task_calendars, projects: &project_calendars };
    let mut add = |links: Vec<(crate::model::Link, At<()>)>| {
        for (link, at) in links {
            builder.link(link);
            places.links.push(at.place);
        }
    };
    for (at, node) in tree.projects.iter().enumerate() {
        let successor = Successor {
            end: Endpoint::Project(ProjectIx::new(at)),
            scope: tree.scope(node.parent),
            calendar: project_calendars[at],
        };
        add(context.links(&node.raw.value.after, &successor, &tree.names, &calendars));
    }
    for (at, node) in tree.tasks.iter().enumerate() {
        let successor = Successor {
            end: Endpoint::Task(TaskIx::new(at)),
            scope: tree.scope(node.project),
            calendar: task_calendars[at],
        };
        let after = match &node.body {
            Body::Task(raw) => &raw.value.after,
            Body::Milestone(raw) => &raw.value.after,
        };
        add(context.links(after, &successor, &tree.names, &calendars));
    }
}

fn add_risks(
    parts: &Parts,
    tree: &Tree,
    tasks: &[crate::model::Task],
    context: &mut Context<'_, '_>,
    builder: &mut ProgramBuilder,
    places: &mut Places,
) {
    let field = Field { names: &tree.names, projects: tree.project_ids(), tasks };
    let mut seen: std::collections::BTreeMap<String, Option<crate::diag::Place>> = Default::default();
    for at in &parts.risks {
        let Some((risk, risk_places)) = context.risk(at, &field) else { continue };
        if let Some(first) = seen.get(&risk.id) {
            let again = risk_places.id.as_ref();
            let problem = crate::scenario::collect::duplicate("risk", &risk.id, again, first.as_ref());
            context.desk.problems.push(problem);
            continue;
        }
        seen.insert(risk.id.clone(), risk_places.id.clone());
        builder.risk(risk);
        places.risks.push(risk_places);
    }
    context.courses(&parts.risks, &tree.names, tasks, builder);
}

fn add_drivers(
    parts: &Parts,
    tree: &Tree,
    tasks: &[crate::model::Task],
    context: &mut Context<'_, '_>,
    builder: &mut ProgramBuilder,
    places: &mut Places,
) {
    let field = Field { names: &tree.names, projects: tree.project_ids(), tasks };
    let mut seen: std::collections::BTreeMap<String, Option<crate::diag::Place>> = Default::default();
    for at in &parts.drivers {
        let Some(driver) = context.driver(at, &field) else { continue };
        let place = at.value.id.place().cloned();
        if let Some(first) = seen.get(&driver.id) {
            let problem =
                crate::scenario::collect::duplicate("driver", &driver.id, place.as_ref(), first.as_ref());
            context.desk.problems.push(problem);
            continue;
        }
        seen.insert(driver.id.clone(), place.clone());
        builder.driver(driver);
        places.drivers.push(place);
    }
}

fn add_rework(
    parts: &Parts,
    tree: &Tree,
    context: &mut Context<'_, '_>,
    builder: &mut ProgramBuilder,
    places: &mut Places,
) {
    let mut seen: std::collections::BTreeMap<String, Option<crate::diag::Place>> = Default::default();
    for at in &parts.rework {
        let Some((rework, place)) = context.rework(at, tree) else { continue };
        if let Some(first) = seen.get(&rework.id) {
            let problem = crate::scenario::collect::duplicate(
                "rework loop",
                &rework.id,
                at.value.id.place().or(place.as_ref()),
                first.as_ref(),
            );
            context.desk.problems.push(problem);
            continue;
        }
        seen.insert(rework.id.clone(), at.value.id.place().or(place.as_ref()).cloned());
        places.rework.push((rework.id.clone(), place));
        builder.rework(rework);
    }
}

/// Adds what is promised of a scope.
pub fn add_targets(
    written: &Slot<RawTargets>,
    scope: Scope,
    context: &mut Context<'_, '_>,
    builder: &mut ProgramBuilder,
) {
    let Some(raw) = written.get() else { return };
    let finish = context.promised(&raw.finish);
    let minor = context.settings.currency.minor_per_major() as f64;
    let budget = context.desk.in_range(&raw.budget, 0.0, 1e13, "a budget");
    // Within the bounds of the range, which 64 bits hold in any currency.
    let budget = budget.map(|budget| Money((budget * minor).round_ties_even() as i64));
    if finish.is_some() || budget.is_some() {
        builder.target(Target { scope, finish, budget });
    } else if raw.finish.is_absent() && raw.budget.is_absent() {
        let help = "write `finish`, `budget` or both";
        context.desk.report(code::MISSING_KEY, written.place(), "the targets promise nothing", help);
    }
}

/// The exposure above which a risk is to be escalated.
fn escalate_above(written: &Slot<RawEscalateAbove>, context: &mut Context<'_, '_>) -> Option<EscalateAbove> {
    let raw = written.get()?;
    if raw.delay.is_absent() && raw.cost.is_absent() {
        let help = "write `delay`, `cost` or both: { delay = \"8d\", cost = 50_000 }";
        context.desk.report(code::MISSING_KEY, written.place(), "the threshold says nothing", help);
    }
    let mut meter = context.meter(Measure::Duration, context.calendars.default());
    let minutes = meter.slot(&raw.delay, context.desk);
    let scale = context.calendars.scale(context.calendars.default());
    let days = minutes.map(|minutes| minutes / f64::from(scale.minutes_per_day.max(1)));
    let minor = context.settings.currency.minor_per_major() as f64;
    let cost = context.desk.in_range(&raw.cost, 0.0, 1e13, "a threshold");
    // Within the bounds of the range, which 64 bits hold in any currency.
    let cost = cost.map(|cost| Money((cost * minor).round_ties_even() as i64));
    (days.is_some() || cost.is_some()).then_some(EscalateAbove { days, cost })
}
