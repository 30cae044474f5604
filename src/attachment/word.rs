//! A document for word processors, plain enough to be pasted into anybody's template.

use std::io::Cursor;

use docx_rs::{
    AbstractNumbering, AlignmentType, BreakType, Docx, Footer, IndentLevel, Level, LevelJc, LevelText,
    LineSpacing, NumberFormat, Numbering, NumberingId, PageMargin, PageNum, Paragraph, Pic, Run, RunFonts,
    Shading, SpecialIndentType, Start, Style, StyleType, Table, TableBorders, TableCell, TableCellMargins,
    TableRow, WidthType,
};

use super::{AttachmentError, Contents};
use crate::dossier::{Block, KeyFigure, Sheet, Span};

/// Twentieths of a point in a point.
const TWIPS: f64 = 20.0;
/// The margins of a page, in points.
const MARGIN: f64 = 56.0;
/// The length unit of pictures in a point.
const EMU: f64 = 12_700.0;
/// The number of the list style.
const LIST: usize = 2;
/// The mean width of a letter, in its height.
const LETTER: f64 = 0.58;
/// The margin of a cell on either side, in twips.
const GAP: usize = 60;
const MUTED: &str = "55606E";

/// The document as DOCX.
pub(super) fn document(contents: &Contents<'_>) -> Result<Vec<u8>, AttachmentError> {
    let dossier = contents.dossier;
    let (width, height) = contents.paper.size();
    let twips = |points: f64| (points * TWIPS).round() as u32;
    let margin = twips(MARGIN) as i32;
    let margins = PageMargin {
        top: margin,
        left: margin,
        bottom: margin,
        right: margin,
        header: 700,
        footer: 500,
        gutter: 0,
    };
    let wide = width - 2.0 * MARGIN;
    let mut document = styled(Docx::new())
        .page_size(twips(width), twips(height))
        .page_margin(margins)
        .footer(foot(contents))
        .add_paragraph(text(&dossier.title, "Title"))
        .add_paragraph(text(&dossier.subtitle, "Subtitle"));
    for line in &dossier.lines {
        document =
            document.add_paragraph(Paragraph::new().add_run(Run::new().add_text(line).size(18).color(MUTED)));
    }
    for section in &dossier.sections {
        document = document.add_paragraph(text(section.heading, "Heading1"));
        for block in &section.blocks {
            document = match block {
                Block::Paragraph(spans) => document.add_paragraph(line(Paragraph::new(), spans)),
                Block::Heading(heading) => document.add_paragraph(text(heading, "Heading2")),
                Block::Bullets(items) => items.iter().fold(document, |document, item| {
                    let bullet = Paragraph::new().numbering(NumberingId::new(LIST), IndentLevel::new(0));
                    document.add_paragraph(line(bullet, item))
                }),
                Block::Figures(figures) => {
                    document.add_table(key_figures(figures, wide)).add_paragraph(Paragraph::new())
                }
                Block::Sheet(sheet) => {
                    let caption = Run::new().add_text(&sheet.caption).bold();
                    let note = sheet.note.as_deref().unwrap_or("");
                    document
                        .add_paragraph(Paragraph::new().keep_next(true).add_run(caption))
                        .add_table(table(sheet, wide))
                        .add_paragraph(
                            Paragraph::new().add_run(Run::new().add_text(note).size(16).color(MUTED)),
                        )
                }
                Block::Chart { name, .. } => {
                    let Some(drawing) = contents.drawing(name) else { continue };
                    let (across, down) = drawing.size();
                    let emu = |points: f64| (points * EMU).round() as u32;
                    let high = (wide * down / across).min(height - 2.0 * MARGIN - 40.0);
                    let picture = Pic::new_with_dimensions(drawing.png()?, across as u32, down as u32)
                        .size(emu(high * across / down), emu(high));
                    document.add_paragraph(Paragraph::new().add_run(Run::new().add_image(picture)))
                }
            };
        }
    }
    // The record is text of the smallest kind, so that it survives being saved elsewhere.
    let record = Run::new().add_text(dossier.record().encoded()).size(4).color("FFFFFF");
    let mut bytes = Cursor::new(Vec::new());
    document
        .add_paragraph(
            Paragraph::new().add_run(Run::new().add_break(BreakType::TextWrapping)).add_run(record),
        )
        .build()
        .pack(&mut bytes)
        .map_err(|error| AttachmentError::Write { format: "Word document", why: error.to_string() })?;
    Ok(bytes.into_inner())
}

