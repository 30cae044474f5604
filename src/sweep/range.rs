//! Values from one to another by a step.

use jiff::ToSpan;
use jiff::civil::Date;

/// How many values a range has at most.
pub(super) const MOST: usize = 100_000;

/// A decimal number: digits without a point, and how many of them stand behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: i128,
    places: u32,
}

impl Decimal {
    fn parse(text: &str) -> Option<Self> {
        let plain = text.replace('_', "");
        let (sign, plain) = plain.strip_prefix('-').map_or((1, plain.as_str()), |rest| (-1, rest));
        let (whole, part) = plain.split_once('.').unwrap_or((plain, ""));
        let digits = format!("{whole}{part}");
        let is_number = !whole.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || digits.len() > 30 || plain.ends_with('.') {
            return None;
        }
        Some(Self { digits: sign * digits.parse::<i128>().ok()?, places: part.len() as u32 })
    }

    /// The digits with so many places behind the point.
    fn scaled(self, places: u32) -> Option<i128> {
        self.digits.checked_mul(10_i128.checked_pow(places - self.places)?)
    }
}

/// A number with places behind its point as text.
fn written(digits: i128, places: u32) -> String {
    let sign = if digits < 0 { "-" } else { "" };
    let text = format!("{:0width$}", digits.unsigned_abs(), width = places as usize + 1);
    let (whole, part) = text.split_at(text.len() - places as usize);
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// The values of `from..to:step`, ends included; [`None`] if these are no numbers, durations or dates, or no step
/// leads from the one to the other.
///
/// Numbers may have a unit behind them, the same in all three (`10d..30d:5d`); dates go by days or weeks (`7d`, `2w`).
/// Everything is exact: no decimal is rounded on the way.
pub(super) fn values(from: &str, to: &str, step: &str) -> Option<Vec<String>> {
    if let (Ok(from), Ok(to)) = (from.parse::<Date>(), to.parse::<Date>()) {
        return dates(from, to, step);
    }
    let unit_of = |text: &str| {
        let end = text.rfind(|last: char| last.is_ascii_digit()).map_or(0, |at| at + 1);
        (text[..end].to_owned(), text[end..].to_owned())
    };
    let ((from, unit), (to, to_unit), (step, step_unit)) = (unit_of(from), unit_of(to), unit_of(step));
    if unit != to_unit
        || unit != step_unit
        || !unit.chars().all(|letter| letter.is_alphabetic() || letter == '%')
    {
        return None;
    }
    let [from, to, step] = [&from, &to, &step].map(|text| Decimal::parse(text));
    let (from, to, step) = (from?, to?, step?);
    let places = from.places.max(to.places).max(step.places);
    let (from, to, step) = (from.scaled(places)?, to.scaled(places)?, step.scaled(places)?);
    let ahead = to.checked_sub(from)?;
    if step == 0 || ahead != 0 && ahead.signum() != step.signum() {
        return None;
    }
    let count = ahead / step;
    if count >= MOST as i128 {
        return None;
    }
    Some((0..=count).map(|number| format!("{}{unit}", written(from + number * step, places))).collect())
}

fn dates(from: Date, to: Date, step: &str) -> Option<Vec<String>> {
    let (number, days) = match step.strip_suffix('d') {
        Some(number) => (number, 1),
        None => (step.strip_suffix('w')?, 7),
    };
    let step = number.parse::<i32>().ok().filter(|&step| step > 0)?.checked_mul(days)?;
    let (mut values, mut at) = (Vec::new(), from);
    while at <= to && values.len() < MOST {
        values.push(at.to_string());
        at = at.checked_add(step.days()).ok()?;
    }
    Some(values).filter(|values| !values.is_empty() && at > to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(from: &str, to: &str, step: &str) -> Option<Vec<String>> {
        values(from, to, step)
    }

    #[test]
    fn ranges_are_exact_and_hold_both_ends() {
        let tenths: Vec<String> = (1..=7).map(|tenth| format!("0.{tenth}")).collect();
        assert_eq!(of("0.1", "0.7", "0.1"), Some(tenths));
        assert_eq!(of("10d", "25d", "5d").unwrap(), ["10d", "15d", "20d", "25d"]);
        assert_eq!(of("1", "0", "-0.5").unwrap(), ["1.0", "0.5", "0.0"]);
        assert_eq!(of("-1_000", "1000", "900").unwrap(), ["-1000", "-100", "800"]);
        assert_eq!(of("5%", "5%", "1%").unwrap(), ["5%"]);
        assert_eq!(of("2027-01-11", "2027-01-31", "1w").unwrap(), ["2027-01-11", "2027-01-18", "2027-01-25"]);
    }

    #[test]
    fn what_leads_nowhere_is_no_range() {
        for (from, to, step) in [
            ("1", "2", "0"),
            ("2", "1", "0.1"),
            ("1d", "2w", "1d"),
            ("a", "b", "c"),
            ("1", "2", ""),
            ("0", "1", "0.0000001"),
            ("2027-02-01", "2027-01-01", "1d"),
            ("2027-02-01", "2027-03-01", "1mo"),
            (".5", "1", "0.1"),
        ] {
            assert_eq!(of(from, to, step), None, "{from}..{to}:{step}");
        }
    }
}
