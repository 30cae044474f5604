//! What the results folder of one simulated program holds.

use std::io::Write;

use anyhow::Context;

use super::results_folder::ResultsFolder;
use super::shared_args::FolderArgs;
use crate::chart::Drawing;
use crate::export::{self, TableFormats};
use crate::report::Report;
use crate::results::Columns;
use crate::scenario::Loaded;

/// Everything that is written to it.
pub(super) struct Written<'a> {
    /// The program.
    pub(super) loaded: &'a Loaded,
    /// Its forecast.
    pub(super) report: &'a Report,
    /// The values of every iteration, if they are wanted.
    pub(super) columns: Option<&'a Columns>,
    /// Whether they are wanted as CSV.
    pub(super) iterations_csv: bool,
    /// Files besides.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// Charts besides.
    pub(super) charts: Vec<Drawing>,
    /// What is not a function of the inputs.
    pub(super) log: String,
}

impl Written<'_> {
    /// Writes it and gives the folder its name.
    ///
    /// # Errors
    /// If something cannot be written.
    pub(super) fn write(self, folder: ResultsFolder, args: &FolderArgs) -> anyhow::Result<()> {
        let program = &self.loaded.program;
        args.write_report(&folder, self.loaded, self.report, self.iterations_csv)?;
        folder.write_all(self.files)?;
        args.write_charts(&folder, || self.charts)?;
        if let Some(columns) = self.columns {
            let failed = "failed to write the iterations";
            if self.iterations_csv {
                let mut file = folder.create("iterations.csv")?;
                export::write_iterations(columns, program, args.style(), &mut file).context(failed)?;
                file.flush().context(failed)?;
            }
            if args.tables().parquet {
                let mut file = folder.create("iterations.parquet")?;
                TableFormats::write_iterations_parquet(columns, program, &mut file).context(failed)?;
                file.flush().context(failed)?;
            }
        }
        folder.write("run.log", self.log.as_bytes())?;
        folder.finish()
    }
}
