//! The critical path method against cases computed by hand; 2027-01-11 is a Monday.

mod support;

use p80::calendar::{Calendar, Days, Freeze, MonthRule, Nth, Shift, WindowMode, WindowRule, Windows};
use p80::model::{
    CalendarIx, Clock, ConstraintKind, Conventions, Endpoint, Estimate, Lag, LagAmount, LagClock, Link,
    LinkKind, MilestoneKind, Scope, Task, TaskIx, TaskKind,
};
use p80::network::{ChainStart, CompileError, Inputs, Network, Schedule};
use p80::units::WorkScale;
use support::{Plan, at, constraint};

const DAY: i32 = 480;

#[test]
fn every_link_type_with_lag_and_lead() {
    let mut plan = Plan::new(Calendar::standard());
    let a = plan.task(3 * DAY); // Mon 11th 08:00 .. Wed 13th 17:00
    let fs = plan.task(DAY);
    plan.link(a, LinkKind::FS, fs, DAY);
    let lead = plan.task(DAY);
    plan.link(a, LinkKind::FS, lead, -DAY);
    let ss = plan.task(DAY);
    plan.link(a, LinkKind::SS, ss, 240);
    let ff = plan.task(DAY);
    plan.link(a, LinkKind::FF, ff, 0);
    let ff_lag = plan.task(2 * DAY);
    plan.link(a, LinkKind::FF, ff_lag, DAY);
    let sf = plan.task(DAY);
    plan.link(fs, LinkKind::SF, sf, 60);
    let run = plan.run();
    run.expect(a, "2027-01-11T08:00", "2027-01-13T17:00");
    run.expect(fs, "2027-01-15T08:00", "2027-01-15T17:00");
    run.expect(lead, "2027-01-13T08:00", "2027-01-13T17:00");
    run.expect(ss, "2027-01-11T13:00", "2027-01-12T12:00");
    run.expect(ff, "2027-01-13T08:00", "2027-01-13T17:00");
    run.expect(ff_lag, "2027-01-13T08:00", "2027-01-14T17:00");
    run.expect(sf, "2027-01-14T09:00", "2027-01-15T09:00");
    assert_eq!(run.pass.target_finish().unwrap().to_string(), "2027-01-15T17:00");
}

#[test]
fn a_finish_stays_at_the_end_of_the_shift_and_a_start_moves_to_the_next() {
    let mut plan = Plan::new(Calendar::standard());
    let week = plan.task(5 * DAY);
    let next = plan.task(DAY);
    plan.link(week, LinkKind::FS, next, 0);
    let run = plan.run();
    run.expect(week, "2027-01-11T08:00", "2027-01-15T17:00");
    run.expect(next, "2027-01-18T08:00", "2027-01-18T17:00");
}

#[test]
fn a_percent_lag_is_a_share_of_the_duration_of_this_iteration_with_ties_to_even() {
    let mut plan = Plan::new(Calendar::standard());
    let a = plan.task(3 * DAY);
    let half = plan.task(DAY);
    plan.link_ends(Endpoint::Task(a), LinkKind::FS, Endpoint::Task(half), LagAmount::Share(0.5));
    let overlap = plan.task(DAY);
    plan.link_ends(Endpoint::Task(a), LinkKind::FS, Endpoint::Task(overlap), LagAmount::Share(-0.5));
    let mut run = plan.run();
    run.expect(half, "2027-01-15T13:00", "2027-01-18T12:00");
    run.expect(overlap, "2027-01-12T13:00", "2027-01-13T12:00");
    // 0.5 and 1.5 minutes become 0 and 2.
    for (minutes, start) in [(1, "2027-01-11T08:01"), (3, "2027-01-11T08:05")] {
        run.inputs.duration_minutes[a.index()] = minutes;
        run.network.forward(&run.inputs, &mut run.pass);
        assert_eq!(run.pass.start(half).to_string(), start);
    }
}

