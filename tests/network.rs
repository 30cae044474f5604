//! The critical path method against cases computed by hand; 2027-01-11 is a Monday.

mod support;

use p80::calendar::Calendar;
use p80::model::LinkKind;
use support::Plan;

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
