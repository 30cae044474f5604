//! In which formats the tables of a results folder are written.

use super::{CsvStyle, to_csv};
use crate::report::{Outputs, Table};

/// In which formats tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableFormats {
    /// How CSV is written: always.
    pub csv: CsvStyle,
    /// Whether each table is also written as Parquet. A build without the feature `parquet` writes none.
    pub parquet: bool,
}

impl TableFormats {
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
}
