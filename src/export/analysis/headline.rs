//! What is explained.

use crate::export::grid::whole;
use crate::report::{Analysis, grouped};

/// The first lines: program, what was simulated, percentile and plan.
pub(super) fn text(analysis: &Analysis) -> String {
    let (headline, manifest) = (&analysis.headline, &analysis.manifest);
    let level = headline.level;
    let mut out = format!(
        "{}: {level} and why\n{} iterations, {} sampling, seed {}\n\n",
        analysis.program,
        grouped(manifest.iterations as f64, 0),
        manifest.sampler,
        manifest.seed
    );
    let date = |date: Option<jiff::civil::Date>| date.map_or("never".to_owned(), |date| date.to_string());
    out.push_str(&format!(
        "finish  plan {}, {level} {}{}\n",
        date(headline.plan_finish),
        date(headline.finish),
        headline
            .finish_contingency_working_days
            .map_or(String::new(), |days| format!(": {days:.1} working days of contingency"))
    ));
    if let (Some(plan), Some(cost), Some(more)) =
        (headline.plan_cost, headline.cost, headline.cost_contingency)
    {
        let currency = &analysis.currency;
        out.push_str(&format!(
            "cost    plan {}, {level} {} {currency}: {} {currency} of contingency\n",
            whole(plan),
            whole(cost),
            whole(more)
        ));
    }
    out
}
