//! The document.

use sha2::{Digest, Sha256};

use super::template::Chapter;
use super::writer::Writer;
use super::{Block, Explorer, Facts, Section, Sources, Template, TextError, Texts, parts};
use crate::report::{Locale, Manifest};
use crate::units::Percentile;

/// What is wanted of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// For whom it is.
    pub template: Template,
    /// How numbers and dates are written.
    pub locale: Locale,
    /// Its title; the program's name by default.
    pub title: Option<String>,
    /// The day that it says it is of; it says none by default, so that the same answer gives the same bytes.
    pub dated: Option<jiff::civil::Date>,
    /// Its text blocks.
    pub texts: Texts,
}

/// A document: sections in their order, with everything already written for readers.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// Its title.
    pub title: String,
    /// What kind of document it is, and of when.
    pub subtitle: String,
    /// Lines below that: which variant, which status date, which simulation.
    pub lines: Vec<String>,
    /// The sections.
    pub sections: Vec<Section>,
    /// The probability of any date and budget, for formats that can answer.
    pub explorer: Explorer,
    /// What the numbers are a function of.
    pub manifest: Manifest,
    /// For whom it is.
    pub template: Template,
    /// How numbers and dates are written.
    pub locale: Locale,
    /// The percentile that it is about.
    pub level: Percentile,
    /// The day that it says it is of.
    pub dated: Option<jiff::civil::Date>,
}

impl Dossier {
    /// Puts a document together.
    ///
    /// # Errors
    /// [`TextError`] if a text block of the user cannot be used.
    pub fn new(sources: Sources<'_>, wishes: &Wishes) -> Result<Self, TextError> {
        let report = sources.report();
        let level = sources.analysis.headline.level;
        let writer = Writer { locale: wishes.locale, currency: report.currency.code() };
        let facts = Facts::of(sources, writer, level);
        let mut sections = Vec::new();
        for &chapter in wishes.template.chapters() {
            let section = parts::Maker { sources, writer, level, facts: &facts, wishes }.section(chapter)?;
            sections.extend(section.filter(|section| !section.blocks.is_empty()));
        }
        let manifest = &report.manifest;
        let mut lines = Vec::new();
        if let Some(variant) = &manifest.variant {
            lines.push(format!("Variant {variant}"));
        }
        if let Some(status) = sources.program.status_date() {
            lines.push(format!("Progress as of {}", wishes.locale.date(status.start_date())));
        }
        lines.push(format!(
            "{} iterations, {} sampling, seed {}, p80 {}",
            wishes.locale.number(manifest.iterations as f64, 0),
            manifest.sampler,
            manifest.seed,
            manifest.p80_version
        ));
        let kind = wishes.template.title();
        Ok(Self {
            title: wishes.title.clone().unwrap_or_else(|| report.program.clone()),
            subtitle: match wishes.dated {
                Some(day) => format!("{kind}, {}", wishes.locale.date(day)),
                None => kind.to_owned(),
            },
            lines,
            sections,
            explorer: Explorer::of(sources, wishes.locale),
            manifest: manifest.clone(),
            template: wishes.template,
            locale: wishes.locale,
            level,
            dated: wishes.dated,
        })
    }

    /// The key figures, by what they are.
    #[must_use]
    pub fn figures(&self) -> Vec<(String, String)> {
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        let figures = blocks.filter_map(|block| match block {
            Block::Figures(figures) => Some(figures),
            _ => None,
        });
        figures.flatten().map(|figure| (figure.label.clone(), figure.value.clone())).collect()
    }

    /// SHA-256 over all key figures and tables, except those of progress, which are told from a baseline and a log
    /// that a scenario does not hold.
    pub(super) fn digest(&self) -> String {
        let mut digest = Sha256::new();
        for section in self.sections.iter().filter(|section| section.id != "progress") {
            digest.update(section.heading);
            let numbers =
                section.blocks.iter().filter(|block| matches!(block, Block::Figures(_) | Block::Sheet(_)));
            for text in numbers.flat_map(Block::texts) {
                digest.update((text.len() as u64).to_le_bytes());
                digest.update(text);
            }
        }
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Block {
    /// Everything that it says, in order.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Paragraph(spans) => spans.iter().map(|span| span.text.as_str()).collect(),
            Self::Bullets(items) => items.iter().flatten().map(|span| span.text.as_str()).collect(),
            Self::Heading(text) => vec![text],
            Self::Figures(figures) => figures
                .iter()
                .flat_map(|figure| [&figure.label, &figure.value, &figure.remark].map(String::as_str))
                .collect(),
            Self::Sheet(sheet) => {
                let headings = sheet.columns.iter().map(|column| column.heading.as_str());
                let cells = sheet.rows.iter().flatten().map(|shown| shown.text.as_str());
                let note = sheet.note.as_deref();
                [sheet.caption.as_str()].into_iter().chain(headings).chain(cells).chain(note).collect()
            }
            Self::Chart { name, says } => vec![name, says],
        }
    }
}

impl Chapter {
    /// The name of its section.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Confidence => "confidence",
            Self::Joint => "joint",
            Self::Progress => "progress",
            Self::Portfolio => "portfolio",
            Self::Projects => "projects",
            Self::Milestones => "milestones",
            Self::Contribution => "contribution",
            Self::Contingency => "contingency",
            Self::Drivers => "drivers",
            Self::Risks => "risks",
            Self::Responses => "responses",
            Self::Money => "money",
            Self::BusinessCase => "business-case",
            Self::Knowledge => "knowledge",
            Self::Assumptions => "assumptions",
            Self::Method => "method",
            Self::Manifest => "manifest",
        }
    }
}
