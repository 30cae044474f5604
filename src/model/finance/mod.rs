//! What money does over time: costs that depend on dates, contracts, prices, currencies, funding and benefits.

mod benefit;
mod check;
mod exchange;
mod index;
mod moment;
mod plan;
mod timed;

pub(super) use check::is_sound;

pub use benefit::{Benefit, Horizon};
pub use exchange::Exchange;
pub use index::{Escalation, PriceIndex};
pub use moment::Moment;
pub use plan::{Dating, Finance, Funding, Leftover, LineTerms, Payment, PeriodLength, Reserve};
pub use timed::{Bearer, PercentOf, Reserved, TimedAmount, TimedLine};
