//! The critical path test: does a slip of 600 days reach the finish?

use crate::model::{Program, TaskIx};
use crate::network::{Inputs, Network, Schedule};

/// Working days by which the first task is slipped.
const SLIP_DAYS: u32 = 600;

/// Slips the first driving work and says whether the target moves by as much, to within a tenth: windows and
/// holidays may take up some of it. `None` if nothing can be slipped.
pub(super) fn slip_reaches_the_finish(program: &Program, schedule: &Schedule) -> Option<(TaskIx, bool)> {
    let before = schedule.target_finish()?;
    let inputs = Inputs::plan(program);
    let works = |task: &TaskIx| inputs.duration_minutes[task.index()] > 0 && schedule.task(*task).driving;
    let tasks = (0..program.tasks().len()).map(TaskIx::new).filter(works);
    let first = tasks.min_by_key(|&task| (schedule.task(task).start, task))?;
    let calendar = program.tasks()[first.index()].calendar;
    let day = program.calendars()[calendar.index()].calendar.scale.minutes_per_day;
    let mut slipped = inputs.clone();
    let minutes = &mut slipped.duration_minutes[first.index()];
    *minutes = minutes.checked_add(i32::try_from(SLIP_DAYS.checked_mul(day)?).ok()?)?;
    let network = Network::compile(program, &slipped).ok()?;
    let mut pass = network.pass();
    network.forward(&inputs, &mut pass);
    let early = pass.finish(first);
    network.forward(&slipped, &mut pass);
    let after = pass.target_finish()?;
    let slip = i64::from(pass.finish(first).0) - i64::from(early.0);
    let moved = i64::from(after.0) - i64::from(before.0);
    Some((first, moved * 10 >= slip * 9))
}
