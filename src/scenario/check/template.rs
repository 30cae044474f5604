//! Estimate templates: a single value becomes a range.

use std::collections::BTreeMap;

use super::law::LawSpec;
use super::meter::{Measure, Meter};
use crate::diag::{Diagnostic, Place, code};
use crate::scenario::collect::duplicate;
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Many, Quantity, RawApplies, RawRanges, RawTemplate, Slot};
use crate::units::{Currency, WorkScale};

/// A template that has been read.
pub struct Template {
    id: At<String>,
    shape: Option<Shape>,
    duration: bool,
    cost: bool,
    used: bool,
}

/// A law relative to a single value.
#[derive(Clone, Copy)]
enum Shape {
    Pert { low: f64, mode: f64, high: f64, lambda: f64, ranges: RawRanges },
    Triangular { low: f64, mode: f64, high: f64, ranges: RawRanges },
    Uniform { low: f64, high: f64 },
    LogNormal { p10: f64, p90: f64 },
}

/// All templates, and which categories they are bound to.
#[derive(Default)]
pub struct Templates {
    all: Vec<Template>,
    by_category: BTreeMap<String, (usize, Option<Place>)>,
}

impl Templates {
    /// Reads the templates.
    pub fn read(
        raw: &[(At<String>, At<RawTemplate>)],
        ranges: RawRanges,
        currency: Currency,
        desk: &mut Desk<'_>,
    ) -> Self {
        let mut templates = Self::default();
        for (id, template) in raw {
            super::names::check_id(id, "an estimate template", desk);
            let meter = Meter::new(Measure::Share, WorkScale::default(), ranges, currency).signed();
            let shape = shape(&template.value, template.place(), meter, desk);
            let applies = template.value.applies.get();
            let applies = |what| applies.map(|Many(list)| list.iter().any(|at| at.value == what));
            templates.all.push(Template {
                id: id.clone(),
                shape,
                duration: applies(RawApplies::Duration).unwrap_or(true),
                cost: applies(RawApplies::Cost).unwrap_or(false),
                used: false,
            });
            let at = templates.all.len() - 1;
            for category in template.value.categories.get().into_iter().flat_map(|Many(list)| list) {
                let place = category.place.clone();
                if let Some((_, first)) = templates.by_category.get(&category.value) {
                    desk.problems.push(duplicate(
                        "category",
                        &category.value,
                        place.as_ref(),
                        first.as_ref(),
                    ));
                } else {
                    templates.by_category.insert(category.value.clone(), (at, place));
                }
            }
        }
        templates
    }

    /// The template that a reference names; an unknown one is reported.
    pub fn find(&mut self, name: &At<String>, desk: &mut Desk<'_>) -> Option<usize> {
        let found = self.all.iter().position(|template| template.id.value == name.value);
        if found.is_none() {
            let known: Vec<String> = self.all.iter().map(|template| template.id.value.clone()).collect();
            let known = known.iter().map(String::as_str);
            desk.unknown(code::UNKNOWN_TEMPLATE, "estimate template", name, known);
        }
        found
    }

    /// The template bound to a category.
    pub fn of_category(&self, category: Option<&str>) -> Option<usize> {
        self.by_category.get(category?).map(|&(at, _)| at)
    }

    /// The range that a template makes of a single value; `None` if it does not apply to this quantity.
    pub fn apply(&mut self, at: usize, point: f64, measure: Measure) -> Option<LawSpec> {
        let template = &mut self.all[at];
        let applies = if measure == Measure::Money { template.cost } else { template.duration };
        if !applies {
            return None;
        }
        template.used = true;
        // A certain zero has no range; a template that could not be read has been reported.
        if point == 0.0 {
            return Some(LawSpec::Fixed(0.0));
        }
        let by = |relative: f64| point + point * relative;
        Some(match template.shape {
            Some(Shape::Pert { low, mode, high, lambda, ranges }) => {
                LawSpec::Pert { low: by(low), mode: by(mode), high: by(high), lambda, ranges }
            }
            Some(Shape::Triangular { low, mode, high, ranges }) => {
                LawSpec::Triangular { low: by(low), mode: by(mode), high: by(high), ranges }
            }
            Some(Shape::Uniform { low, high }) => LawSpec::Uniform(by(low), by(high)),
            Some(Shape::LogNormal { p10, p90 }) => {
                LawSpec::LogNormalByPercentiles { p10: by(p10), p90: by(p90) }
            }
            None => LawSpec::Fixed(point),
        })
    }

