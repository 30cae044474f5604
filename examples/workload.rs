//! Writes a program of a given size as a scenario file: `cargo run --example workload -- M > m.toml`. A number
//! behind the size gives so many risks a response: `-- M 10`.
//!
//! The sizes are those that the benches measure: M has 100 tasks, L 2,000, XL 10,000; XL-own gives each of
//! its 20,000 estimates a shape of its own. M-durations is M without costs and risks, M-calendars is M on four
//! calendars with a freeze and a quarterly window. The same size gives the same file everywhere.

#[path = "../benches/support/workload.rs"]
mod workload;

use std::process::ExitCode;

use workload::{SIZES, Workload};

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    match SIZES.into_iter().find(|size| size.name.eq_ignore_ascii_case(&wanted)) {
        Some(size) => {
            let workload = Workload::new(size);
            let responses = std::env::args().nth(2).and_then(|number| number.parse().ok());
            print!(
                "{}",
                responses.map_or_else(|| workload.scenario(), |n| workload.scenario_with_responses(n))
            );
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("which size: {}?", SIZES.map(|size| size.name).join(", "));
            ExitCode::from(2)
        }
    }
}
