//! Money in whole minor units of one currency.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};
use std::str::FromStr;

/// An amount in minor units (cents) of the program's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub i64);

/// A currency by its ISO 4217 code, with the number of digits of its minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency {
    code: [u8; 3],
    minor_digits: u8,
}

/// Why a text is not a currency.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a currency code: use three capital letters of ISO 4217, such as `EUR`")]
pub struct ParseCurrencyError(pub String);

impl Currency {
    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).expect("a code is built from ASCII letters")
    }

    /// Digits after the decimal point: 2 for EUR, 0 for JPY, 3 for KWD.
    #[must_use]
    pub fn minor_digits(&self) -> u8 {
        self.minor_digits
    }

    /// Minor units in one major unit.
    #[must_use]
    pub fn minor_per_major(&self) -> i64 {
        10_i64.pow(u32::from(self.minor_digits))
    }

    /// The amount in major units, for output.
    #[must_use]
    pub fn major(&self, money: Money) -> f64 {
        money.0 as f64 / self.minor_per_major() as f64
    }

    /// A plain decimal number without separators, exact to the minor unit.
    #[must_use]
    pub fn decimal(&self, money: Money) -> String {
        let per = self.minor_per_major().unsigned_abs();
        let (sign, units) = (if money.0 < 0 { "-" } else { "" }, money.0.unsigned_abs());
        match usize::from(self.minor_digits) {
            0 => format!("{sign}{units}"),
            digits => format!("{sign}{}.{:0digits$}", units / per, units % per),
        }
    }
}

impl FromStr for Currency {
    type Err = ParseCurrencyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code: [u8; 3] = text.as_bytes().try_into().map_err(|_| ParseCurrencyError(text.to_owned()))?;
        if !code.iter().all(u8::is_ascii_uppercase) {
            return Err(ParseCurrencyError(text.to_owned()));
        }
        // ISO 4217: the exceptions to two digits.
        let minor_digits = match text {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND"
            | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        };
        Ok(Self { code, minor_digits })
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self(0), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minor_digits_follow_the_currency() {
        let decimal = |code: &str, minor| code.parse::<Currency>().unwrap().decimal(Money(minor));
        assert_eq!(decimal("EUR", 123_456), "1234.56");
        assert_eq!(decimal("EUR", -5), "-0.05");
        assert_eq!(decimal("JPY", 123_456), "123456");
        assert_eq!(decimal("KWD", 1_005), "1.005");
        assert!("euro".parse::<Currency>().is_err());
        assert!("€".parse::<Currency>().is_err());
    }
}
