//! Earned schedule: how far the plan would be with what has been earned.

/// Earned schedule on one date, in periods.
///
/// # Source
/// Lipke (2003), *Schedule is Different*, The Measurable News; semantics, section 7.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EarnedSchedule {
    /// Earned schedule ES: the time by which as much was planned as has been earned.
    pub earned: f64,
    /// Actual time AT; it stops when everything is done.
    pub actual: f64,
    /// Planned duration PD.
    pub planned: f64,
}

impl EarnedSchedule {
    /// SV(t) = ES - AT, in periods.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.earned - self.actual
    }

    /// SPI(t) = ES / AT; [`None`] before any time has passed.
    #[must_use]
    pub fn index(&self) -> Option<f64> {
        (self.actual > 0.0).then(|| self.earned / self.actual)
    }

    /// IEAC(t) = AT + (PD - ES) / PF: how long the whole will take at a performance factor.
    #[must_use]
    pub fn duration_at(&self, factor: f64) -> Option<f64> {
        (factor > 0.0).then(|| self.actual + (self.planned - self.earned).max(0.0) / factor)
    }
}

/// Earned schedule from the planned values at the ends of periods 1, 2 ...: ES = C + (EV - PV_C) / (PV_{C+1} - PV_C)
/// with C the last period whose planned value is at most what is earned; when everything is planned by then, the
/// first such period.
#[must_use]
pub fn earned_schedule(planned: &[f64], ev: f64) -> f64 {
    let bac = planned.last().copied().unwrap_or(0.0);
    let at = |period: usize| if period == 0 { 0.0 } else { planned[period - 1] };
    if ev >= bac {
        return planned.iter().position(|&value| value >= bac).map_or(0.0, |first| (first + 1) as f64);
    }
    let last = (0..=planned.len()).rev().find(|&period| at(period) <= ev).unwrap_or(0);
    if last >= planned.len() {
        return planned.len() as f64;
    }
    let step = at(last + 1) - at(last);
    if step > 0.0 { last as f64 + (ev - at(last)) / step } else { last as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PV: [f64; 11] = [5.0, 10.0, 25.0, 55.0, 85.0, 120.0, 130.0, 140.0, 150.0, 150.0, 150.0];
    const EV: [f64; 11] = [3.33, 6.67, 10.0, 22.5, 70.0, 82.5, 90.0, 120.0, 130.0, 140.0, 150.0];

    #[test]
    fn earned_schedule_and_its_forecasts_are_those_of_the_known_answers() {
        let es = [0.666, 1.334, 2.0, 2.8333, 4.5, 4.9167, 5.142857, 6.0, 7.0, 8.0, 9.0];
        let spi = [0.666, 0.667, 0.6667, 0.7083, 0.9, 0.8194, 0.7347, 0.75, 0.7778, 0.8, 0.8182];
        let as_planned = [9.334, 9.666, 10.0, 10.1667, 9.5, 10.0833, 10.8571, 11.0, 11.0, 11.0, 11.0];
        let at_spi = [13.51, 13.49, 13.5, 12.7059, 10.0, 10.9831, 12.25, 12.0, 11.5714, 11.25, 11.0];
        for week in 0..11 {
            let earned = earned_schedule(&PV, EV[week]);
            assert!((earned - es[week]).abs() < 5e-5, "week {}: ES {earned}", week + 1);
            let now = EarnedSchedule { earned, actual: (week + 1) as f64, planned: 9.0 };
            let index = now.index().unwrap();
            assert!((index - spi[week]).abs() < 5e-4, "week {}: SPI(t) {index}", week + 1);
            assert!((now.duration_at(1.0).unwrap() - as_planned[week]).abs() < 5e-4);
            assert!((now.duration_at(index).unwrap() - at_spi[week]).abs() < 6e-3, "week {}", week + 1);
        }
    }

    #[test]
    fn periods_without_planned_work_and_plans_without_money_are_no_trouble() {
        assert_eq!(earned_schedule(&[], 5.0), 0.0);
        assert_eq!(earned_schedule(&[0.0, 0.0, 10.0], 0.0), 2.0);
        assert_eq!(earned_schedule(&[10.0, 10.0, 20.0], 10.0), 2.0);
        let before = EarnedSchedule { earned: 0.0, actual: 0.0, planned: 3.0 };
        assert_eq!((before.index(), before.duration_at(0.0)), (None, None));
    }
}
