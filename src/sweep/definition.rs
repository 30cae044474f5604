//! What a sweep is of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Key, SweepError, Unit, Units, VaryAxis};
use crate::draws::BLOCK;
use crate::evidence::read_manifest;
use crate::report::{Manifest, SCHEMA_VERSION, SweepAxis, SweepOverview, SweepProgram};
use crate::shard::{Envelope, ShardError, pack, unpack};

/// The file of a definition.
const FILE: Envelope = Envelope { name: "sweep", format: 1 };

/// Everything that the rows of a sweep are a function of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    programs: Vec<SweepProgram>,
    axes: Vec<VaryAxis>,
    /// The levels of the percentiles, such as `P80`.
    levels: Vec<String>,
    /// Into how many parts each variant is divided.
    split: u64,
}

/// A program of a definition that was read, with the files that it is read from.
#[derive(Clone, Debug)]
pub struct DefinedProgram {
    /// The name of its scenario among the files.
    pub scenario: String,
    /// The variant of it that is varied.
    pub variant: Option<String>,
    /// Name and bytes of all files.
    pub inputs: BTreeMap<String, Vec<u8>>,
}

impl Definition {
    /// The most variants that a sweep may have.
    pub const MOST: u64 = 10_000_000;

    /// Every combination of the values of every program; `shards` is how many machines share the work: variants
    /// first, and blocks of each where there are fewer variants than machines.
    ///
    /// # Errors
    /// [`SweepError`] if there are too many, or a path is varied twice.
    pub fn new(
        programs: Vec<SweepProgram>,
        axes: Vec<VaryAxis>,
        levels: Vec<String>,
        shards: u64,
    ) -> Result<Self, SweepError> {
        for (at, axis) in axes.iter().enumerate() {
            if axes[..at].iter().any(|other| other.path == axis.path) {
                return Err(SweepError::Twice(axis.path.clone()));
            }
        }
        let counts = axes.iter().map(|axis| axis.values.len() as u128);
        let variants = counts.fold(programs.len() as u128, u128::saturating_mul);
        if variants > u128::from(Self::MOST) {
            return Err(SweepError::TooMany(variants));
        }
        // No variant has more parts than blocks.
        let blocks = programs.iter().map(|program| program.manifest.iterations / BLOCK as u64).min();
        let split = shards.div_ceil((variants as u64).max(1)).clamp(1, blocks.unwrap_or(1).max(1));
        Ok(Self { programs, axes, levels, split })
    }

    /// The programs.
    #[must_use]
    pub fn programs(&self) -> &[SweepProgram] {
        &self.programs
    }

    /// The levels of the percentiles.
    #[must_use]
    pub fn levels(&self) -> &[String] {
        &self.levels
    }

    /// How many variants there are.
    #[must_use]
    pub fn variants(&self) -> u64 {
        self.axes.iter().map(|axis| axis.values.len() as u64).product::<u64>() * self.programs.len() as u64
    }

    /// The parts of the work.
    #[must_use]
    pub fn units(&self) -> Units {
        Units { variants: self.variants(), split: self.split }
    }

    /// What reports say of it, with the variants that are not in them.
    #[must_use]
    pub fn overview(&self, missing: Vec<u64>) -> SweepOverview {
        let axis = |axis: &VaryAxis| SweepAxis {
            path: axis.path.clone(),
            values: axis.values.clone(),
            numbers: axis.numbers(),
        };
        SweepOverview {
            schema_version: SCHEMA_VERSION,
            programs: self.programs.clone(),
            axes: self.axes.iter().map(axis).collect(),
            variants: self.variants(),
            missing,
            levels: self.levels.clone(),
        }
    }

    /// The program of a variant, and the table of settings that makes it of the program.
    #[must_use]
    pub fn settings(&self, overview: &SweepOverview, variant: u64) -> (usize, String) {
        let (program, values) = overview.place(variant);
        let lines = self.axes.iter().zip(values).map(|(axis, at)| axis.setting(at));
        (program, lines.collect())
    }

