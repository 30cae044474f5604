//! What the parts of a document are, for those who do not see it.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagTree};

/// What a part is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Heading(u16),
    Paragraph,
    List,
    Item,
    Table,
    Row,
    /// A heading of a column (`true`) or of a row.
    HeadCell(bool),
    Cell,
    Caption,
    /// With what it says in words.
    Figure(String),
}

/// Its place among the parts.
pub(super) type Part = usize;

/// All parts with what lies within each.
#[derive(Debug, Default)]
pub(super) struct Structure {
    parts: Vec<(Kind, Vec<Within>)>,
    roots: Vec<Part>,
}

#[derive(Debug)]
enum Within {
    Part(Part),
    Marks(Identifier),
}

impl Structure {
    /// A new part, within another or at the top.
    pub(super) fn add(&mut self, kind: Kind, within: Option<Part>) -> Part {
        let part = self.parts.len();
        self.parts.push((kind, Vec::new()));
        match within {
            Some(parent) => self.parts[parent].1.push(Within::Part(part)),
            None => self.roots.push(part),
        }
        part
    }

    /// Says which marks on a page belong to a part.
    pub(super) fn mark(&mut self, part: Part, marks: Identifier) {
        self.parts[part].1.push(Within::Marks(marks));
    }

    /// The tree that the format knows.
    pub(super) fn tree(mut self, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for root in std::mem::take(&mut self.roots) {
            tree.push(self.group(root));
        }
        tree
    }

    fn group(&mut self, part: Part) -> TagGroup {
        let (kind, within) = std::mem::replace(&mut self.parts[part], (Kind::Paragraph, Vec::new()));
        let mut group = match kind {
            Kind::Heading(level) => {
                TagGroup::new(Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), None))
            }
            Kind::Paragraph => TagGroup::new(Tag::P),
            Kind::List => TagGroup::new(Tag::L(ListNumbering::Disc)),
            Kind::Item => TagGroup::new(Tag::LI),
            Kind::Table => TagGroup::new(Tag::Table),
            Kind::Row => TagGroup::new(Tag::TR),
            Kind::HeadCell(true) => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
            Kind::HeadCell(false) => TagGroup::new(Tag::TH(TableHeaderScope::Row)),
            Kind::Cell => TagGroup::new(Tag::TD),
            Kind::Caption => TagGroup::new(Tag::Caption),
            Kind::Figure(says) => TagGroup::new(Tag::Figure(Some(says))),
        };
        for child in within {
            match child {
                Within::Part(part) => group.push(self.group(part)),
                Within::Marks(marks) => group.push(Node::Leaf(marks)),
            }
        }
        group
    }
}
