//! What the walk-through shows is what the program prints and draws.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A command of the page and what the page shows of its output.
struct Shown {
    command: String,
    text: String,
}

/// The blocks of the page: every `console` block is one command, the `text` block after it is its output.
fn shown(page: &str) -> Vec<Shown> {
    let mut blocks: Vec<Shown> = Vec::new();
    for block in page.split("```").skip(1).step_by(2) {
        let (kind, body) = block.split_once('\n').unwrap();
        match kind {
            "console" => {
                let command = body.lines().next().unwrap().split(" #").next().unwrap().trim().to_owned();
                assert!(command.starts_with("p80 "), "{command}");
                blocks.push(Shown { command, text: String::new() });
            }
            "text" => blocks.last_mut().expect("a command stands before its output").text.push_str(body),
            other => panic!("a block of the kind `{other}`"),
        }
    }
    blocks
}

// Seen to fail when one figure of an output and when one image is changed.
#[test]
fn the_walk_through_shows_real_outputs_and_real_charts() {
    let page = fs::read_to_string(root().join("src/guide/walkthrough.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut charts = BTreeMap::new();
    for Shown { command, text } in shown(&page) {
        let words: Vec<&str> = command.split_whitespace().skip(1).collect();
        let (words, out) = match words.iter().position(|word| *word == "--out") {
            Some(at) => ([&words[..at], &words[at + 2..]].concat(), Some(words[at + 1])),
            None => (words, None),
        };
        let mut run = Command::cargo_bin("p80").unwrap();
        // Conditions stand in quotes for the shell.
        let line = words.join(" ");
        let quoted: Vec<&str> = line.split('"').collect();
        for (at, part) in quoted.iter().enumerate() {
            if at % 2 == 1 {
                run.arg(part);
            } else {
                run.args(part.split_whitespace());
            }
        }
        if let Some(out) = out {
            run.arg("--out").arg(folder.path().join(out));
        }
        let done = run.current_dir(root()).output().unwrap();
        assert_ne!(done.status.code(), Some(2), "{command}\n{}", String::from_utf8_lossy(&done.stderr));
        let printed =
            format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        // What is left out stands as a line of three points.
        for part in text.split("...\n").map(str::trim_end).filter(|part| !part.is_empty()) {
            assert!(printed.contains(part), "`{command}` does not print\n{part}\nbut\n{printed}");
        }
        if let Some(out) = out {
            for chart in fs::read_dir(folder.path().join(out).join("charts")).unwrap() {
                let chart = chart.unwrap();
                let name = format!("{out}-{}", chart.file_name().to_string_lossy());
                charts.insert(name, fs::read(chart.path()).unwrap());
            }
        }
    }
    let images: Vec<&str> =
        page.split("](images/").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(images.len() >= 4, "{images:?}");
    for image in images {
        let kept = fs::read(root().join("src/guide/images").join(image)).unwrap();
        let drawn = charts.get(image).unwrap_or_else(|| panic!("no command draws {image}"));
        assert!(kept == *drawn, "renew src/guide/images/{image} from the charts of the walk-through");
    }
}
