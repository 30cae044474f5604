//! Random calendars must agree with the oracle in every answer.

use jiff::civil::{Date, Weekday};
use p80::calendar::{
    Calendar, Days, Exception, Freeze, MonthRule, Nth, Shift, TablePart, WindowMode, WindowRule, WindowTable,
    Windows, WorkTable, YearlyDay,
};
use p80::units::{Instant, WorkScale};
use proptest::prelude::*;

use super::oracle::{DAY, Oracle};

/// The oracle looks at 35 days from here, or from a few hundred days later.
const FROM: i32 = 20_819; // 2027-01-01

fn shift() -> impl Strategy<Value = Shift> {
    (0..1_440_u16, 1..1_440_u16).prop_map(|(start, length)| Shift { start, end: start + length })
}

fn shifts() -> impl Strategy<Value = Vec<Shift>> {
    prop_oneof![
        3 => Just(vec![Shift { start: 480, end: 720 }, Shift { start: 780, end: 1_020 }]),
        2 => Just(Vec::new()),
        1 => Just(vec![Shift { start: 0, end: 1_440 }]),
        3 => prop::collection::vec(shift(), 1..3),
    ]
}

fn day() -> impl Strategy<Value = i32> {
    FROM - 10..FROM + 420
}

fn date(day: i32) -> Date {
    Instant(day * DAY).start_date()
}

fn weekday() -> impl Strategy<Value = Weekday> {
    (0..7_i8).prop_map(|day| Weekday::from_monday_zero_offset(day).unwrap())
}

fn nth() -> impl Strategy<Value = Nth> {
    prop_oneof![4 => (1..6_u8).prop_map(Nth::From), 1 => Just(Nth::Last)]
}

fn days() -> impl Strategy<Value = Days> {
    prop_oneof![
        4 => (day(), 0..12_i32).prop_map(|(from, more)| Days::Range(date(from), date(from + more))),
        1 => day().prop_map(|day| {
            Days::Yearly(YearlyDay::Fixed { month: date(day).month(), day: date(day).day() })
        }),
        1 => (-60..120_i32).prop_map(|offset_days| Days::Yearly(YearlyDay::Easter { offset_days })),
        1 => (1..13_i8, nth(), weekday())
            .prop_map(|(month, nth, weekday)| Days::Yearly(YearlyDay::Nth { month, nth, weekday })),
        1 => (day(), day()).prop_map(|(from, to)| {
            let (from, to) = (date(from), date(to));
            Days::YearlyRange((from.month(), from.day()), (to.month(), to.day().min(28)))
        }),
    ]
}

fn rule() -> impl Strategy<Value = WindowRule> {
    let list =
        (day(), prop::collection::vec((1..12_000_i32, 1..5_000_i32), 1..60)).prop_map(|(from, steps)| {
            let mut t = (from - 20) * DAY;
            let mut periods = Vec::new();
            for (gap, length) in steps {
                periods.push((Instant(t + gap), Instant(t + gap + length)));
                t += gap + length;
            }
            WindowRule::List(periods)
        });
    let weeks = (day(), 0..DAY, 1..4_u32, 1..10_000_i32).prop_map(|(day, minute, weeks, minutes)| {
        WindowRule::EveryWeeks { first: Instant((day - 200) * DAY + minute), weeks, minutes }
    });
    let month = (nth(), weekday(), prop::sample::select(vec![1, 3, 12_u8]), -1_500..3_000_i32, 1..5_000_i32)
        .prop_map(|(nth, weekday, months, opens, minutes)| {
            WindowRule::Month(MonthRule { nth, weekday, months, opens, minutes })
        });
    prop_oneof![3 => list, 2 => weeks, 2 => month]
}

fn windows() -> impl Strategy<Value = Windows> {
    let mode = prop::sample::select(vec![WindowMode::Start, WindowMode::Pause, WindowMode::Fit]);
    (mode, rule()).prop_map(|(mode, rule)| Windows { mode, rule, capacity: None })
}

fn calendar() -> impl Strategy<Value = Calendar> {
    let exception = (days(), shifts()).prop_map(|(days, shifts)| Exception { days, shifts });
    let freeze = days().prop_map(|days| Freeze { days, reason: String::new() });
    (
        prop::array::uniform7(shifts()),
        prop::collection::vec(exception, 0..4),
        prop::collection::vec(freeze, 0..2),
        prop::option::of(windows()),
        prop_oneof![2 => Just(0), 1 => -900..900_i32],
    )
        .prop_map(|(week, exceptions, freezes, windows, offset_minutes)| Calendar {
            scale: WorkScale::default(),
            week,
            exceptions,
            freezes,
            windows,
            offset_minutes,
        })
}

/// A time at which to ask: anywhere, or where the answer may change.
#[derive(Clone, Copy, Debug)]
enum Moment {
    Minute(i32),
    /// Some minutes after a window opens.
    Open(prop::sample::Index, i32),
    /// Some minutes after a window closes.
    Close(prop::sample::Index, i32),
    /// Some minutes after the last start by which the work is done when a window closes.
    LastStart(prop::sample::Index, i32),
}

