//! Working weeks and holidays, one in each row.

use super::reading::Reading;
use super::table::Table;
use super::words::plain;
use crate::import::ids::slug;
use crate::import::report::{Fate, ImportReport};
use crate::import::sheet::Value;
use crate::scenario::raw::{At, Named, RawCalendar, Slot};

/// Days of the week in English, German, French and Spanish.
const DAYS: [(&str, &[&str]); 7] = [
    ("mon", &["mon", "monday", "mo", "montag", "lun", "lundi", "lunes"]),
    ("tue", &["tue", "tuesday", "di", "dienstag", "mar", "mardi", "martes"]),
    ("wed", &["wed", "wednesday", "mi", "mittwoch", "mer", "mercredi", "mie", "miercoles"]),
    ("thu", &["thu", "thursday", "do", "donnerstag", "jeu", "jeudi", "jue", "jueves"]),
    ("fri", &["fri", "friday", "fr", "freitag", "ven", "vendredi", "vie", "viernes"]),
    ("sat", &["sat", "saturday", "sa", "samstag", "sam", "samedi", "sab", "sabado"]),
    ("sun", &["sun", "sunday", "so", "sonntag", "dim", "dimanche", "dom", "domingo"]),
];

/// How many calendars are read.
const MOST_CALENDARS: usize = 1_000;

/// Calendars in the order in which they are written.
#[derive(Clone, Debug, Default)]
pub(super) struct Weeks(pub Vec<(String, RawCalendar)>);

impl Weeks {
    /// A calendar on which every day is worked for eight hours.
    pub fn every_day() -> Self {
        let week: Named<String> = std::iter::once(("mon-sun".to_owned(), "08:00-16:00".to_owned())).collect();
        Self(vec![("every-day".to_owned(), RawCalendar { week: week.into(), ..RawCalendar::default() })])
    }

    /// The id of a calendar by its name, if it is one of these.
    pub fn find(&self, name: &str) -> Option<&str> {
        let id = slug(name);
        self.0.iter().map(|(known, _)| known.as_str()).find(|known| *known == id)
    }

    /// Adds the rows of a table.
    pub fn read(&mut self, table: &Table<'_>, report: &mut ImportReport) {
        for row in table.rows(report) {
            let mut reading = Reading { table, row, report };
            let name = reading.text("calendar").unwrap_or_else(|| "standard".to_owned());
            let id = slug(&name);
            let id = if id.is_empty() { "standard".to_owned() } else { id };
            let known = self.0.iter().position(|(known, _)| *known == id);
            if known.is_none() && self.0.len() >= MOST_CALENDARS {
                reading.note(Fate::LeftOut, "calendar", "there are at most 1,000 calendars");
                continue;
            }
            let at = known.unwrap_or_else(|| {
                self.0.push((id.clone(), RawCalendar::default()));
                self.0.len() - 1
            });
            let calendar = &mut self.0[at].1;
            if add(&mut reading, calendar) {
                let place = reading.row_place();
                let shown = reading.text("day").unwrap_or_default();
                reading.report.take("calendar", &place, &shown, &id);
            }
        }
    }
}

/// Adds a row to a calendar; false if nothing of it could be read.
fn add(reading: &mut Reading<'_, '_>, calendar: &mut RawCalendar) -> bool {
    let Some((_, day)) = reading.cell("day") else {
        let place = reading.row_place();
        reading.report.note(Fate::LeftOut, "row", &place, "", "it names no day");
        return false;
    };
    let hours = hours(reading);
    if let Value::Text(text) = day
        && let Some(days) = weekdays(text)
    {
        let Some(hours) = hours else {
            reading.note(
                Fate::LeftOut,
                "day",
                "no working hours are given, such as `08:00-12:00 13:00-17:00`",
            );
            return false;
        };
        filled(&mut calendar.week).0.push((At::from(days), At::from(hours)));
        return true;
    }
    let Some(first) = reading.date("day") else { return false };
    let last = reading.date("until").unwrap_or(first);
    let (first, last) = (first.at.start_date(), last.at.start_date());
    let range = if first == last { first.to_string() } else { format!("{first}..{last}") };
    if last < first {
        reading.note(Fate::LeftOut, "until", "it lies before the first day");
        return false;
    }
    match hours {
        Some(hours) if hours != "off" => {
            filled(&mut calendar.extra_days).0.push((At::from(range), At::from(hours)));
        }
        _ => {
            let name = reading.text("holiday").unwrap_or_default();
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = if name.is_empty() { range } else { format!("{range}: {name}") };
            filled(&mut calendar.holidays).0.push(At::from(text));
        }
    }
    true
}

/// What stands at a key, or something empty that stands there now.
fn filled<T: Default>(slot: &mut Slot<T>) -> &mut T {
    if !matches!(slot, Slot::Given(_)) {
        *slot = T::default().into();
    }
    slot.get_mut().expect("something has been put there")
}

/// Working hours as a scenario writes them.
fn hours(reading: &mut Reading<'_, '_>) -> Option<String> {
    let (_, value) = reading.cell("hours")?;
    let text = value.shown().replace(['\u{2013}', '\u{2014}'], "-").replace([';', ','], " ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_clock = |part: &str| {
        part.split_once(':').is_some_and(|(hour, minute)| {
            hour.parse::<u8>().is_ok_and(|hour| hour <= 24)
                && minute.parse::<u8>().is_ok_and(|minute| minute < 60)
        })
    };
    let is_shift =
        |word: &&str| word.split_once('-').is_some_and(|(from, to)| is_clock(from) && is_clock(to));
    match plain(&text).as_str() {
        "off" | "none" | "frei" | "ferme" | "libre" | "0" => Some("off".to_owned()),
        "24h" | "24" => Some("24h".to_owned()),
        _ if !words.is_empty() && words.iter().all(is_shift) => Some(words.join(" ")),
        _ => {
            reading.note(
                Fate::LeftOut,
                "hours",
                "working hours were expected, such as `08:00-12:00 13:00-17:00`",
            );
            None
        }
    }
}

/// A weekday or a range of them: `mon-fri`.
fn weekdays(text: &str) -> Option<String> {
    let text = text.replace(['\u{2013}', '\u{2014}'], "-");
    let one = |word: &str| {
        let word = plain(word);
        DAYS.iter().find(|(_, names)| names.contains(&word.as_str())).map(|(day, _)| *day)
    };
    match text.split_once('-') {
        Some((first, last)) => Some(format!("{}-{}", one(first)?, one(last)?)),
        None => one(&text).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_week_are_known_in_four_languages() {
        assert_eq!(weekdays("Mon-Fri").as_deref(), Some("mon-fri"));
        assert_eq!(weekdays("Mo–Fr").as_deref(), Some("mon-fri"));
        assert_eq!(weekdays("miércoles").as_deref(), Some("wed"));
        assert_eq!(weekdays("2027-01-01"), None);
    }
}
