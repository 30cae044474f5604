//! Registers and tables of tasks from workbooks and CSV files.

#[path = "register/book.rs"]
mod book;

use book::{Book, share, text_cells};
use p80::import::{
    Fate, Format, ImportError, ImportFile, ImportOptions, Imported, import, import_tables, recognise,
};
use p80::scenario::{Loaded, MemoryFiles, changes, load, load_raw, to_toml};

const TASKS: &str = include_str!("corpus/import/aufgaben.csv");
const RISKS: &str = include_str!("corpus/import/risques.csv");

fn options() -> ImportOptions {
    ImportOptions { name: Some("plan".to_owned()), ..ImportOptions::default() }
}

fn imported(bytes: &[u8]) -> Imported {
    import(bytes, &options()).unwrap()
}

fn both() -> Imported {
    let file = |name: &str, text: &str| ImportFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    import_tables(&[file("aufgaben", TASKS), file("risques", RISKS)], &options()).unwrap()
}

#[track_caller]
fn loaded(imported: &Imported) -> Loaded {
    let text = to_toml(&imported.scenario);
    load(&MemoryFiles::single("plan.toml", &text), "plan.toml").unwrap_or_else(|failed| {
        let found: Vec<&str> = failed.diagnostics.iter().map(|one| one.message.as_str()).collect();
        panic!("{found:#?}\n{text}")
    })
}

/// What became of the things of one fate, by place.
fn told(imported: &Imported, fate: Fate) -> Vec<(&str, &str)> {
    let entries = imported.report.entries.iter().filter(|entry| entry.fate == fate);
    entries.map(|entry| (entry.source.as_str(), entry.reason.as_str())).collect()
}

