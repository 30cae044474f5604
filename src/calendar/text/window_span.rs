//! From when to when a window is open, relative to its day: `fri 18:00 to sun 20:00`, `for 36h`.

use jiff::civil::Weekday;

use super::window::ParseWindowError;
use super::words;
use crate::calendar::civil::DAY;
use crate::units::{DurationText, WorkScale};

/// The day to which a window belongs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Anchor {
    /// One day.
    Day(Weekday),
    /// A Saturday with its Sunday.
    Weekend,
}

/// A window relative to 00:00 of its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placement {
    pub opens: i32,
    pub minutes: i32,
}

impl Anchor {
    /// A weekday or `weekend`.
    pub(super) fn parse(word: &str) -> Option<Self> {
        match word {
            "weekend" => Some(Self::Weekend),
            _ => words::weekday(word).map(Self::Day),
        }
    }

    /// The weekday of the anchor.
    pub(super) fn weekday(self) -> Weekday {
        match self {
            Self::Day(weekday) => weekday,
            Self::Weekend => Weekday::Saturday,
        }
    }

    /// Days from the anchor to the opening on a weekday: the last on or before it, and for a weekend its
    /// own Sunday.
    fn days_to(self, weekday: Weekday) -> i32 {
        match (self, weekday) {
            (Self::Weekend, Weekday::Sunday) => 1,
            _ => -i32::from(weekday.until(self.weekday())),
        }
    }
}

/// Reads the span that follows a rule; `opens` is the opening if the rule has already said it.
pub(super) fn parse_span(
    text: &str,
    words: &[&str],
    anchor: Anchor,
    opens: Option<i32>,
) -> Result<Placement, ParseWindowError> {
    let fault = |part: &[&str], expected: &'static str| ParseWindowError::Part {
        text: text.to_owned(),
        part: part.join(" "),
        expected,
    };
    let (opening, rest) = match (words, opens) {
        (_, Some(opens)) => (Some(opens), words),
        (["at" | "from", rest @ ..] | rest, None) => opening(rest, anchor),
    };
    let opens = opening.unwrap_or(0);
    let minutes = match *rest {
        [] if words.is_empty() => match anchor {
            Anchor::Day(_) => DAY,
            Anchor::Weekend => 2 * DAY,
        },
        ["for", ref length @ ..] if !length.is_empty() => {
            window_length(&length.concat()).ok_or_else(|| fault(length, "a length such as `36h` or `2d`"))?
        }
        ["to", time] if matches!(anchor, Anchor::Day(_)) => {
            let minute = words::clock(time).ok_or_else(|| fault(&[time], "a time such as `20:00`"))?;
            let close = opens.div_euclid(DAY) * DAY + i32::from(minute);
            if close > opens { close - opens } else { close + DAY - opens }
        }
        ["to", day, time] => {
            let expected = "a weekday and a time such as `sun 20:00`";
            let weekday = words::weekday(day).ok_or_else(|| fault(&[day, time], expected))?;
            let minute = words::clock(time).ok_or_else(|| fault(&[day, time], expected))?;
            let opening_day = opens.div_euclid(DAY);
            let opening_weekday = anchor.weekday().wrapping_add(opening_day);
            let closing_day = opening_day + i32::from(opening_weekday.until(weekday));
            let close = closing_day * DAY + i32::from(minute);
            if close > opens { close - opens } else { close + 7 * DAY - opens }
        }
        ["to", ..] => return Err(fault(rest, "the days as well, such as `sat 20:00 to sun 24:00`")),
        _ => return Err(fault(rest, "times such as `20:00-24:00`, `fri 18:00 to sun 20:00` or `for 36h`")),
    };
    Ok(Placement { opens, minutes })
}

/// An opening at the beginning of the words, and what follows it.
fn opening<'a, 'b>(words: &'a [&'b str], anchor: Anchor) -> (Option<i32>, &'a [&'b str]) {
    if let [time, rest @ ..] = words
        && let Some(minute) = words::clock(time)
    {
        return (Some(i32::from(minute)), rest);
    }
    if let [day, time, rest @ ..] = words
        && let (Some(weekday), Some(minute)) = (words::weekday(day), words::clock(time))
    {
        return (Some(anchor.days_to(weekday) * DAY + i32::from(minute)), rest);
    }
    (None, words)
}

/// Minutes of `36h` or `2d`, days of 24 hours, if whole and not above a hundred years.
fn window_length(text: &str) -> Option<i32> {
    let minutes = text.parse::<DurationText>().ok()?.minutes(WorkScale::ELAPSED);
    let whole = minutes.fract() == 0.0 && (1.0..=52_560_000.0).contains(&minutes);
    whole.then_some(minutes as i32)
}
