//! P6 XML files.

use std::collections::BTreeMap;

use super::assemble::assemble;
use super::calendar::joined;
use super::data::{
    Activity, ActivityKind, Assignment, Calendar, Constraint, Data, Expense, Project, Relation, Resource,
    WbsNode, tie,
};
use crate::calendar::Shift;
use crate::import::mspdi::{clock, date, tidy};
use crate::import::plan::{LagTime, Limit, Plan};
use crate::import::record::{Record, Shape, read_records};
use crate::import::report::ImportReport;
use crate::import::{Format, ImportError, ImportOptions, text};

/// What is read record by record.
const SHAPE: Shape = Shape {
    format: Format::PrimaveraXml,
    containers: &["APIBusinessObjects", "Project"],
    skipped: &[
        "BaselineProject",
        "ActivityNote",
        "ProjectNote",
        "Document",
        "ActivityCodeAssignment",
        "Spread",
    ],
};

/// Weekdays by name, Monday first.
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The plan in a file.
pub(in crate::import) fn plan(
    bytes: &[u8],
    options: &ImportOptions,
    report: &mut ImportReport,
) -> Result<Plan, ImportError> {
    let text = text::of_xml(bytes)?;
    let mut data = Data::default();
    // By the number of its element: the project, and the order in which it came.
    let mut projects: BTreeMap<usize, Record> = BTreeMap::new();
    let mut schedule: BTreeMap<usize, Record> = BTreeMap::new();
    read_records(&text, &SHAPE, |container, number, record| {
        match record.name.as_str() {
            "Calendar" => data.calendars.push(calendar(&record)),
            "WBS" => data.wbs.push(node(&record)),
            "Activity" => data.activities.push(activity(&record)),
            "Relationship" => data.relations.extend(relation(&record)),
            "Resource" => data.resources.push(resource(&record)),
            "ResourceAssignment" => data.assignments.push(assignment(&record)),
            "ActivityExpense" => data.expenses.push(expense(&record)),
            "UDFType" if record.get("SubjectArea").is_none_or(|area| area == "Activity") => {
                data.fields.push((text_of(&record, "ObjectId"), text_of(&record, "Title")));
            }
            "Currency" if data.currency.is_none() => data.currency = record.get("Id").map(str::to_owned),
            "ScheduleOptions" => drop(schedule.insert(number, record)),
            _ if container == "Project" && record.inner.is_empty() => {
                projects.entry(number).or_default().inner.push(record);
            }
            _ => {}
        }
        Ok(())
    })?;
    for (number, record) in &projects {
        data.projects.push(project(record, schedule.get(number)));
    }
    if data.activities.is_empty() {
        return Err(ImportError::Missing { format: Format::PrimaveraXml, what: "activities" });
    }
    add_roots(&mut data);
    assemble(data, Format::PrimaveraXml, options, report)
}

/// Projects are no nodes of the breakdown here: each gets one, above its topmost.
fn add_roots(data: &mut Data) {
    for project in &data.projects {
        let root = format!("project {}", project.id);
        for node in data.wbs.iter_mut().filter(|node| node.project == project.id && node.above.is_none()) {
            node.above = Some(root.clone());
        }
        for activity in
            data.activities.iter_mut().filter(|one| one.project == project.id && one.wbs.is_none())
        {
            activity.wbs = Some(root.clone());
        }
        data.wbs.push(WbsNode {
            id: root,
            project: project.id.clone(),
            above: None,
            name: project.name.clone(),
            order: 0,
            is_root: true,
        });
    }
}

fn text_of(record: &Record, name: &str) -> String {
    record.get(name).unwrap_or_default().to_owned()
}

fn own(record: &Record, name: &str) -> Option<String> {
    record.get(name).map(str::to_owned)
}

