//! Charts of simulated and of odd reports.

#[path = "charts/reports.rs"]
mod reports;

use std::path::Path;
use std::time::Instant;

use p80::chart::charts;
use reports::{Kind, report, report_of};

/// Every kind of program that a picture must bear.
fn kinds() -> Vec<(&'static str, Kind)> {
    let ordinary = Kind::default;
    let long = "Migrate the accounts receivable sub-ledger with all open items and their history to the \
                consolidated chart of accounts, phase";
    vec![
        ("ordinary", ordinary()),
        ("long-names", Kind { words: long, name: long.repeat(3), ..ordinary() }),
        ("one-day", Kind { tasks: 2, days: 0.3, target: Some("2027-01-11"), ..ordinary() }),
        ("ten-years", Kind { tasks: 40, days: 90.0, target: Some("2036-06-30"), ..ordinary() }),
        ("three-tasks", Kind { tasks: 3, target: Some("2027-04-02"), ..ordinary() }),
        ("three-hundred-tasks", Kind { tasks: 300, days: 4.0, milestone_every: 5, ..ordinary() }),
        ("two-humps", Kind { window: true, target: Some("2028-07-02"), ..ordinary() }),
        ("certain", Kind { spread: 1.0, ..ordinary() }),
        ("no-target", Kind { target: None, ..ordinary() }),
        ("no-cost", Kind { money: None, ..ordinary() }),
        ("billions", Kind { money: Some((2.4e10, 8_400_000_000_000)), currency: "JPY", ..ordinary() }),
        ("below-ten", Kind { money: Some((1.6, 800)), ..ordinary() }),
        ("narrow", Kind { spread: 1.02, tasks: 4, target: Some("2027-04-15"), ..ordinary() }),
        ("far-target", Kind { target: Some("2031-01-31"), money: Some((64_000.0, 99)), ..ordinary() }),
        ("signs", Kind { words: "計画 <Prüfung> & \"Übergabe\" Проверка Έλεγχος", ..ordinary() }),
    ]
}

/// Writes every chart of every kind for a person to look at.
#[test]
#[ignore = "for the eye: writes all pictures below the target folder"]
fn the_gallery_is_hung() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    for (name, kind) in kinds() {
        let report = report(&kind);
        let begin = Instant::now();
        let files = charts(&report).unwrap();
        println!("{name}: {} ms", begin.elapsed().as_millis());
        std::fs::create_dir_all(folder.join(name)).unwrap();
        for file in files {
            std::fs::write(folder.join(name).join(file.name), file.bytes).unwrap();
        }
    }
    println!("{}", folder.display());
}

#[test]
fn charts_are_byte_identical_when_drawn_twice() {
    let report = report(&Kind::default());
    assert!(charts(&report).unwrap() == charts(&report).unwrap());
    let _ = report_of;
}
