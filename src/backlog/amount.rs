//! Numbers of items and split rates as people type them.

use std::fmt;
use std::str::FromStr;

use crate::dist::{Law, Reading};

/// A number, or a range of three: `40`, or `30,36,50` for low, most likely and high.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    law: Law,
    text: String,
}

impl Amount {
    /// A certain number.
    #[must_use]
    pub fn certain(number: f64) -> Self {
        Self { law: Law::fixed(number), text: number.to_string() }
    }

    /// Its law: certain, or triangular between the ends.
    #[must_use]
    pub fn law(&self) -> &Law {
        &self.law
    }

    /// The number, if it is certain.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        self.law.is_certain().then(|| self.law.quantile(0.5))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Amount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is neither a number such as `40` nor a range such as `30,36,50`");
        let number = |part: &str| part.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        let numbers: Option<Vec<f64>> = text.split(',').map(number).collect();
        match numbers.ok_or_else(wrong)?[..] {
            [number] if number >= 0.0 => Ok(Self::certain(number)),
            [low, mode, high] if low >= 0.0 => {
                let law =
                    Law::triangular(low, mode, high, Reading::Ends).map_err(|error| error.to_string())?;
                Ok(Self { law, text: format!("{low} to {high}, most likely {mode}") })
            }
            [_] | [_, _, _] => Err(format!("`{text}` reaches below zero")),
            _ => Err(wrong()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ranges_are_read_and_nonsense_is_refused() {
        let read = |text: &str| text.parse::<Amount>();
        assert_eq!(read("40").unwrap().number(), Some(40.0));
        assert_eq!(read("1, 1.2 ,2").unwrap().to_string(), "1 to 2, most likely 1.2");
        assert_eq!(read("3,3,3").unwrap().number(), Some(3.0));
        for bad in ["", "a", "1,2", "-3", "-1,2,3", "3,2,1", "1,2,3,4", "inf", "NaN"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
