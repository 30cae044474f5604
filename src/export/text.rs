//! The summary that a person reads in a terminal.

use jiff::civil::Date;

use super::grid::{grid, percent, whole};
use crate::report::{InfluenceRow, Report, TargetChance, grouped};
use crate::units::Percentile;

/// How many tasks, waits and risks the summary lists.
const TOP: usize = 10;
/// An interval that is wider than this share of the range from P10 to P90 is too wide to quote its percentile.
const WIDEST: f64 = 0.2;
/// How many influences on finish and cost the summary lists.
const TOP_INFLUENCES: usize = 6;

/// The levels of the summary, besides those that the program asks for.
const LEVELS: [Percentile; 5] =
    [Percentile::whole(10), Percentile::P50, Percentile::P80, Percentile::whole(90), Percentile::whole(95)];

/// The summary as plain text.
#[must_use]
pub fn to_text(report: &Report, confidence: &[Percentile]) -> String {
    let mut out = String::new();
    let manifest = &report.manifest;
    match &manifest.variant {
        Some(variant) => out.push_str(&format!("{}, variant {variant}\n", report.program)),
        None => out.push_str(&format!("{}\n", report.program)),
    }
    out.push_str(&format!(
        "starts {}, {} iterations, {} sampling, seed {}\n\n",
        report.start,
        grouped(manifest.iterations as f64, 0),
        manifest.sampler,
        manifest.seed
    ));
    out.push_str(&forecast(report, confidence));
    out.push_str(&commitments(report));
    out.push_str(&super::portfolio::portfolio(report));
    out.push_str(&projects(report));
    out.push_str(&milestones(report));
    out.push_str(&drivers(report));
    out.push_str(&influences(report));
    out.push_str(&waits(report));
    out.push_str(&branches(report));
    out.push_str(&risks(report));
    out.push_str(&risk_drivers(report));
    out.push_str(&correlations(report));
    out.push_str(&super::money::money(report));
    out.push_str(&super::outside_view::outside_view(report));
    out.push_str(&remarks(report, confidence));
    out
}

/// The percentiles that are printed.
fn levels(confidence: &[Percentile]) -> Vec<Percentile> {
    let mut levels: Vec<Percentile> = LEVELS.iter().chain(confidence).copied().collect();
    levels.sort_unstable();
    levels.dedup();
    levels
}

fn forecast(report: &Report, confidence: &[Percentile]) -> String {
    let levels = levels(confidence);
    let money = format!("cost {}", report.currency.code());
    let mut header = vec!["", "finish", "95 % interval", "work days"];
    if report.has_costs {
        header.extend([money.as_str(), "95 % interval"]);
    }
    let mut grid = grid(&header, &[0, 1, 2]);
    let mut row = |name: String, finish: [String; 3], cost: [String; 2]| {
        let cells = [name].into_iter().chain(finish);
        if report.has_costs {
            grid.add_row(cells.chain(cost));
        } else {
            grid.add_row(cells);
        }
    };
    let per_day = report.minutes_per_day;
    let days = |minutes: i32| grouped(f64::from(minutes) / f64::from(per_day), 1);
    let plan = report.finish.plan.as_ref();
    row(
        "plan".into(),
        [
            plan.map_or("never".into(), |plan| plan.date.to_string()),
            report.finish.plan_probability.map_or(String::new(), |p| format!("{} likely", percent(p))),
            plan.map_or(String::new(), |plan| days(plan.working_minutes)),
        ],
        [
            report.cost.plan.map_or(String::new(), whole),
            report.cost.plan_probability.map_or(String::new(), |p| format!("{} likely", percent(p))),
        ],
    );
    for p in levels {
        let date = report.finish.percentile(p);
        let cost = report.cost.percentile(p);
        row(
            p.to_string(),
            [
                date.map_or("never".into(), |date| date.value.date.to_string()),
                date.map_or(String::new(), |date| interval(date.low, date.high)),
                date.map_or(String::new(), |date| days(date.value.working_minutes)),
            ],
            [
                cost.map_or(String::new(), |cost| whole(cost.value)),
                cost.map_or(String::new(), |cost| format!("{} .. {}", whole(cost.low), whole(cost.high))),
            ],
        );
    }
    let (mean, cost_mean) = (report.finish.mean.as_ref(), report.cost.mean);
    row(
        "mean".into(),
        [
            mean.map_or("-".into(), |mean| mean.value.date.to_string()),
            mean.map_or(String::new(), |mean| interval(mean.low, mean.high)),
            mean.map_or(String::new(), |mean| days(mean.value.working_minutes)),
        ],
        [
            cost_mean.map_or("-".into(), |mean| whole(mean.value)),
            cost_mean.map_or(String::new(), |mean| format!("{} .. {}", whole(mean.low), whole(mean.high))),
        ],
    );
    row(
        "sd".into(),
        [
            report.finish.sd_days.map_or("-".into(), |sd| format!("{sd:.1} days")),
            String::new(),
            String::new(),
        ],
        [report.cost.sd.map_or("-".into(), whole), String::new()],
    );
    format!("{}\n", grid.trim_fmt())
}

