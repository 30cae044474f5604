//! All charts of a report.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::scene::{Scene, Shape};
use super::style::WIDTH;
use super::{
    ChartError, before_after, breakdown, cash_flow, cost, criticality, drawdown, eac, finish, float_map,
    frontier, heat, influence, iteration, joint, milestones, npv, png, portfolio, schedule, shaping, svg,
    sweep, throughput, tornado, trend, waterfall, words::Words,
};
use crate::report::{
    Analysis, Comparison, ProgressReport, PurchaseReport, ReplayReport, Report, SweepOverview, SweepSpot,
    ThroughputReport,
};

/// A chart of one answer, laid out and not yet painted.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// Its name, such as `finish`; files are called after it.
    pub name: &'static str,
    scene: Scene,
}

/// A picture, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartFile {
    /// The name of the file, such as `finish.png`.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Drawing {
    /// What it shows, in a few words.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.scene.title
    }

    /// What it says, in a sentence for those who cannot see it.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.scene.description
    }

    /// Width and height on paper, in design units.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        (WIDTH, self.scene.height)
    }

    /// What is on the paper, from the back to the front, in design units from the upper left corner.
    #[must_use]
    pub fn shapes(&self) -> &[Shape] {
        &self.scene.shapes
    }

    /// The picture as SVG.
    ///
    /// # Errors
    /// [`ChartError`] if the drawing backend refuses; no drawing is known to cause it.
    pub fn svg(&self) -> Result<Vec<u8>, ChartError> {
        svg::paint(&self.scene).map_err(|why| ChartError::Draw { chart: format!("{}.svg", self.name), why })
    }

    /// The picture as PNG.
    ///
    /// # Errors
    /// As for [`Drawing::svg`].
    pub fn png(&self) -> Result<Vec<u8>, ChartError> {
        png::paint(&self.scene).map_err(|why| ChartError::Draw { chart: format!("{}.png", self.name), why })
    }
}

/// The charts of a report: `finish`, `cost` where anything has a cost, `milestones` and `criticality`; `varies-finish`
/// and `varies-cost` where an input goes together with them; `cashflow`, `cost-breakdown` and `npv` where the scenario
/// says something about money over time; `portfolio-dates` and `portfolio-budgets` of a portfolio.
#[must_use]
pub fn charts(report: &Report, words: Words) -> Vec<Drawing> {
    type Draw = fn(&Report, Words) -> Option<Scene>;
    let all: [(&'static str, Draw); 11] = [
        ("finish", |report, words| Some(finish::scene(report, words))),
        ("cost", |report, words| report.has_costs.then(|| cost::scene(report, words))),
        ("milestones", |report, words| Some(milestones::scene(report, words))),
        ("criticality", |report, words| Some(criticality::scene(report, words))),
        ("varies-finish", influence::finish),
        ("varies-cost", influence::cost),
        ("cashflow", cash_flow::scene),
        ("cost-breakdown", breakdown::scene),
        ("npv", npv::scene),
        ("portfolio-dates", portfolio::dates),
        ("portfolio-budgets", portfolio::budgets),
    ];
    lay_out(all, |draw| draw(report, words))
}

/// The charts of an analysis whose section it has.
#[must_use]
pub fn analysis_charts(analysis: &Analysis, words: Words) -> Vec<Drawing> {
    type Draw = fn(&Analysis, Words) -> Option<Scene>;
    let all: [(&'static str, Draw); 9] = [
        ("tornado-finish", tornado::finish),
        ("tornado-cost", tornado::cost),
        ("joint", joint::scene),
        ("float-map", float_map::scene),
        ("schedule", |analysis, words| Some(schedule::scene(&analysis.report, words))),
        ("waterfall-finish", waterfall::finish),
        ("waterfall-cost", waterfall::cost),
        ("risk-map", heat::scene),
        ("drawdown", drawdown::scene),
    ];
    lay_out(all, |draw| draw(analysis, words))
}

/// The charts of a comparison: `comparison-finish`, and `comparison-cost` where anything has a cost.
#[must_use]
pub fn comparison_charts(comparison: &Comparison) -> Vec<Drawing> {
    type Draw = fn(&Comparison) -> Option<Scene>;
    let all: [(&'static str, Draw); 2] =
        [("comparison-finish", before_after::finish), ("comparison-cost", before_after::cost)];
    lay_out(all, |draw| draw(comparison))
}

/// The chart of one iteration: `iteration`.
#[must_use]
pub fn replay_charts(replay: &ReplayReport) -> Vec<Drawing> {
    vec![Drawing { name: "iteration", scene: iteration::scene(replay) }]
}

/// The charts of a program under way: `eac` where anything has a budget, `trend` and `milestone-trend` from the
/// second forecast on.
#[must_use]
pub fn progress_charts(report: &Report, progress: &ProgressReport, words: Words) -> Vec<Drawing> {
    type Draw = fn(&Report, &ProgressReport, Words) -> Option<Scene>;
    let all: [(&'static str, Draw); 3] =
        [("eac", eac::scene), ("trend", trend::finish), ("milestone-trend", trend::milestones)];
    lay_out(all, |draw| draw(report, progress, words))
}

/// How finish, cost and net present value follow what a sweep varies: `sweep-finish`, `sweep-cost` and `sweep-npv`
/// where there are any.
#[must_use]
pub fn sweep_charts(overview: &SweepOverview, spots: &[SweepSpot], words: Words) -> Vec<Drawing> {
    let all = [("sweep-finish", "finish"), ("sweep-cost", "cost"), ("sweep-npv", "npv")];
    lay_out(all, |outcome| sweep::scene(overview, spots, outcome, words))
}

/// The frontier of a purchase: `frontier`.
#[must_use]
pub fn purchase_charts(purchase: &PurchaseReport, words: Words) -> Vec<Drawing> {
    vec![Drawing { name: "frontier", scene: frontier::scene(purchase, words) }]
}

/// The chart of a throughput forecast: `throughput`; none if nothing was asked.
#[must_use]
pub fn throughput_chart(report: &ThroughputReport, words: Words) -> Option<Drawing> {
    throughput::scene(report, words).map(|scene| Drawing { name: "throughput", scene })
}

/// Those of the drawings that there is something to show in, in their order whichever is done first.
fn lay_out<D: Send, const N: usize>(
    all: [(&'static str, D); N],
    draw: impl Fn(D) -> Option<Scene> + Sync,
) -> Vec<Drawing> {
    let drawn = all.into_par_iter().filter_map(|(name, how)| Some(Drawing { name, scene: draw(how)? }));
    drawn.collect()
}

/// The characters in these drawings that no font of the process has, and that PNG and PDF show as boxes.
#[must_use]
pub fn lacking_characters(drawings: &[Drawing]) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    for shape in drawings.iter().flat_map(Drawing::shapes) {
        if let Shape::Text(text) = shape {
            shaping::lacking(&text.text, text.bold, &mut found);
        }
    }
    found
}

/// Every drawing as PNG and as SVG, in their order.
///
/// # Errors
/// [`ChartError`] if the drawing backend refuses; no drawing is known to cause it.
pub fn chart_files(drawings: &[Drawing]) -> Result<Vec<ChartFile>, ChartError> {
    let files = drawings.par_iter().map(|drawing| {
        let file = |format: &str, bytes| ChartFile { name: format!("{}.{format}", drawing.name), bytes };
        Ok([file("png", drawing.png()?), file("svg", drawing.svg()?)])
    });
    Ok(files.collect::<Result<Vec<_>, ChartError>>()?.into_iter().flatten().collect())
}
