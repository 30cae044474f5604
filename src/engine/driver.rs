//! Risk drivers, compiled: when they occur and what they do to own estimates (semantics, section 3).

use super::quantity::{Quantity, Source};
use super::uniforms::Uniforms;
use crate::draws::Occurrence;
use crate::model::{Combine, DriverIx, Program, TaskIx};

/// A driver that can occur; two of one, on different targets, where its response comes in time for some of them only.
#[derive(Clone, Debug)]
pub(super) struct CompiledDriver {
    pub(super) driver: DriverIx,
    pub(super) occurrence: Occurrence,
    pub(super) uniforms: Uniforms,
    /// The multiplier where it occurs, one for all targets.
    pub(super) factor: Quantity,
    pub(super) targets: Vec<TaskIx>,
    /// The parallel group, or `None` for a factor of the product.
    pub(super) group: Option<u32>,
}

/// All drivers that can occur, in the order of their ids, so that reordering them moves no bit.
#[derive(Clone, Debug, Default)]
pub(super) struct Drivers {
    pub(super) all: Vec<CompiledDriver>,
    /// Number of parallel groups.
    pub(super) groups: u32,
}

/// Compiles the drivers.
pub(super) fn compile(program: &Program, source: &mut Source) -> Drivers {
    let mut groups: Vec<&str> = Vec::new();
    let mut order: Vec<usize> = (0..program.drivers().len()).collect();
    order.sort_by_key(|&at| &program.drivers()[at].id);
    let mut all = Vec::new();
    for at in order {
        let driver = &program.drivers()[at];
        let parts: Vec<_> =
            driver.parts().into_iter().filter(|(levels, _)| levels.probability.get() > 0.0).collect();
        if parts.is_empty() {
            continue;
        }
        let group = match &driver.combine {
            Combine::Series => None,
            Combine::Parallel(name) => {
                let known = groups.iter().position(|group| group == name);
                Some(known.unwrap_or_else(|| {
                    groups.push(name);
                    groups.len() - 1
                }) as u32)
            }
        };
        // Both parts are drawn from the same uniforms.
        all.extend(parts.into_iter().map(|(levels, targets)| CompiledDriver {
            driver: DriverIx::new(at),
            occurrence: Occurrence::new(levels.probability),
            uniforms: source.occurrence(&format!("driver/{}/occurs", driver.id)),
            factor: source.quantity(&levels.factor, &format!("driver/{}/factor", driver.id)),
            targets,
            group,
        }));
    }
    Drivers { all, groups: groups.len() as u32 }
}

impl Drivers {
    /// By task: the largest product of factors that can meet on it.
    pub(super) fn most(&self, tasks: usize, tables: &crate::draws::Tables) -> Vec<f64> {
        let mut most = vec![1.0; tasks];
        let mut extremes = vec![1.0_f64; tasks * self.groups as usize];
        for driver in &self.all {
            let factor = driver.factor.ends(tables).1.max(1.0);
            for task in &driver.targets {
                match driver.group {
                    None => most[task.index()] *= factor,
                    Some(group) => {
                        let largest = &mut extremes[task.index() * self.groups as usize + group as usize];
                        *largest = largest.max(factor);
                    }
                }
            }
        }
        for (entry, largest) in extremes.iter().enumerate() {
            most[entry / self.groups as usize] *= largest;
        }
        most
    }
}
