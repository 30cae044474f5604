//! Predecessors as people write them: `A; B+2d; C SS`, `3FS+2 days`, `Build SS-50%`.

use crate::import::sheet::{self, Marks};
use crate::scenario::raw::Quantity;
use crate::units::{DurationText, DurationUnit};

/// A predecessor, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Before {
    /// What is written for the task.
    pub reference: String,
    /// FS, SS, FF or SF.
    pub kind: &'static str,
    /// Lag, or lead below zero.
    pub lag: Option<Quantity>,
}

/// Kinds of links in English, German and French, which project tools write behind the number of a task.
const KINDS: [(&str, &str); 12] = [
    ("FS", "FS"),
    ("SS", "SS"),
    ("FF", "FF"),
    ("SF", "SF"),
    ("EA", "FS"),
    ("AA", "SS"),
    ("EE", "FF"),
    ("AE", "SF"),
    ("FD", "FS"),
    ("DD", "SS"),
    ("DF", "SF"),
    ("FC", "FS"),
];

/// Takes a predecessor apart; `is_known` says whether a text names a task.
///
/// # Errors
/// Why it is none.
pub(super) fn before(text: &str, is_known: impl Fn(&str) -> bool) -> Result<Before, String> {
    let text = text.trim();
    // A name may look like a link, so that it is tried as a whole first.
    if is_known(text) {
        return Ok(Before { reference: text.to_owned(), kind: "FS", lag: None });
    }
    let signs = text
        .char_indices()
        .filter(|(at, c)| *at > 0 && matches!(c, '+' | '-' | '\u{2212}'))
        .map(|(at, _)| at);
    for at in std::iter::once(text.len()).chain(signs) {
        let (head, lag) = text.split_at(at);
        let (reference, kind) = kind_of(head.trim(), &is_known);
        if !is_known(reference) {
            continue;
        }
        let lag = match lag.trim() {
            "" => None,
            lag => Some(lag_of(lag).ok_or_else(|| format!("`{lag}` is no lag; write `+2d` or `-50%`"))?),
        };
        return Ok(Before { reference: reference.to_owned(), kind, lag });
    }
    Err("no task of this id or name".to_owned())
}

/// The task and the kind of the link behind it.
fn kind_of<'a>(head: &'a str, is_known: &impl Fn(&str) -> bool) -> (&'a str, &'static str) {
    if is_known(head) {
        return (head, "FS");
    }
    for (word, kind) in KINDS {
        let Some(split) = head.len().checked_sub(word.len()).filter(|&at| head.is_char_boundary(at)) else {
            continue;
        };
        let (reference, end) = head.split_at(split);
        if end.eq_ignore_ascii_case(word) && is_known(reference.trim()) {
            return (reference.trim(), kind);
        }
    }
    (head, "FS")
}

/// A lag with its sign; a bare number counts days.
fn lag_of(text: &str) -> Option<Quantity> {
    let text = text.replace('\u{2212}', "-");
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+')?),
    };
    let marks = Marks { decimal_comma: rest.contains(','), ..Marks::default() };
    if let Some(lag) = sheet::duration(rest, marks) {
        return Some(Quantity::Duration(DurationText { value: sign * lag.value, ..lag }));
    }
    match sheet::number(rest, marks)? {
        sheet::Value::Share(share) => Some(Quantity::Share(sign * share)),
        sheet::Value::Number(value) => Some(Quantity::Duration(DurationText {
            value: sign * value,
            unit: DurationUnit::Day,
            elapsed: false,
        })),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predecessors_are_read_as_project_tools_write_them() {
        let known = ["A", "B", "12", "Data-load", "Build FF"];
        let read = |text: &str| {
            before(text, |name| known.contains(&name)).map(|one| {
                let lag = one.lag.map_or_else(String::new, |lag| lag.to_string());
                format!("{} {} {lag}", one.reference, one.kind)
            })
        };
        for (text, wanted) in [
            ("A", "A FS "),
            ("B+2d", "B FS 2d"),
            ("A SS", "A SS "),
            ("12SS-3 days", "12 SS -3d"),
            ("12EA+2 Tage", "12 FS 2d"),
            ("Data-load FF+50%", "Data-load FF 50 %"),
            ("Build FF", "Build FF FS "),
            ("A+1,5w", "A FS 1.5w"),
            ("A+2 edays", "A FS 2ed"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(wanted), "{text}");
        }
        assert!(read("C").is_err() && read("A+soon").is_err() && read("").is_err());
    }
}
