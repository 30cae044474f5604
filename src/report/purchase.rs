//! Which responses to buy, as reported.

use jiff::civil::Date;
use serde::Serialize;

use super::date::{instant, tenths};
use super::rows::share;
use super::{Cell, Manifest, Report, Table};
use crate::analysis::{self, Alone, Method, NpvMeasure, Objective, SetValue};
use crate::model::{Program, Scope};
use crate::units::{Currency, Money};

/// What responses are worth, and which to buy, ready to be shown in any format.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PurchaseReport {
    /// Version of the outputs.
    pub schema_version: u32,
    /// Name of the program.
    pub program: String,
    /// Currency of all money.
    pub currency: String,
    /// What responses are bought for: `finish.p80`, `cost.p80`, `npv.mean` or `target`.
    pub objective: String,
    /// The id of the project or milestone that they are bought for; absent for the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The percentile at which dates and costs are told.
    pub level: String,
    /// What may be spent, in major units; absent without a limit.
    pub budget: Option<f64>,
    /// How the best set was found: `exhaustive`, `branch and bound`, `unfinished` or `heuristic`.
    pub method: &'static str,
    /// Of an unfinished search, what no set within the budget can beat: a date, an amount or a probability.
    pub bound: Option<String>,
    /// How many versions of the program were simulated.
    pub versions: usize,
    /// Without any response.
    pub none: SetRow,
    /// With the responses that the scenario has on.
    pub planned: SetRow,
    /// The best set within the budget.
    pub best: SetRow,
    /// Every response alone, in the order of the register.
    pub responses: Vec<ResponseRow>,
    /// Sets that no cheaper set beats, from no spend upwards.
    pub frontier: Vec<SetRow>,
    /// What the result is a function of.
    pub manifest: Manifest,
    /// The name of the project or milestone, if it is not the program.
    #[serde(skip)]
    pub of_name: Option<String>,
    /// What the responses are bought for.
    #[serde(skip)]
    pub kind: Objective,
    /// The forecast of the program as planned; it has files of its own.
    #[serde(skip)]
    pub report: Report,
}

/// A set of responses and what the program comes to with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SetRow {
    /// The ids of the risks whose responses are on.
    pub responses: Vec<String>,
    /// What they cost by the plan, in major units.
    pub spend: f64,
    /// Finish at the percentile; absent when more iterations than that have none.
    pub finish: Option<Date>,
    /// Calendar days earlier than without any response.
    pub days: Option<f64>,
    /// Cost at the percentile, the responses' own included, in major units.
    pub cost: f64,
    /// How much less that is than without any response.
    pub saved: f64,
    /// The net present value, its mean or the percentile that is bought for, in major units; absent where nothing is
    /// discounted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub npv: Option<f64>,
    /// How much more that is than without any response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub npv_gained: Option<f64>,
    /// The share of iterations that keep all targets of the program; absent without targets.
    pub target_probability: Option<f64>,
    /// Minutes since the epoch, for pictures.
    #[serde(skip)]
    pub finish_minutes: Option<i64>,
}

/// A response and what it does alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResponseRow {
    /// The id of the risk or risk driver.
    pub risk: String,
    /// Its title.
    pub title: String,
    /// What the response costs by the plan, in major units.
    pub spend: f64,
    /// Whether the scenario has it on.
    pub planned: bool,
    /// Whether it is in the best set.
    pub in_best: bool,
    /// Calendar days by which the percentile of the finish is earlier than without any response.
    pub days: Option<f64>,
    /// Standard error of that.
    pub days_error: Option<f64>,
    /// By how much the percentile of the cost is lower, the response's own cost included; major units.
    pub saved: f64,
    /// Standard error of that.
    pub saved_error: Option<f64>,
    /// By how much the net present value is higher, the response's own cost included; major units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub npv_gained: Option<f64>,
    /// Standard error of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub npv_error: Option<f64>,
    /// By how much the probability of keeping all targets is higher.
    pub target_gain: Option<f64>,
    /// What a calendar day costs: spend over days, in major units; absent when it buys none.
    pub spend_per_day: Option<f64>,
    /// What comes back for every unit spent: the fall of the percentile before its own cost, over the spend.
    pub back_per_unit: Option<f64>,
    /// Share of iterations in which the program costs less with it.
    pub pays: f64,
    /// Share of iterations in which the program finishes earlier with it.
    pub speeds: f64,
}

