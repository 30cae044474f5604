//! A walk over everything that a scenario says, for comparing two of them.

use crate::diag::Place;

/// A value with the keys that lead to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// The keys and ids from the outside to the inside.
    pub path: Vec<String>,
    /// The value on one line.
    pub text: String,
    /// Where it was written.
    pub place: Option<Place>,
}

/// Collects the values of a scenario in the order of the format.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    path: Vec<String>,
    leaves: Vec<Leaf>,
}

impl Walk {
    /// Goes below a key or id.
    pub fn enter(&mut self, key: &str) {
        self.path.push(key.to_owned());
    }

    /// Comes back from the last key or id.
    pub fn leave(&mut self) {
        self.path.pop();
    }

    /// Notes a value where the walk is.
    pub fn leaf(&mut self, text: String, place: Option<&Place>) {
        self.leaves.push(Leaf { path: self.path.clone(), text, place: place.cloned() });
    }

    /// Everything that was noted.
    #[must_use]
    pub fn leaves(self) -> Vec<Leaf> {
        self.leaves
    }

    /// Everything that was noted on one line: `pert low 8d mode 12d high 20d`. A key is said once for what
    /// follows it.
    #[must_use]
    pub fn one_line(self) -> String {
        let mut words: Vec<String> = Vec::new();
        let mut last: Vec<String> = Vec::new();
        for leaf in self.leaves {
            let common = leaf.path.iter().zip(&last).take_while(|(a, b)| a == b).count();
            words.extend(leaf.path[common..].iter().cloned());
            words.push(leaf.text);
            last = leaf.path;
        }
        words.join(" ")
    }
}
