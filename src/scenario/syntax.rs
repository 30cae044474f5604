//! Breaks of the TOML syntax, in words for people who run programs.

use crate::diag::{Diagnostic, FileId, code};

/// The problems of a file that the parser refuses: the first of each line, for the others follow from it.
pub fn syntax_errors(file: FileId, text: &str, errors: &[toml::de::Error]) -> Vec<Diagnostic> {
    let mut lines = std::collections::BTreeSet::new();
    let mut found = Vec::new();
    for error in errors {
        let at = error.span().map_or(text.len(), |span| span.start.min(text.len()));
        let start = text.as_bytes()[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        if lines.insert(start) {
            found.push(syntax_error(file, text, &text[start..], error));
        }
    }
    found
}

fn syntax_error(file: FileId, text: &str, from_line: &str, error: &toml::de::Error) -> Diagnostic {
    let message = error.message().trim();
    let mut chars = message.chars();
    let lower: String = match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => "the syntax is broken here".into(),
    };
    // The parser says of a number with letters behind it that nothing was expected there.
    let lower = if lower.contains("expected nothing") { "this is not a number".to_owned() } else { lower };
    let span = error.span().unwrap_or(text.len()..text.len());
    let problem = Diagnostic::new(code::SYNTAX, lower.replace('\n', ", ")).at(file, span, "");
    match help(message, from_line.lines().next().unwrap_or("")) {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// What to write instead, by what stands in the line.
fn help(message: &str, line: &str) -> Option<String> {
    let value = line.split_once('=').map(|(_, value)| value.split('#').next().unwrap_or("").trim());
    if line.contains(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{ab}', '\u{bb}']) {
        return Some("write straight quotes `\"`: word processors make them curly".into());
    }
    if line.trim_start().starts_with('{') {
        return Some(
            "this looks like JSON; a scenario is TOML, and `p80 init` writes one to start from".into(),
        );
    }
    if let Some(date) = value.and_then(day_first) {
        return Some(format!("write year, month and day: `{date}`"));
    }
    let header = line.trim_start().strip_prefix("[[").and_then(|rest| rest.split(']').next());
    if let Some(list) = header.and_then(|path| path.split('.').next_back()).filter(|_| in_two_ways(message)) {
        return Some(format!(
            "`{list} = [...]` above is a closed list: move this entry into it as {{ ... }}, or write all of them as \
             `[[...{list}]]`"
        ));
    }
    if message.contains("duplicate key") {
        return Some(
            "a key may stand only once in its table, and a table `[name]` only once in its file".into(),
        );
    }
    if let Some(number) = value.and_then(|value| value.strip_suffix('%')) {
        return Some(format!("percentages stand in quotes: \"{} %\"", number.trim()));
    }
    if let Some(value) = value
        && value.starts_with(|c: char| c.is_ascii_digit())
        && value.contains(',')
        && value.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
    {
        return Some("numbers have a decimal point and no other separator than `_`: `1_234.56`".into());
    }
    if message.contains("expected nothing") {
        return Some(
            "numbers have no unit: a duration stands in quotes, \"10d\", and a million is 1_000_000".into(),
        );
    }
    if message.contains("invalid date") {
        return Some("there is no such day".into());
    }
    if message.contains("basic string") {
        return Some("close the text with `\"` on the same line".into());
    }
    if message.contains("string values must be quoted") {
        return Some("texts stand in quotes: `name = \"ERP\"`".into());
    }
    if message.contains("unquoted key") {
        return Some("names with other characters stand in quotes: `\"Data engineer\" = 3`".into());
    }
    None
}

/// Whether the parser found a list that is continued in another way than it was begun.
fn in_two_ways(message: &str) -> bool {
    ["duplicate key", "extend", "redefine"].iter().any(|word| message.contains(word))
}

/// A date as `31.12.2027` or `31/12/2027`, the other way round.
fn day_first(value: &str) -> Option<String> {
    let parts: Vec<&str> = value.split(['.', '/']).collect();
    let [day, month, year] = parts[..] else { return None };
    let number = |text: &str| text.chars().all(|c| c.is_ascii_digit()).then(|| text.parse::<u16>().ok());
    let (day, month, year) = (number(day)??, number(month)??, number(year)??);
    let is_date = (1..=31).contains(&day) && (1..=12).contains(&month) && (1900..=2300).contains(&year);
    is_date.then(|| format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help_for(text: &str) -> String {
        let (_, errors) = toml::de::DeTable::parse_recoverable(text);
        let found = syntax_errors(FileId(0), text, &errors);
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].help.clone().unwrap_or_default()
    }

    #[test]
    fn slips_of_office_work_are_answered_with_what_to_write() {
        assert_eq!(help_for("start = 31.12.2027"), "write year, month and day: `2027-12-31`");
        assert_eq!(help_for("probability = 35%"), "percentages stand in quotes: \"35 %\"");
        assert!(help_for("cost = 1.234,56").starts_with("numbers have a decimal point"));
        assert!(help_for("name = \u{201c}X\u{201d}").starts_with("write straight quotes"));
        assert!(help_for("name = \"Build").starts_with("close the text"));
        assert!(help_for("start = 2027-02-30").starts_with("there is no such day"));
        assert!(help_for("{\"program\": 1}").starts_with("this looks like JSON"));
        assert!(help_for("budget = 1.5M").starts_with("numbers have no unit"));
        let mixed = "[projects.erp]\ntasks = [{ id = \"a\" }]\n[[projects.erp.tasks]]\nid = \"b\"";
        assert!(help_for(mixed).starts_with("`tasks = [...]` above is a closed list"), "{}", help_for(mixed));
        assert!(help_for("name = ERP").starts_with("texts stand in quotes"));
    }
}
