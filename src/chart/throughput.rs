//! What a team has finished, and when items are done or how many.

use super::axis::{Scale, Tick, round_step};
use super::dates::date_axis;
use super::frame::{BOTTOM, TOP, sheet};
use super::scene::{Point, Scene, Text};
use super::style::{
    BEYOND, BODY, COMMIT, Colour, GRID, HEIGHT, INK, LIGHT, MARGIN, MEDIAN, MUTED, RULE, SMALL, STRONG, WIDTH,
};
use super::words::Words;
use crate::report::{HowMany, ThroughputReport, When};
use crate::units::Instant;

/// Left and right end of the weeks that were, and of the answer.
const PAST: (f64, f64) = (84.0, 430.0);
const ANSWER: (f64, f64) = (520.0, WIDTH - MARGIN - 40.0);
/// Room below the plots for two lines of labels and the name of the axis.
const AXIS: f64 = 62.0;
/// The most weeks of history that are shown.
const MOST_WEEKS: usize = 26;
const DAY: f64 = 1_440.0;

/// The chart of a forecast: when the items are done, or how many are.
pub(super) fn scene(report: &ThroughputReport, words: Words) -> Option<Scene> {
    let (title, shows) = match (&report.when, &report.how_many) {
        (Some(when), _) => when_title(when, words),
        (None, Some(many)) => many_title(many, words),
        (None, None) => return None,
    };
    let origin = format!(
        "the pace of {} weeks before {} · exact · p80 {}",
        words.count(report.window.len()),
        words.date(report.from),
        report.p80_version
    );
    let subject = match &report.project {
        Some(project) => format!("{} · project {project}", report.input.name),
        None => report.input.name.clone(),
    };
    let mut scene = sheet((&subject, &origin), &title, &shows, None, HEIGHT);
    past(&mut scene, report, words);
    match (&report.when, &report.how_many) {
        (Some(when), _) => dates(&mut scene, when, words),
        (None, Some(many)) => items(&mut scene, many, words),
        (None, None) => {}
    }
    Some(scene)
}

/// The confidence that people commit to, or the one nearest to it.
fn committed<T>(rows: &[T], confidence: impl Fn(&T) -> f64) -> Option<&T> {
    let away = |row: &&T| (confidence(row) - 80.0).abs();
    rows.iter().min_by(|one, other| away(one).total_cmp(&away(other)))
}

fn when_title(when: &When, words: Words) -> (String, String) {
    let left = if when.is_left { " that are left" } else { "" };
    let title = committed(&when.rows, |row| row.confidence).map_or_else(String::new, |row| {
        format!(
            "{} confident that the {} items{left} are done by {}",
            words.percents(&words.shortest(row.confidence)),
            when.items,
            words.date(row.date)
        )
    });
    (title, "when the items are done".to_owned())
}

fn many_title(many: &HowMany, words: Words) -> (String, String) {
    let title = committed(&many.rows, |row| row.confidence).map_or_else(String::new, |row| {
        format!(
            "{} confident of at least {} items by {}",
            words.percents(&words.shortest(row.confidence)),
            words.count(row.items as usize),
            words.date(many.by)
        )
    });
    (title, "how many items are done".to_owned())
}

fn plot() -> (f64, f64) {
    (HEIGHT - BOTTOM - AXIS, TOP + 44.0)
}

/// A heading over a plot.
fn heading(scene: &mut Scene, left: f64, text: &str) {
    scene.text(Text::new((left, TOP + 18.0), text, BODY, INK).bold());
}

