//! How risks come about: windows, repeats, triggers, and risks that exclude each other.

use super::context::Context;
use super::names::Names;
use crate::diag::{Place, code};
use crate::model::{
    Combine, Course, Endpoint, Exclusive, ProgramBuilder, Recurrence, RegisterEntry, RiskIx, RiskLevels,
    RiskWindow, Task,
};
use crate::scenario::raw::{At, Choice, Many, RawRisk, RawRiskWindow, RawStrategy, Slot};
use crate::units::{Instant, Probability};

/// Minutes in a calendar year, on average.
const YEAR: f64 = 365.25 * 1_440.0;
/// The most happenings of one risk that are simulated.
const MOST_HAPPENINGS: usize = 64;
/// How far the probabilities of risks that exclude each other may be above 1 together.
const TOLERANCE: f64 = 1e-9;

/// The word of a strategy.
fn word_of(strategy: RawStrategy) -> &'static str {
    RawStrategy::WORDS.iter().find(|(_, one)| *one == strategy).map_or("", |(word, _)| word)
}

impl Context<'_, '_> {
    /// The expected number of happenings of a risk with a rate, and the probability of at least one.
    pub fn expected(&mut self, rate: &Slot<f64>, raw: &RawRisk) -> Option<(f64, Probability)> {
        let at = rate.at()?;
        let per_year = self.desk.in_range(rate, 0.0, 1e6, "the rate of a risk")?;
        let window = raw.window.at().and_then(|window| self.dates(window));
        let Some((from, to)) = window else {
            if raw.window.is_absent() {
                let message = "a rate needs a window of dates to count in";
                let help = "add `window = { from = 2027-01-11, to = 2027-12-31 }`";
                self.desk.report(code::RATE_WITHOUT_WINDOW, at.place(), message, help);
            }
            return None;
        };
        let mean = per_year * f64::from(to.0.saturating_sub(from.0)) / YEAR;
        if Recurrence::at_least(mean, MOST_HAPPENINGS).is_none() {
            let message = format!("the risk is expected {mean:.1} times in its window, which is too often");
            let help = "what happens that often belongs into the estimates: at most 64 times are simulated";
            self.desk.report(code::TOO_FREQUENT, at.place(), message, help);
            return None;
        }
        Some((mean, Probability::new(1.0 - libm::exp(-mean)).unwrap_or(Probability::ALWAYS)))
    }

    /// The dates of a window, the end left out.
    fn dates(&mut self, at: &At<RawRiskWindow>) -> Option<(Instant, Instant)> {
        let raw = &at.value;
        self.desk.require("the window", "from", &raw.from, at.place());
        self.desk.require("the window", "to", &raw.to, at.place());
        let (from, to) = (raw.from.get()?.at, self.promised(&raw.to)?);
        if from >= to {
            let help = "write the earlier date in `from`";
            self.desk.report(code::OUT_OF_ORDER, at.place(), "the window ends before it begins", help);
            return None;
        }
        Some((from, to))
    }

    /// Reads how the risks come about; after all of them have been added.
    pub fn courses(
        &mut self,
        written: &[At<RawRisk>],
        names: &Names,
        tasks: &[Task],
        builder: &mut ProgramBuilder,
    ) {
        let risks = builder.draft().risks().to_vec();
        let mut courses: Vec<(Course, Option<&At<RawRisk>>)> = risks
            .iter()
            .enumerate()
            .map(|(number, _)| (builder.draft().course(RiskIx::new(number)), None))
            .collect();
        let mut sets: Vec<usize> = (0..risks.len()).collect();
        for at in written {
            let raw = &at.value;
            let number = raw.id.get().and_then(|id| risks.iter().position(|risk| risk.id == *id));
            let Some(number) = number.filter(|&number| courses[number].1.is_none()) else { continue };
            let risk = &risks[number];
            let mut course = Course { window: self.window(raw, names, tasks), ..Course::default() };
            if course.window.is_some() {
                self.check_windowed(raw, &risk.levels, &risk.combine, tasks);
            }
            if let Some((mean, _)) = self.known_mean(&raw.rate, raw) {
                let residual = raw.response.get().map(|response| &response.rate);
                let residual =
                    residual.and_then(|rate| self.known_mean(rate, raw)).map_or(mean, |(mean, _)| mean);
                course.recurs = Some(Recurrence { mean, residual }).filter(|_| course.window.is_some());
            }
            course.trigger = raw.triggered_by.at().and_then(|name| self.find_risk(name, builder));
            for name in raw.excludes.get().into_iter().flat_map(|Many(names)| names) {
                if let Some(other) = self.find_risk(name, builder) {
                    let (a, b) = (sets[number], sets[other.index()]);
                    sets.iter_mut().filter(|set| **set == b).for_each(|set| *set = a);
                }
            }
            let entry = RegisterEntry {
                proximity: raw.proximity.get().cloned(),
                trigger: raw.trigger.get().cloned(),
                strategy: raw.strategy.get().map(|strategy| word_of(*strategy)),
            };
            builder.register(RiskIx::new(number), entry);
            courses[number] = (course, Some(at));
        }
        self.check_triggers(&courses);
        self.exclude(&risks, &sets, &mut courses);
        for (number, (course, _)) in courses.into_iter().enumerate() {
            if course != Course::default() {
                builder.course(RiskIx::new(number), course);
            }
        }
    }

