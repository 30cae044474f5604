//! Marks on pages as the format knows them.

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

use super::flow::Mark;
use crate::attachment::AttachmentError;
use crate::chart::{Anchor, Colour, Drawing, Shape, font_bytes, text_width};

/// The circle's control points lie so far from its ends.
const ROUND: f32 = 0.552_284_8;

/// The pens of a document.
pub(super) struct Pens {
    regular: Font,
    bold: Font,
    logo: Option<Image>,
}

impl Pens {
    pub(super) fn new(logo: Option<Image>) -> Result<Self, AttachmentError> {
        let font = |bold| {
            Font::new(font_bytes(bold).into(), 0).ok_or_else(|| AttachmentError::Write {
                format: "PDF",
                why: "its font cannot be read".to_owned(),
            })
        };
        Ok(Self { regular: font(false)?, bold: font(true)?, logo })
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
        let at = Point::from_xy(x as f32, y as f32);
        surface.draw_text(at, font.clone(), size as f32, text, false, TextDirection::Auto);
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
