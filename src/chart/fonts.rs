//! The fonts that text is drawn with: the built-in one, and those given for what it lacks.

use std::panic::catch_unwind;
use std::sync::{LazyLock, OnceLock};

use ab_glyph::FontRef;
use rustybuzz::ttf_parser;
use thiserror::Error;

/// The fonts given for characters that the built-in one lacks.
///
/// They are the one setting of the process: every width in every chart and on every page depends on them, and to
/// hand them through all of these would name them in two hundred places that have nothing to do with fonts. They are
/// set once, before anything is laid out, so that no two texts of an answer are measured with different ones.
static GIVEN: OnceLock<Vec<GivenFont>> = OnceLock::new();

static REGULAR: LazyLock<Font> = LazyLock::new(|| built_in(include_bytes!("fonts/chart-sans-regular.ttf")));
static BOLD: LazyLock<Font> = LazyLock::new(|| built_in(include_bytes!("fonts/chart-sans-bold.ttf")));

/// Which font a text is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// The built-in one.
    BuiltIn {
        /// Bold or regular.
        bold: bool,
    },
    /// One of those given, by its place among them.
    Given(usize),
}

/// A font, parsed for everything that is done with it.
#[derive(Clone)]
pub(super) struct Font {
    bytes: &'static [u8],
    index: u32,
    /// From characters to placed glyphs.
    pub(super) shaper: rustybuzz::Face<'static>,
    /// From glyphs to pixels.
    pub(super) outlines: FontRef<'static>,
}

/// A font for characters that the built-in one lacks.
#[derive(Clone)]
pub struct GivenFont(Font);

/// Why a file cannot be used as a font.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FontError {
    /// It is no font, or a damaged one.
    #[error("it is neither a TrueType nor an OpenType font")]
    NotAFont,
    /// It holds fewer fonts than asked for.
    #[error("there is no font {index} in it: it holds {fonts}, counted from 0")]
    NoSuchFont {
        /// The one asked for.
        index: u32,
        /// How many there are.
        fonts: u32,
    },
    /// Its glyphs are pictures, which can neither be coloured nor scaled.
    #[error("it has no outlines: a font of pictures cannot be used")]
    NoOutlines,
}

/// The fonts among which one is chosen for every character.
#[derive(Clone, Copy)]
pub(super) struct Fonts<'a> {
    given: &'a [GivenFont],
}

impl GivenFont {
    /// Reads a font; `index` says which one of a collection, and is 0 for a file that is none.
    ///
    /// Its bytes are kept as long as the process runs.
    ///
    /// # Errors
    /// [`FontError`] if it is no font, or one without outlines.
    pub fn new(bytes: Vec<u8>, index: u32) -> Result<Self, FontError> {
        let fonts = ttf_parser::fonts_in_collection(&bytes).unwrap_or(1);
        if index >= fonts {
            return Err(FontError::NoSuchFont { index, fonts });
        }
        let face = ttf_parser::Face::parse(&bytes, index).map_err(|_| FontError::NotAFont)?;
        let tables = face.tables();
        if tables.cmap.is_none() {
            return Err(FontError::NotAFont);
        }
        if tables.glyf.is_none() && tables.cff.is_none() && tables.cff2.is_none() {
            return Err(FontError::NoOutlines);
        }
        let bytes: &'static [u8] = bytes.leak();
        // The parser takes the tables that place glyphs at their word: of damaged ones it may panic.
        let parsed = catch_unwind(|| parse(bytes, index)).ok().flatten();
        parsed.map(Self).ok_or(FontError::NotAFont)
    }

    /// The file, and which of its fonts this is.
    #[must_use]
    pub fn file(&self) -> (&'static [u8], u32) {
        (self.0.bytes, self.0.index)
    }

    fn is_bold(&self) -> bool {
        self.0.shaper.weight().to_number() >= 600
    }
}

/// Gives the process fonts for characters that the built-in one lacks, tried in their order; whether it had none yet.
///
/// Pictures are functions of the report and of these. What was measured before is not measured again, therefore this
/// is done first or not at all.
pub fn give_fonts(fonts: Vec<GivenFont>) -> bool {
    GIVEN.set(fonts).is_ok()
}

/// The file of a font, and which of its fonts it is.
pub(crate) fn font_file(face: Face) -> (&'static [u8], u32) {
    let font = Fonts::current().get(face);
    (font.bytes, font.index)
}

