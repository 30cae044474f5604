//! Which part of an axis a chart shows.

/// The values that a chart shows: all of the data, and of the marks those that do not squeeze it.
///
/// `least` is the smallest span worth showing.
pub(super) fn range(data: (f64, f64), marks: &[f64], least: f64) -> (f64, f64) {
    let (low, high) = data;
    let span = high - low;
    // Certain data has no shape that could be squeezed.
    let most = if span <= least { f64::INFINITY } else { span * 2.0 };
    let (mut left, mut right) = (low, high);
    // Nearest first, so that a mark far away does not keep out a near one.
    let mut marks = marks.to_vec();
    let away = |mark: f64| (low - mark).max(mark - high);
    marks.sort_by(|a, b| away(*a).total_cmp(&away(*b)));
    for mark in marks {
        let (wider_left, wider_right) = (left.min(mark), right.max(mark));
        if wider_right - wider_left <= most {
            (left, right) = (wider_left, wider_right);
        }
    }
    let span = (right - left).max(least);
    let middle = (left + right) / 2.0;
    (middle - span * 0.53, middle + span * 0.53)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_marks_are_shown_and_far_ones_are_not() {
        let (low, high) = range((100.0, 200.0), &[50.0, 1_000.0], 1.0);
        assert!(low < 50.0 && high > 200.0 && high < 300.0, "{low} {high}");
    }

    #[test]
    fn a_certain_value_has_room_around_it_and_all_marks() {
        assert_eq!(range((100.0, 100.0), &[], 10.0), (94.7, 105.3));
        let (low, high) = range((100.0, 100.0), &[400.0], 10.0);
        assert!(low < 100.0 && high > 400.0);
    }
}
