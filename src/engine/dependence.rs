//! What a program draws together, compiled to a copula.

use std::collections::BTreeMap;

use super::Simulation;
use super::quantity::{Quantity, Source};
use super::uniforms::{BlockDraws, Uniforms};
use crate::draws::{Adjustment, Copula, Dependence, DependenceError, unit};
use crate::lanes::{Reals, Words};
use crate::model::{Correlations, Drawn};

/// Everything that is drawn together.
#[derive(Clone, Debug, Default)]
pub(super) struct Coupled {
    pub(super) copula: Copula,
    pub(super) adjustments: Vec<Adjustment>,
    /// By name of the stream, where it is drawn at all.
    pub(super) by_name: BTreeMap<String, Member>,
}

/// Something that is drawn together with others.
#[derive(Clone, Copy, Debug)]
pub(super) enum Member {
    /// A number.
    Quantity(Quantity),
    /// Whether something occurs.
    Occurrence(Uniforms),
}

/// Compiles the correlations and tells `source` which streams belong together.
pub(super) fn compile(
    correlations: &Correlations,
    source: &mut Source,
) -> Result<(Copula, Vec<Adjustment>), Vec<DependenceError>> {
    if correlations.is_empty() {
        return Ok((Copula::default(), Vec::new()));
    }
    let groups = correlations.groups.iter().map(|group| format!("correlation/group/{}", group.id));
    let members = correlations.members.iter().map(|member| format!("correlation/{}/program", member.id));
    let whole = std::iter::once("correlation/program".to_owned());
    let factors: Vec<String> = whole.chain(members).chain(groups).collect();
    let loadings = correlations.loadings();
    let loadings = loadings.expect("a program is built only if the loadings of its groups can be");
    let dependence = Dependence {
        factors: factors.clone(),
        loadings: loadings.into_iter().map(|(drawn, of)| (drawn.as_str().to_owned(), of)).collect(),
        pairs: correlations
            .pairs
            .iter()
            .map(|pair| (pair.a.as_str().to_owned(), pair.b.as_str().to_owned(), pair.rho.of_scores()))
            .collect(),
    };
    // Factors have streams of their own; the others are those of the quantities, which claim them.
    for name in &factors {
        source.claim(name);
    }
    let (copula, by_name, adjustments) = dependence.copula(|name| source.stream_of(name))?;
    source.couple(by_name, correlations.members().map(|drawn| drawn.as_str().to_owned()).collect());
    Ok((copula, adjustments))
}

impl Simulation {
    /// What had to be changed where correlations cannot hold together.
    #[must_use]
    pub fn adjustments(&self) -> &[Adjustment] {
        &self.coupled.adjustments
    }

    /// What was drawn for things that are correlated, in the first so many blocks; for what occurs or not, the
    /// uniforms. [`None`] for what is certain, or not drawn at all.
    #[must_use]
    pub fn samples(&self, wanted: &[&Drawn], blocks: u32) -> Vec<Option<Vec<f64>>> {
        let copula = &self.coupled.copula;
        let is_drawn = |member: &&Member| match member {
            Member::Quantity(quantity) => quantity.certain_value().is_none(),
            Member::Occurrence(_) => true,
        };
        let members = wanted.iter().map(|drawn| self.coupled.by_name.get(drawn.as_str()).filter(is_drawn));
        let members: Vec<Option<&Member>> = members.collect();
        let mut samples: Vec<Option<Vec<f64>>> =
            members.iter().map(|found| found.map(|_| Vec::new())).collect();
        let mut shared = vec![Reals::all(0.0); copula.shared()];
        let (mut bits, mut values) = (Words::all(0), Reals::all(0.0));
        for block in 0..blocks {
            copula.fill_scores(self.set, self.sampler, block, &mut shared);
            let (set, sampler) = (self.set, self.sampler);
            let of = BlockDraws { set, sampler, copula, shared: &shared, block, drawn: None };
            for (member, sample) in members.iter().zip(&mut samples) {
                let (Some(member), Some(sample)) = (member, sample) else { continue };
                match member {
                    Member::Quantity(quantity) => {
                        quantity.fill(of, &self.tables, &mut bits, &mut values);
                        sample.extend_from_slice(&values[..]);
                    }
                    Member::Occurrence(uniforms) => {
                        uniforms.fill(of, &mut bits);
                        sample.extend(bits.iter().map(|&bits| unit(bits)));
                    }
                }
            }
        }
        samples
    }
}
