//! Rows of a risk register.

use super::reading::Reading;
use super::scales::{ASSUMED, Scales, level, word_of};
use super::table::Table;
use crate::import::ImportOptions;
use crate::import::ids::{Taken, code, slug};
use crate::import::report::{Fate, ImportReport};
use crate::import::sheet::Value;
use crate::scenario::raw::{
    At, Choice, Many, Quantity, RawCombine, RawEstimate, RawImpact, RawResponse, RawRisk, RawRiskKind,
    RawRiskStatus, RawStrategy, Slot,
};

/// Words for where a risk stands.
const STATUS: &[(&str, &str)] = &[
    ("active", "open"),
    ("watch", "open"),
    ("watching", "open"),
    ("monitored", "open"),
    ("new", "open"),
    ("identified", "open"),
    ("in progress", "open"),
    ("offen", "open"),
    ("aktiv", "open"),
    ("ouvert", "open"),
    ("actif", "open"),
    ("abierto", "open"),
    ("activo", "open"),
    ("issue", "occurred"),
    ("realised", "occurred"),
    ("realized", "occurred"),
    ("eingetreten", "occurred"),
    ("survenu", "occurred"),
    ("ocurrido", "occurred"),
    ("geschlossen", "closed"),
    ("ferme", "closed"),
    ("cerrado", "closed"),
    ("expired", "retired"),
    ("rejected", "retired"),
    ("mitigated", "closed"),
];

/// Words for what is done about a risk.
const STRATEGY: &[(&str, &str)] = &[
    ("vermeiden", "avoid"),
    ("eviter", "avoid"),
    ("evitar", "avoid"),
    ("ubertragen", "transfer"),
    ("transferer", "transfer"),
    ("transferir", "transfer"),
    ("share", "transfer"),
    ("reduce", "mitigate"),
    ("vermindern", "mitigate"),
    ("mindern", "mitigate"),
    ("attenuer", "mitigate"),
    ("reduire", "mitigate"),
    ("mitigar", "mitigate"),
    ("akzeptieren", "accept"),
    ("accepter", "accept"),
    ("aceptar", "accept"),
];

/// Words for good and bad.
const KINDS: &[(&str, &str)] = &[
    ("risk", "threat"),
    ("bedrohung", "threat"),
    ("risiko", "threat"),
    ("menace", "threat"),
    ("amenaza", "threat"),
    ("chance", "opportunity"),
    ("opportunite", "opportunity"),
    ("oportunidad", "opportunity"),
];

/// Whether a word tells a threat from an opportunity.
pub(super) fn is_kind(word: &str) -> bool {
    KINDS.iter().any(|(known, _)| *known == word)
        || RawRiskKind::WORDS.iter().any(|(known, _)| *known == word)
}

/// What a register needs to know of the rest of its scenario.
pub(super) struct Surroundings<'a> {
    pub options: &'a ImportOptions,
    pub scales: &'a mut Scales,
    /// The full id that a text means, if any.
    pub resolve: &'a dyn Fn(&str) -> Option<String>,
}

/// The risks of a table, added to those before.
pub(super) fn risks(
    table: &Table<'_>,
    around: &mut Surroundings<'_>,
    risks: &mut Vec<RawRisk>,
    ids: &mut Taken,
    report: &mut ImportReport,
) {
    let rating = is_rating(table);
    let mut known: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for row in table.rows(report) {
        let mut reading = Reading { table, row, report };
        let (source, title) = (reading.text("id"), reading.text("title"));
        let place = reading.row_place();
        let Some(shown) = title.clone().or_else(|| source.clone()) else {
            reading.report.note(Fate::LeftOut, "row", &place, "", "it has neither an id nor a title");
            continue;
        };
        // A row that repeats an id and gives no probability adds an impact.
        if let Some(&at) = source.as_ref().and_then(|source| known.get(source))
            && reading.cell("probability").is_none()
        {
            let impact = impact(&mut reading, "delay", "cost", around);
            add_impact(&mut risks[at], impact);
            let id = risks[at].id.get().cloned().unwrap_or_default();
            reading.report.take("impact", &place, &shown, &id);
            continue;
        }
        let wanted = source.as_deref().map(code).filter(|id| !id.trim_matches('-').is_empty());
        let wanted = wanted.unwrap_or_else(|| slug(&shown));
        let wanted = if wanted.is_empty() { format!("risk-{}", row.number) } else { wanted };
        let id = ids.free(&wanted, &Taken::default());
        if id != wanted {
            let reason = format!("the id `{wanted}` is used twice: this one is `{id}`");
            reading.report.note(Fate::Changed, "risk", &place, &shown, reason);
        }
        if let Some(source) = source {
            known.entry(source).or_insert(risks.len());
        }
        let risk = risk(&mut reading, id.clone(), title, rating, around);
        reading.report.take("risk", &place, &shown, &id);
        risks.push(risk);
    }
}

