//! Ranges from what past estimates became.

use std::path::Path;

use p80::analysis::calibrations;
use p80::import::{
    ImportError, ImportFile, ImportOptions, PastTask, TemplateRange, past_tasks, with_templates,
};
use p80::scenario::{MemoryFiles, load};

fn read(text: &str, map: &[(&str, &str)]) -> Result<(Vec<PastTask>, usize), ImportError> {
    let files = [ImportFile { name: "history".to_owned(), bytes: text.as_bytes().to_vec() }];
    let map = map.iter().map(|(heading, field)| ((*heading).to_owned(), (*field).to_owned())).collect();
    let (tasks, report) = past_tasks(&files, &ImportOptions { map, ..ImportOptions::default() })?;
    Ok((tasks, report.count(p80::import::Fate::LeftOut)))
}

#[test]
fn pairs_are_read_in_their_units_and_the_rest_is_told() {
    let text = "Task;Type;Estimate (days);Actual (hours)\n\
                A;build;5;60\n\
                B;test;2,5;10\n\
                C;test;0;8\n\
                D;build;3;\n\
                Total;;10,5;78\n";
    let (tasks, left_out) = read(text, &[]).unwrap();
    let found: Vec<(Option<&str>, f64)> =
        tasks.iter().map(|task| (task.category.as_deref(), task.actual / task.estimate)).collect();
    assert_eq!(found, [(Some("build"), 1.5), (Some("test"), 0.5)]);
    // The zero and its row, the row without an actual value, and the total.
    assert_eq!(left_out, 4);
    assert!(matches!(read("Guess,Truth\n1,2\n", &[]), Err(ImportError::NoHistory { .. })));
    let (tasks, _) = read("Guess,Truth\n1,2\n", &[("Guess", "estimate"), ("Truth", "actual")]).unwrap();
    assert_eq!(tasks[0].actual, 2.0 * tasks[0].estimate);
}

#[test]
fn templates_go_into_the_scenario_and_its_comments_stay() {
    let scenario = "# Ours.\n[program]\nname = \"P\"\nstart = 2027-01-11\n\n[estimates.builders]\npert = [-0.1, 0.5] # a guess\ncategories = \"build\"\n\n[[tasks]]\nid = \"a\"\nduration = \"5d\"\ncategory = \"build\"\n\n[[tasks]]\nid = \"b\"\nduration = \"5d\"\nafter = \"a\"\n";
    let range = |category: Option<&str>, p10, p90| TemplateRange {
        category: category.map(str::to_owned),
        p10,
        p90,
        note: "40 pairs".to_owned(),
    };
    let merged =
        with_templates(scenario, &[range(None, -0.25, 0.8), range(Some("build"), -0.123_45, 0.5)]).unwrap();
    for part in [
        "# Ours.\n[program]\nname = \"P\"\nstart = 2027-01-11\nestimate = \"calibrated\"\n",
        "[estimates.builders]\ncategories = \"build\"\nlognormal = { P10 = -0.123, P90 = 0.5 } # 40 pairs\n",
        "[estimates.calibrated]\nlognormal = { P10 = -0.25, P90 = 0.8 } # 40 pairs\n",
    ] {
        assert!(merged.text.contains(part), "`{part}` is not in\n{}", merged.text);
    }
    let loaded = load(&MemoryFiles::single("plan.toml", &merged.text), "plan.toml").unwrap();
    assert!(loaded.warnings.iter().all(|warning| warning.code.as_str() != "W708"));
    let (estimate, _) = loaded.program.tasks()[1].duration().unwrap();
    assert!((estimate.law.quantile(0.9) / 2_400.0 - 1.8).abs() < 1e-9);
    let again =
        with_templates(&merged.text, &[range(None, -0.25, 0.8), range(Some("build"), -0.123_45, 0.5)])
            .unwrap();
    assert_eq!(again.text, merged.text);
    assert_eq!(again.report.entries, []);
}

/// Published data sets are known by their percentiles and by the mean and deviation of their logarithms: where they are
/// lognormal, a sample with the moments has the percentiles.
#[test]
fn a_sample_with_published_moments_has_the_published_percentiles() {
    let path =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/estimates/calibration_summary.csv"));
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("SKIPPED: the published calibrations are not here");
        return;
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<std::collections::BTreeMap<String, String>> =
        reader.deserialize().map(Result::unwrap).collect();
    let row = rows.iter().find(|row| row["dataset"] == "little_project_duration_d").unwrap();
    let number = |name: &str| row[name].parse::<f64>().unwrap();
    let law = p80::dist::Law::lognormal(number("ln_mean"), number("ln_sd")).unwrap();
    let pairs = 121;
    let task = |at: u32| PastTask {
        category: None,
        estimate: 1.0,
        actual: law.quantile((f64::from(at) + 0.5) / f64::from(pairs)),
    };
    let found = &calibrations(&(0..pairs).map(task).collect::<Vec<_>>())[0];
    for (ratio, name) in [(found.p10, "p10"), (found.p50, "p50"), (found.p90, "p90")] {
        assert!(ratio.low <= number(name) && number(name) <= ratio.high, "{name}: {ratio:?} {}", row[name]);
    }
    // 94 % of them took longer than estimated.
    assert!((found.over - number("share_over")).abs() < 0.03, "{}", found.over);
}