/// How many fonts the process was given.
pub(crate) fn given_fonts() -> usize {
    Fonts::current().given.len()
}

impl Fonts<'static> {
    /// Those of the process.
    pub(super) fn current() -> Self {
        Self { given: GIVEN.get().map_or(&[], Vec::as_slice) }
    }
}

impl<'a> Fonts<'a> {
    /// The built-in font and others.
    #[cfg(test)]
    pub(super) fn with(given: &'a [GivenFont]) -> Self {
        Self { given }
    }

    pub(super) fn get(self, face: Face) -> &'a Font {
        match face {
            Face::BuiltIn { bold } => font(bold),
            // A place that there is none of is never named: faces come from `tried`.
            Face::Given(at) => self.given.get(at).map_or(font(false), |given| &given.0),
        }
    }

    /// The faces in the order in which they are tried: the built-in one, then those of the wanted weight, then the
    /// others.
    pub(super) fn tried(self, bold: bool) -> impl Iterator<Item = Face> {
        let of_weight = move |wanted: bool| {
            let given = self.given.iter().enumerate();
            given.filter(move |(_, font)| font.is_bold() == wanted).map(|(at, _)| Face::Given(at))
        };
        std::iter::once(Face::BuiltIn { bold }).chain(of_weight(bold)).chain(of_weight(!bold))
    }
}

impl Font {
    /// Whether there is something to be seen for a character, or it is one that nothing is seen of.
    pub(super) fn covers(&self, character: char) -> bool {
        self.shaper.glyph_index(character).is_some_and(|glyph| {
            glyph.0 != 0 && (character.is_whitespace() || self.shaper.glyph_bounding_box(glyph).is_some())
        })
    }

    /// Units of the font in an em.
    pub(super) fn em(&self) -> f64 {
        f64::from(self.shaper.units_per_em())
    }
}

/// The built-in font.
pub(super) fn font(bold: bool) -> &'static Font {
    if bold { &BOLD } else { &REGULAR }
}

fn built_in(bytes: &'static [u8]) -> Font {
    parse(bytes, 0).expect("the font is part of the program")
}

fn parse(bytes: &'static [u8], index: u32) -> Option<Font> {
    let shaper = rustybuzz::Face::from_slice(bytes, index)?;
    let outlines = FontRef::try_from_slice_and_index(bytes, index).ok()?;
    Some(Font { bytes, index, shaper, outlines })
}

impl std::fmt::Debug for GivenFont {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GivenFont").field("bytes", &self.0.bytes.len()).field("index", &self.0.index).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_font_is_told() {
        let error = |bytes: &[u8], index| GivenFont::new(bytes.to_vec(), index).unwrap_err();
        assert_eq!(error(b"", 0), FontError::NotAFont);
        assert_eq!(error(b"# a program\n", 0), FontError::NotAFont);
        let real = include_bytes!("fonts/chart-sans-regular.ttf");
        assert_eq!(error(&real[..real.len() / 50], 0), FontError::NotAFont);
        assert_eq!(error(real, 1), FontError::NoSuchFont { index: 1, fonts: 1 });
        assert!(GivenFont::new(real.to_vec(), 0).is_ok());
        // Cut off anywhere or damaged anywhere, it is refused or taken, and nothing worse.
        for at in (0..real.len()).step_by(real.len() / 97) {
            let _ = GivenFont::new(real[..at].to_vec(), 0);
            let mut damaged = real.to_vec();
            damaged[at..(at + 40).min(real.len())].fill(0xff);
            let _ = GivenFont::new(damaged, 0);
        }
    }

    #[test]
    fn a_font_of_the_wanted_weight_is_tried_first() {
        let regular = GivenFont::new(include_bytes!("fonts/chart-sans-regular.ttf").to_vec(), 0).unwrap();
        let bold = GivenFont::new(include_bytes!("fonts/chart-sans-bold.ttf").to_vec(), 0).unwrap();
        let given = [bold, regular];
        let tried = |bold| Fonts::with(&given).tried(bold).collect::<Vec<_>>();
        assert_eq!(tried(true), [Face::BuiltIn { bold: true }, Face::Given(0), Face::Given(1)]);
        assert_eq!(tried(false), [Face::BuiltIn { bold: false }, Face::Given(1), Face::Given(0)]);
    }
}
