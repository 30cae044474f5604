//! XER files.

use std::collections::BTreeMap;

use super::assemble::assemble;
use super::calendar::read as read_calendar;
use super::data::{
    Activity, ActivityKind, Assignment, Calendar, Constraint, Data, Expense, Options, Project, Relation,
    Resource, WbsNode, tie,
};
use super::xer_table::{Row, Table, tables};
use crate::import::plan::{LagTime, Limit, Plan};
use crate::import::report::ImportReport;
use crate::import::{Format, ImportError, ImportOptions, text};

/// The tables that matter to a forecast.
const TABLES: [&str; 13] = [
    "CALENDAR",
    "CURRTYPE",
    "PROJCOST",
    "PROJECT",
    "PROJWBS",
    "RSRC",
    "SCHEDOPTIONS",
    "TASK",
    "TASKPRED",
    "TASKRSRC",
    "UDFTYPE",
    "UDFVALUE",
    "RSRCRATE",
];

/// The plan in a file.
pub(in crate::import) fn plan(
    bytes: &[u8],
    options: &ImportOptions,
    report: &mut ImportReport,
) -> Result<Plan, ImportError> {
    let text = text::of_xer(bytes);
    let tables = tables(&text, &TABLES)?;
    if !tables.contains_key("TASK") {
        return Err(ImportError::Missing { format: Format::Xer, what: "table of activities" });
    }
    assemble(data(&tables), Format::Xer, options, report)
}

fn data(tables: &BTreeMap<&str, Table<'_>>) -> Data {
    let nothing = Table::default();
    let table = |name: &str| tables.get(name).unwrap_or(&nothing);
    let of_project: BTreeMap<&str, Options> =
        table("SCHEDOPTIONS").rows().filter_map(|row| Some((row.get("proj_id")?, options(&row)))).collect();
    let names: BTreeMap<&str, &str> = table("PROJWBS")
        .rows()
        .filter(|row| row.flag("proj_node_flag"))
        .filter_map(|row| Some((row.get("proj_id")?, row.get("wbs_name")?)))
        .collect();
    let mut values: BTreeMap<&str, Vec<(String, f64)>> = BTreeMap::new();
    for row in table("UDFVALUE").rows() {
        if let (Some(task), Some(number)) = (row.get("fk_id"), row.number("udf_number")) {
            values.entry(task).or_default().push((row.text("udf_type_id"), number));
        }
    }
    let of_tasks = |row: &Row<'_, '_>| row.get("table_name").is_none_or(|name| name == "TASK");
    Data {
        // All money of a file is in its first currency.
        currency: table("CURRTYPE")
            .rows()
            .next()
            .and_then(|row| row.get("curr_short_name"))
            .map(str::to_owned),
        projects: table("PROJECT").rows().map(|row| project(&row, &of_project, &names)).collect(),
        calendars: table("CALENDAR").rows().map(|row| calendar(&row)).collect(),
        wbs: table("PROJWBS").rows().map(|row| node(&row)).collect(),
        activities: table("TASK").rows().map(|row| activity(&row, &mut values)).collect(),
        relations: table("TASKPRED").rows().filter_map(|row| relation(&row)).collect(),
        resources: table("RSRC").rows().map(|row| resource(&row)).collect(),
        assignments: table("TASKRSRC").rows().map(|row| assignment(&row)).collect(),
        expenses: table("PROJCOST").rows().map(|row| expense(&row)).collect(),
        fields: table("UDFTYPE")
            .rows()
            .filter(of_tasks)
            .map(|row| (row.text("udf_type_id"), row.text("udf_type_label")))
            .collect(),
    }
}

fn options(row: &Row<'_, '_>) -> Options {
    let overrides = row.flag("sched_progress_override");
    Options {
        lag_time: match row.get("sched_calendar_on_relationship_lag") {
            Some("rcal_Successor") => LagTime::Successor,
            Some("rcal_24Hour") => LagTime::Elapsed,
            Some("rcal_ProjDefault") => LagTime::Program,
            _ => LagTime::Predecessor,
        },
        overrides,
        actual_dates: !overrides && row.get("sched_retained_logic") == Some("N"),
        uses_expected_finish: row.flag("sched_use_expect_end_flag"),
        critical_open_ends: row.flag("sched_open_critical_flag"),
    }
}

fn project(row: &Row<'_, '_>, options: &BTreeMap<&str, Options>, names: &BTreeMap<&str, &str>) -> Project {
    let id = row.get("proj_id").unwrap_or_default();
    // Options that stand beside another project hold for all of them.
    let own = options.get(id).or_else(|| options.values().next()).copied().unwrap_or_default();
    Project {
        id: id.to_owned(),
        code: row.text("proj_short_name"),
        name: names.get(id).map_or_else(|| row.text("proj_short_name"), |name| (*name).to_owned()),
        data_date: row.date("last_recalc_date"),
        planned_start: row.date("plan_start_date"),
        must_finish_by: row.date("plan_end_date"),
        calendar: row.get("clndr_id").map(str::to_owned),
        options: own,
    }
}

fn calendar(row: &Row<'_, '_>) -> Calendar {
    let (week, days) = read_calendar(row.get("clndr_data").unwrap_or_default());
    Calendar {
        id: row.text("clndr_id"),
        name: row.text("clndr_name"),
        base: row.get("base_clndr_id").map(str::to_owned),
        hours: ["day_hr_cnt", "week_hr_cnt", "month_hr_cnt"].map(|column| row.number(column)),
        week,
        days,
    }
}

