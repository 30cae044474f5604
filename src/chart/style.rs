//! The design: colours, sizes, margins. Everything that is a matter of taste stands here.

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour(pub u8, pub u8, pub u8);

/// Behind everything.
pub(super) const PAPER: Colour = Colour(0xff, 0xff, 0xff);
/// Titles, names and values; 15:1 on paper.
pub(super) const INK: Colour = Colour(0x1b, 0x24, 0x30);
/// Axis labels and captions; 5.9:1 on paper.
pub(super) const MUTED: Colour = Colour(0x5b, 0x66, 0x75);
/// Grid lines.
pub(super) const GRID: Colour = Colour(0xe8, 0xeb, 0xef);
/// Axis lines, rules between rows.
pub(super) const RULE: Colour = Colour(0xb9, 0xc1, 0xcc);
/// Shade of every other row.
pub(super) const SHADE: Colour = Colour(0xf6, 0xf8, 0xfa);
/// Histogram bars, the outer part of a range, the second of two bars.
pub(super) const LIGHT: Colour = Colour(0xbc, 0xd3, 0xea);
/// The cumulative curve, the inner part of a range, the first of two bars.
pub(super) const STRONG: Colour = Colour(0x1f, 0x5f, 0x99);
/// The level that people commit to.
pub(super) const COMMIT: Colour = Colour(0x0b, 0x2f, 0x57);
/// The median.
pub(super) const MEDIAN: Colour = Colour(0x2c, 0x7a, 0x6b);
/// The level beyond the commitment.
pub(super) const BEYOND: Colour = Colour(0x6a, 0x4c, 0x9c);
/// What was promised; 5.2:1 on paper.
pub(super) const TARGET: Colour = Colour(0xc2, 0x41, 0x0c);
/// The deterministic plan.
pub(super) const PLAN: Colour = Colour(0x5b, 0x66, 0x75);

/// Width of every chart in design units.
pub(super) const WIDTH: f64 = 1200.0;
/// Height of a chart that does not grow with its rows.
pub(super) const HEIGHT: f64 = 675.0;
/// Space at the edges of the paper.
pub(super) const MARGIN: f64 = 36.0;

/// Size of the title.
pub(super) const TITLE: f64 = 24.0;
/// Size of the line below the title.
pub(super) const SUBTITLE: f64 = 15.0;
/// Size of names and values.
pub(super) const BODY: f64 = 14.0;
/// Size of axis labels and remarks.
pub(super) const SMALL: f64 = 12.5;
/// Size of the caption.
pub(super) const TINY: f64 = 11.5;

/// Pixels of a PNG per design unit.
pub(super) const PIXELS: f64 = 2.0;
/// Steps of the coordinates of an SVG per design unit: the backend rounds to whole numbers.
pub(super) const STEPS: f64 = 10.0;
/// Fonts of the same widths as the font of the PNG, on every system.
pub(super) const FAMILIES: &str = "Arial, Liberation Sans, Arimo, Helvetica, sans-serif";
