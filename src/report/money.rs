//! Money over time as reported.

use jiff::civil::Date;
use serde::Serialize;

use super::build::TargetChance;
use super::rows::share;
use super::{AmountReport, Bins, amount_bins};
use crate::analysis::{Band, BusinessCase, CashForecast, Dated, RatioShares};
use crate::model::PeriodLength;
use crate::results::{FlowGroup, Results};
use crate::units::{Currency, Money};

/// Money over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MoneyReport {
    /// How many iterations the ranges of the cash flow come from.
    pub iterations: u64,
    /// How long its periods are.
    pub period: &'static str,
    /// What the parts of the cash flow come to.
    pub parts: Vec<PartBand>,
    /// What vendors are paid, in the order of their names; not written where none is named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vendors: Vec<VendorBand>,
    /// What is booked to cost centres, in the order of their names; not written where none is named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cost_centres: Vec<CentreBand>,
    /// The cash flow by period and part.
    #[serde(skip)]
    pub flow: Vec<FlowRow>,
    /// What there is to spend; not written where nothing is said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub funding: Vec<FundingRow>,
    /// What the program is worth, where values are discounted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub business_case: Option<CaseReport>,
}

/// A range of amounts, in major units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AmountBand {
    /// The mean.
    pub mean: f64,
    /// P10.
    pub p10: f64,
    /// P50.
    pub p50: f64,
    /// P80.
    pub p80: f64,
    /// P90.
    pub p90: f64,
}

/// A part of the cash flow: all costs, capex, opex, benefits, or a category of costs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartBand {
    /// What kind of part.
    pub part: &'static str,
    /// The category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// What it comes to.
    #[serde(flatten)]
    pub total: AmountBand,
}

/// What a vendor is paid.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VendorBand {
    /// Its name.
    pub vendor: String,
    /// What it comes to.
    #[serde(flatten)]
    pub total: AmountBand,
}

/// What is booked to a cost centre.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CentreBand {
    /// Its name.
    pub cost_centre: String,
    /// What it comes to.
    #[serde(flatten)]
    pub total: AmountBand,
}

/// A part of the cash flow in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowRow {
    /// The name of the period.
    pub period: String,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// What kind of part.
    pub part: &'static str,
    /// The category.
    pub category: Option<String>,
    /// Within the period.
    pub within: AmountBand,
    /// From the beginning to the end of the period.
    pub cumulative: AmountBand,
}

/// Whether what there is to spend suffices.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct FundingRow {
    /// Until when.
    pub until: Date,
    /// The sum from the beginning.
    pub total: f64,
    /// The probability that it suffices.
    pub suffices: TargetChance,
}

/// What the program is worth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseReport {
    /// The day to which everything is discounted.
    pub valuation_date: Date,
    /// The rate per year.
    pub discount_rate: f64,
    /// The net present value after tax.
    pub npv: AmountReport,
    /// The probability that it is above zero.
    pub npv_positive: TargetChance,
    /// What is lost at least with a probability of 5 %: -P5 of the NPV.
    pub value_at_risk_95: Option<f64>,
    /// The mean of what the costs are worth.
    pub costs_pv_mean: f64,
    /// The mean of what the benefits are worth.
    pub benefits_pv_mean: f64,
    /// The ratio of these means.
    pub benefit_cost_ratio: Option<f64>,
    /// How many iterations all that follows comes from.
    pub iterations: u64,
    /// The internal rate of return.
    pub irr: ShareBand,
    /// Benefits less costs per unit of cost, undiscounted.
    pub roi: ShareBand,
    /// The ratio of what benefits and costs are worth, iteration by iteration.
    pub bcr: ShareBand,
    /// The day from which the cumulative flow stays at or above zero.
    pub payback: DateBand,
    /// How far the cumulative flow falls below zero.
    pub peak_funding: Option<AmountBand>,
    /// What a calendar month of delay of all benefits costs on average.
    pub month_of_delay: Option<f64>,
    /// The most months by which all benefits may be late before the mean falls below zero.
    pub break_even_delay_months: Option<usize>,
    /// The planned finish with these months.
    pub break_even_finish: Option<Date>,
    /// Histogram of the NPV, in minor units.
    #[serde(skip)]
    pub bins: Option<Bins>,
}

/// Percentiles of a ratio.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ShareBand {
    /// The share of iterations that have one.
    pub defined: f64,
    /// P10 of those.
    pub p10: Option<f64>,
    /// P50.
    pub p50: Option<f64>,
    /// P90.
    pub p90: Option<f64>,
}

/// Percentiles of a day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DateBand {
    /// The share of iterations in which it never comes.
    pub never: f64,
    /// P10.
    pub p10: Option<Date>,
    /// P50.
    pub p50: Option<Date>,
    /// P80.
    pub p80: Option<Date>,
    /// P90.
    pub p90: Option<Date>,
}

impl AmountBand {
    fn of(band: &Band, currency: Currency) -> Self {
        let [p10, p50, p80, p90] = band.percentiles.map(|minor| currency.major(Money(minor)));
        Self { mean: rounded(band.mean, currency), p10, p50, p80, p90 }
    }
}