#[test]
fn a_lag_runs_in_the_calendar_that_the_link_names() {
    let mut plan = Plan::new(Calendar::standard());
    let clock = plan.builder.calendar("24x7", Calendar::round_the_clock());
    let a = plan.task(5 * DAY); // finishes Friday 15th 17:00
    let tasks =
        [LagClock::Successor, LagClock::Predecessor, LagClock::Program, LagClock::Elapsed].map(|clock_of| {
            let b = plan.task_on(clock, 60);
            let lag = Lag { amount: LagAmount::Fixed(480), clock: clock_of };
            let (from, to) = (Endpoint::Task(a), Endpoint::Task(b));
            plan.builder.link(Link { from, to, kind: LinkKind::FS, lag });
            b
        });
    let run = plan.run();
    run.expect(tasks[0], "2027-01-16T01:00", "2027-01-16T02:00");
    run.expect(tasks[1], "2027-01-18T17:00", "2027-01-18T18:00");
    run.expect(tasks[2], "2027-01-18T17:00", "2027-01-18T18:00");
    run.expect(tasks[3], "2027-01-16T01:00", "2027-01-16T02:00");
}

#[test]
fn constraints_hold_back_and_never_pull() {
    let mut plan = Plan::new(Calendar::standard());
    let with = |plan: &mut Plan, kind, date: &str| {
        let mut task =
            Task::work(date.to_owned() + &format!("{kind:?}"), Estimate::certain(960.0), CalendarIx(0));
        task.constraints.push(constraint(kind, date));
        plan.add(task)
    };
    let snet = with(&mut plan, ConstraintKind::StartNoEarlierThan, "2027-01-20");
    let fnet = with(&mut plan, ConstraintKind::FinishNoEarlierThan, "2027-01-22T24:00");
    let mso = with(&mut plan, ConstraintKind::MustStartOn, "2027-01-14T13:00");
    let mfo = with(&mut plan, ConstraintKind::MustFinishOn, "2027-01-18T12:00");
    let snlt = with(&mut plan, ConstraintKind::StartNoLaterThan, "2027-01-08T08:00");
    let fnlt = with(&mut plan, ConstraintKind::FinishNoLaterThan, "2027-01-12T12:00");
    let mut late = Task::work("deadline", Estimate::certain(960.0), CalendarIx(0));
    late.deadline = Some(at("2027-01-11T24:00"));
    let deadline = plan.add(late);
    let run = plan.run();
    run.expect(snet, "2027-01-20T08:00", "2027-01-21T17:00");
    run.expect(fnet, "2027-01-21T08:00", "2027-01-22T17:00");
    run.expect(mso, "2027-01-14T13:00", "2027-01-18T12:00");
    run.expect(mfo, "2027-01-14T13:00", "2027-01-18T12:00");
    run.expect(snlt, "2027-01-11T08:00", "2027-01-12T17:00");
    run.expect(fnlt, "2027-01-11T08:00", "2027-01-12T17:00");
    // The finish of all work is Friday 22nd 17:00: eight days after the 12th.
    assert_eq!(run.pass.total_float(fnlt), Some(8 * DAY));
    assert_eq!(run.pass.chain_start(fnet), Some(ChainStart::Constraint));
    let schedule = Schedule::of(&run.program, &run.network, &run.inputs);
    let float = |task| schedule.task(task).schedule_float.unwrap();
    assert_eq!([mso, mfo, snlt, fnlt, deadline].map(float), [0, 0, -DAY, -DAY / 2, -DAY]);
    assert_eq!(float(snet), DAY);
    assert_eq!(schedule.task(fnlt).target_float, Some(8 * DAY));
    assert_eq!(schedule.task(fnlt).late_finish, Some(at("2027-01-12T12:00")));
}

#[test]
fn nothing_starts_before_the_status_date() {
    let mut plan = Plan::new(Calendar::standard());
    plan.builder.status_date(Some(at("2027-01-16")));
    let a = plan.task(DAY);
    let run = plan.run();
    run.expect(a, "2027-01-18T08:00", "2027-01-18T17:00");
    assert_eq!(run.network.program_minutes(run.pass.finish(a)), DAY);
}

