//! Text layers, in Noto Sans Mono whatever font they ask for.

use image::{Rgba, RgbaImage};
use noto_sans_mono_bitmap::{FontWeight, RasterHeight, get_raster, get_raster_width};

use super::amount::{Frame, evaluate, number};
use super::color::{self, BLACK, CLEAR};
use super::limits::Limits;
use super::refusal::Refusal;
use super::scale::{Area, resample};
use super::settings::Settings;
use super::{blend, shape};

/// Longer text is cut (the public docs).
const MAX_CHARACTERS: usize = 144;
/// The font size by default (the public docs).
const DEFAULT_SIZE: f64 = 45.0;
const MAX_SIZE: f64 = 1000.0;
/// The height of a line, as a multiple of the font size.
const LINE_HEIGHT: f64 = 1.2;
/// The bitmaps that the text is scaled from.
const RASTER: RasterHeight = RasterHeight::Size32;
const RASTER_HEIGHT: u32 = 32;
/// How far italics lean, in columns a row.
const SLANT: f64 = 0.2;

/// Draws a text with its background, padding and outline.
pub(super) fn draw(
    text: &str,
    settings: &Settings<'_>,
    frame: &Frame,
    limits: &Limits,
) -> Result<RgbaImage, Refusal> {
    let size = settings.amount("fs", frame)?.unwrap_or(DEFAULT_SIZE);
    if !(1.0..=MAX_SIZE).contains(&size) {
        return Err(Refusal::invalid("fs", settings.get("fs").unwrap_or_default()));
    }
    let style = Style::read(settings.get("tg"))?;
    let color = settings.get("co").map_or(Ok(BLACK), |text| color::parse("co", text))?;
    let [top, right, bottom, left] = padding(settings, frame)?;
    let scale = size * LINE_HEIGHT / f64::from(RASTER_HEIGHT);
    let cell = get_raster_width(style.weight, RASTER) as u32;
    let wanted = settings.amount("w", frame)?.map(|width| width.max(1.0).round() as u32);
    let columns = wanted.map(|width| {
        let inner = f64::from(width.saturating_sub(left + right).max(1));
        (inner / (f64::from(cell) * scale)).floor().max(1.0) as usize
    });
    let cut: String = text.chars().take(MAX_CHARACTERS).collect();
    let lines = wrap(&cut, columns.unwrap_or(MAX_CHARACTERS));
    let alignment = settings.get("ia").unwrap_or("center");
    let glyphs = style.glyphs(&lines, cell, alignment, color, limits)?;
    let scaled = |side: u32| (f64::from(side) * scale).round().max(1.0) as u32;
    let (width, height) = (scaled(glyphs.width()), scaled(glyphs.height()));
    limits.check(width, height)?;
    let glyphs = resample(&glyphs, Area::whole(glyphs.dimensions()), (width, height), limits)?;
    let inner = wanted.map_or(width, |wanted| wanted.saturating_sub(left + right).max(width));
    let mut canvas = limits.canvas(inner + left + right, height + top + bottom)?;
    let background = settings.get("bg").map_or(Ok(CLEAR), |text| color::parse("bg", text))?;
    canvas.pixels_mut().for_each(|pixel| *pixel = background);
    let x = left + aligned(alignment, inner - width)?;
    blend::draw(&mut canvas, &glyphs, x.into(), top.into());
    let mut canvas = shape::apply(canvas, settings, frame, limits)?;
    shape::transparency(&mut canvas, settings)?;
    Ok(canvas)
}

/// The part of the free space that lies on the left.
fn aligned(alignment: &str, free: u32) -> Result<u32, Refusal> {
    match alignment {
        "left" => Ok(0),
        "center" => Ok(free / 2),
        "right" => Ok(free),
        other => Err(Refusal::invalid("ia", other)),
    }
}

