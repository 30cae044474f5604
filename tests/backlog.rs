//! Lists of issues as trackers and people write them, and what no list may do.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};
use p80::backlog::{
    BacklogError, DateOrder, History, IssueList, Note, NoteKind, ReadOptions, Role, Scope, State, Team,
    backtest, looks_like_issues,
};
use p80::units::Percentile;

/// An export of everything, as Jira writes it: repeated columns, custom fields, a parent by its number.
const JIRA: &str = "Summary,Issue key,Issue id,Issue Type,Status,Project key,Resolution,Created,Updated,Resolved,\
    Original estimate,Inward issue link (Blocks),Outward issue link (Blocks),Outward issue link (Blocks),\
    Outward issue link (Cloners),Custom field (Rank),Sprint,Sprint,Parent,Status Category\n\
    Checkout,SH-1,101,Epic,To Do,SH,,01/Nov/22 9:00 AM,01/Nov/22 9:00 AM,,,,,,,0|i1:,,,,To Do\n\
    Search,SH-2,102,Epic,To Do,SH,,01/Nov/22 9:00 AM,01/Nov/22 9:00 AM,,,,,,,0|i0:,,,,To Do\n\
    \"Pay by card,\nand by invoice\",SH-3,103,Story,Done,SH,Done,02/Nov/22 1:00 PM,09/Nov/22 4:00 PM,\
    09/Nov/22 4:00 PM,28800,,SH-4,SH-5,SH-9,0|i2:,S 1,S 2,101,Done\n\
    Vouchers,SH-4,104,Story,In Review,SH,,02/Nov/22 1:00 PM,10/Nov/22 4:00 PM,,,SH-3,,,,0|i3:,S 2,,101,In Progress\n\
    Filters,SH-5,105,Story,To Do,SH,,14/Nov/22 1:00 PM,14/Nov/22 1:00 PM,,,SH-3,,,,0|i4:,,,102,To Do\n\
    Card form,SH-6,106,Sub-task,Done,SH,Done,02/Nov/22 1:00 PM,08/Nov/22 4:00 PM,08/Nov/22 4:00 PM,,,,,,0|i5:,,,103,Done\n\
    Fax orders,SH-7,107,Story,Done,SH,Won't Do,02/Nov/22 1:00 PM,08/Nov/22 4:00 PM,08/Nov/22 4:00 PM,,,,,,0|i6:,,,,Done\n";

fn read(text: &str) -> IssueList {
    IssueList::read(text, &ReadOptions::default()).unwrap()
}

fn failed(text: &str) -> BacklogError {
    IssueList::read(text, &ReadOptions::default()).unwrap_err()
}

/// What is noted of rows, the columns of the header aside.
fn notes(list: &IssueList) -> Vec<(NoteKind, u64, &str)> {
    let rows = list.notes.iter().filter(|note| note.line != 1);
    rows.map(|note: &Note| (note.kind, note.line, note.about.as_str())).collect()
}

#[test]
fn an_export_of_everything_becomes_issues_with_their_epics_and_links() {
    assert!(looks_like_issues(JIRA));
    let list = read(JIRA);
    let of = |key: &str| list.issues.iter().find(|issue| issue.key == key).unwrap();
    let card = of("SH-3");
    assert_eq!((card.state, card.done), (State::Done, Some(date(2022, 11, 9))));
    assert_eq!(card.title, "Pay by card,\nand by invoice");
    assert_eq!((card.blocks.clone(), card.hours), (vec!["SH-4".to_owned(), "SH-5".to_owned()], Some(8.0)));
    assert_eq!(list.issues[card.epic.unwrap()].key, "SH-1", "a parent is named by its number");
    assert_eq!((of("SH-1").role, of("SH-6").role, of("SH-4").role), (Role::Epic, Role::Part, Role::Item));
    assert_eq!((of("SH-4").state, of("SH-7").state), (State::Open, State::Dropped));
    assert_eq!(list.issues.iter().map(|issue| issue.line).collect::<Vec<_>>(), [2, 3, 4, 6, 7, 8, 9]);
    assert!(list.has_ranks && list.notes.iter().any(|note| note.about == "Sprint (2)"));
    assert!(list.notes.iter().any(|note| note.about == "Outward issue link (Cloners)"));
    let scope = Scope::default();
    assert_eq!(scope.latest(&list), Some(date(2022, 11, 14)));
    // Sub-tasks, epics and what was dropped are no items.
    assert_eq!(scope.history(&list).unwrap(), History { first: date(2022, 11, 7), weeks: vec![1] });
    assert_eq!(scope.left(&list, None), 2);
    assert_eq!(
        scope.left(&list, Some(date(2022, 11, 8))),
        2,
        "one is finished a day later, one not yet written"
    );
}

