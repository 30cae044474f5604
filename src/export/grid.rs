//! Grids of text, and numbers in them.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table as Grid};

use crate::report::grouped;
pub(super) use crate::report::percent;

/// A borderless grid; the columns named in `left` are aligned left, the others right.
pub(super) fn grid(header: &[&str], left: &[usize]) -> Grid {
    let mut grid = Grid::new();
    grid.load_style(NOTHING).set_header(header.iter().copied());
    for (at, column) in grid.column_iter_mut().enumerate() {
        let align = if left.contains(&at) { CellAlignment::Left } else { CellAlignment::Right };
        column.set_cell_alignment(align);
        column.set_padding((u16::from(at > 0), 1));
    }
    grid
}

/// An amount without minor units.
pub(super) fn whole(amount: f64) -> String {
    grouped(amount, 0)
}
