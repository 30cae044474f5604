//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// What a column holds, told by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Words,
    Date,
    Money,
    Share,
    Days,
    Count,
    Number,
}

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

impl Kind {
    /// By the name of a column: units are in names.
    pub(super) fn of(column: &str, currency: &str) -> Self {
        let is_share = [
            "_share",
            "_index",
            "probability",
            "_shrinks",
            "frequency",
            "probability_after",
            "probability_gain",
        ];
        if column.ends_with("_date") || matches!(column, "date" | "from" | "to" | "until") {
            Self::Date
        } else if column.ends_with(&format!("_{currency}")) {
            Self::Money
        } else if is_share.iter().any(|end| column.ends_with(end)) || column == "share" {
            Self::Share
        } else if column.ends_with("_days") || column.ends_with("_days_earlier") {
            Self::Days
        } else if matches!(column, "iterations" | "iteration" | "members" | "links" | "tasks")
            || column.ends_with("_minutes")
        {
            Self::Count
        } else {
            Self::Number
        }
    }
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
