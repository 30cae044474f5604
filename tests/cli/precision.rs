//! Runs that end when an interval is narrow enough.

use std::fs;

use assert_cmd::assert::Assert;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;

use crate::place::Place;

const RUN: [&str; 3] = ["run", "pilot.toml", "--no-charts"];

fn run(place: &Place, args: &[&str]) -> Assert {
    place.p80(&[&RUN, args].concat())
}

fn json(place: &Place, args: &[&str]) -> Value {
    place.output_json(&[&RUN, args].concat())
}

fn iterations(summary: &Value) -> u64 {
    summary["manifest"]["iterations"].as_u64().unwrap()
}

#[test]
fn a_run_ends_at_the_first_count_at_which_the_interval_is_narrow_enough() {
    let place = Place::new();
    let random = |args: &[&str]| json(&place, &[&["--sampler", "random"], args].concat());
    let wide = random(&["--precision", "2000", "--precision-of", "cost.p80"]);
    let narrow = random(&["--precision", "100"]);
    let width = |summary: &Value| {
        let p80 = &summary["cost"]["p80"];
        p80["high"].as_f64().unwrap() - p80["low"].as_f64().unwrap()
    };
    assert!(width(&wide) <= 2000.0 && width(&narrow) <= 100.0, "{} {}", width(&wide), width(&narrow));
    assert_eq!(iterations(&wide), 32 * 512, "the first count is enough");
    assert!(iterations(&narrow) > 32 * 512);
    assert!((iterations(&narrow) / 512).is_power_of_two());
    assert_eq!(narrow["manifest"]["precision"]["of"], "cost.p80");
    assert_eq!(narrow["manifest"]["precision"]["reached"], true);
    // At the count before, the interval was still too wide.
    let before = (iterations(&narrow) / 2).to_string();
    assert!(width(&random(&["-n", &before])) > 100.0);
}

#[test]
fn the_threads_decide_neither_the_number_nor_the_numbers() {
    let place = Place::new();
    for (out, threads) in [("one", "1"), ("three", "3")] {
        run(&place, &["--precision", "0.2d", "--threads", threads, "-o", out])
            .success()
            .stderr(contains("precision 0.2d of finish.p80 reached with"));
    }
    for name in ["summary.json", "manifest.json", "percentiles.csv", "tasks.csv", "histogram.csv"] {
        let bytes = |out: &str| fs::read(place.path(out).join(name)).unwrap();
        assert_eq!(bytes("one"), bytes("three"), "{name}");
    }
    // What was simulated in parts is what is simulated in one go.
    let parts = json(&place, &["--precision", "0.2d"]);
    let whole = json(&place, &["-n", &iterations(&parts).to_string()]);
    for part in ["finish", "cost", "tasks", "milestones"] {
        assert_eq!(parts[part], whole[part], "{part}");
    }
}

#[test]
fn a_precision_out_of_reach_is_given_up_with_exit_code_1_and_said() {
    let place = Place::new();
    let args = ["--precision", "0.001d", "--max-iterations", "40000"];
    run(&place, &args).code(1).stdout(contains("P80")).stderr(
        contains("not reached with 40,448 iterations")
            .and(contains("d wide"))
            .and(contains("--max-iterations")),
    );
    assert_eq!(json(&place, &args)["manifest"]["precision"]["reached"], false);
}

#[test]
fn dates_money_and_shares_of_any_part_can_be_asked_for() {
    let place = Place::new();
    for args in [
        ["--precision", "1%", "--precision-of", "finish.p50"],
        ["--precision", "3ed", "--precision-of", "milestones.live.p90"],
        ["--precision", "2%", "--precision-of", "cost.p99.5"],
        ["--precision", "4h", "--precision-of", "finish.p80"],
    ] {
        run(&place, &args).success().stderr(contains("reached with"));
    }
    for args in [
        ["--precision", "1d", "--precision-of", "cost.p80"],
        ["--precision", "500", "--precision-of", "finish.p80"],
        ["--precision", "1%", "--precision-of", "milestones.nope.p80"],
        ["--precision", "1%", "--precision-of", "finish.mean"],
        ["--precision", "soon", "--precision-of", "finish.p80"],
        ["--precision", "1%", "--iterations", "1000"],
        ["--max-iterations", "1000", "--seed", "1"],
    ] {
        run(&place, &args).code(2);
    }
    run(&place, &["--precision", "1%", "--iterations-csv", "-o", "out"])
        .code(2)
        .stderr(contains("--max-iterations"));
}
