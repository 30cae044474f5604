//! Which variants a variant is based on.

use crate::diag::{Diagnostic, code};
use crate::scenario::collect::Parts;
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, RawVariant};

/// A variant and all that it is based on, the most basic first; nothing if one of them does not exist or
/// they go round in a circle, which is reported.
pub fn line(parts: &Parts, name: &str, desk: &mut Desk<'_>) -> Vec<RawVariant> {
    let mut line: Vec<RawVariant> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut next: Option<At<String>> = Some(At::from(name.to_owned()));
    while let Some(wanted) = next.take() {
        let Some((_, at)) = parts.variants.iter().find(|(id, _)| id.value == wanted.value) else {
            let known = parts.variants.iter().map(|(id, _)| id.value.as_str());
            desk.unknown(code::UNKNOWN_VARIANT, "variant", &wanted, known);
            return Vec::new();
        };
        if names.contains(&wanted.value) {
            names.push(wanted.value.clone());
            let message = format!("variants are based on each other in a circle: {}", names.join(" -> "));
            let problem = Diagnostic::new(code::VARIANT_CYCLE, message).at_place(wanted.place(), "");
            desk.problems
                .push(problem.help("remove one of these `base`: a variant begins with the scenario"));
            return Vec::new();
        }
        names.push(wanted.value);
        next = at.value.base.at().cloned();
        line.push(at.value.clone());
    }
    line.reverse();
    line
}
