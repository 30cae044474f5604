//! A shard as a file.

use super::{Envelope, Header, ShardError};
use crate::engine::Simulation;
use crate::results::{Columns, Results, StateError};

/// The file.
const SHARD: Envelope = Envelope { name: "shard", format: 1 };

/// A shard that was read.
#[derive(Clone, Debug)]
pub struct Shard<'a> {
    /// What it says of itself.
    pub header: Header,
    inputs: &'a [u8],
    results: &'a [u8],
    columns: &'a [u8],
}

impl<'a> Shard<'a> {
    /// The file of what was counted in the blocks of a header; `inputs` are names and bytes of what the scenario was
    /// read from, in reading order.
    #[must_use]
    pub fn to_bytes(
        header: &Header,
        inputs: &[(String, Vec<u8>)],
        results: &Results,
        columns: Option<&Columns>,
    ) -> Vec<u8> {
        let parts = [pack(inputs), results.save(), columns.map_or_else(Vec::new, Columns::save)];
        let lengths: Vec<[u8; 8]> = parts.iter().map(|part| (part.len() as u64).to_le_bytes()).collect();
        let pieces: Vec<&[u8]> =
            lengths.iter().zip(&parts).flat_map(|(length, part)| [&length[..], &part[..]]).collect();
        SHARD.seal(&header.to_line(), &pieces)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`ShardError`] if it is none that this program wrote, or not as it was written.
    pub fn read(bytes: &'a [u8]) -> Result<Self, ShardError> {
        let (header, mut body) = SHARD.open(bytes)?;
        let header = Header::read(header)?;
        let [inputs, results, columns] = [take(&mut body)?, take(&mut body)?, take(&mut body)?];
        if !body.is_empty() {
            return Err(StateError::Continues.into());
        }
        Ok(Self { header, inputs, results, columns })
    }

    /// What the scenario was read from.
    ///
    /// # Errors
    /// [`ShardError`] if it cannot be read.
    pub fn inputs(&self) -> Result<Vec<(String, Vec<u8>)>, ShardError> {
        unpack(self.inputs)
    }

    /// What was counted, without what is kept whole of the first iterations.
    ///
    /// # Errors
    /// [`ShardError`] if it is not that of the program.
    pub fn results(&self, simulation: &Simulation) -> Result<Results, ShardError> {
        let blocks = self.header.blocks();
        Ok(Results::restored(simulation, blocks.end - blocks.start, self.results)?)
    }

    /// The values of every iteration, if they were kept.
    ///
    /// # Errors
    /// [`ShardError`] if they are not those of the program.
    pub fn columns(&self, simulation: &Simulation) -> Result<Option<Columns>, ShardError> {
        let program = simulation.program();
        let read = || Columns::restored(program, self.header.blocks(), self.columns);
        Ok(self.header.columns.then(read).transpose()?)
    }
}

fn piece(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend((bytes.len() as u64).to_le_bytes());
    out.extend(bytes);
}

/// Names and bytes of files as one piece.
pub(crate) fn pack(inputs: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut packed = Vec::new();
    for (name, bytes) in inputs {
        piece(&mut packed, name.as_bytes());
        piece(&mut packed, bytes);
    }
    packed
}

/// The files again.
pub(crate) fn unpack(mut rest: &[u8]) -> Result<Vec<(String, Vec<u8>)>, ShardError> {
    let mut inputs = Vec::new();
    while !rest.is_empty() {
        let name = take(&mut rest)?;
        let name = std::str::from_utf8(name).map_err(|error| ShardError::Header(error.to_string()))?;
        inputs.push((name.to_owned(), take(&mut rest)?.to_vec()));
    }
    Ok(inputs)
}

/// The next piece, which its length precedes.
pub(crate) fn take<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], StateError> {
    let (length, after) = rest.split_first_chunk::<8>().ok_or(StateError::Ends)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| StateError::Ends)?;
    let (piece, after) = after.split_at_checked(length).ok_or(StateError::Ends)?;
    *rest = after;
    Ok(piece)
}