fn moment() -> impl Strategy<Value = Moment> {
    let (index, around) = (any::<prop::sample::Index>, || -1..=1_i32);
    prop_oneof![
        (0..35 * DAY).prop_map(Moment::Minute),
        (index(), around()).prop_map(|(window, minutes)| Moment::Open(window, minutes)),
        (index(), around()).prop_map(|(window, minutes)| Moment::Close(window, minutes)),
        (index(), around()).prop_map(|(window, minutes)| Moment::LastStart(window, minutes)),
    ]
}

impl Moment {
    fn of(self, oracle: &Oracle, d: i32) -> i32 {
        let nth = |index: prop::sample::Index| {
            if oracle.windows.is_empty() {
                (oracle.origin, oracle.origin)
            } else {
                *index.get(&oracle.windows)
            }
        };
        let t = match self {
            Self::Minute(minute) => oracle.origin + minute,
            Self::Open(window, minutes) => nth(window).0 + minutes,
            Self::Close(window, minutes) => nth(window).1 + minutes,
            Self::LastStart(window, minutes) => {
                let work = oracle.worked(nth(window).1) - d;
                if work > 0 { oracle.finish_at(work + 1) - 1 + minutes } else { oracle.origin }
            }
        };
        t.clamp(oracle.origin, oracle.end())
    }
}

fn part() -> impl Strategy<Value = TablePart> {
    use TablePart::{Elapsed, ElapsedUnbound, Working, WorkingUnbound};
    prop_oneof![6 => Just(Working), 2 => Just(Elapsed), 1 => Just(WorkingUnbound), 1 => Just(ElapsedUnbound)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_answer_of_the_work_table_is_the_oracles(
        calendar in calendar(), part in part(), first in FROM..FROM + 360,
    ) {
        let last = first + 34;
        let oracle = Oracle::new(&calendar, part, first, last);
        let table = WorkTable::build(&calendar, part, first, last);
        prop_assert_eq!(table.total(), oracle.total());
        // The oracle's inverses for all numbers in one sweep: the first and the last minute of each.
        let mut finish = vec![i32::MAX; oracle.total() as usize + 1];
        let mut start = vec![i32::MIN; oracle.total() as usize + 1];
        for t in oracle.origin..=oracle.end() {
            let w = oracle.worked(t);
            prop_assert_eq!(table.worked(Instant(t)), w);
            finish[w as usize] = finish[w as usize].min(t);
            start[w as usize] = start[w as usize].max(t);
        }
        for w in 0..=oracle.total() {
            prop_assert_eq!(table.finish_at(w), Instant(finish[w as usize]));
            prop_assert_eq!(table.start_at(w), Instant(start[w as usize]));
        }
    }

    #[test]
    fn every_answer_of_the_window_table_is_the_oracles(
        calendar in calendar(), windows in windows(), elapsed in any::<bool>(), first in FROM..FROM + 360,
        asked in prop::collection::vec((moment(), prop_oneof![1..60_i32, 1..3_000_i32]), 24),
    ) {
        prop_assume!(windows.mode != WindowMode::Pause);
        let calendar = Calendar { windows: Some(windows), ..calendar };
        let part = if elapsed { TablePart::Elapsed } else { TablePart::Working };
        let last = first + 34;
        let oracle = Oracle::new(&calendar, part, first, last);
        let work = WorkTable::build(&calendar, part, first, last);
        let table = WindowTable::build(&calendar, &work, first, last).unwrap();
        let instants = oracle.instants();
        for (moment, d) in asked {
            let t = moment.of(&oracle, d);
            let at = Instant(t);
            // A placing whose work does not end within the table is no matter of windows.
            let dates = |slot: p80::calendar::Slot| (work.start_at(slot.work).0, work.finish_at(slot.work + d).0);
            let first_slot = table.first_slot(work.worked(at), d);
            let inside = first_slot.filter(|slot| slot.work + d <= work.total());
            prop_assert_eq!(inside.map(dates), oracle.first(t, d));
            let last_slot = table.last_slot(work.worked(at), d);
            prop_assert_eq!(last_slot.map(dates), oracle.last(t, d));
            if let Some(slot) = last_slot {
                prop_assert_eq!(table.last_slot_in(slot.window, work.worked(at), d), Some(slot));
            }
            if let Some(slot) = first_slot {
                // The window of the start is the window of the slot, and the inverse finds it again.
                prop_assert_eq!(table.window_at(work.start_at(slot.work)), Some(slot.window));
                prop_assert_eq!(table.last_slot(slot.work + d, d), Some(slot));
                let next = table.first_slot_from(slot.window + 1, work.worked(at), d);
                let close = table.windows()[slot.window].end;
                prop_assert_eq!(next, table.first_slot(close, d));
            }
            let instant = instants.iter().find(|(_, to)| t <= *to).map(|(from, _)| t.max(*from));
            prop_assert_eq!(table.first_instant(at).map(|(_, at)| at.0), instant);
            let instant = instants.iter().rfind(|(from, _)| *from <= t).map(|(_, to)| t.min(*to));
            prop_assert_eq!(table.last_instant(at).map(|(_, at)| at.0), instant);
        }
    }
}
