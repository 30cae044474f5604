//! Fonts for characters that the built-in one lacks.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, bail};

use super::output;
use crate::chart::{self, GivenFont};

/// The largest file that is taken for a font; collections of all of Chinese, Japanese and Korean are about as large.
const MOST_BYTES: u64 = 64 << 20;
/// How many characters a warning names.
const MOST_NAMED: usize = 5;

/// What was warned of already: an answer with charts and documents lacks the same in all of them.
static WARNED: Mutex<BTreeSet<char>> = Mutex::new(BTreeSet::new());

/// Reads the fonts of the command line, before anything is done.
///
/// # Errors
/// If a file cannot be read, is too large or is no font.
pub(super) fn begin(files: &[PathBuf]) -> anyhow::Result<()> {
    let fonts = files
        .iter()
        .map(|file| read(file).with_context(|| format!("`{}` cannot be used with --font", file.display())));
    let fonts = fonts.collect::<anyhow::Result<Vec<_>>>()?;
    if !fonts.is_empty() && !chart::give_fonts(fonts) {
        bail!("the fonts of this process are chosen already");
    }
    Ok(())
}

fn read(file: &Path) -> anyhow::Result<GivenFont> {
    let (path, index) = split(file);
    let mut bytes = Vec::new();
    File::open(&path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        bail!("it is larger than {} MiB", MOST_BYTES >> 20);
    }
    let font = GivenFont::new(bytes, index)?;
    #[cfg(feature = "pdf")]
    if !crate::attachment::can_embed(&font) {
        bail!("it is damaged: PDF documents could not hold it");
    }
    Ok(font)
}

/// The file and which of its fonts is meant: `FILE#2` is the third, unless there is a file of that name.
fn split(file: &Path) -> (PathBuf, u32) {
    let whole = || (file.to_path_buf(), 0);
    if file.exists() {
        return whole();
    }
    let Some((path, index)) = file.to_str().and_then(|name| name.rsplit_once('#')) else { return whole() };
    index.parse().map_or_else(|_| whole(), |index| (PathBuf::from(path), index))
}

/// Warns of characters that are shown as boxes, once of each.
pub(super) fn warn(lacking: &BTreeSet<char>) {
    // Another thread that panicked while it held the set has not harmed it.
    let mut warned = WARNED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let new: Vec<char> = lacking.difference(&warned).copied().collect();
    if let Some(text) = warning(&new) {
        output::warning(&text);
    }
    warned.extend(new);
}

fn warning(lacking: &[char]) -> Option<String> {
    let named = |c: &char| format!("`{c}` (U+{:04X})", u32::from(*c));
    let mut shown: Vec<String> = lacking.iter().take(MOST_NAMED).map(named).collect();
    let (more, last) = (lacking.len().saturating_sub(MOST_NAMED), shown.pop()?);
    let list = match (more, shown.is_empty()) {
        (0, true) => last,
        (0, false) => format!("{} and {last}", shown.join(", ")),
        (more, _) => format!("{}, {last} and {more} more", shown.join(", ")),
    };
    Some(format!(
        "no font has {list}: pictures and PDF show boxes instead; name a font that has them with --font FILE"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_names_five_characters_at_most_and_the_cure() {
        assert_eq!(warning(&[]), None);
        let text = |characters: &str| warning(&characters.chars().collect::<Vec<_>>()).unwrap();
        assert!(text("計").starts_with("no font has `計` (U+8A08): "));
        assert!(text("計画").starts_with("no font has `計` (U+8A08) and `画` (U+753B): "));
        let many = text("一丁七万丈三上");
        assert!(many.contains("`丈` (U+4E08) and 2 more: ") && many.contains("--font FILE"), "{many}");
        assert!(!many.contains('三'));
    }

    #[test]
    fn a_number_behind_a_file_says_which_font_of_a_collection() {
        assert_eq!(split(Path::new("no/such.ttc#2")), (PathBuf::from("no/such.ttc"), 2));
        assert_eq!(split(Path::new("no/such.ttc")), (PathBuf::from("no/such.ttc"), 0));
        assert_eq!(split(Path::new("no/such.ttc#two")), (PathBuf::from("no/such.ttc#two"), 0));
    }
}
