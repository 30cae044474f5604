//! One run on many machines: parts of it as files, and all of them as one result again.
//!
//! **Invariant:** a shard is whole blocks of one run, and says of which. Two shards are merged only if everything
//! that a result is a function of is the same in both; bytes that are not exactly those that were written are no
//! shard. **Invariant:** what is merged is the single run, bit for bit, in whatever order and parts it was done.

mod array;
mod envelope;
mod error;
mod file;
mod fold;
mod header;
mod number;
mod plan;
mod union;

pub use array::{ArrayError, ShardChoice};
pub use envelope::Envelope;
pub use error::ShardError;
pub use file::Shard;
pub(crate) use file::{pack, take, unpack};
pub use fold::{Fold, beginning};
pub use header::Header;
pub use number::{MOST_SHARDS, ParseShardError, ShardNumber};
pub use plan::{Plan, PlannedShard, file_name};
pub use union::{Problem, Refusal, Union, unite};
