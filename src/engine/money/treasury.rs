//! Money over time, compiled.

use std::sync::Arc;

use super::benefit::Stream;
use super::bind::{Bound, escalation_name, exchange_name};
use super::grid::Months;
use super::line::{Line, LineInfo, LineOrigin, Source};
use super::moments::Moments;
use super::price::Price;
use super::purse::Purse;
use super::spending::Spendings;
use super::spread::{Runs, Shape, SpreadRule};
use crate::calendar::WorkTable;
use crate::engine::cost::{Costs, OrdinaryInfo};
use crate::engine::quantity::Quantity;
use crate::model::{
    Bearer, Clock, ConditionIx, Escalation, Finance, Horizon, Moment, Payment, PercentOf, PriceIndex,
    Program, SpendKind, TaskIx, TimedAmount, TimedLine,
};
use crate::network::Network;
use crate::units::Instant;

/// Money over time, compiled: all cost lines, when they are paid, and the benefits.
#[derive(Clone, Debug)]
pub struct Treasury {
    pub(super) program: Arc<Program>,
    pub(super) finance: Finance,
    pub(super) tables: Vec<WorkTable>,
    /// What a unit is worth that is spent evenly; empty where nothing is discounted.
    pub(super) spendings: Spendings,
    pub(super) start: i32,
    pub(super) months: Months,
    pub(super) moments: Moments,
    pub(super) lines: Vec<Line>,
    /// How many of the lines are ordinary ones.
    pub(super) ordinary: usize,
    pub(super) prices: Vec<Price>,
    pub(super) streams: Vec<Stream>,
    pub(super) pools: Vec<Pool>,
    /// What there is to spend, where work waits for it.
    pub(super) purse: Option<Purse>,
    pub(in crate::engine) quantities: Vec<Quantity>,
    pub(in crate::engine) plans: Vec<f64>,
}

/// What a bearer costs besides the lines that are paid in a way of their own: all of it is paid alike.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    pub on: Bearer,
    /// The program of a portfolio that bears it, by its place among them.
    pub member: Option<usize>,
    pub spread: SpreadRule,
    /// The lines that are not in it.
    pub others: Vec<usize>,
    /// The lines that are.
    pub members: Vec<usize>,
}

/// Memory for the money of one iteration or block.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Scratch {
    /// By drawn number and lane.
    pub values: Vec<f64>,
    /// By moment and lane.
    pub dates: Vec<i32>,
    pub exist: Vec<bool>,
    pub(super) amounts: Vec<i64>,
    pub(super) own: Vec<i64>,
    pub(super) worth: Vec<f64>,
    /// Where something ends on its clock, and the minutes before it.
    pub(super) ends: Vec<i32>,
    pub(super) minutes: Vec<i32>,
}

impl Treasury {
    /// Compiles the money of a program that says something about it.
    pub(in crate::engine) fn new(
        program: &Program,
        costs: &Costs,
        network: &Network,
        bound: Bound,
    ) -> Option<Self> {
        let finance = program.finance()?.clone();
        let end = network.tables().get(network.program_table() as usize)?.ends();
        // Every date that is written has its month, and so has what is paid after it.
        let later = |at: Instant, days: i32| {
            Instant(at.0.saturating_add(days.saturating_mul(1_440)).min(1_500_000_000))
        };
        let fixed = |moment: Moment| match moment {
            Moment::Fixed(at) => at,
            _ => end,
        };
        let paid = finance.lines.iter().map(|line| {
            let last = line.moments().map(fixed).max().unwrap_or(end);
            later(last.max(end), line.terms_days)
        });
        let terms = finance.terms.values().map(|terms| later(end, terms.terms_days));
        let until = finance.benefits.iter().map(|benefit| match benefit.horizon {
            Horizon::Until(at) => at,
            // Whenever it begins, and a lag.
            Horizon::Months(months) => {
                let days = (months * 31.0).min(36_525.0) as i32 + benefit.lag_days;
                later(fixed(benefit.from).max(end), days)
            }
        });
        let last = until.chain(paid).chain(terms).chain([end]).max().unwrap_or(end);
        let mut treasury = Self {
            start: program.start().0,
            months: Months::new(&finance, program.start(), last),
            tables: network.tables().to_vec(),
            spendings: Spendings::default(),
            moments: Moments::default(),
            lines: Vec::new(),
            ordinary: 0,
            prices: Vec::new(),
            streams: Vec::new(),
            pools: Vec::new(),
            purse: None,
            quantities: Vec::new(),
            plans: Vec::new(),
            program: Arc::new(program.clone()),
            finance,
        };
        for info in costs.infos() {
            let line = treasury.ordinary_line(info, network);
            treasury.lines.push(line);
        }
        treasury.ordinary = treasury.lines.len();
        let written = treasury.finance.lines.clone();
        let is_percent = |line: &&TimedLine| matches!(line.amount, TimedAmount::Percent { .. });
        for line in written.iter().filter(|line| !is_percent(line)) {
            let compiled = treasury.timed_line(line, network, &bound)?;
            treasury.lines.push(compiled);
        }
        treasury.add_exchange_lines(&written, &bound);
        treasury.add_escalation_lines(&bound);
        for line in written.iter().filter(is_percent) {
            let compiled = treasury.timed_line(line, network, &bound)?;
            treasury.lines.push(compiled);
        }
        let benefits = treasury.finance.benefits.clone();
        for benefit in &benefits {
            let stream = Stream::new(benefit, program, &bound, &treasury.months, &mut treasury.moments)?;
            treasury.streams.push(stream);
        }
        treasury.add_pools(network);
        if treasury.has_case() {
            treasury.add_spendings();
        }
        treasury.purse = Purse::new(&treasury.finance, &treasury.months);
        (treasury.quantities, treasury.plans) = (bound.quantities, bound.plans);
        Some(treasury)
    }