#[test]
fn a_milestone_keeps_its_instant_and_only_shows_a_start_rolled() {
    let mut plan = Plan::new(Calendar::standard());
    let clock = plan.builder.calendar("24x7", Calendar::round_the_clock());
    let a = plan.task(5 * DAY);
    let done = plan.add(Task::milestone("done", CalendarIx(0)));
    let mut begin = Task::milestone("begin", CalendarIx(0));
    begin.kind = TaskKind::Milestone(MilestoneKind::Start);
    let begin = plan.add(begin);
    let after_done = plan.task_on(clock, 60);
    let after_begin = plan.task_on(clock, 60);
    let monday = plan.task(60);
    for (from, to) in [(a, done), (a, begin), (done, after_done), (begin, after_begin), (begin, monday)] {
        plan.link(from, LinkKind::FS, to, 0);
    }
    let run = plan.run();
    let friday = "2027-01-15T17:00";
    run.expect(done, friday, friday);
    run.expect(begin, friday, friday);
    assert_eq!(run.pass.shown_start(done), at(friday));
    assert_eq!(run.pass.shown_start(begin), at("2027-01-18T08:00"));
    assert_eq!(run.pass.shown_finish(begin), at("2027-01-18T08:00"));
    run.expect(after_done, friday, "2027-01-15T18:00");
    run.expect(after_begin, friday, "2027-01-15T18:00");
    run.expect(monday, "2027-01-18T08:00", "2027-01-18T09:00");
}

#[test]
fn a_duration_that_comes_out_as_nothing_stays_where_its_predecessor_ends() {
    let mut plan = Plan::new(Calendar::standard());
    let a = plan.task(5 * DAY);
    let b = plan.task(DAY);
    plan.link(a, LinkKind::FS, b, 0);
    let mut run = plan.run();
    run.inputs.duration_minutes[b.index()] = 0;
    run.network.forward(&run.inputs, &mut run.pass);
    run.expect(b, "2027-01-15T17:00", "2027-01-15T17:00");
}

/// A round-the-clock calendar bound to two weekends, three weeks apart.
fn weekends(mode: WindowMode, capacity: Option<u32>) -> Calendar {
    let periods = vec![
        (at("2027-01-16"), at("2027-01-18")),
        (at("2027-02-06"), at("2027-02-08")),
        (at("2027-02-27"), at("2027-03-01")),
    ];
    let windows = Some(Windows { mode, rule: WindowRule::List(periods), capacity });
    Calendar { windows, ..Calendar::round_the_clock() }
}

#[test]
fn a_cutover_waits_for_the_first_window_in_which_it_fits() {
    let mut plan = Plan::new(Calendar::standard());
    let cutovers = plan.builder.calendar("cutover", weekends(WindowMode::Fit, None));
    let a = plan.task(5 * DAY);
    let cutover = plan.task_on(cutovers, 1_440);
    let after = plan.task(DAY);
    plan.link(a, LinkKind::FS, cutover, 0);
    plan.link(cutover, LinkKind::FS, after, 0);
    let mut run = plan.run();
    run.expect(cutover, "2027-01-16T00:00", "2027-01-17T00:00");
    run.expect(after, "2027-01-18T08:00", "2027-01-18T17:00");
    // Without windows it would have run from Friday 17:00 to Saturday 17:00.
    assert_eq!(run.pass.window_wait(cutover), 7 * 60);
    // The cutover may start as late as Sunday 00:00, and finish as late as Monday 08:00 for its successor.
    assert_eq!(run.pass.late_finish(cutover), Some(at("2027-01-18T08:00")));
    assert_eq!(run.pass.late_finish(a), Some(at("2027-01-17T00:00")));
    assert!(run.pass.is_driving(a), "a wait for a window does not end the chain");
    for (minutes, a_minutes, start) in
        [(1_440, 5 * DAY + 1, "2027-02-06T00:00"), (2_880, 5 * DAY, "2027-01-16T00:00"), (2_881, 5 * DAY, "")]
    {
        run.inputs.duration_minutes[cutover.index()] = minutes;
        run.inputs.duration_minutes[a.index()] = a_minutes;
        let mut network = Network::compile(&run.program, &run.inputs).unwrap();
        network.forward(&run.inputs, &mut run.pass);
        assert_eq!(run.pass.unfinished(), start.is_empty());
        assert_eq!(run.pass.target_finish().is_none(), start.is_empty());
        if !start.is_empty() {
            assert_eq!(run.pass.start(cutover), at(start));
        }
        // The same network serves an iteration with a result again.
        network = run.network.clone();
        run.inputs.duration_minutes[cutover.index()] = 1_440;
        run.inputs.duration_minutes[a.index()] = 5 * DAY;
        network.forward(&run.inputs, &mut run.pass);
        assert!(!run.pass.unfinished() && !run.pass.is_unfinished(after));
    }
}

