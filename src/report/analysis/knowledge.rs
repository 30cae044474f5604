//! What knowing one uncertainty would be worth, as reported.

use serde::Serialize;

use crate::analysis::{Knowledge, Unknown};
use crate::model::Program;
use crate::report::Table;
use crate::report::label::labels;
use crate::report::rows::share;

/// Something that could be found out, and how much narrower the forecast would be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KnowledgeRow {
    /// `task` or `risk`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its name or title.
    pub title: String,
    /// By which share the range of the finish from P10 to P90 would shrink on average.
    pub finish_shrinks: Option<f64>,
    /// By which share that of the cost would.
    pub cost_shrinks: Option<f64>,
}

impl KnowledgeRow {
    /// Names and rounds all of them, those that would shrink either range most first.
    #[must_use]
    pub fn ranked(all: &[Knowledge], program: &Program) -> Vec<Self> {
        let labels = labels(program);
        let mut rows: Vec<Self> = all.iter().map(|knowledge| Self::of(knowledge, program, &labels)).collect();
        let most = |row: &Self| row.finish_shrinks.unwrap_or(0.0).max(row.cost_shrinks.unwrap_or(0.0));
        rows.sort_by(|a, b| most(b).total_cmp(&most(a)));
        rows
    }

    fn of(knowledge: &Knowledge, program: &Program, labels: &[String]) -> Self {
        let (kind, id, title) = match knowledge.of {
            Unknown::Task(task) => ("task", &program.tasks()[task.index()].id, &labels[task.index()]),
            Unknown::Risk(risk) => {
                let risk = &program.risks()[risk.index()];
                ("risk", &risk.id, &risk.title)
            }
        };
        let shrinks = |remains: f64| share(1.0 - remains);
        Self {
            kind,
            id: id.clone(),
            title: title.clone(),
            finish_shrinks: knowledge.finish.map(shrinks),
            cost_shrinks: knowledge.cost.map(shrinks),
        }
    }
}

/// The table `knowledge`, most useful first.
pub(super) fn table(rows: &[KnowledgeRow]) -> Table {
    let columns = ["kind", "id", "title", "finish_range_shrinks", "cost_range_shrinks"].map(String::from);
    let rows = rows.iter().map(|row| {
        vec![
            row.kind.into(),
            (&row.id).into(),
            (&row.title).into(),
            row.finish_shrinks.into(),
            row.cost_shrinks.into(),
        ]
    });
    Table { name: "knowledge", columns: columns.to_vec(), rows: rows.collect() }
}
