//! The paths that code names, with groups taken apart: `use a::{b, c::d}` names `a::b` and `a::c::d`.

use crate::source::is_word;

/// Every path of a code text that begins with `root`, from the word after it on, with its byte position.
///
/// `root` is a first segment, such as `crate` or `std`.
pub fn paths_from(code: &str, root: &str) -> Vec<(usize, Vec<String>)> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices(root) {
        let before = code[..at].chars().next_back();
        let rest = &code[at + root.len()..];
        let is_first = !is_word(before.as_ref()) && before != Some(':') && before != Some('$');
        let is_absolute = code[..at].ends_with("::") && !is_word(code[..at - 2].chars().next_back().as_ref());
        if (is_first || is_absolute)
            && let Some(rest) = after_colons(rest)
        {
            let mut tails = Vec::new();
            read_tree(rest, &mut Vec::new(), &mut tails);
            paths.extend(tails.into_iter().map(|tail| (at, tail)));
        }
    }
    paths
}

fn after_colons(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix("::").map(str::trim_start)
}

/// Reads one tree of a `use`, or a plain path; returns what follows it.
fn read_tree<'a>(text: &'a str, prefix: &mut Vec<String>, paths: &mut Vec<Vec<String>>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('}') {
                return after;
            }
            if rest.is_empty() {
                return rest;
            }
            rest = read_tree(rest, prefix, paths);
            // What follows a branch, such as `as name`, names nothing.
            let end = rest.find([',', '}']).unwrap_or(rest.len());
            rest = &rest[end..];
            rest = rest.strip_prefix(',').unwrap_or(rest);
        }
    }
    let end = text.find(|c: char| !is_word(Some(&c)) && c != '*').unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    prefix.push(word.to_owned());
    let rest = match after_colons(rest) {
        // A turbofish ends the path.
        Some(next) if !next.starts_with('<') => read_tree(next, prefix, paths),
        _ => {
            paths.push(prefix.clone());
            rest
        }
    };
    prefix.pop();
    rest
}

#[test]
fn groups_are_taken_apart() {
    let code = "use crate::{\n a::{b, c as d},\n e,\n}; let x = crate::f::<T>() + $crate::g; not_crate::h; y::crate::i";
    let paths: Vec<String> = paths_from(code, "crate").into_iter().map(|(_, path)| path.join("::")).collect();
    assert_eq!(paths, ["a::b", "a::c", "e", "f"]);
}
