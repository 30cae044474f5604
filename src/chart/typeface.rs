//! The font: how wide a text is, and the coverage of its pixels.
//!
//! `plotters` 0.3 places glyphs at whole pixels and drops the bearing to their left, which makes words
//! uneven; therefore glyphs are outlined here, at their true places.

use ab_glyph::{Font, FontRef, Glyph, GlyphId, PxScale, point};

use super::fonts;
use super::shaping::{self, needs_shaping};

/// The highest and widest that a glyph may be, in ems; a damaged font could ask for more pixels than there are.
const MOST_EMS: f32 = 16.0;

/// Walks over the characters of a text and tells for each where its pen stands and how far it moves it.
pub(super) struct Pen {
    font: &'static FontRef<'static>,
    /// Design units per unit of the font.
    factor: f64,
    size: f64,
    last: Option<GlyphId>,
    /// Where the next character stands.
    pub(super) x: f64,
}

impl Pen {
    /// A pen at the beginning of a text whose em is `size` high.
    pub(super) fn new(size: f64, bold: bool) -> Self {
        let font = &fonts::font(bold).outlines;
        let em = font.units_per_em().map_or(2048.0, f64::from);
        Self { font, factor: size / em, size, last: None, x: 0.0 }
    }

    /// Moves past a character; returns where it stands and its glyph, if it is to be seen.
    pub(super) fn step(&mut self, character: char) -> (f64, Option<GlyphId>) {
        if is_invisible(character) {
            return (self.x, None);
        }
        let glyph = self.font.glyph_id(character);
        if let Some(last) = self.last {
            self.x += f64::from(self.font.kern_unscaled(last, glyph)) * self.factor;
        }
        self.last = Some(glyph);
        let at = self.x;
        // A viewer's own font for a character that this one lacks may be as wide as an em.
        let missing = glyph.0 == 0;
        let advance = f64::from(self.font.h_advance_unscaled(glyph)) * self.factor;
        self.x += if missing { advance.max(self.size) } else { advance };
        (at, Some(glyph))
    }

    /// Tells the coverage of each pixel of a glyph whose pen stands at a point.
    pub(super) fn outline(&self, glyph: GlyphId, at: (f64, f64), pixel: impl FnMut(i32, i32, f32)) {
        outline(self.font, self.size, glyph, at, pixel);
    }
}

/// Tells the coverage of each pixel of a glyph of a font whose em is `size` high, and whose pen stands at a point.
pub(super) fn outline(
    font: &FontRef<'_>,
    size: f64,
    glyph: GlyphId,
    (x, y): (f64, f64),
    mut pixel: impl FnMut(i32, i32, f32),
) {
    // This library scales by the height of the line, not by the em.
    let em = font.units_per_em().unwrap_or(2048.0);
    let scale = PxScale::from(size as f32 * font.height_unscaled() / em);
    let glyph = Glyph { id: glyph, scale, position: point(x as f32, y as f32) };
    if let Some(outlined) = font.outline_glyph(glyph) {
        let bounds = outlined.px_bounds();
        if bounds.width().max(bounds.height()) > MOST_EMS * size as f32 {
            return;
        }
        let (left, top) = (bounds.min.x as i32, bounds.min.y as i32);
        outlined.draw(|dx, dy, coverage| pixel(left + dx as i32, top + dy as i32, coverage));
    }
}

/// How wide a text is when its em is `size` high.
pub(crate) fn width(text: &str, size: f64, bold: bool) -> f64 {
    if needs_shaping(text, bold) {
        return shaping::text_line(text, size, bold).width;
    }
    let mut pen = Pen::new(size, bold);
    for character in text.chars() {
        pen.step(character);
    }
    pen.x
}

/// Marks that combine with the character before, joiners and direction marks: they take no room.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_arial() {
        // Advances of Arial in 2048ths of an em: digits 1139, `P` 1366, full stop 569.
        assert!((width("0123456789", 2048.0, false) - 11_390.0).abs() < 200.0);
        assert_eq!(width("P", 2048.0, false), 1366.0);
        assert_eq!(width(".", 2048.0, true), 569.0);
        assert_eq!(width("", 14.0, false), 0.0);
    }

    #[test]
    fn characters_that_the_font_lacks_take_an_em() {
        assert_eq!(width("\u{8a08}\u{753b}", 10.0, false), 20.0);
        assert_eq!(width("\u{200b}\u{301}", 10.0, false), 0.0);
    }
}
