//! Charts that Excel draws itself, from the numbers on the sheets.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, Color, Worksheet, XlsxError,
};

use crate::attachment::Contents;
use crate::report::{Cell, Table};

const LIGHT: u32 = 0xbc_d3_ea;
const STRONG: u32 = 0x1f_5f_99;
const COMMIT: u32 = 0x0b_2f_57;

/// A range of a column: sheet, first and last row, column.
type Range<'a> = (&'a str, u32, u16, u32, u16);

fn column(sheet: &str, (first, last): (u32, u32), at: u16) -> Range<'_> {
    (sheet, first, at, last, at)
}

fn bars(colour: u32) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(colour)));
    format
}

fn curve(colour: u32) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_line(ChartLine::new().set_color(Color::RGB(colour)).set_width(2.25));
    format
}

/// Histogram and S-curve of finish and cost, beside the summary; `rows` says where each stands in the sheet of
/// histograms.
pub(super) fn confidence(
    sheet: &mut Worksheet,
    contents: &Contents<'_>,
    histogram: &Table,
    name: &str,
) -> Result<(), XlsxError> {
    let mut top = 0;
    let currency = contents.sources.report().currency.code();
    for (quantity, title, from, format) in [
        ("finish", "Finish".to_owned(), 2_u16, "d mmm yy"),
        ("cost", format!("Cost, {currency}"), 4, "#,##0"),
    ] {
        let is_own = |row: &Vec<Cell>| row.first() == Some(&Cell::Text(quantity.to_owned()));
        let Some(first) = histogram.rows.iter().position(is_own) else { continue };
        let last = first + histogram.rows.iter().skip(first).take_while(|row| is_own(row)).count() - 1;
        let rows = (first as u32 + 1, last as u32 + 1);
        let mut columns = Chart::new_column();
        columns
            .add_series()
            .set_name("Share of iterations")
            .set_categories(column(name, rows, from))
            .set_values(column(name, rows, 6))
            .set_format(&mut bars(LIGHT))
            .set_gap(8);
        let mut line = Chart::new_line();
        line.add_series()
            .set_name("Probability of at most that")
            .set_categories(column(name, rows, from))
            .set_values(column(name, rows, 7))
            .set_secondary_axis(true)
            .set_format(&mut curve(STRONG));
        columns.title().set_name(&title);
        columns.x_axis().set_num_format(format).set_text_axis(true);
        columns.y_axis().set_num_format("0%").set_major_gridlines(false).set_name("Share of iterations");
        line.y2_axis().set_num_format("0%").set_min(0).set_max(1).set_name("Probability");
        columns.combine(&line);
        columns.legend().set_position(ChartLegendPosition::Bottom);
        columns.set_alt_text(format!("{title}: histogram and cumulative probability"));
        columns.set_width(680).set_height(340);
        sheet.insert_chart(top, 4, &columns)?;
        top += 18;
    }
    Ok(())
}

/// The largest rows of a table as bars: names in one column, values in another.
pub(super) fn largest(
    sheet: &mut Worksheet,
    (name, table): (&str, &Table),
    (label, value): (u16, u16),
    (title, at): (&str, (u32, u16)),
) -> Result<(), XlsxError> {
    if table.rows.is_empty() {
        return Ok(());
    }
    let last = table.rows.len().min(15) as u32;
    let mut chart = Chart::new_bar();
    chart
        .add_series()
        .set_categories(column(name, (1, last), label))
        .set_values(column(name, (1, last), value))
        .set_format(&mut bars(STRONG))
        .set_gap(40);
    chart.title().set_name(title);
    // The largest on top.
    chart.x_axis().set_reverse();
    chart.legend().set_hidden();
    chart.set_alt_text(title);
    chart.set_width(720).set_height(120 + 22 * last);
    sheet.insert_chart(at.0, at.1, &chart)?;
    Ok(())
}

/// Bars to both sides: what an outcome is when an input is low and when it is high.
pub(super) fn tornado(
    sheet: &mut Worksheet,
    name: &str,
    (label, low, high): (u16, u16, u16),
    rows: (u32, u32),
    (title, at): (&str, (u32, u16)),
) -> Result<(), XlsxError> {
    let mut chart = Chart::new_bar();
    for (title, value, colour) in [("input low", low, LIGHT), ("input high", high, COMMIT)] {
        chart
            .add_series()
            .set_name(title)
            .set_categories(column(name, rows, label))
            .set_values(column(name, rows, value))
            .set_format(&mut bars(colour))
            .set_overlap(100)
            .set_gap(40);
    }
    chart.title().set_name(title);
    chart.x_axis().set_reverse().set_label_position(rust_xlsxwriter::ChartAxisLabelPosition::Low);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_alt_text(title);
    chart.set_width(720).set_height(140 + 22 * (rows.1 - rows.0 + 1));
    sheet.insert_chart(at.0, at.1, &chart)?;
    Ok(())
}

/// Costs by period as columns, and their sum as a line.
pub(super) fn cash_flow(
    sheet: &mut Worksheet,
    name: &str,
    (period, within, sum): (u16, u16, u16),
    rows: (u32, u32),
    at: (u32, u16),
) -> Result<(), XlsxError> {
    let mut columns = Chart::new_column();
    columns
        .add_series()
        .set_name("In the period, P50")
        .set_categories(column(name, rows, period))
        .set_values(column(name, rows, within))
        .set_format(&mut bars(LIGHT))
        .set_gap(20);
    let mut line = Chart::new_line();
    line.add_series()
        .set_name("From the beginning, P80")
        .set_categories(column(name, rows, period))
        .set_values(column(name, rows, sum))
        .set_secondary_axis(true)
        .set_format(&mut curve(STRONG));
    line.y2_axis().set_num_format("#,##0").set_name("From the beginning");
    columns.y_axis().set_num_format("#,##0").set_name("In the period");
    columns.combine(&line);
    columns.title().set_name("Costs when they are paid");
    columns.legend().set_position(ChartLegendPosition::Bottom);
    columns.set_alt_text("Costs by period and their sum");
    columns.set_width(900).set_height(380);
    sheet.insert_chart(at.0, at.1, &columns)?;
    Ok(())
}
