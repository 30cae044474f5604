//! Several programs as one, as people run them.

use std::fs;

use predicates::str::contains;

use crate::place::Place;

fn program(name: &str, start: &str) -> String {
    format!(
        "[program]\nname = \"{name}\"\nstart = {start}\ntargets = {{ finish = 2027-03-31, budget = 20_000 }}\n\
         [[tasks]]\nid = \"build\"\nduration = {{ pert = [\"20d\", \"30d\", \"60d\"] }}\ncost = {{ rate = \"500/d\" }}\n"
    )
}

fn place() -> Place {
    let place = Place::new();
    fs::create_dir(place.path("all")).unwrap();
    fs::write(place.path("all/one.toml"), program("One", "2027-01-04")).unwrap();
    fs::write(place.path("all/two.toml"), program("Two", "2027-02-01")).unwrap();
    // Without a program of its own: a file that another may include.
    fs::write(place.path("all/calendars.toml"), "[calendars.plant]\nbase = \"standard\"\n").unwrap();
    place
}

#[test]
fn a_folder_of_programs_is_run_as_one_and_verified() {
    let place = place();
    let run = ["run", "all", "-n", "2048", "--out", "results"];
    place.p80(&run).success().stdout(contains("all dates hold")).stdout(contains("portfolio effect"));
    for file in [
        "portfolio.csv",
        "portfolio_levels.csv",
        "portfolio_promises.csv",
        "charts/portfolio-dates.png",
        "charts/portfolio-budgets.svg",
        "inputs/portfolio.toml",
        "inputs/one.toml",
    ] {
        assert!(place.path("results").join(file).is_file(), "{file}");
    }
    let summary = fs::read_to_string(place.path("results/summary.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
    assert_eq!(summary["program"], "all");
    assert!(summary["portfolio"]["programs"]["two"]["finish"]["p80"]["date"].is_string());
    // The finish of the project that stands for a program is the finish of the program.
    assert_eq!(summary["portfolio"]["programs"]["one"]["finish"], summary["projects"]["one"]["finish"]);
    place.p80(&["verify", "results"]).success();
}

#[test]
fn a_portfolio_is_guarded_by_conditions_on_its_programs() {
    let place = place();
    let text = "[portfolio]\nname = \"Both\"\nprograms = [\"one.toml\", \"two.toml\"]\n";
    fs::write(place.path("all/portfolio.toml"), text).unwrap();
    let guard =
        |condition: &str| place.p80(&["run", "all/portfolio.toml", "-n", "2048", "--require", condition]);
    guard("projects.one.finish.p80 <= 2027-06-30").success();
    guard("projects.two.cost.p80 <= 1").code(1);
    guard("projects.three.finish.p80 <= 2027-06-30").code(2);
}

#[test]
fn a_folder_without_programs_is_none() {
    let place = place();
    fs::create_dir(place.path("empty")).unwrap();
    place.p80(&["run", "empty"]).code(2).stderr(contains("neither a portfolio.toml nor a scenario"));
}

#[test]
fn every_way_to_write_a_program_counts_and_what_cannot_be_read_is_said() {
    let place = place();
    let text = program("Three", "2027-03-01");
    fs::write(place.path("all/three.TOML"), text.replace("[program]", "\u{feff}[ program ]")).unwrap();
    place.p80(&["run", "all", "-n", "1024"]).success().stdout(contains("Three"));
    fs::remove_file(place.path("all/three.TOML")).unwrap();
    fs::write(place.path("all/broken.toml"), "[program\n").unwrap();
    place.p80(&["run", "all", "-n", "1024"]).code(2).stderr(contains("broken.toml"));
}

#[test]
fn a_document_of_a_folder_is_verified_beside_it_and_by_its_name() {
    let place = place();
    place.p80(&["run", "all", "-n", "1024", "--report", "all/all.html"]).success();
    place.p80(&["verify", "all/all.html"]).success();
    fs::rename(place.path("all/all.html"), place.path("moved.html")).unwrap();
    place.p80(&["verify", "moved.html", "--scenario", "all"]).success();
    place.p80(&["verify", "moved.html", "--scenario", "none"]).code(2).stderr(contains("`none`"));
}

#[test]
fn what_the_portfolio_bears_itself_is_no_portfolio_effect() {
    let place = place();
    let both = "[portfolio]\nname = \"Both\"\nprograms = [\"one.toml\", \"two.toml\"]\n\
                [[risks]]\nid = \"R\"\ntitle = \"Both\"\nprobability = 0.5\n\
                impact = [{ on = [\"one.build\", \"two.build\"], cost = 50_000 }]\n";
    fs::write(place.path("all/portfolio.toml"), both).unwrap();
    place.p80(&["run", "all", "-n", "1024"]).success().stdout(contains("what the portfolio bears itself"));
}