fn add_impact(risk: &mut RawRisk, impact: Option<RawImpact>) {
    let Some(impact) = impact else { return };
    match &mut risk.impact {
        Slot::Given(at) => at.value.0.push(At::from(impact)),
        other => *other = Many(vec![At::from(impact)]).into(),
    }
}

/// Whether probabilities are ratings from 1 to 5: whole numbers, none of them above 5, in a column that does not count
/// percent.
fn is_rating(table: &Table<'_>) -> bool {
    let Some(column) = table.columns.get("probability") else { return false };
    let mut numbers = table.grid.rows.iter().filter_map(|row| match row.cell(column.at) {
        Value::Number(number) => Some(*number),
        Value::Text(text) => match crate::import::sheet::number(text, column.marks) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        },
        _ => None,
    });
    let whole = |number: f64| number.fract() == 0.0 && (1.0..=5.0).contains(&number);
    column.in_percent && !column.measure.percent && numbers.all(whole)
}

fn risk(
    reading: &mut Reading<'_, '_>,
    id: String,
    title: Option<String>,
    rating: bool,
    around: &mut Surroundings<'_>,
) -> RawRisk {
    let mut risk = RawRisk {
        id: id.into(),
        title: title.into(),
        probability: probability(reading, "probability", rating, around).into(),
        rate: reading.number("rate").into(),
        kind: reading.choice::<RawRiskKind>("kind", KINDS).into(),
        combine: reading.choice::<RawCombine>("combine", &[]).into(),
        group: reading.text("group").into(),
        owner: reading.text("owner").into(),
        category: reading.text("category").into(),
        status: reading
            .choice::<RawRiskStatus>("status", STATUS)
            .filter(|status| *status != RawRiskStatus::Open)
            .into(),
        proximity: reading.text("proximity").into(),
        trigger: reading.text("trigger").into(),
        strategy: reading.choice::<RawStrategy>("strategy", STRATEGY).into(),
        triggered_by: reading.text("triggered_by").map(|text| code(&text)).into(),
        ..RawRisk::default()
    };
    if let Some(text) = reading.text("while") {
        match (around.resolve)(&text) {
            Some(id) => risk.during = id.into(),
            None => reading.note(Fate::LeftOut, "while", "no task or project of this id or name"),
        }
    }
    if risk.probability.is_absent() && risk.rate.is_absent() {
        let settled = matches!(risk.status.get(), Some(RawRiskStatus::Closed | RawRiskStatus::Retired));
        let place = reading.row_place();
        let name = risk.title.get().cloned().unwrap_or_default();
        let reason = if settled {
            "it has no probability: taken as 0, because it is settled"
        } else {
            "it has no probability: taken as 0, so that it never occurs"
        };
        reading.report.note(Fate::Changed, "risk", &place, &name, reason);
        risk.probability = Quantity::Number(0.0).into();
    }
    let impact = impact(reading, "delay", "cost", around);
    add_impact(&mut risk, impact);
    risk.response = response(reading, rating, around).into();
    risk
}

/// A probability: a number, or a word with what it means.
fn probability(
    reading: &mut Reading<'_, '_>,
    field: &'static str,
    rating: bool,
    around: &mut Surroundings<'_>,
) -> Option<Quantity> {
    let (column, value) = reading.cell(field)?;
    let is_number = match value {
        Value::Number(_) | Value::Share(_) => true,
        Value::Text(text) => crate::import::sheet::number(text, column.marks).is_some(),
        _ => true,
    };
    if is_number && !rating {
        return reading.share(field).map(Quantity::Number);
    }
    let shown = value.shown();
    let word = match shown.parse::<f64>() {
        Ok(number) if rating => {
            let at = (number as usize).clamp(1, 5) - 1;
            ASSUMED[at].0.to_owned()
        }
        _ => word_of(&shown),
    };
    let is_known = around.scales.probability.iter().any(|(known, _)| *known == word);
    if !is_known && !around.options.knows_word("probability", &word) {
        let assumed = ASSUMED.iter().find(|(name, _)| *name == word && (rating || level(&shown).is_some()));
        let Some((_, share)) = assumed else {
            reading.note(Fate::LeftOut, field, "no scale says how likely this is");
            return None;
        };
        let reason = format!(
            "taken as {} %, because no scale says it: see `scales.probability`",
            (share * 100.0).round()
        );
        reading.note(Fate::Changed, field, reason);
        around.scales.probability.push((word.clone(), vec![Quantity::Number(*share)]));
    }
    Some(Quantity::Word(word))
}

