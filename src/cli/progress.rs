//! The progress bar: on a terminal only, and only when it takes a while.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::interrupt;

/// A run shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Progress of a run, in iterations.
pub(super) struct Progress {
    /// How many there will be, if that is known.
    total: Option<u64>,
    began: Instant,
    bar: OnceLock<ProgressBar>,
    wanted: bool,
}

impl Progress {
    /// Progress towards so many iterations.
    pub(super) fn new(total: u64) -> Self {
        Self { total: Some(total), ..Self::open() }
    }

    /// Progress without a known end.
    pub(super) fn open() -> Self {
        let wanted = std::io::stderr().is_terminal();
        Self { total: None, began: Instant::now(), bar: OnceLock::new(), wanted }
    }

    /// Shows how many iterations are done, and breaks off when Ctrl-C was pressed.
    pub(super) fn watch(&self, done: u64) -> ControlFlow<()> {
        self.show(done);
        if interrupt::is_interrupted() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn show(&self, done: u64) {
        if self.wanted && self.began.elapsed() > PATIENCE {
            self.bar.get_or_init(|| self.start()).set_position(done);
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }

    /// Seconds since the start.
    pub(super) fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    fn start(&self) -> ProgressBar {
        let style = ProgressStyle::with_template(if self.total.is_some() {
            "{bar:30} {percent:>3} %  {human_pos} of {human_len} iterations, {per_sec}, {eta} left"
        } else {
            "{spinner} {human_pos} iterations, {per_sec}"
        });
        let bar = ProgressBar::with_draw_target(self.total, ProgressDrawTarget::stderr());
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar
    }
}
