//! Three-point estimates in user-defined fields.

use super::data::{Activity, Data};
use crate::import::{ImportError, ImportOptions};

/// The number of a field, and minutes that one of its units is; days count in those of a calendar.
#[derive(Clone, Debug)]
struct Point {
    field: String,
    in_hours: bool,
}

/// Which user-defined fields hold low, most likely and high.
#[derive(Clone, Debug, Default)]
pub(super) struct Points([Option<Point>; 3]);

/// Words in the labels of such fields.
const WORDS: [&[&str]; 3] = [
    &["optimistic", "best case", "minimum", "min dur", "min."],
    &["most likely", "likely", "mode"],
    &["pessimistic", "worst case", "maximum", "max dur", "max."],
];

impl Points {
    /// Finds the fields, by option or by their labels.
    pub fn of(data: &Data, options: &ImportOptions) -> Result<Self, ImportError> {
        let point = |(field, label): &(String, String)| Point {
            field: field.clone(),
            in_hours: label.to_lowercase().contains("hour"),
        };
        let mut points = Self::default();
        for at in 0..3 {
            let found = match &options.three_point {
                Some(names) => {
                    let named = data.fields.iter().find(|(_, label)| label.eq_ignore_ascii_case(&names[at]));
                    if named.is_none() {
                        let known: Vec<&str> = data.fields.iter().map(|(_, label)| label.as_str()).collect();
                        return Err(ImportError::Option(format!(
                            "the plan has no user-defined field `{}` of activities; it has {}",
                            names[at],
                            if known.is_empty() { "none".to_owned() } else { known.join(", ") }
                        )));
                    }
                    named
                }
                None => data.fields.iter().find(|(_, label)| {
                    let label = label.to_lowercase();
                    WORDS[at].iter().any(|word| label.contains(word))
                }),
            };
            points.0[at] = found.map(point);
        }
        Ok(points)
    }

    /// Low, most likely and high of an activity in minutes of a calendar whose day has so many.
    pub fn range(&self, activity: &Activity, minutes: f64, per_day: f64) -> Option<[f64; 3]> {
        let value = |point: &Option<Point>| {
            let point = point.as_ref()?;
            let (_, value) = activity.values.iter().find(|(field, _)| *field == point.field)?;
            let unit = if point.in_hours { 60.0 } else { per_day };
            Some(value * unit).filter(|minutes| *minutes > 0.0)
        };
        let [low, mode, high] = &self.0;
        Some([value(low)?, value(mode).unwrap_or(minutes), value(high)?])
    }
}
