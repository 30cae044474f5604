//! How past programs of the kind turned out.

use super::Maker;
use crate::dossier::{Block, Sheet, Shown};
use crate::report::OutsideOutcome;

impl Maker<'_> {
    /// The outside view, beside the forecast; nothing where there is no reference class.
    pub(super) fn outside_view(&self) -> Vec<Block> {
        let (report, writer) = (self.sources.report(), self.writer);
        if report.outside_view.is_empty() {
            return Vec::new();
        }
        let headings =
            ["<Reference class", "<Of", "<Level", "Uplift", "Plan", "With uplift", "Simulated below"];
        let mut sheet = Sheet::new("The plan without risks, raised as past programs turned out", &headings);
        for row in &report.outside_view {
            let (of, plan, raised) = match row.outcome {
                OutsideOutcome::Finish { plan_finish, finish } => {
                    ("Finish".to_owned(), writer.date(Some(plan_finish)), writer.date(Some(finish)))
                }
                OutsideOutcome::Cost { plan_cost, cost } => {
                    let of = format!("Cost, {}", writer.currency);
                    (of, writer.amount(Some(plan_cost)), writer.amount(Some(cost)))
                }
            };
            sheet.rows.push(vec![
                Shown::words(row.name.clone()),
                Shown::words(of),
                Shown::words(row.level.clone()),
                writer.share(Some(row.uplift)),
                plan,
                raised,
                writer.share(Some(row.simulated.value)),
            ]);
        }
        let mut sources: Vec<String> = Vec::new();
        for row in &report.outside_view {
            let counted = row.outcomes.map_or(String::new(), |count| format!(", {count} outcomes"));
            let source = format!("{}: {}{counted}.", row.name, row.source);
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        sheet.note = Some(format!(
            "It stands beside the forecast and is not part of it: on top of simulated risks it would count them \
             twice. {}",
            sources.join(" ")
        ));
        vec![Block::Sheet(sheet)]
    }
}