fn commitments(report: &Report) -> String {
    let mut out = String::from("\n");
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    if let Some((date, chance)) = &report.finish.target {
        line(format!("target finish {date}: {}", chance_text(chance)));
    }
    if let Some((budget, chance)) = &report.cost.target {
        line(format!("target budget {} {}: {}", whole(*budget), report.currency.code(), chance_text(chance)));
    }
    if let Some(joint) = &report.joint_target {
        line(format!("both targets together: {}", percent(joint.probability)));
    }
    let mut contingency = Vec::new();
    if let (Some(calendar), Some(working)) =
        (report.finish.contingency_p80_calendar_days, report.finish.contingency_p80_working_days)
    {
        contingency.push(format!("{calendar:.0} calendar days ({working:.0} working days)"));
    }
    if let Some(amount) = report.cost.contingency_p80.filter(|_| report.has_costs) {
        contingency.push(format!("{} {}", whole(amount), report.currency.code()));
    }
    if !contingency.is_empty() {
        line(format!("contingency at P80 above the plan: {}", contingency.join(", ")));
    }
    if let Some(reserve) = report.management_reserve {
        let p80 = report.cost.percentile(Percentile::P80).map(|point| whole(point.value + reserve));
        let with = p80.map_or(String::new(), |p80| format!("; P80 with it: {p80}"));
        let currency = report.currency.code();
        line(format!("management reserve, a policy above contingency: {} {currency}{with}", whole(reserve)));
    }
    if let Some(joint) = &report.joint_p80 {
        line(format!("the P80 date and the P80 budget hold together in {}", percent(joint.probability)));
    }
    out
}

fn projects(report: &Report) -> String {
    if report.projects.is_empty() {
        return String::new();
    }
    let mut header = vec!["project", "plan", "P50", "P80", "target", "chance", "drives"];
    if report.has_costs {
        header.extend(["cost P50", "cost P80", "budget", "chance"]);
    }
    let mut grid = grid(&header, &[0, 1, 2, 3, 4]);
    for row in &report.projects {
        let depth = row.id.matches('.').count();
        let mut cells = vec![format!("{}{}", "  ".repeat(depth), row.name)];
        cells.extend(dates(&row.finish));
        cells.push(percent(row.drives));
        if report.has_costs {
            let at = |p| row.cost.percentile(p).map_or("-".into(), |point| whole(point.value));
            cells.extend([at(Percentile::P50), at(Percentile::P80)]);
            let target = row.cost.target.as_ref();
            cells.push(target.map_or(String::new(), |(budget, _)| whole(*budget)));
            cells.push(target.map_or(String::new(), |(_, chance)| percent(chance.value)));
        }
        grid.add_row(cells);
    }
    format!("\nProjects\n{}\n", grid.trim_fmt())
}

