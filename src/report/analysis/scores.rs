//! Scores of risks beside their shares, as reported.

use serde::Serialize;

use crate::analysis::RiskScore;
use crate::model::Program;
use crate::report::Table;
use crate::report::date::tenths;
use crate::report::rows::share;
use crate::units::Money;

/// A risk with its place on the map of probability and impact, and its simulated share.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreRow {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Probability without the response.
    pub probability: f64,
    /// Mean delay without the response, in days of the tasks that it hits.
    pub impact_days: f64,
    /// Probability with the response; absent without one.
    pub probability_after: Option<f64>,
    /// Mean delay with the response.
    pub impact_after_days: Option<f64>,
    /// Whether the response is on.
    pub response_on: bool,
    /// Probability times mean delay, in force.
    pub score_days: f64,
    /// Its place by score, from 1.
    pub rank_by_score: usize,
    /// Its share of the contingency in time, in calendar days.
    pub share_days: Option<f64>,
    /// Its share of the contingency in money, in major units.
    pub share_money: Option<f64>,
    /// Its place by its share of time, from 1.
    pub rank_by_share: usize,
    /// How many places higher its share stands than its score, where that is three or more.
    pub disagreement: Option<i64>,
}

impl ScoreRow {
    /// Names and rounds a score.
    #[must_use]
    pub fn of(score: &RiskScore, program: &Program, has_costs: bool) -> Self {
        let risk = &program.risks()[score.risk.index()];
        Self {
            id: risk.id.clone(),
            title: risk.title.clone(),
            probability: share(score.before.0),
            impact_days: tenths(score.before.1),
            probability_after: score.after.map(|(probability, _)| share(probability)),
            impact_after_days: score.after.map(|(_, days)| tenths(days)),
            response_on: score.is_on,
            score_days: (score.score() * 100.0).round() / 100.0 + 0.0,
            rank_by_score: score.rank_by_score,
            share_days: score.share_minutes.map(|minutes| tenths(minutes as f64 / 1_440.0)),
            share_money: score
                .share_money
                .filter(|_| has_costs)
                .map(|money| program.currency().major(Money(money))),
            rank_by_share: score.rank_by_share,
            disagreement: score.disagreement(),
        }
    }
}

/// The table `risk_scores`.
pub(super) fn table(rows: &[ScoreRow], currency: &str) -> Table {
    let mut columns: Vec<String> = [
        "id",
        "title",
        "probability",
        "impact_days",
        "probability_after",
        "impact_after_days",
        "response",
        "score_days",
        "rank_by_score",
        "share_days",
    ]
    .map(String::from)
    .to_vec();
    columns.push(format!("share_{currency}"));
    columns.extend(["rank_by_share", "disagreement_places"].map(String::from));
    let rows = rows.iter().map(|row| {
        let response = row.probability_after.map(|_| if row.response_on { "on" } else { "off" });
        vec![
            (&row.id).into(),
            (&row.title).into(),
            row.probability.into(),
            row.impact_days.into(),
            row.probability_after.into(),
            row.impact_after_days.into(),
            response.into(),
            row.score_days.into(),
            (row.rank_by_score as u64).into(),
            row.share_days.into(),
            row.share_money.into(),
            (row.rank_by_share as u64).into(),
            row.disagreement.map_or(crate::report::Cell::Empty, crate::report::Cell::Integer),
        ]
    });
    Table { name: "risk_scores", columns, rows: rows.collect() }
}
