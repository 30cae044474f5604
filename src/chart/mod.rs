//! A report as pictures: the same design as SVG and as PNG.
//!
//! A chart is laid out once, in design units, as a `scene::Scene` of plain shapes; two painters draw
//! scenes with the backends of `plotters`.
//!
//! **Invariant:** a pure function of the report. The font is part of the program, no clock, disk or system
//! font is asked, so that the same report gives the same bytes. **Invariant:** nothing here computes what
//! the report does not say.

mod axis;
mod before_after;
mod breakdown;
mod cash_flow;
mod confidence;
mod cost;
mod criticality;
mod dates;
mod draw;
mod drawdown;
mod eac;
mod error;
mod finish;
mod fit;
mod flags;
mod float_map;
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
mod percent;
mod png;
mod range;
mod scene;
mod schedule;
mod share_colour;
mod style;
mod svg;
mod tornado;
mod trend;
mod typeface;
mod waterfall;

pub use draw::{
    ChartFile, Drawing, analysis_charts, chart_files, charts, comparison_charts, progress_charts,
    purchase_charts, replay_charts,
};
pub use error::ChartError;
pub use scene::{Anchor, Point, Shape, Text};
pub use style::Colour;
pub(crate) use typeface::{font_bytes, width as text_width};
