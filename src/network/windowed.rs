//! Tasks bound to start or fit windows: where they come to lie, and how late they may be held back.

use super::compile::Network;
use super::node::TaskRule;
use super::place::{Place, at_place};
use crate::calendar::{Slot, WindowTable};
use crate::units::Instant;

impl Network {
    /// The windows that bind a task.
    #[inline]
    fn windows_of(&self, rule: &TaskRule) -> Option<&WindowTable> {
        if rule.in_windows { self.windows[rule.clock as usize].as_ref() } else { None }
    }

    /// Moves a task to the first place in window number `from` or later that its windows allow, with the
    /// number of the window; `None` if no window is left, the task where it is if no window binds it.
    #[inline]
    pub(super) fn windowed_place(
        &self,
        rule: &TaskRule,
        d: i32,
        free: Place,
        from: usize,
    ) -> Option<(Place, usize)> {
        let Some(windows) = self.windows_of(rule) else { return Some((free, 0)) };
        let table = &self.tables[rule.clock as usize];
        if d == 0 {
            let (window, t) = windows.first_instant_from(from, Instant(free.start))?;
            return Some((Place { at: table.worked(t), start: t.0, finish: t.0 }, window));
        }
        let slot = windows.first_slot_from(from, free.at, d)?;
        let place = if slot.work == free.at { free } else { at_place(table, d, slot.work) };
        Some((place, slot.window))
    }

    /// The latest place of `d > 0` minutes, at or before `place`, that its windows allow; `place` itself if
    /// no window binds the task or none is that early.
    ///
    /// `departure` fixes the window: where places are counted, a train does not wait for another one.
    #[inline]
    pub(super) fn latest_place(&self, rule: &TaskRule, d: i32, place: i32, departure: u32) -> i32 {
        let Some(windows) = self.windows_of(rule) else { return place };
        let limit = place.saturating_add(d);
        let slot = match rule.in_train {
            true => windows.last_slot_in(departure as usize, limit, d),
            false => windows.last_slot(limit, d),
        };
        slot.map_or(place, |Slot { work, .. }| work)
    }

    /// The same for an event: the latest instant at or before `t`.
    #[inline]
    pub(super) fn latest_instant(&self, rule: &TaskRule, t: i32, departure: u32) -> i32 {
        let Some(windows) = self.windows_of(rule) else { return t };
        if rule.in_train {
            return windows.windows().get(departure as usize).map_or(t, |window| window.latest.0.min(t));
        }
        windows.last_instant(Instant(t)).map_or(t, |(_, latest)| latest.0)
    }
}
