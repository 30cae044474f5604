//! `p80 init`: a commented scenario to start from.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use super::args::{InitArgs, Template};
use super::{Exit, output, results_folder};

/// Writes the template.
pub(super) fn init(args: &InitArgs) -> anyhow::Result<Exit> {
    let text = match args.template {
        Template::Minimal => include_str!("../../scenarios/minimal.toml"),
        Template::Erp => include_str!("../../scenarios/templates/erp.toml"),
        Template::Cloud => include_str!("../../scenarios/templates/cloud.toml"),
        Template::Data => include_str!("../../scenarios/templates/data.toml"),
    };
    if args.file == Path::new("-") {
        output::answer(text.as_bytes())?;
        return Ok(Exit::Done);
    }
    if fs::symlink_metadata(&args.file).is_ok() && !args.force {
        bail!("`{}` exists; name another file or use --force", args.file.display());
    }
    results_folder::write_file(&args.file, text.as_bytes())
        .with_context(|| format!("failed to write `{}`", args.file.display()))?;
    output::say(&format!("wrote {0}; now try `p80 run {0}`", args.file.display()));
    Ok(Exit::Done)
}
