//! Numbers as bytes.

/// Bytes that grow by a number at a time; small numbers take one byte, sixty-four bits at most ten.
#[derive(Debug, Default)]
pub struct StateWriter(Vec<u8>);

impl StateWriter {
    /// The bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// A count: seven bits to a byte, the lowest first (LEB128).
    pub fn count(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    /// A number of either sign: near zero it is short.
    pub fn number(&mut self, value: i64) {
        self.count(((value << 1) ^ (value >> 63)) as u64);
    }

    /// A sum.
    pub fn sum(&mut self, value: i128) {
        self.0.extend(value.to_le_bytes());
    }

    /// Counts of which many are zero: a zero is followed by how many there are in a row.
    pub fn counts(&mut self, values: impl IntoIterator<Item = u64>) {
        let mut zeros = 0;
        for value in values {
            if value == 0 {
                zeros += 1;
                continue;
            }
            self.zeros(std::mem::take(&mut zeros));
            self.count(value);
        }
        self.zeros(zeros);
    }

    fn zeros(&mut self, run: u64) {
        if run > 0 {
            self.count(0);
            self.count(run);
        }
    }
}
