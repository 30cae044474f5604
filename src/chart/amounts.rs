//! The confidence chart of an amount of money.

use super::confidence::{self, Confidence};
use super::finish::{bars, ends};
use super::marker::{Kind, Marker};
use super::money::{amount, money_axis};
use super::range::range;
use super::scene::Scene;
use super::words::{Words, interval};
use crate::report::{AmountReport, Bins};
use crate::units::{Currency, Percentile};

/// How an amount is spread, and how it is written.
pub(super) struct Amounts<'a> {
    report: &'a AmountReport,
    bins: &'a Bins,
    currency: Currency,
    words: Words,
    /// Lower end, upper end and share of every bar, in major units.
    bars: Vec<(f64, f64, f64)>,
    /// Whether minor units are written.
    is_small: bool,
}

impl<'a> Amounts<'a> {
    /// The amounts of some bins; [`None`] where nothing has been counted.
    pub(super) fn new(
        report: &'a AmountReport,
        bins: Option<&'a Bins>,
        currency: Currency,
        words: Words,
    ) -> Option<Self> {
        let bins = bins.filter(|bins| bins.counts.iter().any(|&count| count > 0))?;
        let bars = bars(bins, currency.minor_per_major() as f64);
        let (low, high) = ends(&bars);
        let is_small = low.abs().max(high.abs()) < 1_000.0;
        Some(Self { report, bins, currency, words, bars, is_small })
    }

    /// An amount without its currency.
    pub(super) fn shown(&self, value: f64) -> String {
        amount(self.words, self.currency, value, self.is_small)
    }

    /// An amount with its currency.
    pub(super) fn named(&self, value: f64) -> String {
        self.words.money(self.currency, &self.shown(value))
    }

    /// The markers of these percentiles and of the plan.
    pub(super) fn markers(&self, levels: [Percentile; 3]) -> Vec<Marker> {
        let marked = levels.into_iter().filter_map(|level| {
            let point = self.report.percentile(level)?;
            Some(Marker {
                kind: Kind::Level(level),
                at: point.value,
                value: self.named(point.value),
                share: Some(level.fraction()),
                interval: Some(interval(&self.shown(point.low), &self.shown(point.high))),
            })
        });
        let plan = self.report.plan.map(|plan| Marker {
            kind: Kind::Plan,
            at: plan,
            value: self.named(plan),
            share: self.report.plan_probability,
            interval: None,
        });
        marked.chain(plan).collect()
    }

    /// Draws the chart on its sheet; the name of the amount and what a value promises, such as `Cost at most`.
    pub(super) fn draw(self, scene: &mut Scene, markers: Vec<Marker>, name: &str, promise: &'static str) {
        let (words, currency) = (self.words, self.currency);
        let data = ends(&self.bars);
        let marks: Vec<f64> = markers.iter().map(|marker| marker.at).collect();
        let smallest = data.0.abs().max(data.1.abs()).max(1.0) / 50.0;
        let range = range(data, &marks, if self.bars.len() > 1 { 0.0 } else { smallest });
        let mut axis = money_axis(words, currency, range.0, range.1, 8);
        axis.name = format!("{name}, {}", axis.name);
        let points = self.report.percentiles.iter();
        let points = points.filter_map(|(level, point)| Some(((*point)?.value, level.fraction()))).collect();
        let width = self.bins.width as f64 / currency.minor_per_major() as f64;
        let decimals = if width < 1.0 { usize::from(currency.minor_digits()) } else { 0 };
        let per = format!("per {}", words.money(currency, &words.number(width, decimals)));
        let bars = self.bars.clone();
        let say = |value: f64| self.named(value);
        confidence::draw(
            scene,
            Confidence { points, bars, markers, range, axis, per, promise, say: &say, words },
        );
    }
}
