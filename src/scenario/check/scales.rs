//! Words for probabilities, delays and costs.

use super::law::LawSpec;
use super::meter::Meter;
use crate::diag::{Diagnostic, code};
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Many, Named, Quantity, RawScales, Slot};

/// The words of one scale.
pub struct Words {
    name: &'static str,
    steps: Named<Many<Quantity>>,
}

/// All scales.
pub struct Scales {
    pub probability: Words,
    pub delay: Words,
    pub cost: Words,
}

impl Scales {
    /// The scales as written, with the probabilities checked.
    pub fn read(raw: &Slot<RawScales>, desk: &mut Desk<'_>) -> Self {
        let raw = raw.get();
        let words = |name, slot: Option<&Slot<Named<Many<Quantity>>>>| Words {
            name,
            steps: slot.and_then(Slot::get).cloned().unwrap_or(Named(Vec::new())),
        };
        let scales = Self {
            probability: words("probability", raw.map(|raw| &raw.probability)),
            delay: words("delay", raw.map(|raw| &raw.delay)),
            cost: words("cost", raw.map(|raw| &raw.cost)),
        };
        for (word, step) in &scales.probability.steps.0 {
            scales.probability.middle(&At { value: word.value.clone(), place: step.place.clone() }, desk);
        }
        scales
    }
}

impl Words {
    /// The value or the two ends that a word stands for.
    fn find(&self, word: &At<String>, desk: &mut Desk<'_>) -> Option<&[At<Quantity>]> {
        if let Some(step) = self.steps.find(&word.value) {
            if let [_] | [_, _] = step.value.0[..] {
                return Some(&step.value.0);
            }
            let message = format!("the word `{}` must stand for one value or a range of two", word.value);
            desk.report(code::BAD_LAW, step.place(), message, "");
            return None;
        }
        let known = self.steps.0.iter().map(|(word, _)| word.value.as_str());
        if self.steps.0.is_empty() {
            let problem = Diagnostic::new(code::UNKNOWN_SCALE_WORD, format!("unknown word `{}`", word.value));
            let help = match self.name {
                "probability" => {
                    "write a number such as 0.3, or define the words in `[scales]`: \
                                  probability = { low = [0.05, 0.2], high = [0.5, 0.8] }"
                }
                "delay" => {
                    "write a duration such as \"5d\", or define the words in `[scales]`: \
                            delay = { low = [\"1d\", \"5d\"] }"
                }
                _ => "write an amount, or define the words in `[scales]`: cost = { low = [1_000, 10_000] }",
            };
            desk.problems.push(problem.at_place(word.place(), "").help(help));
        } else {
            let what = format!("word in `scales.{}`:", self.name);
            desk.unknown(code::UNKNOWN_SCALE_WORD, &what, word, known);
        }
        None
    }

    /// The law that a word stands for: a value, or all values between two.
    pub fn law(&self, word: &At<String>, meter: &mut Meter, desk: &mut Desk<'_>) -> Option<LawSpec> {
        match self.find(word, desk)? {
            [one] => meter.read(one, desk).map(LawSpec::Fixed),
            [low, high] => {
                let (a, b) = (meter.read(low, desk), meter.read(high, desk));
                let (a, b) = (a?, b?);
                if a > b {
                    let message = format!("the range of the word `{}` must ascend", word.value);
                    desk.report(code::OUT_OF_ORDER, low.place(), message, "write the smaller end first");
                    return None;
                }
                Some(LawSpec::Uniform(a, b))
            }
            _ => None,
        }
    }

    /// The first quantity that a word stands for, which tells percentages from amounts.
    pub fn sample(&self, word: &str) -> Option<&Quantity> {
        self.steps.find(word).and_then(|step| step.value.0.first()).map(|at| &at.value)
    }

    /// The probability that a word stands for: the value, or the middle of the range.
    pub fn middle(&self, word: &At<String>, desk: &mut Desk<'_>) -> Option<f64> {
        let values: Vec<Option<f64>> = self
            .find(word, desk)?
            .iter()
            .map(|at| super::estimate::probability(&Slot::from(at.clone()), desk))
            .collect();
        match values[..] {
            [one] => one,
            [low, high] => Some(low? + (high? - low?) / 2.0),
            _ => None,
        }
    }
}