#[test]
fn a_start_window_binds_the_start_to_the_minute() {
    let mut plan = Plan::new(Calendar::round_the_clock());
    let periods = vec![
        (at("2027-01-16T08:00"), at("2027-01-16T12:00")),
        (at("2027-01-23T08:00"), at("2027-01-23T12:00")),
    ];
    let windows = Some(Windows { mode: WindowMode::Start, rule: WindowRule::List(periods), capacity: None });
    let bound = plan.builder.calendar("starts", Calendar { windows, ..Calendar::round_the_clock() });
    let tasks = ["2027-01-12", "2027-01-16T11:59", "2027-01-16T12:00"].map(|date| {
        let mut task = Task::work(date, Estimate::certain(600.0), bound);
        task.constraints.push(constraint(ConstraintKind::StartNoEarlierThan, date));
        plan.add(task)
    });
    let run = plan.run();
    run.expect(tasks[0], "2027-01-16T08:00", "2027-01-16T18:00");
    run.expect(tasks[1], "2027-01-16T11:59", "2027-01-16T21:59");
    run.expect(tasks[2], "2027-01-23T08:00", "2027-01-23T18:00");
}

#[test]
fn work_pauses_between_windows_and_ends_with_the_last() {
    let mut plan = Plan::new(Calendar::round_the_clock());
    let pauses = plan.builder.calendar("pauses", weekends(WindowMode::Pause, None));
    let a = plan.task_on(pauses, 2_880 + 360);
    let mut run = plan.run();
    run.expect(a, "2027-01-16T00:00", "2027-02-06T06:00");
    assert_eq!(run.pass.window_wait(a), (26 * 24 - 8 + 6 - 54) * 60);
    // Three windows of 2,880 minutes: one more minute has none.
    for (minutes, finish) in [(3 * 2_880, Some("2027-03-01T00:00")), (3 * 2_880 + 1, None)] {
        run.inputs.duration_minutes[a.index()] = minutes;
        let network = Network::compile(&run.program, &run.inputs).unwrap();
        network.forward(&run.inputs, &mut run.pass);
        assert_eq!(run.pass.target_finish(), finish.map(at));
    }
}

#[test]
fn nobody_works_in_a_freeze_but_elapsed_time_goes_on() {
    let mut frozen = Calendar::standard();
    let days = Days::Range("2027-01-13".parse().unwrap(), "2027-01-19".parse().unwrap());
    frozen.freezes.push(Freeze { days, reason: "year-end".into() });
    let mut plan = Plan::new(frozen);
    let a = plan.task(3 * DAY);
    let mut elapsed = Task::work("elapsed", Estimate::certain(4_320.0), CalendarIx(0));
    elapsed.kind = TaskKind::Work { duration: Estimate::certain(4_320.0), clock: Clock::Elapsed };
    let elapsed = plan.add(elapsed);
    let run = plan.run();
    run.expect(a, "2027-01-11T08:00", "2027-01-20T17:00");
    assert_eq!(run.pass.window_wait(a), 7 * 1_440);
    run.expect(elapsed, "2027-01-11T08:00", "2027-01-14T08:00");
    assert_eq!(run.pass.window_wait(elapsed), 0);
    assert_eq!(run.network.worked_minutes(elapsed, &run.pass), 2 * DAY);
}

#[test]
fn places_on_a_release_train_go_to_who_is_ready_first() {
    let mut plan = Plan::new(Calendar::round_the_clock());
    let train = plan.builder.calendar("train", weekends(WindowMode::Fit, Some(1)));
    // The later a task stands in the list, the earlier it is ready.
    let tasks = [3_000, 2_000, 1_000].map(|ready| {
        let before = plan.task(ready);
        let task = plan.task_on(train, 600);
        plan.link(before, LinkKind::FS, task, 0);
        (before, task)
    });
    // Same place in the queue for a milestone: it is ready at once.
    let run = plan.run();
    run.expect(tasks[2].1, "2027-01-16T00:00", "2027-01-16T10:00");
    run.expect(tasks[1].1, "2027-02-06T00:00", "2027-02-06T10:00");
    run.expect(tasks[0].1, "2027-02-27T00:00", "2027-02-27T10:00");
    // The departure is fixed: the last may come until its own train leaves, not until a later one.
    assert_eq!(run.pass.late_finish(tasks[0].0), Some(at("2027-02-27T00:00")));
    assert!(run.pass.window_wait(tasks[0].1) > 0);
    let mut inputs = run.inputs.clone();
    inputs.duration_minutes[tasks[2].0.index()] = 2_500;
    let mut pass = run.network.pass();
    run.network.forward(&inputs, &mut pass);
    let starts = [0, 1, 2].map(|at: usize| pass.start(tasks[at].1).to_string());
    assert_eq!(starts, ["2027-02-27T00:00", "2027-01-16T00:00", "2027-02-06T00:00"]);
}

