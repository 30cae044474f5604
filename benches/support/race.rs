//! Times of several pieces of work that are compared with each other.

use std::time::{Duration, Instant};

/// Pieces of work, run in turn so that a change of the machine's speed meets all of them.
#[derive(Default)]
pub struct Race<'a> {
    runners: Vec<Runner<'a>>,
}

struct Runner<'a> {
    work: Box<dyn FnMut() + 'a>,
    /// How often the work is done between two looks at the clock.
    times: u32,
    best: Duration,
}

/// The least time between two looks at the clock: long enough that the caches are those of the work itself.
const LEAST: Duration = Duration::from_millis(30);

impl<'a> Race<'a> {
    /// Adds a piece of work; its number is how many there were before.
    pub fn add(&mut self, work: impl FnMut() + 'a) -> usize {
        self.runners.push(Runner { work: Box::new(work), times: 1, best: Duration::MAX });
        self.runners.len() - 1
    }

    /// Runs all in turn, so many rounds, after one to warm up; the seconds of the best round of each.
    pub fn run(mut self, rounds: usize) -> Vec<f64> {
        for runner in &mut self.runners {
            let once = runner.round();
            let times = LEAST.as_secs_f64() / once.as_secs_f64().max(1e-9);
            runner.times = (times.ceil() as u32).clamp(1, 1_000);
        }
        for _ in 0..rounds {
            for runner in &mut self.runners {
                runner.best = runner.best.min(runner.round());
            }
        }
        self.runners.iter().map(|runner| runner.best.as_secs_f64()).collect()
    }
}

impl Runner<'_> {
    /// The time of one piece of work.
    fn round(&mut self) -> Duration {
        let begin = Instant::now();
        for _ in 0..self.times {
            (self.work)();
        }
        begin.elapsed() / self.times
    }
}
