//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

pub(super) use crate::report::ColumnKind as Kind;

/// The formats of a workbook.
pub(super) struct Formats {
    pub(super) title: Format,
    pub(super) muted: Format,
    pub(super) head: Format,
    pub(super) label: Format,
    pub(super) input_date: Format,
    pub(super) input_money: Format,
    pub(super) input_share: Format,
    words: Format,
    date: Format,
    money: Format,
    share: Format,
    days: Format,
    count: Format,
    number: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
        let strong = Color::RGB(0x1f_5f_99);
        let input = Format::new().set_background_color(Color::RGB(0xff_f7_d6)).set_border(FormatBorder::Thin);
        Self {
            title: Format::new().set_bold().set_font_size(16),
            muted: Format::new().set_font_color(Color::RGB(0x55_60_6e)),
            head: Format::new()
                .set_bold()
                .set_background_color(strong)
                .set_font_color(Color::White)
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter),
            label: Format::new().set_bold(),
            input_date: input.clone().set_num_format("d mmm yyyy"),
            input_money: input.clone().set_num_format("#,##0"),
            input_share: input.set_num_format("0.0%"),
            words: Format::new(),
            // With the month in letters no reader takes it for another day.
            date: Format::new().set_num_format("d mmm yyyy").set_align(FormatAlign::Right),
            money: Format::new().set_num_format("#,##0"),
            share: Format::new().set_num_format("0.0%"),
            days: Format::new().set_num_format("#,##0.0"),
            count: Format::new().set_num_format("#,##0"),
            number: Format::new().set_num_format("General"),
        }
    }

    pub(super) fn of(&self, kind: Kind) -> &Format {
        match kind {
            Kind::Words => &self.words,
            Kind::Date => &self.date,
            Kind::Money => &self.money,
            Kind::Share => &self.share,
            Kind::Days => &self.days,
            Kind::Count => &self.count,
            Kind::Number => &self.number,
        }
    }
}
