//! For whom a document is, and what it therefore contains.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What kind of document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Template {
    /// For a steering committee: what can be committed to, what endangers it, what to decide.
    Steering,
    /// The annex of a business case: the forecast with all that it rests on.
    #[default]
    BusinessCase,
    /// For the owners of risks: the register before and after responses, and what each contributes.
    RiskReview,
    /// Everything.
    Full,
}

/// A chapter that documents may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chapter {
    Statement,
    Confidence,
    Joint,
    Progress,
    Portfolio,
    Projects,
    Milestones,
    Contribution,
    Contingency,
    Drivers,
    Risks,
    Responses,
    Money,
    BusinessCase,
    Knowledge,
    Assumptions,
    Method,
    Manifest,
}

/// A template that is not known.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("`{0}` is no known template: use steering, business-case, risk-review or full")]
pub struct ParseTemplateError(pub String);

impl FromStr for Template {
    type Err = ParseTemplateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "steering" => Ok(Self::Steering),
            "business-case" => Ok(Self::BusinessCase),
            "risk-review" => Ok(Self::RiskReview),
            "full" => Ok(Self::Full),
            other => Err(ParseTemplateError(other.to_owned())),
        }
    }
}

impl Template {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Steering => "steering",
            Self::BusinessCase => "business-case",
            Self::RiskReview => "risk-review",
            Self::Full => "full",
        }
    }

    /// What it calls itself on paper.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Steering => "Forecast for the steering committee",
            Self::BusinessCase => "Schedule and cost confidence",
            Self::RiskReview => "Risk review",
            Self::Full => "Forecast, risks and what drives them",
        }
    }

    pub(super) fn chapters(self) -> &'static [Chapter] {
        use Chapter::*;
        match self {
            Self::Steering => &[
                Statement,
                Confidence,
                Portfolio,
                Progress,
                Projects,
                Milestones,
                Contribution,
                Risks,
                Responses,
                Manifest,
            ],
            Self::BusinessCase => &[
                Statement,
                Confidence,
                Portfolio,
                Joint,
                Progress,
                Contingency,
                BusinessCase,
                Money,
                Projects,
                Milestones,
                Contribution,
                Risks,
                Assumptions,
                Method,
                Manifest,
            ],
            Self::RiskReview => &[
                Statement,
                Contribution,
                Risks,
                Responses,
                Drivers,
                Contingency,
                Knowledge,
                Assumptions,
                Method,
                Manifest,
            ],
            Self::Full => &[
                Statement,
                Confidence,
                Portfolio,
                Joint,
                Progress,
                Projects,
                Milestones,
                Contribution,
                Contingency,
                Drivers,
                Risks,
                Responses,
                BusinessCase,
                Money,
                Knowledge,
                Assumptions,
                Method,
                Manifest,
            ],
        }
    }

    /// How many rows long tables have; a committee reads no hundred lines.
    pub(super) fn most_rows(self) -> usize {
        match self {
            Self::Steering => 8,
            Self::BusinessCase | Self::RiskReview => 40,
            Self::Full => usize::MAX,
        }
    }
}