/// The impact of a row; the columns of delay and cost begin with the given names.
fn impact(
    reading: &mut Reading<'_, '_>,
    delay: &'static str,
    cost: &'static str,
    around: &mut Surroundings<'_>,
) -> Option<RawImpact> {
    let points = |base: &str| -> [&'static str; 4] {
        match base {
            "delay" => ["delay", "delay_low", "delay_mode", "delay_high"],
            "cost" => ["cost", "cost_low", "cost_mode", "cost_high"],
            "response_delay" => {
                ["response_delay", "response_delay_low", "response_delay_mode", "response_delay_high"]
            }
            _ => [
                "response_impact_cost",
                "response_impact_cost_low",
                "response_impact_cost_mode",
                "response_impact_cost_high",
            ],
        }
    };
    let scales: &Scales = around.scales;
    let options = around.options;
    let word = |reading: &mut Reading<'_, '_>, field: &str, scale: &str| -> Option<Option<Quantity>> {
        let (_, value) = reading.cell(field)?;
        let Value::Text(text) = value else { return None };
        level(text)?;
        let word = word_of(text);
        let words = if scale == "delay" { &scales.delay } else { &scales.cost };
        if words.iter().any(|(known, _)| *known == word) || options.knows_word(scale, &word) {
            return Some(Some(Quantity::Word(word)));
        }
        reading.note(Fate::LeftOut, field, "no scale says how much this is");
        Some(None)
    };
    let mut late = reading.estimate(points(delay), Some("law"), true, |reading, field| {
        word(reading, field, "delay").unwrap_or_else(|| reading.duration(field))
    });
    let mut dear = reading.estimate(points(cost), None, true, |reading, field| {
        word(reading, field, "cost").unwrap_or_else(|| reading.money(field))
    });
    if delay == "delay" && late.is_none() && dear.is_none() && reading.cell("impact").is_some() {
        late = word(reading, "impact", "delay").flatten().map(RawEstimate::Point);
        if late.is_some() {
            dear = word(reading, "impact", "cost").flatten().map(RawEstimate::Point);
        }
    }
    // Nothing lost is written as zero.
    let is_nothing = |estimate: &RawEstimate| match estimate {
        RawEstimate::Point(Quantity::Number(number) | Quantity::Share(number)) => *number == 0.0,
        RawEstimate::Point(Quantity::Duration(duration)) => duration.value == 0.0,
        _ => false,
    };
    let mut late = late.filter(|estimate| !is_nothing(estimate));
    let dear = dear.filter(|estimate| !is_nothing(estimate));
    if late.is_none() && dear.is_none() {
        return None;
    }
    let mut on = Vec::new();
    for text in reading.list("on") {
        match (around.resolve)(&text) {
            Some(id) if !on.contains(&id) => on.push(id),
            Some(_) => {}
            None => reading.note(Fate::LeftOut, "on", format!("no task or project is called `{text}`")),
        }
    }
    if on.is_empty() && late.is_some() {
        let field = points(delay).into_iter().find(|field| reading.cell(field).is_some()).unwrap_or(delay);
        reading.note(Fate::LeftOut, field, "no task is named that it delays");
        late = None;
    }
    if late.is_none() && dear.is_none() {
        return None;
    }
    Some(RawImpact {
        on: if on.is_empty() { Slot::Absent } else { on.into_iter().collect::<Many<_>>().into() },
        delay: late.into(),
        cost: dear.into(),
        per_task: reading.flag("per_task").filter(|flag| *flag).into(),
        ..RawImpact::default()
    })
}

fn response(
    reading: &mut Reading<'_, '_>,
    rating: bool,
    around: &mut Surroundings<'_>,
) -> Option<RawResponse> {
    let title = reading.text("response_title");
    let points = ["response_cost", "response_cost_low", "response_cost_mode", "response_cost_high"];
    let cost = reading.estimate(points, None, false, |reading, field| reading.money(field));
    let probability = probability(reading, "response_probability", rating, around);
    let residual = impact(reading, "response_delay", "response_impact_cost", around);
    let on = reading.flag("response_on");
    if title.is_none() && cost.is_none() && probability.is_none() && residual.is_none() && on.is_none() {
        return None;
    }
    Some(RawResponse {
        title: title.into(),
        cost: cost.into(),
        probability: probability.into(),
        impact: residual.map(|impact| vec![At::from(impact)]).into(),
        on: on.filter(|flag| *flag).into(),
        ..RawResponse::default()
    })
}
