//! From bytes to text, in whatever encoding a tool has written them.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ImportError;

/// How far into a file its XML declaration may say its encoding.
const DECLARATION: usize = 200;

/// The text of an XML file: as its byte order mark or its declaration says, UTF-8 otherwise.
///
/// # Errors
/// [`ImportError::Encoding`] if it names an encoding that is none, or is not in the one that it names.
pub(super) fn of_xml(bytes: &[u8]) -> Result<Cow<'_, str>, ImportError> {
    let named = declared(bytes);
    let encoding = match &named {
        None => UTF_8,
        Some(name) => {
            Encoding::for_label(name.as_bytes()).ok_or_else(|| ImportError::Encoding(name.clone()))?
        }
    };
    // A byte order mark outranks what is declared.
    let (text, used, bad) = encoding.decode(bytes);
    if bad { Err(ImportError::Encoding(used.name().to_owned())) } else { Ok(text) }
}

/// The text of an XER file: UTF-8 or UTF-16 if it is that, else Windows-1252, in which every byte is a letter.
pub(super) fn of_xer(bytes: &[u8]) -> Cow<'_, str> {
    let (text, _, bad) = UTF_8.decode(bytes);
    if bad { WINDOWS_1252.decode(bytes).0 } else { text }
}

/// The text of a table that some tool or spreadsheet has written: UTF-8 or UTF-16 if it is that, with or without a byte
/// order mark, else Windows-1252.
#[must_use]
pub fn text_of_table(bytes: &[u8]) -> Cow<'_, str> {
    let has_mark = Encoding::for_bom(bytes).is_some();
    // In UTF-16 every other byte of plain letters is zero; no text has zeros otherwise.
    let head = &bytes[..bytes.len().min(DECLARATION)];
    let zeros =
        |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count() * 3 > head.len() / 2;
    if !has_mark && zeros(1) {
        return UTF_16LE.decode(bytes).0;
    }
    if !has_mark && zeros(0) {
        return UTF_16BE.decode(bytes).0;
    }
    of_xer(bytes)
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head: Vec<u8> = bytes.iter().take(DECLARATION).copied().filter(|&byte| byte != 0).collect();
    let head = String::from_utf8_lossy(&head);
    let declaration = head.split("?>").next().filter(|_| head.contains("<?xml"))?;
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let name = value[1..].split(quote).next()?;
    // UTF-16 without a byte order mark is told from its zero bytes, and read as what it says.
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_told_from_mark_declaration_and_content() {
        assert_eq!(of_xml(b"<a>gr\xc3\xbcn</a>").unwrap(), "<a>grün</a>");
        let old = b"<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>gr\xfcn</a>";
        assert!(of_xml(old).unwrap().ends_with("<a>grün</a>"));
        assert!(matches!(of_xml(b"<a>gr\xfcn</a>"), Err(ImportError::Encoding(_))));
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("<a/>".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(of_xml(&wide).unwrap(), "<a/>");
        assert!(of_xml(b"<?xml version=\"1.0\" encoding=\"klingon\"?><a/>").is_err());
        assert_eq!(of_xer(b"gr\xfcn"), "grün");
        assert_eq!(of_xer("grün".as_bytes()), "grün");
        assert_eq!(text_of_table(b"gr\xfcn;1"), "grün;1");
        assert_eq!(text_of_table(b"\xef\xbb\xbfgr\xc3\xbcn"), "grün");
        for swap in [false, true] {
            let wide = "grün;done".encode_utf16();
            let bytes: Vec<u8> =
                wide.flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
            assert_eq!(text_of_table(&bytes), "grün;done");
        }
    }
}
