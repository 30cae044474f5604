//! Any bytes as a table of tasks or risks: a scenario or an error, never a panic; what is imported reads back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use p80::import::{ImportOptions, import};
use p80::scenario::raw::RawDate;
use p80::scenario::{MemoryFiles, to_toml};

/// What each kind of table is tried on: the first byte of an input chooses.
const HEADS: [&str; 5] = [
    "",
    "ID,Task,Project,WBS,Duration,Low,Mode,High,Predecessors,Start,Finish,Cost low,Cost high,% complete,Actual start\n",
    "ID;Risk;Probability;On;Delay low;Delay likely;Delay high;Cost;Status;Response;Response cost;Impact\n",
    "WBS\tName\tParent\tBudget\n",
    "Nr;Vorgang;Dauer (Wochen);Vorgänger;Anfang;Kosten (TEUR)\n",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, rest)) = bytes.split_first() else { return };
    let head = HEADS[usize::from(kind) % HEADS.len()];
    let table = [head.as_bytes(), rest].concat();
    let map = vec![("ID".to_owned(), "id".to_owned())];
    let options = ImportOptions { start: RawDate::parse("2027-01-11").ok(), map, ..ImportOptions::default() };
    if let Ok(imported) = import(&table, &options) {
        assert!(!imported.report.entries.is_empty() || imported.scenario.program.get().is_some());
        if imported.is_part {
            return;
        }
        let text = to_toml(&imported.scenario).into_bytes();
        p80_fuzz::exercise(&MemoryFiles([("fuzz.toml".to_owned(), text)].into()), "fuzz.toml");
    }
});
