//! What the sheets of a blank workbook hold: headings that the import knows, what they mean, and rows as an example.

/// How the cells of a column look and what they take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Takes {
    /// Anything.
    Words,
    /// One of some words.
    OneOf(&'static [&'static str]),
    /// Days, at least 0 unless they may be a gain.
    Days,
    /// Money.
    Money,
    /// A share from 0 to 100 %.
    Share,
    /// A date.
    Date,
}

/// A column: its heading, its width, what it takes and what it means.
pub(super) type Column = (&'static str, f64, Takes, &'static str);

/// A cell of an example.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Example {
    Empty,
    Words(&'static str),
    Number(f64),
    /// Year, month and day.
    Date(u16, u8, u8),
}

use Example::{Date, Empty as E, Number as N, Words as W};

/// One sheet.
pub(super) struct Sheet {
    pub name: &'static str,
    pub columns: &'static [Column],
    pub rows: &'static [&'static [Example]],
}

/// Kinds of rows of tasks.
const KINDS: &[&str] = &["task", "milestone", "start milestone"];
/// Where a risk stands.
const STATUS: &[&str] = &["open", "occurred", "closed", "retired"];
/// What is done about a risk.
const STRATEGY: &[&str] = &["avoid", "transfer", "mitigate", "accept"];
/// Kinds of links.
const LINKS: &[&str] = &["FS", "SS", "FF", "SF"];
/// Threat or opportunity.
const SIGNS: &[&str] = &["threat", "opportunity"];