#[test]
fn a_train_that_is_full_to_the_end_leaves_work_behind() {
    let mut plan = Plan::new(Calendar::round_the_clock());
    let train = plan.builder.calendar("train", weekends(WindowMode::Start, Some(1)));
    let tasks: Vec<TaskIx> = (0..4).map(|_| plan.task_on(train, 600)).collect();
    let after = plan.task(60);
    plan.link(tasks[3], LinkKind::FS, after, 0);
    let run = plan.run();
    let left: Vec<bool> = tasks.iter().map(|&task| run.pass.is_unfinished(task)).collect();
    assert_eq!(left, [false, false, false, true]);
    assert!(run.pass.is_unfinished(after));
    assert_eq!(run.pass.target_finish(), None);
    assert!(tasks.iter().all(|&task| !run.pass.is_critical(task) && !run.pass.is_driving(task)));
}

#[test]
fn a_task_moves_as_late_as_its_successors_allow() {
    let mut plan = Plan::new(Calendar::standard());
    let long = plan.task(5 * DAY);
    let end = plan.task(DAY);
    let alap = |plan: &mut Plan, id: &str, minutes: i32| {
        let mut task = Task::work(id, Estimate::certain(f64::from(minutes)), CalendarIx(0));
        task.as_late_as_possible = true;
        plan.add(task)
    };
    let first = alap(&mut plan, "first", DAY);
    let second = alap(&mut plan, "second", 2 * DAY);
    let loose = alap(&mut plan, "loose", DAY);
    plan.link(long, LinkKind::FS, end, 0);
    plan.link(first, LinkKind::FS, second, 0);
    plan.link(second, LinkKind::FS, end, DAY);
    let run = plan.run();
    run.expect(end, "2027-01-18T08:00", "2027-01-18T17:00");
    run.expect(second, "2027-01-13T08:00", "2027-01-14T17:00");
    run.expect(first, "2027-01-12T08:00", "2027-01-12T17:00");
    run.expect(loose, "2027-01-18T08:00", "2027-01-18T17:00");
    assert_eq!(run.pass.free_float(first), Some(0));
    assert_eq!(run.pass.chain_start(second), Some(ChainStart::AsLateAsPossible));
    assert_eq!(run.pass.chain_start(long), Some(ChainStart::ProgramStart));
}

#[test]
fn four_calendars_meet_in_one_program() {
    let mut plan = Plan::new(Calendar::standard());
    let clock = plan.builder.calendar("24x7", Calendar::round_the_clock());
    let night = vec![Shift { start: 1_320, end: 1_800 }];
    let nights = plan
        .builder
        .calendar("nights", Calendar::weekly(std::array::from_fn(|_| night.clone()), WorkScale::default()));
    // A team 5.5 h ahead works 08:00-17:00 of its own clock: 02:30-11:30 here.
    let ahead = plan.builder.calendar("ahead", Calendar { offset_minutes: -330, ..Calendar::standard() });
    let a = plan.task(5 * DAY); // Friday 15th 17:00
    let b = plan.task_on(nights, DAY); // Friday 22:00 .. Saturday 06:00
    let c = plan.task_on(ahead, DAY); // Monday 02:30 .. 11:30
    let d = plan.task_on(clock, 60);
    for (from, to) in [(a, b), (b, c), (c, d)] {
        plan.link(from, LinkKind::FS, to, 0);
    }
    let run = plan.run();
    run.expect(b, "2027-01-15T22:00", "2027-01-16T06:00");
    run.expect(c, "2027-01-18T02:30", "2027-01-18T11:30");
    run.expect(d, "2027-01-18T11:30", "2027-01-18T12:30");
    // b can finish until Monday 02:30: two nights later, Saturday's and Sunday's up to 02:30.
    assert_eq!(run.pass.late_finish(b), Some(at("2027-01-18T02:30")));
    assert_eq!(run.pass.total_float(b), Some(480 + 270));
    assert_eq!(run.pass.late_finish(a), Some(at("2027-01-17T02:30")));
    assert_eq!(run.pass.total_float(a), Some(0));
    assert!([a, b, c, d].iter().all(|&task| run.pass.is_driving(task)));
}

