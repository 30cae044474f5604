//! One task: from what holds it back to its dates.

use super::compile::Network;
use super::node::{TaskRule, UNBOUND};
use crate::calendar::WorkTable;
use crate::units::Instant;

/// Where a task comes to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Its place in the minutes of its own table.
    pub at: i32,
    /// Its start.
    pub start: i32,
    /// Its finish.
    pub finish: i32,
}

/// The first place that lets a task of `d > 0` minutes start at or after `ready` and finish at or after
/// `finish_ready`, both in working time.
#[inline]
pub(super) fn first_place(table: &WorkTable, d: i32, ready: i32, finish_ready: i32) -> i32 {
    let from_start = table.worked(Instant(ready));
    if finish_ready == UNBOUND {
        return from_start;
    }
    from_start.max(table.worked(Instant(finish_ready)).saturating_sub(d))
}

/// The instant of an event (`d = 0`): not moved to working time.
#[inline]
pub(super) fn first_instant(table: &WorkTable, ready: i32, finish_ready: i32) -> i32 {
    if finish_ready == UNBOUND {
        return ready;
    }
    ready.max(table.finish_at(table.worked(Instant(finish_ready))).0)
}

/// The dates of a task of `d` minutes without windows.
#[inline]
pub(super) fn free_place(table: &WorkTable, d: i32, ready: i32, finish_ready: i32) -> Place {
    if d == 0 {
        let t = first_instant(table, ready, finish_ready);
        return Place { at: table.worked(Instant(t)), start: t, finish: t };
    }
    at_place(table, d, first_place(table, d, ready, finish_ready))
}

/// The dates of a task of `d > 0` minutes at a given place.
#[inline]
pub(super) fn at_place(table: &WorkTable, d: i32, at: i32) -> Place {
    Place { at, start: table.start_at(at).0, finish: table.finish_at(at.saturating_add(d)).0 }
}

impl Network {
    /// Elapsed minutes by which windows and freezes alone delay the finish.
    #[inline]
    pub(super) fn wait(&self, rule: &TaskRule, d: i32, ready: i32, finish_ready: i32, finish: i32) -> i32 {
        match rule.unbound {
            None => 0,
            Some(table) => {
                let free = free_place(&self.tables[table as usize], d, ready, finish_ready);
                // A finish that FF or SF holds back inside a freeze counts from the end of the work before it.
                finish.saturating_sub(free.finish).max(0)
            }
        }
    }
}
