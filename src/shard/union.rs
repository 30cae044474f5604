//! Which shards make up a run.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Header, ShardError, ShardNumber};
use crate::draws::BLOCK;
use crate::report::Manifest;

/// Shards that can be merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Union {
    /// What the whole run is a function of.
    pub manifest: Manifest,
    /// Whether the values of every iteration are in all of them.
    pub columns: bool,
    /// Which of the given files are merged, in the order of their blocks, with these.
    pub parts: Vec<(usize, Range<u64>)>,
    /// Blocks that no shard has.
    pub missing: Vec<Range<u64>>,
    /// What was left out or is missing: nothing, unless a part of the run is enough.
    pub problems: Vec<Problem>,
}

/// What is wrong with a shard, or with all of them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{refusal}", .file.as_ref().map_or(String::new(), |file| format!("`{file}`: ")))]
pub struct Problem {
    /// The file; [`None`] where it is about what is not there.
    pub file: Option<String>,
    /// What.
    pub refusal: Refusal,
}

/// Why shards are no run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// A file is no whole shard.
    #[error(transparent)]
    Unreadable(#[from] ShardError),
    /// A file cannot be opened.
    #[error("it cannot be read: {0}")]
    NotThere(String),
    /// It belongs to another run.
    #[error("it is a shard of another run: {field} is {found} here, and {wanted} in `{other}`")]
    Foreign {
        /// What is different.
        field: &'static str,
        /// What it is here.
        found: String,
        /// What it is in the other shard.
        wanted: String,
        /// The other shard.
        other: String,
    },
    /// The same part twice.
    #[error("shard {shard} is there twice: `{other}` holds it too")]
    Duplicate {
        /// Which part.
        shard: ShardNumber,
        /// The other file.
        other: String,
    },
    /// Some iterations twice.
    #[error("shard {shard} has iterations that shard {other_shard} in `{other}` has too")]
    Overlapping {
        /// Which part.
        shard: ShardNumber,
        /// The other part.
        other_shard: ShardNumber,
        /// The other file.
        other: String,
    },
    /// Some iterations nowhere.
    #[error("{} of {of} iterations are missing{}", .iterations, shards_text(.shards))]
    Missing {
        /// How many.
        iterations: u64,
        /// Of how many.
        of: u64,
        /// The shards that hold them, where all others are of one division.
        shards: Vec<ShardNumber>,
    },
    /// There is nothing to merge.
    #[error("there is no shard to merge")]
    Nothing,
}

/// How many missing shards are named.
const MOST_NAMED: usize = 20;

fn shards_text(shards: &[ShardNumber]) -> String {
    if shards.is_empty() {
        return String::new();
    }
    let named: Vec<String> = shards.iter().take(MOST_NAMED).map(ToString::to_string).collect();
    let more = shards.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!(": shard{} {}{more}", if shards.len() == 1 { "" } else { "s" }, named.join(", "))
}

/// Puts shards together: every file with what it says of itself, or why it cannot.
///
/// With `partial`, what is damaged, there twice or missing is left out and named; a shard of another run is refused
/// even then, because nobody knows which of the runs is meant.
///
/// # Errors
/// Every [`Problem`] of all shards, in the order of the files.
pub fn unite(files: &[(String, Result<Header, Refusal>)], partial: bool) -> Result<Union, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut problem = |file: Option<&String>, refusal: Refusal| {
        problems.push(Problem { file: file.cloned(), refusal });
    };
    let mut is_fatal = false;
    let mut read: Vec<(usize, &String, &Header)> = Vec::new();
    for (at, (file, header)) in files.iter().enumerate() {
        match header {
            Ok(header) => read.push((at, file, header)),
            Err(refusal) => problem(Some(file), refusal.clone()),
        }
    }
    let Some((wanted, by)) = most_common(&read) else {
        problem(None, Refusal::Nothing);
        return Err(problems);
    };
    let mut known: BTreeMap<(u64, u64), (&String, &Header, usize)> = BTreeMap::new();
    for (at, file, header) in read {
        if let Some((field, found, wanted)) = difference(&header.manifest, wanted) {
            is_fatal = true;
            problem(Some(file), Refusal::Foreign { field, found, wanted, other: by.clone() });
            continue;
        }
        let blocks = header.blocks();
        if blocks.is_empty() {
            continue;
        }
        let touches = |other: &Header| {
            let other = other.blocks();
            other.start < blocks.end && blocks.start < other.end
        };
        if let Some((other, twin, _)) = known.values().find(|(_, other, _)| touches(other)) {
            let (shard, other, other_shard) = (header.shard, (*other).clone(), twin.shard);
            problem(
                Some(file),
                if twin.blocks == header.blocks {
                    Refusal::Duplicate { shard, other }
                } else {
                    Refusal::Overlapping { shard, other_shard, other }
                },
            );
            continue;
        }
        known.insert(header.blocks, (file, header, at));
    }
    let missing = gaps(known.keys().map(|&(from, to)| from..to), wanted.iterations / BLOCK as u64);
    if !missing.is_empty() {
        let blocks: u64 = missing.iter().map(|gap| gap.end - gap.start).sum();
        let iterations = blocks * BLOCK as u64;
        let shards = missing_shards(known.values().map(|known| known.1.shard), &missing, wanted);
        problem(None, Refusal::Missing { iterations, of: wanted.iterations, shards });
    }
    if !problems.is_empty() && (is_fatal || !partial || known.is_empty()) {
        return Err(problems);
    }
    Ok(Union {
        manifest: wanted.clone(),
        columns: known.values().all(|(_, header, _)| header.columns),
        parts: known.values().map(|(_, header, at)| (*at, header.blocks())).collect(),
        missing,
        problems,
    })
}

