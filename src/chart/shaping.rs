//! Text that the built-in font does not cover: a line of it as placed runs.
//!
//! A line is put in order first, then divided by font and script, and every run is shaped by itself: letters join,
//! marks find their place. Text that the built-in font covers is never shaped, so that its pictures do not depend on
//! any of this.

use std::collections::BTreeSet;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rustybuzz::{BufferFlags, Direction, GlyphBuffer, UnicodeBuffer};
use unicode_script::{Script, UnicodeScript};

use super::breaks::{is_attached, is_unseen};
use super::direction::{RIGHT_TO_LEFT_MARK, stretches};
use super::fonts::{Face, Font, Fonts};
use super::typeface::Pen;

/// A line of text, placed.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its runs from left to right.
    pub runs: Vec<Run>,
    /// How wide it is.
    pub width: f64,
}

/// A part of a line in one font and one direction.
#[derive(Clone, Debug)]
pub struct Run {
    /// What it is drawn with.
    pub face: Face,
    /// Which bytes of the text it draws.
    pub range: Range<usize>,
    /// Where it begins, from the left end of the line.
    pub x: f64,
    /// How wide it is.
    pub width: f64,
    /// Its glyphs from left to right.
    pub glyphs: Vec<Glyph>,
}

/// A glyph of a run.
#[derive(Clone, Debug)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u16,
    /// Where its pen stands, from the left end of the line.
    pub pen: f64,
    /// How far it is moved from there: rightwards, upwards.
    pub moved: (f64, f64),
    /// Which bytes of the text it draws, together with others of the same bytes.
    pub range: Range<usize>,
}

/// Characters of a text that have one font.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    range: Range<usize>,
    face: Face,
    /// None for characters that belong to every script.
    script: Option<Script>,
    /// Whether no font has them: they are shown as boxes.
    lacking: bool,
}

/// Whether the built-in font does not cover a text, or it is marked to read from right to left, so that it has to be
/// shaped.
pub(crate) fn needs_shaping(text: &str, bold: bool) -> bool {
    let font = super::fonts::font(bold);
    let covered = |c: char| {
        c.is_ascii()
            || (is_unseen(c) && !is_attached_visibly(c))
            || font.shaper.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
    };
    text.starts_with(RIGHT_TO_LEFT_MARK) || !text.chars().all(covered)
}

fn is_attached_visibly(character: char) -> bool {
    is_attached(character) && !is_unseen(character)
}

/// A line of text whose em is `size` high, shaped with the built-in font and those given to the process.
///
/// Texts that the built-in font covers are drawn without being shaped: each character at the end of the one before.
#[must_use]
pub fn text_line(text: &str, size: f64, bold: bool) -> Line {
    line_with(Fonts::current(), text, size, bold)
}

/// The characters of a text that no font has, which are shown as boxes.
pub(crate) fn lacking(text: &str, bold: bool, found: &mut BTreeSet<char>) {
    if needs_shaping(text, bold) {
        lacking_with(Fonts::current(), text, bold, found);
    }
}

fn lacking_with(fonts: Fonts<'_>, text: &str, bold: bool, found: &mut BTreeSet<char>) {
    for piece in pieces(fonts, text, 0..text.len(), bold) {
        let font = fonts.get(piece.face);
        let seen = text[piece.range].chars().filter(|c| !is_unseen(*c));
        // A mark that no font has in one with its letter is left out, which is not the same as shown.
        found.extend(seen.filter(|c| piece.lacking || (is_attached(*c) && !font.covers(*c))));
    }
}

/// The same with these fonts.
pub(super) fn line_with(fonts: Fonts<'_>, text: &str, size: f64, bold: bool) -> Line {
    let mut line = Line { runs: Vec::new(), width: 0.0 };
    for stretch in stretches(text) {
        let mut pieces = pieces(fonts, text, stretch.range, bold);
        if stretch.leftwards {
            pieces.reverse();
        }
        for piece in pieces {
            let by_pen = matches!(piece.face, Face::BuiltIn { .. })
                && (piece.lacking || !stretch.leftwards)
                && (piece.lacking || !text[piece.range.clone()].chars().any(is_attached_visibly));
            if by_pen {
                line.by_pen(&piece, text, size, bold);
            } else if !line.shaped(fonts, &piece, text, size, stretch.leftwards) {
                line.by_pen(&Piece { face: Face::BuiltIn { bold }, ..piece }, text, size, bold);
            }
        }
    }
    line
}

impl Line {
    /// Adds characters as the built-in font places them by itself.
    fn by_pen(&mut self, piece: &Piece, text: &str, size: f64, bold: bool) {
        let (x, mut pen, mut glyphs) = (self.width, Pen::new(size, bold), Vec::new());
        for (at, character) in text[piece.range.clone()].char_indices() {
            if is_unseen(character) {
                continue;
            }
            if let (at_pen, Some(id)) = pen.step(character) {
                let from = piece.range.start + at;
                let range = from..from + character.len_utf8();
                glyphs.push(Glyph { id: id.0, pen: x + at_pen, moved: (0.0, 0.0), range });
            }
        }
        self.add(piece, pen.x, glyphs);
    }