    /// The expected number once more, without reporting what has been reported.
    fn known_mean(&mut self, rate: &Slot<f64>, raw: &RawRisk) -> Option<(f64, Probability)> {
        let before = self.desk.problems.len();
        let found = self.expected(rate, raw);
        self.desk.problems.truncate(before);
        found
    }

    fn window(&mut self, raw: &RawRisk, names: &Names, tasks: &[Task]) -> Option<RiskWindow> {
        if !raw.window.is_absent() && !raw.during.is_absent() {
            let message = "the risk has a window of dates and one of work";
            self.desk.report(code::CONFLICTING_KEYS, raw.during.place(), message, "keep one of the two");
            return None;
        }
        if let Some(window) = raw.window.at() {
            // With a rate, the dates have been checked with it.
            let before = self.desk.problems.len();
            let dates = self.dates(window);
            if !raw.rate.is_absent() {
                self.desk.problems.truncate(before);
            }
            return dates.map(|(from, to)| RiskWindow::Dates { from, to });
        }
        let name = raw.during.at()?;
        let end = names.resolve(name, None, self.desk)?;
        if let Endpoint::Task(task) = end
            && tasks[task.index()].is_milestone()
        {
            let message = format!("`{}` is a milestone, during which nothing can happen", name.value);
            self.desk.report(code::WRONG_KIND, name.place(), message, "name a task or a project");
            return None;
        }
        Some(RiskWindow::While(end))
    }

    fn check_windowed(&mut self, raw: &RawRisk, levels: &RiskLevels, combine: &Combine, tasks: &[Task]) {
        let place = raw.window.place().or(raw.during.place()).cloned();
        if *combine != Combine::Series {
            let message = "a risk with a window happens at its instant, not side by side with others";
            let help = "remove `combine` and `group`, or the window";
            self.desk.report(code::CONFLICTING_KEYS, raw.combine.place(), message, help);
        }
        self.check_instants(raw);
        let struck = levels.impacts.iter().filter(|impact| !impact.cancels());
        let mut targets = struck.flat_map(|impact| &impact.targets);
        if let Some(milestone) = targets.find(|task| tasks[task.index()].is_milestone()) {
            let id = &tasks[milestone.index()].id;
            let message =
                format!("`{id}` is a milestone: no instant lies within it, so that nothing hits it");
            let help = "aim the risk at the work before the milestone";
            self.desk.report(code::NOTHING_TO_HIT, place.as_ref(), message, help);
        }
    }

    fn check_triggers(&mut self, courses: &[(Course, Option<&At<RawRisk>>)]) {
        let next = |risk: usize| courses[risk].0.trigger.map(RiskIx::index);
        for (number, (_, at)) in courses.iter().enumerate() {
            let mut chain = vec![number];
            while let Some(trigger) = chain.last().copied().and_then(next) {
                if trigger == number {
                    let place = at.and_then(|at| at.value.triggered_by.place());
                    // One report for a circle: at the first of its risks.
                    if chain.iter().all(|&other| number <= other) {
                        let message = "risks trigger each other in a circle";
                        let help = "remove `triggered_by` from the one that comes first";
                        self.desk.report(code::TRIGGER_CYCLE, place, message, help);
                    }
                    break;
                }
                if chain.contains(&trigger) {
                    break;
                }
                chain.push(trigger);
            }
        }
    }

    /// Gives risks that exclude each other stretches of one stream, in the order of their ids.
    fn exclude(
        &mut self,
        risks: &[crate::model::Risk],
        sets: &[usize],
        courses: &mut [(Course, Option<&At<RawRisk>>)],
    ) {
        for set in 0..risks.len() {
            let mut members: Vec<usize> = (0..risks.len()).filter(|&risk| sets[risk] == set).collect();
            if members.len() < 2 {
                continue;
            }
            members.sort_by_key(|&risk| &risks[risk].id);
            let key = format!("risk/{}/excludes", risks[members[0]].id);
            let mut from = 0.0;
            for &risk in &members {
                let residual = risks[risk].response.as_ref().map(|response| response.residual.probability);
                let most = residual.map_or(0.0, Probability::get).max(risks[risk].levels.probability.get());
                courses[risk].0.exclusive = Some(Exclusive { key: key.clone(), from });
                from += most;
                if courses[risk].0.recurs.is_some() {
                    let place = courses[risk].1.and_then(|at| at.value.rate.place()).cloned();
                    let message = "a risk that may happen several times excludes no other";
                    self.desk.report(
                        code::CONFLICTING_KEYS,
                        place.as_ref(),
                        message,
                        "remove `rate` or `excludes`",
                    );
                }
            }
            if from > 1.0 + TOLERANCE {
                let place: Option<Place> = members
                    .iter()
                    .find_map(|&risk| courses[risk].1.and_then(|at| at.value.excludes.place()).cloned());
                let total = (from * 1e9).round() / 1e9;
                let message =
                    format!("risks that exclude each other have probabilities of `{total}` together");
                let help = "at most one of them occurs: their probabilities add up to at most 1";
                self.desk.report(code::EXCLUSIVE_ABOVE_ONE, place.as_ref(), message, help);
            }
        }
    }
}