/// The manifest that most shards have, the first of several, and a file with it.
fn most_common<'a>(read: &[(usize, &'a String, &'a Header)]) -> Option<(&'a Manifest, &'a String)> {
    let mut runs: Vec<(&Manifest, &String, usize)> = Vec::new();
    for (_, file, header) in read {
        match runs.iter_mut().find(|run| *run.0 == header.manifest) {
            Some(run) => run.2 += 1,
            None => runs.push((&header.manifest, file, 1)),
        }
    }
    let most = runs.iter().map(|run| run.2).max()?;
    runs.into_iter().find(|run| run.2 == most).map(|run| (run.0, run.1))
}

/// What a run is a function of that is different, with both values.
fn difference(found: &Manifest, wanted: &Manifest) -> Option<(&'static str, String, String)> {
    if found == wanted {
        return None;
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    let fields: [(&'static str, String, String); 6] = [
        ("the stream version", found.stream_version.to_string(), wanted.stream_version.to_string()),
        ("the scenario (SHA-256)", short(&found.inputs_sha256), short(&wanted.inputs_sha256)),
        ("the variant", text(&found.variant), text(&wanted.variant)),
        ("the seed", found.seed.to_string(), wanted.seed.to_string()),
        ("the number of iterations", found.iterations.to_string(), wanted.iterations.to_string()),
        ("the sampler", found.sampler.clone(), wanted.sampler.clone()),
    ];
    let other = || {
        let json = |manifest: &Manifest| serde_json::to_string(manifest).unwrap_or_default();
        ("the manifest", json(found), json(wanted))
    };
    Some(fields.into_iter().find(|(_, one, two)| one != two).unwrap_or_else(other))
}

/// Enough of a hash to tell it from another.
fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}

/// What ascending ranges leave out of so many blocks.
fn gaps(ranges: impl Iterator<Item = Range<u64>>, blocks: u64) -> Vec<Range<u64>> {
    let (mut at, mut gaps) = (0, Vec::new());
    for range in ranges.chain(std::iter::once(blocks..blocks)) {
        if range.start > at {
            gaps.push(at..range.start);
        }
        at = at.max(range.end);
    }
    gaps
}

/// The shards that the missing blocks are, if all that are there are of one division.
fn missing_shards(
    there: impl Iterator<Item = ShardNumber>,
    missing: &[Range<u64>],
    manifest: &Manifest,
) -> Vec<ShardNumber> {
    let mut sizes: Vec<u64> = there.map(ShardNumber::of).collect();
    sizes.dedup();
    let [of] = sizes[..] else { return Vec::new() };
    let blocks = manifest.iterations / BLOCK as u64;
    let is_missing = |shard: &ShardNumber| {
        let part = shard.part(blocks);
        !part.is_empty() && missing.iter().any(|gap| gap.start <= part.start && part.end <= gap.end)
    };
    ShardNumber::all(of).filter(is_missing).collect()
}