    /// Adds characters as the shaper places them; whether it could.
    fn shaped(&mut self, fonts: Fonts<'_>, piece: &Piece, text: &str, size: f64, leftwards: bool) -> bool {
        let font = fonts.get(piece.face);
        let factor = size / font.em();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text[piece.range.clone()]);
        buffer.guess_segment_properties();
        buffer.set_direction(if leftwards { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let Some(shaped) = shape(font, buffer) else { return false };
        let starts: BTreeSet<u32> = shaped.glyph_infos().iter().map(|info| info.cluster).collect();
        let (x, mut pen, mut glyphs) = (self.width, 0.0, Vec::new());
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let Ok(id) = u16::try_from(info.glyph_id) else { continue };
            let from = piece.range.start + info.cluster as usize;
            let next = starts.range(info.cluster + 1..).next();
            let to = next.map_or(piece.range.end, |next| piece.range.start + *next as usize);
            // A mark that this font lacks, or a control character: nothing is better than a box on a letter.
            let unseen = id == 0;
            if !unseen {
                let moved = (f64::from(position.x_offset) * factor, f64::from(position.y_offset) * factor);
                glyphs.push(Glyph { id, pen: x + pen, moved, range: from..to });
                pen += f64::from(position.x_advance) * factor;
            }
        }
        self.add(piece, pen, glyphs);
        true
    }

    fn add(&mut self, piece: &Piece, width: f64, glyphs: Vec<Glyph>) {
        let (face, range, x) = (piece.face, piece.range.clone(), self.width);
        self.width += width;
        if !glyphs.is_empty() {
            self.runs.push(Run { face, range, x, width, glyphs });
        }
    }
}

/// The pieces of a stretch of text in the order in which it is written.
fn pieces(fonts: Fonts<'_>, text: &str, within: Range<usize>, bold: bool) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for cluster in clusters(text, within) {
        let written = &text[cluster.clone()];
        let script = written.chars().map(|c| c.script()).find(|script| !is_common(*script));
        let before = out.last().filter(|piece| !piece.lacking).map(|piece| piece.face);
        let (face, lacking) = face_of(fonts, written, bold, before);
        match out.last_mut() {
            Some(last)
                if last.face == face
                    && last.lacking == lacking
                    && (last.script.is_none() || script.is_none() || last.script == script) =>
            {
                last.range.end = cluster.end;
                last.script = last.script.or(script);
            }
            _ => out.push(Piece { range: cluster, face, script, lacking }),
        }
    }
    out
}

fn is_common(script: Script) -> bool {
    matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

/// A character with what is attached to it.
fn clusters(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, character) in text[within.clone()].char_indices() {
        let from = within.start + at;
        let to = from + character.len_utf8();
        match out.last_mut() {
            Some(last) if is_attached(character) => last.end = to,
            _ => out.push(from..to),
        }
    }
    out
}

/// The first font that has a character with all that is attached to it, or the first that has the character alone;
/// and whether none has.
fn face_of(fonts: Fonts<'_>, cluster: &str, bold: bool, before: Option<Face>) -> (Face, bool) {
    let built_in = Face::BuiltIn { bold };
    let mut characters = cluster.chars();
    let Some(base) = characters.next() else { return (built_in, false) };
    // Spaces are as wide as those of the words beside them.
    if let Some(before) = before.filter(|before| base == ' ' && fonts.get(*before).covers(' ')) {
        return (before, false);
    }
    if is_unseen(base) && characters.clone().all(is_unseen) {
        return (before.unwrap_or(built_in), false);
    }
    let is_marked = characters.any(is_attached_visibly);
    let has = |face: &Face| fonts.get(*face).covers(base);
    let whole = fonts.tried(bold).filter(has).find(|face| !is_marked || shows_all(fonts, *face, cluster));
    let face = whole.or_else(|| fonts.tried(bold).find(has));
    (face.unwrap_or(built_in), face.is_none())
}

/// Whether a font has a letter with its marks, be it as one glyph or as several.
fn shows_all(fonts: Fonts<'_>, face: Face, cluster: &str) -> bool {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(cluster);
    let shaped = shape(fonts.get(face), buffer);
    shaped.is_some_and(|shaped| shaped.glyph_infos().iter().all(|info| info.glyph_id != 0))
}

/// Shapes a text, unless the tables of the font are so damaged that the shaper panics.
fn shape(font: &Font, buffer: UnicodeBuffer) -> Option<GlyphBuffer> {
    // Nothing that the shaper leaves half done is used again.
    catch_unwind(AssertUnwindSafe(|| rustybuzz::shape(&font.shaper, &[], buffer))).ok()
}

#[cfg(test)]
mod tests;
