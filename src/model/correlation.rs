//! What is drawn together.

use std::collections::{BTreeMap, BTreeSet};

use super::{CostAmount, CostLine, Program};
use crate::units::RankCorrelation;

/// Something that is drawn in every iteration, by the stable name of its random stream.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Drawn(String);

impl Drawn {
    /// What is drawn from a stream.
    pub(super) fn of_stream(stream: String) -> Self {
        Self(stream)
    }

    /// The own estimate of a task's duration, by the task's id.
    #[must_use]
    pub fn duration(task: &str) -> Self {
        Self(format!("task/{task}/duration"))
    }

    /// A lump sum of a task, by the task's id and the key of the line.
    #[must_use]
    pub fn task_cost(task: &str, line: &str) -> Self {
        Self(format!("task/{task}/cost/{line}"))
    }

    /// A lump sum of a project, by the project's id and the key of the line.
    #[must_use]
    pub fn project_cost(project: &str, line: &str) -> Self {
        Self(format!("project/{project}/cost/{line}"))
    }

    /// A lump sum of the program, by the key of the line.
    #[must_use]
    pub fn program_cost(line: &str) -> Self {
        Self(format!("program/cost/{line}"))
    }

    /// Whether a risk occurs, by the risk's id. Correlated occurrences come together more often: that of two
    /// risks is high where both draws are low.
    #[must_use]
    pub fn occurrence(risk: &str) -> Self {
        Self(format!("risk/{risk}/occurs"))
    }

    /// Whether a driver occurs, by its id.
    #[must_use]
    pub fn driver(driver: &str) -> Self {
        Self(format!("driver/{driver}/occurs"))
    }

    /// The factor of a driver, by its id.
    #[must_use]
    pub fn factor(driver: &str) -> Self {
        Self(format!("driver/{driver}/factor"))
    }

    /// The draws of a risk's impacts, before and after its response: once per key, or per task.
    #[must_use]
    pub fn impacts(program: &Program, risk: &super::Risk) -> BTreeSet<Self> {
        let mut found = BTreeSet::new();
        let residual = risk.response.iter().flat_map(|response| &response.residual.impacts);
        for impact in risk.levels.impacts.iter().chain(residual) {
            // A cancellation of a risk with a window draws nothing of its own.
            let delay = impact.delay.as_ref().filter(|delay| !matches!(delay, super::DelayImpact::Stop(_)));
            let cost = impact.cost.as_ref().map(|_| "cost");
            for what in delay.map(super::DelayImpact::stream).into_iter().chain(cost) {
                let name = format!("risk/{}/{}/{what}", risk.id, impact.key);
                if impact.per_task {
                    let id = |task: &super::TaskIx| program.tasks.get(task.index()).map(|task| &task.id);
                    found.extend(impact.targets.iter().filter_map(id).map(|id| Self(format!("{name}/{id}"))));
                } else {
                    found.insert(Self(name));
                }
            }
        }
        found
    }

    /// The name as people write it: `build.duration`, `build.cost.KEY`, `R-01.occurrence`.
    #[must_use]
    pub fn label(&self) -> String {
        Self::label_of(&self.0)
    }

    /// The name as people write it, of a stream.
    #[must_use]
    pub fn label_of(stream: &str) -> String {
        let name = match stream.split_once('/') {
            Some(("task" | "project" | "risk" | "driver", name)) => name,
            _ => stream,
        };
        match name.strip_suffix("/occurs") {
            Some(owner) => format!("{owner}.occurrence"),
            None => name.replace('/', "."),
        }
    }

