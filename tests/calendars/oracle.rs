//! The definition of working time, one minute at a time and as slow as that is.

use jiff::civil::{Date, Weekday};
use p80::calendar::{Calendar, Days, MonthRule, Nth, Shift, TablePart, WindowMode, WindowRule, YearlyDay};
use p80::units::Instant;

/// Minutes of a day.
pub const DAY: i32 = 1_440;

/// What is known of every minute of a few weeks.
pub struct Oracle {
    pub origin: i32,
    /// Working minutes before each minute, and at the end.
    pub before: Vec<i32>,
    /// Windows as opening and close, with working time or without.
    pub windows: Vec<(i32, i32)>,
    pub fit: bool,
}

impl Oracle {
    pub fn new(calendar: &Calendar, part: TablePart, first_day: i32, last_day: i32) -> Self {
        let (origin, end) = (first_day * DAY, (last_day + 1) * DAY);
        let rule = calendar.windows.as_ref().map(|windows| &windows.rule);
        let mode = calendar.windows.as_ref().map(|windows| windows.mode);
        let open: Vec<bool> = (origin..end).map(|t| rule.is_some_and(|rule| is_open(rule, t))).collect();
        let mut before = vec![0];
        for t in origin..end {
            let inside = mode != Some(WindowMode::Pause) || open[(t - origin) as usize];
            let works = match part {
                TablePart::Working => has_shift(calendar, t) && !is_frozen(calendar, t) && inside,
                TablePart::Elapsed => inside,
                TablePart::WorkingUnbound => has_shift(calendar, t),
                TablePart::ElapsedUnbound => true,
            };
            before.push(before[before.len() - 1] + i32::from(works));
        }
        let mut windows: Vec<(i32, i32)> = Vec::new();
        for t in (origin..end).filter(|t| open[(t - origin) as usize]) {
            match windows.last_mut() {
                Some((_, close)) if *close == t => *close += 1,
                _ => windows.push((t, t + 1)),
            }
        }
        Self { origin, before, windows, fit: mode == Some(WindowMode::Fit) }
    }

    pub fn end(&self) -> i32 {
        self.origin + self.before.len() as i32 - 1
    }

    pub fn total(&self) -> i32 {
        self.before[self.before.len() - 1]
    }

    pub fn worked(&self, t: i32) -> i32 {
        self.before[(t - self.origin) as usize]
    }

    pub fn works(&self, t: i32) -> bool {
        t < self.end() && self.worked(t + 1) > self.worked(t)
    }

    pub fn finish_at(&self, w: i32) -> i32 {
        self.origin + self.before.partition_point(|&before| before < w) as i32
    }

    /// The instant by which a task of `d > 0` minutes that starts with working minute `t` is done, if the
    /// windows let it start there.
    fn finish_of(&self, t: i32, d: i32) -> Option<i32> {
        let (_, close) = *self.windows.iter().find(|(open, close)| *open <= t && t < *close)?;
        if !self.works(t) || self.worked(t) + d > self.total() {
            return None;
        }
        let finish = self.finish_at(self.worked(t) + d);
        (!self.fit || finish <= close).then_some(finish)
    }

    /// Start and finish of the first feasible placing at or after `ready`.
    pub fn first(&self, ready: i32, d: i32) -> Option<(i32, i32)> {
        (ready..self.end()).find_map(|t| Some((t, self.finish_of(t, d)?)))
    }

    /// Start and finish of the last feasible placing that is done by `limit`.
    pub fn last(&self, limit: i32, d: i32) -> Option<(i32, i32)> {
        let done = |t| self.finish_of(t, d).filter(|&finish| finish <= limit);
        (self.origin..limit).rev().find_map(|t| Some((t, done(t)?)))
    }

