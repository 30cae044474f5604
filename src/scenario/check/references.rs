//! How past programs turned out: published tables, and outcomes of one's own.

use super::context::Context;
use crate::diag::code;
use crate::model::{ReferenceClass, Uplift, UpliftOf};
use crate::scenario::collect::Parts;
use crate::scenario::raw::{At, RawPublished, RawReferenceClass};
use crate::scenario::table::outcome_rows;
use crate::units::Percentile;

/// Levels that outcomes of one's own are read at.
const LEVELS: [Percentile; 3] = [Percentile::P50, Percentile::P80, Percentile::whole(90)];

/// HM Treasury, Supplementary Green Book Guidance: Optimism Bias, after Mott MacDonald (2002), Review of Large Public
/// Procurement in the UK.
const TREASURY: &str = "HM Treasury, Green Book supplementary guidance: optimism bias (Mott MacDonald 2002)";

/// Flyvbjerg and COWI (2004), Procedures for Dealing with Optimism Bias in Transport Planning, UK Department for
/// Transport.
const TRANSPORT: &str =
    "Flyvbjerg and COWI 2004, Procedures for Dealing with Optimism Bias in Transport Planning (UK DfT)";

/// Upper and lower bound of an uplift.
type Bounds = (f64, f64);

/// What a published table says.
enum Published {
    /// Bounds for the time of the works and for costs.
    Bounds { name: &'static str, works: Option<Bounds>, costs: Bounds },
    /// Uplifts of costs for a chance of 50, 40, 30, 20 and 10 % to exceed them.
    Levels { name: &'static str, costs: [f64; 5] },
}

impl Published {
    fn of(table: RawPublished) -> Self {
        let bounds = |name, works, costs| Self::Bounds { name, works, costs };
        match table {
            RawPublished::StandardBuildings => bounds("Standard buildings", Some((0.04, 0.01)), (0.24, 0.02)),
            RawPublished::NonStandardBuildings => {
                bounds("Non-standard buildings", Some((0.39, 0.02)), (0.51, 0.04))
            }
            RawPublished::StandardCivil => {
                bounds("Standard civil engineering", Some((0.20, 0.01)), (0.44, 0.03))
            }
            RawPublished::NonStandardCivil => {
                bounds("Non-standard civil engineering", Some((0.25, 0.03)), (0.66, 0.06))
            }
            RawPublished::Equipment => bounds("Equipment and development", Some((0.54, 0.10)), (2.00, 0.10)),
            // Measured for operating expenditure.
            RawPublished::Outsourcing => bounds("Outsourcing (operating costs)", None, (0.41, 0.00)),
            RawPublished::Roads => Self::Levels { name: "Roads", costs: [0.15, 0.24, 0.27, 0.32, 0.45] },
            RawPublished::Rail => Self::Levels { name: "Rail", costs: [0.40, 0.45, 0.51, 0.57, 0.68] },
            RawPublished::FixedLinks => {
                Self::Levels { name: "Bridges and tunnels", costs: [0.23, 0.26, 0.34, 0.55, 0.83] }
            }
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Bounds { name, .. } | Self::Levels { name, .. } => name,
        }
    }

    fn source(&self) -> &'static str {
        match self {
            Self::Bounds { .. } => TREASURY,
            Self::Levels { .. } => TRANSPORT,
        }
    }

    /// The uplifts, of which a share has been dealt with: what is left of the upper bound, not below the lower one.
    fn uplifts(&self, mitigated: f64) -> Vec<Uplift> {
        match self {
            Self::Bounds { works, costs, .. } => {
                let both = [(UpliftOf::Duration, *works), (UpliftOf::Cost, Some(*costs))];
                let each = |(on, bounds): (UpliftOf, Option<Bounds>)| {
                    let (upper, lower) = bounds?;
                    let left = (upper * (1.0 - mitigated)).max(lower);
                    let level = match mitigated > 0.0 {
                        true => format!("upper bound, {} % dealt with", (mitigated * 1e3).round() / 10.0),
                        false => "upper bound".to_owned(),
                    };
                    Some([
                        Uplift { on, level: "lower bound".to_owned(), share: lower },
                        Uplift { on, level, share: left },
                    ])
                };
                both.into_iter().filter_map(each).flatten().collect()
            }
            Self::Levels { costs, .. } => [50, 60, 70, 80, 90]
                .into_iter()
                .zip(costs)
                .map(|(level, &share)| Uplift { on: UpliftOf::Cost, level: format!("P{level}"), share })
                .collect(),
        }
    }
}

impl Context<'_, '_> {
    /// Reads all reference classes.
    pub fn references(&mut self, parts: &Parts) -> Vec<ReferenceClass> {
        parts.references.iter().filter_map(|(id, at)| self.reference(id, at)).collect()
    }