#[test]
fn a_project_waits_and_is_waited_for_as_a_whole() {
    let mut plan = Plan::new(Calendar::standard());
    let (p, q) = (plan.project("p", None), plan.project("q", None));
    let inner = plan.project("q.inner", Some(q));
    let inside = |plan: &mut Plan, project, id: &str, minutes: i32| {
        let mut task = Task::work(id, Estimate::certain(f64::from(minutes)), CalendarIx(0));
        task.project = Some(project);
        plan.add(task)
    };
    let p1 = inside(&mut plan, p, "p1", DAY);
    let p2 = inside(&mut plan, p, "p2", 3 * DAY);
    plan.link(p1, LinkKind::SS, p2, DAY); // p runs Monday 11th .. Thursday 14th
    let q1 = inside(&mut plan, q, "q1", DAY);
    let q2 = inside(&mut plan, inner, "q2", 2 * DAY);
    let (from, to) = (Endpoint::Project(p), Endpoint::Project(q));
    plan.link_ends(from, LinkKind::FS, to, LagAmount::Fixed(60));
    let follows_start = plan.task(DAY);
    plan.link_ends(from, LinkKind::SS, Endpoint::Task(follows_start), LagAmount::Share(0.25));
    let ends_with = plan.task(DAY);
    plan.link_ends(to, LinkKind::FF, Endpoint::Task(ends_with), LagAmount::None);
    let run = plan.run();
    run.expect(q1, "2027-01-15T09:00", "2027-01-18T09:00");
    run.expect(q2, "2027-01-15T09:00", "2027-01-19T09:00");
    // A quarter of the four days that p lasts.
    run.expect(follows_start, "2027-01-12T08:00", "2027-01-12T17:00");
    run.expect(ends_with, "2027-01-18T09:00", "2027-01-19T09:00");
    assert_eq!(run.pass.project_start(q), Some(at("2027-01-15T09:00")));
    assert_eq!(run.pass.project_finish(q), Some(at("2027-01-19T09:00")));
    assert_eq!(run.pass.project_finish(p), Some(at("2027-01-14T17:00")));
    let floats = [p1, p2, q1, q2].map(|task| run.pass.total_float(task).unwrap());
    assert_eq!(floats, [0, 0, DAY, 0]);
    assert!(run.pass.is_driving(p1) && run.pass.is_driving(p2) && !run.pass.is_driving(q1));
    // p1 alone holds the earliest start, on which only `follows_start` depends, with five days to spare.
    assert_eq!(run.pass.total_float(follows_start), Some(5 * DAY - 420));
    let mut pass = run.pass.clone();
    run.network.backward_to(Scope::Project(p), &run.inputs, &mut pass);
    assert_eq!([p1, p2, q1].map(|task| pass.total_float(task)), [Some(0), Some(0), None]);
}

#[test]
fn a_task_without_a_path_to_the_finish_milestone_is_not_limited() {
    let mut plan = Plan::new(Calendar::standard());
    let a = plan.task(DAY);
    let aside = plan.task(9 * DAY);
    let end = plan.add(Task::milestone("end", CalendarIx(0)));
    plan.link(a, LinkKind::FS, end, 0);
    plan.builder.finish(end);
    let run = plan.run();
    assert_eq!(run.pass.target_finish(), Some(at("2027-01-11T17:00")));
    assert_eq!((run.pass.total_float(aside), run.pass.late_finish(aside)), (None, None));
    assert!(run.pass.is_critical(a) && run.pass.is_critical(end) && !run.pass.is_critical(aside));
    assert!(run.pass.is_driving(a) && run.pass.is_driving(end) && !run.pass.is_driving(aside));
    assert_eq!(run.pass.last_finish(), Some(at("2027-01-21T17:00")));
}

