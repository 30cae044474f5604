//! Texts that must fit: one line with an ellipsis, or a few lines.

use super::breaks::{breaks_between, is_attached};
use super::direction::{directed, reads_leftwards};
use super::shaping::needs_shaping;
use super::typeface::{Pen, width};

/// A text that can stand in a picture: line breaks and other control characters become spaces, runs of
/// spaces become one.
pub(super) fn clean(text: &str) -> String {
    let visible = |c: char| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c };
    let spaced: String = text.chars().map(visible).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text, cut and ended with an ellipsis if it is wider than `most`.
pub(super) fn ellipsize(text: &str, size: f64, bold: bool, most: f64) -> String {
    if needs_shaping(text, bold) {
        return ellipsize_shaped(text, size, bold, most);
    }
    let mut pen = Pen::new(size, bold);
    let ellipsis = width("…", size, bold);
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
    let leftwards = !text.is_ascii() && reads_leftwards(rest);
    while out.len() + 1 < lines {
        let Some(end) = first_line(rest, size, bold, most) else { break };
        out.push(directed(rest[..end].trim_end(), leftwards));
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() {
        out.push(directed(&ellipsize(rest, size, bold, most), leftwards));
    }
    out
}

/// The same as [`ellipsize`] where every beginning has its own shape.
fn ellipsize_shaped(text: &str, size: f64, bold: bool, most: f64) -> String {
    if width(text, size, bold) <= most {
        return text.to_owned();
    }
    let leftwards = reads_leftwards(text);
    let cut = |end: usize| directed(&format!("{}…", text[..end].trim_end()), leftwards);
    let fits = |end: usize| width(&cut(end), size, bold) <= most;
    cut(longest(text, fits))
}

/// The end of the longest beginning that fits, which may be empty.
///
/// Letters may become narrower when the next one joins them, but no beginning is much wider than a longer one.
fn longest(text: &str, fits: impl Fn(usize) -> bool) -> usize {
    let ends: Vec<usize> = ends(text).collect();
    let count = ends.partition_point(|end| fits(*end));
    // Where a shorter beginning is wider, the one found may not fit.
    ends[..count].iter().rev().copied().find(|end| fits(*end)).unwrap_or(0)
}

/// Where a text may be cut: never between a letter and its mark.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let starts = text.char_indices().skip(1).filter(|(_, c)| !is_attached(*c)).map(|(at, _)| at);
    starts.chain(std::iter::once(text.len()).filter(|end| *end > 0))
}

/// Where the first line ends, unless the whole text fits.
fn first_line(text: &str, size: f64, bold: bool, most: f64) -> Option<usize> {
    if needs_shaping(text, bold) {
        return first_line_shaped(text, size, bold, most);
    }
    let mut pen = Pen::new(size, bold);
    let (mut word, mut letter) = (0, 0);
    for (at, character) in text.char_indices() {
        pen.step(character);
        if pen.x > most && at > 0 {
            // A line that would stay half empty is better broken within the long word.
            let by_word = width(&text[..word], size, bold) > most * 0.4;
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

/// The same where every beginning has its own shape, and where ideographs are words of their own.
fn first_line_shaped(text: &str, size: f64, bold: bool, most: f64) -> Option<usize> {
    let wide = |end: usize| width(text[..end].trim_end(), size, bold);
    if wide(text.len()) <= most {
        return None;
    }
    // At least one character, so that the lines come to an end.
    let letter = longest(text, |end| wide(end) <= most).max(ends(text).next()?);
    let mut after = text[letter..].chars().next();
    let mut word = 0;
    for (at, character) in text[..letter].char_indices().rev() {
        let end = at + character.len_utf8();
        let is_word = matches!(character, ' ' | '-' | '/') || after == Some(' ');
        if is_word || after.is_some_and(|after| breaks_between(character, after)) {
            word = end;
            break;
        }
        after = Some(character);
    }
    // A line that would stay half empty is better broken within the long word.
    Some(if wide(word) > most * 0.4 { word } else { letter })
}

#[cfg(test)]
mod tests {
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
