//! What makes sections.

use crate::dossier::template::Chapter;
use crate::dossier::writer::Writer;
use crate::dossier::{Block, Facts, Section, Sources, TextError, Wishes};
use crate::units::Percentile;

/// Makes sections.
#[derive(Clone, Copy)]
pub(in crate::dossier) struct Maker<'a> {
    pub(in crate::dossier) sources: Sources<'a>,
    pub(in crate::dossier) writer: Writer<'a>,
    pub(in crate::dossier) level: Percentile,
    pub(in crate::dossier) facts: &'a Facts,
    pub(in crate::dossier) wishes: &'a Wishes,
}

impl Maker<'_> {
    /// A section; [`None`] where the answer has nothing for it.
    pub(in crate::dossier) fn section(&self, chapter: Chapter) -> Result<Option<Section>, TextError> {
        let (heading, blocks) = match chapter {
            Chapter::Statement => ("What can be committed to", self.statement()?),
            Chapter::Confidence => ("Dates and budgets by confidence", self.confidence()),
            Chapter::Joint => ("Date and budget together", self.joint()),
            Chapter::Progress => ("Progress", self.progress()),
            Chapter::Portfolio => ("Programs of the portfolio", self.portfolio()),
            Chapter::Projects => ("Projects", self.projects()),
            Chapter::Milestones => ("Milestones", self.milestones()),
            Chapter::Contribution => ("What the contingency is for", self.contribution()),
            Chapter::Contingency => ("Contingency and its release", self.contingency()),
            Chapter::Drivers => ("What drives the finish", self.drivers()),
            Chapter::Risks => ("Risk register before and after responses", self.risks()),
            Chapter::Responses => ("Which responses are worth their money", self.responses()),
            Chapter::Money => ("When the money is needed", self.money()),
            Chapter::BusinessCase => ("What the program is worth", self.business_case()),
            Chapter::Knowledge => ("What is worth finding out", self.knowledge()),
            Chapter::Assumptions => ("Assumptions", self.wishes.texts.blocks("assumptions", self.facts)?),
            Chapter::Method => ("Method and limits", self.method()?),
            Chapter::Manifest => ("How to make these numbers again", self.manifest()),
        };
        let blocks: Vec<Block> = blocks
            .into_iter()
            .map(|block| match block {
                Block::Sheet(sheet) => Block::Sheet(sheet.without_empty_columns()),
                other => other,
            })
            .collect();
        Ok((!blocks.is_empty()).then(|| Section { id: chapter.id(), heading, blocks }))
    }

    fn method(&self) -> Result<Vec<Block>, TextError> {
        let mut blocks = self.wishes.texts.blocks("method", self.facts)?;
        blocks.push(Block::Heading("Limits".to_owned()));
        blocks.extend(self.wishes.texts.blocks("limits", self.facts)?);
        Ok(blocks)
    }

    /// How many rows a table has, and what is said of those left out.
    pub(super) fn cut<T>(&self, mut rows: Vec<T>) -> (Vec<T>, Option<String>) {
        let most = self.wishes.template.most_rows();
        let rest = rows.len().saturating_sub(most);
        rows.truncate(most);
        (rows, (rest > 0).then(|| format!("The {rest} smaller ones are not shown.")))
    }
}
