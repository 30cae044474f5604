//! From blocks to marks on pages.

use std::collections::BTreeSet;

use super::structure::{Kind, Part, Structure};
use super::words::{self, Run};
use crate::attachment::Contents;
use crate::chart::{Colour, Drawing, lacking, lacking_characters};
use crate::dossier::{Block, KeyFigure, Span};

/// Space around the text of a page, in points.
pub(super) const MARGIN: f64 = 48.0;
/// Size of the text.
const BODY: f64 = 10.0;
/// Height of its lines.
const LEADING: f64 = 1.4;

pub(super) const INK: Colour = Colour(0x1b, 0x24, 0x30);
pub(super) const MUTED: Colour = Colour(0x55, 0x60, 0x6e);
pub(super) const STRONG: Colour = Colour(0x1f, 0x5f, 0x99);
pub(super) const RULE: Colour = Colour(0xd5, 0xda, 0xe1);
pub(super) const SHADE: Colour = Colour(0xf1, 0xf4, 0xf7);

/// Something on a page, in points from its upper left corner.
#[derive(Clone, Debug)]
pub(super) enum Mark<'a> {
    /// A text: where its baseline begins.
    Text { x: f64, y: f64, size: f64, bold: bool, colour: Colour, text: String },
    /// A filled rectangle: its corner, its width and its height.
    Rect { x: f64, y: f64, width: f64, height: f64, colour: Colour },
    /// A chart with its upper left corner and its width.
    Chart { x: f64, y: f64, width: f64, drawing: &'a Drawing },
    /// The logo in a box.
    Logo { x: f64, y: f64, width: f64, height: f64 },
}

impl Mark<'_> {
    /// Adds the characters that no font has.
    pub(super) fn lacks(&self, found: &mut BTreeSet<char>) {
        match self {
            Mark::Text { text, bold, .. } => lacking(text, *bold, found),
            Mark::Chart { drawing, .. } => found.extend(lacking_characters(std::slice::from_ref(*drawing))),
            Mark::Rect { .. } | Mark::Logo { .. } => {}
        }
    }
}

/// A page: its marks with the part of the document that each belongs to, if any.
#[derive(Clone, Debug, Default)]
pub(super) struct Page<'a> {
    pub(super) marks: Vec<(Option<Part>, Mark<'a>)>,
}

/// A bookmark: level, text, page and height on it.
#[derive(Clone, Debug)]
pub(super) struct Bookmark {
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) y: f64,
}

/// Lays blocks out, page after page.
pub(super) struct Flow<'a> {
    pub(super) pages: Vec<Page<'a>>,
    pub(super) structure: Structure,
    pub(super) bookmarks: Vec<Bookmark>,
    size: (f64, f64),
    /// How far the page is filled.
    pub(super) y: f64,
}

impl<'a> Flow<'a> {
    pub(super) fn new(size: (f64, f64)) -> Self {
        Self {
            pages: vec![Page::default()],
            structure: Structure::default(),
            bookmarks: Vec::new(),
            size,
            y: MARGIN,
        }
    }

    /// The width of the text.
    pub(super) fn width(&self) -> f64 {
        self.size.0 - 2.0 * MARGIN
    }

    /// How much room is left on the page; the foot keeps some.
    pub(super) fn room(&self) -> f64 {
        self.size.1 - MARGIN - 18.0 - self.y
    }

    /// The room of an empty page.
    pub(super) fn whole(&self) -> f64 {
        self.size.1 - 2.0 * MARGIN - 18.0
    }

    pub(super) fn new_page(&mut self) {
        self.pages.push(Page::default());
        self.y = MARGIN;
    }

    /// Turns the page where less than this is left, unless the page is empty.
    pub(super) fn need(&mut self, height: f64) {
        if height > self.room() && self.y > MARGIN {
            self.new_page();
        }
    }

    pub(super) fn put(&mut self, part: Option<Part>, mark: Mark<'a>) {
        if let Some(page) = self.pages.last_mut() {
            page.marks.push((part, mark));
        }
    }

    /// Puts a line whose upper edge is at `y`.
    pub(super) fn put_line(
        &mut self,
        part: Option<Part>,
        line: &[Run],
        (x, y): (f64, f64),
        size: f64,
        colour: Colour,
    ) {
        for run in line {
            let text = run.text.trim_end().to_owned();
            if !text.is_empty() {
                let y = y + size * 1.05;
                self.put(part, Mark::Text { x: x + run.x, y, size, bold: run.bold, colour, text });
            }
        }
    }

    /// Puts text in as many lines as it needs, from page to page.
    fn text(&mut self, part: Part, spans: &[Span], indent: f64, size: f64, colour: Colour) {
        for line in words::lines(spans, size, self.width() - indent) {
            self.need(size * LEADING);
            let at = (MARGIN + indent, self.y);
            self.put_line(Some(part), &line, at, size, colour);
            self.y += size * LEADING;
        }
    }

    /// The head of the first page.
    pub(super) fn head(&mut self, contents: &Contents<'_>, logo: Option<(u32, u32)>) {
        let dossier = contents.dossier;
        let mut width = self.width();
        if let Some((wide, high)) = logo {
            let scale = (130.0 / f64::from(wide.max(1))).min(48.0 / f64::from(high.max(1)));
            let (w, h) = (f64::from(wide) * scale, f64::from(high) * scale);
            let x = self.size.0 - MARGIN - w;
            self.put(None, Mark::Logo { x, y: self.y, width: w, height: h });
            width -= w + 12.0;
        }
        let title = self.structure.add(Kind::Heading(1), None);
        for line in words::plain(&dossier.title, true, 21.0, width) {
            self.put_line(Some(title), &line, (MARGIN, self.y), 21.0, INK);
            self.y += 26.0;
        }
        let sub = self.structure.add(Kind::Paragraph, None);
        for (text, size, colour) in [(&dossier.subtitle, 13.0, MUTED)]
            .into_iter()
            .chain(dossier.lines.iter().map(|line| (line, 9.0, MUTED)))
        {
            for line in words::plain(text, false, size, width) {
                self.put_line(Some(sub), &line, (MARGIN, self.y), size, colour);
                self.y += size * LEADING;
            }
        }
        self.y += 6.0;
        let (y, wide) = (self.y, self.width());
        self.put(None, Mark::Rect { x: MARGIN, y, width: wide, height: 2.0, colour: STRONG });
        self.y += 12.0;
    }