    /// The name of the stream.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Things that are drawn together: one common factor for all.
#[derive(Clone, Debug, PartialEq)]
pub struct CorrelationGroup {
    /// The stable id; it keys the common factor's random stream.
    pub id: String,
    /// What is drawn together, each once.
    pub members: BTreeSet<Drawn>,
    /// The rank correlation of any two of them, zero or more.
    pub rho: RankCorrelation,
}

/// The correlation of two things, whatever their groups say.
#[derive(Clone, Debug, PartialEq)]
pub struct CorrelatedPair {
    /// The one.
    pub a: Drawn,
    /// The other.
    pub b: Drawn,
    /// Their rank correlation.
    pub rho: RankCorrelation,
}

/// All correlations of a program (semantics, section 2).
///
/// A pair of things has the correlation stated for it; else the correlation of its group, where those of
/// several groups add up (in terms of normal scores); else that of the whole program; else none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Correlations {
    /// What holds for the whole program.
    pub program: Option<CorrelationGroup>,
    /// The same for each program of a portfolio that says so.
    pub members: Vec<CorrelationGroup>,
    /// Groups.
    pub groups: Vec<CorrelationGroup>,
    /// Pairs.
    pub pairs: Vec<CorrelatedPair>,
}

/// Why groups cannot hold together.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CorrelationError {
    /// One common factor cannot make things run against each other.
    #[error("the group has a negative correlation")]
    Negative {
        /// Which of the groups; [`None`] for that of the program.
        group: Option<usize>,
    },
    /// The program as a whole is more correlated than the group.
    #[error("the correlation of the group lies below that of the whole program")]
    BelowProgram {
        /// Which of the groups.
        group: usize,
    },
    /// A part of the group is correlated by the program as a whole.
    #[error("the correlation of the whole program holds for a part of the group only")]
    Mixed {
        /// Which of the groups.
        group: usize,
    },
    /// The squared loadings of one thing on the factors of its groups add up to more than 1.
    #[error("the groups of `{}` ask for more than full correlation", drawn.as_str())]
    Exceeds {
        /// What is in too many groups.
        drawn: Drawn,
        /// The last group that it is in.
        group: usize,
    },
    /// A pair of one thing with itself, or one that is stated twice.
    #[error("the correlation of `{}` and `{}` is stated twice, or is one with itself", .0.as_str(), .1.as_str())]
    Twice(Drawn, Drawn),
    /// Nothing of this name is drawn.
    #[error("nothing is drawn as `{}`", .0.as_str())]
    Unknown(Drawn),
}

/// The squared loading of something on each of the common factors that it has, by the factors' numbers: 0 is
/// the program's, the groups' are 1, 2 and so on.
pub type Loadings<'a> = BTreeMap<&'a Drawn, Vec<(usize, f64)>>;

impl Correlations {
    /// What holds for all of a program: of the one that there is, or of those of a portfolio.
    pub fn bases(&self) -> impl Iterator<Item = &CorrelationGroup> {
        self.program.iter().chain(&self.members)
    }

