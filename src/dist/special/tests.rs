//! Reference values: mpmath 1.3 at 50 digits, arguments taken as the nearest doubles; the incomplete
//! functions by `betainc` and `gammainc`, by quadrature of the density at shapes of 1e6; the quantiles by
//! bisection of the logarithm.

#![expect(clippy::excessive_precision, reason = "reference values keep the digits they were computed with")]

use super::*;

/// Fails if two numbers differ relatively by more than `tolerance`.
fn close(found: f64, exact: f64, tolerance: f64, what: &str) {
    assert!((found / exact - 1.0).abs() <= tolerance, "{what}: {found:e} is not {exact:e}");
}

#[test]
fn beta_tails_have_their_reference_values() {
    let cases = [
        (0.05, 0.05, 0.3, 0.4802183280058102281, 0.5197816719941897719),
        (0.7, 2.5, 1e-12, 7.9891207497339858801e-9, 0.99999999201087925027),
        (2.0, 4.0, 0.25, 0.3671875, 0.6328125),
        (2.0, 4.0, 0.999, 0.999999999995004, 4.9960000000000177458e-12),
        (200.0, 100.0, 0.5, 2.6465546025796368132e-9, 0.99999999735344539742),
        (200.0, 100.0, 0.8, 0.99999996453992633433, 3.5460073665671970457e-8),
        (0.7, 0.7, 1e-9, 3.7702341260131071656e-7, 0.99999962297658739869),
        (30.0, 0.5, 0.999999, 0.9938453691142379279, 0.0061546308857620721043),
        (1e6, 1e6, 0.5005, 0.9213504224190753254, 0.078649577580924674602),
        (10_000.0, 3.0, 0.9995, 0.1245046618184687958, 0.8754953381815312042),
        (1.0, 7.0, 1e-10, 6.9999999979000002554e-10, 0.99999999930000000021),
    ];
    for (a, b, x, lower, upper) in cases {
        let found = beta_tails(a, b, x, 1.0 - x);
        let tolerance = if a > 1e5 { 1e-10 } else { 2e-12 };
        close(found.0, lower, tolerance, &format!("below {x} of beta({a}, {b})"));
        close(found.1, upper, tolerance, &format!("above {x} of beta({a}, {b})"));
    }
}

#[test]
fn gamma_tails_have_their_reference_values() {
    let cases = [
        (0.05, 1e-8, 0.40894239958340559175, 0.59105760041659440825),
        (0.5, 0.1, 0.34527915398142297956, 0.65472084601857702044),
        (0.5, 30.0, 0.99999999999999051426, 9.4857375710738483885e-15),
        (2.0, 1e-6, 4.9999966666679162138e-13, 0.99999999999950000033),
        (2.0, 1.5, 0.44217459962892542767, 0.55782540037107457233),
        (5.5, 20.0, 0.99996422487547234476, 0.000035775124527655241331),
        (30.0, 10.0, 2.5099512015279078234e-7, 0.99999974900487984721),
        (100.0, 180.0, 0.99999999997051705442, 2.9482945576482845174e-11),
        (1_000.0, 1_000.0, 0.5042052441802155085, 0.4957947558197844915),
        (1e6, 1_003_000.0, 0.99863825935378240852, 0.0013617406462175914794),
        (1e6, 995_000.0, 2.7495803592700707538e-7, 0.99999972504196407299),
    ];
    for (a, x, lower, upper) in cases {
        let found = gamma_tails(a, x);
        let tolerance = if a > 1e5 { 1e-10 } else { 2e-12 };
        close(found.0, lower, tolerance, &format!("below {x} of gamma({a})"));
        close(found.1, upper, tolerance, &format!("above {x} of gamma({a})"));
    }
}

#[test]
fn the_normal_law_has_its_reference_values_in_both_tails() {
    for (x, share) in [
        (-37.0, 5.7255712225245768227e-300),
        (-20.0, 2.7536241186062336951e-89),
        (-6.5, 4.0160005838591178083e-11),
        (-1.0, 0.15865525393145705141),
        (0.3, 0.61791142218895263307),
    ] {
        close(normal_cdf(x), share, 2e-13, &format!("below {x}"));
    }
    for (q, x) in [
        (1e-300, -37.047096299361199237),
        (1e-20, -9.2623400897984075796),
        (1.1641532182693481e-10, -6.3379577545537892525),
        (0.001, -3.0902323061678135354),
        (0.07, -1.4757910281791706856),
        (0.3, -0.52440051270804081597),
        (0.9, 1.2815515655446005935),
        (0.999999, 4.7534243088170877657),
    ] {
        // 1 - 0.999999 is not exact, which alone costs 1e-12.
        close(normal_quantile(q), x, if q == 0.999999 { 1e-11 } else { 1e-15 }, &format!("quantile {q}"));
    }
    assert_eq!((normal_quantile(0.0), normal_quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    assert!(normal_quantile(f64::NAN).is_nan() && normal_quantile(-0.1).is_nan());
}

#[test]
fn quantiles_have_their_reference_values() {
    for (a, b, q, x) in [
        (2.0, 4.0, 1e-9, 0.000010000100001750037312),
        (2.0, 4.0, 0.1, 0.11223495854585856242),
        (2.0, 4.0, 0.9, 0.58389037461952895018),
        (0.7, 0.7, 1e-9, 2.0867663672560436863e-13),
        (0.7, 5.0, 1e-12, 1.2929149674559061491e-18),
        (200.0, 100.0, 1e-6, 0.53165545960475466971),
        (20.0, 0.5, 0.25, 0.96705733516895694896),
        (0.05, 0.3, 0.02, 1.5405228374311649838e-33),
    ] {
        close(beta_quantile(a, b, q).0, x, 5e-13, &format!("beta({a}, {b}) at {q}"));
    }
    for (a, q, x) in [
        (0.05, 0.2, 6.1285409041013022283e-15),
        (0.5, 1e-9, 7.8539816339744840786e-19),
        (2.3, 0.1, 0.69254611030904656423),
        (2.3, 0.999999, 17.451575202297374954),
        (30.0, 1e-9, 7.7396477272971098325),
        (1_000.0, 0.8, 1026.5125359294481994),
    ] {
        // 1 - 0.999999 is not exact, which costs 1e-11 of the tail.
        close(gamma_quantile(a, q), x, 1e-12, &format!("gamma({a}) at {q}"));
    }
}

#[test]
fn statrs_agrees_where_it_is_right() {
    use statrs::function::{beta::beta_reg, gamma::gamma_lr};
    for (a, b) in [(2.0, 3.0), (1.0, 5.0), (4.5, 2.5), (12.0, 30.0)] {
        for i in 1..20 {
            let x = f64::from(i) / 20.0;
            let (ours, theirs) = (beta_tails(a, b, x, 1.0 - x).0, beta_reg(a, b, x));
            assert!((ours - theirs).abs() < 1e-12, "beta({a}, {b}) at {x}: {ours} {theirs}");
            let (ours, theirs) = (gamma_tails(a, x * b).0, gamma_lr(a, x * b));
            assert!((ours - theirs).abs() < 1e-11, "gamma({a}) at {}: {ours} {theirs}", x * b);
        }
    }
}

#[test]
fn no_argument_panics_or_hangs() {
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -1.0, 1e-300, 1e-9, 0.5, 1.0, 7.0, 1e300];
    for a in odd {
        for b in odd {
            let _ = (gamma_tails(a, b), gamma_quantile(a, b));
            for q in odd {
                let _ = (beta_tails(a, b, q, 1.0 - q), beta_quantile(a, b, q));
            }
        }
    }
}