fn project(record: &Record, schedule: Option<&Record>) -> Project {
    let mut options = super::data::Options::default();
    if let Some(record) = schedule {
        let said = record.get("RelationshipLagCalendar").unwrap_or_default();
        options.lag_time = match said {
            said if said.starts_with("Successor") => LagTime::Successor,
            said if said.starts_with("24") => LagTime::Elapsed,
            said if said.starts_with("Project") => LagTime::Program,
            _ => LagTime::Predecessor,
        };
        let sequence = record.get("OutOfSequenceScheduleType").unwrap_or_default();
        options.overrides = sequence == "Progress Override";
        options.actual_dates = sequence == "Actual Dates";
        options.uses_expected_finish = record.flag("UseExpectedFinishDates");
        options.critical_open_ends = record.flag("MakeOpenEndedActivitiesCritical");
    }
    Project {
        id: text_of(record, "ObjectId"),
        code: text_of(record, "Id"),
        name: record.get("Name").or_else(|| record.get("Id")).unwrap_or_default().to_owned(),
        data_date: date(record, "DataDate"),
        planned_start: date(record, "PlannedStartDate"),
        must_finish_by: date(record, "MustFinishByDate"),
        calendar: own(record, "ActivityDefaultCalendarObjectId"),
        options,
    }
}

fn calendar(record: &Record) -> Calendar {
    let week = record.element("StandardWorkWeek").map(|week| {
        let mut days: [Vec<Shift>; 7] = Default::default();
        for hours in week.all("StandardWorkHours") {
            if let Some(day) = DAYS.iter().position(|day| hours.get("DayOfWeek") == Some(day)) {
                days[day] = shifts(hours);
            }
        }
        days
    });
    let mut days = BTreeMap::new();
    for exception in record.all("HolidayOrExceptions").flat_map(|list| list.all("HolidayOrException")) {
        if let Some(at) = date(exception, "Date") {
            days.insert(at.start_date(), shifts(exception));
        }
    }
    Calendar {
        id: text_of(record, "ObjectId"),
        name: text_of(record, "Name"),
        base: own(record, "BaseCalendarObjectId"),
        hours: ["HoursPerDay", "HoursPerWeek", "HoursPerMonth"].map(|name| record.number(name)),
        week,
        days: joined(days),
    }
}

/// The shifts of a day. A shift that ends at 12:00 is written up to 11:59, its last minute.
fn shifts(record: &Record) -> Vec<Shift> {
    let shift = |time: &Record| {
        let (start, finish) = (time.get("Start").and_then(clock)?, time.get("Finish").and_then(clock)?);
        let end = if finish % 10 == 9 { finish + 1 } else { finish };
        Some(Shift { start: start % 1_440, end: if end <= start { 1_440 } else { end } })
    };
    tidy(record.all("WorkTime").filter_map(shift).collect())
}

fn node(record: &Record) -> WbsNode {
    WbsNode {
        id: text_of(record, "ObjectId"),
        project: text_of(record, "ProjectObjectId"),
        above: own(record, "ParentObjectId"),
        name: record.get("Name").or_else(|| record.get("Code")).unwrap_or_default().to_owned(),
        order: record.whole("SequenceNumber").unwrap_or(0),
        is_root: false,
    }
}

