//! The driving chains of a block.

use super::pass::{Lag, LaneDates, LaneInputs, LanePass};
use super::plan::LanePlan;
use crate::lanes::{self, Flags, Ints};
use crate::network::compile::Network;

impl Network {
    pub(super) fn trace_lanes(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        let set = pass.set;
        let tasks = self.rules.len();
        for node in 0..self.order.len() {
            if node >= tasks || !plan.goal.includes(node, self) || self.is_finished(node) {
                pass.driving[node].fill(false);
            } else if plan.is_event[node] || plan.may_idle[node] || self.mask_of(node, inputs).is_some() {
                lanes::bind_equal(set, &mut pass.driving[node], &pass.finish[node], &pass.goal_date);
            } else if !lanes::any(set, &dates.critical[node]) {
                // What ends on the date of the goal has no float.
                pass.driving[node].fill(false);
            } else {
                let clock = self.rules[node].clock as usize;
                lanes::bind_equal(set, &mut pass.driving[node], &pass.end[node], &pass.goal_end[clock]);
            }
        }
        for &node in self.order.iter().rev() {
            let node = node as usize;
            if !lanes::any(set, &pass.driving[node]) {
                continue;
            }
            self.mark_lanes(plan, inputs, node, pass);
        }
        dates.project_drives.iter_mut().for_each(|drives| drives.fill(false));
        for node in 0..tasks {
            dates.driving[node].copy_from_slice(&pass.driving[node][..]);
            if let Some(mask) = self.mask_of(node, inputs) {
                lanes::and(set, &mut dates.driving[node], mask);
            }
            if let Some(project) = self.project_of[node] {
                let drives = &mut dates.project_drives[project as usize];
                lanes::join(set, drives, &dates.driving[node]);
            }
        }
        // A parent stands before its children.
        for project in (0..self.parents.len()).rev() {
            if let Some(parent) = self.parents[project] {
                let own = dates.project_drives[project];
                let drives = &mut dates.project_drives[parent as usize];
                lanes::join(set, drives, &own);
            }
        }
    }

    /// Marks what binds a node where it drives.
    fn mark_lanes(&self, plan: &LanePlan, inputs: LaneInputs, node: usize, pass: &mut LanePass) {
        let set = pass.set;
        let is_work = plan.is_event.get(node).is_some_and(|&event| !event);
        // Places where it lasts, instants where it does not.
        let mixed = plan.may_idle.get(node).is_some_and(|&may| may).then(|| {
            let (d, place, start) = (&inputs.duration_minutes[node], &pass.place[node], &pass.start[node]);
            Ints::from_fn(|lane| if d[lane] == 0 { start[lane] } else { place[lane] })
        });
        // The place of a task of which nobody else asks for it.
        let mut place: Option<Ints> = None;
        for (edge, edge_plan) in self.entering_with(plan, node) {
            if self.is_past(edge) {
                continue;
            }
            let from = edge.from as usize;
            let (Some(own), Some(source)) = two(&mut pass.driving, node, from) else { continue };
            let value = match (pass.unwindowed.get(node), &mixed) {
                (Some(Some(free)), _) => free,
                (_, Some(mixed)) => mixed,
                _ if is_work && plan.places[node] => &pass.place[node],
                _ if is_work => place.get_or_insert_with(|| {
                    let mut place = Ints::all(0);
                    lanes::less(set, &mut place, &pass.end[node], &inputs.duration_minutes[node]);
                    place
                }),
                _ => &pass.start[node],
            };
            // What was moved is not held back by what comes before it.
            let held;
            let own = match pass.moved.get(node) {
                Some(moved) => {
                    held = Flags::from_fn(|lane| own[lane] && !moved[lane]);
                    &held
                }
                None => own,
            };
            let (base, lag) = match edge_plan.kept {
                Some(kept) => (&pass.kept[kept as usize], Lag::Fixed(0)),
                None if edge.leaves_start => (&pass.place[from], self.lag_lanes(edge, inputs)),
                None => (&pass.end[from], self.lag_lanes(edge, inputs)),
            };
            let shifted;
            let (base, lag) = match lag {
                Lag::Fixed(lag) => (base, lag),
                lag => {
                    let mut t = lag.to_lanes(set);
                    lanes::add_to(set, &mut t, base);
                    shifted = t;
                    (&shifted, 0)
                }
            };
            if is_work && edge.holds_finish {
                let d = &inputs.duration_minutes[node];
                lanes::bind_less(set, source, own, base, lag, d, value);
            } else {
                lanes::bind(set, source, own, base, lag, value);
            }
        }
    }
}

/// One row to read and one to write; none for a link from a node to itself, which does not occur.
fn two<T>(rows: &mut [T], read: usize, write: usize) -> (Option<&T>, Option<&mut T>) {
    match rows.get_disjoint_mut([read, write]) {
        Ok([read, write]) => (Some(read), Some(write)),
        Err(_) => (None, None),
    }
}
