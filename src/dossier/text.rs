//! Text blocks: Markdown with places for numbers, built in or of the user.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use thiserror::Error;

use super::{Block, Facts, Span};

/// The built-in text blocks by name.
const BUILT_IN: [(&str, &str); 4] = [
    ("statement", include_str!("texts/statement.md")),
    ("assumptions", include_str!("texts/assumptions.md")),
    ("method", include_str!("texts/method.md")),
    ("limits", include_str!("texts/limits.md")),
];

/// A text block that cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum TextError {
    /// No document has a block of that name.
    #[error("no document has a text block `{name}`; there are {known}")]
    Unknown {
        /// What was given.
        name: String,
        /// What could have been.
        known: String,
    },
    /// What is written in it is wrong.
    #[error("the text block `{name}` cannot be used: {why}")]
    Wrong {
        /// Its name.
        name: String,
        /// What is wrong and where.
        why: String,
    },
}

/// The text blocks of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    own: BTreeMap<String, String>,
}

impl Texts {
    /// The built-in blocks, of which those named are replaced.
    ///
    /// # Errors
    /// [`TextError::Unknown`] for a name that no document has.
    pub fn replacing(own: impl IntoIterator<Item = (String, String)>) -> Result<Self, TextError> {
        let own: BTreeMap<String, String> = own.into_iter().collect();
        match own.keys().find(|name| BUILT_IN.iter().all(|(known, _)| known != name)) {
            None => Ok(Self { own }),
            Some(name) => {
                let known = BUILT_IN.map(|(name, _)| name).join(", ");
                Err(TextError::Unknown { name: name.clone(), known })
            }
        }
    }

    /// Name and content of the blocks that are built in, to begin one's own with.
    pub fn built_in() -> impl Iterator<Item = (&'static str, &'static str)> {
        BUILT_IN.into_iter()
    }

    /// Those that are not built in.
    #[must_use]
    pub fn own(&self) -> &BTreeMap<String, String> {
        &self.own
    }

    /// A block with its numbers put in.
    ///
    /// # Errors
    /// [`TextError::Wrong`] if it is no template, or asks for a number that there is none of.
    pub(super) fn blocks(&self, name: &str, facts: &Facts) -> Result<Vec<Block>, TextError> {
        let built_in = || BUILT_IN.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| *text);
        let source = self.own.get(name).map_or_else(built_in, String::as_str);
        let wrong = |error: minijinja::Error| {
            let line = error.line().map_or(String::new(), |line| format!(", line {line}"));
            let why = format!("{}{line}", error.detail().map_or(error.kind().to_string(), str::to_owned));
            TextError::Wrong { name: name.to_owned(), why }
        };
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(wrong)?;
        environment.set_syntax(syntax);
        let text = environment.render_str(source, facts.context()).map_err(wrong)?;
        Ok(parse(&text))
    }
}

/// Markdown as blocks: paragraphs, lists, headings and stress; anything else is read as the text that it holds.
fn parse(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut spans: Vec<Span> = Vec::new();
    let mut items: Vec<Vec<Span>> = Vec::new();
    let (mut depth, mut strong, mut heading) = (0_usize, 0_usize, false);
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Strong | Tag::Emphasis) => strong += 1,
            Event::End(TagEnd::Strong | TagEnd::Emphasis) => strong = strong.saturating_sub(1),
            Event::Start(Tag::List(_)) => {
                flush(&mut spans, &mut items, &mut blocks, depth > 0);
                depth += 1;
            }
            Event::End(TagEnd::List(_)) => {
                flush(&mut spans, &mut items, &mut blocks, true);
                depth = depth.saturating_sub(1);
                if depth == 0 && !items.is_empty() {
                    blocks.push(Block::Bullets(std::mem::take(&mut items)));
                }
            }
            Event::Start(Tag::Heading { .. }) => heading = true,
            Event::End(TagEnd::Heading(_)) => {
                heading = false;
                let text: String = std::mem::take(&mut spans).into_iter().map(|span| span.text).collect();
                blocks.push(Block::Heading(text));
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                flush(&mut spans, &mut items, &mut blocks, depth > 0);
            }
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                let strong = strong > 0 && !heading;
                match spans.last_mut().filter(|last| last.strong == strong) {
                    Some(last) => last.text.push_str(&text),
                    None => spans.push(Span { text: text.to_string(), strong }),
                }
            }
            Event::SoftBreak | Event::HardBreak => match spans.last_mut() {
                Some(last) => last.text.push(' '),
                None => spans.push(Span::plain(" ")),
            },
            _ => {}
        }
    }
    flush(&mut spans, &mut items, &mut blocks, false);
    blocks
}

fn flush(spans: &mut Vec<Span>, items: &mut Vec<Vec<Span>>, blocks: &mut Vec<Block>, in_list: bool) {
    let spans = std::mem::take(spans);
    if spans.iter().all(|span| span.text.trim().is_empty()) {
        return;
    }
    if in_list { items.push(spans) } else { blocks.push(Block::Paragraph(spans)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_blocks() {
        let blocks = parse("# Why\nOne **two** <b>.\n\n- first\n- *second* one\n\nEnd");
        let strong = |text: &str| Span { text: text.into(), strong: true };
        let expected = [
            Block::Heading("Why".into()),
            Block::Paragraph(vec![Span::plain("One "), strong("two"), Span::plain(" <b>.")]),
            Block::Bullets(vec![vec![Span::plain("first")], vec![strong("second"), Span::plain(" one")]]),
            Block::text("End"),
        ];
        assert_eq!(blocks, expected);
    }

    #[test]
    fn a_block_of_another_name_is_refused() {
        let error = Texts::replacing([("statment".to_owned(), String::new())]).unwrap_err();
        assert!(error.to_string().contains("statement, assumptions"), "{error}");
    }

    #[test]
    fn a_number_that_there_is_none_of_is_named() {
        let texts = Texts::replacing([("method".to_owned(), "a\n\n{{ finsh }}".to_owned())]).unwrap();
        let error = texts.blocks("method", &Facts::default()).unwrap_err();
        assert!(matches!(&error, TextError::Wrong { why, .. } if why.contains("line 3")), "{error}");
    }
}
