//! Words of which one must be chosen.

use toml::de::DeValue;

use super::{Reader, closest};
use crate::diag::{Diagnostic, Place, code};

/// A closed set of words.
pub trait Choice: Sized + Copy + 'static {
    /// The words with what they stand for.
    const WORDS: &'static [(&'static str, Self)];

    /// The choice that a word stands for.
    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|&(_, choice)| choice)
    }
}

/// A word that is none of those accepted.
pub fn unknown_choice<T: Choice>(word: &str, place: Option<&Place>) -> Diagnostic {
    unknown_word(word, &T::WORDS.iter().map(|&(word, _)| word).collect::<Vec<_>>(), place)
}

fn unknown_word(word: &str, words: &[&str], place: Option<&Place>) -> Diagnostic {
    let known: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    let help = match closest(word, words.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`? accepted are {}", known.join(", ")),
        None => format!("accepted are {}", known.join(", ")),
    };
    Diagnostic::new(code::UNKNOWN_CHOICE, format!("unknown word `{word}`")).at_place(place, "").help(help)
}

/// Reads a choice.
pub fn read_choice<T: Choice>(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<T> {
    let DeValue::String(word) = value else {
        let known: Vec<String> = T::WORDS.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        return reader.wrong_type(value, place, &format!("one of {}", known.join(", ")));
    };
    let choice = T::from_word(word);
    if choice.is_none() {
        reader.report(unknown_choice::<T>(word, Some(place)));
    }
    choice
}

/// Defines a choice: the enum, its words, how it is read, and its schema.
macro_rules! choice {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident { $( $(#[doc = $variant_doc:literal])* $variant:ident $word:literal ),* $(,)? }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $( $(#[doc = $variant_doc])* $variant, )* }

        impl $crate::scenario::raw::Choice for $name {
            const WORDS: &'static [(&'static str, Self)] = &[$( ($word, Self::$variant) ),*];
        }

        impl $crate::scenario::raw::FromToml for $name {
            fn from_toml(
                value: &toml::de::DeValue<'_>,
                place: &$crate::diag::Place,
                reader: &mut $crate::scenario::raw::Reader<'_>,
            ) -> Option<Self> {
                $crate::scenario::raw::read_choice(value, place, reader)
            }

            fn inline(&self) -> String {
                let words = <Self as $crate::scenario::raw::Choice>::WORDS;
                words.iter().find(|(_, choice)| choice == self).map_or_else(String::new, |(word, _)| (*word).to_owned())
            }

            fn item(&self) -> $crate::scenario::raw::Item {
                $crate::scenario::raw::Item::Text($crate::scenario::raw::FromToml::inline(self))
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "enum": [$($word),*] })
            }
        }
    };
}
pub(crate) use choice;
