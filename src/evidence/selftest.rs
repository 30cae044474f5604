//! The self-test: everything that can be checked where the program is installed.

use serde::Serialize;

use super::engine_checks::engine_checks;
use super::generator_checks::generator_checks;
use super::law_checks::law_checks;
use super::{Check, Machine, known_answers};
use crate::draws::{BLOCK, Sampler};
use crate::report::{SCHEMA_VERSION, STREAM_VERSION, grouped};

/// How much is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Seconds: what the command does.
    Full,
    /// As little as still means something, for slow builds.
    Little,
}

impl Effort {
    /// Iterations of each known answer; 64 batches of whole blocks.
    pub(super) fn iterations(self) -> u64 {
        let per_batch = match self {
            Self::Full => 8,
            Self::Little => 1,
        };
        64 * per_batch * BLOCK as u64
    }

    /// Draws of each law.
    pub(super) fn draws(self) -> usize {
        match self {
            Self::Full => 400 * BLOCK,
            Self::Little => 50 * BLOCK,
        }
    }
}

/// The record of a self-test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SelfTest {
    /// Version of the outputs.
    pub schema_version: u32,
    /// Version of the program.
    pub p80_version: &'static str,
    /// Version of the random streams.
    pub stream_version: u32,
    /// When it ran, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dated: Option<String>,
    /// Where it ran.
    pub machine: Machine,
    /// Whether all checks passed.
    pub passed: bool,
    /// How many did not.
    pub failed: usize,
    /// Every check.
    pub checks: Vec<Check>,
}

/// Runs all checks. The seeds are fixed, so the same program on a sound machine always finds the same.
#[must_use]
pub fn selftest(effort: Effort, machine: Machine, dated: Option<String>) -> SelfTest {
    let mut checks = generator_checks();
    checks.extend(law_checks(effort));
    for answer in known_answers() {
        for sampler in [Sampler::Stratified, Sampler::Random] {
            checks.extend(answer.check(sampler, effort.iterations()));
        }
    }
    checks.extend(engine_checks());
    SelfTest::new(checks, machine, dated)
}

impl SelfTest {
    /// The record of these checks.
    #[must_use]
    pub fn new(checks: Vec<Check>, machine: Machine, dated: Option<String>) -> Self {
        let failed = checks.iter().filter(|check| !check.pass).count();
        Self {
            schema_version: SCHEMA_VERSION,
            p80_version: env!("CARGO_PKG_VERSION"),
            stream_version: STREAM_VERSION,
            dated,
            machine,
            passed: failed == 0,
            failed,
            checks,
        }
    }

    /// The record as JSON, indented, with a line feed at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a record has only text keys");
        text.push('\n');
        text
    }

    /// The record as a table for people.
    #[must_use]
    pub fn to_text(&self) -> String {
        use comfy_table::presets::NOTHING;
        let mut grid = comfy_table::Table::new();
        grid.load_style(NOTHING);
        grid.set_header(["", "", "expected", "found", "allowed", ""]);
        for check in &self.checks {
            grid.add_row([
                check.group.to_owned(),
                check.name.clone(),
                shown(&check.expected),
                shown(&check.found),
                short(check.allowed),
                if check.pass { "pass" } else { "FAIL" }.to_owned(),
            ]);
        }
        let machine = &self.machine;
        let mut out = format!("p80 {}, random streams version {}\n", self.p80_version, self.stream_version);
        out.push_str(&format!(
            "{} {}, {} threads, processor features: {}\n",
            machine.os,
            machine.arch,
            machine.threads,
            if machine.cpu_features.is_empty() { "none".to_owned() } else { machine.cpu_features.join(" ") }
        ));
        out.extend(self.dated.iter().map(|dated| format!("{dated}\n")));
        let lines: Vec<String> = grid.lines().map(|line| line.trim_end().to_owned()).collect();
        out.push_str(&format!("\n{}\n\n", lines.join("\n")));
        let n = grouped(self.checks.len() as f64, 0);
        out.push_str(&match self.failed {
            0 => format!("all {n} checks passed\n"),
            failed => format!("{failed} of {n} checks FAILED: do not rely on results of this installation\n"),
        });
        out
    }
}

fn shown(figure: &super::Figure) -> String {
    match figure {
        super::Figure::Number(number) => short(*number),
        super::Figure::Text(text) => text.clone(),
    }
}

/// Six digits after the point, or an exponent where these would say nothing.
fn short(number: f64) -> String {
    match number {
        0.0 => "0".to_owned(),
        number if number.abs() < 1e-4 => format!("{number:.1e}"),
        number => format!("{number:.6}").trim_end_matches('0').trim_end_matches('.').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_expectation_fails_the_record_and_is_shown() {
        let machine = Machine { os: "any".into(), arch: "any".into(), cpu_features: Vec::new(), threads: 1 };
        let good = Check::near("g", "good", 1.0, 1.0, 0.0);
        let record = SelfTest::new(vec![good.clone()], machine.clone(), None);
        assert!(record.passed && record.to_text().contains("all 1 checks passed"));
        let wrong = Check::near("g", "wrong", 2.0, 1.0, 0.1);
        let record = SelfTest::new(vec![good, wrong], machine, None);
        assert!(!record.passed && record.failed == 1);
        assert!(record.to_text().contains("FAIL") && record.to_text().contains("1 of 2 checks FAILED"));
        assert!(record.to_json().contains("\"pass\": false"));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([0.0, 0.5, 1e-6, 83.0].map(short), ["0", "0.5", "1.0e-6", "83"]);
    }
}