fn activity(record: &Record) -> Activity {
    let constraint = |which: &str| {
        let kind = constraint(record.get(&format!("{which}ConstraintType"))?)?;
        Some((kind, date(record, &format!("{which}ConstraintDate"))))
    };
    let status = record.get("Status").unwrap_or_default();
    let values = record.all("UDF").filter_map(|value| {
        let number =
            ["DoubleValue", "IntegerValue", "CostValue"].iter().find_map(|name| value.number(name))?;
        Some((text_of(value, "TypeObjectId"), number))
    });
    let is_physical = record.get("PercentCompleteType") == Some("Physical");
    Activity {
        id: text_of(record, "ObjectId"),
        project: text_of(record, "ProjectObjectId"),
        wbs: own(record, "WBSObjectId"),
        calendar: own(record, "CalendarObjectId"),
        code: text_of(record, "Id"),
        name: text_of(record, "Name"),
        kind: match record.get("Type").unwrap_or_default() {
            "Resource Dependent" => ActivityKind::ResourceDependent,
            "Start Milestone" => ActivityKind::StartMilestone,
            "Finish Milestone" => ActivityKind::FinishMilestone,
            "Level of Effort" => ActivityKind::LevelOfEffort,
            "WBS Summary" => ActivityKind::WbsSummary,
            _ => ActivityKind::Task,
        },
        planned: record.number("PlannedDuration").unwrap_or(0.0),
        remaining: record.number("RemainingDuration"),
        complete: record.number("PhysicalPercentComplete").filter(|_| is_physical),
        constraints: [constraint("Primary"), constraint("Secondary")].into_iter().flatten().collect(),
        actual_start: date(record, "ActualStartDate").filter(|_| status != "Not Started"),
        actual_finish: date(record, "ActualFinishDate").filter(|_| status == "Completed"),
        resume: date(record, "ResumeDate"),
        expected_finish: date(record, "ExpectedFinishDate"),
        external_start: date(record, "ExternalEarlyStartDate"),
        external_finish: date(record, "ExternalLateFinishDate"),
        early_start: either(record, "RemainingEarlyStartDate", "EarlyStartDate"),
        early_finish: either(record, "RemainingEarlyFinishDate", "EarlyFinishDate"),
        late_start: either(record, "RemainingLateStartDate", "LateStartDate"),
        late_finish: either(record, "RemainingLateFinishDate", "LateFinishDate"),
        float: record.number("TotalFloat"),
        values: values.collect(),
    }
}

fn either(record: &Record, name: &str, other: &str) -> Option<crate::units::Instant> {
    date(record, name).or_else(|| date(record, other))
}

fn constraint(kind: &str) -> Option<Constraint> {
    Some(match kind {
        "Start On" => Constraint::StartOn,
        "Finish On" => Constraint::FinishOn,
        "As Late As Possible" => Constraint::AsLateAsPossible,
        "Start On or After" => Constraint::Plain(Limit::StartNoEarlier),
        "Start On or Before" => Constraint::Plain(Limit::StartNoLater),
        "Finish On or After" => Constraint::Plain(Limit::FinishNoEarlier),
        "Finish On or Before" => Constraint::Plain(Limit::FinishNoLater),
        "Mandatory Start" => Constraint::Plain(Limit::MustStart),
        "Mandatory Finish" => Constraint::Plain(Limit::MustFinish),
        _ => return None,
    })
}

fn relation(record: &Record) -> Option<Relation> {
    Some(Relation {
        from: own(record, "PredecessorActivityObjectId")?,
        to: own(record, "SuccessorActivityObjectId")?,
        tie: tie(record.get("Type").unwrap_or_default()),
        lag: record.number("Lag").unwrap_or(0.0),
    })
}

fn resource(record: &Record) -> Resource {
    Resource {
        id: text_of(record, "ObjectId"),
        name: record.get("Name").or_else(|| record.get("Id")).unwrap_or_default().to_owned(),
        calendar: own(record, "CalendarObjectId"),
        is_material: record.get("ResourceType") == Some("Material"),
    }
}

fn assignment(record: &Record) -> Assignment {
    let number = |name: &str| record.number(name).unwrap_or(0.0);
    Assignment {
        activity: text_of(record, "ActivityObjectId"),
        resource: text_of(record, "ResourceObjectId"),
        planned_units: number("PlannedUnits"),
        remaining_units: number("RemainingUnits"),
        units_per_hour: record
            .number("RemainingUnitsPerTime")
            .or(record.number("PlannedUnitsPerTime"))
            .unwrap_or(0.0),
        cost: number("ActualCost") + number("RemainingCost"),
    }
}

fn expense(record: &Record) -> Expense {
    Expense {
        activity: text_of(record, "ActivityObjectId"),
        name: record.get("ExpenseItem").unwrap_or("expense").to_owned(),
        cost: record.number("ActualCost").unwrap_or(0.0) + record.number("RemainingCost").unwrap_or(0.0),
    }
}
