//! What documents are to look like.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use crate::attachment::Paper;
use crate::dossier::Template;
use crate::report::Locale;
use crate::units::Percentile;

/// What documents contain and how they look.
#[derive(Debug, Args)]
pub struct DocumentArgs {
    /// For whom they are: steering, business-case, risk-review or full
    #[arg(long, value_name = "KIND", default_value = "business-case")]
    pub template: Template,
    /// How numbers and dates are written: en, de, fr or es; the words stay English
    #[arg(long, value_name = "LOCALE", default_value = "en")]
    pub locale: Locale,
    /// Their title; the name of the program by default
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// A PNG or JPEG picture for their head
    #[arg(long, value_name = "FILE")]
    pub logo: Option<PathBuf>,
    /// The size of pages: a4 or letter
    #[arg(long, value_name = "SIZE", default_value = "a4")]
    pub paper: Paper,
    /// Put every iteration on a sheet of workbooks (at most 1,048,575, Excel's limit)
    #[arg(long)]
    pub iterations_sheet: bool,
    /// A folder with text blocks of your own, such as statement.md, that replace those built in;
    /// `p80 report --write-texts DIR` writes these to begin with
    #[arg(long, value_name = "DIR")]
    pub texts: Option<PathBuf>,
    /// The day that they say they are of; none by default, so that the same answer gives the same bytes
    #[arg(long, value_name = "DATE")]
    pub dated: Option<Date>,
    /// The confidence that they are about
    #[arg(short, long, value_name = "P", default_value = "80")]
    pub percentile: Percentile,
}
