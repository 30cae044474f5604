//! No text makes a calendar fail.

use p80::calendar::text::{
    parse_days, parse_freeze, parse_named_days, parse_offset, parse_shifts, parse_weekdays, parse_window_rule,
};
use p80::calendar::{Calendar, Exception, TablePart, WindowMode, WindowTable, Windows, WorkTable};
use proptest::prelude::*;

/// Words of the grammars, some of them out of place or out of range.
const WORDS: &[&str] = &[
    "first",
    "last",
    "2nd",
    "5th",
    "53rd",
    "255th",
    "mon",
    "saturday",
    "weekend",
    "of",
    "month",
    "quarter",
    "year",
    "every",
    "2",
    "9999",
    "weeks",
    "from",
    "for",
    "to",
    "at",
    "-",
    "..",
    ",",
    "36h",
    "2d",
    "99999d",
    "1e9d",
    "20:00",
    "24:00",
    "20:00-24:00",
    "2027-01-16",
    "0001-01-01",
    "9999-12-31",
    "2027-02-29",
    "2027-01-16T18:00",
    "12-25",
    "02-29",
    "12-24..01-02",
    "2027-03-06..2027-03-07",
    "easter",
    "easter-365",
    "easter+365",
    "may",
    "off",
    "24h",
    "é",
    "–",
    ":",
    "+05:30",
    "-9999-01-01",
    "-009999-01-01",
];

/// A text of a few words, or of anything.
fn text() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(prop::sample::select(WORDS), 0..9);
    let spaced = (words, any::<bool>()).prop_map(|(words, spaced)| words.join(if spaced { " " } else { "" }));
    prop_oneof![8 => spaced, 1 => any::<String>()]
}

/// A text that is often a window.
fn window_text() -> impl Strategy<Value = String> {
    let word = |words: &'static [&'static str]| prop::sample::select(words);
    let beginning = prop_oneof![
        (
            word(&["first", "5th", "14th", "53rd", "last"]),
            word(&["monday", "weekend"]),
            word(&["month", "quarter", "year"])
        )
            .prop_map(|(nth, day, period)| format!("{nth} {day} of {period}")),
        word(&["1", "2", "9999"]).prop_flat_map(move |weeks| {
            word(&["2027-01-16", "9999-12-31", "-009999-01-01", "2027-01-16T18:00", "0001-01-01"])
                .prop_map(move |date| format!("every {weeks} weeks from {date}"))
        }),
        word(&["every sunday", "every weekend", "2027-03-06..2027-03-07", "9999-01-01..9999-12-31"])
            .prop_map(str::to_owned),
    ];
    let span = word(&[
        "",
        " for 36h",
        " 24:00 to 24:00",
        " mon 24:00 to sun 24:00",
        " to 20:00",
        " sun 00:00 for 7d",
        " for 99999w",
    ]);
    (beginning, span).prop_map(|(beginning, span)| beginning + span)
}

proptest! {
    #[test]
    fn no_text_makes_a_reader_panic(text in text()) {
        let _ = (parse_shifts(&text), parse_weekdays(&text), parse_offset(&text), parse_named_days(&text));
        let _ = (parse_days(&text), parse_freeze(&text), parse_window_rule(&text));
    }

    #[test]
    fn whatever_is_read_makes_a_table(text in text(), window in window_text(), first in any::<i32>()) {
        let mut calendar = Calendar::standard();
        if let Ok(days) = parse_days(&text) {
            calendar.exceptions.push(Exception { days, shifts: Vec::new() });
        }
        if let Ok(rule) = parse_window_rule(&window) {
            calendar.windows = Some(Windows { mode: WindowMode::Fit, rule, capacity: None });
        }
        for first in [first, 20_000] {
            let last = first.saturating_add(400);
            let work = WorkTable::build(&calendar, TablePart::Working, first, last);
            let windows = WindowTable::build(&calendar, &work, first, last);
            let _ = windows.map(|windows| (windows.first_slot(0, 60), windows.last_slot(i32::MAX, 60)));
        }
        let _ = calendar.problems("2027-01-11".parse().unwrap());
    }
}