    /// The instants at which a task without duration may lie, first and last of each window: not before the
    /// first and not after the last working minute, which must be left for a start.
    pub fn instants(&self) -> Vec<(i32, i32)> {
        let of_window = |&(open, close): &(i32, i32)| {
            let first = (open..close).find(|&t| self.works(t))?;
            let last = (open..close).rev().find(|&t| self.works(t))?;
            Some((first, last + i32::from(self.fit)))
        };
        self.windows.iter().filter_map(of_window).collect()
    }
}

fn has_shift(calendar: &Calendar, t: i32) -> bool {
    let local = t - calendar.offset_minutes;
    (0..=2).any(|ago| {
        let day = local.div_euclid(DAY) - ago;
        let minute = local - day * DAY;
        shifts_of(calendar, day).iter().any(|s| i32::from(s.start) <= minute && minute < i32::from(s.end))
    })
}

fn shifts_of(calendar: &Calendar, day: i32) -> &[Shift] {
    let exception = calendar.exceptions.iter().rfind(|exception| names(&exception.days, date(day)));
    exception.map_or_else(
        || &calendar.week[date(day).weekday().to_monday_zero_offset() as usize][..],
        |exception| &exception.shifts[..],
    )
}

fn is_frozen(calendar: &Calendar, t: i32) -> bool {
    calendar.freezes.iter().any(|freeze| names(&freeze.days, date(t.div_euclid(DAY))))
}

fn date(day: i32) -> Date {
    Instant(day * DAY).start_date()
}

fn names(days: &Days, date: Date) -> bool {
    let month_day = (date.month(), date.day());
    match *days {
        Days::Range(from, to) => from <= date && date <= to,
        Days::Yearly(YearlyDay::Fixed { month, day }) => month_day == (month, day),
        Days::Yearly(YearlyDay::Nth { month, nth, weekday }) => {
            date.month() == month && is_nth(date, nth, weekday, 1)
        }
        // Easter has its own table of dates; here only the years of the random calendars.
        Days::Yearly(YearlyDay::Easter { offset_days }) => {
            ["2027-03-28", "2028-04-16"].iter().any(|easter| {
                let easter: Date = easter.parse().unwrap();
                (date - easter).get_days() == offset_days
            })
        }
        Days::YearlyRange(from, to) if from <= to => from <= month_day && month_day <= to,
        Days::YearlyRange(from, to) => from <= month_day || month_day <= to,
    }
}

/// Whether a date is the nth or last of a weekday in its period of so many months.
fn is_nth(date: Date, nth: Nth, weekday: Weekday, months: i32) -> bool {
    let period = |date: Date| (i32::from(date.year()) * 12 + i32::from(date.month()) - 1) / months;
    let same = |weeks: i64| {
        let other = date.checked_add(jiff::Span::new().weeks(weeks)).unwrap();
        period(other) == period(date)
    };
    let earlier = (1..60).take_while(|&weeks| same(-weeks)).count();
    date.weekday() == weekday
        && match nth {
            Nth::From(nth) => earlier + 1 == usize::from(nth),
            Nth::Last => !same(1),
        }
}

fn is_open(rule: &WindowRule, t: i32) -> bool {
    match rule {
        WindowRule::List(periods) => periods.iter().any(|(from, to)| from.0 <= t && t < to.0),
        WindowRule::EveryWeeks { first, weeks, minutes } => {
            t >= first.0 && (t - first.0) % (*weeks as i32 * 7 * DAY) < *minutes
        }
        WindowRule::Month(rule) => is_open_by_month(rule, t),
        WindowRule::Any(rules) => rules.iter().any(|rule| is_open(rule, t)),
    }
}

fn is_open_by_month(rule: &MonthRule, t: i32) -> bool {
    (-8..=8).any(|days| {
        let anchor = t.div_euclid(DAY) + days;
        let open = anchor * DAY + rule.opens;
        open <= t
            && t < open + rule.minutes
            && is_nth(date(anchor), rule.nth, rule.weekday, i32::from(rule.months))
    })
}
