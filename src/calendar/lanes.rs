//! Working time of many instants at once.

use super::WorkTable;
use crate::lanes::{InstructionSet, LANES, Look, Records};
use crate::units::Instant;

/// The functions of a [`WorkTable`] for [`LANES`] values at a time, with the same results.
///
/// Both directions become tables of buckets so narrow that at most one stretch of work begins in each. A
/// calendar with stretches of a few minutes would need too many buckets; it is looked up one by one.
#[derive(Clone, Debug)]
pub struct WorkLanes {
    by_time: Option<Records>,
    by_work: Option<Records>,
}

/// Buckets are at least 16 minutes wide, and at most this many: 8 MB of them.
const MIN_SHIFT: u32 = 4;
const MOST_ROWS: i32 = 1 << 19;
/// Widest buckets: about 45 days.
const MAX_SHIFT: u32 = 16;

impl WorkLanes {
    /// The buckets of a table.
    #[must_use]
    pub fn new(table: &WorkTable) -> Self {
        Self { by_time: by_time(table), by_work: by_work(table) }
    }

    /// [`WorkTable::worked`] of every lane.
    pub fn worked(&self, set: InstructionSet, table: &WorkTable, t: &mut [i32; LANES]) {
        match &self.by_time {
            Some(records) => records.look_up(set, Look::Worked, t),
            None => t.iter_mut().for_each(|t| *t = table.worked(Instant(*t))),
        }
    }

    /// [`WorkTable::finish_at`] of every lane.
    pub fn finish_at(&self, set: InstructionSet, table: &WorkTable, w: &mut [i32; LANES]) {
        match &self.by_work {
            Some(records) => records.look_up(set, Look::Finish, w),
            None => w.iter_mut().for_each(|w| *w = table.finish_at(*w).0),
        }
    }

    /// [`WorkTable::start_at`] of every lane.
    pub fn start_at(&self, set: InstructionSet, table: &WorkTable, w: &mut [i32; LANES]) {
        match &self.by_work {
            Some(records) => records.look_up(set, Look::Start, w),
            None => w.iter_mut().for_each(|w| *w = table.start_at(*w).0),
        }
    }
}

/// The widest bucket that no two of these distances share.
fn shift_of(distances: impl Iterator<Item = i32>, length: i32) -> Option<u32> {
    let shortest = distances.filter(|&distance| distance > 0).min().unwrap_or(1);
    let shift = shortest.ilog2().min(MAX_SHIFT);
    (shift >= MIN_SHIFT && length >> shift < MOST_ROWS).then_some(shift)
}

fn by_time(table: &WorkTable) -> Option<Records> {
    let stretches = table.stretches();
    let (origin, end) = (table.begins().0, table.ends().0);
    let distances = stretches.windows(2).map(|pair| pair[1].0.saturating_sub(pair[0].0));
    let shift = shift_of(distances, end.checked_sub(origin)?)?;
    let mut rows = vec![[origin.wrapping_neg(), i32::MAX, origin.wrapping_neg(), i32::MAX]];
    let mut at = 0;
    for bucket in 0..=(end - origin) >> shift {
        let begin = origin + (bucket << shift);
        let beyond = begin.saturating_add(1 << shift);
        while stretches.get(at + 1).is_some_and(|next| next.0 <= begin && next.0 != i32::MAX) {
            at += 1;
        }
        let offset = |i: usize| stretches[i].1.wrapping_sub(stretches[i].0);
        let next = *stretches.get(at + 1)?;
        rows.push(if next.0 < beyond && next.0 != i32::MAX {
            let after = stretches.get(at + 2)?;
            if after.0 < beyond {
                return None;
            }
            [offset(at), next.1, offset(at + 1), after.1]
        } else {
            [offset(at), next.1, offset(at), next.1]
        });
    }
    Records::new(origin, shift, rows)
}

fn by_work(table: &WorkTable) -> Option<Records> {
    let stretches = table.stretches();
    let (origin, total) = (table.begins().0, table.total());
    let distances = stretches.windows(2).map(|pair| pair[1].1.saturating_sub(pair[0].1));
    let shift = shift_of(distances, total)?;
    let mut rows = vec![[i32::MAX, origin, origin, 0]];
    let mut at = 0;
    for bucket in 0..=total >> shift {
        let begin = bucket << shift;
        let beyond = begin.saturating_add(1 << shift);
        while stretches.get(at + 1)?.1 < begin {
            at += 1;
        }
        let offset = |i: usize| stretches[i].0.wrapping_sub(stretches[i].1);
        let next = stretches.get(at + 1)?.1;
        rows.push(if next < beyond && next != i32::MAX {
            if stretches.get(at + 2)?.1 < beyond {
                return None;
            }
            [next, offset(at), offset(at + 1), 0]
        } else {
            [i32::MAX, offset(at), offset(at), 0]
        });
    }
    Records::new(0, shift, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Calendar, TablePart};

    #[test]
    fn lanes_agree_with_the_table_everywhere_and_beyond() {
        for calendar in [Calendar::standard(), Calendar::round_the_clock()] {
            for part in [TablePart::Working, TablePart::Elapsed] {
                let table = WorkTable::build(&calendar, part, 20_000, 20_120);
                let lanes = WorkLanes::new(&table);
                assert!(lanes.by_time.is_some() && lanes.by_work.is_some(), "{part:?}");
                for &set in InstructionSet::available() {
                    let mut first = table.begins().0 - 3_000;
                    while first < table.ends().0 + 3_000 {
                        let t: [i32; LANES] = std::array::from_fn(|lane| first + lane as i32);
                        let mut worked = t;
                        lanes.worked(set, &table, &mut worked);
                        assert_eq!(worked, t.map(|t| table.worked(Instant(t))));
                        first += LANES as i32;
                    }
                    let mut first = -3_000;
                    while first < table.total() + 3_000 {
                        let w: [i32; LANES] = std::array::from_fn(|lane| first + lane as i32);
                        let (mut start, mut finish) = (w, w);
                        lanes.start_at(set, &table, &mut start);
                        lanes.finish_at(set, &table, &mut finish);
                        assert_eq!(start, w.map(|w| table.start_at(w).0));
                        assert_eq!(finish, w.map(|w| table.finish_at(w).0));
                        first += LANES as i32;
                    }
                }
            }
        }
    }
}
