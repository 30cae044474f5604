#![doc = include_str!("diagnostics.md")]

#[cfg(test)]
mod tests {
    use crate::diag::{Severity, all_codes};

    #[test]
    fn every_code_is_listed_with_its_severity_and_title_and_nothing_else_is() {
        let page = include_str!("diagnostics.md");
        let mut rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
        let mut expected: Vec<String> = Vec::new();
        for code in all_codes() {
            let severity = match code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            };
            expected.push(format!("| `{}` | {severity} | {} |", code.as_str(), code.title()));
        }
        rows.sort_unstable();
        expected.sort_unstable();
        assert_eq!(rows, expected);
    }
}
