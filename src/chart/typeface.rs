//! The font: how wide a text is, and the coverage of its pixels.
//!
//! `plotters` 0.3 places glyphs at whole pixels and drops the bearing to their left, which makes words
//! uneven; therefore glyphs are outlined here, at their true places.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, Glyph, PxScale, point};

/// The two weights of the font.
struct Typeface {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
}

static TYPEFACE: LazyLock<Typeface> = LazyLock::new(|| {
    let parse =
        |bytes: &'static [u8]| FontRef::try_from_slice(bytes).expect("the font is part of the program");
    Typeface { regular: parse(font_bytes(false)), bold: parse(font_bytes(true)) }
});

/// The font as a file.
pub(crate) fn font_bytes(bold: bool) -> &'static [u8] {
    if bold {
        include_bytes!("fonts/chart-sans-bold.ttf")
    } else {
        include_bytes!("fonts/chart-sans-regular.ttf")
    }
}

/// Walks over the characters of a text and tells for each where its pen stands and how far it moves it.
pub(super) struct Pen {
    font: &'static FontRef<'static>,
    /// Design units per unit of the font.
    factor: f64,
    size: f64,
    last: Option<ab_glyph::GlyphId>,
    /// Where the next character stands.
    pub(super) x: f64,
}

impl Pen {
    /// A pen at the beginning of a text whose em is `size` high.
    pub(super) fn new(size: f64, bold: bool) -> Self {
        let font = if bold { &TYPEFACE.bold } else { &TYPEFACE.regular };
        let em = font.units_per_em().map_or(2048.0, f64::from);
        Self { font, factor: size / em, size, last: None, x: 0.0 }
    }

    /// Moves past a character; returns where it stands and its glyph, if it is to be seen.
    pub(super) fn step(&mut self, character: char) -> (f64, Option<ab_glyph::GlyphId>) {
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
    pub(super) fn outline(
        &self,
        glyph: ab_glyph::GlyphId,
        (x, y): (f64, f64),
        mut pixel: impl FnMut(i32, i32, f32),
    ) {
        // This library scales by the height of the line, not by the em.
        let em = self.font.units_per_em().unwrap_or(2048.0);
        let scale = PxScale::from(self.size as f32 * self.font.height_unscaled() / em);
        let glyph = Glyph { id: glyph, scale, position: point(x as f32, y as f32) };
        if let Some(outlined) = self.font.outline_glyph(glyph) {
            let corner = outlined.px_bounds().min;
            let (left, top) = (corner.x as i32, corner.y as i32);
            outlined.draw(|dx, dy, coverage| pixel(left + dx as i32, top + dy as i32, coverage));
        }
    }
}

/// How wide a text is when its em is `size` high.
pub(crate) fn width(text: &str, size: f64, bold: bool) -> f64 {
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
