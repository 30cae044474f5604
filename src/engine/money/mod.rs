//! Money over time: lines that follow from dates, when they are paid, what they and the benefits are worth.
//!
//! **Invariant:** the amounts, flows and values of an iteration are functions of its dates, its costs and its own
//! draws alone; one piece of code computes them for one iteration and for a block of them.

mod benefit;
mod bind;
mod flows;
mod grid;
mod line;
mod moments;
mod most;
mod one;
mod planned;
mod price;
mod purse;
mod settle;
mod sheet;
mod spending;
mod spread;
mod treasury;
mod value;

pub use flows::{FlowOf, Flows};
pub use grid::Months;
pub use line::{LineInfo, LineOrigin};
pub use planned::PlannedSpend;
pub use treasury::Treasury;

pub(super) use bind::bind;
pub(super) use one::OneLane;
pub(super) use sheet::{Sheet, Totals};
pub(super) use treasury::Scratch;
pub(super) use value::{FinalCosts, Worth};
