//! Axes: values to places, and what to write beside them.

use super::scene::{Point, Scene, Text};
use super::style::{INK, MUTED, SMALL};

/// A mark on an axis with its label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    /// The value.
    pub(super) at: f64,
    /// What it says.
    pub(super) label: String,
    /// What a second line says; only where it changes.
    pub(super) second: Option<String>,
}

impl Tick {
    /// Writes its lines below each other, around a place; the first one's baseline is there.
    pub(super) fn write(self, scene: &mut Scene, (x, y): Point) {
        scene.text(Text::new((x, y), self.label, SMALL, MUTED).middle());
        if let Some(second) = self.second {
            scene.text(Text::new((x, y + 16.0), second, SMALL, INK).middle());
        }
    }
}

/// An axis: its name and its ticks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    /// What it shows, with the unit.
    pub(super) name: String,
    /// Ascending.
    pub(super) ticks: Vec<Tick>,
}

/// A linear scale from values to places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// The value at the beginning and at the end.
    pub(super) values: (f64, f64),
    /// The place of the beginning and of the end.
    pub(super) places: (f64, f64),
}

impl Scale {
    /// The place of a value; values beyond the ends are held at them.
    pub(super) fn place(&self, value: f64) -> f64 {
        let (low, high) = self.values;
        let share = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.5 };
        self.places.0 + (self.places.1 - self.places.0) * share
    }

    /// Whether a value lies within the ends.
    pub(super) fn holds(&self, value: f64) -> bool {
        (self.values.0..=self.values.1).contains(&value)
    }
}

/// A round step of 1, 2 or 5 times a power of ten, at least `least`, that needs at most `most` steps for
/// `span`; with it, the decimals that it needs.
pub(super) fn round_step(span: f64, most: usize, least: f64) -> (f64, usize) {
    let wanted = (span / most.max(1) as f64).max(least);
    if !(wanted.is_finite() && wanted > 0.0) {
        return (1.0, 0);
    }
    let (mut decade, mut decimals) = (1.0_f64, 0_usize);
    while decade > wanted && decimals < 12 {
        decade /= 10.0;
        decimals += 1;
    }
    while decade * 10.0 < wanted {
        decade *= 10.0;
    }
    // What was divided by ten again and again is not quite round; `wanted` may be a decade itself.
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| decade * factor >= wanted * 0.999_999);
    let factor = factor.unwrap_or(10.0);
    (decade * factor, if factor == 10.0 { decimals.saturating_sub(1) } else { decimals })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        assert_eq!(round_step(100.0, 5, 0.0), (20.0, 0));
        assert_eq!(round_step(7.3, 5, 0.0), (2.0, 0));
        assert_eq!(round_step(1.0, 5, 0.0), (0.2, 1));
        assert_eq!(round_step(0.35, 5, 0.0), (0.1, 1));
        assert_eq!(round_step(4.9e9, 6, 0.0), (1e9, 0));
        assert_eq!(round_step(0.001, 5, 0.01).0, 0.01);
        assert_eq!(round_step(0.0, 5, 0.0), (1.0, 0));
        assert_eq!(round_step(f64::NAN, 5, 0.0), (1.0, 0));
    }
}
