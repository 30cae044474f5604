//! Programs of a given size, for measuring: the same text for the same size on every machine.

use std::fmt::Write;

/// How large a program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// The name that the command line knows.
    pub name: &'static str,
    /// Number of tasks.
    pub tasks: usize,
    /// Number of finish-to-start links.
    pub links: usize,
    /// Number of layers; links lead from a layer to a later one.
    pub layers: usize,
    /// Number of risks.
    pub risks: usize,
    /// Number of different PERT shapes among the durations, and of triangular shapes among the costs.
    pub shapes: usize,
    /// What else it holds, or not.
    pub kind: Kind,
}

/// What a workload is made of besides tasks, durations and links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Costs and risks, on one calendar.
    Whole,
    /// Nothing else.
    Durations,
    /// Costs and risks, on four calendars: three for the work, one of them with a freeze, and one whose quarterly
    /// window every twentieth task waits for.
    Calendars,
}

/// All sizes. `XL-own` gives each of its 20,000 estimates a shape of its own; `M-durations` is M without costs and
/// risks, `M-calendars` is M on four calendars.
pub const SIZES: [Size; 6] = [
    M,
    Size { name: "L", tasks: 2_000, links: 4_000, layers: 20, ..XL },
    XL,
    Size { name: "XL-own", shapes: 10_000, ..XL },
    Size { name: "M-durations", risks: 0, kind: Kind::Durations, ..M },
    Size { name: "M-calendars", kind: Kind::Calendars, ..M },
];

const M: Size =
    Size { name: "M", tasks: 100, links: 160, layers: 10, risks: 20, shapes: 50, kind: Kind::Whole };

const XL: Size =
    Size { name: "XL", tasks: 10_000, links: 20_000, layers: 50, risks: 100, shapes: 50, kind: Kind::Whole };

/// Four calendars.
const CALENDARS: &str = r#"
[calendars.frozen]
base = "standard"
freeze = ["2027-11-22..2028-01-09 year-end change freeze"]

[calendars.early]
week = { mon-fri = "07:00-12:00 12:30-15:30" }

[calendars.six-days]
week = { mon-sat = "08:00-12:00 13:00-17:00" }

[calendars.quarterly]
base = "six-days"
windows = { start = "first weekend of quarter" }
"#;

/// A generated program, in working minutes and euros.
pub struct Workload {
    /// Its size.
    pub size: Size,
    /// Its tasks; links lead only from a lower to a higher number.
    pub tasks: Vec<TaskLine>,
    /// Predecessor and successor of each finish-to-start link.
    pub links: Vec<(usize, usize)>,
    /// Its risks.
    pub risks: Vec<RiskLine>,
}

/// Low, mode and high.
pub type ThreePoint = [f64; 3];

/// A task with a PERT duration and a triangular cost.
pub struct TaskLine {
    /// Working minutes.
    pub minutes: ThreePoint,
    /// Euros.
    pub cost: ThreePoint,
}

/// A risk with a triangular delay and a triangular cost, each drawn once for all tasks.
pub struct RiskLine {
    /// The probability that it occurs.
    pub probability: f64,
    /// The tasks that it delays, all different.
    pub on: Vec<usize>,
    /// Working minutes.
    pub delay: ThreePoint,
    /// Euros.
    pub cost: ThreePoint,
}

impl Workload {
    /// Generates a program of this size.
    pub fn new(size: Size) -> Self {
        let mut random = SplitMix(size.tasks as u64);
        let tasks = (0..size.tasks)
            .map(|at| TaskLine {
                minutes: three_point(at, size.shapes, 480.0 * random.between(2, 20), random.between(1, 8)),
                cost: three_point(at, size.shapes, 1_000.0 * random.between(2, 40), random.between(1, 30)),
            })
            .collect();
        let risks = (0..size.risks)
            .map(|at| RiskLine {
                probability: random.between(5, 60) / 100.0,
                on: random.different(1 + at % 3, size.tasks),
                delay: three_point(at, size.risks, 480.0 * random.between(1, 5), random.between(2, 9)),
                cost: three_point(at, size.risks, 1_000.0 * random.between(1, 20), random.between(5, 90)),
            })
            .collect();
        Self { size, tasks, links: links(size, &mut random), risks }
    }

