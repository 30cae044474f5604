//! All charts of a report.

use rayon::prelude::*;

use super::scene::Scene;
use super::{
    ChartError, before_after, breakdown, cash_flow, cost, criticality, drawdown, eac, finish, float_map,
    frontier, heat, influence, iteration, joint, milestones, npv, png, schedule, svg, tornado, trend,
    waterfall,
};
use crate::report::{Analysis, Comparison, ProgressReport, PurchaseReport, ReplayReport, Report};

/// A picture, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartFile {
    /// The name of the file, such as `finish.png`.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Draws every chart of a report, each as PNG and as SVG: `finish`, `cost` where anything has a cost,
/// `milestones` and `criticality`; `varies-finish` and `varies-cost` where an input goes together with them; `cashflow`,
/// `cost-breakdown` and `npv` where the scenario says something about money over time.
///
/// # Errors
/// [`ChartError`] if the drawing backend refuses; no report is known to cause it.
pub fn charts(report: &Report) -> Result<Vec<ChartFile>, ChartError> {
    type Draw = fn(&Report) -> Scene;
    let all: [(&str, Draw, bool); 4] = [
        ("finish", finish::scene, true),
        ("cost", cost::scene, report.has_costs),
        ("milestones", milestones::scene, true),
        ("criticality", criticality::scene, true),
    ];
    let mut scenes: Vec<(&str, Scene)> = all
        .into_iter()
        .filter(|(_, _, wanted)| *wanted)
        .map(|(name, draw, _)| (name, draw(report)))
        .collect();
    scenes.extend(influence::finish(report).map(|scene| ("varies-finish", scene)));
    scenes.extend(influence::cost(report).map(|scene| ("varies-cost", scene)));
    scenes.extend(cash_flow::scene(report).map(|scene| ("cashflow", scene)));
    scenes.extend(breakdown::scene(report).map(|scene| ("cost-breakdown", scene)));
    scenes.extend(npv::scene(report).map(|scene| ("npv", scene)));
    paint_all(scenes.into_par_iter())
}

/// Draws every chart of an analysis whose section it has, each as PNG and as SVG.
///
/// # Errors
/// [`ChartError`] if the drawing backend refuses; no analysis is known to cause it.
pub fn analysis_charts(analysis: &Analysis) -> Result<Vec<ChartFile>, ChartError> {
    type Draw = fn(&Analysis) -> Option<Scene>;
    let all: [(&str, Draw); 9] = [
        ("tornado-finish", tornado::finish),
        ("tornado-cost", tornado::cost),
        ("joint", joint::scene),
        ("float-map", float_map::scene),
        ("schedule", |analysis| Some(schedule::scene(&analysis.report))),
        ("waterfall-finish", waterfall::finish),
        ("waterfall-cost", waterfall::cost),
        ("risk-map", heat::scene),
        ("drawdown", drawdown::scene),
    ];
    paint_all(all.into_par_iter().filter_map(|(name, draw)| Some((name, draw(analysis)?))))
}

/// Draws every chart of a comparison, each as PNG and as SVG: `comparison-finish`, and `comparison-cost` where
/// anything has a cost.
///
/// # Errors
/// [`ChartError`] if the drawing backend refuses; no comparison is known to cause it.
pub fn comparison_charts(comparison: &Comparison) -> Result<Vec<ChartFile>, ChartError> {
    type Draw = fn(&Comparison) -> Option<Scene>;
    let all: [(&str, Draw); 2] =
        [("comparison-finish", before_after::finish), ("comparison-cost", before_after::cost)];
    paint_all(all.into_par_iter().filter_map(|(name, draw)| Some((name, draw(comparison)?))))
}

/// Draws the chart of one iteration, `iteration`, as PNG and as SVG.
///
/// # Errors
/// [`ChartError`] if the drawing backend refuses; no iteration is known to cause it.
pub fn replay_charts(replay: &ReplayReport) -> Result<Vec<ChartFile>, ChartError> {
    paint_all([("iteration", iteration::scene(replay))].into_par_iter())
}

/// Draws the charts of a program under way, each as PNG and as SVG: `eac` where anything has a budget, `trend`
/// and `milestone-trend` from the second forecast on.
///
/// # Errors
/// [`ChartError`] if the drawing backend refuses; no report is known to cause it.
pub fn progress_charts(report: &Report, progress: &ProgressReport) -> Result<Vec<ChartFile>, ChartError> {
    type Draw = fn(&Report, &ProgressReport) -> Option<Scene>;
    let all: [(&str, Draw); 3] =
        [("eac", eac::scene), ("trend", trend::finish), ("milestone-trend", trend::milestones)];
    paint_all(all.into_par_iter().filter_map(|(name, draw)| Some((name, draw(report, progress)?))))
}

/// Draws the frontier of a purchase, as PNG and as SVG.
///
/// # Errors
/// [`ChartError`] if the drawing backend refuses; no purchase is known to cause it.
pub fn purchase_charts(purchase: &PurchaseReport) -> Result<Vec<ChartFile>, ChartError> {
    paint_all([("frontier", frontier::scene(purchase))].into_par_iter())
}

/// Paints scenes in every format, collected in their order whichever is done first.
fn paint_all<'a>(
    scenes: impl ParallelIterator<Item = (&'a str, Scene)>,
) -> Result<Vec<ChartFile>, ChartError> {
    type Paint = fn(&Scene) -> Result<Vec<u8>, String>;
    let paints: [(&str, Paint); 2] = [("png", png::paint), ("svg", svg::paint)];
    let files = scenes.map(|(name, scene)| {
        let file = |(format, paint): (&str, Paint)| {
            let name = format!("{name}.{format}");
            let bytes = paint(&scene).map_err(|why| ChartError::Draw { chart: name.clone(), why })?;
            Ok(ChartFile { name, bytes })
        };
        paints.into_iter().map(file).collect::<Result<Vec<_>, ChartError>>()
    });
    Ok(files.collect::<Result<Vec<_>, ChartError>>()?.into_iter().flatten().collect())
}
