//! The short form of a link: `build`, `build SS`, `build SS+5d`, `build FF-2d`, `build+3ed`, `build SS+50%`.

use crate::diag::{Diagnostic, Place, code};
use crate::model::LinkKind;
use crate::scenario::raw::{At, Quantity};

/// A link in the short form, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct ShortLink {
    /// Which ends it ties.
    pub kind: LinkKind,
    /// The predecessor.
    pub reference: At<String>,
    /// Lag or lead.
    pub lag: Option<At<Quantity>>,
}

/// Reads the short form: `id [FS|SS|FF|SF] [(+|-) lag]`, the lag as a duration or a percentage.
///
/// # Errors
/// The problem, with the part at fault.
pub fn short_link(at: &At<String>) -> Result<ShortLink, Diagnostic> {
    let text = at.value.as_str();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (reference, rest) = text.split_at(end);
    let reference = part(at, reference);
    let rest_trimmed = rest.trim_start();
    if rest_trimmed.is_empty() {
        return Ok(ShortLink { kind: LinkKind::FS, reference: at.with(reference.value), lag: None });
    }
    let bad = |what: &str| {
        Diagnostic::new(code::BAD_LINK, format!("`{what}` is not the kind of a link with its lag"))
            .at_place(part(at, what).place(), "")
            .help("write the id, then FS, SS, FF or SF and the lag: `build SS+5d`, `build FF-2d`, `build FS+50%`")
    };
    let kinds = [("FS", LinkKind::FS), ("SS", LinkKind::SS), ("FF", LinkKind::FF), ("SF", LinkKind::SF)];
    let found = kinds
        .iter()
        .find(|(name, _)| rest_trimmed.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(name)));
    let (kind, lag_text) = match found {
        Some((_, kind)) => (*kind, rest_trimmed[2..].trim_start()),
        None => (LinkKind::FS, rest_trimmed),
    };
    if lag_text.is_empty() {
        return Ok(ShortLink { kind, reference, lag: None });
    }
    if !lag_text.starts_with(['+', '-']) {
        return Err(bad(rest_trimmed));
    }
    let number: String = lag_text.chars().filter(|c| !c.is_whitespace()).collect();
    match Quantity::parse(&number) {
        Ok(quantity @ (Quantity::Duration(_) | Quantity::Share(_))) => {
            Ok(ShortLink { kind, reference, lag: Some(part(at, lag_text).with(quantity)) })
        }
        _ => Err(bad(rest_trimmed)),
    }
}

/// A part of a text with its own place; inside quotes of TOML the text begins one byte after them, and cells of tables
/// have none.
fn part(at: &At<String>, part: &str) -> At<String> {
    let offset = part.as_ptr() as usize - at.value.as_ptr() as usize;
    let place = at.place.as_ref().map(|place| {
        let quotes = match (place.end - place.start).checked_sub(at.value.len()) {
            Some(0) => 0,
            Some(2) => 1,
            // A text with escapes is longer in the file than in memory: then the whole is marked.
            _ => return place.clone(),
        };
        let start = place.start + quotes + offset;
        Place { file: place.file, start, end: start + part.len() }
    });
    At { value: part.to_owned(), place }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ShortLink, Diagnostic> {
        short_link(&At::from(text.to_owned()))
    }

    #[test]
    fn kinds_and_lags_are_read() {
        assert_eq!(read("erp.build").unwrap().kind, LinkKind::FS);
        let link = read("b SS+5d").unwrap();
        assert_eq!((link.kind, link.reference.value.as_str()), (LinkKind::SS, "b"));
        assert!(matches!(link.lag.unwrap().value, Quantity::Duration(lag) if lag.value == 5.0));
        assert!(
            matches!(read("b ff -2d").unwrap().lag.unwrap().value, Quantity::Duration(lag) if lag.value == -2.0)
        );
        assert!(matches!(read("b +3ed").unwrap().lag.unwrap().value, Quantity::Duration(lag) if lag.elapsed));
        assert!(
            matches!(read("b SS+50%").unwrap().lag.unwrap().value, Quantity::Share(share) if share == 0.5)
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in ["b XX", "b SS5d", "b SS+", "b SS+five", "b SSé"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
