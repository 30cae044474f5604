//! Documents to attach: every format says the same, nothing in a name is a command, and what they say comes out
//! again.

use std::fs;
use std::io::{Cursor, Read};
use std::process::Command as Process;

use calamine::{Data, DataType, Reader, Xlsx};
use predicates::prelude::*;
use predicates::str::contains;

use crate::place::{Place, SCENARIO};

/// Names that would be commands, breaks or nothing at all if somebody took them for more than text.
const UGLY: &str = r#"
[program]
name = "<script>alert(1)</script> | *Ümlaut* 計画 עברית"
start = 2027-01-11
targets = { finish = 2027-05-31, budget = 9_000_000_000 }

[[tasks]]
id = "one"
name = "=cmd|' /C calc'!A0"
duration = { pert = ["10d", "15d", "30d"] }
cost = [{ rate = "8_000_000/d", units = 20 }]

[[milestones]]
id = "live"
name = "{{ seed }} {% if %} <b>Live</b>"
after = ["one"]

[[risks]]
id = "R-01"
title = "@SUM(A1:A9) </td></table><img src=x onerror=alert(2)> & a name as long as people write them when nobody stops them, with details"
probability = 0.3
impact = [{ on = "one", delay = { triangular = ["5d", "10d", "30d"] } }]
response = { cost = 10_000, probability = 0.1, on = false }
"#;

const QUICK: [&str; 2] = ["-n", "4096"];

fn report(place: &Place, more: &[&str]) -> assert_cmd::assert::Assert {
    place.p80(&[&["report", "pilot.toml"][..], &QUICK, more].concat())
}

fn bytes(place: &Place, name: &str) -> Vec<u8> {
    fs::read(place.path(name)).unwrap()
}

/// The main part of a document for word processors, as text.
fn word_text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    xml
}

/// The cells of a sheet, row by row.
fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn beside<'a>(rows: &'a [Vec<Data>], label: &str) -> &'a Data {
    let row = rows.iter().find(|row| row.first().and_then(Data::get_string) == Some(label));
    &row.unwrap_or_else(|| panic!("no row `{label}`"))[1]
}

/// A number, also where it is shown as a date.
fn number(cell: &Data) -> f64 {
    match cell {
        Data::DateTime(date) => date.as_f64(),
        other => other.as_f64().unwrap_or(f64::NAN),
    }
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ").replace("&nbsp;", " ").replace("&lt;", "<")
}

#[test]
fn every_format_says_the_same_figures_and_the_same_scenario_gives_the_same_bytes() {
    let place = Place::new();
    let names = ["a.html", "a.pdf", "a.xlsx", "a.docx", "a.md"];
    let to: Vec<&str> = names.iter().flat_map(|name| ["--to", *name]).collect();
    report(&place, &[&to[..], &["--template", "full"]].concat()).success();
    let first: Vec<Vec<u8>> = names.iter().map(|name| bytes(&place, name)).collect();
    report(&place, &[&to[..], &["--template", "full", "--force", "--threads", "3"]].concat()).success();
    for (name, first) in names.iter().zip(&first) {
        assert!(*first == bytes(&place, name), "{name} differs when it is made again");
    }
    let json = place.output_json(&["run", "pilot.toml", "-n", "4096"]);
    let p80 = json["finish"]["p80"]["date"].as_str().unwrap();
    let day: jiff::civil::Date = p80.parse().unwrap();
    let shown = day.strftime("%-d %b %Y").to_string();
    let cost = json["cost"]["p80"]["value"].as_f64().unwrap();
    let amount = p80::report::grouped(cost, 0);
    let (html, md) = (plain(&place.text("a.html")), plain(&place.text("a.md")));
    let word = plain(&word_text(&first[3]));
    for text in [&html, &md, &word] {
        assert!(text.contains(&shown) && text.contains(&format!("{amount} EUR")), "{shown} {amount}");
    }
    let summary = sheet(&first[2], "Summary");
    let serial = number(beside(&summary, "Finish at P80"));
    let days = (day - jiff::civil::date(1899, 12, 30)).get_days();
    assert_eq!(serial, f64::from(days));
    assert_eq!(beside(&summary, "Cost at P80, EUR").as_f64().unwrap(), cost);
    let chance = json["finish"]["target"]["probability"]["value"].as_f64().unwrap();
    assert_eq!(beside(&summary, "The target date holds with").as_f64().unwrap(), chance);
    // The cell that is looked up says the same before anybody has computed it again.
    assert!((beside(&summary, "we keep it with").as_f64().unwrap() - chance).abs() < 1e-4);
}

