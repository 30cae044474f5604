//! The probability of any date and any budget, as marks that a reader can choose from.

use super::Sources;
use crate::analysis::{Stance, Stanced};
use crate::report::Locale;
use crate::results::{Outcome, Results};
use crate::units::{Currency, Instant, Money};

/// At most so many marks on each side: what a slider can be set to.
const MOST: i64 = 160;
/// At most so many days and sums where a reader may type any.
const FINE: (i64, i64) = (3_660, 1_000);

/// Marks of dates and of budgets with their probabilities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explorer {
    /// Days, evenly spaced, from where nothing has finished to where everything has.
    pub dates: Vec<Mark>,
    /// Budgets likewise; empty where nothing has a cost.
    pub budgets: Vec<Mark>,
    /// By date and then by budget, the probability that both hold, in thousandths: counted over the kept
    /// iterations. Empty without budgets.
    pub both: Vec<Vec<u16>>,
    /// The same marks before all responses and after them.
    pub views: Vec<View>,
}

/// What the marks of an explorer promise if other responses are taken.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Which responses are taken.
    pub stance: Stance,
    /// By date.
    pub dates: Vec<Chance>,
    /// By budget.
    pub budgets: Vec<Chance>,
    /// As in [`Explorer::both`].
    pub both: Vec<Vec<u16>>,
}

/// The probability that a promise holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Chance {
    /// As a number.
    pub probability: f64,
    /// As readers read it.
    pub shown: String,
}

/// Something that can be promised.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// As readers read it.
    pub label: String,
    /// The probability that it holds.
    pub chance: Chance,
    /// The place: minutes since the epoch, or minor units.
    pub at: i64,
}

impl Explorer {
    pub(super) fn of(sources: Sources<'_>, locale: Locale) -> Self {
        let dates = dates(sources, locale, MOST, ends);
        let budgets = budgets(sources, locale, MOST, ends);
        let both = both_of(sources.results, &dates, &budgets);
        let views = sources.stances.iter().map(|Stanced { stance, results }| View {
            stance: *stance,
            dates: dates.iter().map(|mark| Chance::of(&results.finish, mark.at, locale)).collect(),
            budgets: budgets.iter().map(|mark| Chance::of(&results.cost, mark.at, locale)).collect(),
            both: both_of(results, &dates, &budgets),
        });
        let views = views.collect();
        Self { dates, budgets, both, views }
    }

    /// The same for every day and for sums close together, without what holds together.
    #[must_use]
    pub fn fine(sources: Sources<'_>, locale: Locale) -> Self {
        Self {
            dates: dates(sources, locale, FINE.0, whole),
            budgets: budgets(sources, locale, FINE.1, whole),
            both: Vec::new(),
            views: Vec::new(),
        }
    }
}

impl Mark {
    fn of(outcome: &Outcome, at: i64, label: String, locale: Locale) -> Self {
        Self { label, chance: Chance::of(outcome, at, locale), at }
    }
}

impl Chance {
    fn of(outcome: &Outcome, at: i64, locale: Locale) -> Self {
        let probability = outcome.probability_at_most(at).value;
        Self { probability, shown: locale.share(probability) }
    }
}

/// By date and then by budget, the share of the kept iterations that keep both, in thousandths.
fn both_of(results: &Results, dates: &[Mark], budgets: &[Mark]) -> Vec<Vec<u16>> {
    if budgets.is_empty() {
        return Vec::new();
    }
    let finishes: Vec<i32> = dates.iter().map(|date| i32::try_from(date.at).unwrap_or(i32::MAX)).collect();
    let amounts: Vec<i64> = budgets.iter().map(|budget| budget.at).collect();
    let of = results.prefix.iterations().max(1) as f64;
    let thousandths = |count: u64| (count as f64 / of * 1_000.0).round() as u16;
    let counts = results.prefix.joint_counts(&finishes, &amounts).into_iter();
    counts.map(|row| row.into_iter().map(thousandths).collect()).collect()
}

/// How far marks reach.
type Range = fn(&Outcome) -> Option<(i64, i64)>;

/// The range of the program as it is and of all that is compared with it.
fn widest<'a>(outcomes: impl Iterator<Item = &'a Outcome>, range: Range) -> Option<(i64, i64)> {
    outcomes.filter_map(range).reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}

/// From the first to the last value.
fn whole(outcome: &Outcome) -> Option<(i64, i64)> {
    let histogram = outcome.histogram();
    Some((histogram.bins().next()?.low, histogram.largest()?))
}

/// From where nearly nothing to where nearly everything lies; where more than that never finishes, the range ends
/// earlier.
fn ends(outcome: &Outcome) -> Option<(i64, i64)> {
    let low = outcome.percentile("0.1".parse().ok()?)?;
    let high = ["99.9", "99", "90", "50"].into_iter().filter_map(|level| level.parse().ok());
    Some((low, high.into_iter().find_map(|level| outcome.percentile(level))?))
}

fn dates(sources: Sources<'_>, locale: Locale, most: i64, range: Range) -> Vec<Mark> {
    let outcome = &sources.results.finish;
    let others = sources.stances.iter().map(|other| &other.results.finish);
    let Some((low, high)) = widest(std::iter::once(outcome).chain(others), range) else { return Vec::new() };
    let day = |minutes: i64| minutes.div_euclid(1_440);
    let (first, last) = (day(low - 1) - 1, day(high - 1) + 1);
    let step = ((last - first) + most - 1).div_euclid(most).max(1);
    let days = (0..).map(|n| first + n * step).take_while(|at| *at < last + step);
    days.map(|at| {
        // A promise is kept until the end of its day.
        let end = (at + 1) * 1_440;
        let instant = Instant(end.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32);
        Mark::of(outcome, end, locale.date(instant.finish_date()), locale)
    })
    .collect()
}

fn budgets(sources: Sources<'_>, locale: Locale, most: i64, range: Range) -> Vec<Mark> {
    let (outcome, report) = (&sources.results.cost, sources.report());
    let others = sources.stances.iter().map(|other| &other.results.cost);
    let found = widest(std::iter::once(outcome).chain(others), range).filter(|_| report.has_costs);
    let Some((low, high)) = found else { return Vec::new() };
    let step = round_step((high - low).max(1), most, report.currency);
    let first = (low.div_euclid(step) - 1) * step;
    let sums = (0..).map(|n| first + n * step).take_while(|at| *at < high + step);
    let label = |at| locale.money(report.currency.major(Money(at)), report.currency.code());
    sums.map(|at| Mark::of(outcome, at, label(at), locale)).collect()
}

/// A round sum of which at most so many make up a range.
fn round_step(range: i64, most: i64, currency: Currency) -> i64 {
    let wanted = (range + most - 1) / most;
    let mut unit = currency.minor_per_major();
    loop {
        for factor in [1, 2, 5] {
            if unit.saturating_mul(factor) >= wanted {
                return unit.saturating_mul(factor);
            }
        }
        unit = unit.saturating_mul(10);
    }
}
