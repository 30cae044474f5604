//! The record of a run: a manifest and copies of its inputs.

use serde_json::Value;

use crate::draws::{BLOCK, Sampler};
use crate::report::{Manifest, SCHEMA_VERSION, STREAM_VERSION};

/// Why a recorded run cannot be repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The manifest cannot be read.
    #[error("the manifest cannot be read: {0}")]
    Unreadable(String),
    /// The draws of that version are not those of this one.
    #[error(
        "the results were drawn from random streams of version {recorded}, and this program has version \
         {STREAM_VERSION}: verify them with the version of p80 that wrote them ({p80_version})"
    )]
    StreamVersion {
        /// The version of the streams.
        recorded: u64,
        /// The version of the program.
        p80_version: String,
    },
    /// The files of that version are not those of this one.
    #[error(
        "the files have schema version {recorded}, and this program writes version {SCHEMA_VERSION}: verify \
         them with the version of p80 that wrote them ({p80_version})"
    )]
    SchemaVersion {
        /// The version of the outputs.
        recorded: u64,
        /// The version of the program.
        p80_version: String,
    },
    /// A value that no run can have.
    #[error("the manifest has {field} `{value}`, which no run can have")]
    Impossible {
        /// Which field.
        field: &'static str,
        /// What it says.
        value: String,
    },
    /// Inputs are not those that were simulated.
    #[error("the inputs were changed after the run: {}", .0.join(", "))]
    InputsChanged(Vec<String>),
}

/// Reads a manifest of which this program can repeat the run.
///
/// # Errors
/// [`RecordError`] if it is no manifest, or one of other streams or outputs.
pub fn read_manifest(bytes: &[u8]) -> Result<(Manifest, Sampler), RecordError> {
    let unreadable = |error: serde_json::Error| RecordError::Unreadable(error.to_string());
    // Versions first: the fields of another version need not be those of this one.
    let any: Value = serde_json::from_slice(bytes).map_err(unreadable)?;
    let number = |name: &str| {
        any[name].as_u64().ok_or_else(|| RecordError::Unreadable(format!("it has no number `{name}`")))
    };
    let p80_version = any["p80_version"].as_str().unwrap_or("unknown").to_owned();
    let recorded = number("stream_version")?;
    if recorded != u64::from(STREAM_VERSION) {
        return Err(RecordError::StreamVersion { recorded, p80_version });
    }
    let recorded = number("schema_version")?;
    if recorded != u64::from(SCHEMA_VERSION) {
        return Err(RecordError::SchemaVersion { recorded, p80_version });
    }
    let manifest: Manifest = serde_json::from_value(any).map_err(unreadable)?;
    let impossible = |field, value: String| RecordError::Impossible { field, value };
    let n = manifest.iterations;
    if n == 0 || n > 1 << 32 || !n.is_multiple_of(BLOCK as u64) {
        return Err(impossible("iterations", n.to_string()));
    }
    if let Some(blocks) = &manifest.blocks {
        // Ascending runs, none of them empty, that hold as many iterations as are said.
        let ends = blocks.iter().flat_map(|&(from, to)| [from, to]);
        let ascend = ends.clone().zip(ends.skip(1)).all(|(one, next)| one < next);
        let most = blocks.iter().all(|&(from, to)| from < to && to <= (1 << 32) / BLOCK as u64);
        if !ascend || !most || blocks.iter().map(|(from, to)| to - from).sum::<u64>() != n / BLOCK as u64 {
            return Err(impossible("blocks", format!("{blocks:?}")));
        }
    }
    if manifest.inputs.is_empty() {
        return Err(impossible("inputs", "[]".to_owned()));
    }
    let sampler = [Sampler::Stratified, Sampler::Random].into_iter().find(|s| s.name() == manifest.sampler);
    let sampler = sampler.ok_or_else(|| impossible("sampler", manifest.sampler.clone()))?;
    Ok((manifest, sampler))
}

/// Checks that inputs (name and bytes, in reading order) are those of the manifest.
///
/// # Errors
/// [`RecordError::InputsChanged`] with the names of those that are not.
pub fn check_inputs(manifest: &Manifest, inputs: &[(String, Vec<u8>)]) -> Result<(), RecordError> {
    let found =
        Manifest::new(inputs, crate::draws::Seed(manifest.seed), manifest.iterations, Sampler::default());
    if found.inputs_sha256 == manifest.inputs_sha256 && found.inputs == manifest.inputs {
        return Ok(());
    }
    let mut changed: Vec<String> = manifest
        .inputs
        .iter()
        .filter(|one| !found.inputs.contains(one))
        .map(|one| one.name.clone())
        .collect();
    changed.extend(
        found
            .inputs
            .iter()
            .map(|one| &one.name)
            .filter(|name| !manifest.inputs.iter().any(|one| one.name == **name))
            .cloned(),
    );
    if changed.is_empty() {
        changed.push("their order or the hash over all of them".to_owned());
    }
    Err(RecordError::InputsChanged(changed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Seed;

    fn inputs() -> Vec<(String, Vec<u8>)> {
        vec![("a.toml".into(), b"one".to_vec()), ("b.csv".into(), b"two".to_vec())]
    }

    fn json(manifest: &Manifest) -> Value {
        serde_json::to_value(manifest).unwrap()
    }

    #[test]
    fn a_manifest_is_read_back_or_refused_with_the_reason() {
        let manifest = Manifest::new(&inputs(), Seed(3), 1_024, Sampler::Random);
        let read = |value: &Value| read_manifest(value.to_string().as_bytes());
        assert_eq!(read(&json(&manifest)), Ok((manifest.clone(), Sampler::Random)));
        let with = |field: &str, value: Value| {
            let mut json = json(&manifest);
            json[field] = value;
            read(&json).unwrap_err()
        };
        assert!(matches!(with("stream_version", 99.into()), RecordError::StreamVersion { recorded: 99, .. }));
        assert!(matches!(with("schema_version", 99.into()), RecordError::SchemaVersion { recorded: 99, .. }));
        assert!(matches!(with("iterations", 1_000.into()), RecordError::Impossible { .. }));
        assert!(matches!(with("iterations", 0.into()), RecordError::Impossible { .. }));
        assert!(matches!(with("sampler", "sobol".into()), RecordError::Impossible { .. }));
        assert!(matches!(with("seed", "one".into()), RecordError::Unreadable(_)));
        assert!(matches!(read_manifest(b"[1]"), Err(RecordError::Unreadable(_))));
        assert!(matches!(read_manifest(b"not json"), Err(RecordError::Unreadable(_))));
    }

    #[test]
    fn changed_inputs_are_named() {
        let manifest = Manifest::new(&inputs(), Seed(3), 1_024, Sampler::Random);
        let changed = |inputs: &[(String, Vec<u8>)]| match check_inputs(&manifest, inputs) {
            Err(RecordError::InputsChanged(names)) => names,
            other => panic!("{other:?}"),
        };
        assert_eq!(check_inputs(&manifest, &inputs()), Ok(()));
        let mut other = inputs();
        other[1].1.push(b'!');
        assert_eq!(changed(&other), ["b.csv"]);
        assert_eq!(changed(&inputs()[..1]), ["b.csv"]);
        let mut swapped = inputs();
        swapped.reverse();
        assert_eq!(changed(&swapped).len(), 1);
    }
}
