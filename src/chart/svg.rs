//! Scenes as SVG.

use plotters::prelude::{DrawingBackend, FontTransform, IntoFont, RGBColor, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, FontStyle, ShapeStyle, TextStyle};

use super::direction::isolated;
use super::scene::{Anchor, Hint, Point, Scene, Shape, Text};
use super::style::{Colour, FAMILIES, STEPS, WIDTH};

/// Draws a scene.
///
/// # Errors
/// What the backend says.
pub(super) fn paint(scene: &Scene) -> Result<Vec<u8>, String> {
    let mut drawn = String::new();
    let size = ((WIDTH * STEPS) as u32, (scene.height * STEPS) as u32);
    {
        let mut backend = SVGBackend::with_string(&mut drawn, size);
        for shape in &scene.shapes {
            draw(&mut backend, shape)?;
        }
        backend.present().map_err(|error| error.to_string())?;
    }
    // The backend's own first tag knows neither the size on screen nor a title.
    let body = drawn.split_once('\n').map_or("", |(_, body)| body);
    let (width, height) = (WIDTH as u32, scene.height as u32);
    let (title, description) = (escaped(&scene.title), escaped(&scene.description));
    let hints = hints(&scene.hints);
    let body = body.trim_end().trim_end_matches("</svg>");
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {} {}\" role=\"img\">\n<title>{title}</title>\n<desc>{description}</desc>\n{body}{hints}</svg>\n",
        size.0, size.1
    )
    .into_bytes())
}

/// Unseen parts above all shapes, which viewers that can show the title of what is pointed at.
fn hints(hints: &[Hint]) -> String {
    if hints.is_empty() {
        return String::new();
    }
    let mut out = String::from("<g fill=\"#000\" fill-opacity=\"0\">\n");
    for Hint { corners: (one, other), text } in hints {
        let (x, y) = step((one.0.min(other.0), one.1.min(other.1)));
        let (right, bottom) = step((one.0.max(other.0), one.1.max(other.1)));
        let (width, height) = ((right - x).max(1), (bottom - y).max(1));
        out.push_str(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"><title>{}</title></rect>\n",
            escaped(text)
        ));
    }
    out.push_str("</g>\n");
    out
}

fn draw(backend: &mut SVGBackend<'_>, shape: &Shape) -> Result<(), String> {
    let drawn = match shape {
        Shape::Rect(from, to, colour) => backend.draw_rect(step(*from), step(*to), &filled(*colour), true),
        Shape::Line(points, width, colour) => {
            let style =
                ShapeStyle { stroke_width: (width * STEPS).round() as u32, ..rgb(*colour).stroke_width(1) };
            backend.draw_path(points.iter().copied().map(step), &style)
        }
        Shape::Polygon(points, colour) => {
            backend.fill_polygon(points.iter().copied().map(step), &filled(*colour))
        }
        Shape::Disc(at, radius, colour) => {
            backend.draw_circle(step(*at), (radius * STEPS).round() as u32, &filled(*colour), true)
        }
        Shape::Text(text) => return draw_text(backend, text),
    };
    drawn.map_err(|error| error.to_string())
}

fn draw_text(backend: &mut SVGBackend<'_>, text: &Text) -> Result<(), String> {
    let anchor = match text.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    // The backend writes the size divided by 1.24, and a text whose top is at a point 0.76 em below it.
    let weight = if text.bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = (FontFamily::Name(FAMILIES), text.size * STEPS * 1.24, weight).into_font();
    let font = if text.upwards { font.transform(FontTransform::Rotate270) } else { font };
    let colour = rgb(text.colour);
    let style = TextStyle::from(font).color(&colour).pos(Pos::new(anchor, VPos::Top));
    let rise = 0.76 * text.size;
    let at = match text.upwards {
        true => (text.at.0 - rise, text.at.1),
        false => (text.at.0, text.at.1 - rise),
    };
    backend.draw_text(&isolated(&text.text), &style, step(at)).map_err(|error| error.to_string())
}

fn step((x, y): Point) -> (i32, i32) {
    ((x * STEPS).round() as i32, (y * STEPS).round() as i32)
}

fn rgb(Colour(red, green, blue): Colour) -> RGBColor {
    RGBColor(red, green, blue)
}

fn filled(colour: Colour) -> ShapeStyle {
    rgb(colour).filled()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