    /// By axis, the settings of its first and its last value by themselves: what can be wrong with a path is wrong
    /// there too.
    #[must_use]
    pub fn ends(&self) -> Vec<Vec<String>> {
        let ends = |axis: &VaryAxis| {
            let mut ends = vec![axis.setting(0)];
            if axis.values.len() > 1 {
                ends.push(axis.setting(axis.values.len() - 1));
            }
            ends
        };
        self.axes.iter().map(ends).collect()
    }

    /// What the part of a variant is found by.
    #[must_use]
    pub fn key(&self, overview: &SweepOverview, unit: Unit) -> Key {
        let (program, settings) = self.settings(overview, unit.variant);
        Key::new(&self.programs[program].manifest, &self.levels, &settings, unit.part)
    }

    /// The file of the definition: with the inputs of every program, so that parts can be put together elsewhere.
    #[must_use]
    pub fn to_bytes(&self, inputs: &[Vec<(String, Vec<u8>)>]) -> Vec<u8> {
        let json = serde_json::to_string(self).expect("a definition has only text keys and finite numbers");
        let packed: Vec<Vec<u8>> = inputs.iter().map(|inputs| pack(inputs)).collect();
        let lengths: Vec<[u8; 8]> = packed.iter().map(|one| (one.len() as u64).to_le_bytes()).collect();
        let pieces: Vec<&[u8]> =
            lengths.iter().zip(&packed).flat_map(|(length, one)| [&length[..], &one[..]]).collect();
        FILE.seal(&json, &pieces)
    }

    /// The name of that file: a function of what it holds.
    #[must_use]
    pub fn file_name(bytes: &[u8]) -> String {
        let hash = Sha256::digest(bytes);
        let digits: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("{digits}.sweep")
    }

    /// Reads the file of a definition that this program can complete.
    ///
    /// # Errors
    /// [`ShardError`] if it is none, or another version wrote it.
    pub fn read(bytes: &[u8]) -> Result<(Self, Vec<DefinedProgram>), ShardError> {
        let (header, mut body) = FILE.open(bytes)?;
        let unreadable = |why: String| ShardError::Header(why);
        let any: serde_json::Value =
            serde_json::from_str(header).map_err(|error| unreadable(error.to_string()))?;
        for program in any["programs"].as_array().map_or(&[][..], |programs| programs) {
            let (manifest, _) = read_manifest(program["manifest"].to_string().as_bytes())?;
            own_version(&manifest)?;
        }
        let own: Self = serde_json::from_value(any).map_err(|error| unreadable(error.to_string()))?;
        let known = Self::new(own.programs.clone(), own.axes.clone(), own.levels.clone(), 1)
            .map_err(|error| unreadable(error.to_string()))?;
        let is_whole =
            !own.programs.is_empty() && own.split > 0 && own.axes.iter().all(|axis| !axis.values.is_empty());
        if !is_whole || own.split > Self::MOST || known.variants() != own.variants() {
            return Err(unreadable("it has no variants".to_owned()));
        }
        let mut programs = Vec::new();
        for program in &own.programs {
            let inputs = unpack(crate::shard::take(&mut body)?)?;
            let scenario = inputs.first().map(|input| input.0.clone()).unwrap_or_default();
            let variant = program.manifest.variant.clone();
            programs.push(DefinedProgram { scenario, variant, inputs: inputs.into_iter().collect() });
        }
        Ok((own, programs))
    }
}

/// Refuses what another version wrote.
fn own_version(manifest: &Manifest) -> Result<(), ShardError> {
    let own = env!("CARGO_PKG_VERSION");
    if manifest.p80_version == own {
        return Ok(());
    }
    Err(ShardError::Version { found: manifest.p80_version.clone(), own: own.to_owned() })
}
