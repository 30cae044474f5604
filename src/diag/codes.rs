//! The registry of diagnostic codes.
//!
//! A code never changes its meaning and is never reused. Blocks: S0xx file and syntax, S1xx names and
//! references, S2xx estimates, S3xx calendars and windows, S4xx network, S5xx risks, S6xx money,
//! W7xx schedule quality and other advice, R8xx running.

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
    UNREADABLE_FILE "S003" Error "a file that the scenario names cannot be read";
    UNKNOWN_TASK "S101" Error "a reference to a task, milestone or project that does not exist";
    DUPLICATE_ID "S102" Error "two things have the same id";
    CYCLE "S401" Error "links form a circle";
}
