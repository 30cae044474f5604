//! Links: predecessors, kinds and lags.

use super::context::Context;
use super::estimate::read;
use super::meter::Measure;
use super::names::Names;
use crate::diag::code;
use crate::model::{CalendarIx, Clock, Conventions, Endpoint, Lag, LagAmount, LagClock, Link, LinkKind};
use crate::scenario::raw::{At, Many, Quantity, RawEstimate, RawLagClock, RawLink, RawLinkTable, Slot};
use crate::scenario::table::{ShortLink, short_link};

/// The successor of links: what it is, how it is called, in which project it stands, its calendar.
pub struct Successor<'a> {
    pub end: Endpoint,
    pub scope: Option<&'a str>,
    pub calendar: CalendarIx,
}

/// The calendar of each end, by position.
pub struct EndCalendars<'a> {
    pub tasks: &'a [CalendarIx],
    pub projects: &'a [CalendarIx],
}

impl EndCalendars<'_> {
    fn of(&self, end: Endpoint) -> Option<CalendarIx> {
        match end {
            Endpoint::Task(task) => self.tasks.get(task.index()).copied(),
            Endpoint::Project(project) => self.projects.get(project.index()).copied(),
        }
    }
}

impl Context<'_, '_> {
    /// The links of one successor, each with where it is written.
    pub fn links(
        &mut self,
        after: &Slot<Many<RawLink>>,
        successor: &Successor<'_>,
        names: &Names,
        calendars: &EndCalendars<'_>,
    ) -> Vec<(Link, At<()>)> {
        let written = after.get().into_iter().flat_map(|Many(links)| links);
        let links: Vec<_> = written
            .filter_map(|at| self.link(at, successor, names, calendars).map(|link| (link, at.with(()))))
            .collect();
        for (at, (link, place)) in links.iter().enumerate() {
            let same = |other: &Link| other.from == link.from && other.kind == link.kind;
            if links[..at].iter().any(|(other, _)| same(other)) {
                self.desk.report(
                    code::BAD_LINK,
                    place.place(),
                    "this link is written twice",
                    "remove one of them",
                );
            }
        }
        links
    }

    fn link(
        &mut self,
        at: &At<RawLink>,
        successor: &Successor<'_>,
        names: &Names,
        calendars: &EndCalendars<'_>,
    ) -> Option<Link> {
        let (kind, name, lag, clock) = match &at.value {
            RawLink::Text(text) => {
                let ShortLink { kind, reference, lag } = match short_link(&at.with(text.clone())) {
                    Ok(link) => link,
                    Err(problem) => {
                        self.desk.problems.push(problem);
                        return None;
                    }
                };
                (kind, reference, lag.map(|lag| lag.with(RawEstimate::Point(lag.value.clone()))), None)
            }
            RawLink::Table(table) => {
                let (kind, name) = self.kind(at, table)?;
                (kind, name, table.lag.at().cloned(), table.lag_calendar.at().cloned())
            }
        };
        let from = names.resolve(&name, successor.scope, self.desk)?;
        if from == successor.end {
            let help = "name what comes before it, or remove this link";
            let message = format!("`{}` cannot follow itself", name.value);
            self.desk.report(code::CYCLE, name.place(), message, help);
            return None;
        }
        if matches!((successor.end, kind), (Endpoint::Project(_), LinkKind::FF | LinkKind::SF)) {
            let message = "a link to a whole project must be FS or SS";
            self.desk.report(
                code::LINK_TO_PROJECT_FINISH,
                at.place(),
                message,
                "link to the tasks that end it",
            );
            return None;
        }
        let predecessor = calendars.of(from).unwrap_or(successor.calendar);
        let lag = match lag {
            Some(lag) => self.lag(&lag, clock.as_ref(), successor.calendar, predecessor)?,
            None => {
                if let Some(clock) = clock {
                    let message = "`lag_calendar` without a `lag` means nothing";
                    self.desk.report(code::BAD_LAG, clock.place(), message, "add `lag`, or remove it");
                }
                Lag::none()
            }
        };
        Some(Link { from, to: successor.end, kind, lag })
    }

    /// Which of FS, SS, FF and SF is given.
    fn kind(&mut self, at: &At<RawLink>, table: &RawLinkTable) -> Option<(LinkKind, At<String>)> {
        let kinds = [
            (LinkKind::FS, &table.fs),
            (LinkKind::SS, &table.ss),
            (LinkKind::FF, &table.ff),
            (LinkKind::SF, &table.sf),
        ];
        let given: Vec<_> = kinds.iter().filter(|(_, slot)| !slot.is_absent()).collect();
        if given.len() != 1 {
            let message = match given.len() {
                0 => "the link names no predecessor",
                _ => "the link names several predecessors",
            };
            let help = "write exactly one of FS, SS, FF and SF, such as { SS = \"build\", lag = \"5d\" }";
            self.desk.report(code::BAD_LINK, at.place(), message, help);
            return None;
        }
        let &&(kind, slot) = given.first()?;
        slot.at().map(|name| (kind, name.clone()))
    }

    fn lag(
        &mut self,
        at: &At<RawEstimate>,
        named: Option<&At<RawLagClock>>,
        successor: CalendarIx,
        predecessor: CalendarIx,
    ) -> Option<Lag> {
        let usual = match self.settings.conventions {
            Conventions::Primavera => RawLagClock::Predecessor,
            Conventions::Native | Conventions::MsProject => RawLagClock::Successor,
        };
        let clock = named.map_or(usual, |named| named.value);
        if let RawEstimate::Point(Quantity::Share(share)) = at.value {
            if !(-10.0..=10.0).contains(&share) {
                let message = format!("a lag of `{} %` makes no sense", share * 100.0);
                self.desk.report(code::BAD_LAG, at.place(), message, "use a percentage from -1000 to 1000");
                return None;
            }
            return Some(Lag { amount: LagAmount::Share(share), clock: lag_clock(clock) });
        }
        let mut meter = match clock {
            RawLagClock::Successor => self.meter(Measure::Duration, successor),
            RawLagClock::Predecessor => self.meter(Measure::Duration, predecessor),
            RawLagClock::Program | RawLagClock::Elapsed => {
                self.meter(Measure::Duration, self.calendars.default())
            }
        }
        .signed();
        if clock == RawLagClock::Elapsed {
            meter.scale = crate::units::WorkScale::ELAPSED;
        }
        let written = read(at, &mut meter, None, self.desk)?;
        let mut clock = lag_clock(clock);
        if written.clock == Clock::Elapsed {
            if let Some(named) = named.filter(|named| named.value != RawLagClock::Elapsed) {
                let message = "an elapsed lag runs on no calendar";
                self.desk.report(
                    code::CONFLICTING_KEYS,
                    named.place(),
                    message,
                    "remove `lag_calendar`, or the `e`",
                );
                return None;
            }
            clock = LagClock::Elapsed;
        }
        let amount = match written.point {
            // Bounded by the meter to 100 years, which 32 bits hold.
            Some(minutes) => LagAmount::Fixed(minutes.round_ties_even() as i32),
            None => LagAmount::Uncertain(written.build(None, at.place(), self.desk)?),
        };
        let amount = if amount == LagAmount::Fixed(0) { LagAmount::None } else { amount };
        Some(Lag { amount, clock })
    }
}

fn lag_clock(clock: RawLagClock) -> LagClock {
    match clock {
        RawLagClock::Successor => LagClock::Successor,
        RawLagClock::Predecessor => LagClock::Predecessor,
        RawLagClock::Program => LagClock::Program,
        RawLagClock::Elapsed => LagClock::Elapsed,
    }
}
