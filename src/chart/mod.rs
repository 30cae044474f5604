//! A report as pictures: the same design as SVG and as PNG.
//!
//! A chart is laid out once, in design units, as a `scene::Scene` of plain shapes; two painters draw
//! scenes with the backends of `plotters`.
//!
//! **Invariant:** a pure function of the report and of the fonts that the process was given. The font that most text
//! is drawn with is part of the program; no clock, disk or system font is asked, so that the same report and the same
//! given fonts give the same bytes. **Invariant:** nothing here computes what
//! the report does not say.

mod amounts;
mod axis;
mod before_after;
mod breakdown;
mod breaks;
mod cash_flow;
mod confidence;
mod cost;
mod criticality;
mod dates;
mod direction;
mod draw;
mod drawdown;
mod eac;
mod error;
mod finish;
mod fit;
mod flags;
mod float_map;
mod fonts;
mod frame;
mod frontier;
mod gantt;
mod heat;
mod influence;
mod ink;
mod iteration;
mod joint;
mod key;
mod marker;
mod milestones;
mod money;
mod npv;
mod png;
mod portfolio;
mod range;
mod ranges;
mod scene;
mod schedule;
mod shaping;
mod share_colour;
mod style;
mod svg;
mod sweep;
mod throughput;
mod tornado;
mod trend;
mod typeface;
mod waterfall;
mod words;

pub(crate) use breaks::{is_attached, pieces as text_pieces};
pub(crate) use direction::{directed, reads_leftwards};
pub use draw::{
    ChartFile, Drawing, analysis_charts, chart_files, charts, comparison_charts, lacking_characters,
    progress_charts, purchase_charts, replay_charts, sweep_charts, throughput_chart,
};
pub use error::ChartError;
pub use fonts::{Face, FontError, GivenFont, give_fonts};
pub(crate) use fonts::{font_file, given_fonts};
pub use scene::{Anchor, Point, Shape, Text};
pub use shaping::{Glyph, Line, Run, text_line};
pub(crate) use shaping::{lacking, needs_shaping};
pub use style::Colour;
pub(crate) use typeface::width as text_width;
pub use words::Words;
