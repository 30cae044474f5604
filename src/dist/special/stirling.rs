//! The error of Stirling's formula.

/// `ln Γ(x) - (x - 1/2) ln x + x - ln(2π)/2` for `x >= 10`, to 1e-16.
///
/// Taking it instead of `ln Γ` keeps differences of large logarithms out of densities (Loader 2000,
/// "Fast and accurate computation of binomial probabilities"). The series is Abramowitz & Stegun 6.1.41.
pub(super) fn stirling_error(x: f64) -> f64 {
    let y = 1.0 / (x * x);
    let series =
        1.0 / 1_260.0 - y * (1.0 / 1_680.0 - y * (1.0 / 1_188.0 - y * (691.0 / 360_360.0 - y / 156.0)));
    (1.0 / 12.0 - y * (1.0 / 360.0 - y * series)) / x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_completes_stirlings_formula() {
        for x in [10.0_f64, 25.5, 300.0] {
            let half_ln_two_pi = 0.918_938_533_204_672_7;
            let ln_gamma = (x - 0.5) * libm::log(x) - x + half_ln_two_pi + stirling_error(x);
            assert!((ln_gamma / libm::lgamma(x) - 1.0).abs() < 1e-15, "{x}");
        }
    }
}