#[test]
fn a_missed_quarter_costs_a_quarter() {
    // The first Saturday of the quarter, one day: the finish has two values, one quarter apart.
    let rule = WindowRule::Month(MonthRule {
        nth: Nth::From(1),
        weekday: jiff::civil::Weekday::Saturday,
        months: 3,
        opens: 0,
        minutes: 1_440,
    });
    let windows = Some(Windows { mode: WindowMode::Start, rule, capacity: None });
    let mut plan = Plan::starting("2027-03-01", Calendar::round_the_clock());
    let quarters = plan.builder.calendar("quarters", Calendar { windows, ..Calendar::round_the_clock() });
    let a = plan.task(60 * 1_440);
    let cutover = plan.task_on(quarters, 1_440);
    plan.link(a, LinkKind::FS, cutover, 0);
    let mut run = plan.run();
    let mut seen = Vec::new();
    for days in 1..=60 {
        run.inputs.duration_minutes[a.index()] = days * 1_440;
        run.network.forward(&run.inputs, &mut run.pass);
        seen.push(run.pass.target_finish().unwrap().to_string());
    }
    // 3 April is 33 days after 1 March; a predecessor that ends during that day is still in time.
    assert!(seen[..33].iter().all(|finish| finish == "2027-04-04T00:00"), "{seen:?}");
    assert!(seen[33..].iter().all(|finish| finish == "2027-07-04T00:00"), "{seen:?}");
}

#[test]
fn a_worst_case_beyond_the_calendar_names_the_longest_tasks() {
    let mut plan = Plan::new(Calendar::round_the_clock());
    let century = 52_596_000;
    let tasks: Vec<TaskIx> = (0..50).map(|at| plan.task(century - at)).collect();
    for pair in tasks.windows(2) {
        plan.link(pair[0], LinkKind::FS, pair[1], 0);
    }
    let program = plan.program();
    let error = Network::compile(&program, &Inputs::plan(&program)).unwrap_err();
    let CompileError::TooLate { longest, .. } = error else { panic!("{error}") };
    assert_eq!(longest.first(), Some(&(tasks[0], century)));
    assert_eq!(longest.len(), 5);
    let mut inputs = Inputs::plan(&program);
    inputs.duration_minutes.pop();
    assert!(matches!(Network::compile(&program, &inputs), Err(CompileError::WrongShape { .. })));
}

#[test]
fn a_calendar_without_working_time_is_refused_not_endless() {
    let empty = Calendar::weekly(std::array::from_fn(|_| Vec::new()), WorkScale::default());
    let mut plan = Plan::new(empty);
    plan.task(DAY);
    let program = plan.program();
    let error = Network::compile(&program, &Inputs::plan(&program)).unwrap_err();
    assert!(matches!(error, CompileError::TooLate { .. }));
}

// Seen to fail when the finish of all work counts for it, too.
#[test]
fn open_ends_may_have_no_float() {
    let plan = || {
        let mut plan = Plan::new(Calendar::standard());
        let (long, short, after) = (plan.task(5 * DAY), plan.task(DAY), plan.task(DAY));
        plan.link(short, LinkKind::FS, after, 0);
        (plan, long, short, after)
    };
    let (usual, long, short, after) = plan();
    let (mut open, ..) = plan();
    open.builder.critical_open_ends();
    let float = |plan: Plan, task: TaskIx| Schedule::plan(&plan.program()).unwrap().task(task).schedule_float;
    assert_eq!(float(usual, after), Some(3 * DAY));
    assert_eq!(float(open, after), Some(0));
    let (mut open, ..) = plan();
    open.builder.critical_open_ends();
    let schedule = Schedule::plan(&open.program()).unwrap();
    let floats = [long, short, after].map(|task| schedule.task(task).schedule_float);
    assert_eq!(floats, [Some(0); 3]);
    // The simulation still asks what moves the finish of the program.
    assert_eq!(schedule.task(after).target_float, Some(3 * DAY));
}

#[test]
fn tools_take_the_work_after_a_night_for_a_bound_of_a_start() {
    let float = |conventions: Conventions| {
        let mut plan = Plan::new(Calendar::standard());
        let (long, first, after) = (plan.task(4 * DAY), plan.task(DAY), plan.task(2 * DAY));
        // A milestone at the end of a shift, which the start of the first is tied to.
        let event = plan.add(Task::milestone("event", CalendarIx(0)));
        plan.link(first, LinkKind::SS, event, 0);
        plan.link(event, LinkKind::FS, after, 0);
        plan.builder.conventions(conventions);
        let schedule = Schedule::plan(&plan.program()).unwrap();
        assert_eq!(schedule.task(long).schedule_float, Some(0));
        schedule.task(first).schedule_float
    };
    assert_eq!(float(Conventions::Primavera), Some(2 * DAY));
    assert_eq!(float(Conventions::MsProject), Some(2 * DAY));
}