#[test]
fn names_are_text_in_every_format() {
    let place = Place::with(UGLY);
    let to = ["--to", "a.html", "--to", "a.pdf", "--to", "a.xlsx", "--to", "a.docx", "--to", "a.md"];
    report(&place, &[&to[..], &["--template", "full"]].concat()).success();
    let html = place.text("a.html");
    assert!(
        !html.contains("<script>alert")
            && !html.contains("<img src=x")
            && html.contains("&lt;script&gt;alert")
    );
    assert!(!html.contains("http://") || !html.contains("src=\"http"));
    let md = place.text("a.md");
    assert!(!md.contains("<script>") && md.contains("\\<script\\>"));
    let tasks = sheet(&bytes(&place, "a.xlsx"), "Tasks");
    let cell = tasks.iter().flatten().find(|cell| cell.to_string().contains("cmd|"));
    assert!(matches!(cell, Some(Data::String(_))), "{cell:?}");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes(&place, "a.xlsx"))).unwrap();
    let formulas = book.worksheet_formula("Tasks").unwrap();
    assert!(formulas.used_cells().next().is_none(), "a name became a formula");
    assert!(word_text(&bytes(&place, "a.docx")).contains("&lt;script&gt;"));
    assert!(bytes(&place, "a.pdf").starts_with(b"%PDF"));
}

#[test]
fn a_page_asks_nothing_of_the_network() {
    let place = Place::new();
    report(&place, &["--to", "a.html", "--template", "full"]).success();
    let html = place.text("a.html");
    for foreign in ["src=\"http", "href=\"http", "url(", "@import", "<link"] {
        assert!(!html.contains(foreign), "{foreign}");
    }
    assert!(html.contains("default-src 'none'"));
    let labels = html.matches("role=\"img\" aria-label=\"Distribution of the finish: P10 ").count();
    assert_eq!(labels, 1, "charts say their numbers to those who cannot see them");
}

#[test]
fn numbers_follow_the_locale() {
    let place = Place::new();
    report(&place, &["--to", "de.md", "--locale", "de-AT"]).success();
    let german = plain(&place.text("de.md"));
    assert!(german.contains("150.000 EUR") && german.contains("31. Mai 2027"), "{german}");
}

/// Numbers and dates as only English and tables write them: `1,200`, `0.5`, `2027-03-01`.
fn foreign_to_german(text: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-');
    let digits = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count();
    let numbers = text.split(|c| !is_part(c)).map(|word| word.trim_matches([',', '.', '-']));
    let is_foreign = |number: &&str| {
        let thousands =
            number.split_once(',').is_some_and(|(before, after)| before != "0" && digits(after) == 3);
        let mut parts = number.split('.');
        let whole = parts.next().unwrap_or_default();
        let decimals = parts.any(|part| whole == "0" || digits(part) != 3);
        let day = matches!(number.split('-').map(digits).collect::<Vec<_>>()[..], [4, 2, 2]);
        thousands || decimals || day
    };
    numbers.filter(is_foreign).collect()
}

