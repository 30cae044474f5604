//! In which order one team works its epics.

use std::collections::BTreeSet;

/// An order of `count` things: what is wanted first comes first, but after all that it waits for. Ties that would close
/// a circle are given back.
///
/// `ties` are pairs of what comes before and what waits for it; `rank` says how early each is wanted, the less the
/// earlier.
pub(super) fn order(
    count: usize,
    ties: &BTreeSet<(usize, usize)>,
    rank: &[usize],
) -> (Vec<usize>, BTreeSet<(usize, usize)>) {
    let mut waits: Vec<Vec<usize>> = vec![Vec::new(); count];
    for &(before, after) in ties {
        waits[after].push(before);
    }
    // Taken from the end.
    waits.iter_mut().for_each(|waits| waits.sort_by_key(|&at| std::cmp::Reverse(rank[at])));
    let mut wanted: Vec<usize> = (0..count).collect();
    wanted.sort_by_key(|&at| rank[at]);
    let (mut order, mut dropped) = (Vec::new(), BTreeSet::new());
    let (mut is_begun, mut is_done) = (vec![false; count], vec![false; count]);
    for first in wanted {
        // Down to what waits for nothing; no recursion, because chains may be long.
        let mut path = vec![first];
        while let Some(&at) = path.last() {
            is_begun[at] = true;
            match waits[at].pop() {
                Some(before) if is_done[before] => {}
                Some(before) if is_begun[before] => {
                    dropped.insert((before, at));
                }
                Some(before) => path.push(before),
                None => {
                    path.pop();
                    if !is_done[at] {
                        is_done[at] = true;
                        order.push(at);
                    }
                }
            }
        }
    }
    (order, dropped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_first_comes_after_what_it_waits_for_and_circles_are_cut() {
        let ties = |pairs: &[(usize, usize)]| pairs.iter().copied().collect::<BTreeSet<_>>();
        assert_eq!(order(3, &ties(&[]), &[2, 0, 1]), (vec![1, 2, 0], ties(&[])));
        assert_eq!(order(3, &ties(&[(0, 1)]), &[2, 0, 1]), (vec![0, 1, 2], ties(&[])));
        assert_eq!(order(3, &ties(&[(0, 2), (1, 2)]), &[2, 1, 0]), (vec![1, 0, 2], ties(&[])));
        let (found, dropped) = order(3, &ties(&[(0, 1), (1, 2), (2, 0)]), &[0, 1, 2]);
        assert_eq!((found, dropped), (vec![1, 2, 0], ties(&[(0, 1)])));
        assert_eq!(order(0, &ties(&[]), &[]).0, Vec::<usize>::new());
        let chain = (0..100_000).map(|at| (at + 1, at)).collect::<BTreeSet<_>>();
        let rank: Vec<usize> = (0..100_001).collect();
        assert_eq!(order(100_001, &chain, &rank).0.first(), Some(&100_000));
    }
}