/// The document with its styles: those that every template knows by name.
fn styled(document: Docx) -> Docx {
    let heading = |id: &str, name: &str, size: usize, level: usize| {
        Style::new(id, StyleType::Paragraph).name(name).size(size).bold().outline_lvl(level)
    };
    let bullet = Level::new(
        0,
        Start::new(1),
        NumberFormat::new("bullet"),
        LevelText::new("\u{2022}"),
        LevelJc::new("left"),
    )
    .indent(Some(360), Some(SpecialIndentType::Hanging(260)), None, None);
    document
        .default_fonts(RunFonts::new().ascii("Arial").hi_ansi("Arial").cs("Arial").east_asia("Arial"))
        .default_size(20)
        .default_line_spacing(LineSpacing::new().after(120))
        .add_style(Style::new("Title", StyleType::Paragraph).name("Title").size(40).bold())
        .add_style(Style::new("Subtitle", StyleType::Paragraph).name("Subtitle").size(26).color(MUTED))
        .add_style(heading("Heading1", "heading 1", 28, 0))
        .add_style(heading("Heading2", "heading 2", 23, 1))
        .add_abstract_numbering(AbstractNumbering::new(LIST).add_level(bullet))
        .add_numbering(Numbering::new(LIST, LIST))
}

fn text(text: &str, style: &str) -> Paragraph {
    Paragraph::new().style(style).keep_next(true).add_run(Run::new().add_text(text))
}

fn line(paragraph: Paragraph, spans: &[Span]) -> Paragraph {
    spans.iter().fold(paragraph, |paragraph, span| {
        let run = Run::new().add_text(&span.text);
        paragraph.add_run(if span.strong { run.bold() } else { run })
    })
}

fn foot(contents: &Contents<'_>) -> Footer {
    let dossier = contents.dossier;
    let hash: String = dossier.manifest.inputs_sha256.chars().take(12).collect();
    let says = format!("{} \u{b7} inputs {hash} \u{b7} ", dossier.lines.last().map_or("", String::as_str));
    let says = Run::new().add_text(says).size(15).color(MUTED);
    Footer::new().add_paragraph(Paragraph::new().add_run(says).add_page_num(PageNum::new()))
}

fn key_figures(figures: &[KeyFigure], wide: f64) -> Table {
    let cell = |text: &str, bold: bool, share: f64| {
        let run = Run::new().add_text(text);
        let run = if bold { run.bold() } else { run };
        TableCell::new()
            .width((wide * share * TWIPS) as usize, WidthType::Dxa)
            .add_paragraph(Paragraph::new().line_spacing(LineSpacing::new().after(0)).add_run(run))
    };
    let rows = figures.iter().map(|figure| {
        TableRow::new(vec![
            cell(&figure.label, false, 0.36),
            cell(&figure.value, true, 0.26),
            cell(&figure.remark, false, 0.38),
        ])
        .cant_split()
    });
    Table::new(rows.collect()).width((wide * TWIPS) as usize, WidthType::Dxa).set_borders(rules())
}

