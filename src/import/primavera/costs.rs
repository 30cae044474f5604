//! What activities cost.

use std::collections::BTreeMap;

use super::data::{Data, Resource};
use crate::import::plan::PlanCost;

/// Cost lines by the number of an activity: what people and equipment cost grows with time, all else does not.
pub(super) fn costs(data: &Data, minutes: &BTreeMap<&str, f64>) -> BTreeMap<String, Vec<PlanCost>> {
    let resources: BTreeMap<&str, &Resource> =
        data.resources.iter().map(|resource| (resource.id.as_str(), resource)).collect();
    let mut found: BTreeMap<String, Vec<PlanCost>> = BTreeMap::new();
    for one in data.assignments.iter().filter(|one| one.cost > 0.0) {
        let resource = resources.get(one.resource.as_str());
        let hours = minutes.get(one.activity.as_str()).map_or(0.0, |minutes| minutes / 60.0);
        let by_time = resource.is_some_and(|resource| !resource.is_material) && hours > 0.0;
        let category = resource.map(|resource| resource.name.clone()).unwrap_or_default();
        let rate = by_time.then(|| (one.cost / hours, 1.0));
        found.entry(one.activity.clone()).or_default().push(PlanCost { category, rate, lump: one.cost });
    }
    for one in data.expenses.iter().filter(|one| one.cost > 0.0) {
        let line = PlanCost { category: one.name.clone(), rate: None, lump: one.cost };
        found.entry(one.activity.clone()).or_default().push(line);
    }
    found
}
