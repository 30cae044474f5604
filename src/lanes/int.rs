//! Loops over whole minutes: maxima, shifts, limits, masks.
//!
//! In the reverse pass [`UNLIMITED`] stands for "no limit" and stays what it is under every shift.

use super::{LANES, UNLIMITED, for_each_set};

type Lane = [i32; LANES];
type Mask = [bool; LANES];

for_each_set! {
    /// `acc = max(acc, a)`.
    pub fn max(acc: &mut Lane, a: &Lane) {
        for (acc, &a) in acc.iter_mut().zip(a) {
            *acc = (*acc).max(a);
        }
    }

    /// `acc = min(acc, a)`.
    pub fn min(acc: &mut Lane, a: &Lane) {
        for (acc, &a) in acc.iter_mut().zip(a) {
            *acc = (*acc).min(a);
        }
    }

    /// `acc = max(acc, least)`.
    pub fn raise(acc: &mut Lane, least: i32) {
        for acc in acc.iter_mut() {
            *acc = (*acc).max(least);
        }
    }

    /// `acc = max(acc, a - d)`.
    pub fn max_less(acc: &mut Lane, a: &Lane, d: &Lane) {
        for ((acc, &a), &d) in acc.iter_mut().zip(a).zip(d) {
            *acc = (*acc).max(a.wrapping_sub(d));
        }
    }

    /// `acc = max(acc, a + lag)`.
    pub fn max_shifted(acc: &mut Lane, a: &Lane, lag: i32) {
        for (acc, &a) in acc.iter_mut().zip(a) {
            *acc = (*acc).max(a.wrapping_add(lag));
        }
    }

    /// `acc = max(acc, a + lag - d)`.
    pub fn max_shifted_less(acc: &mut Lane, a: &Lane, lag: i32, d: &Lane) {
        for ((acc, &a), &d) in acc.iter_mut().zip(a).zip(d) {
            *acc = (*acc).max(a.wrapping_add(lag).wrapping_sub(d));
        }
    }

    /// `out = a + b`.
    pub fn add(out: &mut Lane, a: &Lane, b: &Lane) {
        for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
            *out = a.wrapping_add(b);
        }
    }

    /// `out = a - b`.
    pub fn less(out: &mut Lane, a: &Lane, b: &Lane) {
        for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
            *out = a.wrapping_sub(b);
        }
    }

    /// `acc += b`.
    pub fn add_to(acc: &mut Lane, b: &Lane) {
        for (acc, &b) in acc.iter_mut().zip(b) {
            *acc = acc.wrapping_add(b);
        }
    }

    /// `acc += by`.
    pub fn shift(acc: &mut Lane, by: i32) {
        for acc in acc.iter_mut() {
            *acc = acc.wrapping_add(by);
        }
    }

    /// `acc = max(0, finish - free)`: how much later something is.
    pub fn later(out: &mut Lane, finish: &Lane, free: &Lane) {
        for ((out, &finish), &free) in out.iter_mut().zip(finish).zip(free) {
            *out = finish.saturating_sub(free).max(0);
        }
    }

    /// `acc -= by` where there is a limit.
    pub fn shift_back(acc: &mut Lane, by: &Lane) {
        for (acc, &by) in acc.iter_mut().zip(by) {
            *acc = if *acc == UNLIMITED { UNLIMITED } else { acc.wrapping_sub(by) };
        }
    }

    /// `acc = min(acc, a - lag)` where `a` is a limit.
    pub fn min_earlier(acc: &mut Lane, a: &Lane, lag: i32) {
        for (acc, &a) in acc.iter_mut().zip(a) {
            let earlier = if a == UNLIMITED { UNLIMITED } else { a.wrapping_sub(lag) };
            *acc = (*acc).min(earlier);
        }
    }

    /// `acc = UNLIMITED` where `by` is.
    pub fn unlimited_stays(acc: &mut Lane, by: &Lane) {
        for (acc, &by) in acc.iter_mut().zip(by) {
            *acc = if by == UNLIMITED { UNLIMITED } else { *acc };
        }
    }

    /// The latest place of tasks of `d` minutes that finish by `finish` and start by `start`, and whether
    /// that is no later than the place of those that end at `end`.
    pub fn late_place(out: &mut Lane, critical: &mut Mask, finish: &Lane, start: &Lane, d: &Lane, end: &Lane) {
        for at in 0..LANES {
            let by_finish = if finish[at] == UNLIMITED { UNLIMITED } else { finish[at].wrapping_sub(d[at]) };
            let late = by_finish.min(start[at]);
            out[at] = late;
            critical[at] = late <= end[at].wrapping_sub(d[at]);
        }
    }

    /// `out` where `lag` is zero becomes `same`: what is not shifted stays where it is, even in a night.
    pub fn where_equal(out: &mut Lane, lag: &Lane, same: &Lane) {
        for ((out, &lag), &same) in out.iter_mut().zip(lag).zip(same) {
            *out = if lag == 0 { same } else { *out };
        }
    }

    /// `from |= to & (a + lag == value)`: what binds a driving task drives.
    pub fn bind(from: &mut Mask, to: &Mask, a: &Lane, lag: i32, value: &Lane) {
        for at in 0..LANES {
            from[at] |= to[at] & (a[at].wrapping_add(lag) == value[at]);
        }
    }

    /// `from |= to & (a + lag - d == value)`.
    pub fn bind_less(from: &mut Mask, to: &Mask, a: &Lane, lag: i32, d: &Lane, value: &Lane) {
        for at in 0..LANES {
            from[at] |= to[at] & (a[at].wrapping_add(lag).wrapping_sub(d[at]) == value[at]);
        }
    }

    /// `out = a == b`.
    pub fn bind_equal(out: &mut Mask, a: &Lane, b: &Lane) {
        for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
            *out = a == b;
        }
    }

    /// Which words are less than a threshold of up to 2^32.
    pub fn below(out: &mut Mask, words: &[u32; LANES], threshold: u64) {
        match u32::try_from(threshold) {
            Ok(threshold) => out.iter_mut().zip(words).for_each(|(out, &word)| *out = word < threshold),
            Err(_) => out.fill(true),
        }
    }

    /// Whether any lane is set.
    pub fn any(a: &Mask) -> bool {
        a.iter().fold(0_u8, |any, &a| any | u8::from(a)) != 0
    }

    /// `acc |= a`.
    pub fn join(acc: &mut Mask, a: &Mask) {
        for (acc, &a) in acc.iter_mut().zip(a) {
            *acc |= a;
        }
    }

    /// The latest of all lanes.
    pub fn latest(a: &Lane) -> i32 {
        a.iter().fold(i32::MIN, |latest, &a| latest.max(a))
    }
}
