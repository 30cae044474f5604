//! The first sheet: the key figures, and cells in which a reader asks.

use jiff::civil::Date;
use rust_xlsxwriter::{DataValidation, Formula, Workbook, Worksheet, XlsxError};

use super::curve::{Extent, SHEET};
use super::formats::{Formats, Kind};
use super::grid;
use crate::attachment::Contents;
use crate::dossier::{Block, Explorer, Mark};
use crate::report::Cell;
use crate::units::{Instant, Money};

/// The name of the sheet.
pub(super) const NAME: &str = "Summary";

/// Writes it into its sheet, which stands before all others.
pub(super) fn fill(
    book: &mut Workbook,
    contents: &Contents<'_>,
    (curve, extent): (&Explorer, &Extent),
    formats: &Formats,
) -> Result<u32, XlsxError> {
    let sheet = book.worksheet_from_name(NAME)?;
    let dossier = contents.dossier;
    sheet.set_column_width(0, 44.0)?.set_column_width(1, 20.0)?.set_column_width(2, 44.0)?;
    sheet.set_screen_gridlines(false).set_landscape().set_print_fit_to_pages(1, 1);
    sheet.write_string_with_format(0, 0, &dossier.title, &formats.title)?;
    let mut row = 1;
    for line in [&dossier.subtitle].into_iter().chain(&dossier.lines) {
        sheet.write_string_with_format(row, 0, line, &formats.muted)?;
        row += 1;
    }
    row += 1;
    let mut names = Vec::new();
    figures(sheet, contents, &mut row, formats, &mut names)?;
    row += 1;
    ask(sheet, contents, (curve, extent), &mut row, formats, &mut names)?;
    row += 1;
    for block in dossier.sections.first().map_or(&[][..], |section| &section.blocks) {
        if let Block::Paragraph(spans) = block {
            let text: String = spans.iter().map(|span| span.text.as_str()).collect();
            let wrapped =
                rust_xlsxwriter::Format::new().set_text_wrap().set_align(rust_xlsxwriter::FormatAlign::Top);
            sheet.merge_range(row, 0, row, 2, &text, &wrapped)?;
            let lines = text.chars().count().div_ceil(105).max(1);
            sheet.set_row_height(row, lines as f64 * 16.0)?;
            row += 1;
        }
    }
    for (name, cell) in names {
        book.define_name(name, &format!("={NAME}!${}", cell))?;
    }
    Ok(row)
}

