//! Any bytes as the tables of a scenario: tasks, a zero byte, risks.
#![no_main]

use libfuzzer_sys::fuzz_target;
use p80::scenario::MemoryFiles;

const SCENARIO: &str = "tasks_csv = \"tasks.csv\"\nrisks_csv = \"risks.csv\"\n\n\
                        [program]\nname = \"Fuzz\"\nstart = 2027-01-11\n";

fuzz_target!(|bytes: &[u8]| {
    let mut tables = bytes.splitn(2, |&byte| byte == 0);
    let mut file = |name: &str| (name.to_owned(), tables.next().unwrap_or_default().to_vec());
    let (tasks, risks) = (file("tasks.csv"), file("risks.csv"));
    let scenario = ("fuzz.toml".to_owned(), SCENARIO.as_bytes().to_vec());
    p80_fuzz::exercise(&MemoryFiles([scenario, tasks, risks].into()), "fuzz.toml");
});
