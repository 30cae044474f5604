//! One row to write while all others are read.

/// All rows but one.
#[derive(Debug)]
pub struct Others<'a, T> {
    before: &'a [T],
    after: &'a [T],
}

/// The row at `own`, to write, and all others, to read; [`None`] if there is no such row.
pub fn apart<T>(rows: &mut [T], own: usize) -> Option<(&mut T, Others<'_, T>)> {
    let (before, rest) = rows.split_at_mut_checked(own)?;
    let (own, after) = rest.split_first_mut()?;
    Some((own, Others { before, after }))
}

impl<'a, T> Others<'a, T> {
    /// The row with this number; [`None`] for the one that is written, and beyond the last.
    #[must_use]
    #[inline]
    pub fn get(&self, at: usize) -> Option<&'a T> {
        let own = self.before.len();
        if at < own { self.before.get(at) } else { self.after.get(at.checked_sub(own + 1)?) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rows_but_the_own_are_read() {
        let mut rows = [10, 11, 12];
        let (own, others) = apart(&mut rows, 1).unwrap();
        *own = 7;
        assert_eq!([0, 1, 2, 3].map(|at| others.get(at)), [Some(&10), None, Some(&12), None]);
        assert!(apart(&mut rows, 3).is_none());
    }
}
