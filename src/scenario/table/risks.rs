//! Risks from a CSV table: one row for each risk, or several rows with the same id for several impacts.

use super::cells::CellReader;
use super::columns::{Columns, Row};
use super::tasks::estimate;
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Many, RawImpact, RawResponse, RawRisk, Slot};

/// The columns of a table of risks.
pub const RISK_COLUMNS: &[&str] = &[
    "id",
    "title",
    "probability",
    "on",
    "delay",
    "delay_low",
    "delay_mode",
    "delay_high",
    "delay_law",
    "cost",
    "cost_low",
    "cost_mode",
    "cost_high",
    "cost_law",
    "unit",
    "per_task",
    "kind",
    "combine",
    "group",
    "owner",
    "proximity",
    "trigger",
    "triggered_by",
    "while",
    "strategy",
    "category",
    "status",
    "response_title",
    "response_cost",
    "response_cost_low",
    "response_cost_mode",
    "response_cost_high",
    "response_cost_law",
    "response_probability",
    "response_on",
    "response_delay",
    "response_delay_low",
    "response_delay_mode",
    "response_delay_high",
    "response_delay_law",
    "response_impact_cost",
    "response_impact_cost_low",
    "response_impact_cost_mode",
    "response_impact_cost_high",
    "response_impact_cost_law",
];

/// The risks of a CSV file that a text names.
pub fn risk_rows(name: &At<String>, desk: &mut Desk<'_>) -> Vec<At<RawRisk>> {
    let Some(columns) = Columns::open(name, RISK_COLUMNS, desk) else { return Vec::new() };
    let reader = columns.reader();
    let mut risks: Vec<At<RawRisk>> = Vec::new();
    for row in columns.rows() {
        let risk = risk(&row, reader, desk);
        // A row that repeats the id above it and gives no probability adds an impact to that risk.
        let id = |risk: &RawRisk| risk.id.get().cloned();
        let continues = risk.value.probability.is_absent() && risk.value.id.get().is_some();
        match risks.last_mut() {
            Some(last) if continues && id(&last.value) == id(&risk.value) => {
                add_impacts(&mut last.value, risk.value)
            }
            _ => risks.push(risk),
        }
    }
    risks
}

fn add_impacts(risk: &mut RawRisk, more: RawRisk) {
    let Slot::Given(At { value: Many(more), .. }) = more.impact else { return };
    match &mut risk.impact {
        Slot::Given(at) => at.value.0.extend(more),
        other => *other = Slot::from(Many(more)),
    }
}

fn risk(row: &Row<'_>, reader: CellReader, desk: &mut Desk<'_>) -> At<RawRisk> {
    let text = |column: &str| row.cell(column).map_or(Slot::Absent, |cell| reader.text(cell));
    let value = RawRisk {
        id: text("id"),
        title: text("title"),
        group: text("group"),
        owner: text("owner"),
        category: text("category"),
        probability: row.cell("probability").map_or(Slot::Absent, |cell| reader.quantity(cell, None, desk)),
        kind: row.cell("kind").map_or(Slot::Absent, |cell| reader.choice(cell, desk)),
        combine: row.cell("combine").map_or(Slot::Absent, |cell| reader.choice(cell, desk)),
        status: row.cell("status").map_or(Slot::Absent, |cell| reader.choice(cell, desk)),
        impact: impact(row, "delay", "cost", reader, desk)
            .map_or(Slot::Absent, |impact| Slot::Given(impact.with(Many(vec![impact.clone()])))),
        proximity: text("proximity"),
        trigger: text("trigger"),
        triggered_by: text("triggered_by"),
        during: text("while"),
        strategy: row.cell("strategy").map_or(Slot::Absent, |cell| reader.choice(cell, desk)),
        response: response(row, reader, desk),
        ..RawRisk::default()
    };
    let place = row.first().and_then(|cell| cell.place.clone());
    At { value, place }
}

/// The impact of a row; the columns of delay and cost begin with the given names.
fn impact(
    row: &Row<'_>,
    delay: &str,
    cost: &str,
    reader: CellReader,
    desk: &mut Desk<'_>,
) -> Option<At<RawImpact>> {
    let unit = row.unit(desk);
    let columns = |base: &str| ["", "_low", "_mode", "_high", "_law"].map(|end| format!("{base}{end}"));
    let names = columns(delay);
    let delay = estimate(row, names.each_ref().map(String::as_str), unit, reader, desk);
    let names = columns(cost);
    let cost = estimate(row, names.each_ref().map(String::as_str), None, reader, desk);
    if delay.is_absent() && cost.is_absent() {
        return None;
    }
    let on = row.cell("on");
    let value = RawImpact {
        on: on.map_or(Slot::Absent, |cell| reader.many(cell)),
        per_task: row.cell("per_task").map_or(Slot::Absent, |cell| reader.flag(cell, desk)),
        delay,
        cost,
        ..RawImpact::default()
    };
    let place = on.or(row.first()).and_then(|cell| cell.place.clone());
    Some(At { value, place })
}

fn response(row: &Row<'_>, reader: CellReader, desk: &mut Desk<'_>) -> Slot<RawResponse> {
    let costs = [
        "response_cost",
        "response_cost_low",
        "response_cost_mode",
        "response_cost_high",
        "response_cost_law",
    ];
    let cost = estimate(row, costs, None, reader, desk);
    let probability = row.cell("response_probability");
    let title = row.cell("response_title");
    let on = row.cell("response_on");
    let residual = impact(row, "response_delay", "response_impact_cost", reader, desk);
    let place = [probability, title, on].into_iter().flatten().next().and_then(|cell| cell.place.clone());
    let place = place.or_else(|| cost.place().cloned()).or_else(|| residual.as_ref()?.place.clone());
    if cost.is_absent() && probability.is_none() && title.is_none() && on.is_none() && residual.is_none() {
        return Slot::Absent;
    }
    let value = RawResponse {
        title: title.map_or(Slot::Absent, |cell| reader.text(cell)),
        probability: probability.map_or(Slot::Absent, |cell| reader.quantity(cell, None, desk)),
        on: on.map_or(Slot::Absent, |cell| reader.flag(cell, desk)),
        impact: residual.map_or(Slot::Absent, |impact| Slot::from(vec![impact])),
        cost,
        ..RawResponse::default()
    };
    Slot::Given(At { value, place })
}
