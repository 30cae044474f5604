//! Where a line may end within a text that has no spaces.

use unicode_bidi::{BidiClass, bidi_class};

/// Whether a line may end between two characters because one of them is an ideograph or a syllable that stands for
/// itself, as in Chinese and Japanese.
///
/// # Source
/// Unicode Standard Annex #14, classes ID, CJ, NS, OP and CL.
pub(super) fn breaks_between(before: char, after: char) -> bool {
    (is_ideographic(before) || is_ideographic(after))
        && (!before.is_whitespace() || before == '\u{3000}')
        && !after.is_whitespace()
        && !opens(before)
        && !follows(after)
        && !is_attached(after)
}

/// The pieces that a text may be broken into, each with the space behind it.
pub(crate) fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut last = None;
    for (at, character) in text.char_indices() {
        let breaks = last.is_some_and(|last| matches!(last, ' ' | '\n') || breaks_between(last, character));
        if breaks {
            out.push(&text[from..at]);
            from = at;
        }
        last = Some(character);
    }
    if from < text.len() {
        out.push(&text[from..]);
    }
    out
}

/// Whether a character belongs to the one before: a mark on it, a joiner, or a sign that nothing is seen of.
pub(crate) fn is_attached(character: char) -> bool {
    bidi_class(character) == BidiClass::NSM || is_unseen(character)
}

/// Joiners, direction marks, variation selectors and control characters: nothing is seen of them.
pub(super) fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_ideographic(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{2fff}' | '\u{3000}'..='\u{312f}' | '\u{31a0}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3ffff}')
}

/// What no line ends with.
fn opens(character: char) -> bool {
    matches!(
        character,
        '（' | '［'
            | '｛'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '〈'
            | '《'
            | '〖'
            | '〘'
            | '〚'
            | '“'
            | '‘'
            | '('
            | '['
            | '{'
            | '«'
    )
}

/// What no line begins with: what closes, ends a sentence or continues a syllable.
fn follows(character: char) -> bool {
    matches!(
        character,
        '）' | '］'
            | '｝'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '〉'
            | '》'
            | '〗'
            | '〙'
            | '〛'
            | '”'
            | '’'
            | ')'
            | ']'
            | '}'
            | '»'
            | '、'
            | '。'
            | '，'
            | '．'
            | '：'
            | '；'
            | '？'
            | '！'
            | '・'
            | '…'
            | '‥'
            | '％'
            | ','
            | '.'
            | ':'
            | ';'
            | '?'
            | '!'
            | '%'
            | 'ー'
            | '々'
            | 'ゝ'
            | 'ゞ'
            | 'ヽ'
            | 'ヾ'
            | '〜'
            | '～'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ゎ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
            | 'ヵ'
            | 'ヶ'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_ideographs_and_not_before_what_belongs_to_them() {
        assert_eq!(
            pieces("データ移行（第2段階）、完了"),
            ["デー", "タ", "移", "行", "（第", "2", "段", "階）、", "完", "了"]
        );
        assert_eq!(pieces("阶段 ERP上线"), ["阶", "段 ", "ERP", "上", "线"]);
    }

    #[test]
    fn other_texts_break_behind_spaces_only() {
        for text in ["", " ", "Data migration  of it\nall ", "שלב ב (ERP)", "데이터 이전", "e\u{301}a b"]
        {
            assert_eq!(pieces(text), text.split_inclusive([' ', '\n']).collect::<Vec<_>>());
        }
    }
}