/// Padding above, on the right, below and on the left, in CSS's short form.
fn padding(settings: &Settings<'_>, frame: &Frame) -> Result<[u32; 4], Refusal> {
    let Some(text) = settings.get("pa") else { return Ok([0; 4]) };
    let invalid = || Refusal::invalid("pa", text);
    let whole: Option<Vec<f64>> = text.split('_').map(number).collect();
    let sides = whole.or_else(|| evaluate(text, frame).map(|all| vec![all])).ok_or_else(invalid)?;
    if !sides.iter().all(|side| (0.0..=5000.0).contains(side)) {
        return Err(invalid());
    }
    let sides: Vec<u32> = sides.into_iter().map(|side| side.round() as u32).collect();
    match *sides {
        [all] => Ok([all; 4]),
        [y, x] => Ok([y, x, y, x]),
        [top, x, bottom] => Ok([top, x, bottom, x]),
        [top, right, bottom, left] => Ok([top, right, bottom, left]),
        _ => Err(invalid()),
    }
}

/// Breaks text into lines of at most so many characters, between words where that is possible.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            let used = line.chars().count();
            let mut rest: Vec<char> = word.chars().collect();
            if used > 0 && used + 1 + rest.len() > columns {
                lines.push(std::mem::take(&mut line));
            } else if used > 0 {
                line.push(' ');
            }
            while line.chars().count() + rest.len() > columns {
                let tail = rest.split_off(columns.min(rest.len()));
                lines.push(rest.into_iter().collect());
                rest = tail;
            }
            line.extend(rest);
        }
        lines.push(line);
    }
    lines
}

struct Style {
    weight: FontWeight,
    italic: bool,
    strikethrough: bool,
}

impl Style {
    fn read(text: Option<&str>) -> Result<Self, Refusal> {
        let mut style = Self { weight: FontWeight::Regular, italic: false, strikethrough: false };
        for word in text.unwrap_or_default().split('_').filter(|word| !word.is_empty()) {
            match word {
                "b" => style.weight = FontWeight::Bold,
                "i" => style.italic = true,
                "strikethrough" => style.strikethrough = true,
                _ => return Err(Refusal::invalid("tg", text.unwrap_or_default())),
            }
        }
        Ok(style)
    }

    /// Draws lines of text from the bitmaps, not scaled.
    fn glyphs(
        &self,
        lines: &[String],
        cell: u32,
        alignment: &str,
        color: Rgba<u8>,
        limits: &Limits,
    ) -> Result<RgbaImage, Refusal> {
        let length = |line: &String| line.chars().count() as u32;
        let lean = |row: u32| {
            let above = f64::from(RASTER_HEIGHT - 1 - row);
            if self.italic { (above * SLANT) as u32 } else { 0 }
        };
        let columns = lines.iter().map(length).max().unwrap_or(0).max(1);
        let width = columns * cell + lean(0);
        let height = RASTER_HEIGHT * lines.len().max(1) as u32;
        let mut canvas = limits.canvas(width, height)?;
        let Rgba([r, g, b, a]) = color;
        let mut put = |x: u32, y: u32, intensity: u8| {
            let alpha = (u32::from(a) * u32::from(intensity) / 255) as u8;
            if let Some(pixel) = canvas.get_pixel_mut_checked(x, y).filter(|_| alpha > 0) {
                *pixel = Rgba([r, g, b, alpha.max(pixel.0[3])]);
            }
        };
        for (top, line) in (0..).step_by(RASTER_HEIGHT as usize).zip(lines) {
            let left = aligned(alignment, (columns - length(line)) * cell)?;
            for (x, character) in (left..).step_by(cell.max(1) as usize).zip(line.chars()) {
                let shown = get_raster(character, self.weight, RASTER);
                let Some(glyph) = shown.or_else(|| get_raster('\u{fffd}', self.weight, RASTER))
                else {
                    continue;
                };
                for (row, intensities) in (0..).zip(glyph.raster()) {
                    for (column, intensity) in (0..).zip(*intensities) {
                        put(x + column + lean(row), top + row, *intensity);
                    }
                }
            }
            if self.strikethrough {
                for x in left..left + length(line) * cell {
                    put(x, top + RASTER_HEIGHT * 9 / 16, 255);
                    put(x, top + RASTER_HEIGHT * 9 / 16 + 1, 255);
                }
            }
        }
        Ok(canvas)
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("made very easy", 9), ["made very", "easy"]);
        assert_eq!(wrap("a\nb c", 144), ["a", "b c"]);
        assert_eq!(wrap("abcdefgh i", 3), ["abc", "def", "gh", "i"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("  x", 2).concat().trim(), "x");
    }
}