fn milestones(report: &Report) -> String {
    if report.milestones.is_empty() {
        return String::new();
    }
    let mut grid = grid(&["milestone", "plan", "P50", "P80", "target", "chance"], &[0, 1, 2, 3, 4]);
    for row in &report.milestones {
        grid.add_row([row.name.clone()].into_iter().chain(dates(&row.finish)));
    }
    format!("\nMilestones\n{}\n", grid.trim_fmt())
}

fn dates(finish: &crate::report::DateReport) -> [String; 5] {
    let at = |p| finish.percentile(p).map_or("never".into(), |point| point.value.date.to_string());
    let target = finish.target.as_ref();
    [
        finish.plan.as_ref().map_or("-".into(), |plan| plan.date.to_string()),
        at(Percentile::P50),
        at(Percentile::P80),
        target.map_or(String::new(), |(date, _)| date.to_string()),
        target.map_or(String::new(), |(_, chance)| percent(chance.value)),
    ]
}

fn drivers(report: &Report) -> String {
    let rows = report.top_drivers(TOP);
    if rows.is_empty() {
        return String::new();
    }
    let mut grid = grid(&["driving", "critical", "task", "id", "plan days", "mean", "sd"], &[2, 3]);
    for row in rows {
        grid.add_row([
            percent(row.driving),
            percent(row.criticality),
            row.label.clone(),
            row.id.clone(),
            format!("{:.1}", row.plan_duration_days),
            format!("{:.1}", row.duration_mean_days),
            format!("{:.1}", row.duration_sd_days),
        ]);
    }
    format!("\nWhat most often drives the finish\n{}\n", grid.trim_fmt())
}

/// What finish and cost go with most.
fn influences(report: &Report) -> String {
    let table = |rows: &[InfluenceRow], of: &str| {
        if rows.is_empty() {
            return String::new();
        }
        let mut grid = grid(&["correlation", "explains", "", "id", ""], &[2, 3, 4]);
        for row in rows.iter().take(TOP_INFLUENCES) {
            grid.add_row([
                format!("{:+.2}", row.correlation),
                percent(row.explains),
                row.kind.to_owned(),
                row.id.clone(),
                row.label.clone(),
            ]);
        }
        format!(
            "\nWhat the {of} varies with (explains: its square, a share of the variance)\n{}\n",
            grid.trim_fmt()
        )
    };
    table(&report.finish_influences, "finish") + &table(&report.cost_influences, "cost")
}

fn waits(report: &Report) -> String {
    let rows = report.top_waits(TOP);
    if rows.is_empty() {
        return String::new();
    }
    let mut grid = grid(&["waits", "mean days", "task", "id"], &[2, 3]);
    for row in rows {
        grid.add_row([
            percent(row.waits),
            format!("{:.1}", row.wait_days),
            row.label.clone(),
            row.id.clone(),
        ]);
    }
    format!("\nWaiting for windows and freezes (calendar days)\n{}\n", grid.trim_fmt())
}

fn branches(report: &Report) -> String {
    let rows = report.top_branches(TOP);
    if rows.is_empty() {
        return String::new();
    }
    let mut grid = grid(&["exists", "days then", "task", "id"], &[2, 3]);
    for row in rows {
        // The mean counts the iterations without it as zero.
        let days = if row.exists > 0.0 { row.duration_mean_days / row.exists } else { 0.0 };
        grid.add_row([percent(row.exists), format!("{days:.1}"), row.label.clone(), row.id.clone()]);
    }
    format!("\nWhat exists in some iterations only\n{}\n", grid.trim_fmt())
}

