//! Headings and words in one spelling, so that they can be compared.

/// A text in lower case without accents and signs, its words apart by single blanks.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        let letter = match letter {
            'ä' | 'á' | 'à' | 'â' | 'ã' | 'å' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ö' | 'ó' | 'ò' | 'ô' | 'õ' => 'o',
            'ü' | 'ú' | 'ù' | 'û' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            'ß' => {
                plain.push_str("ss");
                continue;
            }
            '%' | '€' | '$' | '£' => {
                // Signs that say what a column counts.
                plain.push(' ');
                plain.push(letter);
                plain.push(' ');
                continue;
            }
            other => other,
        };
        plain.push(if letter.is_alphanumeric() { letter } else { ' ' });
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn spellings_of_one_heading_are_the_same() {
        assert_eq!(plain("  Eintritts-\nwahrscheinlichkeit (%) "), "eintritts wahrscheinlichkeit %");
        assert_eq!(plain("Cost_Exposure_USD"), "cost exposure usd");
        assert_eq!(plain("Coût (k€)"), "cout k €");
        assert_eq!(plain("Maßnahme"), "massnahme");
    }
}
