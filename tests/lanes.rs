//! Every loop over lanes, on what is worst for it, gives the same bits on every instruction set.
//!
//! Places in tables at both ends and beyond, minutes at the ends of their type, numbers that are none. A build
//! with debug assertions also finds every addition that could overflow in the plain loops.

use p80::lanes::{self as lanes, Cubic, InstructionSet, LANES, Look, Records, Segment, UNLIMITED};

/// How many times each loop is tried; an interpreter that checks every access is a thousand times slower.
const ROUNDS: usize = if cfg!(miri) { 3 } else { 200 };

/// Numbers for choices: SplitMix64.
struct Dice(u64);

impl Dice {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    fn minute(&mut self) -> i32 {
        match self.word() % 8 {
            0 => i32::MIN,
            1 => i32::MAX,
            2 => UNLIMITED,
            3 => 0,
            4 => (self.word() % 7) as i32 - 3,
            5 => self.word() as i32,
            _ => (self.word() % 4_000) as i32 - 2_000,
        }
    }

    fn bits(&mut self) -> u32 {
        match self.word() % 5 {
            0 => (self.word() % 3) as u32,
            1 => u32::MAX - (self.word() % 3) as u32,
            2 => (1 << (self.word() % 32)) - (self.word() % 2) as u32,
            _ => self.word() as u32,
        }
    }

    fn real(&mut self) -> f64 {
        let worst = [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
            -5e-324,
            -0.0,
            2_147_483_647.5,
            -2_147_483_648.5,
            4_294_967_296.0,
            0.5,
            1.5,
            2.5,
            -0.5,
            1e15,
        ];
        match self.word() % 3 {
            0 => worst[(self.word() % worst.len() as u64) as usize],
            1 => self.number(),
            _ => f64::from_bits(self.word()),
        }
    }

    fn number(&mut self) -> f64 {
        (self.word() % 2_000_001) as f64 / 1_000.0 - 1_000.0
    }

    fn minutes(&mut self) -> [i32; LANES] {
        std::array::from_fn(|_| self.minute())
    }

    fn reals(&mut self) -> [f64; LANES] {
        std::array::from_fn(|_| self.real())
    }

    fn flags(&mut self) -> [bool; LANES] {
        std::array::from_fn(|_| self.word().is_multiple_of(2))
    }

    fn amounts(&mut self) -> [i64; LANES] {
        std::array::from_fn(|_| self.word() as i64 >> (self.word() % 40 + 18))
    }
}

/// Not a number is equal to itself here; which of its bits are set is up to the machine.
fn plain(values: &[f64; LANES]) -> Vec<u64> {
    values.iter().map(|value| if value.is_nan() { u64::MAX } else { value.to_bits() }).collect()
}

/// Compares what a loop gives on every instruction set with what it gives compiled for the baseline.
#[track_caller]
fn same<T: PartialEq + std::fmt::Debug>(what: &str, of: impl Fn(InstructionSet) -> T) {
    let expected = of(InstructionSet::BASELINE);
    for &set in InstructionSet::available() {
        assert!(of(set) == expected, "{what} on {}", set.name());
    }
}

/// What a loop makes of a first argument.
fn after<A: Clone>(first: &A, change: impl FnOnce(&mut A)) -> A {
    let mut changed = first.clone();
    change(&mut changed);
    changed
}

#[test]
fn records_are_read_within_their_table_whatever_is_looked_up() {
    let mut dice = Dice(1);
    for round in 0..2 * ROUNDS {
        let rows = 1 + (dice.word() % if round % 2 == 0 { 3 } else { 600 }) as usize;
        let rows: Vec<[i32; 4]> = (0..rows).map(|_| std::array::from_fn(|_| dice.minute())).collect();
        let records = Records::new(dice.minute(), (dice.word() % 31) as u32, rows).unwrap();
        let x = dice.minutes();
        for look in [Look::Worked, Look::Finish, Look::Start] {
            same("records", |set| after(&x, |x| records.look_up(set, look, x)));
        }
    }
}

// Seen to fail where it is asked how many numbers that are none lie below zero: the sets disagree.
#[test]
fn pieces_are_read_within_their_table_whatever_is_drawn() {
    let mut dice = Dice(2);
    for round in 0..2 * ROUNDS {
        let count = 1 + (dice.word() % if round % 2 == 0 { 3 } else { 900 }) as usize;
        let segments: Vec<Segment> = (0..count)
            .map(|_| std::array::from_fn(|_| if round % 4 == 0 { dice.real() } else { dice.number() }))
            .collect();
        let level = (dice.word() % 20) as u32;
        let near = |dice: &mut Dice| (1_022_u32 << level).wrapping_add(dice.bits() >> (dice.word() % 32));
        let offsets = (near(&mut dice), if round % 3 == 0 { dice.bits() } else { near(&mut dice) });
        let (location, scale) =
            if round % 4 == 0 { (dice.real(), dice.real()) } else { (dice.number(), dice.number()) };
        let curve = Cubic { segments: &segments, split: dice.bits(), level, offsets, location, scale };
        let bits = std::array::from_fn(|_| dice.bits());
        same("reals", |set| plain(&after(&[0.0; LANES], |out| curve.reals(set, &bits, out))));
        // How many are below zero is a question to numbers only.
        let mut reals = [0.0_f64; LANES];
        curve.reals(InstructionSet::BASELINE, &bits, &mut reals);
        let numbers = reals.iter().all(|value| !value.is_nan());
        same("minutes", |set| {
            let mut below = 0;
            (after(&[0; LANES], |out| below = curve.minutes(set, &bits, out)), below * u64::from(numbers))
        });
        // An amount that is no number is refused when a program is compiled.
        same("money", |set| {
            let money = after(&[0; LANES], |out| curve.money(set, &bits, out));
            let known = |at: &usize| !reals[*at].is_nan();
            (0..LANES).filter(known).map(|at| money[at]).collect::<Vec<i64>>()
        });
    }
}

