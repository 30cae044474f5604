//! Why a chart cannot be drawn.

/// Why a chart cannot be drawn; no report is known to cause it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChartError {
    /// The drawing backend refused.
    #[error("failed to draw the chart `{chart}`: {why}")]
    Draw {
        /// Name of the file.
        chart: String,
        /// What the backend says.
        why: String,
    },
}