#[test]
fn charts_in_a_document_write_numbers_and_dates_as_its_text_does() {
    // Seen to fail with the charts of a results folder in the document.
    assert_eq!(foreign_to_german("1,200 0.5 2027-03-01 1.200 0,5 12,25 1. Mai 2027").len(), 3);
    let place = Place::new();
    report(&place, &["--to", "de.html", "--locale", "de", "--template", "full"]).success();
    report(&place, &["--to", "en.html", "--template", "full"]).success();
    let charts = |name: &str| {
        let page = plain(&place.text(name)).replace(env!("CARGO_PKG_VERSION"), "");
        let charts = page.split("<svg").skip(1).filter_map(|rest| rest.split("</svg>").next());
        // What stands in the picture and what it tells who point at it, not where.
        let words = |chart: &str| {
            let parts = chart.split('<').filter_map(|part| Some(part.split_once('>')?.1.trim()));
            parts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
        };
        (charts.map(words).collect::<Vec<_>>(), page)
    };
    let (german, page) = charts("de.html");
    assert!(german.len() > 8, "{}", german.len());
    for chart in &german {
        assert_eq!(foreign_to_german(chart), Vec::<&str>::new(), "{chart}");
    }
    let promise = german.iter().find_map(|chart| chart.split("confident to finish by ").nth(1));
    let day = promise.and_then(|rest| rest.lines().next()).unwrap();
    assert!(page.matches(day).count() > 2 && day.contains(". "), "{day} is in chart and text");
    assert!(german.iter().any(|chart| chart.contains("4.096 iterations")));
    let (english, _) = charts("en.html");
    assert!(english.iter().any(|chart| chart.contains("4,096 iterations")));
    let of_tables = foreign_to_german(&english.join("\n")).iter().filter(|word| word.contains('-')).count();
    assert_eq!(of_tables, 0, "dates in English documents have their month in letters too");
}

#[test]
fn own_texts_replace_those_built_in_and_a_wrong_one_is_named() {
    let place = Place::new();
    place.p80(&["report", "--write-texts", "mine"]).success();
    place.holds("mine", &["statement.md", "assumptions.md", "method.md", "limits.md"]);
    place.write("mine/statement.md", "We promise {{ finish }} <for> **{{ cost }}**.\n");
    report(&place, &["--to", "a.md", "--texts", "mine"]).success();
    assert!(plain(&place.text("a.md")).contains("We promise "));
    place.write("mine/statement.md", "One\n\n{{ finnish }}\n");
    report(&place, &["--to", "b.md", "--texts", "mine"])
        .code(2)
        .stderr(contains("statement").and(contains("line 3")));
    place.write("mine/greeting.md", "Hello");
    report(&place, &["--to", "b.md", "--texts", "mine"])
        .code(2)
        .stderr(contains("greeting").and(contains("method")));
    assert!(!place.path("b.md").exists());
}

#[test]
fn what_cannot_be_written_is_known_before_anything_is_simulated() {
    let place = Place::new();
    report(&place, &["--to", "a.html"]).success();
    report(&place, &["--to", "a.html"]).code(2).stderr(contains("--force"));
    report(&place, &["--to", "a.ppt"]).code(2).stderr(contains("a.ppt").and(contains(".xlsx")));
    report(&place, &["--to", "b.html", "--to", "b.html"]).code(2).stderr(contains("twice"));
    report(&place, &["--to", "b.html", "--logo", "pilot.toml"]).code(2).stderr(contains("pilot.toml"));
    report(&place, &["--to", "b.html", "--locale", "xx"]).code(2).stderr(contains("en, de, fr or es"));
    report(&place, &["--to", "b.html", "--template", "board"]).code(2).stderr(contains("steering"));
    place.p80(&["report", "missing.toml", "--to", "b.html"]).code(2);
    assert_eq!(place.leftovers(), ["a.html"]);
}

#[test]
fn a_results_folder_gives_the_same_document_as_its_scenario() {
    let place = Place::new();
    place.p80(&["run", "pilot.toml", "-n", "4096", "--seed", "7", "--no-charts", "-o", "results"]).success();
    place.p80(&["report", "results", "--to", "a.html"]).success();
    report(&place, &["--to", "b.html", "--seed", "7"]).success();
    assert!(bytes(&place, "a.html") == bytes(&place, "b.html"));
    place.p80(&["report", "results", "--to", "c.html", "--seed", "8"]).code(2).stderr(contains("seed"));
}

#[test]
fn a_run_writes_documents_with_its_forecast() {
    let place = Place::new();
    place.p80(&["run", "pilot.toml", "-n", "4096", "--report", "a.html", "--template", "steering"]).success();
    report(&place, &["--to", "b.html", "--template", "steering"]).success();
    assert!(bytes(&place, "a.html") == bytes(&place, "b.html"));
}

