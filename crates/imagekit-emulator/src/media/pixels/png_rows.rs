//! PNG by rows: the memory of a few rows, whatever the size of the image.

use std::io::Cursor;

use png::{BitDepth, ColorType, Decoder, Transformations};

use super::{acceptable, all_set, grey};
use crate::media::sketch::{Columns, Sketch};

/// First column, first row, steps between columns and between rows of the passes of an
/// interlaced image (Adam7).
const PASSES: [[u32; 4]; 7] = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
];

/// Decodes the image: a sketch of it, and whether a pixel is transparent. `None` when a row is
/// missing or damaged.
pub(super) fn sketch(bytes: &[u8]) -> Option<(Sketch, bool)> {
    let mut decoder = Decoder::new(Cursor::new(bytes));
    // The header's reader has them already; here they would only be decompressed.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.ignore_checksums(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = reader.info().size();
    if !acceptable(width, height) {
        return None;
    }
    let interlaced = reader.info().interlaced;
    let (colour, BitDepth::Eight) = reader.output_color_type() else { return None };
    let mut sketch = Sketch::new(width, height);
    let mut opaque = true;
    let passes: &[[u32; 4]] = if interlaced { &PASSES } else { &[[0, 0, 1, 1]] };
    for [first, top, step, down] in passes {
        if *first >= width {
            continue;
        }
        let given = Columns { first: *first, step: *step };
        for y in (*top..height).step_by(*down as usize) {
            let row = reader.next_interlaced_row().ok()??;
            opaque = opaque && row_is_opaque(row.data(), colour);
            sketch.row(y, given, |x| grey_at(row.data(), colour, x));
        }
    }
    Some((sketch, !opaque))
}

fn row_is_opaque(row: &[u8], colour: ColorType) -> bool {
    match colour {
        ColorType::GrayscaleAlpha => all_set(row, [0, 0xff]),
        ColorType::Rgba => all_set(row, [0, 0, 0, 0xff]),
        ColorType::Grayscale | ColorType::Rgb | ColorType::Indexed => true,
    }
}

/// Brightness of a pixel; palettes are expanded to RGB before.
fn grey_at(row: &[u8], colour: ColorType, x: usize) -> f64 {
    let samples = colour.samples();
    let pixel = row.get(x * samples..).unwrap_or_default();
    match *pixel {
        [r, g, b, ..] if samples >= 3 => grey(r, g, b),
        [y, ..] => f64::from(y),
        [] => 0.0,
    }
}
