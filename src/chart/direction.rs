//! Which way a text reads, and in which order its parts stand.

use std::borrow::Cow;
use std::ops::Range;

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// What stands between the parts of a label; every part is put in order by itself, from left to right.
const SEPARATOR: &str = " \u{b7} ";
const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
const RIGHT_TO_LEFT_ISOLATE: char = '\u{2067}';
const POP_ISOLATE: char = '\u{2069}';
const LEFT_TO_RIGHT_MARK: char = '\u{200e}';
pub(super) const RIGHT_TO_LEFT_MARK: char = '\u{200f}';

/// A part of a text that is read in one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Whether it is read from right to left.
    pub(super) leftwards: bool,
}

/// What stands between a label and the name behind it.
const COLON: &str = ": ";

/// Whether a text reads from right to left: a direction mark at its beginning says so, otherwise at least half of its
/// letters do. A label that reads from left to right with a name behind it reads as the label does.
///
/// The first letter alone would turn round English sentences that begin with a name, and not turn round names that
/// begin with an acronym. The algorithm leaves the choice to those who know what they lay out.
///
/// # Source
/// Unicode Standard Annex #9, Unicode Bidirectional Algorithm, HL1 and HL4.
pub(crate) fn reads_leftwards(text: &str) -> bool {
    match text.chars().next() {
        Some(LEFT_TO_RIGHT_MARK) => return false,
        Some(RIGHT_TO_LEFT_MARK) => return true,
        _ => {}
    }
    most_read_leftwards(text) && label(text).is_none()
}

fn most_read_leftwards(text: &str) -> bool {
    let (rightwards, leftwards) = letters(text);
    leftwards > 0 && leftwards >= rightwards
}

/// How many letters read rightwards and leftwards.
fn letters(text: &str) -> (usize, usize) {
    let (mut rightwards, mut leftwards) = (0, 0);
    for character in text.chars() {
        match bidi_class(character) {
            BidiClass::L => rightwards += 1,
            BidiClass::R | BidiClass::AL => leftwards += 1,
            _ => {}
        }
    }
    (rightwards, leftwards)
}

/// Where a label that reads rightwards ends, if a name that reads leftwards is behind it.
fn label(text: &str) -> Option<usize> {
    let end = text.find(COLON)? + COLON.len();
    let (before, behind) = text.split_at(end);
    let (rightwards, leftwards) = letters(before);
    (rightwards > 0 && leftwards == 0 && most_read_leftwards(behind)).then_some(end)
}

/// A piece of a text, marked where it would by itself read the other way than the whole.
pub(crate) fn directed(piece: &str, whole_leftwards: bool) -> String {
    let mark = if whole_leftwards { RIGHT_TO_LEFT_MARK } else { LEFT_TO_RIGHT_MARK };
    if reads_leftwards(piece) == whole_leftwards { piece.to_owned() } else { format!("{mark}{piece}") }
}

/// The stretches of a line of text as they stand from left to right.
pub(super) fn stretches(text: &str) -> Vec<Stretch> {
    let mut out = Vec::new();
    for Stretch { range, leftwards } in parts(text) {
        let level = if leftwards { Level::rtl() } else { Level::ltr() };
        let info = BidiInfo::new(&text[range.clone()], Some(level));
        for paragraph in &info.paragraphs {
            let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let leftwards = levels.get(run.start).is_some_and(Level::is_rtl);
                out.push(Stretch { range: range.start + run.start..range.start + run.end, leftwards });
            }
        }
    }
    out
}

/// The text for a viewer that orders it as a line from left to right: parts that read the other way, or hold what
/// does, are kept apart by characters that nothing is seen of.
pub(super) fn isolated(text: &str) -> Cow<'_, str> {
    if letters(text).1 == 0 {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 12);
    for Stretch { range, leftwards } in parts(text) {
        let part = &text[range];
        if letters(part).1 == 0 {
            out.push_str(part);
        } else {
            out.push(if leftwards { RIGHT_TO_LEFT_ISOLATE } else { LEFT_TO_RIGHT_ISOLATE });
            out.push_str(part);
            out.push(POP_ISOLATE);
        }
    }
    Cow::Owned(out)
}