#[test]
fn every_separator_and_language_is_read_with_a_mapping() {
    let german = "Schlüssel;Übersicht;Stand;Erstellt am;Erledigt am\n\
                  A-1;Suche;fertig;3.1.2027;21.1.2027\nA-2;Liste;offen;4.1.2027;\nA-3;Fax;verworfen;4.1.2027;5.1.2027\n";
    let map = [("Schlüssel", "key"), ("übersicht", "title"), ("Stand", "status"), ("Erledigt am", "done")];
    let options = ReadOptions {
        map: map.iter().map(|&(heading, field)| (heading.to_owned(), field.to_owned())).collect(),
        dropped: vec!["Verworfen".to_owned()],
        ..ReadOptions::default()
    };
    for separator in [";", ",", "\t", "|"] {
        let list = IssueList::read(&german.replace(';', separator), &options).unwrap();
        let states: Vec<State> = list.issues.iter().map(|issue| issue.state).collect();
        assert_eq!(states, [State::Done, State::Open, State::Dropped]);
        assert_eq!(list.issues[0].done, Some(date(2027, 1, 21)));
    }
    let named = |heading: &str, field: &str| ReadOptions {
        map: vec![(heading.to_owned(), field.to_owned())],
        ..ReadOptions::default()
    };
    let unknown = IssueList::read(german, &named("Nummer", "key")).unwrap_err();
    assert!(unknown.to_string().contains("no column `Nummer`; the columns are `Schlüssel`"), "{unknown}");
    assert!(matches!(IssueList::read(german, &named("Stand", "mood")), Err(BacklogError::UnknownField(_))));
    assert!(failed(german).to_string().contains("`key`"));
}

#[test]
fn dates_are_read_as_the_whole_file_shows_or_refused() {
    let list = |rows: &[(&str, &str)], dates| {
        let mut text = "key,created,resolved\n".to_owned();
        for (at, (created, done)) in rows.iter().enumerate() {
            writeln!(text, "A-{at},{created},{done}").unwrap();
        }
        IssueList::read(&text, &ReadOptions { dates, ..ReadOptions::default() })
    };
    let done = |list: IssueList| list.issues.iter().map(|issue| issue.done).collect::<Vec<Option<Date>>>();
    // Seen to fail when each column decides for itself.
    let shown = list(&[("3/4/22", "5/4/22"), ("21/4/22", "")], None).unwrap();
    assert_eq!(shown.dates, Some(DateOrder::DayFirst));
    assert_eq!(done(shown), [Some(date(2022, 4, 5)), None]);
    let shown = list(&[("3/4/22", "5/4/22"), ("4/21/22 3:31 PM", "")], None).unwrap();
    assert_eq!(done(shown), [Some(date(2022, 5, 4)), None]);
    let both = list(&[("21/4/22", ""), ("4/21/22", "")], None).unwrap_err();
    assert_eq!(both, BacklogError::MixedDates { day_first: 2, month_first: 3 });
    let neither = list(&[("4/4/22", ""), ("3/4/22", "")], None).unwrap_err();
    assert!(matches!(neither, BacklogError::AmbiguousDates { line: 3, .. }), "{neither}");
    let stated = list(&[("4/4/22", "3/4/22"), ("1/2/22", "2/21/22")], Some(DateOrder::DayFirst)).unwrap();
    assert_eq!(stated.issues[0].done, Some(date(2022, 4, 3)));
    assert!(stated.notes.iter().any(|note| note.line == 3 && note.what.contains("none with the day first")));
}