impl PurchaseReport {
    /// Names and rounds a purchase.
    #[must_use]
    pub fn of(
        purchase: &analysis::Purchase,
        (program, part): (&Program, Scope),
        budget: Option<Money>,
        report: Report,
    ) -> Self {
        let currency = program.currency();
        let namer = Namer { purchase, program, currency };
        let of = match part {
            Scope::Program => None,
            Scope::Project(at) => {
                let project = &program.projects()[at.index()];
                Some((project.id.clone(), project.name.clone()))
            }
            Scope::Milestone(at) => {
                let task = &program.tasks()[at.index()];
                Some((task.id.clone(), task.name.clone()))
            }
        };
        let (of, of_name) = of.unzip();
        let (method, bound) = match purchase.method {
            Method::Exhaustive => ("exhaustive", None),
            Method::BranchAndBound => ("branch and bound", None),
            Method::Unfinished { bound } => ("unfinished", Some(namer.bound(bound))),
            Method::Heuristic => ("heuristic", None),
        };
        Self {
            schema_version: report.schema_version,
            program: program.name().to_owned(),
            currency: currency.code().to_owned(),
            objective: purchase.objective.to_string(),
            of,
            of_name,
            level: purchase.objective.level().to_string(),
            budget: budget.map(|budget| currency.major(budget)),
            method,
            bound,
            versions: purchase.versions,
            none: namer.set(&purchase.none),
            planned: namer.set(&purchase.planned),
            best: namer.set(&purchase.best),
            responses: (0..purchase.candidates.len()).map(|at| namer.response(at)).collect(),
            frontier: purchase.frontier.iter().map(|set| namer.set(set)).collect(),
            manifest: report.manifest.clone(),
            kind: purchase.objective,
            report,
        }
    }

    /// The answer in one sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let whole = |amount: f64| super::grouped(amount, 0);
        self.told(&|date| date.to_string(), &whole, &|share| format!("{:.1} %", share * 100.0))
    }

    /// The same with days, amounts and shares written by whoever tells it.
    #[must_use]
    pub fn told(
        &self,
        date: &dyn Fn(Date) -> String,
        whole: &dyn Fn(f64) -> String,
        percent: &dyn Fn(f64) -> String,
    ) -> String {
        let (best, none) = (&self.best, &self.none);
        let currency = &self.currency;
        if best.responses.is_empty() {
            return match self.kind {
                Objective::Finish(_) => "No response moves the date to an earlier day.".to_owned(),
                Objective::Cost(_) => "No response saves more than it costs.".to_owned(),
                Objective::Npv(_) => "No response makes the program worth more.".to_owned(),
                Objective::Target => "No response makes the targets more probable.".to_owned(),
            };
        }
        let count = best.responses.len();
        let bought = match count {
            1 => format!("The response to {}", best.responses[0]),
            _ => format!("{count} responses"),
        };
        let level = &self.level;
        let verb = |stem: &str| if count == 1 { format!("{stem}s") } else { stem.to_owned() };
        let mut parts = Vec::new();
        if let Some((from, to)) = none.finish.zip(best.finish) {
            parts.push(match from == to {
                true => format!("{} the {level} finish on {}", verb("leave"), date(to)),
                false => format!("{} the {level} finish from {} to {}", verb("move"), date(from), date(to)),
            });
        }
        parts.push(match best.saved {
            saved if saved > 0.0 => {
                format!("{} the {level} cost by {} {currency}", verb("lower"), whole(saved))
            }
            saved if saved < 0.0 => {
                format!("{} the {level} cost by {} {currency}", verb("raise"), whole(-saved))
            }
            _ => format!("{} the {level} cost where it is", verb("leave")),
        });
        if let Some(gained) = best.npv_gained {
            let stem = if gained < 0.0 { "lower" } else { "raise" };
            let what = self.npv_name();
            parts.push(format!("{} the {what} by {} {currency}", verb(stem), whole(gained.abs())));
        }
        if let Some((from, to)) = none.target_probability.zip(best.target_probability) {
            parts.push(format!(
                "{} the chance to keep the targets from {} to {}",
                verb("change"),
                percent(from),
                percent(to)
            ));
        }
        let said = match parts.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => parts.concat(),
        };
        format!("{bought} for {} {currency} {said}.", whole(best.spend))
    }

    /// What of the net present value is told: `mean NPV` or `P20 NPV`.
    #[must_use]
    pub fn npv_name(&self) -> String {
        match self.kind.npv() {
            NpvMeasure::Mean => "mean NPV".to_owned(),
            NpvMeasure::Percentile(level) => format!("{level} NPV"),
        }
    }

    /// The responses with the largest effect on what they are bought for, largest first.
    #[must_use]
    pub fn ranked(&self) -> Vec<&ResponseRow> {
        let mut rows: Vec<&ResponseRow> = self.responses.iter().collect();
        let size = |row: &ResponseRow| match self.kind {
            Objective::Finish(_) => row.days.unwrap_or(f64::NEG_INFINITY),
            Objective::Cost(_) => row.saved,
            Objective::Npv(_) => row.npv_gained.unwrap_or(0.0),
            Objective::Target => row.target_gain.unwrap_or(0.0),
        };
        rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
        rows
    }
}

