//! Marks on pages as the format knows them.

use std::cell::OnceCell;
use std::ops::Range;

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph, TextDirection};

use super::flow::Mark;
use crate::attachment::AttachmentError;
use crate::chart::{
    Anchor, Colour, Drawing, Face, GivenFont, Run, Shape, font_file, given_fonts, needs_shaping, text_line,
    text_width,
};

/// The circle's control points lie so far from its ends.
const ROUND: f32 = 0.552_284_8;

/// The pens of a document.
pub(super) struct Pens {
    regular: Font,
    bold: Font,
    /// Those given for what the others lack; parsed when they are needed.
    given: Vec<OnceCell<Option<Font>>>,
    logo: Option<Image>,
}

impl Pens {
    pub(super) fn new(logo: Option<Image>) -> Result<Self, AttachmentError> {
        let font = |bold| {
            parse(Face::BuiltIn { bold }).ok_or_else(|| AttachmentError::Write {
                format: "PDF",
                why: "its font cannot be read".to_owned(),
            })
        };
        let given = (0..given_fonts()).map(|_| OnceCell::new()).collect();
        Ok(Self { regular: font(false)?, bold: font(true)?, given, logo })
    }

    fn font(&self, face: Face) -> Option<&Font> {
        match face {
            Face::BuiltIn { bold: false } => Some(&self.regular),
            Face::BuiltIn { bold: true } => Some(&self.bold),
            Face::Given(at) => self.given.get(at)?.get_or_init(|| parse(face)).as_ref(),
        }
    }

    pub(super) fn draw(&self, surface: &mut Surface<'_>, mark: &Mark<'_>) {
        match mark {
            Mark::Text { x, y, size, bold, colour, text } => {
                self.text(surface, (*x, *y), text, *size, *bold, *colour);
            }
            Mark::Rect { x, y, width, height, colour } => rect(surface, (*x, *y), (*width, *height), *colour),
            Mark::Chart { x, y, width, drawing } => self.chart(surface, (*x, *y), *width, drawing),
            Mark::Logo { x, y, width, height } => {
                if let (Some(logo), Some(size)) = (&self.logo, Size::from_wh(*width as f32, *height as f32)) {
                    surface.push_transform(&Transform::from_translate(*x as f32, *y as f32));
                    surface.draw_image(logo.clone(), size);
                    surface.pop();
                }
            }
        }
    }

    fn text(
        &self,
        surface: &mut Surface<'_>,
        (x, y): (f64, f64),
        text: &str,
        size: f64,
        bold: bool,
        colour: Colour,
    ) {
        let font = if bold { &self.bold } else { &self.regular };
        surface.set_stroke(None);
        surface.set_fill(Some(fill(colour)));
        if needs_shaping(text, bold) {
            let mut runs = text_line(text, size, bold).runs;
            // In the order in which they are read; every run knows where it stands.
            runs.sort_by_key(|run| run.range.start);
            for run in &runs {
                self.run(surface, (x, y), text, size, run);
            }
            return;
        }
        let at = Point::from_xy(x as f32, y as f32);
        surface.draw_text(at, font.clone(), size as f32, text, false, TextDirection::Auto);
    }

    fn run(&self, surface: &mut Surface<'_>, (x, y): (f64, f64), text: &str, size: f64, run: &Run) {
        let Some(font) = self.font(run.face) else { return };
        let ends = run.glyphs.iter().skip(1).map(|glyph| glyph.pen).chain([run.x + run.width]);
        let of_em = |length: f64| (length / size) as f32;
        let placed = run.glyphs.iter().zip(ends).map(|(glyph, end)| {
            let range = glyph.range.start - run.range.start..glyph.range.end - run.range.start;
            let (right, up) = (of_em(glyph.moved.0), of_em(glyph.moved.1));
            let id = GlyphId::new(u32::from(glyph.id));
            KrillaGlyph::new(id, of_em(end - glyph.pen), right, up, 0.0, range, None)
        });
        let glyphs: Vec<KrillaGlyph> = placed.collect();
        let written = &text[run.range.clone()];
        for word in words_of(&glyphs, written) {
            let at = Point::from_xy((x + run.glyphs[word.start].pen) as f32, y as f32);
            surface.draw_glyphs(at, &glyphs[word], font.clone(), written, size as f32, false);
        }
    }