/// The figures with their values as dates, sums and shares.
fn figures(
    sheet: &mut Worksheet,
    contents: &Contents<'_>,
    row: &mut u32,
    formats: &Formats,
    names: &mut Vec<(&'static str, String)>,
) -> Result<(), XlsxError> {
    let (report, level) = (contents.sources.report(), contents.dossier.level);
    let finish = report.finish.percentile(level);
    let cost = report.cost.percentile(level).filter(|_| report.has_costs);
    let plan = report.finish.plan.as_ref();
    let headline = &contents.sources.analysis.headline;
    let currency = report.currency.code();
    let never = || Cell::Text("never".to_owned());
    let mut rows: Vec<(String, Cell, Kind, Option<&'static str>)> = vec![
        ("Confidence".into(), Cell::Number(level.fraction()), Kind::Share, Some("Confidence")),
        (
            format!("Finish at {level}"),
            finish.map_or_else(never, |point| Cell::Date(point.value.date)),
            Kind::Date,
            Some("Finish_at_confidence"),
        ),
        (
            "Finish in the plan".into(),
            plan.map_or_else(never, |plan| Cell::Date(plan.date)),
            Kind::Date,
            None,
        ),
        ("The plan's date holds with".into(), report.finish.plan_probability.into(), Kind::Share, None),
        (
            "Contingency in time, working days".into(),
            headline.finish_contingency_working_days.into(),
            Kind::Days,
            Some("Contingency_days"),
        ),
    ];
    if let Some((date, chance)) = report.finish.target {
        rows.push(("Target date".into(), Cell::Date(date), Kind::Date, Some("Promised_date")));
        rows.push(("The target date holds with".into(), Cell::Number(chance.value), Kind::Share, None));
    }
    if report.has_costs {
        rows.push((
            format!("Cost at {level}, {currency}"),
            cost.map(|point| point.value).into(),
            Kind::Money,
            Some("Cost_at_confidence"),
        ));
        rows.push((format!("Cost in the plan, {currency}"), report.cost.plan.into(), Kind::Money, None));
        rows.push((
            format!("Contingency in money, {currency}"),
            headline.cost_contingency.into(),
            Kind::Money,
            Some("Contingency_money"),
        ));
        if let Some((budget, chance)) = report.cost.target {
            rows.push((
                format!("Budget, {currency}"),
                Cell::Number(budget),
                Kind::Money,
                Some("Promised_budget"),
            ));
            rows.push(("The budget holds with".into(), Cell::Number(chance.value), Kind::Share, None));
        }
    }
    if let Some(joint) = &report.joint_target {
        rows.push(("Both hold together with".into(), Cell::Number(joint.probability), Kind::Share, None));
    }
    for (label, cell, kind, name) in rows {
        sheet.write_string_with_format(*row, 0, label, &formats.label)?;
        grid::write(sheet, (*row, 1), &cell, kind, formats)?;
        names.extend(name.map(|name| (name, format!("B${}", *row + 1))));
        *row += 1;
    }
    Ok(())
}

/// Cells to type into, each with a cell that answers.
fn ask(
    sheet: &mut Worksheet,
    contents: &Contents<'_>,
    (curve, extent): (&Explorer, &Extent),
    row: &mut u32,
    formats: &Formats,
    names: &mut Vec<(&'static str, String)>,
) -> Result<(), XlsxError> {
    let report = contents.sources.report();
    if curve.dates.is_empty() {
        return Ok(());
    }
    sheet.write_string_with_format(*row, 0, "Ask: change the yellow cells", &formats.title)?;
    *row += 1;
    let day =
        |mark: &Mark| Instant(mark.at.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32).finish_date();
    let middle = |marks: &[Mark]| {
        marks.iter().position(|mark| mark.chance.probability >= 0.8).unwrap_or(marks.len() - 1)
    };
    let dates = (format!("{SHEET}!$A$2:$A${}", extent.dates), format!("{SHEET}!$B$2:$B${}", extent.dates));
    let asked =
        report.finish.target.map_or_else(|| day(&curve.dates[middle(&curve.dates)]), |(date, _)| date);
    let known = |date: Date| {
        curve
            .dates
            .iter()
            .take_while(|mark| day(mark) <= date)
            .last()
            .map_or(0.0, |mark| mark.chance.probability)
    };
    // From a date to its probability.
    let date_cell = format!("$B${}", *row + 1);
    sheet.write_string_with_format(*row, 0, "If we promise this date", &formats.label)?;
    if let Some(asked) = grid::day(asked) {
        sheet.write_datetime_with_format(*row, 1, &asked, &formats.input_date)?;
    }
    names.push(("Asked_date", format!("B${}", *row + 1)));
    *row += 1;
    let formula = look_up(&date_cell, &dates);
    sheet.write_string(*row, 0, "we keep it with")?;
    let answer = Formula::new(formula).set_result(known(asked).to_string());
    sheet.write_formula_with_format(*row, 1, answer, formats.of(Kind::Share))?;
    names.push(("Probability_of_asked_date", format!("B${}", *row + 1)));
    *row += 2;
    let budgets =
        (format!("{SHEET}!$D$2:$D${}", extent.budgets), format!("{SHEET}!$E$2:$E${}", extent.budgets));
    if !curve.budgets.is_empty() {
        let budget_cell = format!("$B${}", *row + 1);
        let major = |mark: &Mark| report.currency.major(Money(mark.at));
        let asked = report
            .cost
            .target
            .map_or_else(|| major(&curve.budgets[middle(&curve.budgets)]), |(budget, _)| budget);
        let label = format!("If we promise this budget, {}", report.currency.code());
        sheet.write_string_with_format(*row, 0, label, &formats.label)?;
        sheet.write_number_with_format(*row, 1, asked, &formats.input_money)?;
        names.push(("Asked_budget", format!("B${}", *row + 1)));
        *row += 1;
        let known = curve.budgets.iter().take_while(|mark| major(mark) <= asked).last();
        sheet.write_string(*row, 0, "we keep it with at least")?;
        let answer = Formula::new(look_up(&budget_cell, &budgets))
            .set_result(known.map_or(0.0, |mark| mark.chance.probability).to_string());
        sheet.write_formula_with_format(*row, 1, answer, formats.of(Kind::Share))?;
        names.push(("Probability_of_asked_budget", format!("B${}", *row + 1)));
        *row += 2;
    }
    // From a probability to a date and a budget.
    let wanted = format!("$B${}", *row + 1);
    sheet.write_string_with_format(*row, 0, "To be this confident", &formats.label)?;
    sheet.write_number_with_format(*row, 1, contents.dossier.level.fraction(), &formats.input_share)?;
    let between = rust_xlsxwriter::DataValidationRule::Between(0.0, 1.0);
    let rule =
        DataValidation::new().allow_decimal_number(between).set_error_message("A share from 0 % to 100 %")?;
    sheet.add_data_validation(*row, 1, *row, 1, &rule)?;
    names.push(("Asked_confidence", format!("B${}", *row + 1)));
    *row += 1;
    let level = contents.dossier.level.fraction();
    let first = |marks: &[Mark]| marks.iter().position(|mark| mark.chance.probability >= level);
    sheet.write_string(*row, 0, "promise no earlier date than")?;
    let result = first(&curve.dates).and_then(|at| grid::day(day(&curve.dates[at])));
    let serial = result.map_or("later".to_owned(), |day| day.to_excel().to_string());
    let answer = Formula::new(reverse(&wanted, &dates)).set_result(serial);
    sheet.write_formula_with_format(*row, 1, answer, formats.of(Kind::Date))?;
    names.push(("Date_of_asked_confidence", format!("B${}", *row + 1)));
    *row += 1;
    if !curve.budgets.is_empty() {
        sheet.write_string(*row, 0, format!("and no smaller budget than, {}", report.currency.code()))?;
        let result = first(&curve.budgets).map(|at| report.currency.major(Money(curve.budgets[at].at)));
        let answer = Formula::new(reverse(&wanted, &budgets))
            .set_result(result.map_or("more".to_owned(), |amount| amount.to_string()));
        sheet.write_formula_with_format(*row, 1, answer, formats.of(Kind::Money))?;
        names.push(("Budget_of_asked_confidence", format!("B${}", *row + 1)));
        *row += 1;
    }
    let note =
        "Looked up in the sheet Curve; date and budget are each by itself, together they hold less often.";
    sheet.write_string_with_format(*row, 0, note, &formats.muted)?;
    *row += 1;
    Ok(())
}

/// The probability of the last mark that is not beyond a cell.
fn look_up(cell: &str, (marks, shares): &(String, String)) -> String {
    let first = marks.split(':').next().unwrap_or_default();
    format!("=IF({cell}<{first},0,LOOKUP({cell},{marks},{shares}))")
}

/// The first mark whose probability reaches a cell.
fn reverse(cell: &str, (marks, shares): &(String, String)) -> String {
    format!("=IFERROR(INDEX({marks},SUMPRODUCT(--({shares}<{cell}))+1),\"beyond\")")
}
