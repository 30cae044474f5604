//! Texts that must fit: one line with an ellipsis, or a few lines.

use super::typeface::Pen;

/// A text that can stand in a picture: line breaks and other control characters become spaces, runs of
/// spaces become one.
pub(super) fn clean(text: &str) -> String {
    let visible = |c: char| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c };
    let spaced: String = text.chars().map(visible).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text, cut and ended with an ellipsis if it is wider than `most`.
pub(super) fn ellipsize(text: &str, size: f64, bold: bool, most: f64) -> String {
    let mut pen = Pen::new(size, bold);
    let ellipsis = super::typeface::width("…", size, bold);
    // The longest beginning that leaves room for the ellipsis.
    let mut kept = 0;
    for (at, character) in text.char_indices() {
        pen.step(character);
        if pen.x > most {
            return format!("{}…", text[..kept].trim_end());
        }
        if pen.x + ellipsis <= most {
            kept = at + character.len_utf8();
        }
    }
    text.to_owned()
}

/// The text in at most `lines` lines, broken between words where possible; the last may end with an
/// ellipsis.
pub(super) fn wrap(text: &str, size: f64, bold: bool, most: f64, lines: usize) -> Vec<String> {
    let mut rest = text.trim();
    let mut out = Vec::new();
    while out.len() + 1 < lines {
        let Some(end) = first_line(rest, size, bold, most) else { break };
        out.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() {
        out.push(ellipsize(rest, size, bold, most));
    }
    out
}

/// Where the first line ends, unless the whole text fits.
fn first_line(text: &str, size: f64, bold: bool, most: f64) -> Option<usize> {
    let mut pen = Pen::new(size, bold);
    let (mut word, mut letter) = (0, 0);
    for (at, character) in text.char_indices() {
        pen.step(character);
        if pen.x > most && at > 0 {
            // A line that would stay half empty is better broken within the long word.
            let by_word = super::typeface::width(&text[..word], size, bold) > most * 0.4;
            return Some(if by_word { word } else { letter.max(1) });
        }
        let after = at + character.len_utf8();
        if character == ' ' || character == '-' || character == '/' {
            word = after;
        }
        letter = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::typeface::width;
    use super::*;

    #[test]
    fn what_is_cut_fits() {
        for text in ["", "short", "Data migration of the legacy system", "計画計画計画計画計画", "é́́́́́"]
        {
            for most in [10.0, 40.0, 90.0] {
                let cut = ellipsize(text, 14.0, true, most);
                assert!(width(&cut, 14.0, true) <= most.max(14.0), "{cut}");
            }
        }
        assert_eq!(ellipsize("short", 14.0, false, 100.0), "short");
    }

    #[test]
    fn lines_break_between_words_and_long_words_within() {
        let lines = wrap("Production cutover of the finance ledger", 14.0, false, 150.0, 3);
        assert_eq!(lines, ["Production cutover of", "the finance ledger"]);
        let lines = wrap("Donaudampfschifffahrtsgesellschaftskapitän", 14.0, false, 100.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'));
        assert!(lines.iter().all(|line| width(line, 14.0, false) <= 100.0), "{lines:?}");
        assert!(wrap("", 14.0, false, 10.0, 2).is_empty());
        assert!(wrap("計", 14.0, false, 1.0, 3).len() <= 3);
    }

    #[test]
    fn control_characters_leave_no_trace() {
        assert_eq!(clean(" a\nb\u{0}c\t d "), "a b c d");
    }
}