#[test]
fn documents_come_out_again_and_changed_ones_do_not() {
    let place = Place::new();
    for name in ["a.html", "a.pdf", "a.xlsx", "a.docx", "a.md"] {
        report(&place, &["--to", name]).success();
        place.p80(&["verify", name]).success().stdout(contains("come out again"));
    }
    let page = place.text("a.html");
    let changed = page.replacen("<dd class=\"value\">", "<dd class=\"value\">9", 1);
    assert_ne!(page, changed);
    place.write("changed.html", &changed);
    place.p80(&["verify", "changed.html"]).code(1).stdout(contains("was changed"));
    place.write("empty.html", "<html></html>");
    place.p80(&["verify", "empty.html"]).code(2).stderr(contains("no document of p80"));
    place.write("elsewhere/a.html", &place.text("a.html"));
    place.p80(&["verify", "elsewhere/a.html"]).code(2).stderr(contains("--scenario"));
    place.p80(&["verify", "elsewhere/a.html", "--scenario", "pilot.toml"]).success();
    place.write("pilot.toml", &SCENARIO.replace("0.3", "0.4"));
    place.p80(&["verify", "a.html"]).code(2).stderr(contains("changed"));
}

/// The page in a browser without a window; `None` where there is none.
fn browser(args: &[&str], page: &std::path::Path) -> Option<std::process::Output> {
    let found = ["chromium", "chromium-browser", "google-chrome"];
    let browser = found.into_iter().find(|name| Process::new(name).arg("--version").output().is_ok())?;
    let usual = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000"];
    let address = format!("file://{}", page.display());
    Some(Process::new(browser).args(usual).args(args).arg(address).output().unwrap())
}

#[test]
fn the_page_works_in_a_browser() {
    let place = Place::new();
    report(&place, &["--to", "a.html", "--template", "full"]).success();
    // The page moves its own sliders, and says what it then shows where it can be read.
    let probe = "<script>document.getElementById('target-date').value='0';\
        document.getElementById('target-date').dispatchEvent(new Event('input'));\
        var low=document.getElementById('date-chance').textContent;\
        var s=document.getElementById('target-date');s.value=s.max;s.dispatchEvent(new Event('input'));\
        var b=document.querySelector('table thead button');b.click();\
        document.title='PROBE '+low+' '+document.getElementById('date-chance').textContent+' '+\
        b.parentNode.getAttribute('aria-sort')+' '+document.getElementById('date-label').textContent;</script>\
        </body>";
    place.write("probe.html", &place.text("a.html").replace("</body>", probe));
    let Some(output) =
        browser(&["--dump-dom", "--enable-logging=stderr", "--v=0"], &place.path("probe.html"))
    else {
        println!("SKIPPED: no Chromium is here");
        return;
    };
    let (dom, log) = (
        plain(&String::from_utf8_lossy(&output.stdout)),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    );
    let title =
        dom.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
    assert!(title.starts_with("PROBE <0.1 % ") || title.starts_with("PROBE 0.0 % "), "{title}");
    assert!(title.contains(" ascending "), "{title}");
    let end = title.split(' ').nth(3).and_then(|share| share.trim_start_matches('>').parse::<f64>().ok());
    assert!(end.is_some_and(|share| share >= 99.9), "{title}");
    assert!(!log.contains("CONSOLE"), "{log}");
    let pdf = place.path("printed.pdf");
    let print = format!("--print-to-pdf={}", pdf.display());
    browser(&[&print, "--no-pdf-header-footer"], &place.path("a.html"));
    assert!(fs::metadata(&pdf).is_ok_and(|file| file.len() > 20_000), "the page does not print");
}

