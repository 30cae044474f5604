//! The number of a shard from the variables that schedulers set for the tasks of an array.

use std::str::FromStr;

use super::{ParseShardError, ShardNumber};

/// Which shard is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShardChoice {
    /// This one: `3/16`.
    Given(ShardNumber),
    /// The one that the scheduler's variables name: `auto`, or `auto/16` where they do not say how many there are.
    Array {
        /// Of how many, if that is said.
        of: Option<u64>,
    },
}

impl FromStr for ShardChoice {
    type Err = ParseShardError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_prefix("auto") {
            None => text.parse().map(Self::Given),
            Some("") => Ok(Self::Array { of: None }),
            Some(rest) => {
                // The first of so many can be parsed if any of them can.
                let of = rest.strip_prefix('/').and_then(|of| format!("1/{of}").parse::<ShardNumber>().ok());
                of.map(|first| Self::Array { of: Some(first.of()) })
                    .ok_or_else(|| ParseShardError(text.to_owned()))
            }
        }
    }
}

/// Why the variables of a scheduler name no shard.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArrayError {
    /// No scheduler set any.
    #[error(
        "`--shard auto` reads SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or AWS_BATCH_JOB_ARRAY_INDEX, and none of \
         them is set: write the number, such as `--shard 3/16`"
    )]
    NotSet,
    /// A variable is no number.
    #[error("{variable} is `{value}`, which is not a whole number")]
    NotANumber {
        /// Which.
        variable: &'static str,
        /// What it holds.
        value: String,
    },
    /// It is not known how many shards there are.
    #[error("{variable} does not say how many tasks there are: write `--shard auto/N`")]
    HowMany {
        /// The variable with the number of the task.
        variable: &'static str,
    },
    /// The array has another size than was said.
    #[error(
        "{variable} says that the array has {found} tasks, and `--shard auto/{wanted}` that there are {wanted} shards: \
         start the whole array, or name the shard of a single task, such as `--shard 3/{wanted}`"
    )]
    OtherSize {
        /// The variable with the size.
        variable: &'static str,
        /// Its value.
        found: u64,
        /// What was said.
        wanted: u64,
    },
    /// The task is none of the array.
    #[error(
        "{variable} is {index}, counted from {first}, and there are {of} shards: number the tasks of the array without \
         gaps"
    )]
    Outside {
        /// The variable with the number of the task.
        variable: &'static str,
        /// Its value.
        index: u64,
        /// The number of the first task.
        first: u64,
        /// How many shards there are.
        of: u64,
    },
}

/// How a scheduler numbers the tasks of an array.
struct Scheme {
    index: &'static str,
    /// The number of the first task; 0 without a variable for it.
    first: Option<&'static str>,
    /// The distance between the numbers of two tasks; 1 without a variable for it.
    step: Option<&'static str>,
    size: Option<&'static str>,
}

/// In the order in which they are looked for.
const SCHEMES: [Scheme; 3] = [
    Scheme {
        index: "SLURM_ARRAY_TASK_ID",
        first: Some("SLURM_ARRAY_TASK_MIN"),
        step: Some("SLURM_ARRAY_TASK_STEP"),
        size: Some("SLURM_ARRAY_TASK_COUNT"),
    },
    Scheme { index: "JOB_COMPLETION_INDEX", first: None, step: None, size: None },
    Scheme {
        index: "AWS_BATCH_JOB_ARRAY_INDEX",
        first: None,
        step: None,
        size: Some("AWS_BATCH_JOB_ARRAY_SIZE"),
    },
];