/// Names and rounds with what it takes for that.
struct Namer<'a> {
    purchase: &'a analysis::Purchase,
    program: &'a Program,
    currency: Currency,
}

impl Namer<'_> {
    fn major(&self, minor: i64) -> f64 {
        self.currency.major(Money(minor))
    }

    fn set(&self, value: &SetValue) -> SetRow {
        let none = &self.purchase.none.value;
        let on = self.purchase.candidates.iter().enumerate().filter(|(at, _)| value.set >> at & 1 == 1);
        let finish = value.value.finish;
        SetRow {
            responses: on.map(|(_, one)| one.to.names(self.program).0.to_owned()).collect(),
            spend: self.major(value.spend),
            finish: finish.map(|at| instant(at).finish_date()),
            days: finish.zip(none.finish).map(|(with, without)| tenths((without - with) as f64 / 1_440.0)),
            cost: self.major(value.value.cost),
            saved: self.major(none.cost - value.value.cost),
            npv: value.npv.map(|npv| self.major(npv)),
            npv_gained: value.npv.zip(self.purchase.none.npv).map(|(with, none)| self.major(with - none)),
            target_probability: value.kept.map(|kept| share(kept as f64 / value.iterations.max(1) as f64)),
            finish_minutes: finish,
        }
    }

    fn response(&self, at: usize) -> ResponseRow {
        let (purchase, candidate) = (self.purchase, &self.purchase.candidates[at]);
        let Alone { value, pays, speeds } = &purchase.alone[at];
        let (none, (id, title)) = (&purchase.none, candidate.to.names(self.program));
        let set = self.set(value);
        let pairs = || none.value.parts.iter().zip(&value.value.parts);
        let days: Option<Vec<f64>> = pairs().map(|(a, b)| Some((a.0? - b.0?) as f64 / 1_440.0)).collect();
        let saved: Vec<f64> = pairs().map(|(a, b)| (a.1 - b.1) as f64).collect();
        let worth = none.npv_parts.iter().zip(&value.npv_parts);
        let worth: Vec<f64> = worth.map(|(without, with)| (with - without) as f64).collect();
        let minutes = none.value.finish.zip(value.value.finish).map(|(without, with)| without - with);
        let chance = |value: &SetValue| value.kept.map(|kept| kept as f64 / value.iterations.max(1) as f64);
        let cents = |minor: f64| self.major(minor.round_ties_even() as i64);
        let before_own_cost = none.value.cost - value.value.cost + candidate.spend;
        ResponseRow {
            risk: id.to_owned(),
            title: title.to_owned(),
            spend: self.major(candidate.spend),
            planned: candidate.planned,
            in_best: purchase.best.set >> at & 1 == 1,
            days: set.days,
            days_error: days.and_then(|days| analysis::standard_error(&days)).map(tenths),
            saved: set.saved,
            saved_error: analysis::standard_error(&saved).map(cents),
            npv_gained: set.npv_gained,
            npv_error: if worth.is_empty() { None } else { analysis::standard_error(&worth).map(cents) },
            target_gain: chance(value).zip(chance(none)).map(|(with, without)| share(with - without)),
            spend_per_day: minutes
                .filter(|&minutes| minutes > 0)
                .map(|minutes| cents(candidate.spend as f64 / (minutes as f64 / 1_440.0))),
            back_per_unit: (candidate.spend > 0).then(|| {
                (before_own_cost as f64 / candidate.spend as f64 * 100.0).round_ties_even() / 100.0 + 0.0
            }),
            pays: share(*pays),
            speeds: share(*speeds),
        }
    }

    /// A score in words.
    fn bound(&self, score: i64) -> String {
        match self.purchase.objective {
            Objective::Finish(_) => instant(score).finish_date().to_string(),
            Objective::Cost(_) => super::grouped(self.major(score), 0),
            Objective::Npv(_) => super::grouped(self.major(-score), 0),
            Objective::Target => {
                let chance = -(score as f64) / self.purchase.none.iterations.max(1) as f64;
                format!("{} %", (chance * 1_000.0).round() / 10.0)
            }
        }
    }
}

