//! Tables as Parquet, for Power BI, Tableau, DuckDB and data frames.

use std::io::Write;
use std::sync::Arc;

use jiff::civil::date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Stored};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::iterations::{iteration_columns, iteration_rows};
use crate::model::Program;
use crate::report::{Cell, ColumnKind, Table};
use crate::results::Columns;

/// Rows that are written at a time.
const GROUP: usize = 1 << 16;

/// How the values of a column are stored; any of them may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Storage {
    Text,
    Date,
    Integer,
    Number,
}

impl Storage {
    /// What holds all values of a column; of a column without any, what its name says.
    fn of<'a>(name: &str, cells: impl Iterator<Item = &'a Cell>) -> Self {
        let own = |cell: &Cell| match cell {
            Cell::Empty => None,
            Cell::Text(_) => Some(Self::Text),
            Cell::Date(_) => Some(Self::Date),
            Cell::Integer(_) => Some(Self::Integer),
            Cell::Number(_) => Some(Self::Number),
        };
        let common = |one, other| match (one, other) {
            (one, other) if one == other => one,
            (Self::Integer | Self::Number, Self::Integer | Self::Number) => Self::Number,
            _ => Self::Text,
        };
        // Of money it is the ending that tells: three capital letters.
        let currency = name.rsplit('_').next().filter(|code| code.bytes().all(|b| b.is_ascii_uppercase()));
        cells.filter_map(own).reduce(common).unwrap_or(match ColumnKind::of(name, currency.unwrap_or("-")) {
            ColumnKind::Date => Self::Date,
            ColumnKind::Count => Self::Integer,
            ColumnKind::Money | ColumnKind::Share | ColumnKind::Days => Self::Number,
            ColumnKind::Number | ColumnKind::Words => Self::Text,
        })
    }

    fn field(self, name: &str) -> Result<Type, ParquetError> {
        let (stored, logical) = match self {
            Self::Text => (Stored::BYTE_ARRAY, Some(LogicalType::String)),
            Self::Date => (Stored::INT32, Some(LogicalType::Date)),
            Self::Integer => (Stored::INT64, None),
            Self::Number => (Stored::DOUBLE, None),
        };
        Type::primitive_type_builder(name, stored)
            .with_logical_type(logical)
            .with_repetition(Repetition::OPTIONAL)
            .build()
    }
}

/// A table as Parquet: the columns of the CSV file with their types, nothing where nothing is known.
#[must_use]
pub fn to_parquet(table: &Table) -> Vec<u8> {
    let storage =
        |(at, name): (usize, &String)| Storage::of(name, table.rows.iter().filter_map(|row| row.get(at)));
    let storages: Vec<Storage> = table.columns.iter().enumerate().map(storage).collect();
    let mut out = Vec::new();
    let mut file = File::begin(&mut out, table.name, &table.columns, storages)
        .expect("the columns of a table have names and types");
    let written = table.rows.chunks(GROUP).try_for_each(|rows| file.rows(rows));
    written.and_then(|()| file.finish()).expect("writing to memory does not fail");
    out
}

/// Writes the iterations, a row each: as in `iterations.csv`, with types.
///
/// # Errors
/// If writing fails.
pub fn write_iterations_parquet(
    columns: &Columns,
    program: &Program,
    out: &mut (dyn Write + Send),
) -> std::io::Result<()> {
    let names = iteration_columns(columns, program);
    let storages = names.iter().enumerate().map(|(at, name)| match at {
        0 => Storage::Integer,
        _ if name.ends_with("_date") => Storage::Date,
        _ => Storage::Number,
    });
    let write = || -> Result<(), ParquetError> {
        let mut file = File::begin(out, "iterations", &names, storages.collect())?;
        let mut rows = iteration_rows(columns, program);
        loop {
            let group: Vec<Vec<Cell>> = rows.by_ref().take(GROUP).collect();
            if group.is_empty() {
                return file.finish();
            }
            file.rows(&group)?;
        }
    };
    write().map_err(std::io::Error::other)
}

/// A file in the making.
struct File<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    storages: Vec<Storage>,
}

impl<W: Write + Send> File<W> {
    fn begin(out: W, name: &str, columns: &[String], storages: Vec<Storage>) -> Result<Self, ParquetError> {
        let fields = columns.iter().zip(&storages).map(|(name, storage)| storage.field(name).map(Arc::new));
        let schema = Type::group_type_builder(name).with_fields(fields.collect::<Result<_, _>>()?).build()?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        Ok(Self { writer, storages })
    }

    /// Writes these rows as a group of their own.
    fn rows(&mut self, rows: &[Vec<Cell>]) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for (at, storage) in self.storages.iter().enumerate() {
            let Some(mut column) = group.next_column()? else { break };
            let cells = || rows.iter().map(|row| row.get(at).unwrap_or(&Cell::Empty));
            let levels: Vec<i16> = cells().map(|cell| i16::from(*cell != Cell::Empty)).collect();
            match (column.untyped(), storage) {
                (ColumnWriter::ByteArrayColumnWriter(writer), _) => {
                    let values: Vec<ByteArray> =
                        cells().filter_map(text).map(|text| text.as_str().into()).collect();
                    writer.write_batch(&values, Some(&levels), None)?;
                }
                (ColumnWriter::Int32ColumnWriter(writer), _) => {
                    let values: Vec<i32> = cells().filter_map(day).collect();
                    writer.write_batch(&values, Some(&levels), None)?;
                }
                (ColumnWriter::Int64ColumnWriter(writer), _) => {
                    let values: Vec<i64> = cells().filter_map(integer).collect();
                    writer.write_batch(&values, Some(&levels), None)?;
                }
                (ColumnWriter::DoubleColumnWriter(writer), _) => {
                    let values: Vec<f64> = cells().filter_map(number).collect();
                    writer.write_batch(&values, Some(&levels), None)?;
                }
                _ => {}
            }
            column.close()?;
        }
        group.close()?;
        Ok(())
    }

    fn finish(self) -> Result<(), ParquetError> {
        self.writer.close().map(drop)
    }
}

fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Empty => None,
        Cell::Text(text) => Some(text.clone()),
        Cell::Date(date) => Some(date.to_string()),
        Cell::Integer(number) => Some(number.to_string()),
        Cell::Number(number) => Some(number.to_string()),
    }
}

/// Days since 1970.
fn day(cell: &Cell) -> Option<i32> {
    match cell {
        Cell::Date(day) => Some((*day - date(1970, 1, 1)).get_days()),
        _ => None,
    }
}

fn integer(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Integer(number) => Some(*number),
        _ => None,
    }
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Integer(number) => Some(*number as f64),
        Cell::Number(number) => Some(*number),
        _ => None,
    }
}
