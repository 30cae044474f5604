//! What a build without the formats that take long to build says of them.

#![cfg(not(feature = "full"))]

use predicates::str::contains;

use crate::place::Place;

#[test]
fn what_is_not_built_is_refused_before_anything_is_simulated() {
    println!("SKIPPED: documents and fonts: they are tested with --features full");
    let place = Place::new();
    for args in [
        &["report", "pilot.toml", "--to", "a.html", "--to", "a.pdf"][..],
        &["report", "pilot.toml", "--to", "a.docx"],
        &["run", "pilot.toml", "--report", "a.pdf"],
        &["run", "pilot.toml", "--out", "r", "--format", "parquet"],
    ] {
        place.p80(args).code(2).stderr(contains("cargo install --path . --features full"));
    }
    for name in ["a.html", "a.pdf", "a.docx", "r"] {
        assert!(!place.path(name).exists(), "{name}");
    }
}
