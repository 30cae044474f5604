//! Turns recorded months of earned value into a scenario with a report for every month, to try the monthly cycle on:
//!
//! ```text
//! cargo run --example federal_office -- ../shared/data/risk office
//! p80 baseline office/office.toml
//! p80 status office/office.toml --date 2023-06-30 -o june
//! ```
//!
//! The folder of the record holds `federal_office_wbs.csv`, `federal_office_evm_monthly.csv`,
//! `federal_office_risk_register.csv` and `federal_office_change_orders.csv`. `june/evm_projects.csv` then has the CPI
//! and SPI that the record has in its own columns.

mod record;

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = env::args().skip(1);
    let from = words.next().unwrap_or_else(|| "../shared/data/risk".to_owned());
    let to = words.next().unwrap_or_else(|| "office".to_owned());
    let files = record::read(Path::new(&from))?.files();
    for (name, text) in &files {
        let path = Path::new(&to).join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(&to)))?;
        fs::write(&path, text)?;
    }
    println!("wrote {to}/office.toml and {} reports", files.len() - 1);
    Ok(())
}
