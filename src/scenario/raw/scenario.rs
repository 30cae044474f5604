//! A whole file as written.

use super::{
    At, Many, Named, Quantity, RawAlternative, RawBenefit, RawCalendar, RawContract, RawCorrelation, RawCost,
    RawCrossLinks, RawDate, RawDriver, RawImport, RawLink, RawMember, RawMilestone, RawMoney, RawPortfolio,
    RawProgramCorrelation, RawRanges, RawReferenceClass, RawRework, RawRisk, RawStatus, RawTask, RawUniform,
    RawVariant, RawWhen, choice, raw_table,
};

raw_table! {
    /// A scenario file, or a file included by one.
    pub struct RawScenario is "a scenario file" {
        /// Further files that belong to the scenario.
        include: Many<String>,
        /// The program as a whole.
        program: RawProgram,
        /// Working calendars by id.
        calendars: Named<RawCalendar>,
        /// Estimate templates by id.
        estimates: Named<RawTemplate>,
        /// Words for probabilities, delays and costs.
        scales: RawScales,
        /// Projects by id.
        projects: Named<RawProject>,
        /// How many of each role can work at once: `"Data engineer" = 3`.
        roles: Named<f64>,
        /// Tasks of the program itself.
        tasks: Vec<At<RawTask>>,
        /// CSV files of tasks of the program itself.
        tasks_csv: Many<String>,
        /// Milestones of the program itself.
        milestones: Vec<At<RawMilestone>>,
        /// Groups of alternatives, of which exactly one is taken, by id.
        alternatives: Named<Named<RawAlternative>>,
        /// Tests that may fail, and the work that is then done again.
        rework: Vec<At<RawRework>>,
        /// The risk register.
        risks: Vec<At<RawRisk>>,
        /// CSV files of risks.
        risks_csv: Many<String>,
        /// Risk drivers: causes that multiply the durations of many tasks at once.
        drivers: Vec<At<RawDriver>>,
        /// What is drawn together: groups, pairs, matrices.
        correlations: Vec<At<RawCorrelation>>,
        /// Costs of the program itself.
        costs: Many<RawCost>,
        /// What money does over time: discounting, prices, currencies, funding.
        money: RawMoney,
        /// Contracts by id.
        contracts: Named<RawContract>,
        /// What the program is worth, by id.
        benefits: Named<RawBenefit>,
        /// How past programs of the kind turned out, by id: the outside view, shown beside the forecast.
        reference_classes: Named<RawReferenceClass>,
        /// What has happened by one date or several; `p80 status` forecasts from there.
        status: Many<RawStatus>,
        /// Several programs as one, instead of a program.
        portfolio: RawPortfolio,
        /// The programs of a portfolio by id: a file, or a table that says more.
        programs: Named<RawMember>,
        /// What work of one program of a portfolio waits for in others.
        links: Vec<At<RawCrossLinks>>,
        /// What-ifs by id: what differs from the scenario as written.
        variants: Named<RawVariant>,
        /// Where it was imported from and how it was read, for the next import into it.
        import: RawImport,
    }
}

choice! {
    /// Whose scheduling conventions apply where tools disagree.
    pub enum RawScheduling {
        /// p80's own.
        Native "native",
        /// Microsoft Project's.
        MsProject "msproject",
        /// Oracle Primavera P6's.
        Primavera "primavera",
    }
}

raw_table! {
    /// The program as a whole.
    pub struct RawProgram is "the program" {
        /// Its name.
        name: String = required,
        /// When it starts.
        start: RawDate = required,
        /// The data date of a program under way; where a status has this date, the program is looked at from it.
        status_date: RawDate,
        /// The currency of all money, by its three letters; `EUR` unless given.
        currency: String,
        /// The default calendar; `standard` unless given.
        calendar: String,
        /// The percentiles to report; `[50, 80, 90]` unless given.
        confidence: Vec<At<f64>>,
        /// Working hours that a written day stands for; 8 unless given.
        hours_per_day: f64,
        /// Working days that a written week stands for; 5 unless given.
        days_per_week: f64,
        /// Working days that a written month stands for; 20 unless given.
        days_per_month: f64,
        /// How low and high of a three-point estimate are meant; `P0-P100` unless given.
        ranges: RawRanges,
        /// Whose scheduling conventions apply; `native` unless given.
        scheduling: RawScheduling,
        /// Whether work without successors has no float: its late dates count back from its own finish.
        critical_open_ends: bool,
        /// The milestone whose date counts as the finish; the latest finish of all work unless given.
        finish: String,
        /// What has been promised.
        targets: RawTargets,
        /// The template for single-point durations of which no project or task says otherwise.
        estimate: String,
        /// The rank correlation of all durations, from 0 to 1, of which no group or pair says more: `0.3`, or
        /// `{ rho = 0.3, on = "both" }` for costs as well.
        correlation: RawProgramCorrelation,
        /// The exposure, probability times impact, above which a risk is to be escalated.
        escalate_above: RawEscalateAbove,
    }
}

