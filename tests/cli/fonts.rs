//! Names in scripts that the built-in font does not have.

use std::fs;
use std::path::Path;
use std::process::Command as Process;

use predicates::prelude::*;
use predicates::str::contains;

use crate::place::{Place, SCENARIO};

const DEJAVU: &str = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
const ZEN_HEI: &str = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc";
const QUICK: [&str; 2] = ["-n", "4096"];

/// A program named in Chinese, with tasks in Hebrew, Arabic and two scripts at once, and names as long as they come.
fn scenario() -> String {
    let long = |words: &str| words.chars().cycle().take(120).collect::<String>();
    let task = |id: &str, name: &str, after: &str| {
        let duration = "duration = { pert = [\"10d\", \"15d\", \"30d\"] }";
        format!("[[tasks]]\nid = \"{id}\"\nname = \"{name}\"\nafter = [{after}]\n{duration}\n")
    };
    [
        "[program]\nname = \"供应链数字化转型计划\"\nstart = 2027-01-11\n".to_owned(),
        task("a", "תכנון המערכת", ""),
        task("b", "بناء النظام", "\"a\""),
        task("c", "Phase 2 שלב ב (ERP)", "\"b\""),
        task("d", &long("将主数据迁移到新的云平台，"), "\"c\""),
        task("e", &long("העברת נתונים ובדיקות "), "\"d\""),
    ]
    .concat()
}

fn is_here(path: &str) -> bool {
    let here = Path::new(path).exists();
    if !here {
        println!("SKIPPED: {path} is not here");
    }
    here
}

/// The standard output of a program, or a word on why the test is skipped.
fn output(place: &Place, program: &str, args: &[&str]) -> Option<String> {
    let Ok(output) = Process::new(program).args(args).current_dir(place.root()).output() else {
        println!("SKIPPED: no {program} is here");
        return None;
    };
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn boxes_are_warned_of_once_with_the_cure() {
    let place = Place::with(&SCENARIO.replace("\"Pilot\"", "\"計画\""));
    let warning = "no font has `画` (U+753B) and `計` (U+8A08): pictures and PDF show boxes";
    let warned = || contains(warning).count(1).and(contains("--font FILE").count(1));
    let run = |more: &[&str]| place.p80(&[&["run", "pilot.toml"][..], &QUICK, more].concat()).success();
    run(&["--out", "a", "--report", "a.pdf"]).stderr(warned());
    run(&["--report", "b.docx"]).stderr(warned());
    run(&["--out", "c", "--no-charts", "--report", "c.html", "--report", "c.xlsx"])
        .stderr(contains("no font has").not());
    run(&[]).stderr(contains("no font has").not());
    for command in ["analyse", "explain"] {
        let args: &[&str] = if command == "analyse" { &QUICK } else { &["--iteration", "7"] };
        place
            .p80(&[&[command, "pilot.toml", "--out", command][..], args].concat())
            .success()
            .stderr(warned());
    }
}

#[test]
fn what_is_no_font_is_refused_before_anything_is_done() {
    let place = Place::new();
    place.write("empty.ttf", "");
    for (font, why) in [
        (
            "pilot.toml",
            "`pilot.toml` cannot be used with --font: it is neither a TrueType nor an OpenType font",
        ),
        ("empty.ttf", "neither a TrueType nor an OpenType font"),
        ("missing.otf", "`missing.otf` cannot be used with --font"),
        ("pilot.toml#3", "there is no font 3 in it"),
    ] {
        let refused = place.p80(&["run", "pilot.toml", "--out", "results", "--font", font]).code(2);
        refused.stderr(contains(why)).stdout("");
        assert!(!place.path("results").exists(), "{font}");
    }
    let large = fs::File::create(place.path("large.ttf")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    place
        .p80(&["--font", "large.ttf", "check", "pilot.toml"])
        .code(2)
        .stderr(contains("it is larger than 64 MiB"));
}

#[test]
fn fonts_change_no_picture_that_needs_none() {
    if !is_here(DEJAVU) {
        return;
    }
    let place = Place::new();
    for (folder, fonts) in [("plain", &[][..]), ("given", &["--font", DEJAVU])] {
        let args =
            [&["run", "pilot.toml", "--dated", "2027-01-01", "--out", folder][..], &QUICK, fonts].concat();
        place.p80(&[&args[..], &["--report", &format!("{folder}.pdf")]].concat()).success();
    }
    assert_eq!(fs::read(place.path("plain.pdf")).unwrap(), fs::read(place.path("given.pdf")).unwrap());
    for chart in ["finish", "cost", "milestones", "criticality"] {
        for ending in ["png", "svg"] {
            let bytes =
                |folder: &str| fs::read(place.path(&format!("{folder}/charts/{chart}.{ending}"))).unwrap();
            assert_eq!(bytes("plain"), bytes("given"), "{chart}.{ending}");
        }
    }
}

#[test]
fn names_in_every_script_are_drawn_and_can_be_read_again() {
    if !is_here(DEJAVU) || !is_here(ZEN_HEI) {
        return;
    }
    let place = Place::with(&scenario());
    let fonts = ["--font", DEJAVU, "--font", ZEN_HEI];
    let write = |name: &str| {
        let args =
            [&["report", "pilot.toml", "--template", "full", "--to", name][..], &QUICK, &fonts].concat();
        place.p80(&args).success().stderr(contains("no font has").not());
    };
    write("a.pdf");
    write("b.pdf");
    assert_eq!(fs::read(place.path("a.pdf")).unwrap(), fs::read(place.path("b.pdf")).unwrap());
    let args = [&["run", "pilot.toml", "--out", "results"][..], &QUICK, &fonts].concat();
    place.p80(&args).success().stderr(contains("no font has").not());

    let Some(text) = output(&place, "pdftotext", &["-layout", "a.pdf", "-"]) else { return };
    // The reader puts marks around what it turned round.
    let text: String = text.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}')).collect();
    for name in ["供应链数字化转型计划", "תכנון המערכת", "بناء النظام", "Phase 2"]
    {
        assert!(text.contains(name), "{name}");
    }
    let Some(embedded) = output(&place, "pdffonts", &["a.pdf"]) else { return };
    for font in ["DejaVuSans", "WenQuanYiZenHei", "P80ChartSans-Regular", "P80ChartSans-Bold"] {
        let line = embedded.lines().find(|line| line.contains(font)).unwrap_or_default();
        assert!(line.contains("yes yes yes"), "{font} is embedded, as a subset, with its text: {embedded}");
    }
    let Some(_) = output(&place, "qpdf", &["--check", "a.pdf"]) else { return };
    let check = Process::new("qpdf").args(["--check", "a.pdf"]).current_dir(place.root()).status().unwrap();
    assert!(check.success());
}
