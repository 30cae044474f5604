//! 512 values at once: what the fast engine is made of.
//!
//! Every function is written once as a plain loop over lanes and compiled for each [`InstructionSet`]; which
//! one runs is chosen when the program runs. Where a compiler does not find the fast form by itself (records
//! of a table loaded by lane and transposed), it is written out beside the plain loop.
//!
//! **Invariant:** all instruction sets give the same bits. Floating point is multiplied, added, compared and
//! rounded lane by lane in the order of the source, never fused, and summed across lanes only where a source says in which
//! order.
//! **Invariant:** all unsafe code of the library is in this room: calls of functions whose instruction set
//! was detected, and loads at positions that were clamped to the table before. `tests/miri` runs its tests in
//! an interpreter that checks every access to memory (baseline and AVX2; it does not know AVX-512's loads).

mod chain;
mod curve;
mod dense;
mod dispatch;
mod float;
mod instruction_set;
mod int;
mod masks;
mod records;
mod rows;
mod spend;
mod sums;
mod values;

pub use chain::{Neighbour, place_after, place_before};
pub use curve::{Cubic, Segment};
pub use dense::{PANEL, Panel, TOGETHER, add_products, dot, less_rank_two, reduce, reflect, turn_rows};
pub(crate) use dispatch::for_each_set;
pub use float::{
    add_long, add_minutes, add_occurred, add_reals, add_weighted, fixed_point, fixed_points, keep_money,
    keep_reals, minutes_of, mix, money_of, multiply, rate_money, scale, scale_by, share_minutes, stretch,
    total_minutes, words_of,
};
pub use instruction_set::InstructionSet;
pub use int::{
    add, add_to, any, below, bind, bind_equal, bind_less, join, late_place, later, latest, less, max,
    max_less, max_shifted, max_shifted_less, min, min_earlier, raise, shift, shift_back, unlimited_stays,
    where_equal,
};
pub use masks::{and, and_not, keep_or, keep_where, max_unless, max_where, or};
pub use records::{Look, Records};
pub use rows::{Others, apart};
pub use spend::{Period, add_spent, reach, spent_evenly};
pub use sums::{Moments, count, count_positive, moments, moments_long, products, products_long, sum_where};
pub use values::{Aligned, Flags, Ints, LANES, Longs, Reals, UNLIMITED, Words};