#[test]
fn odd_rows_are_listed_and_the_rest_is_read() {
    let text = "key,status,created,resolved\n\
                A-1,Done,2027-01-05,2027-01-04\n\
                A-1,Done,2027-01-05,2027-01-06\n\
                ,Done,2027-01-05,2027-01-06\n\
                A-3,Done,0000-01-01,9999-12-31\n\
                A-4,Done,2027-01-05\n\
                A-5,Reopened,2027-01-05,2027-01-06,x,y\n\
                A-6,Done,2027-01-05,soon\n\
                A-7,Done,2027-01-05,\"2027-01-";
    let list = read(text);
    assert_eq!(list.issues.len(), 5);
    let expected = [
        (NoteKind::Odd, 2, "A-1"),
        (NoteKind::LeftOut, 3, "A-1"),
        (NoteKind::LeftOut, 4, ""),
        (NoteKind::Changed, 5, "A-3"),
        (NoteKind::Changed, 5, "A-3"),
        (NoteKind::Odd, 5, "A-3"),
        (NoteKind::Odd, 6, "A-4"),
        (NoteKind::Changed, 7, "A-5"),
        (NoteKind::Odd, 7, "A-5"),
        (NoteKind::Changed, 8, "A-6"),
        (NoteKind::Odd, 8, "A-6"),
        (NoteKind::LeftOut, 9, ""),
    ];
    assert_eq!(notes(&list), expected);
    assert_eq!(Scope::default().history(&list).unwrap().weeks, [1]);
}

#[test]
fn broken_files_are_errors_or_repairs_whatever_they_hold() {
    assert_eq!(failed(""), BacklogError::Empty);
    assert_eq!(failed("\u{feff}\n \n"), BacklogError::Empty);
    let hidden = format!("key,status\nA,\"{}", "B,Done\n".repeat(20_000));
    assert_eq!(failed(&hidden), BacklogError::OpenQuote { line: 2 });
    let wide = format!("key,status\n{}\n", ",".repeat(10_000));
    assert!(matches!(failed(&wide), BacklogError::TooMuch { what: "columns", .. }));
    // Every beginning of a list is read or refused.
    let whole = JIRA.replace("Vouchers", "Gutscheine für Händler");
    for end in (0..whole.len()).filter(|&end| whole.is_char_boundary(end)) {
        let _ = IssueList::read(&whole[..end], &ReadOptions::default());
        let _ = Team::read(&whole[..end], &ReadOptions::default());
    }
    // Parents in circles, and issues that are their own.
    let circle =
        "key,type,status,created,parent\nA,Story,Done,2027-01-04,B\nB,Story,To Do,2027-01-04,A\nC,Epic,,,C\n";
    assert_eq!(read(circle).issues.len(), 3);
}

