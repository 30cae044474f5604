//! `p80 import` and `p80 export`: plans of other tools, there and back.

use predicates::prelude::*;
use predicates::str::contains;

use crate::place::Place;

const OFFICE: &str = include_str!("../corpus/import/office.xml");

#[test]
fn a_plan_becomes_a_scenario_with_a_report_and_a_comparison() {
    let place = Place::new();
    place.write("office.xml", OFFICE);
    let args =
        ["import", "office.xml", "-o", "office.toml", "--estimates=-10%..+30%", "--report", "report.csv"];
    place.p80(&args).success().stdout("").stderr(
        contains("Microsoft Project XML, 6 tasks").and(contains("left out: task (1): the task is inactive")),
    );
    assert!(place.text("office.toml").contains("pert = [-0.1, 0.3]"));
    let report = place.text("report.csv");
    assert!(report.starts_with("fate,kind,source,name,id,reason\n"));
    assert!(report.contains("\nleft out,task,7,Plants,,the task is inactive\n"));
    place.p80(&["check", "office.toml"]).success();
    place.p80(&args).code(2).stderr(contains("exists").and(contains("--force")));
    place.p80(&["import", "office.xml", "--compare", "dates.csv"]).success().stdout(contains("[[tasks]]"));
    let dates = place.text("dates.csv");
    assert!(dates.contains("paint,6,2027-01-25T08:00,2027-01-26T17:00,"));
}

#[test]
fn a_plan_runs_as_the_scenario_that_is_made_of_it() {
    let place = Place::new();
    place.write("office.xml", OFFICE);
    place.p80(&["import", "office.xml", "-o", "office.toml"]).success();
    let direct = place
        .p80(&["run", "office.xml", "-n", "512"])
        .success()
        .stderr(contains("4 durations have no range"));
    let written = place.p80(&["run", "office.toml", "-n", "512"]).success();
    assert_eq!(direct.get_output().stdout, written.get_output().stdout);
    place.p80(&["run", "office.xml", "-n", "512", "-o", "results", "--no-charts"]).success();
    place.p80(&["verify", "results"]).success();
}

#[test]
fn results_go_back_into_the_plan() {
    let place = Place::new();
    place.write("office.xml", OFFICE);
    place.p80(&["run", "office.xml", "-n", "512", "-o", "results", "--no-charts"]).success();
    place
        .p80(&["export", "results", "--to", "office.xml", "-o", "back.xml"])
        .success()
        .stderr(contains("Date10: p80 finish P50").and(contains("Date9: p80 finish P80")));
    let back = place.text("back.xml");
    // The three fields of the plan itself stay, and so does everything else.
    assert!(back.contains("<FieldName>Duration1</FieldName><Alias>Optimistic</Alias>"));
    assert_eq!(back.matches("<FieldID>188743953</FieldID><Value>").count(), 6);
    place.p80(&["import", "back.xml", "-o", "again.toml"]).success();
    place.p80(&["import", "office.xml", "-o", "first.toml"]).success();
    let body = |name: &str| place.text(name).split_once('\n').unwrap().1.to_owned();
    assert_eq!(body("again.toml"), body("first.toml"), "nothing is lost on the way");
    place.p80(&["export", "results"]).success().stdout(contains("\n6,paint,Paint,2027-"));
    place.write("other.xml", &OFFICE.replace("<UID>", "<UID>9"));
    place.p80(&["export", "results", "--to", "other.xml"]).code(2).stderr(contains("is it the plan"));
}

#[test]
fn what_is_no_plan_is_refused_in_words() {
    let place = Place::new();
    place.write("plan.mpp", "no plan");
    place.p80(&["import", "plan.mpp"]).code(2).stderr(contains("Microsoft Project XML, Primavera XER"));
    place.write("bomb.xml", "<!DOCTYPE a [<!ENTITY a \"aa\">]><Project><Name>&a;</Name></Project>");
    place.p80(&["import", "bomb.xml"]).code(2).stderr(contains("entities"));
    place.p80(&["run", "bomb.xml"]).code(2).stderr(contains("entities"));
    place.write("torn.xml", &OFFICE[..OFFICE.len() / 2]);
    place.p80(&["check", "torn.xml"]).code(2).stderr(contains("line"));
}

#[test]
fn tables_run_as_the_scenario_that_is_made_of_them() {
    let place = Place::new();
    place.write("tasks.csv", include_str!("../corpus/import/aufgaben.csv"));
    place.write("risks.csv", include_str!("../corpus/import/risques.csv"));
    let args = ["import", "tasks.csv", "risks.csv", "-o", "plan.toml", "--report", "report.csv"];
    place.p80(&args).success().stderr(contains("table, 5 tasks, 3 risks").and(contains("taken as 60 %")));
    assert!(place.text("plan.toml").contains("from = [\"tasks.csv\", \"risks.csv\"]"));
    assert!(
        place.text("report.csv").contains("\nleft out,row,tasks!A8,Summe,,it is a total of other rows\n")
    );
    place.p80(&["check", "plan.toml"]).success();
    place.p80(&["import", "tasks.csv", "-o", "tasks.toml"]).success();
    let direct = place.p80(&["run", "tasks.csv", "-n", "512"]).success();
    let written = place.p80(&["run", "tasks.toml", "-n", "512"]).success();
    assert_eq!(direct.get_output().stdout, written.get_output().stdout);
    place.p80(&["run", "risks.csv"]).code(2).stderr(contains("risks without tasks"));
    place.write("bare.csv", "id,name,duration\na,A,5\n");
    place.p80(&["run", "bare.csv"]).code(2).stderr(contains("--start 2027-01-11"));
    place
        .p80(&["import", "bare.csv", "--start", "2027-01-11"])
        .success()
        .stdout(contains("duration = \"5d\""));
    place.p80(&["import", "bare.csv", "--map", "id=colour"]).code(2).stderr(contains("known are id, name"));
    place.p80(&["import", "bare.csv", "plan.toml"]).code(2);
}

