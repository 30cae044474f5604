//! Colours of shares: how often a task is critical, or drives.

use super::style::Colour;

/// From seldom to nearly always, each with what it says in a key.
pub(super) const SHARES: [(Colour, &str); 4] = [
    (Colour(0xbc, 0xd3, 0xea), "under 10 %"),
    (Colour(0x74, 0xa9, 0xcf), "to 50 %"),
    (Colour(0xe0, 0x8a, 0x3c), "to 90 %"),
    (Colour(0xb0, 0x2e, 0x0c), "above 90 %"),
];

/// The colour of a share.
pub(super) fn colour(share: f64) -> Colour {
    let step = match share {
        share if share < 0.1 => 0,
        share if share < 0.5 => 1,
        share if share < 0.9 => 2,
        _ => 3,
    };
    SHARES[step].0
}
