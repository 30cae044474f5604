//! A task from all its neighbours, in one loop: what the passes do most.
//!
//! The loops run over parts of the lanes so small that what is computed stays in registers however many
//! neighbours there are.

use super::{LANES, UNLIMITED, for_each_set};

type Lane = [i32; LANES];

/// A row of a neighbour, and the minutes between.
pub type Neighbour<'a> = (&'a Lane, i32);

/// Lanes of a part.
const PART: usize = 64;

/// A part of a row.
#[inline(always)]
fn part(row: &Lane, number: usize) -> &[i32; PART] {
    &row.as_chunks().0[number]
}

/// The earliest of all limits, in a part of the lanes.
#[inline(always)]
fn limits(from: &[Neighbour], number: usize) -> [i32; PART] {
    let mut limit = [UNLIMITED; PART];
    for (bound, lag) in from {
        let bound = part(bound, number);
        for lane in 0..PART {
            let earlier = if bound[lane] == UNLIMITED { UNLIMITED } else { bound[lane].wrapping_sub(*lag) };
            limit[lane] = limit[lane].min(earlier);
        }
    }
    limit
}

for_each_set! {
    /// End of tasks of `d` minutes that begin after all of `from` and not before `floor`, and their place if it is
    /// asked for. Of all tasks: the latest end.
    pub fn place_after(
        own: (Option<&mut Lane>, &mut Lane),
        latest: &mut Lane,
        d: &Lane,
        floor: i32,
        from: &[Neighbour],
    ) {
        let (mut place, end) = own;
        for number in 0..LANES / PART {
            let mut at = [floor; PART];
            for (base, lag) in from {
                let base = part(base, number);
                for lane in 0..PART {
                    at[lane] = at[lane].max(base[lane].wrapping_add(*lag));
                }
            }
            let d = part(d, number);
            let first = number * PART;
            if let Some(place) = &mut place {
                place[first..first + PART].copy_from_slice(&at);
            }
            for lane in 0..PART {
                let finish = at[lane].wrapping_add(d[lane]);
                end[first + lane] = finish;
                latest[first + lane] = latest[first + lane].max(finish);
            }
        }
    }

    /// The latest place of tasks that finish and start by all limits, and whether that is no later than where
    /// they are; a task is its minutes and its end.
    pub fn place_before(
        own: (&mut Lane, &mut [bool; LANES]),
        limit: (&[Neighbour], &[Neighbour]),
        task: (&Lane, &Lane),
    ) {
        let ((late, critical), (finish, start), (d, end)) = (own, limit, task);
        for number in 0..LANES / PART {
            let (finish, start) = (limits(finish, number), limits(start, number));
            let (d, end) = (part(d, number), part(end, number));
            let first = number * PART;
            for lane in 0..PART {
                let by_finish =
                    if finish[lane] == UNLIMITED { UNLIMITED } else { finish[lane].wrapping_sub(d[lane]) };
                let latest = by_finish.min(start[lane]);
                late[first + lane] = latest;
                critical[first + lane] = latest <= end[lane].wrapping_sub(d[lane]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::{InstructionSet, Ints};

    #[test]
    fn the_latest_of_all_that_come_before_and_the_earliest_of_all_that_follow() {
        let row = |by: i32| Ints::from_fn(|lane| (lane as i32 * by) % 997);
        let (a, b, d) = (row(31), row(77), row(5));
        let mut c = row(13);
        c[3] = UNLIMITED;
        for &set in InstructionSet::available() {
            let (mut place, mut end, mut latest) = (Ints::all(0), Ints::all(0), Ints::all(900));
            let from = [(&a.0, 3), (&b.0, -2)];
            place_after(set, (Some(&mut place), &mut end), &mut latest, &d, 5, &from);
            let (mut late, mut critical) = (Ints::all(0), [false; LANES]);
            let limits: [Neighbour; 2] = [(&c, 4), (&a, 0)];
            place_before(set, (&mut late, &mut critical), (&limits[..1], &limits), (&d, &end));
            for lane in 0..LANES {
                let begin = (a[lane] + 3).max(b[lane] - 2).max(5);
                assert_eq!((place[lane], end[lane]), (begin, begin + d[lane]));
                assert_eq!(latest[lane], (begin + d[lane]).max(900));
                let start = if lane == 3 { UNLIMITED } else { c[lane] - 4 };
                let finish = if lane == 3 { UNLIMITED } else { start - d[lane] };
                let expected = finish.min(start).min(a[lane]);
                assert_eq!((late[lane], critical[lane]), (expected, expected <= begin));
            }
        }
    }
}
