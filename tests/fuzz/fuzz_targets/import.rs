//! Any bytes as a plan of another tool: a scenario or an error, never a panic; what is imported reads back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use p80::import::{ImportOptions, import};
use p80::scenario::{MemoryFiles, to_toml};

/// What each reader is tried on: the first byte of an input chooses.
const HEADS: [&str; 4] = [
    "",
    "<Project xmlns=\"http://schemas.microsoft.com/project\"><StartDate>2027-01-11T08:00:00</StartDate>",
    "ERMHDR\t19.12\n",
    "<APIBusinessObjects>",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&reader, rest)) = bytes.split_first() else { return };
    let head = HEADS[usize::from(reader) % HEADS.len()];
    let plan = [head.as_bytes(), rest].concat();
    if let Ok(imported) = import(&plan, &ImportOptions::default()) {
        let text = to_toml(&imported.scenario).into_bytes();
        p80_fuzz::exercise(&MemoryFiles([("fuzz.toml".to_owned(), text)].into()), "fuzz.toml");
    }
});
