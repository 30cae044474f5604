//! The examples say what they promise. `cargo test` builds them beside this test; a run of this test alone
//! may find none, and says so.

use std::env;
use std::process::Command;

/// What an example prints, if it has been built.
fn output(name: &str, arguments: &[&str]) -> Option<String> {
    let deps = env::current_exe().unwrap();
    let folder = deps.ancestors().nth(2).unwrap().join("examples");
    let program = folder.join(format!("{name}{}", env::consts::EXE_SUFFIX));
    if !program.exists() {
        println!("SKIPPED: {} has not been built", program.display());
        return None;
    }
    let output = Command::new(program).args(arguments).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} failed: {errors}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[track_caller]
fn expect_all(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is missing in:\n{text}");
    }
}

#[test]
fn a_program_built_in_code_gets_its_p80() {
    let Some(text) = output("build_in_code", &[]) else { return };
    expect_all(&text, &["Warehouse: planned for 2027-0", "P50: 2027-", "P80: 2027-", "chance to finish"]);
}

#[test]
fn an_embedded_forecast_answers_cancels_and_explains() {
    let Some(text) = output("embed", &[]) else { return };
    expect_all(
        &text,
        &[
            "simulated 20480 iterations",
            "\"program\": \"Data centre move\"",
            "cancelled after",
            "S101",
            "move",
        ],
    );
}

#[test]
fn a_custom_report_sees_every_iteration() {
    let Some(text) = output("custom_report", &[]) else { return };
    expect_all(&text, &["the P90", "risk,occurs_percent", "A parallel run is repeated,30"]);
}

#[test]
fn a_workload_is_a_good_scenario_and_always_the_same() {
    let Some(text) = output("workload", &["m"]) else { return };
    assert_eq!(output("workload", &["M"]).as_ref(), Some(&text));
    let files = p80::scenario::MemoryFiles::single("m.toml", &text);
    let program = p80::scenario::load(&files, "m.toml").unwrap().program;
    assert_eq!((program.tasks().len(), program.links().len(), program.risks().len()), (100, 160, 20));
}
