//! Other currencies.

use crate::model::Estimate;
use crate::units::Currency;

/// Another currency, in which some costs are agreed.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// What keys the draws of its rate: its code unless programs of a portfolio disagree about it.
    pub key: String,
    /// The currency.
    pub currency: Currency,
    /// What one unit of it costs in the currency of the program.
    pub rate: Estimate,
}