#[test]
fn the_page_shows_the_program_before_its_responses_and_after_them() {
    const TARGETED: &str = "targets = { finish = 2027-05-31";
    let place = Place::with(UGLY);
    report(&place, &["--to", "a.html"]).success();
    let page = place.text("a.html");
    assert!(page.contains("all (after responses)") && !page.contains("none (before responses)"));
    // Whoever points at a bar is told its value, also without a script.
    let bar = plain(&page).split("<title>Finish by ").nth(1).map(|rest| rest[..11].to_owned());
    assert!(bar.as_ref().is_some_and(|day| day.contains(" 2027")), "no bar tells its value: {bar:?}");
    let probe = "<script>var all=document.querySelectorAll('#stance input')[1];all.checked=true;\
        all.dispatchEvent(new Event('change',{bubbles:true}));\
        document.title='PROBE|'+document.getElementById('date-label').textContent+'|'+\
        document.getElementById('date-chance').textContent;</script></body>";
    place.write("probe.html", &page.replace("</body>", probe));
    let Some(output) = browser(&["--dump-dom"], &place.path("probe.html")) else {
        println!("SKIPPED: no Chromium is here");
        return;
    };
    let dom = plain(&String::from_utf8_lossy(&output.stdout));
    let says = dom.split("<title>PROBE|").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap();
    let (date, chance) = says.split_once('|').unwrap();
    // The same promise in a scenario that has its response on.
    let day = jiff::civil::Date::strptime("%d %b %Y", date).unwrap();
    let decided = UGLY
        .replace("probability = 0.1, on = false", "probability = 0.1, on = true")
        .replace(TARGETED, &format!("targets = {{ finish = {day}"));
    place.write("pilot.toml", &decided);
    let json = place.output_json(&["run", "pilot.toml", "-n", "4096"]);
    let kept = json["finish"]["target"]["probability"]["value"].as_f64().unwrap();
    assert_eq!(chance, format!("{:.1} %", kept * 100.0), "by {day}");
}

#[test]
fn a_spreadsheet_computes_the_same_probabilities() {
    if Process::new("soffice").arg("--version").output().is_err() {
        println!("SKIPPED: no LibreOffice is here");
        return;
    }
    let place = Place::new();
    report(&place, &["--to", "a.xlsx"]).success();
    let profile = place.path("profile");
    // Computes everything again when it opens a file, whatever results are kept in it.
    place.write(
        "profile/user/registrymodifications.xcu",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\" \
         xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <item oor:path=\"/org.openoffice.Office.Calc/Formula/Load\"><prop oor:name=\"OOXMLRecalcMode\" oor:op=\"fuse\">\
         <value>0</value></prop></item></oor:items>",
    );
    let home = format!("-env:UserInstallation=file://{}", profile.display());
    let to = ["--headless", "--convert-to", "xlsx", "--outdir", "again", "a.xlsx"];
    let done = Process::new("soffice").arg(&home).args(to).current_dir(place.root()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let (ours, theirs) =
        (sheet(&bytes(&place, "a.xlsx"), "Summary"), sheet(&bytes(&place, "again/a.xlsx"), "Summary"));
    let asked = [
        "we keep it with",
        "we keep it with at least",
        "promise no earlier date than",
        "and no smaller budget than, EUR",
    ];
    for label in asked {
        let (own, other) = (beside(&ours, label), beside(&theirs, label));
        let near = (number(own) - number(other)).abs() < 1e-9;
        assert!(near, "{label}: {own} is {other} when computed again");
    }
    let json = place.output_json(&["run", "pilot.toml", "-n", "4096"]);
    let chance = json["finish"]["target"]["probability"]["value"].as_f64().unwrap();
    assert!((beside(&theirs, "we keep it with").as_f64().unwrap() - chance).abs() < 1e-4);
}

#[test]
fn the_pdf_is_well_formed_and_its_text_can_be_read() {
    let place = Place::new();
    report(&place, &["--to", "a.pdf", "--to", "letter.pdf", "--paper", "letter", "--template", "full"])
        .success();
    let Ok(text) = Process::new("pdftotext").args(["a.pdf", "-"]).current_dir(place.root()).output() else {
        println!("SKIPPED: no pdftotext is here");
        return;
    };
    let text = plain(&String::from_utf8_lossy(&text.stdout));
    for said in
        ["Pilot", "What can be committed to", "Dates and budgets by confidence", "SHA-256 over all inputs"]
    {
        assert!(text.contains(said), "{said}");
    }
    let Ok(check) = Process::new("qpdf").args(["--check", "a.pdf"]).current_dir(place.root()).output() else {
        println!("SKIPPED: no qpdf is here");
        return;
    };
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}
