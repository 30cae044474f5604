//! The classic indices of earned value.

/// Earned value on one date, in one unit of money.
///
/// # Source
/// ANSI/EIA-748; semantics, section 7. A ratio without a denominator is [`None`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EarnedValue {
    /// Budget at completion.
    pub bac: f64,
    /// Planned value: the budget of what should be done by now.
    pub pv: f64,
    /// Earned value: the budget of what is done.
    pub ev: f64,
    /// Actual cost of what is done.
    pub ac: f64,
}

/// How an estimate at completion is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EacMethod {
    /// The rest costs what it was planned to: AC + BAC - EV.
    AsPlanned,
    /// The rest goes on as so far: BAC / CPI.
    AtCpi,
    /// The rest suffers from cost and delay: AC + (BAC - EV) / (CPI SPI).
    AtCpiAndSpi,
    /// AC + (BAC - EV) / (0.8 CPI + 0.2 SPI).
    Weighted,
    /// AC + (BAC - EV) / CPI3, the cost performance of the last three reports.
    AtRecentCpi,
}

impl EacMethod {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::AsPlanned, Self::AtCpi, Self::AtCpiAndSpi, Self::Weighted, Self::AtRecentCpi];

    /// The formula.
    #[must_use]
    pub fn formula(self) -> &'static str {
        match self {
            Self::AsPlanned => "AC + BAC - EV",
            Self::AtCpi => "BAC / CPI",
            Self::AtCpiAndSpi => "AC + (BAC - EV) / (CPI SPI)",
            Self::Weighted => "AC + (BAC - EV) / (0.8 CPI + 0.2 SPI)",
            Self::AtRecentCpi => "AC + (BAC - EV) / CPI3",
        }
    }

    /// A name for columns and keys.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::AsPlanned => "as_planned",
            Self::AtCpi => "cpi",
            Self::AtCpiAndSpi => "cpi_spi",
            Self::Weighted => "weighted",
            Self::AtRecentCpi => "cpi3",
        }
    }
}

/// The cost performance that is needed from now on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tcpi {
    /// The index.
    Needed(f64),
    /// The money is spent, and work is left.
    NotAchievable,
    /// Nothing is left to do.
    Done,
}

impl EarnedValue {
    /// Cost variance EV - AC.
    #[must_use]
    pub fn cost_variance(&self) -> f64 {
        self.ev - self.ac
    }

    /// Schedule variance EV - PV, in money.
    #[must_use]
    pub fn schedule_variance(&self) -> f64 {
        self.ev - self.pv
    }

    /// CPI = EV / AC.
    #[must_use]
    pub fn cpi(&self) -> Option<f64> {
        ratio(self.ev, self.ac)
    }

    /// SPI = EV / PV.
    #[must_use]
    pub fn spi(&self) -> Option<f64> {
        ratio(self.ev, self.pv)
    }

    /// The cost performance since an earlier date.
    #[must_use]
    pub fn cpi_since(&self, earlier: &Self) -> Option<f64> {
        ratio(self.ev - earlier.ev, self.ac - earlier.ac)
    }

    /// The estimate at completion by a formula; `recent` is CPI3.
    #[must_use]
    pub fn eac(&self, method: EacMethod, recent: Option<f64>) -> Option<f64> {
        let rest = self.bac - self.ev;
        let at = |index: Option<f64>| Some(self.ac + ratio(rest, index?)?);
        match method {
            EacMethod::AsPlanned => Some(self.ac + rest),
            EacMethod::AtCpi => ratio(self.bac, self.cpi()?),
            EacMethod::AtCpiAndSpi => at(Some(self.cpi()? * self.spi()?)),
            EacMethod::Weighted => at(Some(0.8 * self.cpi()? + 0.2 * self.spi()?)),
            EacMethod::AtRecentCpi => at(recent),
        }
    }

    /// Variance at completion BAC - EAC.
    #[must_use]
    pub fn variance_at_completion(&self, eac: f64) -> f64 {
        self.bac - eac
    }

    /// To-complete performance index: what is left to do over what is left of `money`, BAC or an EAC.
    #[must_use]
    pub fn tcpi(&self, money: f64) -> Tcpi {
        if self.ev >= self.bac {
            Tcpi::Done
        } else if money <= self.ac {
            Tcpi::NotAchievable
        } else {
            Tcpi::Needed((self.bac - self.ev) / (money - self.ac))
        }
    }
}

fn ratio(of: f64, to: f64) -> Option<f64> {
    (to != 0.0 && to.is_finite()).then(|| of / to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_textbook_case_has_its_textbook_numbers() {
        let now = EarnedValue { bac: 200.0, pv: 100.0, ev: 90.0, ac: 85.0 };
        assert!((now.cpi().unwrap() - 1.0588).abs() < 5e-5);
        assert_eq!(now.spi(), Some(0.9));
        assert_eq!(now.eac(EacMethod::AsPlanned, None), Some(195.0));
        assert!((now.eac(EacMethod::AtCpi, None).unwrap() - 188.9).abs() < 0.05);
        let both = 85.0 + 110.0 / (90.0 / 85.0 * 0.9);
        assert!((now.eac(EacMethod::AtCpiAndSpi, None).unwrap() - both).abs() < 1e-9);
        let weighted = 85.0 + 110.0 / (0.8 * 90.0 / 85.0 + 0.18);
        assert!((now.eac(EacMethod::Weighted, None).unwrap() - weighted).abs() < 1e-9);
        assert_eq!(now.eac(EacMethod::AtRecentCpi, Some(0.5)), Some(305.0));
        assert_eq!((now.cost_variance(), now.schedule_variance()), (5.0, -10.0));
        assert_eq!(now.tcpi(200.0), Tcpi::Needed(110.0 / 115.0));
        assert_eq!(now.variance_at_completion(195.0), 5.0);
    }

    #[test]
    fn what_has_no_denominator_is_not_a_number_but_nothing() {
        let none = EarnedValue::default();
        assert_eq!((none.cpi(), none.spi()), (None, None));
        assert_eq!(none.eac(EacMethod::AtCpi, None), None);
        assert_eq!(none.eac(EacMethod::AtRecentCpi, None), None);
        assert_eq!(none.tcpi(0.0), Tcpi::Done);
        let spent = EarnedValue { bac: 100.0, pv: 90.0, ev: 80.0, ac: 110.0 };
        assert_eq!(spent.tcpi(spent.bac), Tcpi::NotAchievable);
    }
}
