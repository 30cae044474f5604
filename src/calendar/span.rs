//! Sets of minutes as sorted spans.

/// The minutes from `start` (included) to `end` (excluded).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub start: i32,
    pub end: i32,
}

/// The union of spans in any order: sorted, without overlap, neighbours joined.
pub(super) fn union(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.start < span.end);
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// The minutes that are in both sets; each is sorted and without overlap.
pub(super) fn intersection(left: &[Span], right: &[Span]) -> Vec<Span> {
    let (mut i, mut j) = (0, 0);
    let mut common = Vec::new();
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        let (start, end) = (a.start.max(b.start), a.end.min(b.end));
        if start < end {
            common.push(Span { start, end });
        }
        if a.end <= b.end {
            i += 1;
        } else {
            j += 1;
        }
    }
    common
}

/// The minutes of `within` that are in none of `spans`, which are sorted and without overlap.
pub(super) fn complement(spans: &[Span], within: Span) -> Vec<Span> {
    let mut gaps = Vec::with_capacity(spans.len() + 1);
    let mut from = within.start;
    for span in spans {
        gaps.push(Span { start: from, end: span.start.min(within.end) });
        from = from.max(span.end);
    }
    gaps.push(Span { start: from, end: within.end });
    gaps.retain(|gap| gap.start < gap.end);
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(pairs: &[(i32, i32)]) -> Vec<Span> {
        pairs.iter().map(|&(start, end)| Span { start, end }).collect()
    }

    #[test]
    fn set_operations_agree_with_membership() {
        let left = union(spans(&[(40, 50), (0, 10), (8, 12), (12, 20), (30, 30), (60, 61)]));
        assert_eq!(left, spans(&[(0, 20), (40, 50), (60, 61)]));
        let right = spans(&[(5, 45), (49, 60)]);
        assert_eq!(intersection(&left, &right), spans(&[(5, 20), (40, 45), (49, 50)]));
        assert_eq!(complement(&left, Span { start: 10, end: 60 }), spans(&[(20, 40), (50, 60)]));
        assert_eq!(complement(&[], Span { start: 1, end: 2 }), spans(&[(1, 2)]));
    }
}
