//! What was forecast when: one row per target and report, kept beside the scenario.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One forecast of one target. Money is in major units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogRow {
    /// The status date.
    pub status_date: Date,
    /// `program`, `project` or `milestone`.
    pub kind: String,
    /// Its id; empty for the program.
    pub id: String,
    /// The forecast finish at P10.
    pub finish_p10_date: Option<Date>,
    /// At P50.
    pub finish_p50_date: Option<Date>,
    /// At P80.
    pub finish_p80_date: Option<Date>,
    /// What was promised or approved.
    pub finish_target_date: Option<Date>,
    /// The probability that it is met.
    pub finish_target_probability: Option<f64>,
    /// The actual finish, once there is one.
    pub finish_actual_date: Option<Date>,
    /// The forecast cost at P50.
    pub cost_p50: Option<f64>,
    /// At P80.
    pub cost_p80: Option<f64>,
    /// SHA-256 over all inputs.
    pub inputs_sha256: String,
}

/// All forecasts so far, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForecastLog {
    /// The rows.
    pub rows: Vec<LogRow>,
}

/// Why a log cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the forecast log cannot be read: {why}")]
pub struct LogError {
    /// The line, the header being the first.
    pub line: u64,
    /// What is wrong with it.
    pub why: String,
}

/// How good the forecasts of targets that have been reached were.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// How many forecasts have an actual to compare with.
    pub forecasts: usize,
    /// The share of actual dates at or before the P50; about a half of them should be.
    pub hit_p50: f64,
    /// The same of the P80; about four in five should be.
    pub hit_p80: f64,
    /// Calendar days by which actual dates were later than the P50, on average.
    pub bias_days: f64,
}

/// How good the forecasts of one target were.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetCalibration {
    /// `program`, `project` or `milestone`.
    pub kind: String,
    /// Its id; empty for the program.
    pub id: String,
    /// When it was reached.
    pub actual: Date,
    /// How good they were.
    #[serde(flatten)]
    pub calibration: Calibration,
}

impl ForecastLog {
    /// Reads a log.
    ///
    /// # Errors
    /// [`LogError`] at the first line that is none.
    pub fn read(bytes: &[u8]) -> Result<Self, LogError> {
        let mut reader = csv::Reader::from_reader(bytes);
        let mut rows = Vec::new();
        for (at, row) in reader.deserialize().enumerate() {
            rows.push(row.map_err(|error: csv::Error| {
                let line = error.position().map_or(at as u64 + 2, csv::Position::line);
                LogError { line, why: error.to_string() }
            })?);
        }
        Ok(Self { rows })
    }

    /// Adds the rows that it does not hold yet: those of the same date, target and inputs it has.
    pub fn append(&mut self, rows: impl IntoIterator<Item = LogRow>) {
        for row in rows {
            let known = self.rows.iter().any(|known| {
                (known.status_date, &known.kind, &known.id, &known.inputs_sha256)
                    == (row.status_date, &row.kind, &row.id, &row.inputs_sha256)
            });
            if !known {
                self.rows.push(row);
            }
        }
    }

    /// The file.
    #[must_use]
    pub fn to_csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in &self.rows {
            writer.serialize(row).expect("a row has only texts, dates and numbers, and memory does not fail");
        }
        writer.into_inner().expect("memory does not fail")
    }

    /// The forecasts of a target by date; of several on one date the last.
    #[must_use]
    pub fn of(&self, kind: &str, id: &str) -> Vec<&LogRow> {
        let mut found: Vec<&LogRow> = Vec::new();
        for row in self.rows.iter().filter(|row| row.kind == kind && row.id == id) {
            found.retain(|known| known.status_date != row.status_date);
            found.push(row);
        }
        found.sort_by_key(|row| row.status_date);
        found
    }

    /// How good the forecasts were, over all targets that have been reached; [`None`] before any has.
    #[must_use]
    pub fn calibration(&self) -> Option<Calibration> {
        Calibration::of(
            &self.targets().into_iter().flat_map(|(kind, id)| self.judged(kind, id)).collect::<Vec<_>>(),
        )
    }

    /// The same target by target, in the order in which they were first forecast.
    #[must_use]
    pub fn calibrations(&self) -> Vec<TargetCalibration> {
        let of = |(kind, id): (&str, &str)| {
            let calibration = Calibration::of(&self.judged(kind, id))?;
            let actual = self.actual(kind, id)?;
            Some(TargetCalibration { kind: kind.to_owned(), id: id.to_owned(), actual, calibration })
        };
        self.targets().into_iter().filter_map(of).collect()
    }

    /// Kind and id of every target.
    fn targets(&self) -> Vec<(&str, &str)> {
        let mut targets: Vec<(&str, &str)> = Vec::new();
        for row in &self.rows {
            let key = (row.kind.as_str(), row.id.as_str());
            if !targets.contains(&key) {
                targets.push(key);
            }
        }
        targets
    }

    /// When a target was reached, by the last report that says so.
    fn actual(&self, kind: &str, id: &str) -> Option<Date> {
        self.of(kind, id).iter().rev().find_map(|row| row.finish_actual_date)
    }

    /// Actual date, P50 and P80 of every forecast of a target that has been reached; one made when the date was known
    /// is none.
    fn judged(&self, kind: &str, id: &str) -> Vec<[Date; 3]> {
        let Some(actual) = self.actual(kind, id) else { return Vec::new() };
        let before = self.of(kind, id).into_iter().filter(|row| row.finish_actual_date.is_none());
        before.filter_map(|row| Some([actual, row.finish_p50_date?, row.finish_p80_date?])).collect()
    }
}

