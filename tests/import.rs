//! Plans of other tools: what becomes of them, and what no plan may do.

use std::collections::BTreeMap;

use p80::import::{Fate, ImportError, ImportOptions, Imported, import};
use p80::model::{Program, TaskIx};
use p80::network::Schedule;
use p80::scenario::{Loaded, MemoryFiles, changes, load, load_raw, to_toml};

const OFFICE: &str = include_str!("corpus/import/office.xml");
const HOUSE_XER: &[u8] = include_bytes!("corpus/import/house.xer");
const HOUSE_XML: &str = include_str!("corpus/import/house.xml");

fn imported(text: &str) -> Imported {
    import(text.as_bytes(), &ImportOptions::default()).unwrap()
}

/// The scenario of a plan, read back from the text that is written of it.
#[track_caller]
fn loaded(imported: &Imported) -> Loaded {
    let text = to_toml(&imported.scenario);
    load(&MemoryFiles::single("plan.toml", &text), "plan.toml").unwrap_or_else(|failed| {
        let found: Vec<&str> = failed.diagnostics.iter().map(|one| one.message.as_str()).collect();
        panic!("{found:#?}\n{text}")
    })
}

/// Start and finish of every task in the deterministic schedule, by what its tool calls it.
fn dates(program: &Program) -> BTreeMap<String, (String, String)> {
    let schedule = Schedule::plan(program).unwrap();
    let one = |(at, task): (usize, &p80::model::Task)| {
        let found = schedule.task(TaskIx::new(at));
        let start = task.actual.map_or(found.start, |actual| actual.start);
        (task.source.clone().unwrap(), (start.to_string(), found.finish.to_string()))
    };
    program.tasks().iter().enumerate().map(one).collect()
}

#[test]
fn a_plan_under_way_has_the_dates_that_its_tool_shows() {
    let found = dates(&loaded(&imported(OFFICE)).program);
    let wanted = [
        ("2", "2027-01-11T08:00", "2027-01-13T17:00"),
        ("3", "2027-01-14T08:00", "2027-01-20T17:00"),
        // Ann is on leave on the two days after.
        ("4", "2027-01-25T08:00", "2027-01-27T17:00"),
        // Five working days later, of which two are a holiday; then two days of the clock.
        ("5", "2027-02-05T17:00", "2027-02-07T17:00"),
        ("6", "2027-01-25T08:00", "2027-01-26T17:00"),
        // A milestone does not stand in a weekend.
        ("9", "2027-02-08T08:00", "2027-02-08T08:00"),
    ];
    for (source, start, finish) in wanted {
        assert_eq!(found[source], (start.to_owned(), finish.to_owned()), "task {source}");
    }
    assert_eq!(found.len(), wanted.len());
}

#[test]
fn what_was_changed_and_left_out_is_said_item_by_item() {
    let imported = imported(OFFICE);
    let of = |fate: Fate| -> Vec<(&str, &str)> {
        let entries = imported.report.entries.iter().filter(move |entry| entry.fate == fate);
        entries.map(|entry| (entry.kind, entry.name.as_str())).collect()
    };
    assert_eq!(
        of(Fate::LeftOut),
        [("task", "Plants"), ("task", ""), ("link", "Open day"), ("calendar", "Bob")]
    );
    let changed = of(Fate::Changed);
    assert!(changed.contains(&("task", "Order furniture")), "{changed:?}");
    // Every task of the scenario has an entry that says where it is.
    let program = loaded(&imported).program;
    for task in program.tasks() {
        let entry = imported.report.entries.iter().find(|entry| entry.kind == "task" && entry.id == task.id);
        assert_eq!(entry.map(|entry| Some(&entry.source)), Some(task.source.as_ref()), "{}", task.id);
    }
}

