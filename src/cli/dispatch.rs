//! From the command line to the command.

use clap::Parser;

use super::dropped::Arguments;
use super::{
    Cli, Command, Exit, analyse, baseline, check, compare, explain, export, fonts, generate, import, init,
    merge, output, report, respond, run, selftest, shards, status, sweep, throughput, verify,
};

/// Parses the arguments, runs the command, and says what the process should exit with.
#[must_use]
pub fn main() -> Exit {
    let arguments = Arguments::new(std::env::args_os().collect());
    let cli = Cli::parse_from(&arguments.given);
    cli.color.write_global();
    let done = fonts::begin(&cli.font).and_then(|()| run_command(&cli.command));
    let exit = done.unwrap_or_else(|error| {
        output::error(&error);
        Exit::Error
    });
    arguments.wait();
    exit
}

fn run_command(command: &Command) -> anyhow::Result<Exit> {
    match command {
        Command::Init(args) => init::init(args),
        Command::Import(args) => import::import(args),
        Command::Export(args) => export::export(args),
        Command::Check(args) => check::check(args),
        Command::Run(args) => run::run(args),
        Command::Shards(args) => shards::shards(args),
        Command::Merge(args) => merge::merge(args),
        Command::Sweep(args) => sweep::sweep(args),
        Command::Analyse(args) => analyse::analyse(args),
        Command::Compare(args) => compare::compare(args),
        Command::Explain(args) => explain::explain(args),
        Command::Respond(args) => respond::respond(args),
        Command::Report(args) => report::report(args),
        Command::Baseline(args) => baseline::baseline(args),
        Command::Status(args) => status::status(args),
        Command::Throughput(args) => throughput::throughput(args),
        Command::Verify(args) => verify::verify(args),
        Command::Selftest(args) => selftest::selftest(args),
        Command::Schema => generate::schema(),
        Command::Completions(args) => generate::completions(args),
        Command::Man => generate::man(),
    }
}