    /// Whether nothing is correlated.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bases().next().is_none() && self.groups.is_empty() && self.pairs.is_empty()
    }

    /// Squared loadings on common factors. A group within the program's correlation gets what is missing to
    /// its own, so that its coefficient is that of its members.
    ///
    /// # Errors
    /// Every [`CorrelationError`] of the groups.
    pub fn loadings(&self) -> Result<Loadings<'_>, Vec<CorrelationError>> {
        let mut errors = Vec::new();
        let mut loadings: Loadings<'_> = BTreeMap::new();
        let whole = self.program.iter().map(|program| (0, program));
        let bases: Vec<(usize, &CorrelationGroup)> = whole.chain((1..).zip(&self.members)).collect();
        for (factor, base) in &bases {
            let r = base.rho.of_scores();
            if r < 0.0 {
                errors.push(CorrelationError::Negative { group: None });
            }
            for member in &base.members {
                loadings.entry(member).or_default().push((*factor, r));
            }
        }
        for (at, group) in self.groups.iter().enumerate() {
            let r = group.rho.of_scores();
            if r < 0.0 {
                errors.push(CorrelationError::Negative { group: Some(at) });
                continue;
            }
            // What holds for the whole program holds for all members of the group, or for none of them.
            let counts = |base: &CorrelationGroup| {
                group.members.iter().filter(|one| base.members.contains(one)).count()
            };
            let covering = bases.iter().map(|(_, base)| (counts(base), base.rho.of_scores()));
            let (covered, base) = covering.max_by_key(|(count, _)| *count).unwrap_or((0, 0.0));
            let own = match covered {
                0 => r,
                _ if base == 0.0 => r,
                all if all == group.members.len() && r >= base => r - base,
                all if all == group.members.len() => {
                    errors.push(CorrelationError::BelowProgram { group: at });
                    continue;
                }
                _ => {
                    errors.push(CorrelationError::Mixed { group: at });
                    continue;
                }
            };
            for member in &group.members {
                let known = loadings.entry(member).or_default();
                known.push((1 + self.members.len() + at, own));
                // Two halves that are not quite halves in binary still make a whole.
                if known.iter().map(|(_, square)| square).sum::<f64>() > 1.0 + 1e-9 {
                    errors.push(CorrelationError::Exceeds { drawn: member.clone(), group: at });
                }
            }
        }
        if errors.is_empty() { Ok(loadings) } else { Err(errors) }
    }

    /// Everything that is named.
    pub fn members(&self) -> impl Iterator<Item = &Drawn> {
        let groups = self.bases().chain(&self.groups).flat_map(|group| &group.members);
        groups.chain(self.pairs.iter().flat_map(|pair| [&pair.a, &pair.b]))
    }

    /// All that keeps a program from having these correlations.
    pub(super) fn errors(&self, program: &Program) -> Vec<CorrelationError> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut errors = self.loadings().err().unwrap_or_default();
        let known = program.drawn();
        let unknown: BTreeSet<&Drawn> = self.members().filter(|member| !known.contains(*member)).collect();
        errors.extend(unknown.into_iter().map(|drawn| CorrelationError::Unknown(drawn.clone())));
        let mut seen = BTreeSet::new();
        for pair in &self.pairs {
            let ends = if pair.a < pair.b { (&pair.a, &pair.b) } else { (&pair.b, &pair.a) };
            if ends.0 == ends.1 || !seen.insert(ends) {
                errors.push(CorrelationError::Twice(pair.a.clone(), pair.b.clone()));
            }
        }
        errors
    }
}

impl Program {
    /// Everything that is drawn and may be correlated: durations, lump sums, occurrences, impacts, factors.
    #[must_use]
    pub fn drawn(&self) -> BTreeSet<Drawn> {
        let lumps = |lines: &[CostLine], name: &dyn Fn(&str) -> Drawn| -> Vec<Drawn> {
            let lumps = lines.iter().filter(|line| matches!(line.amount, CostAmount::Lump(_)));
            lumps.map(|line| name(&line.key)).collect()
        };
        let mut all = BTreeSet::new();
        for task in &self.tasks {
            all.extend(task.duration().map(|_| Drawn::duration(&task.id)));
            all.extend(lumps(&task.costs, &|key| Drawn::task_cost(&task.id, key)));
        }
        for project in &self.projects {
            all.extend(lumps(&project.costs, &|key| Drawn::project_cost(&project.id, key)));
        }
        all.extend(lumps(&self.costs, &Drawn::program_cost));
        for risk in &self.risks {
            all.insert(Drawn::occurrence(&risk.id));
            all.extend(Drawn::impacts(self, risk));
        }
        for driver in &self.drivers {
            all.extend([Drawn::driver(&driver.id), Drawn::factor(&driver.id)]);
        }
        all
    }

    /// What is drawn together.
    #[must_use]
    pub fn correlations(&self) -> &Correlations {
        &self.correlations
    }

    /// The same program with everything drawn independently. What is not correlated keeps its draws, and so
    /// does every common factor that another program shares.
    #[must_use]
    pub fn independent(&self) -> Self {
        Self { correlations: Correlations::default(), ..self.clone() }
    }
}
