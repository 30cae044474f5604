//! The house rules that the compiler does not know: one direction, no disk or clock in the core, files that
//! can be read at one go.

#[path = "architecture/paths.rs"]
mod paths;
#[path = "architecture/source.rs"]
mod source;

use std::fs;
use std::path::{Path, PathBuf};

use paths::paths_from;
use source::{code_of, line_of};

/// The rooms in the order in which data flows; those of one entry are siblings and ignore each other.
const ROOMS: &[&[&str]] = &[
    &["diag"],
    &["units"],
    &["lanes"],
    &["calendar"],
    &["dist"],
    &["backlog"],
    &["model"],
    &["scenario"],
    &["import"],
    &["network"],
    &["draws"],
    &["engine"],
    &["results"],
    &["analysis"],
    &["report"],
    &["dossier"],
    &["export", "chart"],
    &["attachment"],
    &["evidence"],
    &["shard"],
    &["sweep"],
    &["cli"],
    &["guide"],
];

/// What the core must not name: disk, clock, terminal, environment.
const OUTSIDE: &[&[&str]] = &[
    &["fs"],
    &["env"],
    &["process"],
    &["time"],
    &["net"],
    &["io", "stdin"],
    &["io", "stdout"],
    &["io", "stderr"],
];

/// Macros that write to the terminal.
const PRINTING: &[&str] = &["print!", "println!", "eprint!", "eprintln!", "dbg!"];

/// A file is split before it has so many lines, and talked about before it has so many.
const MOST_LINES: usize = 800;
const MANY_LINES: usize = 500;

/// A source file below `src`, its path relative to it with `/`.
struct File {
    path: String,
    text: String,
    code: String,
}

impl File {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), code: code_of(text) }
    }

    /// The room that it belongs to; [`None`] for `lib.rs` and `main.rs`, which see all of them.
    fn room(&self) -> Option<&str> {
        let first = self.path.split('/').next()?;
        Some(first.strip_suffix(".rs").unwrap_or(first)).filter(|room| !matches!(*room, "lib" | "main"))
    }

    /// Modules between the root of the crate and this file, itself included.
    fn depth(&self) -> usize {
        let parts = self.path.split('/').count();
        if self.path.ends_with("/mod.rs") { parts - 1 } else { parts }
    }

    fn place(&self, at: usize) -> String {
        format!("src/{}:{}", self.path, line_of(&self.code, at))
    }
}

fn order_of(room: &str) -> Option<usize> {
    ROOMS.iter().position(|rooms| rooms.contains(&room))
}

/// Every file below `src`, sorted by path.
fn sources() -> Vec<File> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let name = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
    paths.iter().map(|path| File::new(&name(path), &fs::read_to_string(path).unwrap())).collect()
}

/// Rooms that a file names although they lie below its own or beside it.
fn wrong_directions(file: &File) -> Vec<String> {
    let Some(room) = file.room() else { return Vec::new() };
    let Some(own) = order_of(room) else { return vec![format!("src/{}: `{room}` is no room", file.path)] };
    let mut named = paths_from(&file.code, "crate");
    // `super` may climb to the root as well.
    for (at, path) in paths_from(&file.code, "super") {
        let climbed = 1 + path.iter().take_while(|word| *word == "super").count();
        if climbed >= file.depth() {
            named.push((at, path.into_iter().skip_while(|word| word == "super").collect()));
        }
    }
    let mut wrong = Vec::new();
    for (at, path) in named {
        let Some(other) = path.first().map(String::as_str) else { continue };
        let is_above = order_of(other).is_none_or(|order| order < own);
        if other == "*" || (other != room && !is_above) {
            wrong.push(format!("{}: `{room}` names `{other}`", file.place(at)));
        }
    }
    wrong
}

/// What of disk, clock, terminal and environment a file of the core names.
fn outside_of_the_core(file: &File) -> Vec<String> {
    if file.room().is_none_or(|room| room == "cli") {
        return Vec::new();
    }
    let mut wrong = Vec::new();
    for (at, path) in paths_from(&file.code, "std") {
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        if OUTSIDE.iter().any(|banned| words.starts_with(banned)) {
            wrong.push(format!("{}: names `std::{}`", file.place(at), path.join("::")));
        }
    }
    for name in PRINTING {
        for (at, _) in file.code.match_indices(name) {
            if !source::is_word(file.code[..at].chars().next_back().as_ref()) {
                wrong.push(format!("{}: calls `{name}`", file.place(at)));
            }
        }
    }
    wrong
}

