//! The tables of money over time.

use super::money::AmountBand;
use super::{Cell, MoneyReport, Table};
use crate::units::Currency;

/// `cashflow`, `cost_breakdown`, and `business_case` where there is one.
pub(super) fn money_tables(money: &MoneyReport, currency: Currency) -> Vec<Table> {
    let mut tables = vec![cash_flow(money, currency), breakdown(money, currency)];
    tables.extend(business_case(money, currency));
    tables
}

fn cells(band: &AmountBand) -> [Cell; 5] {
    [band.mean, band.p10, band.p50, band.p80, band.p90].map(Cell::Number)
}

fn cash_flow(money: &MoneyReport, currency: Currency) -> Table {
    let code = currency.code();
    let mut columns = ["period", "from_date", "to_date", "part", "category"].map(String::from).to_vec();
    for of in ["", "cumulative_"] {
        columns.extend(["mean", "p10", "p50", "p80", "p90"].map(|name| format!("{of}{name}_{code}")));
    }
    let rows = money.flow.iter().map(|row| {
        let head: [Cell; 5] = [
            (&row.period).into(),
            row.from.into(),
            row.to.into(),
            row.part.into(),
            row.category.as_ref().into(),
        ];
        head.into_iter().chain(cells(&row.within)).chain(cells(&row.cumulative)).collect()
    });
    Table { name: "cashflow", columns, rows: rows.collect() }
}

/// What all costs consist of: by capex and opex, by category, by vendor and by cost centre. No percentiles add up.
fn breakdown(money: &MoneyReport, currency: Currency) -> Table {
    let code = currency.code();
    let mut columns = ["by", "name"].map(String::from).to_vec();
    columns.extend(["mean", "p10", "p50", "p80", "p90"].map(|name| format!("{name}_{code}")));
    let parts = money.parts.iter().filter(|row| row.part != "benefit").map(|row| {
        let (by, name) = match (&row.category, row.part) {
            (Some(category), _) => ("category", category.as_str()),
            (None, "cost") => ("all", "all costs"),
            (None, part) => ("kind", part),
        };
        (by, name, &row.total)
    });
    let vendors = money.vendors.iter().map(|row| ("vendor", row.vendor.as_str(), &row.total));
    let centres = money.cost_centres.iter().map(|row| ("cost_centre", row.cost_centre.as_str(), &row.total));
    let rows = parts
        .chain(vendors)
        .chain(centres)
        .map(|(by, name, band)| [Cell::from(by), name.into()].into_iter().chain(cells(band)).collect());
    Table { name: "cost_breakdown", columns, rows: rows.collect() }
}

/// One row per measure: mean and percentiles, where it has them.
fn business_case(money: &MoneyReport, currency: Currency) -> Option<Table> {
    let case = money.business_case.as_ref()?;
    let code = currency.code();
    let columns =
        ["measure", "unit", "mean", "p5", "p10", "p20", "p50", "p80", "p90"].map(String::from).to_vec();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let number = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Number);
    let mut add = |name: &str, unit: &str, values: [Cell; 7]| {
        rows.push([Cell::from(name), unit.into()].into_iter().chain(values).collect());
    };
    let npv = |p: u8| {
        number(case.npv.percentile(crate::units::Percentile::whole(u32::from(p))).map(|point| point.value))
    };
    let none = || Cell::Empty;
    let only = |value: Option<f64>| [number(value), none(), none(), none(), none(), none(), none()];
    add(
        "npv",
        code,
        [number(case.npv.mean.map(|mean| mean.value)), npv(5), npv(10), npv(20), npv(50), npv(80), npv(90)],
    );
    add("npv_positive_probability", "share", only(Some(case.npv_positive.value)));
    add("value_at_risk_95", code, only(case.value_at_risk_95));
    add("costs_pv", code, only(Some(case.costs_pv_mean)));
    add("benefits_pv", code, only(Some(case.benefits_pv_mean)));
    add("benefit_cost_ratio_of_means", "ratio", only(case.benefit_cost_ratio));
    for (name, band) in [("irr", &case.irr), ("roi", &case.roi), ("bcr", &case.bcr)] {
        let (low, mid, high) = (number(band.p10), number(band.p50), number(band.p90));
        add(name, "ratio", [none(), none(), low, none(), mid, none(), high]);
        add(&format!("{name}_defined"), "share", only(Some(band.defined)));
    }
    let date = |date: Option<jiff::civil::Date>| Cell::from(date);
    let payback = &case.payback;
    let dates =
        [none(), none(), date(payback.p10), none(), date(payback.p50), date(payback.p80), date(payback.p90)];
    add("payback", "date", dates);
    add("payback_never", "share", only(Some(payback.never)));
    if let Some(peak) = &case.peak_funding {
        let [mean, p10, p50, p80, p90] = cells(peak);
        add("peak_funding", code, [mean, none(), p10, none(), p50, p80, p90]);
    }
    add("month_of_delay", code, only(case.month_of_delay));
    add("break_even_delay", "months", only(case.break_even_delay_months.map(|months| months as f64)));
    Some(Table { name: "business_case", columns, rows })
}
