//! What is on the paper, in design units from the upper left corner.

use super::style::{Colour, PAPER, WIDTH};

/// A point: rightwards, downwards.
pub type Point = (f64, f64);

/// A picture.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    /// The height of the paper; the width is that of the style.
    pub(super) height: f64,
    /// What the picture shows, for those who cannot see it.
    pub(super) title: String,
    /// What it says in a sentence, likewise.
    pub(super) description: String,
    /// From the back to the front.
    pub(super) shapes: Vec<Shape>,
    /// What readers are told who point at a part of the picture, where the format can tell.
    pub(super) hints: Vec<Hint>,
}

/// The values behind a part of a picture.
#[derive(Clone, Debug)]
pub(super) struct Hint {
    /// Two opposite corners of the part.
    pub(super) corners: (Point, Point),
    /// The values in words.
    pub(super) text: String,
}

/// Something to draw.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A filled rectangle: two opposite corners.
    Rect(Point, Point, Colour),
    /// A line through points, with round joins.
    Line(Vec<Point>, f64, Colour),
    /// A filled convex polygon.
    Polygon(Vec<Point>, Colour),
    /// A filled disc: centre and radius.
    Disc(Point, f64, Colour),
    /// A text.
    Text(Text),
}

/// A line of text.
#[derive(Clone, Debug)]
pub struct Text {
    /// Where its baseline begins, is halfway or ends, as `anchor` says.
    pub at: Point,
    /// What it says.
    pub text: String,
    /// Height of the em.
    pub size: f64,
    /// Bold or regular.
    pub bold: bool,
    /// Its colour.
    pub colour: Colour,
    /// Which part of it lies at `at`.
    pub anchor: Anchor,
    /// Whether it reads upwards.
    pub upwards: bool,
}

/// Which part of a text lies at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Scene {
    /// An empty sheet of paper.
    pub(super) fn new(title: String, description: String, height: f64) -> Self {
        let paper = Shape::Rect((0.0, 0.0), (WIDTH, height), PAPER);
        Self { height, title, description, shapes: vec![paper], hints: Vec::new() }
    }

    /// A filled rectangle between two opposite corners.
    pub(super) fn rect(&mut self, from: Point, to: Point, colour: Colour) {
        self.shapes.push(Shape::Rect(from, to, colour));
    }

    /// A line from point to point.
    pub(super) fn line(&mut self, points: impl Into<Vec<Point>>, width: f64, colour: Colour) {
        self.shapes.push(Shape::Line(points.into(), width, colour));
    }

    /// A straight line in dashes of `dash` units with gaps of the same length.
    pub(super) fn dashes(&mut self, from: Point, to: Point, dash: f64, width: f64, colour: Colour) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt();
        let at = |distance: f64| {
            let share = if length > 0.0 { distance.min(length) / length } else { 0.0 };
            (from.0 + dx * share, from.1 + dy * share)
        };
        let count = (length / (2.0 * dash)).ceil() as usize;
        for number in 0..count {
            let start = number as f64 * 2.0 * dash;
            self.line([at(start), at(start + dash)], width, colour);
        }
    }

    /// A filled convex polygon.
    pub(super) fn polygon(&mut self, points: impl Into<Vec<Point>>, colour: Colour) {
        self.shapes.push(Shape::Polygon(points.into(), colour));
    }

    /// A square on its corner.
    pub(super) fn diamond(&mut self, (x, y): Point, radius: f64, colour: Colour) {
        self.polygon([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], colour);
    }

    /// A dot with a rim of paper, so that it stands out from what it lies on.
    pub(super) fn dot(&mut self, at: Point, radius: f64, colour: Colour) {
        self.shapes.push(Shape::Disc(at, radius + 1.5, PAPER));
        self.shapes.push(Shape::Disc(at, radius, colour));
    }

    /// Tells the values behind a part of the picture, between two opposite corners.
    pub(super) fn hint(&mut self, one: Point, other: Point, text: String) {
        self.hints.push(Hint { corners: (one, other), text });
    }

    /// A text; the builder's methods change what is not said here.
    pub(super) fn text(&mut self, text: Text) {
        if !text.text.is_empty() {
            self.shapes.push(Shape::Text(text));
        }
    }
}

impl Text {
    /// A regular text in the given size and colour that begins at a point.
    pub(super) fn new(at: Point, text: impl Into<String>, size: f64, colour: Colour) -> Self {
        let text = text.into();
        Self { at, text, size, bold: false, colour, anchor: Anchor::Start, upwards: false }
    }

    /// The same in bold.
    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same with its middle at the point.
    pub(super) fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    /// The same with its end at the point.
    pub(super) fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    /// The same, read upwards.
    pub(super) fn upwards(self) -> Self {
        Self { upwards: true, ..self }
    }
}
