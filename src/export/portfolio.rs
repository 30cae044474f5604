//! Several programs together as text.

use super::grid::{grid, percent, whole};
use crate::report::{MemberRow, PortfolioLevel, PortfolioReport, Report, TargetChance};
use crate::units::Percentile;

/// The programs of a portfolio and what holds of all of them; nothing where there is one program.
pub(super) fn portfolio(report: &Report) -> String {
    let Some(portfolio) = &report.portfolio else { return String::new() };
    let code = report.currency.code();
    let mut header = vec!["program", "plan", "P50", "P80", "target", "chance"];
    let cost = format!("cost {code} P50");
    if report.has_costs {
        header.extend([cost.as_str(), "P80", "budget", "chance", "both"]);
    }
    if portfolio.has_values() {
        header.extend(["NPV P20", "P50", "> 0"]);
    }
    let mut grid = grid(&header, &[0, 1, 2, 3, 4]);
    for row in &portfolio.programs {
        grid.add_row(cells(row, report.has_costs, portfolio.has_values()));
    }
    let mut out = format!("\nPrograms\n{}\n", grid.trim_fmt());
    out.push_str(&promises(portfolio));
    if let Some(level) = portfolio.level(Percentile::P80) {
        out.push_str(&together(level, portfolio, report));
    }
    out
}

fn cells(row: &MemberRow, has_costs: bool, has_values: bool) -> Vec<String> {
    let date = |p| row.finish.percentile(p).map_or("never".to_owned(), |date| date.value.date.to_string());
    let target = row.finish.target.as_ref();
    let mut cells = vec![
        row.name.clone(),
        row.finish.plan.as_ref().map_or("never".to_owned(), |plan| plan.date.to_string()),
        date(Percentile::P50),
        date(Percentile::P80),
        target.map_or(String::new(), |(date, _)| date.to_string()),
        target.map_or(String::new(), |(_, chance)| percent(chance.value)),
    ];
    if has_costs {
        let at = |p| row.cost.percentile(p).map_or("-".to_owned(), |point| whole(point.value));
        let budget = row.cost.target.as_ref();
        cells.extend([at(Percentile::P50), at(Percentile::P80)]);
        cells.push(budget.map_or(String::new(), |(budget, _)| whole(*budget)));
        cells.push(budget.map_or(String::new(), |(_, chance)| percent(chance.value)));
        cells.push(row.both_targets.map_or(String::new(), |chance| percent(chance.value)));
    }
    if has_values {
        let npv = |p| row.npv.as_ref().and_then(|npv| npv.percentile(p));
        let at = |p| npv(p).map_or("-".to_owned(), |point| whole(point.value));
        cells.extend([at(Percentile::whole(20)), at(Percentile::P50)]);
        cells.push(row.npv_positive.map_or(String::new(), |chance| percent(chance.value)));
    }
    cells
}

/// How probable it is that promises hold at once.
fn promises(portfolio: &PortfolioReport) -> String {
    let shown = |chance: TargetChance| {
        format!("{} ({} .. {})", percent(chance.value), percent(chance.low), percent(chance.high))
    };
    let named = [
        ("all dates hold", portfolio.all_dates),
        ("all budgets hold", portfolio.all_budgets),
        (
            "all dates and budgets hold",
            portfolio.all_promises.filter(|_| portfolio.all_dates.and(portfolio.all_budgets).is_some()),
        ),
    ];
    let lines = named.into_iter().filter_map(|(name, chance)| Some(format!("{name}: {}\n", shown(chance?))));
    lines.collect()
}

/// What it takes at one level, apart and together.
fn together(level: &PortfolioLevel, portfolio: &PortfolioReport, report: &Report) -> String {
    let (mut out, code) = (String::new(), report.currency.code());
    let costs = level.cost_apart.zip(level.cost_together);
    if let Some((apart, together)) = costs.filter(|_| report.has_costs) {
        let effect = level.portfolio_effect.map_or_else(
            || "with what the portfolio bears itself".to_owned(),
            |effect| format!("portfolio effect: {} {code}", whole(effect)),
        );
        out.push_str(&format!(
            "P80 budgets added up: {} {code}; P80 of all together: {} {code}; {effect}\n",
            whole(apart),
            whole(together),
        ));
    }
    let list = |values: Vec<String>| {
        let named = portfolio.programs.iter().zip(values).map(|(row, value)| format!("{} {value}", row.id));
        named.collect::<Vec<_>>().join(", ")
    };
    if let Some(each) = level.dates_each {
        let dates = level.dates.iter().map(|date| date.map_or("never".to_owned(), |date| date.to_string()));
        out.push_str(&format!(
            "80 % that all finish in time takes {} each: {}\n",
            percent(each),
            list(dates.collect())
        ));
    }
    if let Some(each) = level.budgets_each.filter(|_| report.has_costs) {
        let budgets = level.budgets.iter().map(|budget| budget.map_or("-".to_owned(), whole));
        out.push_str(&format!(
            "80 % that all stay in budget takes {} each: {}\n",
            percent(each),
            list(budgets.collect())
        ));
    }
    out
}
