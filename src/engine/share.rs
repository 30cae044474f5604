//! Blocks shared out among the threads of the current pool.

use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

use super::Cancelled;
use crate::draws::BLOCK;

/// Does the work of every block of a range, each by the thread that is free for it, and merges what the
/// threads kept. `worker` makes what a thread needs for it and what it keeps.
///
/// `progress` is told after every block how many iterations are done, and may break the work off.
///
/// # Errors
/// [`Cancelled`] if `progress` broke it off.
pub(super) fn share<W, O: Send>(
    blocks: Range<u64>,
    worker: impl Fn() -> (W, O) + Sync,
    block: impl Fn(&mut W, &mut O, u64) + Sync,
    merge: impl Fn(&mut O, O),
    progress: impl Fn(u64) -> ControlFlow<()> + Sync,
) -> Result<O, Cancelled> {
    let (next, done, stop) = (AtomicU64::new(blocks.start), AtomicU64::new(0), AtomicBool::new(false));
    let work = |_| {
        let (mut tools, mut kept) = worker();
        while !stop.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= blocks.end {
                break;
            }
            block(&mut tools, &mut kept, index);
            let iterations = (done.fetch_add(1, Ordering::Relaxed) + 1) * BLOCK as u64;
            if progress(iterations).is_break() {
                stop.store(true, Ordering::Relaxed);
            }
        }
        kept
    };
    let workers = rayon::current_num_threads();
    let parts: Vec<O> = (0..workers).into_par_iter().with_max_len(1).map(work).collect();
    if stop.load(Ordering::Relaxed) {
        return Err(Cancelled { iterations: done.load(Ordering::Relaxed) * BLOCK as u64 });
    }
    let mut parts = parts.into_iter();
    let mut merged = parts.next().unwrap_or_else(|| worker().1);
    parts.for_each(|part| merge(&mut merged, part));
    Ok(merged)
}