    /// The heading of a section, which stays with what follows.
    pub(super) fn heading(&mut self, text: &str, level: u16, with: f64) {
        let size = if level == 2 { 14.5 } else { 11.5 };
        if self.y > MARGIN {
            self.y += if level == 2 { 16.0 } else { 8.0 };
        }
        self.need(size * 1.6 + with);
        let part = self.structure.add(Kind::Heading(level), None);
        if level == 2 {
            let bookmark = Bookmark { text: text.to_owned(), page: self.pages.len() - 1, y: self.y };
            self.bookmarks.push(bookmark);
        }
        for line in words::plain(text, true, size, self.width()) {
            self.put_line(Some(part), &line, (MARGIN, self.y), size, INK);
            self.y += size * 1.35;
        }
        self.y += 3.0;
    }

    pub(super) fn block(&mut self, contents: &Contents<'a>, block: &Block) {
        match block {
            Block::Paragraph(spans) => {
                let part = self.structure.add(Kind::Paragraph, None);
                self.text(part, spans, 0.0, BODY, INK);
                self.y += 6.0;
            }
            Block::Heading(text) => self.heading(text, 3, 30.0),
            Block::Bullets(items) => self.bullets(items),
            Block::Figures(figures) => self.figures(figures),
            Block::Sheet(sheet) => self.sheet(sheet),
            Block::Chart { name, says } => {
                if let Some(drawing) = contents.drawing(name) {
                    self.chart(drawing, says);
                }
            }
        }
    }

    /// How much of a block its heading stands together with; nothing for a chart that there is none of.
    pub(super) fn start_of(&self, contents: &Contents<'a>, block: &Block) -> f64 {
        match block {
            Block::Chart { name, .. } => {
                contents.drawing(name).map_or(0.0, |drawing| self.chart_size(drawing).1)
            }
            _ => 60.0,
        }
    }

    /// Width and height of a chart on the page: one that is higher than a page becomes narrower.
    fn chart_size(&self, drawing: &Drawing) -> (f64, f64) {
        let (wide, high) = drawing.size();
        let width = self.width().min(self.whole() * 0.94 * wide / high);
        (width, high / wide * width)
    }

    fn bullets(&mut self, items: &[Vec<Span>]) {
        let list = self.structure.add(Kind::List, None);
        for item in items {
            let part = self.structure.add(Kind::Item, Some(list));
            self.need(BODY * LEADING);
            let y = self.y;
            self.put_line(
                Some(part),
                &words::plain("\u{2022}", false, BODY, 20.0)[0],
                (MARGIN + 4.0, y),
                BODY,
                INK,
            );
            self.text(part, item, 16.0, BODY, INK);
            self.y += 2.0;
        }
        self.y += 6.0;
    }

    /// Key figures, three beside each other.
    fn figures(&mut self, figures: &[KeyFigure]) {
        const GAP: f64 = 8.0;
        const PAD: f64 = 8.0;
        let wide = (self.width() - 2.0 * GAP) / 3.0;
        for row in figures.chunks(3) {
            let laid: Vec<_> = row
                .iter()
                .map(|figure| {
                    let of = |text: &str, bold, size| words::plain(text, bold, size, wide - 2.0 * PAD);
                    [
                        (of(&figure.label, false, 8.5), 8.5, MUTED),
                        (of(&figure.value, true, 13.5), 13.5, INK),
                        (of(&figure.remark, false, 7.5), 7.5, MUTED),
                    ]
                })
                .collect();
            let height_of = |parts: &[(Vec<Vec<Run>>, f64, Colour); 3]| {
                parts.iter().map(|(lines, size, _)| lines.len() as f64 * size * 1.35).sum::<f64>() + 2.0 * PAD
                    - 4.0
            };
            let height = laid.iter().map(height_of).fold(0.0, f64::max);
            self.need(height);
            for (column, parts) in laid.iter().enumerate() {
                let (x, top) = (MARGIN + column as f64 * (wide + GAP), self.y);
                self.put(None, Mark::Rect { x, y: top, width: wide, height, colour: SHADE });
                self.put(None, Mark::Rect { x, y: top, width: 2.5, height, colour: STRONG });
                let part = self.structure.add(Kind::Paragraph, None);
                let mut y = top + PAD - 2.0;
                for (lines, size, colour) in parts {
                    for line in lines {
                        self.put_line(Some(part), line, (x + PAD, y), *size, *colour);
                        y += size * 1.35;
                    }
                }
            }
            self.y += height + GAP;
        }
        self.y += 4.0;
    }

    fn chart(&mut self, drawing: &'a Drawing, says: &str) {
        let (width, height) = self.chart_size(drawing);
        self.need(height);
        let part = self.structure.add(Kind::Figure(says.to_owned()), None);
        let (x, y) = (MARGIN + (self.width() - width) / 2.0, self.y);
        self.put(Some(part), Mark::Chart { x, y, width, drawing });
        self.y += height + 8.0;
    }
}
