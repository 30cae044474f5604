//! The quantile tables of one program, one per shape.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Shape, Table, Variable};
use crate::dist::Law;

/// Which table of a [`Tables`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableIx(pub u32);

/// The quantile tables of one program; laws of the same shape share one. A clone shares the tables of its
/// original, and copies no more than their list when it gets one of its own.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    list: Arc<List>,
    exact: bool,
}

#[derive(Clone, Debug, Default)]
struct List {
    tables: Vec<Arc<Table>>,
    by_shape: BTreeMap<Shape, TableIx>,
}

impl Tables {
    /// No tables yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Tables that are the quantile functions themselves: hundreds of times slower, and the measure of
    /// what tables cost in accuracy.
    #[must_use]
    pub fn exact() -> Self {
        Self { exact: true, ..Self::default() }
    }

    /// The variable of a law; builds its table if the shape is new.
    pub fn add(&mut self, law: &Law) -> Variable {
        if self.exact && !law.is_certain() {
            return Variable::new(self.push(Table::Exact(Box::new(law.clone()))), 0.0, 1.0);
        }
        let Some((shape, location, scale)) = Shape::of(law) else {
            return Variable::certain(law.quantile(0.5));
        };
        if let Some(&known) = self.list.by_shape.get(&shape) {
            return Variable::new(known, location, scale);
        }
        match Table::new(&shape) {
            Some(table) => {
                let ix = self.push(table);
                Arc::make_mut(&mut self.list).by_shape.insert(shape, ix);
                Variable::new(ix, location, scale)
            }
            // No law comes here: every shape has a table. The law itself would serve as well.
            None => Variable::new(self.push(Table::Exact(Box::new(law.clone()))), 0.0, 1.0),
        }
    }

    /// The variables of many laws, in their order; builds the tables of new shapes in parallel.
    pub fn add_all<'a>(&mut self, laws: impl IntoIterator<Item = &'a Law>) -> Vec<Variable> {
        let laws: Vec<&Law> = laws.into_iter().collect();
        self.prepare(laws.iter().copied());
        laws.into_iter().map(|law| self.add(law)).collect()
    }

    /// Builds the tables of new shapes in parallel, for laws that will be added.
    pub fn prepare<'a>(&mut self, laws: impl IntoIterator<Item = &'a Law>) {
        if self.exact {
            return;
        }
        let shapes = laws.into_iter().filter_map(Shape::of).map(|(shape, _, _)| shape);
        let mut new: Vec<Shape> = shapes.filter(|shape| !self.list.by_shape.contains_key(shape)).collect();
        new.sort();
        new.dedup();
        let built: Vec<Option<Table>> = new.par_iter().map(Table::new).collect();
        for (shape, table) in new.into_iter().zip(built) {
            if let Some(table) = table {
                let ix = self.push(table);
                Arc::make_mut(&mut self.list).by_shape.insert(shape, ix);
            }
        }
    }

    /// The table at an index that this collection gave out.
    #[must_use]
    #[inline]
    pub fn get(&self, ix: TableIx) -> &Table {
        &self.list.tables[ix.0 as usize]
    }

    /// How many tables there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.tables.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.tables.is_empty()
    }

    /// Appends a table.
    fn push(&mut self, table: Table) -> TableIx {
        let tables = &mut Arc::make_mut(&mut self.list).tables;
        tables.push(Arc::new(table));
        TableIx(tables.len() as u32 - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::Reading;

    #[test]
    fn laws_of_one_shape_share_a_table() {
        let laws = [
            Law::pert(1.0, 2.0, 5.0, Reading::Ends).unwrap(),
            Law::pert(10.0, 20.0, 50.0, Reading::Ends).unwrap(),
            Law::normal(5.0, 1.0).unwrap(),
            Law::normal(500.0, 20.0).unwrap(),
            Law::fixed(3.0),
        ];
        let (mut one, mut all) = (Tables::new(), Tables::new());
        let singly: Vec<Variable> = laws.iter().map(|law| one.add(law)).collect();
        let together = all.add_all(&laws);
        assert_eq!((one.len(), all.len()), (2, 2));
        for (a, b) in singly.iter().zip(&together) {
            assert_eq!(a.value(&one, 123_456_789).to_bits(), b.value(&all, 123_456_789).to_bits());
        }
    }

    #[test]
    fn exact_tables_are_the_law() {
        let law = Law::pert(1.0, 2.0, 5.0, Reading::P10P90).unwrap();
        let mut tables = Tables::exact();
        let variable = tables.add(&law);
        assert_eq!(variable.value(&tables, 77), law.quantile(crate::draws::unit(77)));
    }
}