raw_table! {
    /// The exposure above which a risk is to be escalated.
    pub struct RawEscalateAbove is "the threshold" {
        /// Working time: `"8d"`.
        delay: Quantity,
        /// Money.
        cost: f64,
    }
}

raw_table! {
    /// What has been promised.
    pub struct RawTargets is "the targets" {
        /// To be finished at or before this date.
        finish: RawDate,
        /// To cost at most this much.
        budget: f64,
    }
}

raw_table! {
    /// A project; what it says holds for everything in it that does not say otherwise.
    pub struct RawProject is "a project" {
        /// The name that people read; the id unless given.
        name: String,
        /// Who answers for it.
        owner: String,
        /// Who delivers it.
        vendor: String,
        /// To which cost centre its costs and those of everything in it are booked.
        cost_centre: String,
        /// The category of its tasks.
        category: String,
        /// Tags of its tasks.
        tags: Many<String>,
        /// The calendar of its tasks.
        calendar: String,
        /// The template for single-point durations of its tasks.
        estimate: String,
        /// What must happen before any of its tasks.
        after: Many<RawLink>,
        /// What has been promised.
        targets: RawTargets,
        /// Costs of the project itself.
        cost: Many<RawCost>,
        /// Its tasks.
        tasks: Vec<At<RawTask>>,
        /// CSV files of tasks.
        tasks_csv: Many<String>,
        /// Its milestones.
        milestones: Vec<At<RawMilestone>>,
        /// Projects inside it.
        projects: Named<RawProject>,
        /// How likely it exists in an iteration, with everything in it; always unless given.
        probability: Quantity,
        /// Whether the deterministic plan contains it; if it is as likely as not unless given.
        in_plan: bool,
        /// The condition under which it exists.
        when: RawWhen,
        /// Whether late dates in it count back from its own finish; from that of all work unless given.
        own_finish: bool,
    }
}

choice! {
    /// What a template applies to.
    pub enum RawApplies {
        /// Single-point durations.
        Duration "duration",
        /// Single lump sums.
        Cost "cost",
    }
}

raw_table! {
    /// An estimate template: turns a single value into a range; exactly one law is given.
    pub struct RawTemplate is "an estimate template" {
        /// PERT law; low and high relative to the single value: `{ low = -0.10, high = 0.45 }`.
        pert: RawRelativePert,
        /// Triangular law, relative likewise.
        triangular: RawRelativeTriangular,
        /// Triangular law by percentiles, relative likewise.
        trigen: RawRelativeTriangular,
        /// Uniform law, relative likewise.
        uniform: RawUniform,
        /// Lognormal law by relative P10 and P90.
        lognormal: RawRelativeLogNormal,
        /// The categories of tasks to which it applies.
        categories: Many<String>,
        /// What it applies to; `["duration"]` unless given.
        applies: Many<RawApplies>,
    }
}

raw_table! {
    /// A triangular law relative to a single value.
    pub struct RawRelativeTriangular is "a relative range", short array "a list `[low, high]`"
        (low: Quantity, high: Quantity)
    {
        /// The low end relative to the single value: -0.10 or "-10 %" is 10 % less.
        low: Quantity = required,
        /// The most likely value relative to the single value; 0 unless given.
        mode: Quantity,
        /// The high end relative to the single value: 0.45 or "45 %" is 45 % more.
        high: Quantity = required,
        /// How low and high are meant; the program's `ranges` unless given.
        ranges: RawRanges,
    }
}

raw_table! {
    /// A PERT law relative to a single value.
    pub struct RawRelativePert is "a relative PERT range", short array "a list `[low, high]`"
        (low: Quantity, high: Quantity)
    {
        /// The low end relative to the single value: -0.10 or "-10 %" is 10 % less.
        low: Quantity = required,
        /// The most likely value relative to the single value; 0 unless given.
        mode: Quantity,
        /// The high end relative to the single value: 0.45 or "45 %" is 45 % more.
        high: Quantity = required,
        /// The weight of the most likely value; 4 unless given.
        lambda: f64,
        /// How low and high are meant; the program's `ranges` unless given.
        ranges: RawRanges,
    }
}

raw_table! {
    /// A lognormal law relative to a single value.
    pub struct RawRelativeLogNormal is "a lognormal template" {
        /// The value that one in ten stays below, relative to the single value: -0.10 is 10 % less.
        p10 ["P10"]: Quantity = required,
        /// The value that one in ten exceeds, relative to the single value: 0.50 is 50 % more.
        p90 ["P90"]: Quantity = required,
    }
}

raw_table! {
    /// Words for probabilities, delays and costs; a range of probabilities stands for its middle, a range
    /// of delays or costs for all values in it.
    pub struct RawScales is "the scales" {
        /// Words for probabilities: `{ low = [0.05, 0.20], high = 0.7 }`.
        probability: Named<Many<Quantity>>,
        /// Words for delays: `{ low = ["1d", "5d"] }`.
        delay: Named<Many<Quantity>>,
        /// Words for costs: `{ low = [1_000, 10_000] }`.
        cost: Named<Many<Quantity>>,
    }
}