/// What was finished in the weeks before: those that are drawn from stand out.
fn past(scene: &mut Scene, report: &ThroughputReport, words: Words) {
    let (bottom, top) = plot();
    heading(scene, PAST.0, "Items finished per week");
    let shown = report.history.len().min(MOST_WEEKS).max(report.window.len()).min(report.history.len());
    let weeks = &report.history[report.history.len() - shown..];
    let most = weeks.iter().copied().max().unwrap_or(0).max(1);
    let (step, decimals) = round_step(f64::from(most), 5, 1.0);
    let highest = (f64::from(most) / step).ceil() * step;
    let y = Scale { values: (0.0, highest), places: (bottom, top) };
    let mut level = 0.0;
    while level <= highest + step / 2.0 {
        let place = y.place(level);
        scene.line([(PAST.0, place), (PAST.1, place)], 1.0, if level == 0.0 { RULE } else { GRID });
        scene
            .text(Text::new((PAST.0 - 10.0, place + 4.5), words.number(level, decimals), SMALL, MUTED).end());
        level += step;
    }
    // The last week ends where the forecast begins, or with the last whole week before it.
    let end = f64::from(Instant::from_date(crate::backlog::monday_of(report.from)).0);
    let begin = end - weeks.len() as f64 * 7.0 * DAY;
    let x = Scale { values: (begin, end), places: PAST };
    for (at, &week) in weeks.iter().enumerate() {
        let from = begin + at as f64 * 7.0 * DAY;
        let (left, right) = (x.place(from), x.place(from + 7.0 * DAY));
        let is_drawn = at + report.window.len() >= weeks.len();
        let colour = if is_drawn { STRONG } else { LIGHT };
        let gap = if right - left > 6.0 { 1.5 } else { 0.0 };
        scene.rect((left + gap, y.place(f64::from(week))), (right - gap, bottom), colour);
        let monday = words.date(Instant(from as i32).start_date());
        scene.hint((left, top), (right, bottom), format!("Week of {monday}: {week} items"));
    }
    let mean = y.place(report.pace);
    let first_drawn = x.place(end - report.window.len() as f64 * 7.0 * DAY);
    scene.dashes((first_drawn, mean), (PAST.1, mean), 5.0, 1.5, COMMIT);
    ticks(scene, date_axis(words, begin, end, 5).ticks, &x, bottom);
    let name = format!(
        "Dark: the {} weeks drawn from, {} a week",
        words.count(report.window.len()),
        words.number(report.pace, 1)
    );
    scene.text(Text::new((f64::midpoint(PAST.0, PAST.1), bottom + 54.0), name, SMALL, MUTED).middle());
}

fn ticks(scene: &mut Scene, ticks: Vec<Tick>, x: &Scale, bottom: f64) {
    for tick in ticks {
        let place = x.place(tick.at);
        scene.line([(place, bottom), (place, bottom + 5.0)], 1.0, RULE);
        tick.write(scene, (place, bottom + 20.0));
    }
}

/// The scale of probabilities on the right.
fn shares(scene: &mut Scene, words: Words) -> Scale {
    let (bottom, top) = plot();
    let y = Scale { values: (0.0, 1.0), places: (bottom, top) };
    for fifth in [0.0, 0.2, 0.4, 0.6, 0.8, 1.0] {
        let place = y.place(fifth);
        scene.line([(ANSWER.0, place), (ANSWER.1, place)], 1.0, if fifth == 0.0 { RULE } else { GRID });
        scene.text(Text::new((ANSWER.0 - 10.0, place + 4.5), words.share(fifth), SMALL, MUTED).end());
    }
    y
}

fn colour_of(confidence: f64) -> Colour {
    if confidence <= 50.0 {
        MEDIAN
    } else if confidence <= 80.0 {
        COMMIT
    } else {
        BEYOND
    }
}

/// Steps of the probability to be done, week by week.
fn dates(scene: &mut Scene, when: &When, words: Words) {
    heading(scene, ANSWER.0, "Probability that they are done by the end of a week");
    let y = shares(scene, words);
    let (bottom, top) = plot();
    // A date is the day that ends with the week.
    let end_of = |date| f64::from(Instant::from_date(date).0) + DAY;
    let first = when.weeks.first().map_or(0.0, |row| end_of(row.date));
    let last = when.weeks.last().map_or(0.0, |row| end_of(row.date)).max(first + 7.0 * DAY);
    let x = Scale { values: (first - 7.0 * DAY, last + 7.0 * DAY), places: ANSWER };
    let mut line: Vec<Point> = vec![(ANSWER.0, y.place(0.0))];
    for row in &when.weeks {
        let (left, right) = (x.place(end_of(row.date)), x.place(end_of(row.date) + 7.0 * DAY));
        let height = y.place(row.probability);
        scene.rect((left, height), (right, bottom), LIGHT);
        line.extend([(left, line.last().map_or(bottom, |point| point.1)), (left, height)]);
        let text = format!("Done by {}: {}", words.date(row.date), words.share(row.probability));
        scene.hint((left, top), (right, bottom), text);
    }
    line.push((ANSWER.1, line.last().map_or(bottom, |point| point.1)));
    scene.line(line, 2.5, STRONG);
    let marks = when.rows.iter().map(|row| {
        let said = format!("P{} {}", words.shortest(row.confidence), words.date(row.date));
        (x.place(end_of(row.date)), row.confidence, said)
    });
    labels(scene, marks.collect(), &y, Side::Left);
    ticks(scene, date_axis(words, x.values.0, x.values.1, 8).ticks, &x, bottom);
    let middle = f64::midpoint(ANSWER.0, ANSWER.1);
    scene.text(Text::new((middle, bottom + 54.0), "All items are done by", SMALL, MUTED).middle());
}

