//! What differs between a recorded file and the one that comes out now.

use serde_json::Value;

/// One value that differs.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// Where: a path in JSON, line and column name in CSV.
    pub place: String,
    /// What the file says; [`None`] where it has nothing.
    pub recorded: Option<String>,
    /// What comes out now; [`None`] where nothing does.
    pub recomputed: Option<String>,
}

/// What a comparison of a file came to.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FileVerdict {
    /// Name within the results folder.
    pub file: String,
    /// Whether every byte is the same.
    pub same_bytes: bool,
    /// The values that differ, in the order of the file, at most [`FileVerdict::MOST`].
    pub differences: Vec<Difference>,
    /// How many values differ.
    pub count: u64,
}

impl FileVerdict {
    /// Differences that are listed at most.
    pub const MOST: usize = 100;

    /// Whether every value is the same: a file that was only laid out anew is.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.count == 0
    }

    fn note(&mut self, place: String, recorded: Option<String>, recomputed: Option<String>) {
        self.count += 1;
        if self.differences.len() < Self::MOST {
            self.differences.push(Difference { place, recorded, recomputed });
        }
    }
}

/// Compares a recorded file with the one that comes out now: by bytes, and where these differ by value.
/// `separator` is that of CSV files.
#[must_use]
pub fn compare_file(name: &str, recorded: &[u8], recomputed: &[u8], separator: u8) -> FileVerdict {
    let same_bytes = recorded == recomputed;
    let mut verdict = FileVerdict { file: name.to_owned(), same_bytes, differences: Vec::new(), count: 0 };
    if !same_bytes && name.ends_with(".json") {
        match (serde_json::from_slice::<Value>(recorded), serde_json::from_slice::<Value>(recomputed)) {
            (Ok(recorded), Ok(recomputed)) => json(&mut verdict, "", Some(&recorded), Some(&recomputed)),
            _ => verdict.note("the whole file".to_owned(), Some("no JSON".to_owned()), None),
        }
    } else if !same_bytes && name.ends_with(".parquet") {
        // Its values are those of the table of the same name, which is compared by value.
        let size = |bytes: &[u8]| Some(format!("{} bytes", bytes.len()));
        verdict.note("the whole file".to_owned(), size(recorded), size(recomputed));
    } else if !same_bytes {
        csv(&mut verdict, recorded, recomputed, separator);
    }
    verdict
}

fn json(verdict: &mut FileVerdict, place: &str, recorded: Option<&Value>, recomputed: Option<&Value>) {
    match (recorded, recomputed) {
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            let more = right.keys().filter(|key| !left.contains_key(*key));
            for key in left.keys().chain(more) {
                let place = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
                json(verdict, &place, left.get(key), right.get(key));
            }
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) => {
            for at in 0..left.len().max(right.len()) {
                json(verdict, &format!("{place}[{at}]"), left.get(at), right.get(at));
            }
        }
        _ if recorded == recomputed => {}
        _ => verdict.note(place.to_owned(), recorded.map(Value::to_string), recomputed.map(Value::to_string)),
    }
}

fn csv(verdict: &mut FileVerdict, recorded: &[u8], recomputed: &[u8], separator: u8) {
    let reader = |bytes| {
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(separator).has_headers(false).flexible(true);
        builder.from_reader(without_mark(bytes))
    };
    let (mut left, mut right) = (reader(recorded), reader(recomputed));
    let (mut left, mut right) = (left.byte_records(), right.byte_records());
    let text = |field: Option<&[u8]>| field.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let mut header: Vec<String> = Vec::new();
    for line in 1_u64.. {
        // A record that cannot be read counts as none.
        let (own, other) = (left.next().and_then(Result::ok), right.next().and_then(Result::ok));
        if own.is_none() && other.is_none() {
            break;
        }
        let fields = |record: &Option<csv::ByteRecord>| record.as_ref().map_or(0, csv::ByteRecord::len);
        if line == 1 {
            header = other.iter().flatten().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        }
        if fields(&own) == 0 || fields(&other) == 0 {
            let shown = |record: &Option<csv::ByteRecord>| text(record.as_ref().and_then(|r| r.get(0)));
            verdict.note(format!("line {line}"), shown(&own), shown(&other));
            continue;
        }
        for at in 0..fields(&own).max(fields(&other)) {
            let field = |record: &Option<csv::ByteRecord>| text(record.as_ref().and_then(|r| r.get(at)));
            let (recorded, recomputed) = (field(&own), field(&other));
            if recorded != recomputed {
                let column = header.get(at).cloned().unwrap_or_else(|| (at + 1).to_string());
                verdict.note(format!("line {line}, {column}"), recorded, recomputed);
            }
        }
    }
}

/// The bytes after the byte-order mark, if there is one.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(name: &str, recorded: &str, recomputed: &str) -> Vec<String> {
        let verdict = compare_file(name, recorded.as_bytes(), recomputed.as_bytes(), b';');
        assert_eq!(verdict.count as usize, verdict.differences.len());
        verdict.differences.into_iter().map(|difference| difference.place).collect()
    }

    #[test]
    fn values_that_differ_are_named_by_their_path() {
        let recorded = r#"{"a": {"b": [1, 2.5]}, "c": null, "gone": 1}"#;
        assert_eq!(places("x.json", recorded, r#"{"a":{"b":[1,2.5]},"c":null,"gone":1}"#), [""; 0]);
        let other = r#"{"a": {"b": [1, 2.6, 3]}, "c": 0, "new": 1}"#;
        assert_eq!(places("x.json", recorded, other), ["a.b[1]", "a.b[2]", "c", "gone", "new"]);
        assert_eq!(places("x.json", "{", "{}"), ["the whole file"]);
    }

    #[test]
    fn cells_that_differ_are_named_by_line_and_column() {
        let recorded = "\u{feff}id;cost\r\na;1,5\r\nb;2\r\n";
        assert_eq!(places("x.csv", recorded, "id;cost\na;1,5\nb;2\n"), [""; 0]);
        assert_eq!(places("x.csv", recorded, "id;cost\na;1,6\n"), ["line 2, cost", "line 3"]);
        assert_eq!(places("x.csv", recorded, "id;cost\na;1,5;9\nb;2\n"), ["line 2, 3"]);
    }

    #[test]
    fn many_differences_are_counted_and_the_first_are_listed() {
        let line = |x: &str| format!("{x}\n").repeat(1_000);
        let verdict = compare_file("x.csv", line("1").as_bytes(), line("2").as_bytes(), b',');
        assert_eq!((verdict.count, verdict.differences.len()), (1_000, FileVerdict::MOST));
        assert!(!verdict.is_equal());
    }
}
