//! Files that belong to a scenario and stand beside it.

use std::path::{Path, PathBuf};

/// `my-program.log` for `my-program.toml` and `log`; none for standard input.
pub(super) fn beside(scenario: &Path, ending: &str) -> Option<PathBuf> {
    if scenario == Path::new("-") {
        return None;
    }
    let mut name = scenario.file_stem()?.to_os_string();
    name.push(".");
    name.push(ending);
    Some(scenario.with_file_name(name))
}
