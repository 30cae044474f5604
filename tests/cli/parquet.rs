//! Tables for Power BI, Tableau and DuckDB.

use predicates::str::contains;

use crate::place::Place;

#[test]
fn parquet_needs_a_folder() {
    let place = Place::new();
    place.p80(&["run", "pilot.toml", "-n", "512", "--format", "parquet"]).code(2).stderr(contains("--out"));
}

#[cfg(feature = "parquet")]
mod written {
    use std::fs::File;

    use parquet::basic::Type;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::*;

    fn open(place: &Place, name: &str) -> SerializedFileReader<File> {
        SerializedFileReader::new(File::open(place.path(name)).unwrap()).unwrap()
    }

    fn rows(reader: &SerializedFileReader<File>) -> Vec<Vec<(String, Field)>> {
        reader.get_row_iter(None).unwrap().map(|row| row.unwrap().into_columns()).collect()
    }

    /// A value as the CSV file writes it.
    fn as_csv(field: &Field) -> String {
        match field {
            Field::Null => String::new(),
            Field::Str(text) if text.starts_with('=') => format!("'{text}"),
            Field::Str(text) => text.clone(),
            Field::Long(number) => number.to_string(),
            Field::Double(number) => number.to_string(),
            Field::Date(day) => {
                let span = jiff::Span::new().days(*day);
                jiff::civil::date(1970, 1, 1).checked_add(span).unwrap().to_string()
            }
            other => panic!("no such value is written: {other:?}"),
        }
    }

    #[test]
    fn every_table_is_there_with_the_values_of_its_csv_file() {
        let place = Place::new();
        let run = ["run", "pilot.toml", "-n", "2048", "--format", "parquet", "--iterations-csv"];
        place.p80(&[&run[..], &["--out", "r"]].concat()).success().stdout(contains("P80"));
        let mut compared = 0;
        for entry in std::fs::read_dir(place.path("r")).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let Some(stem) = name.strip_suffix(".csv") else { continue };
            let text = place.text(&format!("r/{name}"));
            let mut csv = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let wanted: Vec<Vec<String>> =
                csv.records().map(|row| row.unwrap().iter().map(String::from).collect()).collect();
            let reader = open(&place, &format!("r/{stem}.parquet"));
            let found: Vec<Vec<String>> = rows(&reader)
                .iter()
                .map(|row| row.iter().map(|(_, field)| as_csv(field)).collect())
                .collect();
            assert_eq!(found, wanted, "{stem}");
            compared += 1;
        }
        assert!(compared >= 6, "only {compared} tables were compared");
        let reader = open(&place, "r/iterations.parquet");
        assert_eq!(rows(&reader).len(), 2048);
        let schema = reader.metadata().file_metadata().schema_descr();
        let types: Vec<(String, Type)> = schema
            .columns()
            .iter()
            .map(|column| (column.name().to_owned(), column.physical_type()))
            .collect();
        let wanted = [
            ("iteration".to_owned(), Type::INT64),
            ("finish_date".to_owned(), Type::INT32),
            ("cost_EUR".to_owned(), Type::DOUBLE),
        ];
        assert_eq!(types[..3], wanted);
        // A task's name that looks like a formula is a name.
        let tasks = rows(&open(&place, "r/tasks.parquet"));
        assert!(tasks.iter().flatten().any(|(_, field)| *field == Field::Str("=build()".to_owned())));
    }

    #[test]
    fn the_files_come_out_again() {
        let place = Place::new();
        place.p80(&["run", "pilot.toml", "-n", "2048", "--format", "parquet", "--out", "r"]).success();
        place.p80(&["verify", "r"]).success().stdout(contains("iterations.parquet"));
        let path = place.path("r/milestones.parquet");
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[20] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        place.p80(&["verify", "r"]).code(1).stdout(contains("the whole file"));
    }

    #[test]
    fn analyses_and_comparisons_write_theirs_too() {
        let place = Place::new();
        let more = ["-n", "1024", "--format", "parquet", "--no-charts", "--out"];
        place.p80(&[&["analyse", "pilot.toml"][..], &more, &["a"]].concat()).success();
        place.holds("a", &["contribution.parquet", "percentiles.parquet"]);
        place.p80(&[&["explain", "pilot.toml", "--iteration", "3"][..], &more, &["e"]].concat()).success();
        place.holds("e", &["iteration.parquet"]);
        place.p80(&[&["compare", "pilot.toml", "pilot.toml"][..], &more, &["c"]].concat()).success();
        place.holds("c", &["comparison.parquet"]);
    }
}