/// The tables of a purchase: `responses` and `frontier`.
#[must_use]
pub fn purchase_tables(purchase: &PurchaseReport) -> Vec<Table> {
    let money = &purchase.currency;
    let level = purchase.level.to_lowercase();
    let columns = [
        "risk".to_owned(),
        "title".to_owned(),
        format!("spend_{money}"),
        "planned".to_owned(),
        "in_best_set".to_owned(),
        format!("finish_{level}_days_earlier"),
        "days_standard_error".to_owned(),
        format!("cost_{level}_saved_{money}"),
        format!("saved_standard_error_{money}"),
        "target_probability_gain".to_owned(),
        format!("spend_per_day_{money}"),
        "back_per_unit_spent".to_owned(),
        "pays_share".to_owned(),
        "speeds_share".to_owned(),
    ];
    let yes = |is: bool| if is { "yes" } else { "no" };
    let rows = purchase.responses.iter().map(|row| {
        vec![
            (&row.risk).into(),
            (&row.title).into(),
            row.spend.into(),
            yes(row.planned).into(),
            yes(row.in_best).into(),
            row.days.into(),
            row.days_error.into(),
            row.saved.into(),
            row.saved_error.into(),
            row.target_gain.into(),
            row.spend_per_day.into(),
            row.back_per_unit.into(),
            row.pays.into(),
            row.speeds.into(),
        ]
    });
    let mut responses = Table { name: "responses", columns: columns.to_vec(), rows: rows.collect() };
    let columns = [
        format!("spend_{money}"),
        "responses".to_owned(),
        format!("finish_{level}_date"),
        "days_earlier".to_owned(),
        format!("cost_{level}_{money}"),
        format!("saved_{money}"),
        "target_probability".to_owned(),
    ];
    let rows = purchase.frontier.iter().map(|row| {
        vec![
            row.spend.into(),
            Cell::Text(row.responses.join(" ")),
            row.finish.into(),
            row.days.into(),
            row.cost.into(),
            row.saved.into(),
            row.target_probability.into(),
        ]
    });
    let mut frontier = Table { name: "frontier", columns: columns.to_vec(), rows: rows.collect() };
    if purchase.none.npv.is_some() {
        let npv = format!("npv_{}", purchase.kind.npv());
        responses.columns.extend([format!("{npv}_gained_{money}"), format!("npv_standard_error_{money}")]);
        for (cells, row) in responses.rows.iter_mut().zip(&purchase.responses) {
            cells.extend([row.npv_gained.into(), row.npv_error.into()]);
        }
        frontier.columns.extend([format!("{npv}_{money}"), format!("{npv}_gained_{money}")]);
        for (cells, row) in frontier.rows.iter_mut().zip(&purchase.frontier) {
            cells.extend([row.npv.into(), row.npv_gained.into()]);
        }
    }
    vec![responses, frontier]
}
