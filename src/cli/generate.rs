//! Schema, completions and the manual page.

use clap::CommandFactory;

use super::args::CompletionsArgs;
use super::{Cli, Exit, output};

/// Prints the JSON Schema of scenario files.
pub(super) fn schema() -> anyhow::Result<Exit> {
    let text = serde_json::to_string_pretty(&crate::scenario::schema())?;
    output::answer(format!("{text}\n").as_bytes())?;
    Ok(Exit::Done)
}

/// Prints completions for a shell.
pub(super) fn completions(args: &CompletionsArgs) -> anyhow::Result<Exit> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "p80", &mut text);
    output::answer(&text)?;
    Ok(Exit::Done)
}

/// Prints the manual page of the command and all its subcommands, in roff.
pub(super) fn man() -> anyhow::Result<Exit> {
    let mut text = Vec::new();
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        let title = format!("p80-{}", subcommand.get_name());
        let named = subcommand.clone().name(title.clone()).bin_name(title.replacen('-', " ", 1));
        clap_mangen::Man::new(named).render(&mut text)?;
    }
    output::answer(&text)?;
    Ok(Exit::Done)
}
