//! Several programs as one, as written.

use super::{At, Many, Named, RawLink, RawTargets, raw_table};

raw_table! {
    /// Several programs as one.
    pub struct RawPortfolio is "the portfolio" {
        /// Its name.
        name: String = required,
        /// The files of its programs, each under the name of its file without the extension as its id; those of
        /// `[programs]` come after them.
        programs: Many<String>,
        /// The currency in which all programs are added up, by its three letters; that of the programs, if it is one,
        /// unless given.
        currency: String,
        /// What one unit of another currency costs in that of the portfolio: `{ USD = 0.92 }`.
        rates: Named<f64>,
        /// The calendar in whose working time the length of the portfolio is measured; `standard` unless given.
        calendar: String,
        /// The percentiles to report; `[50, 80, 90]` unless given.
        confidence: Vec<At<f64>>,
        /// What has been promised of all programs together.
        targets: RawTargets,
        /// The ids of drivers that several programs have: each of them is one driver with one draw for all of them.
        shared_drivers: Many<String>,
    }
}

raw_table! {
    /// A program of a portfolio.
    pub struct RawMember is "a program of the portfolio", short value "a file" (file: String) {
        /// Its scenario file.
        file: String = required,
        /// The variant of it that counts; the scenario as written unless given.
        variant: String,
    }
}

raw_table! {
    /// What work of one program waits for in others.
    pub struct RawCrossLinks is "a link between programs" {
        /// The task, milestone, project or program that waits, such as `"erp:cutover"`.
        to: String = required,
        /// What it waits for, as in the `after` of a task: `"cloud:landing-zone"`, or
        /// `{ SS = "cloud:landing-zone", lag = "5d" }`.
        after: Many<RawLink> = required,
    }
}