#[test]
fn minutes_at_the_ends_of_their_type_neither_panic_nor_differ() {
    let mut dice = Dice(3);
    for _ in 0..ROUNDS {
        let (a, b, c, d, by) =
            (dice.minutes(), dice.minutes(), dice.minutes(), dice.minutes(), dice.minute());
        let (to, from) = (dice.flags(), dice.flags());
        same("max", |set| after(&a, |a| lanes::max(set, a, &b)));
        same("min", |set| after(&a, |a| lanes::min(set, a, &b)));
        same("raise", |set| after(&a, |a| lanes::raise(set, a, by)));
        same("max_less", |set| after(&a, |a| lanes::max_less(set, a, &b, &c)));
        same("max_shifted", |set| after(&a, |a| lanes::max_shifted(set, a, &b, by)));
        same("max_shifted_less", |set| after(&a, |a| lanes::max_shifted_less(set, a, &b, by, &c)));
        same("add", |set| after(&a, |out| lanes::add(set, out, &b, &c)));
        same("add_to", |set| after(&a, |a| lanes::add_to(set, a, &b)));
        same("shift", |set| after(&a, |a| lanes::shift(set, a, by)));
        same("later", |set| after(&a, |out| lanes::later(set, out, &b, &c)));
        same("shift_back", |set| after(&a, |a| lanes::shift_back(set, a, &b)));
        same("min_earlier", |set| after(&a, |a| lanes::min_earlier(set, a, &b, by)));
        same("unlimited_stays", |set| after(&a, |a| lanes::unlimited_stays(set, a, &b)));
        same("late_place", |set| {
            after(&(a, to), |(out, critical)| lanes::late_place(set, out, critical, &a, &b, &c, &d))
        });
        same("where_equal", |set| after(&a, |out| lanes::where_equal(set, out, &b, &c)));
        same("bind", |set| after(&from, |from| lanes::bind(set, from, &to, &a, by, &b)));
        same("bind_less", |set| after(&from, |from| lanes::bind_less(set, from, &to, &a, by, &c, &b)));
        same("bind_equal", |set| after(&from, |out| lanes::bind_equal(set, out, &a, &b)));
        same("join", |set| after(&from, |from| lanes::join(set, from, &to)));
        same("any", |set| (lanes::any(set, &from), lanes::any(set, &[false; LANES])));
        same("count", |set| (lanes::count(set, &from), lanes::count_positive(set, &a)));
        same("moments", |set| {
            let moments = lanes::moments(set, &a);
            (moments.sum, moments.squares)
        });
        let words = std::array::from_fn(|_| dice.bits());
        let threshold = dice.word() % ((1 << 32) + 2);
        same("below", |set| after(&from, |out| lanes::below(set, out, &words, threshold)));
        let neighbours = [(&a, by), (&b, -1), (&c, i32::MAX)];
        same("place_after", |set| {
            after(&((a, b), c), |((place, end), latest)| {
                lanes::place_after(set, (Some(place), end), latest, &d, by, &neighbours);
            })
        });
        same("place_before", |set| {
            after(&(a, to), |(late, critical)| {
                let limits = (&neighbours[..2], &neighbours[1..]);
                lanes::place_before(set, (late, critical), limits, (&d, &c));
            })
        });
    }
}

#[test]
fn numbers_that_are_none_neither_panic_nor_differ() {
    let mut dice = Dice(4);
    for _ in 0..ROUNDS {
        let (a, b, c) = (dice.reals(), dice.reals(), dice.reals());
        let (minutes, flags, amounts) = (dice.minutes(), dice.flags(), dice.amounts());
        let factor = dice.real();
        same("minutes_of", |set| after(&minutes, |out| lanes::minutes_of(set, out, &a)));
        same("total_minutes", |set| {
            let mut below = 0;
            (after(&minutes, |out| below = lanes::total_minutes(set, out, &a, &b, &c)), below)
        });
        same("share_minutes", |set| after(&minutes, |out| lanes::share_minutes(set, out, factor, &minutes)));
        same("scale_by", |set| plain(&after(&c, |out| lanes::scale_by(set, out, &a, &b))));
        same("multiply", |set| plain(&after(&a, |a| lanes::multiply(set, a, &b))));
        same("stretch", |set| {
            let (acc, whole) =
                after(&(a, amounts), |(acc, whole)| lanes::stretch(set, acc, &b, &flags, whole, &c));
            (plain(&acc), whole)
        });
        same("add_occurred", |set| {
            let (acc, whole) =
                after(&(a, amounts), |(acc, whole)| lanes::add_occurred(set, acc, &b, &flags, whole, &c));
            (plain(&acc), whole)
        });
        let tame = a.map(|value| if value.abs() < 1e14 { value } else { 0.0 });
        same("money_of", |set| after(&amounts, |out| lanes::money_of(set, out, &tame)));
        same("rate_money", |set| after(&amounts, |out| lanes::rate_money(set, out, &minutes, tame[0])));
        same("keep_money", |set| after(&amounts, |out| lanes::keep_money(set, out, &flags)));
        same("add_long", |set| after(&amounts, |acc| lanes::add_long(set, acc, &amounts)));
        same("sum_where", |set| lanes::sum_where(set, &amounts, &flags));
        same("moments_long", |set| {
            let moments = lanes::moments_long(set, &amounts);
            (moments.sum, moments.squares)
        });
    }
}
