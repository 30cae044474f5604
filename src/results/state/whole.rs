//! All statistics of a simulation as bytes.

use super::{State, StateError, StateReader, StateWriter, fields};
use crate::draws::BLOCK;
use crate::engine::Simulation;
use crate::results::{ProjectResults, Results, Worth};

fields!(ProjectResults: finish, cost, drives);
fields!(Worth: npv, costs, benefits, positive);

impl Results {
    /// Everything that was counted, as bytes. What is kept whole of the first iterations is not among it: see
    /// [`super::super::Beginning`].
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        let mut out = StateWriter::default();
        self.finish.save(&mut out);
        self.cost.save(&mut out);
        self.program.save(&mut out);
        self.joint.save(&mut out);
        self.projects.save(&mut out);
        out.count(self.milestones.len() as u64);
        self.milestones.iter().for_each(|(_, outcome)| outcome.save(&mut out));
        self.tasks.save(&mut out);
        self.risks.save(&mut out);
        self.drivers.save(&mut out);
        self.durations_clamped.save(&mut out);
        self.worth.save(&mut out);
        self.portfolio.save(&mut out);
        out.into_bytes()
    }

    /// What was counted of so many blocks of a program, without what is kept whole of the first iterations.
    ///
    /// # Errors
    /// [`StateError`] if the bytes are not those of so many blocks of this program.
    pub fn restored(simulation: &Simulation, blocks: u64, bytes: &[u8]) -> Result<Self, StateError> {
        let (mut all, mut from) = (Self::new(simulation), StateReader::new(bytes));
        all.iterations = blocks * BLOCK as u64;
        all.finish.restore(&mut from)?;
        all.cost.restore(&mut from)?;
        all.program.restore(&mut from)?;
        all.joint.restore(&mut from)?;
        all.projects.restore(&mut from)?;
        from.exactly(all.milestones.len(), "another number of milestones")?;
        all.milestones.iter_mut().try_for_each(|(_, outcome)| outcome.restore(&mut from))?;
        all.tasks.restore(&mut from)?;
        all.risks.restore(&mut from)?;
        all.drivers.restore(&mut from)?;
        all.durations_clamped.restore(&mut from)?;
        all.worth.restore(&mut from)?;
        all.portfolio.restore(&mut from)?;
        from.finish()?;
        if all.counted().any(|n| n != all.iterations) {
            return Err(StateError::Unfitting("another number of iterations"));
        }
        Ok(all)
    }

    /// How many iterations every distribution counted.
    fn counted(&self) -> impl Iterator<Item = u64> {
        let projects = self.projects.iter().flat_map(|project| [&project.finish, &project.cost]);
        let milestones = self.milestones.iter().map(|(_, outcome)| outcome);
        let worth = self.worth.iter().map(|worth| &worth.npv);
        let outcomes = [&self.finish, &self.cost].into_iter().chain(projects).chain(milestones).chain(worth);
        let of_members = self.portfolio.iter().flat_map(super::super::PortfolioResults::counted);
        let counts = outcomes.map(super::super::Outcome::iterations_checked);
        counts.chain([self.joint.iterations()]).chain(of_members)
    }
}