#[test]
fn the_blank_workbook_is_imported_whole_and_runs() {
    let place = Place::new();
    place
        .p80(&["import", "--template", "blank.xlsx"])
        .success()
        .stdout("")
        .stderr(contains("wrote blank.xlsx"));
    place.p80(&["import", "--template", "blank.xlsx"]).code(2).stderr(contains("--force"));
    let args = ["import", "blank.xlsx", "-o", "plan.toml", "--report", "report.csv"];
    place.p80(&args).success().stderr(contains("workbook, 6 tasks, 3 risks; 0 changed, 0 left out"));
    let text = place.text("plan.toml");
    for part in [
        "name = \"Customer portal\"\nstart = 2027-01-11\n",
        "ranges = \"P10-P90\"",
        "targets = { finish = 2027-05-31, budget = 250000 }",
        "holidays = [\"2027-03-26..2027-03-29: Easter\", \"2027-12-24..2028-01-02: Turn of the year\"]",
        "after = { SS = \"T1\", lag = \"5d\" }",
        "{ FF = \"design.T2\", lag = \"2d\" }",
        "probability = \"medium\"",
        "response = { title = \"Prototype with users\", cost = 12000, probability = 0.15 }",
    ] {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
    place.p80(&["check", "plan.toml"]).success();
    place.p80(&["run", "blank.xlsx", "-n", "512"]).success();
}

#[test]
fn a_plan_goes_into_the_scenario_that_people_have_worked_on() {
    let place = Place::new();
    place.write("office.xml", OFFICE);
    place.p80(&["import", "office.xml", "-o", "plan.toml"]).success();
    let worked_on = format!(
        "{}\n# Ours.\n[[risks]]\nid = \"R1\"\nprobability = 0.5\nimpact = {{ on = \"paint\", delay = \"3d\" }}\n",
        place.text("plan.toml")
    );
    place.write("plan.toml", &worked_on);
    place
        .p80(&["import", "office.xml", "--merge", "plan.toml", "-o", "plan.toml"])
        .success()
        .stderr(contains("merged: 0 added, 0 renewed, 0 kept, 0 removed"));
    assert_eq!(place.text("plan.toml"), worked_on);
    place.write("office.xml", &OFFICE.replace("<Name>Paint</Name>", "<Name>Paint all</Name>"));
    place.write(
        "register.csv",
        "Risk ID,Title,Likelihood,Affected tasks,Delay (days)\nR2,Late colour,30%,paint,2\n",
    );
    let args = ["import", "office.xml", "--merge", "plan.toml", "-o", "next.toml", "--report", "report.csv"];
    place.p80(&args).success().stderr(contains("renewed: task").and(contains("name: Paint -> Paint all")));
    assert!(place.text("report.csv").contains("Paint -> Paint all"));
    place
        .p80(&["import", "register.csv", "--merge", "next.toml", "-o", "next.toml"])
        .success()
        .stderr(contains("added: risk R2"));
    let text = place.text("next.toml");
    assert!(
        text.contains("# Ours.\n[[risks]]\nid = \"R1\"") && text.contains("Likelihood = \"probability\""),
        "{text}"
    );
    place.p80(&["check", "next.toml"]).success();
    place.write("broken.toml", "[program]\n");
    place.p80(&["import", "office.xml", "--merge", "broken.toml"]).code(2).stderr(contains("name"));
}

#[test]
fn past_estimates_become_templates() {
    let place = Place::new();
    let rows: String = (0..40)
        .map(|at| format!("T{at},{},10,{}\n", if at % 2 == 0 { "build" } else { "test" }, 8 + at % 11))
        .collect();
    place.write("history.csv", &format!("ID,Type,Estimate,Actual\n{rows}"));
    place
        .p80(&["import", "--calibrate", "history.csv", "--report", "ratios.csv"])
        .success()
        .stdout(
            contains("[estimates.calibrated]\nlognormal = { P10 = -0.2, P90 = 0.7 } # 40 pairs; P10 ")
                .and(contains("categories = [\"build\"]")),
        )
        .stderr(
            contains("40 pairs of estimate and actual")
                .and(contains("few: the range is little more than a guess")),
        );
    assert!(place.text("ratios.csv").starts_with("category,pairs,p10,p10_low,"));
    place.write("plan.toml", crate::place::SCENARIO);
    place.p80(&["import", "--calibrate", "history.csv", "--merge", "plan.toml", "-o", "plan.toml"]).success();
    assert!(place.text("plan.toml").contains("estimate = \"calibrated\""));
    place.write("few.csv", "Estimate,Actual\n1,2\n2,2\n");
    place.p80(&["import", "--calibrate", "few.csv"]).code(2).stderr(contains("too few: at least 10"));
    place.p80(&["import", "--calibrate", "plan.toml"]).code(2).stderr(contains("no table of estimates"));
}