fn risks(report: &Report) -> String {
    let rows = report.top_risks(TOP);
    if rows.is_empty() {
        return String::new();
    }
    let money = format!("cost {}", report.currency.code());
    let mut header = vec!["risk", "occurs", "days on tasks", "days on finish"];
    if report.has_costs {
        header.push(&money);
    }
    header.push("title");
    let title = header.len() - 1;
    let mut grid = grid(&header, &[0, title]);
    for row in rows {
        let mut cells = vec![
            row.id.clone(),
            percent(row.frequency),
            format!("{:.1}", row.task_delay_mean_days),
            effect(row.finish_effect_days, row.finish_effect_error_days, |days| format!("{days:.1}")),
        ];
        if report.has_costs {
            cells.push(effect(row.cost_effect, row.cost_effect_error, whole));
        }
        cells.push(row.title.clone());
        grid.add_row(cells);
    }
    let mut out = format!("\nWhat the largest risks add to the mean\n{}\n", grid.trim_fmt());
    let escalated = report.risks.iter().filter(|row| row.exposure.is_some_and(|exposure| exposure.escalate));
    let escalated: Vec<&str> = escalated.map(|row| row.id.as_str()).collect();
    if !escalated.is_empty() {
        out.push_str(&format!("To be escalated by exposure: {}\n", escalated.join(", ")));
    }
    out
}

fn risk_drivers(report: &Report) -> String {
    let mut rows: Vec<_> = report.drivers.iter().filter(|row| row.frequency > 0.0).collect();
    if rows.is_empty() {
        return String::new();
    }
    let size = |days: f64| days.abs();
    rows.sort_by(|a, b| {
        size(b.task_delay_mean_days).total_cmp(&size(a.task_delay_mean_days)).then_with(|| a.id.cmp(&b.id))
    });
    rows.truncate(TOP);
    let money = format!("cost {}", report.currency.code());
    let mut header = vec!["driver", "occurs", "factor", "tasks", "days on tasks", "days on finish"];
    if report.has_costs {
        header.push(&money);
    }
    header.push("title");
    let title = header.len() - 1;
    let mut grid = grid(&header, &[0, title]);
    for row in rows {
        let mut cells = vec![
            row.id.clone(),
            percent(row.frequency),
            row.factor_mean.map_or("-".into(), |mean| format!("{mean:.2}")),
            row.tasks.to_string(),
            format!("{:.1}", row.task_delay_mean_days),
            effect(row.finish_effect_days, row.finish_effect_error_days, |days| format!("{days:.1}")),
        ];
        if report.has_costs {
            cells.push(effect(row.cost_effect, row.cost_effect_error, whole));
        }
        cells.push(row.title.clone());
        grid.add_row(cells);
    }
    format!("\nWhat risk drivers add to the mean (factor where they occur)\n{}\n", grid.trim_fmt())
}

fn correlations(report: &Report) -> String {
    if report.correlations.is_empty() {
        return String::new();
    }
    let mut grid = grid(&["drawn together", "members", "wanted", "achieved"], &[0]);
    for row in report.correlations.iter().take(TOP) {
        grid.add_row([
            row.name.clone(),
            row.members.to_string(),
            format!("{:.2}", row.wanted),
            row.achieved.map_or("-".into(), |achieved| format!("{achieved:.2}")),
        ]);
    }
    let iterations = report.correlations.first().map_or(0, |row| row.iterations);
    let n = grouped(iterations as f64, 0);
    format!("\nRank correlations, in the first {n} iterations\n{}\n", grid.trim_fmt())
}

/// An effect that its own standard error does not drown.
fn effect(value: Option<f64>, error: Option<f64>, show: impl Fn(f64) -> String) -> String {
    match (value, error) {
        (Some(value), Some(error)) if value.abs() < 2.0 * error => "~0".into(),
        (Some(value), _) => show(value),
        (None, _) => "-".into(),
    }
}

