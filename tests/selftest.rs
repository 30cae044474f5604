//! The self-test as an auditor uses it.

use std::fs;

use assert_cmd::Command as Assert;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;

fn selftest(args: &[&str]) -> assert_cmd::assert::Assert {
    Assert::cargo_bin("p80").unwrap().arg("selftest").args(args).assert()
}

#[test]
fn the_self_test_passes_and_its_record_says_what_and_where() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("record.json");
    let done = selftest(&["--quick", "--format", "json", "--out", out.to_str().unwrap()]).success();
    let text = done.get_output().stdout.clone();
    assert_eq!(fs::read(&out).unwrap(), text);
    let record: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(record["passed"], true);
    assert_eq!(record["failed"], 0);
    assert_eq!(record["schema_version"], 1);
    assert_eq!(record["p80_version"], env!("CARGO_PKG_VERSION"));
    assert!(record["stream_version"].is_u64());
    assert!(record.get("dated").is_none(), "no clock unless it is asked for");
    for field in ["os", "arch"] {
        assert!(record["machine"][field].is_string(), "{field}");
    }
    assert!(record["machine"]["cpu_features"].is_array() && record["machine"]["threads"].is_u64());
    let checks = record["checks"].as_array().unwrap();
    for group in ["generator", "laws", "tables", "known answers", "engine"] {
        assert!(checks.iter().any(|check| check["group"] == group), "{group}");
    }
    for check in checks {
        assert!(check["name"].is_string() && check["allowed"].is_number(), "{check}");
        for side in ["expected", "found"] {
            assert!(check[side].is_number() || check[side].is_string(), "{check}");
        }
        assert_eq!(check["pass"], true, "{check}");
    }
}

#[test]
fn the_table_is_for_people_and_a_date_is_there_when_asked_for() {
    selftest(&["--quick", "--dated", "--threads", "1"]).success().stdout(
        contains("checks passed")
            .and(contains("Philox4x32-10, published vector 1"))
            .and(contains("random streams version"))
            .and(predicates::str::is_match(r"\n20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ\n").unwrap()),
    );
}

#[test]
fn a_record_that_cannot_be_written_is_an_error() {
    selftest(&["--quick", "--out", "/nowhere/at/all/record.txt"]).code(2);
}