impl ShareBand {
    fn of(shares: &RatioShares) -> Self {
        let at = |at: usize| shares.percentiles.map(|values| (values[at] * 1e6).round() / 1e6 + 0.0);
        Self { defined: share(shares.defined), p10: at(0), p50: at(1), p90: at(2) }
    }
}

impl DateBand {
    fn of(dated: &Dated) -> Self {
        let [p10, p50, p80, p90] = dated.percentiles;
        Self { never: share(dated.never), p10, p50, p80, p90 }
    }
}

impl MoneyReport {
    /// All costs by period, up to the last period in which there are any: benefits go on for years after it.
    #[must_use]
    pub fn costs(&self) -> Vec<&FlowRow> {
        let mut rows: Vec<&FlowRow> = self.flow.iter().filter(|row| row.part == "cost").collect();
        rows.truncate(rows.iter().rposition(|row| row.within.mean != 0.0).map_or(0, |last| last + 1));
        rows
    }

    /// Names and rounds what money does over time.
    #[must_use]
    pub fn of(
        cash: &CashForecast,
        case: Option<&BusinessCase>,
        results: &Results,
        currency: Currency,
    ) -> Self {
        let part = |group: &FlowGroup| match group {
            FlowGroup::Cost => ("cost", None),
            FlowGroup::Capex => ("capex", None),
            FlowGroup::Opex => ("opex", None),
            FlowGroup::Benefit => ("benefit", None),
            FlowGroup::Category(name) => ("category", Some(name.clone())),
        };
        let mut flow = Vec::new();
        for (at, period) in cash.periods.iter().enumerate() {
            for group in &cash.groups {
                let ((part, category), (within, cumulative)) = (part(&group.group), &group.periods[at]);
                flow.push(FlowRow {
                    period: period.name.clone(),
                    from: period.from,
                    to: period.to,
                    part,
                    category,
                    within: AmountBand::of(within, currency),
                    cumulative: AmountBand::of(cumulative, currency),
                });
            }
        }
        let parts = cash.groups.iter().map(|group| {
            let (part, category) = part(&group.group);
            PartBand { part, category, total: AmountBand::of(&group.total, currency) }
        });
        let vendors = cash.vendors.iter().map(|(vendor, band)| VendorBand {
            vendor: vendor.clone(),
            total: AmountBand::of(band, currency),
        });
        let cost_centres = cash.cost_centres.iter().map(|(name, band)| CentreBand {
            cost_centre: name.clone(),
            total: AmountBand::of(band, currency),
        });
        let funding = cash.funding.iter().map(|funding| FundingRow {
            until: funding.until,
            total: currency.major(Money(funding.total)),
            suffices: TargetChance::of(funding.suffices),
        });
        Self {
            iterations: cash.iterations,
            period: match cash.length {
                PeriodLength::Month => "month",
                PeriodLength::Quarter => "quarter",
                PeriodLength::Year => "year",
            },
            parts: parts.collect(),
            vendors: vendors.collect(),
            cost_centres: cost_centres.collect(),
            flow,
            funding: funding.collect(),
            business_case: case.map(|case| CaseReport::of(case, results, currency)),
        }
    }
}

impl CaseReport {
    fn of(case: &BusinessCase, results: &Results, currency: Currency) -> Self {
        let finance = results.cash_flow.as_ref().map(|flow| flow.treasury().finance());
        let ratio = |value: f64| (value * 1e4).round() / 1e4 + 0.0;
        let worth = results.worth.as_ref();
        Self {
            valuation_date: finance.map_or(Date::ZERO, |finance| finance.valuation.start_date()),
            discount_rate: finance.and_then(|finance| finance.discount_rate).map_or(0.0, ratio),
            npv: AmountReport::of(&case.npv, currency),
            npv_positive: TargetChance::of(case.positive),
            value_at_risk_95: case.value_at_risk.map(|minor| currency.major(Money(minor))),
            costs_pv_mean: rounded(case.worth.0, currency),
            benefits_pv_mean: rounded(case.worth.1, currency),
            benefit_cost_ratio: case.benefit_cost_ratio.map(ratio),
            iterations: case.iterations,
            irr: ShareBand::of(&case.irr),
            roi: ShareBand::of(&case.roi),
            bcr: ShareBand::of(&case.bcr),
            payback: DateBand::of(&case.payback),
            peak_funding: case.peak.map(|peak| AmountBand::of(&peak, currency)),
            month_of_delay: case.month_of_delay.map(|minor| rounded(minor, currency)),
            break_even_delay_months: case.break_even.map(|(months, _)| months),
            break_even_finish: case.break_even.and_then(|(_, date)| date),
            bins: worth.and_then(|worth| amount_bins(worth.npv.histogram(), results.iterations)),
        }
    }
}

fn rounded(minor: f64, currency: Currency) -> f64 {
    currency.major(Money(minor.round_ties_even() as i64))
}