    /// All lines: ordinary ones first, then those that follow from dates, from rates of exchange, from prices, and
    /// percentages.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = &LineInfo> {
        self.lines.iter().map(|line| &line.info)
    }

    /// The months of the cash flow.
    #[must_use]
    pub fn months(&self) -> &Months {
        &self.months
    }

    /// Whether anything but ordinary lines costs something: what follows from dates, rates of exchange or prices.
    #[must_use]
    pub fn adds_costs(&self) -> bool {
        self.lines.len() > self.ordinary
    }

    /// What the scenario says about money.
    #[must_use]
    pub fn finance(&self) -> &Finance {
        &self.finance
    }

    /// Whether values are discounted.
    #[must_use]
    pub fn has_case(&self) -> bool {
        self.finance.has_case()
    }

    /// How many programs of a portfolio are valued.
    #[must_use]
    pub fn valued_members(&self) -> usize {
        if self.has_case() { self.program.members().len() } else { 0 }
    }

    /// Id and name of every benefit.
    pub fn benefits(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.streams.iter().map(|stream| (stream.id.as_str(), stream.name.as_str()))
    }

    fn ordinary_line(&mut self, info: &OrdinaryInfo, network: &Network) -> Line {
        let terms = self.finance.terms.get(&(info.on, info.key.clone())).cloned().unwrap_or_default();
        // What a response costs is spent before anything happens.
        let payment = if info.is_response { Payment::Start } else { terms.payment };
        Line {
            spread: self.bearer_rule(info.on, payment, network),
            info: LineInfo {
                id: info.key.clone(),
                on: info.on,
                kind: info.kind,
                category: info.category.clone(),
                vendor: terms.vendor,
                cost_centre: terms.cost_centre,
                origin: LineOrigin::Written,
            },
            source: Source::Ordinary,
            terms_days: terms.terms_days,
            exists: info.exists,
        }
    }

    /// How the costs of a bearer are spread.
    fn bearer_rule(&mut self, on: Bearer, payment: Payment, network: &Network) -> SpreadRule {
        let (from, to) = match on {
            Bearer::Task(task) => {
                return SpreadRule::Task { task, runs: Runs::Table(network.task_table(task)), payment };
            }
            Bearer::Project(project) => match self.program.member_at(project) {
                // What a program bears itself is spent over all of its time.
                Some(member) => (Moment::Fixed(member.start), Moment::MemberFinish(project)),
                None => (Moment::ProjectStart(project), Moment::ProjectFinish(project)),
            },
            Bearer::Program => (Moment::ProgramStart, Moment::ProgramFinish),
        };
        let (from, to) = (self.moment(from), self.moment(to));
        SpreadRule::Between { from, to, runs: Runs::Elapsed, payment, shape: Shape::EVEN }
    }

    /// The program of a portfolio that a bearer belongs to, by its place among them.
    fn member_of(&self, on: Bearer) -> Option<usize> {
        let program = &self.program;
        let project = match on {
            Bearer::Task(task) => program.tasks()[task.index()].project,
            Bearer::Project(project) => Some(project),
            Bearer::Program => None,
        };
        let member = program.member_of(project)?;
        program.members().iter().position(|one| one.project == member.project)
    }

    /// The table of working time of the program that a bearer belongs to.
    fn home_table(&self, on: Bearer, network: &Network) -> u32 {
        let project = match on {
            Bearer::Task(task) => self.program.tasks()[task.index()].project,
            Bearer::Project(project) => Some(project),
            Bearer::Program => None,
        };
        network.home_table(&self.program, project)
    }

    fn moment(&mut self, moment: Moment) -> usize {
        self.moments.place(moment, &self.program)
    }

    fn exists(&self, on: Bearer) -> Option<ConditionIx> {
        match on {
            Bearer::Task(task) => self.program.tasks()[task.index()].exists,
            Bearer::Project(project) => self.program.project_exists(project),
            Bearer::Program => None,
        }
    }

    fn timed_line(&mut self, line: &TimedLine, network: &Network, bound: &Bound) -> Option<Line> {
        let (source, spread) = match &line.amount {
            TimedAmount::Due { price_key, shares, at, .. } => {
                let at = self.moment(*at);
                (Source::Due { price: bound.place(price_key)?, shares: *shares, at }, SpreadRule::At(at))
            }
            TimedAmount::Span { per_minute, factor, clock, from, to, ramp_minutes, reserved } => {
                let (from, to) = (self.moment(*from), self.moment(*to));
                let factor = match factor {
                    Some(_) => Some(bound.place(&line.id)?),
                    None => None,
                };
                let runs = match clock {
                    Clock::Working => Runs::Table(self.home_table(line.on, network)),
                    Clock::Elapsed => Runs::Elapsed,
                };
                let shape = Shape { ramp_minutes: *ramp_minutes, reserved: *reserved };
                let spread = SpreadRule::Between { from, to, runs, payment: Payment::Spread, shape };
                (Source::Span { per_minute: *per_minute, factor, from, to }, spread)
            }
            TimedAmount::Recurring { months, from, to, .. } => {
                let (from, to) = (self.moment(*from), self.moment(*to));
                let source = Source::Recurring { amount: bound.place(&line.id)?, from, to, months: *months };
                (source, SpreadRule::Every { from, to, months: *months })
            }
            TimedAmount::Late { of, after, grace_days, per_day, cap } => {
                let of = self.moment(*of);
                let (grace_days, per_day, cap) = (*grace_days, *per_day, *cap);
                (Source::Late { of, after: after.0, grace_days, per_day, cap }, SpreadRule::At(of))
            }
            TimedAmount::Early { of, before, per_day, cap } => {
                let of = self.moment(*of);
                (Source::Early { of, before: before.0, per_day: *per_day, cap: *cap }, SpreadRule::At(of))
            }
            TimedAmount::Materials { tasks, cap } => {
                let named = tasks.iter().map(|(task, _)| *task).collect();
                (Source::Materials { tasks: tasks.clone(), cap: *cap }, SpreadRule::Tasks(named))
            }
            TimedAmount::Percent { of, .. } => {
                let share = bound.place(&line.id)?;
                let of = match of {
                    PercentOf::Everything => None,
                    PercentOf::Categories(names) => Some(self.lines_of(line.on, names)),
                };
                (Source::Percent { share, of }, self.bearer_rule(line.on, Payment::Spread, network))
            }
        };
        let info = LineInfo {
            id: line.id.clone(),
            on: line.on,
            kind: line.kind,
            category: line.category.clone(),
            vendor: line.vendor.clone(),
            cost_centre: line.cost_centre.clone(),
            origin: LineOrigin::Written,
        };
        Some(Line { info, source, spread, terms_days: line.terms_days, exists: self.exists(line.on) })
    }

    /// The lines of a bearer and below it that have one of some categories, percentages aside.
    fn lines_of(&self, on: Bearer, categories: &[String]) -> Vec<usize> {
        let is_in = |line: &Line| {
            let named = line.info.category.as_ref().is_some_and(|own| categories.contains(own));
            named && self.is_below(line.info.on, on) && !matches!(line.source, Source::Percent { .. })
        };
        (0..self.lines.len()).filter(|&at| is_in(&self.lines[at])).collect()
    }

    fn is_below(&self, on: Bearer, above: Bearer) -> bool {
        let project = match on {
            Bearer::Task(task) => self.program.tasks()[task.index()].project,
            Bearer::Project(project) => Some(project),
            Bearer::Program => None,
        };
        match above {
            Bearer::Program => true,
            Bearer::Project(above) => project.is_some_and(|project| self.program.is_within(project, above)),
            Bearer::Task(_) => on == above,
        }
    }

    /// A line for every one that is agreed in a currency whose rate is uncertain.
    fn add_exchange_lines(&mut self, written: &[TimedLine], bound: &Bound) {
        for of in 0..self.lines.len() {
            let info = &self.lines[of].info;
            let exchange = match of < self.ordinary {
                true => self.finance.terms.get(&(info.on, info.id.clone())).and_then(|terms| terms.exchange),
                false => written.iter().find(|line| line.id == info.id).and_then(|line| line.exchange),
            };
            let Some(exchange) = exchange.and_then(|at| self.finance.exchanges.get(at)) else { continue };
            let is_certain =
                exchange.rate.law.is_certain() && exchange.rate.law.median() == exchange.rate.plan;
            let Some(rate) = bound.place(&exchange_name(&exchange.key)).filter(|_| !is_certain) else {
                continue;
            };
            let source = Source::Exchange { of, rate, plan: exchange.rate.plan };
            self.follow(of, source, LineOrigin::Exchange);
        }
    }

    /// A line for every one whose prices change.
    fn add_escalation_lines(&mut self, bound: &Bound) {
        for number in 0..self.finance.escalations.len() {
            let escalation = &self.finance.escalations[number];
            let rate = match &escalation.index {
                PriceIndex::Rate(_) => bound.place(&escalation_name(&escalation.id)),
                PriceIndex::Points(_) => None,
            };
            self.prices.push(Price::new(escalation, rate));
        }
        for of in 0..self.lines.len() {
            let line = &self.lines[of];
            let is_named =
                |names: &[String]| line.info.category.as_ref().is_some_and(|own| names.contains(own));
            // What is agreed in a contract changes only where its category is named.
            let is_agreed = line.info.id.starts_with("contract/")
                || matches!(line.source, Source::Late { .. } | Source::Early { .. });
            let escalations = &self.finance.escalations;
            let is_about = |one: &Escalation| {
                one.within.is_none_or(|above| self.is_below(line.info.on, Bearer::Project(above)))
            };
            let named = escalations.iter().position(|one| is_named(&one.categories) && is_about(one));
            let general = escalations.iter().position(|one| one.categories.is_empty() && is_about(one));
            let general = general.filter(|_| !is_agreed);
            if line.info.origin != LineOrigin::Written {
                continue;
            }
            if let Some(index) = named.or(general) {
                self.follow(of, Source::Escalation { of, index }, LineOrigin::Escalation);
            }
        }
    }

    fn follow(&mut self, of: usize, source: Source, origin: LineOrigin) {
        let line = &self.lines[of];
        let info = LineInfo { origin, ..line.info.clone() };
        self.lines.push(Line { info, source, ..line.clone() });
    }

    fn add_spendings(&mut self) {
        let (months, tables) = (&self.months, &self.tables);
        self.pools.iter().for_each(|pool| self.spendings.add(&pool.spread, 0, months, tables));
        self.lines.iter().for_each(|line| self.spendings.add_line(line, months, tables));
    }

    /// By task: whether amounts or payments follow from its dates.
    pub(in crate::engine) fn dated(&self) -> Vec<bool> {
        let mut dated = vec![false; self.program.tasks().len()];
        let of_lines = self.lines.iter().filter(|line| {
            let follows = matches!(line.source, Source::Escalation { .. });
            // What is spent with the work of a task is known by its place on the clock of the task.
            follows || !(matches!(line.spread, SpreadRule::Task { .. }) && line.spread.evenly().is_some())
        });
        let tasks = of_lines.flat_map(|line| line.spread.tasks()).chain(self.moments.tasks());
        tasks.for_each(|task| dated[task.index()] = true);
        dated
    }

    /// Groups what is paid alike by its bearer.
    fn add_pools(&mut self, network: &Network) {
        let tasks = (0..self.program.tasks().len()).map(|at| Bearer::Task(TaskIx::new(at)));
        let projects =
            (0..self.program.projects().len()).map(|at| Bearer::Project(crate::model::ProjectIx::new(at)));
        let bearers: Vec<Bearer> = tasks.chain(projects).chain([Bearer::Program]).collect();
        for on in bearers {
            let spread = self.bearer_rule(on, Payment::Spread, network);
            let is_taxed =
                |line: &Line| self.finance.tax_rate != 0.0 && line.info.kind == Some(SpendKind::Opex);
            let own = || (0..self.lines.len()).filter(|&at| self.lines[at].info.on == on);
            let is_alike = |at: &usize| {
                let line = &self.lines[*at];
                line.spread == spread && line.terms_days == 0 && !is_taxed(line)
            };
            let pool = Pool {
                others: own().filter(|at| !is_alike(at)).collect(),
                members: own().filter(is_alike).collect(),
                member: self.member_of(on),
                on,
                spread: spread.clone(),
            };
            self.pools.push(pool);
        }
    }
}

impl PartialEq for Treasury {
    /// Two of the same program and laws are the same.
    fn eq(&self, other: &Self) -> bool {
        self.finance == other.finance && self.months == other.months && self.lines.len() == other.lines.len()
    }
}

impl Scratch {
    /// Memory for so many lanes.
    pub fn new(treasury: &Treasury, lanes: usize) -> Self {
        Self {
            values: vec![0.0; treasury.quantities.len() * lanes],
            dates: vec![0; treasury.moments.all.len() * lanes],
            exist: vec![true; treasury.moments.all.len() * lanes],
            amounts: vec![0; lanes],
            own: vec![0; lanes],
            worth: vec![0.0; lanes],
            ends: vec![0; lanes],
            minutes: vec![0; lanes],
        }
    }
}