#[test]
fn tables_in_two_languages_become_one_scenario() {
    let imported = both();
    let text = to_toml(&imported.scenario);
    for part in [
        "start = 2027-01-11\ncurrency = \"EUR\"\n",
        "[scales]\nprobability = { high = 0.6 }\n",
        "[projects.datenmigration]\nname = \"Datenmigration\"\n",
        "id = \"M1\"\nname = \"Altdaten prüfen; erste Runde\"\nduration = { pert = [\"10d\", \"15d\", \"30d\"] }\n",
        "after = { SS = \"M1\", lag = \"2d\" }\n",
        "cost = 12500\n",
        "id = \"M3\"\nname = \"Freigabe\"\nafter = \"M2\"\n",
        "probability = \"high\"\nimpact = { on = \"datenmigration.M2\", delay = { pert = [\"5d\", \"15d\", \"40d\"] }, cost = 25000 }\n",
        "probability = 0.125\n",
        "\"Dauer optimistisch (Tage)\" = \"low\"",
    ] {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
    let direct = load_raw(&MemoryFiles::default(), imported.scenario.clone()).unwrap();
    assert_eq!(changes(&direct.written(), &loaded(&imported).written()), []);
}

#[test]
fn what_a_table_says_in_vain_is_told_with_its_place() {
    let imported = both();
    let left = told(&imported, Fate::LeftOut);
    for (place, reason) in [
        ("aufgaben!J1", "the heading is not known; `--map \"HEADING=FIELD\"` says what it is"),
        ("aufgaben!A8", "it is a total of other rows"),
        ("aufgaben!F7", "no task of this id or name"),
        ("risques!D4", "a duration was expected, such as 10 or `2 weeks`"),
    ] {
        assert!(left.contains(&(place, reason)), "{place}: {reason}\n{left:#?}");
    }
    let changed = told(&imported, Fate::Changed);
    assert!(
        changed.iter().any(|(place, reason)| *place == "risques!C2" && reason.contains("60 %")),
        "{changed:#?}"
    );
}

#[test]
fn a_workbook_is_read_as_people_see_it() {
    let imported = imported(&Book::register().bytes());
    assert_eq!(imported.format, Format::Workbook);
    let text = to_toml(&imported.scenario);
    for part in [
        // Two rows of headings under a title, merged cells, a percentage, a stored formula, a date by its format.
        "start = 2027-01-11\n",
        "id = \"T1\"\nname = \"Build\"\nduration = { pert = [\"5d\", \"8d\", \"20d\"] }\nstart_no_earlier_than = 2027-01-11\ncost = { lump = { pert = [1000, 2000, 5000] } }\n",
        "start_no_earlier_than = 2027-02-01\n",
        "probability = 0.35\nimpact = { on = \"T1\", cost = { pert = [10000, 20000, 50000] } }\n",
    ] {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
    let left = told(&imported, Fate::LeftOut);
    for (place, reason) in [
        ("Hidden", "the sheet is hidden"),
        ("Tasks!C7", "a duration was expected, such as 10 or `2 weeks`"),
        ("Tasks!A1", "it stands above the headings"),
    ] {
        assert!(left.contains(&(place, reason)), "{place}: {reason}\n{left:#?}");
    }
    loaded(&imported);
}

#[test]
fn dates_count_from_1904_where_the_workbook_says_so() {
    let early = imported(&Book::dated(false));
    let late = imported(&Book::dated(true));
    assert!(to_toml(&early.scenario).contains("start = 2027-01-11\n"));
    // The same number, four years and a day later.
    assert!(to_toml(&late.scenario).contains("start = 2031-01-12\n"));
}

#[test]
fn probabilities_are_read_as_the_whole_column_shows() {
    let of = |cells: &[&str]| -> Vec<String> {
        let rows: String =
            cells.iter().enumerate().map(|(at, cell)| format!("R{at},Risk {at},{cell},100\n")).collect();
        let text = format!("ID,Title,Probability,Cost\n{rows}");
        let imported = imported(text.as_bytes());
        let text = to_toml(&imported.scenario);
        text.lines()
            .filter_map(|line| line.strip_prefix("probability = "))
            .filter(|line| !line.starts_with('{'))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(of(&["0.35", "1", "0"]), ["0.35", "1", "0"]);
    assert_eq!(of(&["35", "1", "0"]), ["0.35", "0.01", "0"]);
    assert_eq!(of(&["35 %", "0.5 %"]), ["0.35", "0.005"]);
    assert_eq!(of(&["High", "very low"]), ["\"high\"", "\"very-low\""]);
    // Whole numbers up to five are a rating, not percentages.
    assert_eq!(of(&["1", "3", "5"]), ["\"very-low\"", "\"medium\"", "\"very-high\""]);
}

#[test]
fn a_mapping_says_what_no_language_does() {
    let text = "Colour;Flavour;Mass\nR1;Fire;35\n";
    assert!(recognise(text.as_bytes()).is_none());
    assert_eq!(import(text.as_bytes(), &options()).unwrap_err(), ImportError::Unknown);
    let map = [("colour", "id"), ("Flavour", "title"), ("MASS", "probability")];
    let map = map.map(|(heading, field)| (heading.to_owned(), field.to_owned())).to_vec();
    let imported = import(text.as_bytes(), &ImportOptions { map, ..options() }).unwrap();
    assert!(imported.is_part);
    let text = to_toml(&imported.scenario);
    assert!(text.contains("[[risks]]\nid = \"R1\"\ntitle = \"Fire\"\nprobability = 0.35\n"), "{text}");
    assert!(
        text.contains("risks = { Colour = \"id\", Flavour = \"title\", Mass = \"probability\" }"),
        "{text}"
    );
    let none = import(
        b"Colour,Flavour\n1,2\n",
        &ImportOptions { map: vec![("Mass".into(), "id".into())], ..options() },
    );
    assert!(matches!(none, Err(ImportError::NoTable { found }) if found.contains("`Flavour`")));
}

#[test]
fn tasks_without_any_date_need_a_start() {
    let text = "id,name,duration,after\na,A,5,\nb,B,2 weeks,a\n";
    assert_eq!(import(text.as_bytes(), &options()).unwrap_err(), ImportError::NoStart);
    let start = p80::scenario::raw::RawDate::parse("2027-01-11").ok();
    let imported = import(text.as_bytes(), &ImportOptions { start, ..options() }).unwrap();
    assert_eq!(loaded(&imported).program.tasks().len(), 2);
}

#[test]
fn summary_rows_become_projects_by_their_codes() {
    let text = "WBS;Name;Dauer;Vorgänger;Start\n1;Programm;;;11.01.2027\n1.1;Bau;;;\n1.1.1;Graben;5;;\n1.1.2;Mauern;10;1.1.1;\n1.2;Test;3;1.1.2;\n";
    let imported = imported(text.as_bytes());
    let written = to_toml(&imported.scenario);
    assert!(written.contains("[projects.bau]"), "{written}");
    assert!(
        written.contains("id = \"mauern\"\nname = \"Mauern\"\nduration = \"10d\"\nafter = \"graben\""),
        "{written}"
    );
    assert!(written.contains("after = \"bau.mauern\""), "{written}");
    assert!(written.contains("name = \"Programm\""), "{written}");
    loaded(&imported);
}

#[test]
fn durations_that_count_calendar_days_are_told_by_their_dates() {
    let rows: String =
        (0..5).map(|at| format!("T{at},Task {at},2027-0{0}-01,2027-0{0}-20,20\n", at + 1)).collect();
    let text = format!("ID,Name,Planned start,Planned finish,Duration\n{rows}");
    let imported = imported(text.as_bytes());
    assert!(to_toml(&imported.scenario).contains("[calendars.every-day]\nweek = { mon-sun = "));
    let program = loaded(&imported).program;
    let schedule = p80::network::Schedule::plan(&program).unwrap();
    assert_eq!(schedule.task(p80::model::TaskIx::new(0)).finish.to_string(), "2027-01-20T16:00");
    assert!(told(&imported, Fate::Changed).iter().any(|(_, reason)| reason.contains("calendar days")));
}

#[test]
fn values_that_cannot_be_are_repaired_or_left_out_and_told() {
    let text = "id,name,low,mode,high,cost,after,start\n\
                a,A,30,10,20,-5,,2027-01-11\n\
                a,A again,-1,2,3,,a; a; nobody,\n\
                ,,1,2,3,,,\n\
                c,C,5,,9,1e400,c,9999-12-31\n\
                d,D,7,7,7,,a+1000000000000d,0000-00-00\n";
    let imported = imported(text.as_bytes());
    let all: Vec<String> = imported
        .report
        .entries
        .iter()
        .filter(|entry| entry.fate != Fate::Taken)
        .map(|entry| format!("{} {}", entry.source, entry.reason))
        .collect();
    for part in [
        "plan!C2 low, most likely and high were out of order and are sorted",
        "plan!F2 taken as 0, because it cannot be negative",
        "plan!A3 the id `a` is used twice: this one is `a-2`",
        "plan!C3 taken as 0, because it cannot be negative",
        "plan!G3 no task of this id or name",
        "plan!C4 it has neither an id nor a name",
        "plan!F5 a number was expected",
        "plan!G5 it ties something to itself",
        "plan!H5 a date between 1900 and 2300 was expected",
    ] {
        assert!(all.iter().any(|entry| entry == part), "{part}\n{all:#?}");
    }
}

#[test]
fn traps_are_refused_before_they_are_opened() {
    let zeros = Book::bomb();
    assert!(zeros.len() < 2 << 20);
    assert!(matches!(import(&zeros, &options()), Err(ImportError::TooMuch { .. })));
    assert!(matches!(import(b"PK\x03\x04 no archive", &options()), Err(ImportError::Damaged { .. })));
    assert!(matches!(import(&Book::empty_archive(), &options()), Err(ImportError::Damaged { .. })));
    let wide = Book::new()
        .sheet("Risks", &[text_cells(&["ID", "Title", "Probability"]), share("R1", 0.3)])
        .far_cell();
    assert!(import(&wide.bytes(), &options()).is_ok());
    assert!(matches!(
        import(b"id,title,probability\nR1,\"open,0.3\nR2,b,0.2\n", &options()),
        Err(ImportError::Broken { line: 2, .. })
    ));
}

#[test]
fn torn_tables_are_errors_or_tables() {
    let book = Book::register().bytes();
    for percent in 0..100 {
        let _ = import(&book[..book.len() * percent / 100], &options());
        for text in [TASKS, RISKS] {
            let _ = import(&text.as_bytes()[..text.len() * percent / 100], &options());
        }
    }
}

#[test]
fn tables_in_old_encodings_are_the_same_tables() {
    let plain = to_toml(&imported(TASKS.as_bytes()).scenario);
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(TASKS.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let narrow: Vec<u8> = TASKS.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let marked = format!("\u{feff}{TASKS}").into_bytes();
    for bytes in [wide, narrow, marked] {
        assert_eq!(to_toml(&imported(&bytes).scenario), plain);
    }
}

#[test]
fn a_hundred_thousand_tasks_are_read() {
    let mut text = "id,name,duration,after,start\n0,Task,5,,2027-01-11\n".to_owned();
    for at in 1..100_000 {
        text.push_str(&format!("{at},Same name,5,{},\n", at - 1));
    }
    let imported = imported(text.as_bytes());
    assert_eq!(imported.stored.len(), 100_000);
    assert!(imported.stored.contains_key("99999"));
}

#[test]
fn circles_and_calendars_without_work_are_refused_by_the_check() {
    let codes = |files: &[(&str, &str)]| -> String {
        let file = |(name, text): &(&str, &str)| ImportFile {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        let files: Vec<ImportFile> = files.iter().map(file).collect();
        let imported = import_tables(&files, &options()).unwrap();
        let text = to_toml(&imported.scenario);
        let failed = load(&MemoryFiles::single("plan.toml", &text), "plan.toml").unwrap_err();
        failed.diagnostics.iter().map(|one| one.code.as_str()).collect::<Vec<_>>().join(" ")
    };
    let circle = "id,name,duration,after,start\na,A,5,b,2027-01-11\nb,B,5,a,\n";
    assert!(codes(&[("t", circle)]).contains("S401"));
    let plain = "id,name,duration,start\na,A,5,2027-01-11\n";
    let never = "Calendar,Day or date,Hours\nstandard,Mon-Sun,off\n";
    assert!(codes(&[("t", plain), ("c", never)]).contains("S305"));
    // What holds itself stands at the top.
    let tree = "WBS,Name,Parent\n1,One,2\n2,Two,1\n";
    let tasks = "id,name,wbs,duration,start\na,A,1,5,2027-01-11\n";
    let file = |name: &str, text: &str| ImportFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let imported = import_tables(&[file("w", tree), file("t", tasks)], &options()).unwrap();
    assert!(told(&imported, Fate::Changed).iter().any(|(_, reason)| reason.contains("it holds itself")));
    loaded(&imported);
}

/// The same random damage every time: bytes replaced, taken out, doubled, or taken from elsewhere.
fn damaged(bytes: &[u8], seed: u64) -> Vec<u8> {
    const ODD: [&str; 12] =
        ["", "\"", ";", ",", "\n", "-1", "1e308", "9999-12-31", "%", "A; B+2d", "\u{feff}", "Total"];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % below.max(1)
    };
    let mut bytes = bytes.to_vec();
    for _ in 0..=next(6) {
        let at = next(bytes.len());
        let end = (at + next(12)).min(bytes.len());
        match next(4) {
            0 => bytes[at..end].iter_mut().for_each(|byte| *byte = next(256) as u8),
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..end, ODD[next(ODD.len())].bytes())),
            _ => {
                let from = next(bytes.len());
                let piece = bytes[from..(from + next(40)).min(bytes.len())].to_vec();
                drop(bytes.splice(at..at, piece));
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

#[test]
fn damage_of_any_kind_is_an_error_or_a_table_and_never_a_panic() {
    let rounds = std::env::var("P80_DAMAGE").ok().and_then(|text| text.parse().ok()).unwrap_or(10);
    let start = p80::scenario::raw::RawDate::parse("2027-01-11").ok();
    let options = ImportOptions { start, ..options() };
    let book = Book::register().bytes();
    let mut read = 0;
    for seed in 0..rounds {
        let inner = book::rewrite(&book, |name, text| match name {
            "xl/worksheets/sheet1.xml" | "xl/sharedStrings.xml" | "xl/styles.xml" | "xl/workbook.xml" => {
                String::from_utf8_lossy(&damaged(text.as_bytes(), seed)).into_owned()
            }
            _ => text,
        });
        let files =
            [damaged(TASKS.as_bytes(), seed), damaged(RISKS.as_bytes(), seed), damaged(&book, seed), inner];
        for bytes in files {
            let Ok(imported) = import(&bytes, &options) else { continue };
            read += 1;
            let text = to_toml(&imported.scenario);
            let _ = load(&MemoryFiles::single("plan.toml", &text), "plan.toml");
            let again = p80::import::merge(&text, &imported, &p80::import::Beside::default()).unwrap();
            assert!(toml_is_good(&again.text), "seed {seed}");
        }
    }
    assert!(read > rounds / 2, "{read}");
}

/// Whether a text is TOML, whatever it says.
fn toml_is_good(text: &str) -> bool {
    let failed = load(&MemoryFiles::single("plan.toml", text), "plan.toml").err();
    failed.is_none_or(|failed| failed.diagnostics.iter().all(|one| one.code.as_str() != "S001"))
}