/// The parts of a label, which follow each other from left to right, and how each reads.
fn parts(text: &str) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(SEPARATOR) {
        part(text, from..at, &mut out);
        from = at + SEPARATOR.len();
        out.push(Stretch { range: at..from, leftwards: false });
    }
    part(text, from..text.len(), &mut out);
    out
}

fn part(text: &str, within: Range<usize>, out: &mut Vec<Stretch>) {
    let mut from = within.start;
    if let Some(end) = label(&text[within.clone()]) {
        from += end;
        out.push(Stretch { range: within.start..from, leftwards: false });
    }
    let leftwards = reads_leftwards(&text[from..within.end]);
    out.push(Stretch { range: from..within.end, leftwards });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(&str, bool)> {
        stretches(text).into_iter().map(|one| (&text[one.range], one.leftwards)).collect()
    }

    #[test]
    fn a_text_reads_as_half_of_its_letters_do() {
        for (text, leftwards) in [
            ("", false),
            ("2027-03-05", false),
            ("Phase 2", false),
            ("שלב ב", true),
            ("ERP שלב ב", true),
            ("Phase 2 שלב ב (ERP)", false),
            ("العمل", true),
            ("計画", false),
            ("\u{200f}Phase 2", true),
            ("\u{200e}שלב", false),
        ] {
            assert_eq!(reads_leftwards(text), leftwards, "{text}");
        }
    }

    #[test]
    fn stretches_stand_from_left_to_right() {
        assert_eq!(shown("Phase 2 שלב ב (ERP)"), [("Phase 2 ", false), ("שלב ב", true), (" (ERP)", false)]);
        // In a name that reads leftwards, what follows stands to the left, and numbers read rightwards.
        assert_eq!(
            shown("שלב 25 (ERP)"),
            [(")", true), ("ERP", false), (" (", true), ("25", false), ("שלב ", true)]
        );
        assert_eq!(shown("Cutover"), [("Cutover", false)]);
        assert_eq!(shown(""), []);
    }

    #[test]
    fn parts_of_a_label_keep_their_order() {
        // Without the parts, the day would be torn from its month.
        assert_eq!(shown("שלב ב · 5 Mar 2027"), [("שלב ב", true), (" · ", false), ("5 Mar 2027", false)]);
    }

    #[test]
    fn a_name_behind_a_label_is_put_in_order_by_itself() {
        assert_eq!(
            shown("Most: שלב (ERP)"),
            [("Most: ", false), (")", true), ("ERP", false), ("שלב (", true)]
        );
        assert!(!reads_leftwards("Most: שלב הראשון בתכנית"));
        // Within a name, a colon separates nothing.
        assert_eq!(shown("שלב: תכנון"), [("שלב: תכנון", true)]);
        assert_eq!(shown("שלב: ERP"), [("ERP", false), ("שלב: ", true)]);
    }

    #[test]
    fn viewers_are_told_what_belongs_together() {
        for text in ["Phase 2", "計画 · 5 Mar", ""] {
            assert_eq!(isolated(text), text);
        }
        assert_eq!(isolated("שלב (ERP)"), "\u{2067}שלב (ERP)\u{2069}");
        assert_eq!(isolated("Most: שלב · 5 Mar"), "Most: \u{2067}שלב\u{2069} · 5 Mar");
        assert_eq!(isolated("Phase שלב · 5 Mar"), "\u{2066}Phase שלב\u{2069} · 5 Mar");
    }

    #[test]
    fn pieces_read_as_the_whole_does() {
        assert_eq!(directed("שלב", true), "שלב");
        assert_eq!(directed("שלב", false), "\u{200e}שלב");
        assert_eq!(directed("Größe", true), "\u{200f}Größe");
        assert_eq!(directed("Phase", false), "Phase");
        assert_eq!(shown(&directed("(ERP) 24", true))[0], ("24", false));
    }
}
