//! Which pixels a stroke or a polygon covers, and how much of each.
//!
//! `plotters` 0.3 rounds the corners of thick lines and polygons to whole pixels; a curve needs more.

use std::collections::BTreeMap;

use super::scene::Point;

/// Pixels with the share of each that is covered.
pub(super) type Pixels = Vec<(i32, i32, f32)>;

/// The pixels within `radius` of a line through points; one point makes a disc.
pub(super) fn stroke(points: &[Point], radius: f64) -> Pixels {
    // A pixel near two pieces of the line is covered by the nearer one, not twice.
    let mut covered: BTreeMap<(i32, i32), f32> = BTreeMap::new();
    let single = points.iter().take(usize::from(points.len() == 1)).map(|&point| (point, point));
    for (from, to) in single.chain(points.windows(2).map(|pair| (pair[0], pair[1]))) {
        let reach = radius + 1.0;
        let (top, bottom) = (from.1.min(to.1) - reach, from.1.max(to.1) + reach);
        for y in top.floor() as i32..=bottom.ceil() as i32 {
            for x in across(from, to, f64::from(y) + 0.5, reach) {
                let centre = (f64::from(x) + 0.5, f64::from(y) + 0.5);
                let coverage = (radius + 0.5 - distance(centre, from, to)).clamp(0.0, 1.0) as f32;
                if coverage > 0.0 {
                    let known = covered.entry((y, x)).or_insert(0.0);
                    *known = known.max(coverage);
                }
            }
        }
    }
    covered.into_iter().map(|((y, x), coverage)| (x, y, coverage)).collect()
}

/// The pixels of a row that may lie within `reach` of a piece of a line.
fn across(from: Point, to: Point, y: f64, reach: f64) -> std::ops::RangeInclusive<i32> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut low, mut high) = (from.0.min(to.0), from.0.max(to.0));
    if dy.abs() > 1e-9 {
        // Only the part of the piece whose height is within reach of the row counts.
        let at = |y: f64| from.0 + dx * ((y - from.1) / dy).clamp(0.0, 1.0);
        let (one, other) = (at(y - reach), at(y + reach));
        (low, high) = (one.min(other), one.max(other));
    }
    (low - reach).floor() as i32..=(high + reach).ceil() as i32
}

/// The distance of a point from a piece of a line.
fn distance(point: Point, from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 {
        (((point.0 - from.0) * dx + (point.1 - from.1) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (x, y) = (point.0 - from.0 - along * dx, point.1 - from.1 - along * dy);
    (x * x + y * y).sqrt()
}

/// The pixels of a small convex polygon, each looked at in sixteen places.
pub(super) fn polygon(points: &[Point]) -> Pixels {
    let bound = |of: fn(&Point) -> f64| {
        let values = points.iter().map(of);
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
    };
    let ((left, right), (top, bottom)) = (bound(|point| point.0), bound(|point| point.1));
    let mut pixels = Pixels::new();
    if points.len() < 3 {
        return pixels;
    }
    for y in top.floor() as i32..bottom.ceil() as i32 {
        for x in left.floor() as i32..right.ceil() as i32 {
            let places = (0..16).map(|place| {
                let (across, down) = (f64::from(place % 4), f64::from(place / 4));
                (f64::from(x) + (across + 0.5) / 4.0, f64::from(y) + (down + 0.5) / 4.0)
            });
            let inside = places.filter(|&place| is_inside(place, points)).count();
            if inside > 0 {
                pixels.push((x, y, inside as f32 / 16.0));
            }
        }
    }
    pixels
}

/// Whether a point lies on the same side of all edges.
fn is_inside(point: Point, corners: &[Point]) -> bool {
    let next = corners.iter().cycle().skip(1);
    let sides = corners
        .iter()
        .zip(next)
        .map(|(from, to)| (to.0 - from.0) * (point.1 - from.1) - (to.1 - from.1) * (point.0 - from.0));
    let (mut left, mut right) = (false, false);
    for side in sides {
        left |= side < 0.0;
        right |= side > 0.0;
    }
    !(left && right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(pixels: &Pixels) -> f64 {
        pixels.iter().map(|&(_, _, coverage)| f64::from(coverage)).sum()
    }

    #[test]
    fn areas_are_those_of_geometry() {
        let disc = area(&stroke(&[(50.0, 50.0)], 10.0));
        assert!((disc - 314.2).abs() < 3.0, "{disc}");
        let line = area(&stroke(&[(10.0, 10.0), (110.0, 60.0)], 2.0));
        // 111.8 long and 4 wide, with two half discs at the ends.
        assert!((line - (447.2 + 12.6)).abs() < 6.0, "{line}");
        let square = area(&polygon(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]));
        assert_eq!(square, 100.0);
    }

    #[test]
    fn pieces_of_a_line_do_not_add_up_where_they_meet() {
        let pixels = stroke(&[(0.0, 0.0), (20.0, 0.3), (40.0, 0.0)], 3.0);
        assert!(pixels.iter().all(|&(_, _, coverage)| coverage <= 1.0));
        let mut places: Vec<_> = pixels.iter().map(|&(x, y, _)| (x, y)).collect();
        places.dedup();
        assert_eq!(places.len(), pixels.len());
    }

    #[test]
    fn nothing_covers_nothing() {
        assert!(stroke(&[], 2.0).is_empty());
        assert!(polygon(&[(0.0, 0.0), (1.0, 1.0)]).is_empty());
    }
}