fn node(row: &Row<'_, '_>) -> WbsNode {
    WbsNode {
        id: row.text("wbs_id"),
        project: row.text("proj_id"),
        above: row.get("parent_wbs_id").map(str::to_owned),
        name: row.get("wbs_name").or_else(|| row.get("wbs_short_name")).unwrap_or_default().to_owned(),
        order: row.number("seq_num").map_or(0, |number| number as i64),
        is_root: row.flag("proj_node_flag"),
    }
}

fn activity(row: &Row<'_, '_>, values: &mut BTreeMap<&str, Vec<(String, f64)>>) -> Activity {
    let id = row.get("task_id").unwrap_or_default();
    let constraint = |kind: &str, date: &str| Some((constraint(row.get(kind)?)?, row.date(date)));
    let status = row.get("status_code");
    let started = status != Some("TK_NotStart");
    let complete = match row.get("complete_pct_type") {
        Some("CP_Phys") => row.number("phys_complete_pct").map(|percent| percent / 100.0),
        _ => None,
    };
    Activity {
        id: id.to_owned(),
        project: row.text("proj_id"),
        wbs: row.get("wbs_id").map(str::to_owned),
        calendar: row.get("clndr_id").map(str::to_owned),
        code: row.text("task_code"),
        name: row.text("task_name"),
        kind: match row.get("task_type") {
            Some("TT_Rsrc") => ActivityKind::ResourceDependent,
            Some("TT_Mile") => ActivityKind::StartMilestone,
            Some("TT_FinMile") => ActivityKind::FinishMilestone,
            Some("TT_LOE") => ActivityKind::LevelOfEffort,
            Some("TT_WBS") => ActivityKind::WbsSummary,
            _ => ActivityKind::Task,
        },
        planned: row.number("target_drtn_hr_cnt").unwrap_or(0.0),
        remaining: row.number("remain_drtn_hr_cnt"),
        complete,
        constraints: [constraint("cstr_type", "cstr_date"), constraint("cstr_type2", "cstr_date2")]
            .into_iter()
            .flatten()
            .collect(),
        actual_start: row.date("act_start_date").filter(|_| started),
        actual_finish: row.date("act_end_date").filter(|_| status == Some("TK_Complete")),
        resume: row.date("resume_date"),
        expected_finish: row.date("expect_end_date"),
        external_start: row.date("external_early_start_date"),
        external_finish: row.date("external_late_end_date"),
        early_start: row.date("early_start_date"),
        early_finish: row.date("early_end_date"),
        late_start: row.date("late_start_date"),
        late_finish: row.date("late_end_date"),
        float: row.number("total_float_hr_cnt"),
        values: values.remove(id).unwrap_or_default(),
    }
}

fn constraint(kind: &str) -> Option<Constraint> {
    Some(match kind {
        "CS_MSO" => Constraint::StartOn,
        "CS_MEO" => Constraint::FinishOn,
        "CS_ALAP" => Constraint::AsLateAsPossible,
        "CS_MSOA" => Constraint::Plain(Limit::StartNoEarlier),
        "CS_MSOB" => Constraint::Plain(Limit::StartNoLater),
        "CS_MEOA" => Constraint::Plain(Limit::FinishNoEarlier),
        "CS_MEOB" => Constraint::Plain(Limit::FinishNoLater),
        "CS_MANDSTART" => Constraint::Plain(Limit::MustStart),
        "CS_MANDFIN" => Constraint::Plain(Limit::MustFinish),
        _ => return None,
    })
}

fn relation(row: &Row<'_, '_>) -> Option<Relation> {
    Some(Relation {
        from: row.get("pred_task_id")?.to_owned(),
        to: row.get("task_id")?.to_owned(),
        tie: tie(row.get("pred_type").unwrap_or_default()),
        lag: row.number("lag_hr_cnt").unwrap_or(0.0),
    })
}

fn resource(row: &Row<'_, '_>) -> Resource {
    Resource {
        id: row.text("rsrc_id"),
        name: row.get("rsrc_name").or_else(|| row.get("rsrc_short_name")).unwrap_or_default().to_owned(),
        calendar: row.get("clndr_id").map(str::to_owned),
        is_material: row.get("rsrc_type") == Some("RT_Mat"),
    }
}

fn assignment(row: &Row<'_, '_>) -> Assignment {
    let number = |column: &str| row.number(column).unwrap_or(0.0);
    Assignment {
        activity: row.text("task_id"),
        resource: row.text("rsrc_id"),
        planned_units: number("target_qty"),
        remaining_units: number("remain_qty"),
        units_per_hour: row.number("remain_qty_per_hr").or(row.number("target_qty_per_hr")).unwrap_or(0.0),
        cost: number("act_reg_cost") + number("act_ot_cost") + number("remain_cost"),
    }
}

fn expense(row: &Row<'_, '_>) -> Expense {
    let number = |column: &str| row.number(column).unwrap_or(0.0);
    Expense {
        activity: row.text("task_id"),
        name: row.get("cost_name").unwrap_or("expense").to_owned(),
        cost: number("act_cost") + number("remain_cost"),
    }
}
