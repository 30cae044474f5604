//! Any bytes as a scenario file: a program or diagnostics, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use p80::scenario::MemoryFiles;

fuzz_target!(|bytes: &[u8]| {
    let files = MemoryFiles([("fuzz.toml".to_owned(), bytes.to_vec())].into());
    p80_fuzz::exercise(&files, "fuzz.toml");
});
