//! Roles and how many people fill them.

/// A role that does work.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Its name, as tasks give it.
    pub name: String,
    /// How many of it can work at once; above 0, fractions are part-time people.
    pub capacity: f64,
}