    fn reference(&mut self, id: &At<String>, at: &At<RawReferenceClass>) -> Option<ReferenceClass> {
        let raw = &at.value;
        let mitigated = self.share(&raw.mitigated, 0.0, 1.0, "the share that has been dealt with");
        let named = raw.name.get().cloned();
        match (raw.table.get(), raw.csv.at()) {
            (Some(&table), None) => {
                let published = Published::of(table);
                if let (Some(at), Published::Levels { .. }) = (raw.mitigated.at(), &published) {
                    let message = "`mitigated` belongs to tables with an upper and a lower bound";
                    let help = "remove it: this table states uplifts by the chance to exceed them";
                    self.desk.report(code::CONFLICTING_KEYS, at.place(), message, help);
                    return None;
                }
                Some(ReferenceClass {
                    id: id.value.clone(),
                    name: named.unwrap_or_else(|| published.name().to_owned()),
                    source: published.source().to_owned(),
                    outcomes: None,
                    uplifts: published.uplifts(mitigated.unwrap_or(0.0)),
                })
            }
            (None, Some(csv)) => {
                if let Some(at) = raw.mitigated.at() {
                    let message = "`mitigated` belongs to a published table";
                    self.desk.report(code::CONFLICTING_KEYS, at.place(), message, "remove it");
                }
                let outcomes = outcome_rows(csv, self.desk)?;
                let durations = percentiles(UpliftOf::Duration, &outcomes.durations);
                let uplifts = durations.into_iter().chain(percentiles(UpliftOf::Cost, &outcomes.costs));
                Some(ReferenceClass {
                    id: id.value.clone(),
                    name: named.unwrap_or_else(|| id.value.clone()),
                    source: csv.value.clone(),
                    outcomes: Some(outcomes.durations.len().max(outcomes.costs.len())),
                    uplifts: uplifts.collect(),
                })
            }
            (Some(_), Some(csv)) => {
                let message = "`table` and `csv` exclude each other";
                self.desk.report(code::CONFLICTING_KEYS, csv.place(), message, "write two reference classes");
                None
            }
            (None, None) => {
                if raw.table.is_absent() && raw.csv.is_absent() {
                    let message = format!("the reference class `{}` has neither `table` nor `csv`", id.value);
                    let help = "name a published table: table = \"hm-treasury.equipment\"; or a CSV file of outcomes";
                    self.desk.report(code::MISSING_KEY, id.place(), message, help);
                }
                None
            }
        }
    }
}

/// Percentiles of overruns (semantics, section 2).
fn percentiles(on: UpliftOf, overruns: &[f64]) -> Vec<Uplift> {
    let mut sorted = overruns.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |level: Percentile| {
        let rank = level.rank(sorted.len() as u64).checked_sub(1)?;
        let share = *sorted.get(rank as usize)?;
        Some(Uplift { on, level: level.to_string(), share })
    };
    LEVELS.into_iter().filter_map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dealt_with_lowers_the_upper_bound_to_the_lower_one_at_most() {
        let share = |mitigated: f64| {
            let uplifts = Published::of(RawPublished::Equipment).uplifts(mitigated);
            [uplifts[1].share, uplifts[3].share]
        };
        assert_eq!(share(0.0), [0.54, 2.0]);
        assert_eq!(share(0.5), [0.27, 1.0]);
        assert_eq!(share(1.0), [0.10, 0.10]);
        assert_eq!(Published::of(RawPublished::Rail).uplifts(0.0)[3].share, 0.57);
    }

    #[test]
    fn outcomes_are_read_at_the_smallest_value_that_reaches_a_percentile() {
        let found: Vec<f64> =
            percentiles(UpliftOf::Cost, &[0.4, 0.1, 0.0, 0.9, 0.2]).iter().map(|one| one.share).collect();
        assert_eq!(found, [0.2, 0.4, 0.9]);
    }
}
