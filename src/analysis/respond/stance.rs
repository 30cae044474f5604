//! The program before its responses and after them.

use std::ops::ControlFlow;

use super::candidates;
use crate::engine::{self, Worlds, WorldsError};
use crate::model::{ResponseSwitch, Switches};
use crate::results::Results;

/// Which responses are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// None: the program before responses.
    Without,
    /// All that there are: the program after responses.
    WithAll,
}

/// What a simulation with no response, or with all of them, counted.
#[derive(Clone, Debug)]
pub struct Stanced {
    /// Which responses were taken.
    pub stance: Stance,
    /// On the same draws as the program as it is.
    pub results: Results,
}

/// Simulates the program without any response and with all of them, where the scenario does not say so itself; on the
/// threads of the current pool.
///
/// # Errors
/// [`WorldsError`] if such a version cannot be simulated, or `progress` broke off.
pub fn stances(
    worlds: &Worlds,
    blocks: u64,
    progress: impl Fn(u64) -> ControlFlow<()> + Sync,
) -> Result<Vec<Stanced>, WorldsError> {
    let candidates = candidates(worlds.program());
    let planned = candidates.iter().filter(|one| one.planned).count();
    let mut wanted = Vec::new();
    if planned > 0 {
        wanted.push((Stance::Without, ResponseSwitch::Off));
    }
    if planned < candidates.len() {
        wanted.push((Stance::WithAll, ResponseSwitch::On));
    }
    let simulate = |(stance, switch): (Stance, ResponseSwitch)| {
        let mut switches = Switches::all(worlds.program());
        switches.responses.fill(switch);
        switches.driver_responses.fill(switch);
        let simulation = worlds.compile(&switches).map_err(WorldsError::Compile)?;
        let results = engine::run(&simulation, 0..blocks, || Results::new(&simulation), &progress)?;
        Ok(Stanced { stance, results })
    };
    wanted.into_iter().map(simulate).collect()
}