/// All sheets in their order.
pub(super) const SHEETS: [Sheet; 6] = [
    Sheet {
        name: "Program",
        columns: &[
            ("Setting", 20.0, Takes::Words, "What is set. Leave a value empty where nothing is to be said."),
            ("Value", 24.0, Takes::Words, "The value."),
            ("Note", 70.0, Takes::Words, "What it means; not imported."),
        ],
        rows: &[
            &[W("Name"), W("Customer portal"), W("The name of the program.")],
            &[W("Start"), Date(2027, 1, 11), W("The day on which it starts.")],
            &[W("Currency"), W("EUR"), W("Of all money, by its three letters.")],
            &[W("Target finish"), Date(2027, 5, 31), W("What has been promised.")],
            &[W("Budget"), N(250_000.0), W("What has been promised.")],
            &[
                W("Ranges"),
                W("P10-P90"),
                W("What people here mean by low and high: P0-P100, P5-P95, P10-P90 or P15-P85."),
            ],
            &[W("Confidence"), W("P50, P80, P90"), W("The percentiles to report.")],
            &[W("Status date"), E, W("Of a program under way: the day up to which progress is known.")],
        ],
    },
    Sheet {
        name: "Tasks",
        columns: &[
            ("ID", 8.0, Takes::Words, "A short id that stays the same from month to month."),
            ("Task", 34.0, Takes::Words, "The name that people read."),
            ("Project", 18.0, Takes::Words, "The part of the program in which it stands; may be empty."),
            ("Kind", 14.0, Takes::OneOf(KINDS), "task (also if empty), milestone or start milestone."),
            (
                "Optimistic (days)",
                12.0,
                Takes::Days,
                "Working days if all goes well. Write `3 weeks` or `12 h` for other units.",
            ),
            (
                "Most likely (days)",
                12.0,
                Takes::Days,
                "Working days as they are most likely. Alone it is a certain duration.",
            ),
            ("Pessimistic (days)", 12.0, Takes::Days, "Working days if much goes wrong."),
            (
                "Predecessors",
                18.0,
                Takes::Words,
                "Ids of what must happen before: `T1; T2 SS+2d; T3 FF-50%`.",
            ),
            ("Calendar", 12.0, Takes::Words, "A calendar of the sheet Calendar; the first one if empty."),
            ("Not before", 13.0, Takes::Date, "The task does not start before this day."),
            ("Deadline", 13.0, Takes::Date, "A day to report on; moves nothing."),
            ("Cost low", 12.0, Takes::Money, "A lump sum if all goes well."),
            (
                "Cost most likely",
                12.0,
                Takes::Money,
                "A lump sum as it is most likely. Alone it is a certain cost.",
            ),
            ("Cost high", 12.0, Takes::Money, "A lump sum if much goes wrong."),
            ("Day rate", 12.0, Takes::Money, "Money for each working day that the task takes."),
            ("Owner", 16.0, Takes::Words, "Who answers for it."),
            ("Category", 16.0, Takes::Words, "The kind of work; templates of ranges are bound to it."),
            ("Actual start", 13.0, Takes::Date, "When it really started."),
            ("Actual finish", 13.0, Takes::Date, "When it was really finished."),
            ("% complete", 11.0, Takes::Share, "How much of a started task is done."),
            ("Remaining (days)", 12.0, Takes::Days, "Working days that are left of a started task."),
        ],
        rows: &[
            &[
                W("T1"),
                W("Collect requirements"),
                W("Design"),
                E,
                N(8.0),
                N(10.0),
                N(20.0),
                E,
                E,
                E,
                E,
                E,
                E,
                E,
                N(1_800.0),
                W("Ann"),
                W("analysis"),
            ],
            &[
                W("T2"),
                W("Design screens"),
                W("Design"),
                E,
                N(5.0),
                N(8.0),
                N(15.0),
                W("T1 SS+5d"),
                E,
                E,
                E,
                E,
                E,
                E,
                N(900.0),
                W("Ann"),
                W("design"),
            ],
            &[
                W("T3"),
                W("Build the portal"),
                W("Delivery"),
                E,
                N(25.0),
                N(35.0),
                N(70.0),
                W("T1; T2"),
                E,
                E,
                E,
                E,
                E,
                E,
                N(2_600.0),
                W("Bob"),
                W("build"),
            ],
            &[
                W("T4"),
                W("Buy licences"),
                W("Delivery"),
                E,
                E,
                N(5.0),
                E,
                W("T1"),
                E,
                Date(2027, 2, 15),
                E,
                N(18_000.0),
                N(20_000.0),
                N(30_000.0),
                E,
                W("Eve"),
                W("purchase"),
            ],
            &[
                W("T5"),
                W("Test"),
                W("Delivery"),
                E,
                N(8.0),
                N(12.0),
                N(30.0),
                W("T3; T4"),
                E,
                E,
                E,
                E,
                E,
                E,
                N(1_500.0),
                W("Bob"),
                W("test"),
            ],
            &[W("M1"), W("Go-live"), E, W("milestone"), E, E, E, W("T5"), E, E, Date(2027, 5, 31)],
        ],
    },
    Sheet {
        name: "Links",
        columns: &[
            (
                "Predecessor",
                16.0,
                Takes::Words,
                "For people who prefer one dependency per row to the column Predecessors. An id of the sheet Tasks.",
            ),
            ("Successor", 16.0, Takes::Words, "An id of the sheet Tasks."),
            ("Type", 10.0, Takes::OneOf(LINKS), "FS finish to start (also if empty), SS, FF or SF."),
            (
                "Lag (days)",
                12.0,
                Takes::Days,
                "Working days between the two; below zero it is a lead. `50%` is a share of the predecessor.",
            ),
        ],
        rows: &[&[W("T2"), W("T5"), W("FF"), N(2.0)]],
    },
    Sheet {
        name: "Risks",
        columns: &[
            ("ID", 8.0, Takes::Words, "A short id that stays the same from month to month."),
            ("Risk", 38.0, Takes::Words, "What may happen."),
            ("Probability", 12.0, Takes::Words, "A percentage, or a word of the sheet Scales."),
            (
                "Affected tasks",
                18.0,
                Takes::Words,
                "Ids or names of tasks or projects: `T3; T5`. Without one it can only cost money.",
            ),
            (
                "Delay low (days)",
                12.0,
                Takes::Days,
                "Working days by which each of them is delayed; below zero it is a gain.",
            ),
            (
                "Delay most likely (days)",
                12.0,
                Takes::Days,
                "The same, as it is most likely. Alone it is a certain delay.",
            ),
            ("Delay high (days)", 12.0, Takes::Days, "The same, if it comes badly."),
            (
                "Cost low",
                12.0,
                Takes::Money,
                "What it costs when it occurs. It is not multiplied by the probability.",
            ),
            ("Cost most likely", 12.0, Takes::Money, "The same, as it is most likely."),
            ("Cost high", 12.0, Takes::Money, "The same, if it comes badly."),
            (
                "Kind",
                13.0,
                Takes::OneOf(SIGNS),
                "threat or opportunity; checked against the signs of delay and cost.",
            ),
            ("Owner", 16.0, Takes::Words, "Who answers for it."),
            ("Category", 16.0, Takes::Words, "Free."),
            ("Status", 11.0, Takes::OneOf(STATUS), "open (also if empty), occurred, closed or retired."),
            ("Strategy", 11.0, Takes::OneOf(STRATEGY), "What is done about it, in a word."),
            ("Response", 30.0, Takes::Words, "What could be done about it."),
            ("Response cost", 12.0, Takes::Money, "What that costs."),
            ("Residual probability", 12.0, Takes::Words, "The probability that remains then."),
            ("Response in plan", 12.0, Takes::OneOf(&["yes", "no"]), "yes if the forecast shall include it."),
        ],
        rows: &[
            &[
                W("R1"),
                W("Requirements change after the design"),
                N(0.35),
                W("T3"),
                N(5.0),
                N(10.0),
                N(30.0),
                N(5_000.0),
                N(15_000.0),
                N(40_000.0),
                W("threat"),
                W("Ann"),
                W("scope"),
                W("open"),
                W("mitigate"),
                W("Prototype with users"),
                N(12_000.0),
                N(0.15),
                W("no"),
            ],
            &[
                W("R2"),
                W("Interface of the supplier is late"),
                W("medium"),
                W("T5"),
                N(3.0),
                N(8.0),
                N(25.0),
                E,
                E,
                E,
                W("threat"),
                W("Eve"),
                W("supplier"),
                W("open"),
                W("accept"),
            ],
            &[
                W("R3"),
                W("Components can be used again"),
                W("low"),
                W("T3"),
                N(-10.0),
                N(-5.0),
                N(-2.0),
                E,
                E,
                E,
                W("opportunity"),
                W("Bob"),
                W("build"),
                W("open"),
            ],
        ],
    },
    Sheet {
        name: "Calendar",
        columns: &[
            (
                "Calendar",
                14.0,
                Takes::Words,
                "The name of the calendar. The first one is that of the program.",
            ),
            ("Day or date", 16.0, Takes::Words, "A weekday or a range of them (`Mon-Fri`), or a date."),
            ("Until", 13.0, Takes::Date, "The last day, of several."),
            (
                "Hours",
                26.0,
                Takes::Words,
                "When work is done: `09:00-12:30 13:30-18:00`. Empty for holidays.",
            ),
            ("Name", 24.0, Takes::Words, "What the holiday is called."),
        ],
        rows: &[
            &[W("standard"), W("Mon-Fri"), E, W("09:00-12:30 13:30-18:00")],
            &[W("standard"), Date(2027, 3, 26), Date(2027, 3, 29), E, W("Easter")],
            &[W("standard"), Date(2027, 12, 24), Date(2028, 1, 2), E, W("Turn of the year")],
        ],
    },
    Sheet {
        name: "Scales",
        columns: &[
            ("Scale", 14.0, Takes::OneOf(&["probability", "delay", "cost"]), "What the word is for."),
            ("Word", 14.0, Takes::Words, "The word as the register has it."),
            (
                "Low",
                14.0,
                Takes::Words,
                "The value, or the lower end of a range: a percentage, days, or money.",
            ),
            ("High", 14.0, Takes::Words, "The upper end of a range; empty for a single value."),
        ],
        rows: &[
            &[W("probability"), W("low"), N(0.1)],
            &[W("probability"), W("medium"), N(0.3)],
            &[W("probability"), W("high"), N(0.6)],
        ],
    },
];
