//! Evidence for those who were not there: recorded results that come out again, and a machine that
//! reproduces known answers.
//!
//! **Invariant:** what is compared was made by the same code that makes it for users; nothing here computes
//! a forecast of its own. **Invariant:** no clock and no machine: both are told by the caller.

mod check;
mod difference;
#[cfg(feature = "attachments")]
mod document;
mod engine_checks;
mod fingerprint;
mod generator_checks;
mod known_answers;
mod law_checks;
mod machine;
mod record;
mod selftest;
mod verification;

pub use check::{Check, Figure};
pub use difference::{Difference, FileVerdict, compare_file};
#[cfg(feature = "attachments")]
pub use document::{DocumentVerdict, FigureDifference};
pub use fingerprint::Fingerprint;
pub use known_answers::{Expectation, KnownAnswer, known_answers};
pub use machine::{Machine, cpu_features};
pub use record::{RecordError, check_inputs, read_manifest};
pub use selftest::{Effort, SelfTest, selftest};
pub use verification::Verification;