    /// Reports templates that nothing uses.
    pub fn report_unused(&self, desk: &mut Desk<'_>) {
        for template in self.all.iter().filter(|template| !template.used) {
            let message = format!("the estimate template `{}` is never used", template.id.value);
            let help = "name it in `estimate` of a task, project or the program, or bind it to `categories`";
            desk.report(code::UNUSED_TEMPLATE, template.id.place(), message, help);
        }
    }
}

fn shape(raw: &RawTemplate, place: Option<&Place>, mut meter: Meter, desk: &mut Desk<'_>) -> Option<Shape> {
    let given = [
        !raw.pert.is_absent(),
        !raw.triangular.is_absent(),
        !raw.trigen.is_absent(),
        !raw.uniform.is_absent(),
        !raw.lognormal.is_absent(),
    ];
    if given.iter().filter(|&&given| given).count() != 1 {
        let help = "name one of `pert`, `triangular`, `trigen`, `uniform`, `lognormal`, such as \
                    pert = { low = -0.10, high = 0.45 }";
        desk.report(code::NOT_ONE_LAW, place, "an estimate template needs exactly one law", help);
        return None;
    }
    let defaults = meter.ranges;
    let ranges = |slot: &Slot<RawRanges>| slot.get().copied().unwrap_or(defaults);
    if let Some(at) = raw.pert.at() {
        let lambda = if at.value.lambda.is_absent() {
            Some(4.0)
        } else {
            desk.in_range(&at.value.lambda, 0.01, 1_000.0, "lambda")
        };
        let (low, mode, high) =
            relative(&at.value.low, Some(&at.value.mode), &at.value.high, at.place(), &mut meter, desk)?;
        return Some(Shape::Pert { low, mode, high, lambda: lambda?, ranges: ranges(&at.value.ranges) });
    }
    for (slot, is_trigen) in [(&raw.triangular, false), (&raw.trigen, true)] {
        if let Some(at) = slot.at() {
            let (low, mode, high) =
                relative(&at.value.low, Some(&at.value.mode), &at.value.high, at.place(), &mut meter, desk)?;
            let ranges = match ranges(&at.value.ranges) {
                RawRanges::P0P100 if is_trigen => RawRanges::P10P90,
                ranges => ranges,
            };
            return Some(Shape::Triangular { low, mode, high, ranges });
        }
    }
    if let Some(at) = raw.uniform.at() {
        let (low, _, high) = relative(&at.value.low, None, &at.value.high, at.place(), &mut meter, desk)?;
        return Some(Shape::Uniform { low, high });
    }
    let at = raw.lognormal.at()?;
    let (p10, _, p90) = relative(&at.value.p10, None, &at.value.p90, at.place(), &mut meter, desk)?;
    if p10 <= -1.0 || p10 == p90 {
        let message = "a lognormal range must lie above zero and have two different ends";
        desk.report(code::BAD_TEMPLATE, at.place(), message, "");
        return None;
    }
    Some(Shape::LogNormal { p10, p90 })
}

/// Ends relative to a single value, in order and not below -100 %.
fn relative(
    low: &Slot<Quantity>,
    mode: Option<&Slot<Quantity>>,
    high: &Slot<Quantity>,
    place: Option<&Place>,
    meter: &mut Meter,
    desk: &mut Desk<'_>,
) -> Option<(f64, f64, f64)> {
    desk.require("the template", "low", low, place);
    desk.require("the template", "high", high, place);
    let values = (meter.slot(low, desk), meter.slot(high, desk));
    let middle = match mode {
        Some(slot) if !slot.is_absent() => Some(meter.slot(slot, desk)?),
        Some(_) => Some(0.0),
        None => None,
    };
    let (Some(a), Some(b)) = values else { return None };
    let mode = middle.unwrap_or(a);
    if a < -1.0 {
        let message = format!("`{}` takes more than everything away", a);
        let help = "the ends of a template are relative to the single value: -0.10 is 10 % less";
        desk.report(code::BAD_TEMPLATE, low.place(), message, help);
        return None;
    }
    if a > mode || mode > b {
        let problem = Diagnostic::new(code::BAD_TEMPLATE, format!("the range from `{a}` to `{b}` does not contain `{mode}`"))
            .at_place(place, "")
            .help("the ends of a template are relative to the single value: { low = -0.10, high = 0.45 } is 10 % less to 45 % more");
        desk.problems.push(problem);
        return None;
    }
    Some((a, mode, b))
}
