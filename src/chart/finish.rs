//! When the program finishes.

use super::confidence::{self, Confidence};
use super::dates::date_axis;
use super::frame::{empty, frame};
use super::marker::{Kind, LEVELS, Marker};
use super::range::range;
use super::scene::Scene;
use super::words::{Words, interval};
use crate::report::{Bins, DateReport, DateValue, Report};
use crate::units::{Instant, Percentile};

const SHOWS: &str = "completion date";
const DAY: f64 = 1_440.0;
/// Within fewer days than this the time of day tells dates apart.
const TIMED: f64 = 4.0;

/// The chart of the completion date.
pub(super) fn scene(report: &Report, words: Words) -> Scene {
    let finish = &report.finish;
    let Some(bins) = report.finish_bins.as_ref().filter(|bins| bins.counts.iter().any(|&count| count > 0))
    else {
        return empty(report, words, "Completion date", SHOWS, "no iteration has a finish");
    };
    let title = finish.percentile(Percentile::P80).map_or("Completion date".into(), |point| {
        format!("80 % confident to finish by {}", words.date(point.value.date))
    });
    let remark = (finish.never_share > 0.0).then(|| {
        format!(
            "{} of the iterations have no finish and count as later than every date.",
            words.share(finish.never_share)
        )
    });
    let mut scene = frame(report, words, &title, SHOWS, remark.as_deref(), super::style::HEIGHT);
    let bars = bars(bins, 1.0);
    let data = ends(&bars);
    let markers = markers(finish, words, data.1 - data.0 < TIMED * DAY);
    let marks: Vec<f64> = markers.iter().map(|marker| marker.at).collect();
    let range = range(data, &marks, DAY / 2.0);
    let mut axis = date_axis(words, range.0, range.1, 10);
    axis.name = "Completion date".into();
    let points = finish
        .percentiles
        .iter()
        .filter_map(|(level, point)| Some((instant_of(&point.as_ref()?.value), level.fraction())));
    let per = per(bins.width);
    // A bar ends where the next begins: at midnight, that is the end of the day before.
    let day = |at: f64| words.date(Instant(at as i32).finish_date());
    let chart = Confidence {
        points: points.collect(),
        bars,
        markers,
        range,
        axis,
        per,
        promise: "Finish by",
        say: &day,
        words,
    };
    confidence::draw(&mut scene, chart);
    scene
}

/// The bins in units of the axis, each with its share.
pub(super) fn bars(bins: &Bins, unit: f64) -> Vec<(f64, f64, f64)> {
    let (low, width) = (bins.low as f64 / unit, bins.width.max(1) as f64 / unit);
    let first = bins.counts.iter().take_while(|&&count| count == 0).count();
    let last = bins.counts.iter().rposition(|&count| count > 0).unwrap_or(0);
    let bar = |at: usize| {
        let left = low + width * at as f64;
        (left, left + width, bins.counts[at] as f64 / bins.iterations.max(1) as f64)
    };
    (first..=last).filter(|&at| at < bins.counts.len()).map(bar).collect()
}

/// The lower end of the first bar and the upper end of the last.
pub(super) fn ends(bars: &[(f64, f64, f64)]) -> (f64, f64) {
    (bars.first().map_or(0.0, |bar| bar.0), bars.last().map_or(0.0, |bar| bar.1))
}

fn markers(finish: &DateReport, words: Words, with_time: bool) -> Vec<Marker> {
    let shown = |value: &DateValue| match with_time {
        true => format!("{} {}", words.date(value.date), value.time),
        false => words.date(value.date),
    };
    let levels = LEVELS.into_iter().filter_map(|level| {
        let point = finish.percentile(level)?;
        let high = point.high.map_or("no finish".into(), |high| words.date(high));
        Some(Marker {
            kind: Kind::Level(level),
            at: instant_of(&point.value),
            value: shown(&point.value),
            share: Some(level.fraction()),
            interval: Some(interval(&words.date(point.low), &high)),
        })
    });
    let plan = finish.plan.iter().map(|plan| Marker {
        kind: Kind::Plan,
        at: instant_of(plan),
        value: shown(plan),
        share: finish.plan_probability,
        interval: None,
    });
    let target = finish.target.iter().map(|(date, chance)| Marker {
        kind: Kind::Target,
        // A promise for a day is kept until the day ends.
        at: f64::from(Instant::from_date(*date).0) + DAY,
        value: words.date(*date),
        share: Some(chance.value),
        interval: Some(interval(&words.share(chance.low), &words.share(chance.high))),
    });
    levels.chain(plan).chain(target).collect()
}

/// Minutes since the epoch.
pub(super) fn instant_of(value: &DateValue) -> f64 {
    let of_day = value
        .time
        .split_once(':')
        .and_then(|(hours, minutes)| Some(hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?));
    // Without a time of day, the end of the day.
    f64::from(Instant::from_date(value.date).0) + of_day.map_or(DAY, f64::from)
}

/// What a bar of so many minutes counts.
fn per(width: i64) -> String {
    const NAMES: [(i64, &str); 4] = [(10_080, "weeks"), (1_440, "days"), (60, "hours"), (1, "minutes")];
    for (unit, name) in NAMES {
        if width >= unit && width % unit == 0 {
            let count = width / unit;
            let single = name.trim_end_matches('s');
            return if count == 1 { format!("per {single}") } else { format!("per {count} {name}") };
        }
    }
    "per bar".into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_say_how_long_they_are() {
        let words: Vec<String> = [15, 60, 240, 1_440, 10_080, 91 * 1_440, 0].map(per).into();
        let wanted =
            ["per 15 minutes", "per hour", "per 4 hours", "per day", "per week", "per 13 weeks", "per bar"];
        assert_eq!(words, wanted);
    }
}
