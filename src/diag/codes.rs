//! The registry of diagnostic codes.
//!
//! A code never changes its meaning and is never reused. Blocks: S0xx file and syntax, S1xx names and
//! references, S2xx estimates, S3xx calendars and windows, S4xx network, S5xx risks, S6xx money,
//! S8xx progress, S9xx portfolios,
//! W7xx schedule quality and other advice.

use super::Severity;

/// A stable diagnostic code.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    id: &'static str,
    severity: Severity,
    title: &'static str,
}

impl Code {
    /// The code as printed, such as `S101`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        self.id
    }

    /// The severity of every diagnostic with this code.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What the code stands for, in a few words.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.title
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

macro_rules! codes {
    ($($name:ident $id:literal $severity:ident $title:literal;)*) => {
        /// The codes by name; the title says what each stands for.
        pub mod code {
            use super::{Code, Severity};
            $(
                #[doc = $title]
                pub const $name: Code = Code { id: $id, severity: Severity::$severity, title: $title };
            )*
        }

        /// All codes, in the order of the registry.
        #[must_use]
        pub fn all_codes() -> &'static [Code] {
            &[$(code::$name),*]
        }
    };
}

codes! {
    SYNTAX "S001" Error "the file is not valid TOML";
    NOT_TEXT "S002" Error "a file is not UTF-8 text";
    UNREADABLE_FILE "S003" Error "a file that the scenario names cannot be read";
    UNKNOWN_KEY "S004" Error "a key that the format does not have";
    MISSING_KEY "S005" Error "a key that must be there is not";
    WRONG_TYPE "S006" Error "a value of the wrong type, such as a number where a text belongs";
    INCLUDE_CYCLE "S007" Error "files include each other in a circle";
    BAD_TABLE "S008" Error "a CSV table that cannot be read";
    UNKNOWN_COLUMN "S009" Error "a column that the table does not have";
    UNKNOWN_CHOICE "S010" Error "a word that is none of those accepted";
    BAD_DATE "S011" Error "a text that is not a date";
    OUT_OF_RANGE "S012" Error "a number outside the range that makes sense";
    CONFLICTING_KEYS "S013" Error "keys that exclude each other";
    SECOND_PROGRAM "S014" Error "a part that may be written once is written in two files";
    BAD_PATH "S015" Error "a path of a variant that names nothing";
    UNKNOWN_VARIANT "S016" Error "a variant that does not exist";
    VARIANT_CYCLE "S017" Error "variants are based on each other in a circle";
    UNKNOWN_TASK "S101" Error "a reference to a task, milestone or project that does not exist";
    DUPLICATE_ID "S102" Error "two things have the same id";
    BAD_ID "S103" Error "an id with characters that references cannot hold";
    AMBIGUOUS_REFERENCE "S104" Error "a reference that could mean several things";
    UNKNOWN_CALENDAR "S105" Error "a reference to a calendar that does not exist";
    UNKNOWN_TEMPLATE "S106" Error "a reference to an estimate template that does not exist";
    UNKNOWN_SCALE_WORD "S107" Error "a word that the scale does not define";
    WRONG_KIND "S108" Error "a reference to something of the wrong kind";
    UNKNOWN_ROLE "S109" Error "a role that `[roles]` does not list";
    UNKNOWN_TAG "S110" Error "a tag that nothing has";
    UNKNOWN_RISK "S111" Error "a reference to a risk that does not exist";
    BAD_QUANTITY "S201" Error "a text that is not a duration, a percentage or a number";
    OUT_OF_ORDER "S202" Error "low, most likely and high are not in ascending order";
    NEGATIVE_END "S203" Error "a range that reaches below zero";
    TOO_LONG "S204" Error "a duration above 100 years";
    MIXED_UNITS "S205" Error "one estimate mixes working time, elapsed time, money or percentages";
    BAD_LAW "S206" Error "parameters that do not make a probability law";
    NOT_ONE_LAW "S207" Error "an estimate that names no law, or several";
    WRONG_UNIT "S208" Error "a quantity of the wrong kind, such as money where a duration belongs";
    BAD_SAMPLES "S209" Error "sample values that cannot be used";
    BAD_TEMPLATE "S210" Error "an estimate template that cannot be applied";
    BAD_SHIFTS "S301" Error "a text that is not a list of shifts";
    BAD_DAYS "S302" Error "a text that is not a set of days";
    BAD_WINDOWS "S303" Error "a window rule or list that cannot be read";
    BASE_CYCLE "S304" Error "calendars are based on each other in a circle";
    NO_WORKING_TIME "S305" Error "a calendar on which nothing can ever be done";
    BAD_OFFSET "S306" Error "a text that is not a clock offset";
    BAD_WEEKDAYS "S307" Error "a text that is not a weekday or a range of weekdays";
    CYCLE "S401" Error "links form a circle";
    LINK_TO_PROJECT_FINISH "S402" Error "a link ties the finish of a whole project";
    BAD_LINK "S403" Error "a link that is not written as one";
    NO_TASK "S404" Error "there is nothing to simulate";
    OUTGROWN "S406" Error "a duration, a lag or the schedule can outgrow what is simulated";
    BAD_LAG "S405" Error "a lag that cannot be used";
    BAD_CONDITION "S407" Error "a condition that is not written as one";
    BAD_ALTERNATIVES "S408" Error "alternatives of which not exactly one is taken";
    BAD_LOOP "S409" Error "a rework loop that is not written as one";
    LOOP_WITHOUT_PATH "S410" Error "a rework loop whose entry does not lead to its test";
    LOOPS_OVERLAP "S411" Error "rework loops that share work, neither within the other";
    UNDECIDABLE "S412" Error "work whose existence depends on what comes after it";
    BAD_PROBABILITY "S501" Error "a probability outside 0 to 1";
    DELAY_WITHOUT_TARGET "S502" Error "a delay that does not say what it delays";
    CLOCKS_DIFFER "S503" Error "a delay and its task count different time";
    SIGN_CONTRADICTS_KIND "S504" Error "an impact whose sign contradicts the kind of the risk";
    DRIVER_WITHOUT_TASK "S520" Error "a risk driver that does not say what it touches";
    BAD_CORRELATION "S530" Error "a correlation coefficient that cannot hold";
    TOO_CORRELATED "S531" Error "groups that ask for more than full correlation";
    DUPLICATE_PAIR "S532" Error "a pair whose correlation is stated twice";
    BAD_MATRIX "S533" Error "a matrix of correlations that cannot be used";
    UNKNOWN_DRAW "S534" Error "a reference to something that is not drawn";
    RATE_WITHOUT_WINDOW "S540" Error "a rate of a risk without dates to count in";
    TOO_FREQUENT "S541" Error "a risk that happens too often to be simulated";
    TRIGGER_CYCLE "S542" Error "risks trigger each other in a circle";
    EXCLUSIVE_ABOVE_ONE "S543" Error "risks that exclude each other are too likely together";
    NEGATIVE_COST "S601" Error "a cost below zero";
    BAD_RATE "S602" Error "a text that is not a rate";
    RATE_WITHOUT_WORK "S603" Error "a rate where no work is done";
    AMOUNT_TOO_LARGE "S604" Error "an amount that cannot be counted exactly";
    BAD_CURRENCY "S605" Error "a text that is not a currency code";
    TOO_EXPENSIVE "S606" Error "costs can outgrow what is summed exactly";
    UNKNOWN_CURRENCY "S607" Error "a currency of which no rate is given";
    BAD_SPAN "S608" Error "a span of time whose end lies before its start";
    PERCENT_OF_ITSELF "S609" Error "a percentage of itself or of other percentages";
    BENEFIT_TOO_EARLY "S610" Error "a benefit that begins before the program, or ends before it begins";
    BAD_CONTRACT "S611" Error "a contract whose terms do not fit together";
    BAD_INDEX "S612" Error "a price index that cannot be read";
    UNKNOWN_CATEGORY "S613" Error "a category that no cost has";
    BAD_PROGRESS "S801" Error "progress that cannot have happened";
    REMAINING_NEEDED "S802" Error "work in progress whose estimate no longer says what is left";
    NOT_OF_A_PORTFOLIO "S901" Error "a part of a program in a portfolio, or of a portfolio in a program";
    NESTED_PORTFOLIO "S902" Error "a portfolio as a program of a portfolio";
    SHARED_DRIVER "S903" Error "a shared driver that its programs do not agree on";
    MONEY_DISAGREES "S904" Error "programs of a portfolio that value money differently";
    OWN_FUNDING "S905" Error "a program of a portfolio that waits for its own funding";
    MODE_AT_END "W701" Warning "the most likely value is also the lowest or the highest";
    NARROW_RANGE "W702" Warning "a range so narrow that it says nothing";
    UNUSED_TEMPLATE "W703" Warning "an estimate template that nothing uses";
    UNUSED_CALENDAR "W704" Warning "a calendar that nothing uses";
    RISK_WITHOUT_IMPACT "W705" Warning "a risk that changes nothing when it occurs";
    CERTAIN_RISK "W706" Warning "a risk with a probability of 0 or 1";
    RESPONSE_WITHOUT_EFFECT "W707" Warning "a response that changes neither probability nor impact";
    POINT_ESTIMATE "W708" Warning "a duration without a range where no template applies";
    IDLE_WINDOWS "W710" Note "a window in which nobody works";
    CERTAIN_RANGE "W709" Note "a range whose ends are equal: a certain value";
    SHARE_OF_NOTHING "W711" Warning "a percentage of the duration of a milestone, which has none";
    NOTHING_TO_HIT "W715" Warning "a risk with a window is aimed at a milestone";
    FREE_RESPONSE "W713" Note "a response that costs nothing";
    RISK_IN_RANGE "W714" Note "a range that may contain a registered risk already";
    TOO_INDEPENDENT "W716" Note "ranges so independent that the program looks too safe";
    DECIDED_LATE "W717" Warning "work that may begin before it is decided whether it exists";
    NOTHING_FOLLOWS "W720" Warning "work that nothing follows";
    ENDS_EACH_TASK "W718" Warning "an early end of a project that ends each of its tasks by itself";
    RESPONSE_TOO_LATE "W719" Warning "a response that takes effect after its risk may have occurred, or after all work that its driver touches has begun";
    NOTHING_PRECEDES "W721" Warning "work that nothing precedes";
    LEADS "W722" Warning "links with a negative lag";
    LAGS "W723" Warning "too many links with a lag";
    FEW_FINISH_TO_START "W724" Warning "too many links other than finish to start";
    HARD_CONSTRAINTS "W725" Warning "dates that must hold or must not be passed";
    HIGH_FLOAT "W726" Warning "too much work with float above 44 working days";
    NEGATIVE_FLOAT "W727" Warning "the plan misses a deadline or a constraint";
    LONG_DURATIONS "W728" Warning "too much work longer than 44 working days";
    INVALID_DATES "W729" Warning "actual dates after the status date, or planned ones before it";
    NO_RESOURCES "W730" Note "work without a role and a cost";
    MISSED_TASKS "W731" Warning "work that should have been finished by the status date";
    BROKEN_PATH "W732" Warning "a slip on the driving path does not reach the finish";
    LENGTH_INDEX "W733" Warning "the finish is too far behind its baseline";
    EXECUTION_INDEX "W734" Warning "too little of the baseline has been finished";
    ROLE_OVERLOADED "W735" Warning "the plan needs more of a role than there is";
    FACTOR_LIKE_SHARE "W740" Warning "a factor that looks like the share to be added";
    CORRELATION_ADJUSTED "W742" Warning "correlations that cannot hold together";
    NOTHING_TO_CORRELATE "W743" Note "a correlation of things that are certain, or of one thing alone";
    ESCALATED "W744" Warning "a risk whose exposure is to be escalated";
    COST_NOT_COUNTED "W746" Note "a condition on a cost that does not count all cost lines of what it names";
    TAILS_CUT "W745" Note "a plan whose worst case is better than what happens to programs";
    DRIVER_IN_RANGE "W741" Note "a task's own range that may hold its driver already";
    ROWS_NOT_USED "W761" Note "rows of a list of issues that are not used as they stand";
    REPORT_LEFT_OUT "W760" Note "a report of something that the variant has removed";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_their_letter_tells_the_severity() {
        let mut seen = std::collections::BTreeSet::new();
        for code in all_codes() {
            assert!(seen.insert(code.as_str()), "{} is used twice", code.as_str());
            let is_error = !code.as_str().starts_with('W');
            assert_eq!(code.severity() == Severity::Error, is_error, "{}", code.as_str());
        }
    }
}
