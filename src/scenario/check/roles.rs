//! The capacities of roles, and the roles that tasks name.

use super::tree::{Body, Tree};
use crate::diag::code;
use crate::model::Role;
use crate::scenario::collect::Parts;
use crate::scenario::open::Desk;

/// The most people of one role; more is a slip of the pen.
const MOST: f64 = 1e6;

/// Reads the capacities; a task that names a role outside of a list that exists is reported.
pub fn roles(parts: &Parts, tree: &Tree, desk: &mut Desk<'_>) -> Vec<Role> {
    let mut roles = Vec::new();
    for (name, capacity) in &parts.roles {
        if capacity.value > 0.0 && capacity.value <= MOST {
            roles.push(Role { name: name.value.clone(), capacity: capacity.value });
        } else {
            let message = format!("the capacity of `{}` cannot be `{}`", name.value, capacity.value);
            let help = "write how many of the role can work at once: a number above 0";
            desk.report(code::OUT_OF_RANGE, capacity.place(), message, help);
        }
    }
    if parts.roles.is_empty() {
        return roles;
    }
    let known = || parts.roles.iter().map(|(name, _)| name.value.as_str());
    for node in &tree.tasks {
        if let Body::Task(raw) = &node.body
            && let Some(role) = raw.value.role.at()
            && !known().any(|name| name == role.value)
        {
            desk.unknown(code::UNKNOWN_ROLE, "role", role, known());
        }
    }
    roles
}