    fn chart(&self, surface: &mut Surface<'_>, (x, y): (f64, f64), width: f64, drawing: &Drawing) {
        let scale = (width / drawing.size().0) as f32;
        surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, x as f32, y as f32));
        for shape in drawing.shapes() {
            self.shape(surface, shape);
        }
        surface.pop();
    }

    fn shape(&self, surface: &mut Surface<'_>, shape: &Shape) {
        match shape {
            Shape::Rect(from, to, colour) => {
                let (left, top) = (from.0.min(to.0), from.1.min(to.1));
                rect(surface, (left, top), ((to.0 - from.0).abs(), (to.1 - from.1).abs()), *colour);
            }
            Shape::Line(points, width, colour) => {
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: paint(*colour).into(),
                    width: *width as f32,
                    line_cap: LineCap::Butt,
                    line_join: LineJoin::Round,
                    ..Stroke::default()
                }));
                path(surface, points, false);
                surface.set_stroke(None);
            }
            Shape::Polygon(points, colour) => {
                surface.set_stroke(None);
                surface.set_fill(Some(fill(*colour)));
                path(surface, points, true);
            }
            Shape::Disc((x, y), radius, colour) => {
                surface.set_stroke(None);
                surface.set_fill(Some(fill(*colour)));
                disc(surface, (*x as f32, *y as f32), *radius as f32);
            }
            Shape::Text(text) => {
                let wide = text_width(&text.text, text.size, text.bold);
                let back = match text.anchor {
                    Anchor::Start => 0.0,
                    Anchor::Middle => wide / 2.0,
                    Anchor::End => wide,
                };
                if text.upwards {
                    let turn = Transform::from_row(0.0, -1.0, 1.0, 0.0, text.at.0 as f32, text.at.1 as f32);
                    surface.push_transform(&turn);
                    self.text(surface, (-back, 0.0), &text.text, text.size, text.bold, text.colour);
                    surface.pop();
                } else {
                    let at = (text.at.0 - back, text.at.1);
                    self.text(surface, at, &text.text, text.size, text.bold, text.colour);
                }
            }
        }
    }
}

/// Glyphs of a run that are drawn at once, in the order in which they are read: words where the run reads from right
/// to left, so that whoever reads the page aloud has them in their order.
fn words_of(glyphs: &[KrillaGlyph], text: &str) -> Vec<Range<usize>> {
    let start = |glyph: Option<&KrillaGlyph>| glyph.map_or(0, |glyph| glyph.text_range.start);
    let leftwards = start(glyphs.first()) > start(glyphs.last());
    // The space behind a word stands to its left.
    let is_space =
        |at: &usize| leftwards && *at > 0 && text[glyphs[*at].text_range.clone()].trim().is_empty();
    let starts: Vec<usize> = std::iter::once(0).chain((0..glyphs.len()).filter(is_space)).collect();
    let ends = starts.iter().skip(1).copied().chain([glyphs.len()]);
    let mut words: Vec<Range<usize>> = starts.iter().copied().zip(ends).map(|(from, to)| from..to).collect();
    words.reverse();
    words
}

/// Whether pages can be drawn with a font.
pub(crate) fn can_embed(font: &GivenFont) -> bool {
    let (bytes, index) = font.file();
    Font::new(bytes.into(), index).is_some()
}

fn parse(face: Face) -> Option<Font> {
    let (bytes, index) = font_file(face);
    Font::new(bytes.into(), index)
}

fn paint(Colour(red, green, blue): Colour) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: paint(colour).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn rect(surface: &mut Surface<'_>, (x, y): (f64, f64), (width, height): (f64, f64), colour: Colour) {
    let Some(rect) = Rect::from_xywh(x as f32, y as f32, width as f32, height as f32) else { return };
    let mut builder = PathBuilder::new();
    builder.push_rect(rect);
    surface.set_stroke(None);
    surface.set_fill(Some(fill(colour)));
    if let Some(path) = builder.finish() {
        surface.draw_path(&path);
    }
}

fn path(surface: &mut Surface<'_>, points: &[(f64, f64)], closed: bool) {
    let mut builder = PathBuilder::new();
    for (at, (x, y)) in points.iter().enumerate() {
        if at == 0 { builder.move_to(*x as f32, *y as f32) } else { builder.line_to(*x as f32, *y as f32) }
    }
    if closed {
        builder.close();
    }
    if let Some(path) = builder.finish() {
        surface.draw_path(&path);
    }
}

fn disc(surface: &mut Surface<'_>, (x, y): (f32, f32), r: f32) {
    let k = r * ROUND;
    let mut builder = PathBuilder::new();
    builder.move_to(x + r, y);
    builder.cubic_to(x + r, y + k, x + k, y + r, x, y + r);
    builder.cubic_to(x - k, y + r, x - r, y + k, x - r, y);
    builder.cubic_to(x - r, y - k, x - k, y - r, x, y - r);
    builder.cubic_to(x + k, y - r, x + r, y - k, x + r, y);
    builder.close();
    if let Some(path) = builder.finish() {
        surface.draw_path(&path);
    }
}