/// The probability of at least so many items, falling.
fn items(scene: &mut Scene, many: &HowMany, words: Words) {
    heading(scene, ANSWER.0, "Probability of at least so many items");
    let y = shares(scene, words);
    let (bottom, top) = plot();
    let worth = |chance: f64| (0.000_5..=0.999_9).contains(&chance);
    let shown: Vec<(u32, f64)> = many.chances.iter().copied().filter(|&(_, chance)| worth(chance)).collect();
    let ends = shown.first().zip(shown.last()).map_or((0.0, 1.0), |(first, last)| {
        (
            f64::from(first.0).min(many.rows.iter().map(|row| f64::from(row.items)).fold(f64::MAX, f64::min)),
            f64::from(last.0),
        )
    });
    let room = ((ends.1 - ends.0) * 0.04).max(1.0);
    let x = Scale { values: ((ends.0 - room).max(-0.5), ends.1 + room), places: ANSWER };
    // Half a step to both sides of a number belong to it.
    let half = shown.windows(2).next().map_or(0.5, |pair| f64::from(pair[1].0 - pair[0].0) / 2.0);
    let mut line: Vec<Point> = vec![(ANSWER.0, y.place(1.0))];
    if let Some(&(count, _)) = shown.first() {
        scene.rect((ANSWER.0, top), (x.place(f64::from(count) - half), bottom), LIGHT);
    }
    for &(count, chance) in &shown {
        let (left, right) = (x.place(f64::from(count) - half), x.place(f64::from(count) + half));
        let height = y.place(chance);
        scene.rect((left, height), (right, bottom), LIGHT);
        line.extend([(left, line.last().map_or(top, |point| point.1)), (left, height), (right, height)]);
        let text = format!("At least {}: {}", words.count(count as usize), words.share(chance));
        scene.hint((left, top), (right, bottom), text);
    }
    let end = line.last().map_or(ANSWER.0, |point| point.0);
    line.extend([(end, bottom), (ANSWER.1, bottom)]);
    scene.line(line, 2.5, STRONG);
    let marks = many.rows.iter().map(|row| {
        let confidence = words.percents(&words.shortest(row.confidence));
        let said = format!("{confidence}: {} or more", words.count(row.items as usize));
        (x.place(f64::from(row.items) + half), row.confidence, said)
    });
    labels(scene, marks.collect(), &y, Side::Right);
    let (step, decimals) = round_step(x.values.1 - x.values.0, 8, 1.0);
    let mut at = (x.values.0 / step).ceil() * step;
    let mut numbers = Vec::new();
    while at <= x.values.1 {
        numbers.push(Tick { at, label: words.number(at, decimals), second: None });
        at += step;
    }
    ticks(scene, numbers, &x, bottom);
    let name = format!("Items done by {}", words.date(many.by));
    scene.text(Text::new((f64::midpoint(ANSWER.0, ANSWER.1), bottom + 44.0), name, SMALL, MUTED).middle());
}

/// On which side of a mark its name stands: where the curve leaves room.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// Dots on the curve with their names, moved apart where they would overlap.
fn labels(scene: &mut Scene, mut marks: Vec<(f64, f64, String)>, y: &Scale, side: Side) {
    marks.sort_by(|one, other| other.1.total_cmp(&one.1));
    let mut free = f64::MIN;
    for (place, confidence, text) in marks {
        let height = y.place(confidence / 100.0);
        scene.dot((place, height), 4.5, colour_of(confidence));
        let at = (height - 7.0).max(free);
        free = at + 18.0;
        let width = super::typeface::width(&text, BODY, true);
        let left = match side {
            Side::Left => (place - 14.0 - width).max(ANSWER.0 + 4.0),
            Side::Right => (place + 14.0).min(WIDTH - MARGIN - width),
        };
        scene.text(Text::new((left, at), text, BODY, colour_of(confidence)).bold());
    }
}
