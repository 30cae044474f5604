//! In which formats the tables of a results folder are written.

use std::io::{self, Write};

use super::{CsvStyle, to_csv};
use crate::model::Program;
use crate::report::{Outputs, Table};
use crate::results::Columns;

/// In which formats tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableFormats {
    /// How CSV is written: always.
    pub csv: CsvStyle,
    /// Whether each table is also written as Parquet; of no effect without [`TableFormats::HAS_PARQUET`].
    pub parquet: bool,
}

impl TableFormats {
    /// Whether this build writes Parquet: the feature `parquet`.
    pub const HAS_PARQUET: bool = cfg!(feature = "parquet");

    /// As recorded of a results folder.
    #[must_use]
    pub fn of(outputs: &Outputs) -> Self {
        let separator = u8::try_from(outputs.csv_separator).unwrap_or(b',');
        Self { csv: CsvStyle::for_separator(separator), parquet: outputs.parquet }
    }

    /// Name and bytes of the files of these tables.
    #[must_use]
    pub fn files(self, tables: &[Table]) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        for table in tables {
            files.push((format!("{}.csv", table.name), to_csv(table, self.csv)));
            #[cfg(feature = "parquet")]
            if self.parquet {
                files.push((format!("{}.parquet", table.name), super::to_parquet(table)));
            }
        }
        files
    }

    /// The iterations as Parquet: the columns of the CSV file.
    ///
    /// # Errors
    /// [`io::ErrorKind::Unsupported`] without [`TableFormats::HAS_PARQUET`], and what `out` returns.
    #[cfg_attr(not(feature = "parquet"), allow(unused_variables))]
    pub fn write_iterations_parquet(
        columns: &Columns,
        program: &Program,
        out: &mut (dyn Write + Send),
    ) -> io::Result<()> {
        #[cfg(feature = "parquet")]
        let written = super::parquet::write_iterations_parquet(columns, program, out);
        #[cfg(not(feature = "parquet"))]
        let written = Err(io::ErrorKind::Unsupported.into());
        written
    }
}
