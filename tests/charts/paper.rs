//! What stands on the paper of an SVG chart, read back from its text.

use ab_glyph::{Font, FontRef};

/// Steps of the coordinates per design unit.
const STEPS: f64 = 10.0;

/// A text with the box that it takes, in design units.
#[derive(Clone, Debug)]
pub struct Label {
    /// What it says.
    pub text: String,
    /// Left, top, right, bottom.
    pub bounds: [f64; 4],
}

/// The texts of a chart; fails if its tags do not close each other.
pub fn labels(svg: &str) -> Vec<Label> {
    let regular = font(include_bytes!("../../src/chart/fonts/chart-sans-regular.ttf"));
    let bold = font(include_bytes!("../../src/chart/fonts/chart-sans-bold.ttf"));
    let mut labels = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some((before, after)) = rest.split_once('<') {
        assert!(!before.contains('>'), "`>` outside of a tag: {before}");
        let (tag, after) = after.split_once('>').expect("a tag ends");
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "tags close in order");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
        if name == "text" && !tag.starts_with('/') {
            let text = unescaped(after.split_once('<').unwrap().0.trim());
            let face = if tag.contains("font-weight=\"bold\"") { &bold } else { &regular };
            labels.push(label(tag, text, face));
        }
        rest = after;
    }
    assert!(open.is_empty(), "{open:?} stay open");
    labels
}

fn label(tag: &str, text: String, face: &FontRef<'_>) -> Label {
    let attribute = |name: &str| {
        let (_, after) = tag.split_once(&format!(" {name}=\"")).expect("the attribute is there");
        after.split_once('"').unwrap().0
    };
    let number = |name: &str| attribute(name).parse::<f64>().unwrap() / STEPS;
    let (x, y, size) = (number("x"), number("y"), number("font-size"));
    let units = f64::from(face.units_per_em().unwrap());
    let advance = |c: char| f64::from(face.h_advance_unscaled(face.glyph_id(c))) / units * size;
    let width: f64 = text.chars().map(advance).sum();
    let before = match attribute("text-anchor") {
        "start" => 0.0,
        "middle" => width / 2.0,
        _ => width,
    };
    // The point is the top of the capitals.
    let bounds = if tag.contains("rotate(270") {
        [x, y - width + before, x + 0.76 * size, y + before]
    } else {
        [x - before, y, x - before + width, y + 0.76 * size]
    };
    Label { text, bounds }
}

/// Whether two boxes share more than a hair.
pub fn overlap(a: &Label, b: &Label) -> bool {
    let hair = 0.5;
    let beside = a.bounds[2] < b.bounds[0] + hair || b.bounds[2] < a.bounds[0] + hair;
    let above = a.bounds[3] < b.bounds[1] + hair || b.bounds[3] < a.bounds[1] + hair;
    !(beside || above)
}

fn font(bytes: &'static [u8]) -> FontRef<'static> {
    FontRef::try_from_slice(bytes).unwrap()
}

fn unescaped(text: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    pairs.into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
