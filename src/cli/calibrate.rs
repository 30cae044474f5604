//! `p80 import --calibrate`: ranges from what past estimates became.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use super::import_args::ImportArgs;
use super::results_folder::write_file;
use super::{Exit, input, output, plan_file};
use crate::analysis::{Calibration, ENOUGH_PAIRS, FEWEST_PAIRS, calibrations};
use crate::import::{Fate, ImportFile, TemplateRange, past_tasks, with_templates};

/// Fits templates to a history, and writes them.
pub(super) fn calibrate(args: &ImportArgs, history: &Path) -> anyhow::Result<Exit> {
    let bytes = input::bytes(history)?;
    let name =
        history.file_stem().map_or_else(|| "table".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let (tasks, report) = past_tasks(&[ImportFile { name, bytes }], &args.options())
        .with_context(|| format!("`{}` cannot be read as a history", history.display()))?;
    let left_out = report.count(Fate::LeftOut);
    output::say(&format!(
        "{}: {} pairs of estimate and actual; {left_out} left out",
        history.display(),
        tasks.len()
    ));
    plan_file::say_summary(&report);
    let found = calibrations(&tasks);
    table(&found).iter().for_each(|line| output::say(line));
    if let Some(place) = &args.report {
        plan_file::write(place, &plan_file::table(&rows(&found))?)?;
    }
    let ranges: Vec<TemplateRange> = found.iter().filter_map(range).collect();
    if ranges.is_empty() {
        bail!(
            "too few pairs for a range: at least {FEWEST_PAIRS} whose actual values differ from their estimates are needed"
        );
    }
    let existing = match &args.merge {
        None => String::new(),
        Some(scenario) => {
            let bytes = input::bytes(scenario)?;
            String::from_utf8(bytes).with_context(|| format!("`{}` is not UTF-8 text", scenario.display()))?
        }
    };
    let merged = with_templates(&existing, &ranges)?;
    for entry in &merged.report.entries {
        let fate = if entry.fate == Fate::Changed { "renewed".to_owned() } else { entry.fate.to_string() };
        output::say(&format!("  {fate}: {} {}: {}", entry.kind, entry.id, entry.reason));
    }
    match args.out.as_deref().filter(|out| *out != Path::new("-")) {
        None => output::answer(merged.text.as_bytes())?,
        Some(out) => {
            let is_in_place = args.merge.as_deref() == Some(out);
            if fs::symlink_metadata(out).is_ok() && !args.force && !is_in_place {
                bail!("`{}` exists; name another file or use --force", out.display());
            }
            write_file(out, merged.text.as_bytes())
                .with_context(|| format!("failed to write `{}`", out.display()))?;
            output::say(&format!("wrote {}", out.display()));
        }
    }
    Ok(Exit::Done)
}

/// The template of a calibration, if it makes one.
fn range(found: &Calibration) -> Option<TemplateRange> {
    let (p10, p90) = found.range()?;
    let few = if found.pairs < ENOUGH_PAIRS { ", few" } else { "" };
    let note = format!(
        "{} pairs{few}; P10 {}, P90 {}",
        found.pairs,
        interval(found.p10.low, found.p10.high),
        interval(found.p90.low, found.p90.high)
    );
    Some(TemplateRange { category: found.category.clone(), p10, p90, note })
}

/// An interval of ratios as a range of shares.
fn interval(low: f64, high: f64) -> String {
    format!("{:+.0} % .. {:+.0} %", 100.0 * (low - 1.0), 100.0 * (high - 1.0))
}

/// What was found, for people.
fn table(found: &[Calibration]) -> Vec<String> {
    let mut lines = vec!["actual / estimate: P10, P50 and P90 with 95 % intervals".to_owned()];
    for one in found {
        let name = one.category.as_deref().unwrap_or("all");
        let ratio = |ratio: crate::analysis::Ratio| {
            format!("{:.2} [{:.2}, {:.2}]", ratio.value, ratio.low, ratio.high)
        };
        let verdict = match (one.range(), one.skewed_median()) {
            (None, _) if one.pairs < FEWEST_PAIRS => format!("; too few: at least {FEWEST_PAIRS} are needed"),
            (None, _) => "; no spread".to_owned(),
            (Some(_), _) if one.pairs < ENOUGH_PAIRS => {
                "; few: the range is little more than a guess".to_owned()
            }
            (Some(_), Some(median)) => {
                format!("; the template's median is {median:.2}, not {:.2}", one.p50.value)
            }
            (Some(_), None) => String::new(),
        };
        lines.push(format!(
            "  {name}: {} pairs, {}, {}, {}; {:.0} % took longer{verdict}",
            one.pairs,
            ratio(one.p10),
            ratio(one.p50),
            ratio(one.p90),
            100.0 * one.over
        ));
    }
    lines
}

/// What was found, as a table.
fn rows(found: &[Calibration]) -> Vec<[String; 13]> {
    let header = [
        "category",
        "pairs",
        "p10",
        "p10_low",
        "p10_high",
        "p50",
        "p50_low",
        "p50_high",
        "p90",
        "p90_low",
        "p90_high",
        "share_over",
        "sum_actual/sum_estimate",
    ];
    let row = |one: &Calibration| {
        let values = [one.p10, one.p50, one.p90]
            .map(|ratio| [ratio.value, ratio.low, ratio.high].map(|value| value.to_string()));
        let [[a, b, c], [d, e, f], [g, h, i]] = values;
        let category = one.category.clone().unwrap_or_default();
        [
            category,
            one.pairs.to_string(),
            a,
            b,
            c,
            d,
            e,
            f,
            g,
            h,
            i,
            one.over.to_string(),
            one.total.to_string(),
        ]
    };
    std::iter::once(header.map(str::to_owned)).chain(found.iter().map(row)).collect()
}
