//! What is kept of a simulation: exact statistics that merge in any order.
//!
//! **Invariant: order-free.** Every accumulator holds integers, and what it holds is a function of the
//! multiset of iterations that it saw: any split of the blocks over threads or machines, merged in any
//! order, gives the same bits. **Invariant:** nothing here knows a chart or a file.

mod batches;
mod beginning;
mod cash_flow;
mod columns;
mod first;
mod histogram;
mod irr;
mod joint;
mod outcome;
mod outcomes;
mod pairs;
mod portfolio;
mod prefix;
mod program_totals;
mod replays;
mod resolution;
mod risk_totals;
mod samples;
mod share;
mod simulated;
mod state;
mod tally;
mod task_totals;

pub use batches::{BATCHES, Batches};
pub use beginning::Beginning;
pub use cash_flow::{Case, CashFlow, DELAYS, FlowGroup, LineGroup};
pub use columns::Columns;
pub use first::First;
pub use histogram::{Bin, Histogram, Ranks};
pub use irr::internal_rate;
pub use joint::{JointCell, JointGrid};
pub use outcome::{Estimated, Outcome, half_width};
pub use outcomes::{Outcomes, ProjectOutcomes};
pub use pairs::{Pair, Pairs};
pub use portfolio::{MemberResults, PortfolioResults, SideBySide};
pub use prefix::{PREFIX_ITERATIONS, Prefix};
pub use program_totals::ProgramTotals;
pub use replays::Replays;
pub use resolution::Resolution;
pub use risk_totals::RiskTotals;
pub use samples::Samples;
pub use share::share_estimated;
pub use simulated::{ProjectResults, Results, Worth};
pub use state::StateError;
pub use tally::Tally;
pub use task_totals::TaskTotals;
