//! Numbers for readers: thousands separators and percent.

/// A number with `decimals` digits after the point and commas between thousands.
#[must_use]
pub fn grouped(value: f64, decimals: usize) -> String {
    let plain = format!("{value:.decimals$}");
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) if digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) => ("-", digits),
        Some(digits) => ("", digits),
        None => ("", plain.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A share in percent; what is not quite all or nothing does not read as if it were.
#[must_use]
pub fn percent(share: f64) -> String {
    match format!("{:.1}", share * 100.0).as_str() {
        "0.0" if share > 0.0 => "<0.1 %".into(),
        "100.0" if share < 1.0 => ">99.9 %".into(),
        rounded => format!("{rounded} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated_and_zero_has_no_sign() {
        assert_eq!(grouped(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(grouped(-999.5, 0), "-1,000");
        assert_eq!(grouped(-0.2, 0), "0");
        assert_eq!(grouped(123.0, 0), "123");
    }
}