#[test]
fn a_hundred_thousand_issues_are_read_in_bounded_time() {
    let mut text =
        "Issue key,Summary,Status,Created,Resolved,Parent,Outward issue link (Blocks)\n".to_owned();
    for at in 0..100_000 {
        let day = date(2020, 1, 1).saturating_add(jiff::Span::new().days(at / 100));
        writeln!(
            text,
            "A-{at},\"A title, with a comma\nand a line\",Done,{day},{day},A-{},A-{}",
            at / 10,
            at + 1
        )
        .unwrap();
    }
    let begun = std::time::Instant::now();
    let list = read(&text);
    assert_eq!(list.issues.len(), 100_000);
    assert!(Scope::default().history(&list).unwrap().weeks.len() > 140);
    // A second with optimisation; ten times that is a reader whose time grows with more than the text.
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

#[test]
fn tables_of_weeks_are_told_from_lists_of_issues() {
    let team = |text: &str| Team::read(text, &ReadOptions::default());
    assert_eq!(team("week,items\n2027-01-04,3\n2027-01-11,0\n"), Ok(Team::Weeks(vec![3, 0])));
    assert_eq!(team("4\n0\n7\n"), Ok(Team::Weeks(vec![4, 0, 7])));
    assert_eq!(team("done\n4\n0\n"), Ok(Team::Weeks(vec![4, 0])));
    assert!(matches!(team("week;items\n1;many\n"), Err(BacklogError::BadCount { line: 2, .. })));
    assert!(matches!(team("week;items\n1;-4\n"), Err(BacklogError::BadCount { .. })));
    assert!(matches!(team("week;items\n"), Err(BacklogError::BadCount { .. })));
    assert!(matches!(
        team("id,project,created_date,finished_date\na,0,2027-01-04,2027-01-05\n"),
        Ok(Team::Issues(_))
    ));
    assert!(!looks_like_issues("id,name,status,completed,duration\n1,a,done,40,3d\n"), "a table of tasks");
    assert!(!looks_like_issues("[program]\nname = \"a, b\"\n"));
}

#[test]
fn a_history_knows_its_complete_weeks() {
    let history = History { first: date(2027, 1, 4), weeks: vec![3, 0, 5] };
    assert_eq!(history.before(date(2027, 1, 25), 12), Ok(vec![3, 0, 5]));
    assert_eq!(history.before(date(2027, 1, 24), 12), Ok(vec![3, 0]), "the week of that Sunday is not over");
    assert_eq!(history.before(date(2027, 2, 8), 3), Ok(vec![5, 0, 0]), "weeks without a finish count");
    assert!(history.before(date(2027, 1, 10), 12).is_err() && history.before(date(2020, 1, 1), 12).is_err());
}

#[test]
fn an_origin_sees_the_weeks_before_it_and_no_other() {
    // Seen to fail with origins that see their own week.
    let history = History { first: date(2027, 1, 4), weeks: vec![0, 0, 0, 1, 1, 1, 5, 1] };
    let tested = backtest(&history, 3, 5, &[50, 95].map(Percentile::whole)).unwrap();
    let origins: Vec<(Date, usize, &[usize])> =
        tested.origins.iter().map(|origin| (origin.day, origin.took, &origin.forecast[..])).collect();
    // At two items in three weeks, then one a week for certain.
    assert_eq!(origins[2], (date(2027, 2, 15), 1, &[5, 5][..]));
    assert_eq!((origins.len(), tested.without_pace, tested.undecided), (3, 1, 1));
    assert_eq!(origins.iter().map(|origin| origin.1).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(tested.held(1), Some(1.0));
}

/// Rolling origins on two real projects: how often each percentile held, as an independent computation found it.
#[test]
fn forecasts_of_two_real_projects_held_as_often_as_an_independent_back_test_says() {
    // Seen to fail when weeks without a finish are left out.
    let data =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/jira/fixtures/agile-project-dataset_jira.csv");
    let Ok(text) = fs::read_to_string(Path::new(data)) else {
        println!("SKIPPED: the issues of two real projects are not here");
        return;
    };
    let list = read(&text);
    assert_eq!(list.issues.len(), 4_123);
    let reversed = list.notes.iter().filter(|note| note.what.contains("finished before it was created"));
    assert_eq!(reversed.count(), 1_662);
    let levels = [50, 80, 85, 95].map(Percentile::whole);
    for (project, expected) in [("0", [0.722, 0.848, 0.863, 0.910]), ("1", [0.755, 0.927, 0.934, 0.960])] {
        let scope = Scope { project: Some(project.to_owned()) };
        let tested = backtest(&scope.history(&list).unwrap(), 12, 20, &levels).unwrap();
        for (level, expected) in expected.into_iter().enumerate() {
            let held = tested.held(level).unwrap();
            println!("project {project} {}: {held:.3}, expected {expected}", levels[level]);
            assert!((held - expected).abs() <= 0.03, "project {project} {}: {held}", levels[level]);
        }
    }
}

#[test]
fn the_real_export_with_repeated_columns_is_read_whole() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/jira/fixtures"));
    let file = folder.join("jira_cloud_export_repeated_sprint_columns_anonymised.csv");
    let Ok(text) = fs::read_to_string(file) else {
        println!("SKIPPED: the real export is not here");
        return;
    };
    let list = read(&text);
    let count =
        |is: &dyn Fn(&p80::backlog::Issue) -> bool| list.issues.iter().filter(|issue| is(issue)).count();
    assert_eq!(count(&|issue| issue.role == Role::Epic), 3);
    assert_eq!(count(&|issue| issue.is_item() && issue.state == State::Done), 9);
    assert_eq!(count(&|issue| issue.is_item() && issue.state == State::Open), 14);
    assert_eq!(count(&|issue| issue.epic.is_some()), 13);
    assert!(list.notes.iter().any(|note| note.about == "Sprint (3)"));
    assert_eq!(Scope::default().latest(&list), Some(date(2023, 1, 15)));
}
