//! Which responses to buy.

use super::Maker;
use crate::dossier::{Block, Sheet, Shown};

impl Maker<'_> {
    pub(super) fn responses(&self) -> Vec<Block> {
        let Some(purchase) = self.sources.purchase else { return Vec::new() };
        let writer = self.writer;
        let locale = writer.locale;
        let told = purchase
            .told(&|day| locale.date(day), &|amount| locale.amount(amount), &|share| locale.share(share));
        let mut blocks = vec![Block::text(told), self.chart("frontier")];
        let (spend, saved, per_day) = (
            format!("Spend, {}", writer.currency),
            format!("Cost saved, {}", writer.currency),
            format!("Per day, {}", writer.currency),
        );
        let headings = [
            "<Risk",
            "<Title",
            "<Now",
            &spend,
            "Days earlier",
            &per_day,
            &saved,
            "Pays in",
            "<In the best set",
        ];
        let caption = format!("What every response buys by itself, at {}", purchase.level);
        let mut sheet = Sheet::new(caption, &headings);
        let (rows, rest) = self.cut(purchase.ranked());
        for row in rows {
            sheet.rows.push(vec![
                Shown::words(row.risk.clone()),
                Shown::words(row.title.clone()),
                Shown::words(if row.planned { "in force" } else { "not in force" }),
                writer.amount(Some(row.spend)),
                writer.number(row.days, 1),
                writer.amount(row.spend_per_day),
                writer.amount(Some(row.saved)),
                writer.share(Some(row.pays)),
                Shown::words(if row.in_best { "yes" } else { "no" }),
            ]);
        }
        sheet.note = rest;
        blocks.push(Block::Sheet(sheet));
        blocks
    }
}
