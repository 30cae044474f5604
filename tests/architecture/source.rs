//! Rust source reduced to its code: comments and the insides of literals become blanks, lines stay lines.

/// The code of a source text; every other character is a blank, so that places stay what they were.
pub fn code_of(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => end_of_line(&chars, at),
            '/' if chars.get(at + 1) == Some(&'*') => end_of_block_comment(&chars, at),
            '"' => end_of_string(&chars, at),
            'r' if !is_word(chars.get(at.wrapping_sub(1))) || is_byte_prefix(&chars, at) => {
                end_of_raw_string(&chars, at).unwrap_or(at)
            }
            '\'' => end_of_char(&chars, at).unwrap_or(at),
            _ => at,
        };
        if end == at {
            code.push(chars[at]);
            at += 1;
        } else {
            code.extend(chars[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    code
}

/// The 1-based line of a byte position.
pub fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Whether a character belongs to a word.
pub fn is_word(c: Option<&char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || *c == '_')
}

fn is_byte_prefix(chars: &[char], at: usize) -> bool {
    at > 0 && chars[at - 1] == 'b' && !is_word(chars.get(at.wrapping_sub(2)))
}

fn end_of_line(chars: &[char], at: usize) -> usize {
    chars[at..].iter().position(|&c| c == '\n').map_or(chars.len(), |length| at + length)
}

fn end_of_block_comment(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => {
                (depth, at) = (depth - 1, at + 2);
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    at
}

fn end_of_string(chars: &[char], mut at: usize) -> usize {
    at += 1;
    while at < chars.len() {
        match chars[at] {
            '"' => return at + 1,
            '\\' => at += 2,
            _ => at += 1,
        }
    }
    at
}

fn end_of_raw_string(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at + 1..].iter().take_while(|&&c| c == '#').count();
    let first = at + 1 + hashes;
    if chars.get(first) != Some(&'"') {
        return None;
    }
    let closes = |end: usize| {
        chars[end] == '"' && chars[end + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes
    };
    (first + 1..chars.len()).find(|&end| closes(end)).map(|end| end + 1 + hashes)
}

/// The end of a character literal; [`None`] for a lifetime.
fn end_of_char(chars: &[char], at: usize) -> Option<usize> {
    match (chars.get(at + 1)?, chars.get(at + 2)) {
        ('\\', _) => chars[at + 3..].iter().position(|&c| c == '\'').map(|length| at + 4 + length),
        (_, Some('\'')) => Some(at + 3),
        _ => None,
    }
}

#[test]
fn comments_and_literals_are_no_code() {
    let text = "a /* b /* c */ d */ \"e\\\"\" 'f' '\\'' r#\"g\"h\"# br\"i\" &'j k // l\nm";
    let words: Vec<String> = code_of(text).split_whitespace().map(String::from).collect();
    assert_eq!(words, ["a", "b", "&'j", "k", "m"]);
    assert_eq!(line_of(&code_of(text), code_of(text).find('m').unwrap()), 2);
}