/// Items of a `mod.rs` that neither declare a module nor import or re-export.
fn logic_in_mod_rs(file: &File) -> Vec<String> {
    if !file.path.ends_with("mod.rs") {
        return Vec::new();
    }
    let mut wrong = Vec::new();
    let mut start = 0;
    for item in file.code.split_inclusive(';') {
        let place = file.place(start + item.len() - item.trim_start().len());
        start += item.len();
        let mut item = item.trim();
        while let Some(rest) = item.strip_prefix('#') {
            item = rest[rest.find(']').map_or(rest.len(), |end| end + 1)..].trim_start();
        }
        if let Some(rest) = item.strip_prefix("pub(") {
            item = rest[rest.find(')').map_or(rest.len(), |end| end + 1)..].trim_start();
        }
        let item = item.strip_prefix("pub ").unwrap_or(item);
        let declares = item.strip_prefix("mod ").is_some_and(|rest| !rest.contains('{'));
        if !item.is_empty() && !declares && !item.starts_with("use ") {
            let shown = item.lines().next().unwrap_or_default();
            wrong.push(format!("{place}: `{shown}` is neither declared nor re-exported here"));
        }
    }
    wrong
}

#[track_caller]
fn expect_none(rule: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn rooms_name_only_rooms_above_them() {
    expect_none("data flows one way", sources().iter().flat_map(wrong_directions).collect());
}

#[test]
fn the_core_sees_no_disk_clock_terminal_or_environment() {
    let found = sources().iter().flat_map(outside_of_the_core).collect();
    expect_none("only `cli` sees the machine", found);
}

#[test]
fn mod_rs_declares_and_re_exports_only() {
    expect_none("logic has a file of its own", sources().iter().flat_map(logic_in_mod_rs).collect());
}

#[test]
fn no_file_is_too_long_to_be_read() {
    let mut too_long = Vec::new();
    for file in sources() {
        let lines = file.text.lines().count();
        if lines > MANY_LINES {
            println!("src/{} has {lines} lines: could it be two files?", file.path);
        }
        if lines > MOST_LINES {
            too_long.push(format!("src/{}: {lines} lines, more than {MOST_LINES}", file.path));
        }
    }
    expect_none("one noun per file", too_long);
}

#[test]
fn main_is_a_table_of_contents() {
    let main = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs")).unwrap();
    assert!(main.lines().count() < 60, "src/main.rs holds logic");
}

#[test]
fn every_way_to_name_a_lower_room_is_seen() {
    let wrong = |path: &str, text: &str| wrong_directions(&File::new(path, text)).len();
    assert_eq!(wrong("engine/run.rs", "use crate::results::Results;"), 1);
    assert_eq!(
        wrong("engine/run.rs", "use crate::{\n    draws::BLOCK,\n    results::{Results, Outcome},\n};"),
        2
    );
    assert_eq!(wrong("engine/run.rs", "fn f() -> crate::report::Report {}"), 1);
    assert_eq!(wrong("engine/run.rs", "use super::super::results::Results;"), 1);
    assert_eq!(wrong("engine/run.rs", "use crate::*;"), 1);
    assert_eq!(wrong("export/csv.rs", "use crate::chart::charts;"), 1);
    assert_eq!(wrong("attic/mod.rs", ""), 1);
    assert_eq!(
        wrong("engine/run.rs", "/// See [`crate::results`].\n// crate::report\nuse crate::draws::BLOCK;"),
        0
    );
    assert_eq!(wrong("engine/run.rs", "use super::block::Block; use crate::engine::NEVER;"), 0);
    assert_eq!(wrong("scenario/check/law.rs", "use super::super::raw::RawLaw;"), 0);
    assert_eq!(wrong("lib.rs", "pub use crate::cli;"), 0);
}

#[test]
fn every_way_to_reach_the_machine_is_seen() {
    let wrong = |path: &str, text: &str| outside_of_the_core(&File::new(path, text)).len();
    assert_eq!(wrong("engine/run.rs", "use std::time::Instant;"), 1);
    assert_eq!(wrong("engine/run.rs", "use std::{fs, io::{self, stdout}, ops::Range};"), 2);
    assert_eq!(wrong("engine/run.rs", "let x = ::std::env::var(name);"), 1);
    assert_eq!(wrong("engine/run.rs", "eprintln!(\"here\")"), 1);
    assert_eq!(wrong("engine/run.rs", "use std::io::Write; // std::fs\nlet x = \"std::fs\";"), 0);
    assert_eq!(wrong("cli/disk.rs", "use std::fs;"), 0);
}

#[test]
fn logic_in_a_mod_rs_is_seen() {
    let wrong = |text: &str| logic_in_mod_rs(&File::new("engine/mod.rs", text)).len();
    assert_eq!(wrong("mod a;\nfn f() { g(); }\npub use a::B;"), 2);
    assert_eq!(wrong("mod a { pub fn f() {} }"), 1);
    assert_eq!(wrong("pub const N: u32 = 1;"), 1);
    let good = "//! Doc.\n#[cfg(test)]\nmod tests;\npub(crate) mod a;\nuse x as _;\npub use a::{B, C};";
    assert_eq!(wrong(good), 0);
}
