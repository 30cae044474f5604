//! Text in lines.

use crate::chart::{directed, is_attached, reads_leftwards, text_pieces, text_width};
use crate::dossier::Span;

/// A run of one weight within a line, and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub(super) x: f64,
    pub(super) text: String,
    pub(super) bold: bool,
}

/// Breaks spans into lines of at most a width. A word that is wider than a line is broken within.
pub(super) fn lines(spans: &[Span], size: f64, width: f64) -> Vec<Vec<Run>> {
    let mut lines: Vec<Vec<Run>> = vec![Vec::new()];
    let mut x = 0.0;
    for span in spans {
        for word in text_pieces(&span.text) {
            let (bold, wide) = (span.strong, text_width(word.trim_end(), size, span.strong));
            if x > 0.0 && x + wide > width {
                lines.push(Vec::new());
                x = 0.0;
            }
            let mut rest = word;
            while text_width(rest.trim_end(), size, bold) > width && rest.chars().count() > 1 {
                let fits = fitting(rest, size, bold, width);
                add(&mut lines, &mut x, &rest[..fits], size, bold);
                lines.push(Vec::new());
                x = 0.0;
                rest = &rest[fits..];
            }
            if x == 0.0 {
                rest = rest.trim_start();
            }
            add(&mut lines, &mut x, rest, size, bold);
        }
    }
    lines.retain(|line| !line.is_empty());
    if spans.iter().any(|span| !span.text.is_ascii()) {
        let whole: String = spans.iter().map(|span| span.text.as_str()).collect();
        let leftwards = reads_leftwards(&whole);
        lines.iter_mut().for_each(|line| direct(line, leftwards, size));
    }
    lines
}

/// Makes every run of a line read as the whole text does, and the runs follow each other that way.
fn direct(line: &mut [Run], leftwards: bool, size: f64) {
    let all = line_width(line, size);
    for run in line {
        if leftwards {
            run.x = (all - run.x - text_width(run.text.trim_end(), size, run.bold)).max(0.0);
        }
        run.text = directed(&run.text, leftwards);
    }
}

/// Lines of plain text.
pub(super) fn plain(text: &str, bold: bool, size: f64, width: f64) -> Vec<Vec<Run>> {
    lines(&[Span { text: text.to_owned(), strong: bold }], size, width)
}

/// How wide a line is.
pub(super) fn line_width(line: &[Run], size: f64) -> f64 {
    let ends = line.iter().map(|run| run.x + text_width(run.text.trim_end(), size, run.bold));
    ends.fold(0.0, f64::max)
}

fn add(lines: &mut [Vec<Run>], x: &mut f64, text: &str, size: f64, bold: bool) {
    let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) else { return };
    match line.last_mut().filter(|run| run.bold == bold) {
        Some(run) => run.text.push_str(text),
        None => line.push(Run { x: *x, text: text.to_owned(), bold }),
    }
    *x += text_width(text, size, bold);
}

/// How many bytes of a text fit, at least one character.
fn fitting(text: &str, size: f64, bold: bool, width: f64) -> usize {
    let mut end = text.chars().next().map_or(0, char::len_utf8);
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        if text[next..].chars().next().is_some_and(is_attached) {
            // No letter is parted from its mark.
            continue;
        }
        if text_width(&text[..next], size, bold) > width {
            break;
        }
        end = end.max(next);
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_allowed_and_no_letter_is_lost() {
        let text = format!("Migrate the {} ledger with everything in it", "x".repeat(80));
        let broken = plain(&text, false, 10.0, 120.0);
        assert!(broken.iter().all(|line| line_width(line, 10.0) <= 120.0 + 1e-9));
        let joined: String =
            broken.iter().flatten().flat_map(|run| run.text.chars()).filter(|c| *c != ' ').collect();
        assert_eq!(joined, text.replace(' ', ""));
    }
}
