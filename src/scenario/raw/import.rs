//! Where a scenario was imported from, as written.

use super::{Many, Named, raw_table};

raw_table! {
    /// Where a scenario was imported from and how it was read, for the next import into it. Nothing is computed with it.
    pub struct RawImport is "the import" {
        /// The names of the files.
        from: Many<String>,
        /// What the headings of the tables of tasks were read as: `"Vorgang" = "name"`.
        tasks: Named<String>,
        /// What the headings of the risk registers were read as: `"Likelihood" = "probability"`.
        risks: Named<String>,
    }
}