    /// The scenario file.
    pub fn scenario(&self) -> String {
        self.scenario_with_responses(0)
    }

    /// The scenario file in which the first risks have a response, off, that makes them a third as probable.
    pub fn scenario_with_responses(&self, responses: usize) -> String {
        let mut predecessors = vec![Vec::new(); self.tasks.len()];
        for &(from, to) in &self.links {
            predecessors[to].push(format!("\"t{from}\""));
        }
        let mut text = format!(
            "[program]\nname = \"Workload {}\"\nstart = 2027-01-11\ncurrency = \"EUR\"\nranges = \"P0-P100\"\n",
            self.size.name
        );
        if self.size.kind == Kind::Calendars {
            text.push_str(CALENDARS);
        }
        for (at, task) in self.tasks.iter().enumerate() {
            let _ = write!(
                text,
                "\n[[tasks]]\nid = \"t{at}\"\nduration = {{ pert = {} }}\n",
                minutes(task.minutes)
            );
            if self.size.kind != Kind::Durations {
                let _ = writeln!(text, "cost = {{ lump = {{ triangular = {} }} }}", euros(task.cost));
            }
            if self.size.kind == Kind::Calendars {
                let name = match at % 20 {
                    19 => "quarterly",
                    at => ["frozen", "early", "six-days"][at % 3],
                };
                let _ = writeln!(text, "calendar = \"{name}\"");
            }
            if !predecessors[at].is_empty() {
                let _ = writeln!(text, "after = [{}]", predecessors[at].join(", "));
            }
        }
        for (at, risk) in self.risks.iter().enumerate() {
            let on: Vec<String> = risk.on.iter().map(|task| format!("\"t{task}\"")).collect();
            let _ = write!(
                text,
                "\n[[risks]]\nid = \"R{at}\"\ntitle = \"Risk {at}\"\nprobability = {}\nimpact = [{{ on = [{}], \
                 delay = {{ triangular = {} }}, cost = {{ triangular = {} }} }}]\n",
                risk.probability,
                on.join(", "),
                minutes(risk.delay),
                euros(risk.cost)
            );
            if at < responses {
                let (cost, probability) = (5_000 + 1_000 * (at * 7 % 10), risk.probability / 3.0);
                let _ =
                    writeln!(text, "response = {{ cost = {cost}, probability = {probability}, on = false }}");
            }
        }
        text
    }
}

fn minutes([low, mode, high]: ThreePoint) -> String {
    format!("[\"{low}m\", \"{mode}m\", \"{high}m\"]")
}

fn euros([low, mode, high]: ThreePoint) -> String {
    format!("[{low}, {mode}, {high}]")
}

/// An estimate of a numbered shape: the mode lies at one of `shapes` shares between 5 and 55 % of the range.
///
/// The range is a multiple of 40,000, so that all numbers are whole and a shape is the same to the bit
/// wherever it is used.
fn three_point(at: usize, shapes: usize, low: f64, thousands: f64) -> ThreePoint {
    const PARTS: usize = 40_000;
    let share = (2_000 + at % shapes * 20_000 / shapes) as f64 / PARTS as f64;
    let range = 1_000.0 * thousands;
    [low, low + range * share, low + range]
}

/// Every task after the first layer follows one of the layer before it; the other links start anywhere
/// before.
fn links(size: Size, random: &mut SplitMix) -> Vec<(usize, usize)> {
    let width = size.tasks / size.layers;
    let mut links = std::collections::BTreeSet::new();
    for to in width..size.tasks {
        let layer = to / width;
        links.insert(((layer - 1) * width + random.below(width), to));
    }
    while links.len() < size.links {
        let to = width + random.below(size.tasks - width);
        links.insert((random.below(to / width * width), to));
    }
    links.into_iter().collect()
}

/// Steele, Lea & Flood (2014), "Fast splittable pseudorandom number generators", OOPSLA: good enough for
/// making up programs, and four lines long.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A whole number from `low` to `high`.
    fn between(&mut self, low: usize, high: usize) -> f64 {
        (low + self.below(high - low + 1)) as f64
    }

    fn different(&mut self, n: usize, end: usize) -> Vec<usize> {
        let mut found = std::collections::BTreeSet::new();
        while found.len() < n {
            found.insert(self.below(end));
        }
        found.into_iter().collect()
    }
}
