//! The document.

use std::collections::BTreeSet;

use krilla::Document;
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::Point;
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};

use super::draw::Pens;
use super::flow::{Bookmark, Flow, MARGIN, MUTED, Mark, Page};
use super::structure::{Part, Structure};
use crate::attachment::logo::Kind;
use crate::attachment::{AttachmentError, Contents, Logo, Paper};
use crate::chart::text_width;

/// How much of what follows stays on the page of a heading, in points.
const TOGETHER: f64 = 60.0;

/// The document as PDF, and the characters that it shows as boxes.
pub(in crate::attachment) fn document(
    contents: &Contents<'_>,
    paper: Paper,
) -> Result<(Vec<u8>, BTreeSet<char>), AttachmentError> {
    let failed = |why: String| AttachmentError::Write { format: "PDF", why };
    let logo = contents.logo.map(picture).transpose()?;
    let size = paper.size();
    let mut flow = Flow::new(size);
    flow.head(contents, logo.as_ref().map(Image::size));
    for section in &contents.dossier.sections {
        let first =
            section.blocks.iter().map(|block| flow.start_of(contents, block)).find(|height| *height > 0.0);
        flow.heading(section.heading, 2, first.unwrap_or(TOGETHER));
        section.blocks.iter().for_each(|block| flow.block(contents, block));
    }
    let Flow { pages, mut structure, bookmarks, .. } = flow;

    let mut lacks = BTreeSet::new();
    let mut document = Document::new();
    let pens = Pens::new(logo)?;
    let count = pages.len();
    for (number, page) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(size.0 as f32, size.1 as f32)
            .ok_or_else(|| failed("the paper has no size".to_owned()))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        page.marks.iter().for_each(|(_, mark)| mark.lacks(&mut lacks));
        draw_page(&mut surface, &pens, page, &mut structure);
        let foot = foot(contents, number + 1, count, size);
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
        foot.iter().for_each(|mark| pens.draw(&mut surface, mark));
        surface.end_tagged();
        surface.finish();
        sheet.finish();
    }
    document.set_tag_tree(structure.tree("en"));
    document.set_outline(outline(&bookmarks));
    document.set_metadata(metadata(contents));
    document
        .embed_file(record(contents))
        .ok_or_else(|| failed("its record cannot be embedded".to_owned()))?;
    let bytes = document.finish().map_err(|error| failed(format!("{error:?}")))?;
    Ok((bytes, lacks))
}

fn picture(logo: &Logo) -> Result<Image, AttachmentError> {
    let data = logo.bytes().to_vec().into();
    let image = match logo.kind() {
        Kind::Png => Image::from_png(data, true),
        Kind::Jpeg => Image::from_jpeg(data, true),
    };
    image.map_err(|_| AttachmentError::Logo)
}

/// Draws a page; marks beside each other that belong to the same part are tagged together.
fn draw_page(
    surface: &mut krilla::surface::Surface<'_>,
    pens: &Pens,
    page: &Page<'_>,
    structure: &mut Structure,
) {
    let mut open: Option<Option<Part>> = None;
    for (part, mark) in &page.marks {
        if open != Some(*part) {
            if open.is_some() {
                surface.end_tagged();
            }
            let tag = match part {
                Some(_) => ContentTag::Other,
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            };
            let marks = surface.start_tagged(tag);
            if let Some(part) = part {
                structure.mark(*part, marks);
            }
            open = Some(*part);
        }
        pens.draw(surface, mark);
    }
    if open.is_some() {
        surface.end_tagged();
    }
}

/// What stands at the foot of every page: the program, the simulation and the number of the page.
fn foot<'a>(
    contents: &Contents<'_>,
    number: usize,
    count: usize,
    (width, height): (f64, f64),
) -> Vec<Mark<'a>> {
    let dossier = contents.dossier;
    let size = 7.5;
    let y = height - MARGIN + 10.0;
    let page = format!("{number} / {count}");
    let hash: String = dossier.manifest.inputs_sha256.chars().take(12).collect();
    let says = format!("{} \u{b7} inputs {hash}", dossier.lines.last().map_or("", String::as_str));
    let x = width - MARGIN - text_width(&page, size, false);
    [(MARGIN, says), (x, page)]
        .map(|(x, text)| Mark::Text { x, y, size, bold: false, colour: MUTED, text })
        .into()
}

fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    for bookmark in bookmarks {
        let at = Point::from_xy(0.0, (bookmark.y - 12.0).max(0.0) as f32);
        outline.push_child(OutlineNode::new(bookmark.text.clone(), XyzDestination::new(bookmark.page, at)));
    }
    outline
}

fn metadata(contents: &Contents<'_>) -> Metadata {
    let dossier = contents.dossier;
    let metadata = Metadata::new()
        .title(dossier.title.clone())
        .description(dossier.subtitle.clone())
        .creator(format!("p80 {}", dossier.manifest.p80_version))
        .language("en".to_owned())
        .document_id(dossier.record().numbers_sha256);
    match dossier.dated {
        None => metadata,
        Some(day) => {
            let year = u16::try_from(day.year()).unwrap_or(0);
            let month = DateTime::new(year).month(day.month().unsigned_abs());
            metadata.creation_date(month.day(day.day().unsigned_abs()))
        }
    }
}

/// The record as a file within the document, readable as it stands.
fn record(contents: &Contents<'_>) -> EmbeddedFile {
    EmbeddedFile {
        path: "p80-record.txt".to_owned(),
        mime_type: MimeType::new("text/plain"),
        description: Some("What p80 verify reads: manifest and figures".to_owned()),
        association_kind: AssociationKind::Data,
        data: contents.dossier.record().encoded().into_bytes().into(),
        modification_date: None,
        compress: Some(false),
        location: None,
    }
}
