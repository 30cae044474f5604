//! Any bytes as a list of issues: a forecast, tasks or an error, never a panic; what is imported reads back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use p80::backlog::{Forecast, ReadOptions, Remaining, Scope, Team, WINDOW, backtest};
use p80::dist::Law;
use p80::import::{Grain, ImportOptions, import, text_of_table};
use p80::scenario::{MemoryFiles, to_toml};

/// What each kind of list is tried on: the first byte of an input chooses.
const HEADS: [&str; 4] = [
    "",
    "Issue key,Summary,Issue Type,Status,Created,Resolved,Epic Link,Original Estimate,Sprint,Sprint,Outward issue link (Blocks)\n",
    "Key;Type;Status;Project;Created;Fertig am;Parent\n",
    "Week\tCompleted\n",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, rest)) = bytes.split_first() else { return };
    let list = [HEADS[usize::from(kind) % HEADS.len()].as_bytes(), rest].concat();
    let text = text_of_table(&list);
    let map = vec![("Fertig am".to_owned(), "done".to_owned())];
    if let Ok(team) = Team::read(&text, &ReadOptions { map: map.clone(), ..ReadOptions::default() }) {
        forecast(&team);
    }
    for by in [Grain::Epic, Grain::Issue] {
        let mut options = ImportOptions { map: map.clone(), ..ImportOptions::default() };
        options.issues.by = Some(by);
        if let Ok(imported) = import(&list, &options) {
            let text = to_toml(&imported.scenario).into_bytes();
            let files = [("fuzz.toml".to_owned(), text), ("issues.csv".to_owned(), list.clone())];
            p80_fuzz::exercise(&MemoryFiles(files.into()), "fuzz.toml");
        }
    }
});

/// What `p80 throughput` does with a list.
fn forecast(team: &Team) {
    let Team::Issues(list) = team else { return };
    let scope = Scope::default();
    let (Ok(history), Some(latest)) = (scope.history(list), scope.latest(list)) else { return };
    let Ok(from) = latest.tomorrow() else { return };
    let left = scope.left(list, Some(latest)).min(200) as f64;
    let _ = backtest(&history, WINDOW, 5, &[]);
    if let Ok(weeks) = history.before(from, WINDOW)
        && let Ok(forecast) = Forecast::new(&weeks, from)
    {
        let _ = forecast.when(&Remaining { items: Law::fixed(left), split: Law::fixed(1.0) });
        let _ = forecast.how_many(forecast.last_day(10));
    }
}
