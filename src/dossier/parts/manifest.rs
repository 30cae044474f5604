//! What the numbers are a function of.

use super::Maker;
use crate::dossier::{Block, Sheet, Shown};

impl Maker<'_> {
    pub(super) fn manifest(&self) -> Vec<Block> {
        let manifest = &self.sources.report().manifest;
        let mut sheet = Sheet::new("Manifest", &["<What", "<Value"]);
        let mut row = |name: &str, value: String| {
            sheet.rows.push(vec![Shown::words(name), Shown::words(value)]);
        };
        row("Program", format!("p80 {}", manifest.p80_version));
        row("Version of the random streams", manifest.stream_version.to_string());
        row("Seed", manifest.seed.to_string());
        row("Iterations", self.writer.locale.number(manifest.iterations as f64, 0));
        row("Sampling", manifest.sampler.clone());
        if let Some(variant) = &manifest.variant {
            row("Variant", variant.clone());
        }
        if let Some(status) = &manifest.status {
            row("Status date", status.clone());
        }
        row("SHA-256 over all inputs", manifest.inputs_sha256.clone());
        for input in &manifest.inputs {
            row(&format!("SHA-256 of {}", input.name), input.sha256.clone());
        }
        let text = "The numbers are a function of what stands here and of nothing else: `p80 verify` runs the inputs \
                    again and compares.";
        vec![Block::text(text.replace('`', "")), Block::Sheet(sheet)]
    }
}
