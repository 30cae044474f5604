//! The part of the summary about money over time.

use jiff::civil::Date;

use super::grid::{grid, percent, whole};
use crate::report::{AmountBand, CaseReport, MoneyReport, Report, ShareBand, grouped};
use crate::units::Percentile;

/// At most this many periods are listed; longer programs are summed by financial year in the file.
const MOST_PERIODS: usize = 36;

/// What costs come to, when they flow, and what the program is worth; nothing where nothing is said about it.
pub(super) fn money(report: &Report) -> String {
    let Some(money) = &report.money else { return String::new() };
    let mut out = parts(report, money);
    out.push_str(&flow(money));
    out.push_str(&funding(report, money));
    if let Some(case) = &money.business_case {
        out.push_str(&business_case(report, case));
    }
    out
}

fn band(band: &AmountBand) -> [String; 5] {
    [band.mean, band.p10, band.p50, band.p80, band.p90].map(whole)
}

fn parts(report: &Report, money: &MoneyReport) -> String {
    let mut grid = grid(&["part", "mean", "P10", "P50", "P80", "P90"], &[0]);
    for row in &money.parts {
        let name = match (&row.category, row.part) {
            (Some(category), _) => format!("  {category}"),
            (None, "cost") => "all costs".to_owned(),
            (None, "benefit") => "all benefits".to_owned(),
            (None, part) => format!("  {part}"),
        };
        grid.add_row([name].into_iter().chain(band(&row.total)));
    }
    for row in &money.vendors {
        grid.add_row([format!("  to {}", row.vendor)].into_iter().chain(band(&row.total)));
    }
    for row in &money.cost_centres {
        grid.add_row([format!("  at {}", row.cost_centre)].into_iter().chain(band(&row.total)));
    }
    let n = grouped(money.iterations as f64, 0);
    let currency = report.currency.code();
    format!(
        "\nWhere the money goes, {currency} (the first {n} iterations; percentiles do not add up)\n{}\n",
        grid.trim_fmt()
    )
}

fn flow(money: &MoneyReport) -> String {
    let costs = money.costs();
    if costs.is_empty() {
        return String::new();
    }
    let mut grid = grid(&[money.period, "P10", "P50", "P80", "P90", "sum P50", "sum P80"], &[0]);
    for row in costs.iter().take(MOST_PERIODS) {
        let [_, p10, p50, p80, p90] = band(&row.within);
        grid.add_row([
            row.period.clone(),
            p10,
            p50,
            p80,
            p90,
            whole(row.cumulative.p50),
            whole(row.cumulative.p80),
        ]);
    }
    let rest = costs.len().saturating_sub(MOST_PERIODS);
    let more = if rest > 0 { format!("and {rest} more in cashflow.csv\n") } else { String::new() };
    format!("\nCosts when they are paid\n{}\n{more}", grid.trim_fmt())
}

fn funding(report: &Report, money: &MoneyReport) -> String {
    let mut out = String::new();
    for row in &money.funding {
        out.push_str(&format!(
            "funding until {}: {} {} suffices with {}\n",
            row.until,
            whole(row.total),
            report.currency.code(),
            percent(row.suffices.value)
        ));
    }
    out.push_str(match report.manifest.funding_cap.as_deref() {
        Some("lapses") => "work waits for the next funding when one is spent; what is left over lapses\n",
        Some(_) => "work waits for the next funding when one is spent; what is left over carries over\n",
        None => "",
    });
    if out.is_empty() { out } else { format!("\n{out}") }
}

fn business_case(report: &Report, case: &CaseReport) -> String {
    let currency = report.currency.code();
    let npv =
        |p: u32| case.npv.percentile(Percentile::whole(p)).map_or("-".into(), |point| whole(point.value));
    let date = |date: Option<Date>| date.map_or("never".to_owned(), |date| date.to_string());
    let mut grid = grid(&["", "mean", "P10", "P20", "P50", "P80", "P90"], &[0]);
    let mean = case.npv.mean.map_or("-".into(), |mean| whole(mean.value));
    grid.add_row([format!("NPV, {currency}"), mean, npv(10), npv(20), npv(50), npv(80), npv(90)]);
    let ratio = |name: &str, band: &ShareBand, show: &dyn Fn(f64) -> String| {
        let [low, mid, high] = [band.p10, band.p50, band.p90].map(|value| value.map_or("-".into(), show));
        [name.to_owned(), String::new(), low, String::new(), mid, String::new(), high]
    };
    grid.add_row(ratio("IRR", &case.irr, &|value| format!("{:.1} %", value * 100.0)));
    grid.add_row(ratio("ROI", &case.roi, &|value| format!("{:.0} %", value * 100.0)));
    grid.add_row(ratio("benefit/cost", &case.bcr, &|value| format!("{value:.2}")));
    let back = &case.payback;
    grid.add_row([
        "paid back".into(),
        String::new(),
        date(back.p10),
        String::new(),
        date(back.p50),
        date(back.p80),
        date(back.p90),
    ]);
    if let Some(peak) = &case.peak_funding {
        let [mean, p10, p50, p80, p90] = band(peak);
        grid.add_row(["peak funding".into(), mean, p10, String::new(), p50, p80, p90]);
    }
    let mut out = format!(
        "\nBusiness case, discounted to {} at {:.1} %\n{}\n",
        case.valuation_date,
        case.discount_rate * 100.0,
        grid.trim_fmt()
    );
    let chance = &case.npv_positive;
    out.push_str(&format!(
        "\nNPV above zero with {} ({} .. {}); exceeded with 80 % probability: {} {currency}\n",
        percent(chance.value),
        percent(chance.low),
        percent(chance.high),
        npv(20)
    ));
    if let Some(ratio) = case.benefit_cost_ratio {
        out.push_str(&format!("benefits are worth {ratio:.2} times the costs (ratio of the means)\n"));
    }
    if let Some(risk) = case.value_at_risk_95 {
        out.push_str(&format!("value at risk, 95 %: {} {currency}\n", whole(risk)));
    }
    if let Some(cost) = case.month_of_delay {
        out.push_str(&format!(
            "a month of delay of all benefits costs {} {currency} on average\n",
            whole(cost)
        ));
    }
    if let Some(months) = case.break_even_delay_months {
        let finish = case.break_even_finish.map_or(String::new(), |date| format!(": a finish on {date}"));
        out.push_str(&format!(
            "the mean stays above zero up to {months} months of delay of the plan{finish}\n"
        ));
    }
    out
}
