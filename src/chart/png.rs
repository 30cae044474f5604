//! Scenes as PNG.

use plotters::prelude::{BitMapBackend, Color, DrawingBackend, RGBColor};

use super::fonts::Fonts;
use super::ink::{self, Pixels};
use super::scene::{Anchor, Point, Scene, Shape, Text};
use super::shaping::{self, Line};
use super::style::{Colour, PIXELS, WIDTH};
use super::typeface::{self, Pen};

/// Draws a scene.
///
/// # Errors
/// What the backend or the encoder says.
pub(super) fn paint(scene: &Scene) -> Result<Vec<u8>, String> {
    let (width, height) = ((WIDTH * PIXELS) as u32, (scene.height * PIXELS) as u32);
    let mut buffer = vec![0xff; width as usize * height as usize * 3];
    {
        let mut backend = BitMapBackend::with_buffer(&mut buffer, (width, height));
        for shape in &scene.shapes {
            draw(&mut backend, shape)?;
        }
        backend.present().map_err(|error| error.to_string())?;
    }
    encode(&buffer, width, height).map_err(|error| error.to_string())
}

fn encode(buffer: &[u8], width: u32, height: u32) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Default);
    encoder.set_filter(png::FilterType::NoFilter);
    // Two pixels per unit of 1/96 inch.
    let per_metre = (96.0 * PIXELS / 0.0254) as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(buffer)?;
    writer.finish()?;
    Ok(out)
}

/// Nothing, or what the backend says.
type Drawn = Result<(), String>;

fn draw(backend: &mut BitMapBackend<'_>, shape: &Shape) -> Drawn {
    let scaled = |points: &[Point]| points.iter().map(|&(x, y)| (x * PIXELS, y * PIXELS)).collect::<Vec<_>>();
    match shape {
        Shape::Rect(from, to, colour) => rect(backend, *from, *to, *colour),
        Shape::Line(points, width, colour) => match points[..] {
            // Lines along the axes fill whole pixels, so that they are sharp.
            [from, to] if from.0 == to.0 || from.1 == to.1 => straight(backend, from, to, *width, *colour),
            _ => fill(backend, &ink::stroke(&scaled(points), width * PIXELS / 2.0), *colour),
        },
        Shape::Polygon(points, colour) => fill(backend, &ink::polygon(&scaled(points)), *colour),
        Shape::Disc(at, radius, colour) => {
            fill(backend, &ink::stroke(&scaled(&[*at]), radius * PIXELS), *colour)
        }
        Shape::Text(text) => fill(backend, &letters(text), text.colour),
    }
}

fn rect(backend: &mut BitMapBackend<'_>, from: Point, to: Point, colour: Colour) -> Drawn {
    let edge = |value: f64| (value * PIXELS).round() as i32;
    let (left, right) = (edge(from.0.min(to.0)), edge(from.0.max(to.0)));
    let (top, bottom) = (edge(from.1.min(to.1)), edge(from.1.max(to.1)));
    if left >= right || top >= bottom {
        return Ok(());
    }
    // The backend includes both corners.
    let corners = ((left, top), (right - 1, bottom - 1));
    backend.draw_rect(corners.0, corners.1, &rgb(colour).filled(), true).map_err(|error| error.to_string())
}

fn straight(backend: &mut BitMapBackend<'_>, from: Point, to: Point, width: f64, colour: Colour) -> Drawn {
    let pixels = (width * PIXELS).round().max(1.0);
    let begin = |middle: f64| ((middle * PIXELS - pixels / 2.0).round()) / PIXELS;
    let thick = pixels / PIXELS;
    if from.0 == to.0 {
        let left = begin(from.0);
        rect(backend, (left, from.1), (left + thick, to.1), colour)
    } else {
        let top = begin(from.1);
        rect(backend, (from.0, top), (to.0, top + thick), colour)
    }
}

fn fill(backend: &mut BitMapBackend<'_>, pixels: &Pixels, colour: Colour) -> Drawn {
    for &(x, y, coverage) in pixels {
        let colour = rgb(colour).mix(f64::from(coverage).clamp(0.0, 1.0));
        backend.draw_pixel((x, y), colour.to_backend_color()).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn letters(text: &Text) -> Pixels {
    let size = text.size * PIXELS;
    if shaping::needs_shaping(&text.text, text.bold) {
        return shaped(text, &shaping::text_line(&text.text, size, text.bold), Fonts::current());
    }
    let before = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => typeface::width(&text.text, size, text.bold) / 2.0,
        Anchor::End => typeface::width(&text.text, size, text.bold),
    };
    let (x, y) = ((text.at.0 * PIXELS), (text.at.1 * PIXELS).round());
    let mut pen = Pen::new(size, text.bold);
    let mut pixels = Pixels::new();
    for character in text.text.chars() {
        let (at, glyph) = pen.step(character);
        let Some(glyph) = glyph else { continue };
        if text.upwards {
            let (x, y) = (x.round() as i32, text.at.1 * PIXELS + before - at);
            // The glyph is outlined level and turned: rightwards becomes upwards.
            pen.outline(glyph, (-y, 0.0), |across, down, coverage| {
                pixels.push((x + down, -across - 1, coverage));
            });
        } else {
            pen.outline(glyph, (x - before + at, y), |x, y, coverage| pixels.push((x, y, coverage)));
        }
    }
    pixels
}

/// The same for a text that the built-in font does not cover.
fn shaped(text: &Text, line: &Line, fonts: Fonts<'_>) -> Pixels {
    let size = text.size * PIXELS;
    let before = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => line.width / 2.0,
        Anchor::End => line.width,
    };
    let (x, y) = (text.at.0 * PIXELS, text.at.1 * PIXELS);
    let mut pixels = Pixels::new();
    for run in &line.runs {
        let font = &fonts.get(run.face).outlines;
        for glyph in &run.glyphs {
            let along = glyph.pen + glyph.moved.0 - before;
            let id = ab_glyph::GlyphId(glyph.id);
            if text.upwards {
                let x = x.round() as i32;
                typeface::outline(font, size, id, (along - y, -glyph.moved.1), |across, down, coverage| {
                    pixels.push((x + down, -across - 1, coverage));
                });
            } else {
                let at = (x + along, y.round() - glyph.moved.1);
                typeface::outline(font, size, id, at, |x, y, coverage| pixels.push((x, y, coverage)));
            }
        }
    }
    pixels
}

fn rgb(Colour(red, green, blue): Colour) -> RGBColor {
    RGBColor(red, green, blue)
}