impl Calibration {
    fn of(judged: &[[Date; 3]]) -> Option<Self> {
        let n = judged.len();
        let share = |hits: usize| hits as f64 / n as f64;
        let late = judged
            .iter()
            .map(|[actual, p50, _]| actual.since(*p50).map_or(0, |span| i64::from(span.get_days())));
        (n > 0).then(|| Self {
            forecasts: n,
            hit_p50: share(judged.iter().filter(|[actual, p50, _]| actual <= p50).count()),
            hit_p80: share(judged.iter().filter(|[actual, _, p80]| actual <= p80).count()),
            bias_days: late.sum::<i64>() as f64 / n as f64,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(status: &str, p50: &str, p80: &str, actual: Option<&str>) -> LogRow {
        let date = |text: &str| -> Option<Date> { Some(text.parse().unwrap()) };
        LogRow {
            status_date: status.parse().unwrap(),
            kind: "milestone".into(),
            id: "go, \"live\"".into(),
            finish_p10_date: None,
            finish_p50_date: date(p50),
            finish_p80_date: date(p80),
            finish_target_date: None,
            finish_target_probability: Some(0.25),
            finish_actual_date: actual.map(|text| text.parse().unwrap()),
            cost_p50: None,
            cost_p80: Some(12.5),
            inputs_sha256: "ab".into(),
        }
    }

    #[test]
    fn a_log_comes_back_as_it_was_written_and_holds_nothing_twice() {
        let mut log = ForecastLog::default();
        let rows = [
            row("2027-01-31", "2027-05-01", "2027-05-20", None),
            row("2027-02-28", "2027-05-05", "2027-05-15", None),
        ];
        log.append(rows.clone());
        log.append(rows.clone());
        assert_eq!(log.rows, rows);
        let other = LogRow { inputs_sha256: "cd".into(), ..rows[0].clone() };
        log.append([other.clone()]);
        assert_eq!(log.rows.len(), 3);
        assert_eq!(ForecastLog::read(&log.to_csv()).unwrap(), log);
        assert_eq!(log.of("milestone", &rows[0].id), [&other, &rows[1]]);
        assert_eq!(ForecastLog::read(b"").unwrap(), ForecastLog::default());
        assert!(ForecastLog::read(b"status_date,kind\nnever,x\n").is_err());
    }

    #[test]
    fn forecasts_are_judged_by_what_happened() {
        let mut log = ForecastLog::default();
        log.append([row("2027-01-31", "2027-05-01", "2027-05-20", None)]);
        assert_eq!(log.calibration(), None);
        log.append([
            row("2027-02-28", "2027-05-11", "2027-05-12", None),
            row("2027-05-31", "2027-05-11", "2027-05-11", Some("2027-05-11")),
        ]);
        let judged = log.calibration().unwrap();
        assert_eq!((judged.forecasts, judged.hit_p50, judged.hit_p80), (2, 0.5, 1.0));
        assert_eq!(judged.bias_days, 5.0);
        let other = |status: &str, actual: Option<&str>| LogRow {
            id: "other".into(),
            ..row(status, "2027-06-01", "2027-06-10", actual)
        };
        log.append([other("2027-02-28", None), other("2027-07-31", Some("2027-06-20"))]);
        let each: Vec<(usize, f64, f64)> = log
            .calibrations()
            .iter()
            .map(|one| (one.calibration.forecasts, one.calibration.hit_p80, one.calibration.bias_days))
            .collect();
        assert_eq!(each, [(2, 1.0, 5.0), (1, 0.0, 19.0)]);
        assert_eq!(log.calibration().unwrap().forecasts, 3);
    }
}
