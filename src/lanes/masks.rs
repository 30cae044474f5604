//! Loops over lanes some of which are something else: a choice per lane between two values.

use super::{LANES, for_each_set};

for_each_set! {
    /// `acc` where the mask is set, else `other`.
    pub fn keep_where(acc: &mut [i32; LANES], mask: &[bool; LANES], other: &[i32; LANES]) {
        for at in 0..LANES {
            acc[at] = if mask[at] { acc[at] } else { other[at] };
        }
    }

    /// `acc` where the mask is set, else the same number in every lane.
    pub fn keep_or(acc: &mut [i32; LANES], mask: &[bool; LANES], other: i32) {
        for at in 0..LANES {
            acc[at] = if mask[at] { acc[at] } else { other };
        }
    }

    /// `acc = max(acc, a)` where the mask is set.
    pub fn max_where(acc: &mut [i32; LANES], mask: &[bool; LANES], a: &[i32; LANES]) {
        for at in 0..LANES {
            let more = if mask[at] { a[at] } else { i32::MIN };
            acc[at] = acc[at].max(more);
        }
    }

    /// `acc = max(acc, a)` where the mask is not set.
    pub fn max_unless(acc: &mut [i32; LANES], mask: &[bool; LANES], a: &[i32; LANES]) {
        for at in 0..LANES {
            let more = if mask[at] { i32::MIN } else { a[at] };
            acc[at] = acc[at].max(more);
        }
    }

    /// `acc &= mask`.
    pub fn and(acc: &mut [bool; LANES], mask: &[bool; LANES]) {
        for at in 0..LANES {
            acc[at] &= mask[at];
        }
    }

    /// `acc &= !mask`.
    pub fn and_not(acc: &mut [bool; LANES], mask: &[bool; LANES]) {
        for at in 0..LANES {
            acc[at] &= !mask[at];
        }
    }

    /// `acc |= mask`.
    pub fn or(acc: &mut [bool; LANES], mask: &[bool; LANES]) {
        for at in 0..LANES {
            acc[at] |= mask[at];
        }
    }
}
