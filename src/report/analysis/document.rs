//! The analysis of a program: its sections and their tables.

use serde::Serialize;

use super::{
    ContingencyReport, ContributionReport, Headline, JointReport, KnowledgeRow, ScoreRow, SensitivityReport,
    knowledge, scores,
};
use crate::report::{Manifest, Report, Table};
use crate::units::Percentile;

/// Everything that an analysis says, ready to be shown in any format. A section that was not asked for, or
/// that the program has nothing for, is absent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Analysis {
    /// Version of the outputs.
    pub schema_version: u32,
    /// Name of the program.
    pub program: String,
    /// Currency of all money.
    pub currency: String,
    /// What is explained: the percentile beside the plan.
    pub headline: Headline,
    /// What drives the finish, how strongly, and with how much room.
    pub sensitivity: Option<SensitivityReport>,
    /// Which date and which budget hold together; absent where nothing has a cost.
    pub joint: Option<JointReport>,
    /// What lies between the plan and the percentile.
    pub contribution: Option<ContributionReport>,
    /// Who holds the contingency, and until when; absent where parts are grouped.
    pub contingency: Option<ContingencyReport>,
    /// Scores of risks beside their shares; empty where parts are grouped.
    pub risk_scores: Vec<ScoreRow>,
    /// What is worth finding out, most useful first.
    pub knowledge: Vec<KnowledgeRow>,
    /// What the analysis is a function of.
    pub manifest: Manifest,
    /// The forecast that is explained; it has files of its own.
    #[serde(skip)]
    pub report: Report,
}

impl Analysis {
    /// An analysis of this forecast at one percentile, without any section yet.
    #[must_use]
    pub fn new(report: Report, level: Percentile) -> Self {
        Self {
            schema_version: report.schema_version,
            program: report.program.clone(),
            currency: report.currency.code().to_owned(),
            headline: Headline::of(&report, level),
            sensitivity: None,
            joint: None,
            contribution: None,
            contingency: None,
            risk_scores: Vec::new(),
            knowledge: Vec::new(),
            manifest: report.manifest.clone(),
            report,
        }
    }
}

/// All tables of an analysis, in the order in which they are listed.
#[must_use]
pub fn analysis_tables(analysis: &Analysis) -> Vec<Table> {
    let currency = &analysis.currency;
    let mut tables: Vec<Table> = Vec::new();
    tables.extend(analysis.sensitivity.iter().flat_map(|section| section.tables(currency)));
    tables.extend(analysis.joint.as_ref().map(|section| section.table(currency)));
    tables.extend(analysis.contribution.as_ref().map(|section| section.table(currency)));
    tables.extend(analysis.contingency.iter().flat_map(|section| section.tables(currency)));
    if !analysis.risk_scores.is_empty() {
        tables.push(scores::table(&analysis.risk_scores, currency));
    }
    if !analysis.knowledge.is_empty() {
        tables.push(knowledge::table(&analysis.knowledge));
    }
    tables
}
