//! How much may be spent.

use std::str::FromStr;

/// An amount in major units of the program's currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget(pub f64);

/// Why a text is no budget.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an amount: write for example 400000, 400_000, 400k or 1.2M")]
pub struct BudgetError(pub String);

impl FromStr for Budget {
    type Err = BudgetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.trim().replace(['_', ' '], "");
        let (number, factor) = match plain.strip_suffix(['k', 'K']) {
            Some(number) => (number, 1e3),
            None => plain.strip_suffix(['m', 'M']).map_or((plain.as_str(), 1.0), |number| (number, 1e6)),
        };
        let amount = number.parse::<f64>().ok().map(|number| number * factor);
        let amount = amount.filter(|amount| (0.0..=1e15).contains(amount));
        amount.map(Self).ok_or_else(|| BudgetError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_are_read_or_refused() {
        let read = |text: &str| text.parse::<Budget>().map(|budget| budget.0).ok();
        assert_eq!(read("400k"), Some(400_000.0));
        assert_eq!(read("1.2M"), Some(1_200_000.0));
        assert_eq!(read("400_000"), Some(400_000.0));
        assert_eq!(read("0"), Some(0.0));
        for bad in ["", "k", "-1", "much", "1e99", "NaN", "4 apples"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