impl ShardChoice {
    /// The shard, where `variable` gives the value of an environment variable that is set.
    ///
    /// A number that is given comes first and no variable is read for it; else the first scheduler of Slurm,
    /// Kubernetes (indexed jobs) and AWS Batch that has set its variable counts.
    ///
    /// # Errors
    /// [`ArrayError`] if no variable is set, or they name no shard.
    pub fn resolve(self, variable: impl Fn(&str) -> Option<String>) -> Result<ShardNumber, ArrayError> {
        let of = match self {
            Self::Given(shard) => return Ok(shard),
            Self::Array { of } => of,
        };
        let read = |name: &'static str| -> Result<Option<u64>, ArrayError> {
            let Some(value) = variable(name).filter(|value| !value.is_empty()) else { return Ok(None) };
            let parsed = value.parse();
            parsed.map(Some).map_err(|_| ArrayError::NotANumber { variable: name, value })
        };
        let optional = |name: Option<&'static str>| name.map_or(Ok(None), read);
        for scheme in &SCHEMES {
            let Some(index) = read(scheme.index)? else { continue };
            let first = optional(scheme.first)?.unwrap_or(0);
            let step = optional(scheme.step)?.unwrap_or(1).max(1);
            let size = optional(scheme.size)?;
            if let (Some(wanted), Some(found), Some(variable)) = (of, size, scheme.size)
                && wanted != found
            {
                return Err(ArrayError::OtherSize { variable, found, wanted });
            }
            let of = of.or(size).ok_or(ArrayError::HowMany { variable: scheme.index })?;
            let distance = index.checked_sub(first).filter(|distance| distance % step == 0);
            let shard = distance.and_then(|distance| ShardNumber::new((distance / step).checked_add(1)?, of));
            return shard.ok_or(ArrayError::Outside { variable: scheme.index, index, first, of });
        }
        Err(ArrayError::NotSet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(choice: &str, variables: &[(&str, &str)]) -> Result<String, ArrayError> {
        let choice: ShardChoice = choice.parse().unwrap();
        let value = |name: &str| variables.iter().find(|set| set.0 == name).map(|set| set.1.to_owned());
        choice.resolve(value).map(|shard| shard.to_string())
    }

    const SLURM: [(&str, &str); 4] = [
        ("SLURM_ARRAY_TASK_ID", "7"),
        ("SLURM_ARRAY_TASK_MIN", "1"),
        ("SLURM_ARRAY_TASK_STEP", "2"),
        ("SLURM_ARRAY_TASK_COUNT", "16"),
    ];

    #[test]
    fn the_variables_of_every_scheduler_are_read() {
        assert_eq!(resolved("auto", &SLURM), Ok("4/16".into()));
        assert_eq!(resolved("auto/16", &SLURM), Ok("4/16".into()));
        assert_eq!(resolved("auto/64", &[("JOB_COMPLETION_INDEX", "0")]), Ok("1/64".into()));
        let batch = [("AWS_BATCH_JOB_ARRAY_INDEX", "9"), ("AWS_BATCH_JOB_ARRAY_SIZE", "10")];
        assert_eq!(resolved("auto", &batch), Ok("10/10".into()));
    }

    #[test]
    fn a_given_number_comes_before_variables_and_slurm_before_the_others() {
        let both = [&SLURM[..], &[("JOB_COMPLETION_INDEX", "9")]].concat();
        assert_eq!(resolved("3/8", &both), Ok("3/8".into()));
        assert_eq!(resolved("auto", &both), Ok("4/16".into()));
    }

    #[test]
    fn variables_that_name_no_shard_are_refused_with_the_reason() {
        assert_eq!(resolved("auto", &[]), Err(ArrayError::NotSet));
        assert_eq!(resolved("auto", &[("JOB_COMPLETION_INDEX", "")]), Err(ArrayError::NotSet));
        let variable = "JOB_COMPLETION_INDEX";
        assert_eq!(resolved("auto", &[(variable, "3")]), Err(ArrayError::HowMany { variable }));
        assert!(matches!(resolved("auto/4", &[(variable, "x")]), Err(ArrayError::NotANumber { .. })));
        let outside = ArrayError::Outside { variable, index: 4, first: 0, of: 4 };
        assert_eq!(resolved("auto/4", &[(variable, "4")]), Err(outside));
        // One task of an array started again by itself: its number says nothing about the whole.
        let again =
            [("SLURM_ARRAY_TASK_ID", "5"), ("SLURM_ARRAY_TASK_MIN", "5"), ("SLURM_ARRAY_TASK_COUNT", "1")];
        assert!(matches!(
            resolved("auto/16", &again),
            Err(ArrayError::OtherSize { found: 1, wanted: 16, .. })
        ));
        for text in ["auto/", "auto/0", "autos", "auto/x"] {
            assert!(text.parse::<ShardChoice>().is_err(), "{text}");
        }
    }
}
