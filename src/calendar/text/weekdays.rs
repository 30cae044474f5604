//! Sets of weekdays: `mon-fri`, `sat,sun`.

use jiff::civil::Weekday;

use super::words;

/// Why a text is no set of weekdays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no weekday: use `mon` to `sun`, a range such as `mon-fri` or a list such as `sat,sun`")]
pub struct ParseWeekdaysError(pub String);

/// Reads weekdays, in the order of the week and each once.
///
/// ```text
/// weekdays = range { "," range }
/// range    = weekday [ "-" weekday ]      may pass the weekend: fri-mon
/// weekday  = the English name or at least its first three letters
/// ```
///
/// # Errors
/// [`ParseWeekdaysError`] with the part that is no weekday.
///
/// ```
/// use jiff::civil::Weekday;
/// let days = p80::calendar::text::parse_weekdays("fri-sun")?;
/// assert_eq!(days, [Weekday::Friday, Weekday::Saturday, Weekday::Sunday]);
/// # Ok::<(), p80::calendar::text::ParseWeekdaysError>(())
/// ```
pub fn parse_weekdays(text: &str) -> Result<Vec<Weekday>, ParseWeekdaysError> {
    let mut named = [false; 7];
    for range in text.split(',') {
        let (from, to) = range.split_once(['-', '–']).unwrap_or((range, range));
        let weekday = |word: &str| {
            words::weekday(word.trim()).ok_or_else(|| ParseWeekdaysError(range.trim().to_owned()))
        };
        let (from, to) = (weekday(from)?, weekday(to)?);
        for day in 0..=from.until(to) {
            named[(from.to_monday_zero_offset() + day) as usize % 7] = true;
        }
    }
    let all = Weekday::Monday.cycle_forward().take(7);
    Ok(all.zip(named).filter_map(|(weekday, named)| named.then_some(weekday)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_lists_are_read_in_the_order_of_the_week() {
        let offsets = |text: &str| -> Vec<i8> {
            parse_weekdays(text).unwrap().into_iter().map(Weekday::to_monday_zero_offset).collect()
        };
        assert_eq!(offsets("mon"), [0]);
        assert_eq!(offsets("mon-fri"), [0, 1, 2, 3, 4]);
        assert_eq!(offsets("Sun, Sat"), [5, 6]);
        assert_eq!(offsets("fri-mon"), [0, 4, 5, 6]);
        assert_eq!(offsets("mon - wed, saturday,tue"), [0, 1, 2, 5]);
        assert_eq!(offsets("mon-sun"), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(offsets("tue-tue"), [1]);
    }

    #[test]
    fn what_is_no_weekday_is_named() {
        assert_eq!(parse_weekdays("mon,fra"), Err(ParseWeekdaysError("fra".into())));
        assert_eq!(parse_weekdays("mon-fri-sun"), Err(ParseWeekdaysError("mon-fri-sun".into())));
        assert!(parse_weekdays("").is_err());
        assert!(parse_weekdays("mon,").is_err());
    }
}
