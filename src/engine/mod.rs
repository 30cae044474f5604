//! Iterations: one at a time in readable code, and many in parallel.
//!
//! **Invariant:** an iteration is a pure function of the compiled program, the seed and the iteration's
//! number; nothing is carried from one to the next. **Invariant:** nothing here knows a percentile: what
//! is kept of the iterations is up to the [`Observer`].

mod block;
mod blow;
mod compile;
mod cost;
mod decision;
mod dependence;
mod drawn;
mod driver;
mod funding;
mod impact;
mod kernel;
mod laws;
mod lead;
mod least;
mod money;
mod numbers;
mod pair;
mod plain;
mod planned;
mod presence;
mod quantity;
mod run;
mod share;
mod stop;
mod uniforms;
mod until;
mod worlds;

pub use block::{Block, NEVER, Observer};
pub use compile::{CompileError, Expense, Simulation};
pub use kernel::Kernel;
pub use money::{FlowOf, Flows, LineInfo, LineOrigin, Months, PlannedSpend, Treasury};
pub use pair::{PairObserver, run_pair};
pub use plain::Iteration;
pub use planned::Plan;
pub use run::{Cancelled, Tools, blocks_for, run, run_here};
pub use until::{FIRST_TEST, Until, run_until};
pub use worlds::{Ends, Look, Worlds, WorldsError};
