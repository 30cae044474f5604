//! Bytes that are known to be whole.

use sha2::{Digest, Sha256};

use super::ShardError;

/// A kind of file with a header, a body and a checksum over both.
///
/// The first line says what the file is, its format and its length, the second line is the header; the body follows,
/// and the SHA-256 of everything before ends it. So a file that was not written to its end, or changed since, is told
/// from one that was, whatever is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// What the file is called in its first line and in messages.
    pub name: &'static str,
    /// The version of its layout.
    pub format: u32,
}

/// Bytes of the checksum.
const CHECKSUM: usize = 32;

/// The first line is shorter than this.
const LINE: usize = 100;

impl Envelope {
    /// The file with this header, which must be one line, and this body.
    #[must_use]
    pub fn seal(self, header: &str, body: &[&[u8]]) -> Vec<u8> {
        let header = header.replace('\n', " ");
        let body_bytes: usize = body.iter().map(|part| part.len()).sum();
        let first = |bytes: usize| format!("p80 {}, format {}, {bytes} bytes\n", self.name, self.format);
        // The length of the first line depends on the number in it, and the number on the length.
        let rest = header.len() + 1 + body_bytes + CHECKSUM;
        let mut total = rest + first(rest).len();
        while rest + first(total).len() != total {
            total = rest + first(total).len();
        }
        let mut bytes = Vec::with_capacity(total);
        bytes.extend(first(total).bytes());
        bytes.extend(header.bytes());
        bytes.push(b'\n');
        body.iter().for_each(|part| bytes.extend_from_slice(part));
        let checksum = Sha256::digest(&bytes);
        bytes.extend_from_slice(&checksum);
        bytes
    }

    /// Header and body of a file.
    ///
    /// # Errors
    /// [`ShardError`] if it is another file, or not all of this one.
    pub fn open(self, bytes: &[u8]) -> Result<(&str, &[u8]), ShardError> {
        let (first, rest) = line(&bytes[..bytes.len().min(LINE)]).map_or_else(
            // A file cut within its first line is still recognised by how it begins.
            || self.cut(bytes),
            |first| Ok((first, &bytes[first.len() + 1..])),
        )?;
        let words = std::str::from_utf8(first).ok().and_then(|first| {
            let words = first.strip_prefix("p80 ")?.strip_prefix(self.name)?.strip_prefix(", format ")?;
            let (format, length) = words.split_once(", ")?;
            Some((format.parse::<u32>().ok()?, length.strip_suffix(" bytes")?.parse::<u64>().ok()?))
        });
        let (format, wanted) = words.ok_or(ShardError::Other(self.name))?;
        if format != self.format {
            return Err(ShardError::Format { found: format, known: self.format });
        }
        let found = bytes.len() as u64;
        if found < wanted {
            return Err(ShardError::Truncated { found, wanted });
        }
        if found > wanted {
            return Err(ShardError::Longer { found, wanted });
        }
        let end = bytes.len().checked_sub(CHECKSUM).ok_or(ShardError::Checksum)?;
        if Sha256::digest(&bytes[..end])[..] != bytes[end..] {
            return Err(ShardError::Checksum);
        }
        let within = rest.len().checked_sub(CHECKSUM).map(|end| &rest[..end]);
        let header = within.and_then(line).ok_or(ShardError::Checksum)?;
        let text = std::str::from_utf8(header).map_err(|error| ShardError::Header(error.to_string()))?;
        Ok((text, &rest[header.len() + 1..rest.len() - CHECKSUM]))
    }

    /// What is wrong with a file without a first line.
    fn cut(self, bytes: &[u8]) -> Result<(&[u8], &[u8]), ShardError> {
        let begin = format!("p80 {}, format ", self.name);
        let known = bytes.len().min(begin.len());
        if bytes.len() < LINE && bytes[..known] == begin.as_bytes()[..known] {
            // How many there were is what is missing.
            return Err(ShardError::Truncated { found: bytes.len() as u64, wanted: LINE as u64 });
        }
        Err(ShardError::Other(self.name))
    }
}

/// The first line, if there is a whole one.
fn line(bytes: &[u8]) -> Option<&[u8]> {
    bytes.iter().position(|&byte| byte == b'\n').map(|end| &bytes[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENVELOPE: Envelope = Envelope { name: "test", format: 2 };

    #[test]
    fn what_is_sealed_is_opened() {
        for body in 0..2_000 {
            let body = vec![b'\n'; body];
            let sealed = ENVELOPE.seal("{\"a\": 1}", &[&body[..body.len() / 3], &body[body.len() / 3..]]);
            assert_eq!(ENVELOPE.open(&sealed), Ok(("{\"a\": 1}", &body[..])));
        }
    }

    #[test]
    fn no_byte_can_be_lost_added_or_changed() {
        // Seen to fail when the checksum leaves the header out.
        let sealed = ENVELOPE.seal("header", &[b"body that matters"]);
        for at in 0..sealed.len() {
            let cut = ENVELOPE.open(&sealed[..at]).unwrap_err();
            assert!(matches!(cut, ShardError::Truncated { .. }), "{at}: {cut:?}");
            let mut changed = sealed.clone();
            for bit in 0..8 {
                changed[at] ^= 1 << bit;
                assert!(ENVELOPE.open(&changed).is_err(), "byte {at}");
                changed[at] ^= 1 << bit;
            }
        }
        let longer = [&sealed[..], b"!"].concat();
        assert!(matches!(ENVELOPE.open(&longer), Err(ShardError::Longer { .. })));
    }

    #[test]
    fn other_files_are_recognised_as_such() {
        let other = Envelope { name: "other", ..ENVELOPE }.seal("header", &[]);
        assert_eq!(ENVELOPE.open(&other), Err(ShardError::Other("test")));
        let newer = Envelope { format: 3, ..ENVELOPE }.seal("header", &[]);
        assert_eq!(ENVELOPE.open(&newer), Err(ShardError::Format { found: 3, known: 2 }));
        assert_eq!(ENVELOPE.open(&[b'x'; 500]), Err(ShardError::Other("test")));
        assert_eq!(ENVELOPE.open(b"[program]\n"), Err(ShardError::Other("test")));
    }
}
