//! The date of Western Easter.

use jiff::civil::Date;

/// Easter Sunday of the Gregorian calendar; `None` where the year is out of a date's range.
///
/// # Source
/// The anonymous algorithm of *Nature* 13 (1876), 487, as given by Meeus (1991), *Astronomical
/// Algorithms*, chapter 8. Valid for every Gregorian year.
pub(super) fn easter_sunday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let golden = y.rem_euclid(19);
    let (century, of_century) = (y.div_euclid(100), y.rem_euclid(100));
    let lunar_correction = (century + 8).div_euclid(25);
    let proemptosis = (century - lunar_correction + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - proemptosis + 15).rem_euclid(30);
    let to_sunday =
        (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * late + 114;
    Date::new(year, (days / 31) as i8, (days % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_on_the_published_dates() {
        // 1954, 1981 and 2049 are years in which simplified rules go wrong; 1943 and 2038 have the latest
        // possible date, 1913 and 2008 nearly the earliest.
        for text in [
            "1900-04-15",
            "1913-03-23",
            "1943-04-25",
            "1954-04-18",
            "1961-04-02",
            "1974-04-14",
            "1981-04-19",
            "1999-04-04",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2016-03-27",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
            "2100-03-28",
        ] {
            let date: Date = text.parse().unwrap();
            assert_eq!(easter_sunday(date.year()), Some(date));
        }
    }

    #[test]
    fn every_easter_is_a_sunday_from_22_march_to_25_april() {
        for year in -2_200..=6_100 {
            let date = easter_sunday(year).unwrap();
            assert_eq!(date.weekday(), jiff::civil::Weekday::Sunday);
            let (month, day) = (date.month(), date.day());
            assert!((month, day) >= (3, 22) && (month, day) <= (4, 25), "{date}");
        }
    }
}
