//! Solving a distribution function for its argument.

/// Finds `z` with `ln F(z) = target`, for a monotone `F`.
///
/// `evaluate(z)` returns `F(z)` and `dF/dz`. Newton's method on the logarithm, where both tails are
/// nearly straight, held inside a bracket that shrinks with every step; at most 200 steps.
pub(super) fn solve_log(
    target: f64,
    start: f64,
    bracket: (f64, f64),
    rising: bool,
    mut evaluate: impl FnMut(f64) -> (f64, f64),
) -> f64 {
    let (mut low, mut high) = bracket;
    if low.is_nan() || high.is_nan() || low >= high {
        // Arguments beyond any law, such as NaN, leave no room to search.
        return f64::NAN;
    }
    let mut z = if start.is_nan() { 0.5 * (low + high) } else { start.clamp(low, high) };
    for _ in 0..200 {
        let (value, slope) = evaluate(z);
        let gap = if value > 0.0 { libm::log(value) - target } else { f64::NEG_INFINITY };
        if (gap < 0.0) == rising {
            low = z
        } else {
            high = z
        }
        let step = gap * value / slope;
        let newton = z - step;
        let room = 2.0 * f64::EPSILON * z.abs().max(1.0);
        // A step below the last bits of z, or a bracket without room, is as good as it gets.
        if step.abs() <= room || high - low <= room || step.is_nan() && value.is_nan() {
            return newton.clamp(bracket.0, bracket.1);
        }
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        z = next;
    }
    z
}
