//! What things are called in a portfolio.

use std::collections::BTreeSet;

use crate::model::{CorrelatedPair, CorrelationGroup, Correlations, Drawn};

/// How the names of a program change where it is a part of a portfolio: its ids and the names of its random streams
/// are those that it would have as a project of one large program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Naming<'a> {
    /// The id of the program.
    pub id: &'a str,
    /// The ids of the drivers that it shares with others.
    pub shared: &'a BTreeSet<String>,
}

impl Naming<'_> {
    /// An id.
    pub fn id(&self, id: &str) -> String {
        format!("{}.{id}", self.id)
    }

    /// The id of a driver.
    pub fn driver(&self, id: &str) -> String {
        if self.shared.contains(id) { id.to_owned() } else { self.id(id) }
    }

    /// The name of a stream or of a line, whose first part says what kind of thing it belongs to.
    pub fn stream(&self, name: &str) -> String {
        let Some((kind, rest)) = name.split_once('/') else { return self.id(name) };
        match kind {
            // What the program bears itself is borne by the project that stands for it.
            "program" => format!("project/{}/{rest}", self.id),
            "driver" => {
                let (id, rest) = rest.split_once('/').unwrap_or((rest, ""));
                format!("driver/{}/{rest}", self.driver(id))
            }
            "risk" => {
                // An impact that is drawn for each task ends with the id of the task.
                let parts: Vec<&str> = rest.split('/').collect();
                match parts[..] {
                    [risk, impact, what, task] => {
                        format!("risk/{}/{impact}/{what}/{}", self.id(risk), self.id(task))
                    }
                    _ => format!("risk/{}", self.id(rest)),
                }
            }
            _ => format!("{kind}/{}", self.id(rest)),
        }
    }

    /// What is drawn together.
    pub fn correlations(&self, own: &Correlations, out: &mut Correlations) {
        let drawn = |drawn: &Drawn| Drawn::of_stream(self.stream(drawn.as_str()));
        let group = |group: &CorrelationGroup, id: String| CorrelationGroup {
            id,
            members: group.members.iter().map(drawn).collect(),
            rho: group.rho,
        };
        out.members.extend(own.program.iter().map(|program| group(program, self.id.to_owned())));
        out.groups.extend(own.groups.iter().map(|one| group(one, self.id(&one.id))));
        out.pairs.extend(own.pairs.iter().map(|pair| CorrelatedPair {
            a: drawn(&pair.a),
            b: drawn(&pair.b),
            rho: pair.rho,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_a_project_of_one_large_program() {
        let shared = BTreeSet::from(["talent".to_owned()]);
        let naming = Naming { id: "erp", shared: &shared };
        for (alone, joined) in [
            ("task/build.api/duration", "task/erp.build.api/duration"),
            ("program/cost/office", "project/erp/cost/office"),
            ("driver/talent/factor", "driver/talent/factor"),
            ("driver/vendor/occurs", "driver/erp.vendor/occurs"),
            ("risk/R-07/1/delay/build.api", "risk/erp.R-07/1/delay/erp.build.api"),
            ("risk/R-07/occurs", "risk/erp.R-07/occurs"),
            ("contract/acme/payment/1", "contract/erp.acme/payment/1"),
            ("alternatives/route", "alternatives/erp.route"),
        ] {
            assert_eq!(naming.stream(alone), joined);
        }
    }
}
