//! Lanes in which a task does not exist: what it passes on there.

use super::pass::{LaneDates, LaneInputs, LanePass};
use super::plan::LanePlan;
use crate::lanes::{self, Flags, Ints, UNLIMITED};
use crate::network::compile::Network;
use crate::network::node::{Edge, UNBOUND};

impl Network {
    /// In which lanes a node exists; `None` if in all.
    #[inline]
    pub(super) fn mask_of<'a>(&self, node: usize, inputs: LaneInputs<'a>) -> Option<&'a Flags> {
        if !self.presence.any {
            return None;
        }
        self.presence.condition(node).map(|condition| &inputs.present[condition])
    }

    /// Takes the lag away again in the lanes in which an end of the link does not exist: `t` becomes `bare`.
    pub(super) fn without_lag(
        &self,
        set: lanes::InstructionSet,
        edge: &Edge,
        inputs: LaneInputs,
        t: &mut Ints,
        bare: &Ints,
    ) {
        for end in [edge.from, edge.to] {
            if let Some(mask) = self.mask_of(end as usize, inputs) {
                lanes::keep_where(set, t, mask, bare);
            }
        }
    }

    /// Puts what an absent task passes on where its dates would be, marks the lanes in which it never
    /// finishes, and gathers its dates for projects and program.
    pub(super) fn settle_lanes(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        let set = pass.set;
        if let Some(never) = self.presence.never(node) {
            let mut never = inputs.present[never].clone();
            if let Some(mask) = self.mask_of(node, inputs) {
                lanes::and(set, &mut never, mask);
            }
            lanes::or(set, &mut pass.left_over, &never);
        }
        let Some(mask) = self.mask_of(node, inputs) else { return };
        let mut passed_on = Ints::all(self.origin.0);
        for (edge, edge_plan) in self.entering_with(plan, node) {
            let bring = &self.date_of(edge, pass);
            lanes::max(set, &mut passed_on, bring);
            // The trace compares instants where the task does not exist.
            if let Some(kept) = edge_plan.kept {
                lanes::keep_where(set, &mut pass.kept[kept as usize], mask, bring);
            }
        }
        let rows =
            [&mut pass.start[node], &mut pass.finish[node], &mut pass.place[node], &mut pass.end[node]];
        for row in rows {
            lanes::keep_where(set, row, mask, &passed_on);
        }
        if let Some(free) = &mut pass.unwindowed[node] {
            lanes::keep_where(set, free, mask, &passed_on);
        }
        lanes::keep_where(set, &mut dates.start[node], mask, &passed_on);
        lanes::keep_where(set, &mut dates.finish[node], mask, &passed_on);
        lanes::keep_or(set, &mut dates.wait[node], mask, 0);
        let finish = &pass.finish[node];
        lanes::max(set, &mut pass.last_finish, finish);
        if let Some(project) = self.project_of[node] {
            let project = project as usize;
            lanes::max_where(set, &mut dates.project_finish[project], mask, finish);
            lanes::max_unless(set, &mut pass.passed_on[project], mask, finish);
        }
    }

    /// A project of which nothing exists ends when what is passed on does; after those below it.
    pub(super) fn finish_of_absent(&self, project: usize, pass: &mut LanePass, dates: &mut LaneDates) {
        let set = pass.set;
        if let Some(parent) = self.parents[project]
            && let Ok([own, above]) = pass.passed_on.get_disjoint_mut([project, parent as usize])
        {
            lanes::max(set, above, own);
        }
        let finish = &mut dates.project_finish[project];
        for (finish, &passed_on) in finish.iter_mut().zip(pass.passed_on[project].iter()) {
            if *finish == UNBOUND {
                *finish = if passed_on == UNBOUND { UNLIMITED } else { passed_on };
            }
        }
    }

    /// How late what an absent task passes on may be; it is not critical itself.
    pub(super) fn limit_absent_lanes(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        let Some(mask) = self.mask_of(node, inputs) else { return };
        let set = pass.set;
        let latest = self.latest_lanes(plan, inputs, node, pass);
        lanes::keep_where(set, &mut pass.late_start[node], mask, &latest);
        lanes::keep_where(set, &mut pass.late_finish[node], mask, &latest);
        lanes::and(set, &mut dates.critical[node], mask);
    }
}