fn table(sheet: &Sheet, wide: f64) -> Table {
    let wide = wide * TWIPS;
    let (size, widths) = columns_of(sheet, wide);
    let cell = |(at, text): (usize, &str), words: bool, head: bool| {
        let run = Run::new().add_text(text).size(size);
        let run = if head { run.bold() } else { run };
        let align = if words { AlignmentType::Left } else { AlignmentType::Right };
        let cell = TableCell::new().width(widths[at], WidthType::Dxa).add_paragraph(
            Paragraph::new().line_spacing(LineSpacing::new().after(0)).align(align).add_run(run),
        );
        if head { cell.shading(Shading::new().fill("F1F4F7")) } else { cell }
    };
    let columns = || sheet.columns.iter().enumerate();
    let head = columns().map(|(at, column)| cell((at, &column.heading), column.words, true));
    let head = TableRow::new(head.collect()).cant_split();
    let rows = sheet.rows.iter().map(|row| {
        let cells = row.iter().zip(columns());
        TableRow::new(
            cells.map(|(shown, (at, column))| cell((at, &shown.text), column.words, false)).collect(),
        )
        .cant_split()
    });
    Table::new([head].into_iter().chain(rows).collect())
        .margins(TableCellMargins::new().margin(0, GAP, 0, GAP))
        .set_grid(widths)
        .width(wide as usize, WidthType::Dxa)
        .set_borders(rules())
}

/// The size of the letters in half points, and the widths of the columns in twips: numbers, dates and words stay whole,
/// and what is left over goes to columns of words.
fn columns_of(sheet: &Sheet, wide: f64) -> (usize, Vec<usize>) {
    let texts =
        |at: usize| sheet.rows.iter().filter_map(move |row| row.get(at)).map(|shown| shown.text.as_str());
    let longest_word = |text: &str| text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
    // Of a name, so many letters stay whole.
    let unbroken = |of_words: usize| -> Vec<usize> {
        let each = sheet.columns.iter().enumerate().map(|(at, column)| {
            let whole = |text: &str| match column.words {
                true => longest_word(text).min(of_words),
                false => text.chars().count(),
            };
            texts(at).map(whole).chain([longest_word(&column.heading)]).max().unwrap_or(0)
        });
        each.collect()
    };
    let needs = |(size, of_words): (usize, usize)| -> Vec<f64> {
        let letter = size as f64 / 2.0 * TWIPS * LETTER;
        unbroken(of_words).iter().map(|&letters| letters as f64 * letter + 2.5 * GAP as f64).collect()
    };
    let choices = [(17, 24), (15, 24), (13, 24), (13, 10), (11, 10)];
    let fits = |choice: &(usize, usize)| needs(*choice).iter().sum::<f64>() <= wide;
    let choice = choices.into_iter().find(fits).unwrap_or(choices[choices.len() - 1]);
    let (size, unbroken, needs) = (choice.0, unbroken(choice.1), needs(choice));
    let sum = needs.iter().sum::<f64>();
    // How much longer than its longest word a column of words would like to be.
    let wishes: Vec<f64> = (0..sheet.columns.len())
        .map(|at| {
            let whole = texts(at).map(|text| text.chars().count()).max().unwrap_or(0).min(40);
            if sheet.columns[at].words { whole.saturating_sub(unbroken[at]) as f64 + 1.0 } else { 1.0 }
        })
        .collect();
    let wished = wishes.iter().sum::<f64>().max(1.0);
    let width = |(need, wish): (&f64, &f64)| match wide - sum {
        spare if spare >= 0.0 => (need + spare * wish / wished) as usize,
        _ => (need * wide / sum) as usize,
    };
    (size, needs.iter().zip(&wishes).map(width).collect())
}

/// Thin grey rules between rows, and no others.
fn rules() -> TableBorders {
    use docx_rs::{BorderType, TableBorder, TableBorderPosition as Position};
    let rule = |at| TableBorder::new(at).border_type(BorderType::Single).size(4).color("D5DAE1");
    let at = [Position::Top, Position::Bottom, Position::InsideH];
    at.into_iter().fold(TableBorders::with_empty(), |rules, at| rules.set(rule(at)))
}