#[test]
fn a_plan_reads_like_a_scenario_that_somebody_has_written() {
    let text = to_toml(&imported(OFFICE).scenario);
    for part in [
        "name = \"Office move\"\nstart = 2027-01-11T08:00:00\n",
        "scheduling = \"msproject\"\n",
        "[calendars.standard]\nweek = { mon-fri = \"08:00-12:00 13:00-17:00\" }\nholidays = \"2027-02-01..2027-02-02: Inventory\"\n",
        "[calendars.ann]\nbase = \"standard\"\nholidays = \"2027-01-21..2027-01-22: Leave\"\n",
        "[projects.prepare]\nname = \"Prepare\"\ntargets = { finish = 2027-01-29T17:00:00 }\n",
        "duration = { triangular = [\"2d\", \"3d\", \"10d\"] }\nafter = \"draw-plans\"\n",
        "duration = \"2ed\"\nafter = { FS = \"prepare.order-furniture\", lag = \"5d\" }\n",
        "after = { SS = \"prepare.draw-plans\", lag = \"50 %\" }\n",
        "cost = [{ rate = \"50/h\", category = \"Bob\" }, { lump = 125.5, category = \"Paint pots\" }]\n",
        "[[status]]\ndate = 2027-01-15T17:00:00\nlogic = \"override\"\nunstarted = \"stay\"\n\n[status.tasks]\n",
    ] {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
}

#[test]
fn the_written_scenario_says_what_the_imported_one_does() {
    let imported = imported(OFFICE);
    let direct = load_raw(&MemoryFiles::default(), imported.scenario.clone()).unwrap();
    let written = loaded(&imported);
    assert_eq!(changes(&direct.written(), &written.written()), []);
    assert_eq!(dates(&direct.program), dates(&written.program));
}

#[test]
fn a_range_is_put_around_what_has_none() {
    let options =
        ImportOptions { estimates: Some("-10%..+30%".parse().unwrap()), ..ImportOptions::default() };
    let imported = import(OFFICE.as_bytes(), &options).unwrap();
    let program = loaded(&imported).planned().program;
    let paint = program.tasks().iter().find(|task| task.source.as_deref() == Some("6")).unwrap();
    let (estimate, _) = paint.duration().unwrap();
    assert_eq!(estimate.plan, 960.0);
    assert!(estimate.law.mean() > Some(960.0));
    let unknown =
        ImportOptions { three_point: Some(["A", "B", "C"].map(str::to_owned)), ..ImportOptions::default() };
    assert!(
        matches!(import(OFFICE.as_bytes(), &unknown), Err(ImportError::Option(text)) if text.contains("Duration1"))
    );
}

/// A plan of so many tasks, one after the other, with something put into each of them.
fn chain(tasks: usize, more: impl Fn(usize) -> String) -> String {
    let task = |at: usize| {
        let link = if at > 1 {
            format!(
                "<PredecessorLink><PredecessorUID>{}</PredecessorUID><Type>1</Type></PredecessorLink>",
                at - 1
            )
        } else {
            String::new()
        };
        format!(
            "<Task><UID>{at}</UID><Name>Task {at}</Name><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration>{link}{}</Task>",
            more(at)
        )
    };
    let tasks: String = (1..=tasks).map(task).collect();
    format!(
        "<Project xmlns=\"http://schemas.microsoft.com/project\"><StartDate>2027-01-11T08:00:00</StartDate><Tasks>{tasks}</Tasks></Project>"
    )
}

/// An import never panics, and what it gives is checked like any scenario.
fn survives(text: &str) -> Result<Loaded, String> {
    let imported = import(text.as_bytes(), &ImportOptions::default()).map_err(|error| error.to_string())?;
    let text = to_toml(&imported.scenario);
    load(&MemoryFiles::single("plan.toml", &text), "plan.toml").map_err(|failed| {
        let found: Vec<&str> = failed.diagnostics.iter().map(|one| one.code.as_str()).collect();
        found.join(" ")
    })
}

#[test]
fn circles_are_named_and_odd_values_are_repaired() {
    let circle = chain(3, |at| match at {
        1 => "<PredecessorLink><PredecessorUID>3</PredecessorUID><Type>1</Type></PredecessorLink>".to_owned(),
        _ => String::new(),
    });
    assert!(survives(&circle).is_err_and(|codes| codes.contains("S401")));
    let odd = [
        "<Duration>-PT8H0M0S</Duration>",
        "<Start>0000-00-00T00:00:00</Start>",
        "<Finish>9999-12-31T23:59:00</Finish>",
        "<ConstraintType>4</ConstraintType><ConstraintDate>9999-12-31T23:59:00</ConstraintDate>",
        "<ConstraintType>2</ConstraintType><ConstraintDate>1984-01-01T08:00:00</ConstraintDate>",
        "<UID>1</UID>",
        "<CalendarUID>77</CalendarUID>",
        "<PercentComplete>300</PercentComplete>",
        "<ActualStart>2027-01-20T08:00:00</ActualStart><ActualFinish>2027-01-12T08:00:00</ActualFinish>",
        "<OutlineLevel>99999999999999999999</OutlineLevel>",
        "<PredecessorLink><PredecessorUID>2</PredecessorUID><LinkLag>1e308</LinkLag></PredecessorLink>",
        "<PredecessorLink><PredecessorUID>404</PredecessorUID></PredecessorLink>",
    ];
    for values in odd {
        // The first of two elements counts, so that the odd one comes first.
        let text = chain(3, |_| String::new()).replace("<UID>2</UID>", &format!("{values}<UID>2</UID>"));
        let _ = survives(&text);
    }
    let negative = chain(2, |_| String::new()).replacen("PT8H0M0S", "-PT8H0M0S", 1);
    assert_eq!(survives(&negative).unwrap().program.tasks().len(), 2);
    let twice = chain(3, |_| String::new()).replace("<UID>2</UID>", "<UID>1</UID>");
    assert_eq!(survives(&twice).unwrap().program.tasks().len(), 3);
}

#[test]
fn a_calendar_without_working_time_is_refused_by_the_check() {
    let days: String = (1..=7)
        .map(|day| format!("<WeekDay><DayType>{day}</DayType><DayWorking>0</DayWorking></WeekDay>"))
        .collect();
    let calendar = format!(
        "<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><Name>Never</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>{days}</WeekDays></Calendar></Calendars>"
    );
    let text = chain(2, |_| String::new()).replace("<Tasks>", &format!("{calendar}<Tasks>"));
    assert!(survives(&text).is_err_and(|codes| codes.contains("S305")));
}

#[test]
fn every_torn_piece_of_a_plan_is_an_error_or_a_plan() {
    for end in (0..OFFICE.len()).step_by(97).filter(|&end| OFFICE.is_char_boundary(end)) {
        let _ = survives(&OFFICE[..end]);
    }
    assert!(matches!(import(b"hello", &ImportOptions::default()), Err(ImportError::Unknown)));
    let binary = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    assert!(matches!(import(&binary, &ImportOptions::default()), Err(ImportError::Binary)));
}

#[test]
fn a_plan_in_utf_16_is_the_same_plan() {
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(OFFICE.replace("UTF-8", "UTF-16").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let wide = import(&wide, &ImportOptions::default()).unwrap();
    assert_eq!(to_toml(&wide.scenario), to_toml(&imported(OFFICE).scenario));
}

#[test]
fn a_date_that_must_hold_holds_the_plan_but_no_iteration() {
    // The second task must finish on the day on which its predecessor does.
    let must = "<ConstraintType>3</ConstraintType><ConstraintDate>2027-01-11T17:00:00</ConstraintDate>";
    let text = chain(3, |at| if at == 2 { must.to_owned() } else { String::new() });
    let program = survives(&text).unwrap().program;
    let found = dates(&program);
    assert_eq!(found["2"].1, "2027-01-11T17:00");
    assert_eq!(found["3"].1, "2027-01-12T17:00");
    let schedule = Schedule::plan(&program).unwrap();
    assert_eq!(schedule.task(TaskIx::new(1)).schedule_float, Some(-480));
    // In an iteration the link counts, and the finish is a day later.
    let network = p80::network::Network::compile(&program, &p80::network::Inputs::plan(&program)).unwrap();
    let mut pass = network.pass();
    network.forward(&p80::network::Inputs::plan(&program), &mut pass);
    assert_eq!(pass.finish(TaskIx::new(2)).to_string(), "2027-01-13T17:00");
}

#[test]
fn both_formats_of_primavera_make_one_scenario() {
    let xer = import(HOUSE_XER, &ImportOptions::default()).unwrap();
    let xml = imported(HOUSE_XML);
    assert_eq!(to_toml(&xer.scenario), to_toml(&xml.scenario));
    let left_out: Vec<&str> = xer
        .report
        .entries
        .iter()
        .filter(|entry| entry.fate == Fate::LeftOut && entry.kind == "task")
        .map(|entry| entry.name.as_str())
        .collect();
    assert_eq!(left_out, ["Site office"]);
}

#[test]
fn a_primavera_plan_under_way_has_the_dates_that_its_tool_shows() {
    let xer = import(HOUSE_XER, &ImportOptions::default()).unwrap();
    let loaded = loaded(&xer);
    let found = dates(&loaded.program);
    let wanted = [
        ("A1000", "2027-01-04T08:00", "2027-01-04T08:00"),
        // Forty hours are left from the data date on, with a holiday among them.
        ("A1010", "2027-01-04T08:00", "2027-01-20T17:00"),
        // Two days later on the calendar of the predecessor; the crew works on Saturdays.
        ("A1020", "2027-01-23T07:00", "2027-02-01T15:00"),
        ("A1030", "2027-02-03T08:00", "2027-02-09T17:00"),
        ("A1040", "2027-02-09T17:00", "2027-02-09T17:00"),
    ];
    for (source, start, finish) in wanted {
        assert_eq!(found[source], (start.to_owned(), finish.to_owned()), "{source}");
    }
    let mut walls = loaded.program.tasks().iter().filter(|task| task.name == "Walls");
    assert_eq!(walls.next().map(|task| task.costs.len()), Some(1));
    assert!(loaded.program.tasks().iter().any(|task| task.name == "Gründung"));
}

#[test]
fn what_is_said_to_have_happened_after_the_data_date_does_not_move_it() {
    let text = String::from_utf8_lossy(HOUSE_XER).into_owned();
    let started = "TK_Complete\t0\t0\t\t\t2027-01-04 08:00\t";
    let later = text.replace(started, "TK_Complete\t0\t0\t\t\t2027-01-15 08:00\t");
    assert_ne!(later, text);
    let plan = import(later.as_bytes(), &ImportOptions::default()).unwrap();
    let program = loaded(&plan).program;
    assert_eq!(program.status_date().unwrap().to_string(), "2027-01-13T08:00");
    assert!(plan.report.entries.iter().any(|entry| entry.reason.contains("ahead of the data date")));
}

#[test]
fn a_name_with_a_line_break_in_it_is_one_row() {
    let text = String::from_utf8_lossy(HOUSE_XER).replace("Walls", "Walls\nand roof");
    let plan = import(text.as_bytes(), &ImportOptions::default()).unwrap();
    let usual = import(HOUSE_XER, &ImportOptions::default()).unwrap();
    assert_eq!(dates(&loaded(&plan).program), dates(&loaded(&usual).program));
}

#[test]
fn torn_primavera_files_are_errors_or_plans() {
    for end in (0..HOUSE_XER.len()).step_by(61) {
        let _ = import(&HOUSE_XER[..end], &ImportOptions::default());
    }
    for end in (0..HOUSE_XML.len()).step_by(61).filter(|&end| HOUSE_XML.is_char_boundary(end)) {
        let _ = survives(&HOUSE_XML[..end]);
    }
    // A work breakdown in a circle hangs on nothing, and its work stands in the program itself.
    let text = String::from_utf8_lossy(HOUSE_XER)
        .replace("\t2\t100\t1\tN\tSH\tShell\t1", "\t2\t100\t1\tN\tSH\tShell\t3");
    let circle = text.replace("\t3\t100\t2\tN\tIN\tInside\t1", "\t3\t100\t2\tN\tIN\tInside\t2");
    assert_eq!(survives(&circle).unwrap().program.projects().len(), 0);
    assert!(import(b"ERMHDR\t19.12\n%T\tPROJECT\n%E", &ImportOptions::default()).is_err());
}

#[test]
fn many_tasks_of_one_name_and_endless_bases_take_no_time() {
    let text = chain(20_000, |_| String::new());
    let same = text.replace("<Task><UID>", "<Task><Name>Same</Name><UID>");
    let imported = imported(&same);
    assert_eq!(imported.stored.len(), 20_000);
    assert!(imported.stored.contains_key("same-20000"));
    let calendar = |at: usize| {
        format!(
            "<Calendar><UID>{at}</UID><Name>C</Name><BaseCalendarUID>{}</BaseCalendarUID></Calendar>",
            at % 2_000 + 1
        )
    };
    let calendars: String = (1..=2_000).map(calendar).collect();
    let text = chain(2, |_| String::new()).replace(
        "<Tasks>",
        &format!("<CalendarUID>7</CalendarUID><Calendars>{calendars}</Calendars><Tasks>"),
    );
    assert_eq!(survives(&text).unwrap().program.tasks().len(), 2);
}

#[test]
fn an_inserted_plan_is_a_task_between_its_dates() {
    let inserted = "<Summary>1</Summary><IsSubproject>1</IsSubproject><Start>2027-01-20T08:00:00</Start>\
                    <Finish>2027-01-22T17:00:00</Finish>";
    let text = chain(3, |at| if at == 2 { inserted.to_owned() } else { String::new() });
    let found = dates(&survives(&text).unwrap().program);
    assert_eq!(found["2"], ("2027-01-20T08:00".to_owned(), "2027-01-22T17:00".to_owned()));
    assert_eq!(found["3"].1, "2027-01-25T17:00");
}

#[test]
fn a_file_torn_at_any_percent_is_an_error_or_a_plan() {
    for bytes in [OFFICE.as_bytes(), HOUSE_XER, HOUSE_XML.as_bytes()] {
        for percent in 0..100 {
            let torn = &bytes[..bytes.len() * percent / 100];
            if let Ok(imported) = import(torn, &ImportOptions::default()) {
                let text = to_toml(&imported.scenario);
                let _ = load(&MemoryFiles::single("plan.toml", &text), "plan.toml");
            }
        }
    }
}

#[test]
fn a_hundred_thousand_tasks_in_a_row_are_imported() {
    let imported = imported(&chain(100_000, |_| String::new()));
    assert_eq!(imported.stored.len(), 100_000);
    assert_eq!(imported.report.count(Fate::LeftOut), 0);
}