/// The tasks that have no finish, most often first.
fn unfinished(report: &Report) -> String {
    let mut rows: Vec<_> = report.tasks.iter().filter(|row| row.never > 0.0).collect();
    if rows.is_empty() {
        return " (no window is left)".to_owned();
    }
    rows.sort_by(|a, b| b.never.total_cmp(&a.never).then_with(|| a.id.cmp(&b.id)));
    let names: Vec<String> =
        rows.iter().take(3).map(|row| format!("`{}` in {}", row.id, percent(row.never))).collect();
    let reason = match report.manifest.funding_cap {
        Some(_) => "no money or no window is left, or a test never passes,",
        None => "no window is left, or a test never passes,",
    };
    format!(": {reason} for {}", names.join(", "))
}

/// Printed percentiles whose intervals are too wide for them to be quoted.
fn too_wide(report: &Report, confidence: &[Percentile]) -> Option<String> {
    let levels = levels(confidence);
    let date = |p: Percentile| report.finish.percentile(p);
    let days = |from: Date, to: Date| f64::from((to - from).get_days());
    let date_range = date(LEVELS[0]).zip(date(LEVELS[3])).map(|(a, b)| days(a.value.date, b.value.date));
    let cost = |p: Percentile| report.cost.percentile(p).filter(|_| report.has_costs);
    let cost_range = cost(LEVELS[0]).zip(cost(LEVELS[3])).map(|(a, b)| b.value - a.value);
    let wide = levels.into_iter().filter_map(|p| {
        // A day more or less is what a date says anyway.
        let of_date = date(p).zip(date_range).filter(|(_, range)| *range > 0.0).map(|(point, range)| {
            let width = point.high.map_or(f64::INFINITY, |high| days(point.low, high));
            if width > 2.0 { width / range } else { 0.0 }
        });
        let of_cost = cost(p).zip(cost_range).filter(|(_, range)| *range > 0.0);
        let of_cost = of_cost.map(|(point, range)| (point.high - point.low) / range);
        let share = of_date.unwrap_or(0.0).max(of_cost.unwrap_or(0.0));
        (share > WIDEST).then_some((p, share))
    });
    let wide: Vec<(Percentile, f64)> = wide.collect();
    let most = wide.iter().map(|(_, share)| *share).fold(0.0, f64::max);
    let names: Vec<String> = wide.iter().map(|(p, _)| p.to_string()).collect();
    // Intervals shrink with the root of the number of iterations.
    let needed = report.manifest.iterations as f64 * (most / WIDEST) * (most / WIDEST);
    let cure = match needed {
        needed if needed <= 1e8 => format!("simulate more, about `-n {}`", needed.round() as u64),
        _ => "simulate more".to_owned(),
    };
    (!wide.is_empty()).then(|| {
        format!(
            "\nToo uncertain to be quoted: {}, whose 95 % interval is wider than a fifth of the range from P10 to P90; {cure}.\n",
            names.join(", ")
        )
    })
}

fn remarks(report: &Report, confidence: &[Percentile]) -> String {
    let mut out = String::new();
    if report.finish.never_share > 0.0 {
        out.push_str(&format!(
            "\n{} of the iterations have no finish{}; they count as later than every date.\n",
            percent(report.finish.never_share),
            unfinished(report)
        ));
    }
    if let Some(advice) = too_wide(report, confidence) {
        out.push_str(&advice);
    }
    if report.clamped_share > 0.001 {
        out.push_str(&format!(
            "\n{} of the durations fell below zero and were held at zero: look at unbounded laws and negative impacts.\n",
            percent(report.clamped_share)
        ));
    }
    if report.intervals_conservative {
        out.push_str("\nFewer than 16 blocks of 512 iterations: the intervals are conservative.\n");
    }
    out
}

fn interval(low: Date, high: Option<Date>) -> String {
    match high {
        Some(high) if high == low => format!("{low}"),
        Some(high) => format!("{low} .. {high}"),
        None => format!("{low} .. never"),
    }
}

fn chance_text(chance: &TargetChance) -> String {
    format!("{} ({} .. {})", percent(chance.value), percent(chance.low), percent(chance.high))
}
