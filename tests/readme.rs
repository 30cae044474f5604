//! What the README shows is what the program prints.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_readme_shows_the_real_output_and_the_real_chart() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("results");
    let run = Command::cargo_bin("p80")
        .unwrap()
        .current_dir(root())
        .args(["run", "scenarios/minimal.toml", "--out"])
        .arg(&out)
        .assert()
        .success();
    let printed = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    assert!(
        printed.starts_with(shown.trim_end()),
        "the README shows something else than the first lines of\n{printed}"
    );
    let chart = fs::read(out.join("charts/finish.png")).unwrap();
    let shown = fs::read(root().join("src/guide/images/finish.png")).unwrap();
    assert!(chart == shown, "renew src/guide/images/finish.png from the charts of scenarios/minimal.toml");
}

#[test]
fn the_readme_introduces_itself_in_thirty_lines() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let first: String = readme.lines().take(30).collect::<Vec<_>>().join("\n");
    for part in ["cargo run --release -- run", "P80", "![", "src/guide/scenario.md", "CHANGELOG.md"] {
        assert!(first.contains(part), "the first thirty lines lack `{part}`");
    }
}

#[test]
fn every_file_that_the_readme_links_to_exists() {
    for page in [
        "README.md",
        "CONTRIBUTING.md",
        "src/guide/start.md",
        "src/guide/walkthrough.md",
        "src/guide/results.md",
        "src/guide/analysis.md",
        "src/guide/documents.md",
        "src/guide/methods.md",
    ] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let folder = root().join(page).parent().unwrap().to_owned();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let local = link.split('#').next().unwrap_or("");
            if local.is_empty() || local.contains("://") || local.contains("::") {
                continue;
            }
            assert!(folder.join(local).exists(), "{page} links to {link}");
        }
    }
}
