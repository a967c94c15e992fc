//! The outline of an image: trim, border, corners, opacity, flip and rotation.

use image::{Rgba, RgbaImage, imageops};

use super::amount::{Frame, evaluate, number};
use super::blend;
use super::color::{self, CLEAR};
use super::limits::Limits;
use super::refusal::Refusal;
use super::settings::Settings;

/// The threshold of `t-true`, in percent.
const DEFAULT_TRIM: f64 = 10.0;

/// Removes edges that look like the upper left pixel. `default`: also when `t` is not set.
pub(super) fn trim(
    image: RgbaImage,
    settings: &Settings<'_>,
    default: bool,
) -> Result<RgbaImage, Refusal> {
    let threshold = match settings.get("t") {
        Some("false") => return Ok(image),
        None if !default => return Ok(image),
        None | Some("true" | "") => DEFAULT_TRIM,
        Some(_) => settings.number("t", 1.0..=99.0)?.unwrap_or(DEFAULT_TRIM),
    };
    let allowed = (threshold * 2.55) as u8;
    let Some(edge) = image.pixels().next().copied() else { return Ok(image) };
    let alike = |pixel: &Rgba<u8>| {
        let parts = || edge.0.iter().zip(pixel.0).map(|(a, b)| a.abs_diff(b));
        let transparent = edge.0.last() == Some(&0) && pixel.0.last() == Some(&0);
        transparent || parts().all(|difference| difference <= allowed)
    };
    let (mut left, mut top, mut right, mut bottom) = (u32::MAX, u32::MAX, 0, 0);
    for (x, y, _) in image.enumerate_pixels().filter(|(.., pixel)| !alike(pixel)) {
        (left, top) = (left.min(x), top.min(y));
        (right, bottom) = (right.max(x), bottom.max(y));
    }
    // An image of one color stays as it is.
    let whole = (left, top) == (0, 0) && (right + 1, bottom + 1) == image.dimensions();
    if left > right || top > bottom || whole {
        return Ok(image);
    }
    Ok(imageops::crop_imm(&image, left, top, right - left + 1, bottom - top + 1).to_image())
}

/// Corners, border, opacity, flip and rotation, in this order.
pub(super) fn apply(
    mut image: RgbaImage,
    settings: &Settings<'_>,
    frame: &Frame,
    limits: &Limits,
) -> Result<RgbaImage, Refusal> {
    let radius = settings.get("r");
    if let Some(text) = radius {
        round(&mut image, text, 0.0)?;
    }
    if let Some(text) = settings.get("b") {
        image = border(&image, text, radius, frame, limits)?;
    }
    if let Some(percent) = settings.number("o", 0.0..=100.0)? {
        fade(&mut image, percent / 100.0);
    }
    match settings.get("fl") {
        None => {}
        Some("h") => imageops::flip_horizontal_in_place(&mut image),
        Some("v") => imageops::flip_vertical_in_place(&mut image),
        Some("h_v" | "v_h") => imageops::rotate180_in_place(&mut image),
        Some(other) => return Err(Refusal::invalid("fl", other)),
    }
    match settings.get("rt") {
        // The image is turned upright when it is decoded.
        None | Some("auto") => Ok(image),
        Some(text) => {
            let degrees = number(text).ok_or_else(|| Refusal::invalid("rt", text))?;
            rotate(image, degrees.rem_euclid(360.0), limits)
        }
    }
}

/// `al`: 1 is almost transparent, 9 almost opaque.
pub(super) fn transparency(image: &mut RgbaImage, settings: &Settings<'_>) -> Result<(), Refusal> {
    if let Some(level) = settings.number("al", 0.0..=10.0)? {
        fade(image, level / 10.0);
    }
    Ok(())
}

/// Multiplies the opacity.
fn fade(image: &mut RgbaImage, opacity: f64) {
    for Rgba([.., alpha]) in image.pixels_mut() {
        *alpha = (f64::from(*alpha) * opacity).round() as u8;
    }
}

/// Adds a border around the image: `<width>_<color>` or `<width>-<color>`. It follows the corners.
fn border(
    image: &RgbaImage,
    text: &str,
    radius: Option<&str>,
    frame: &Frame,
    limits: &Limits,
) -> Result<RgbaImage, Refusal> {
    let invalid = || Refusal::invalid("b", text);
    let (width, color) = text.rsplit_once(['_', '-']).ok_or_else(invalid)?;
    let color = color::parse("b", color)?;
    let width = evaluate(width, frame).filter(|width| (0.0..=5000.0).contains(width));
    let width = width.ok_or_else(invalid)?.round() as u32;
    let (columns, rows) = (image.width() + 2 * width, image.height() + 2 * width);
    let mut canvas = limits.canvas(columns, rows)?;
    canvas.pixels_mut().for_each(|pixel| *pixel = color);
    if let Some(radius) = radius {
        round(&mut canvas, radius, f64::from(width))?;
    }
    blend::draw(&mut canvas, image, width.into(), width.into());
    Ok(canvas)
}

/// Makes the corners transparent: one radius, `max`, or four (upper left, upper right, lower
/// right, lower left). `border` is added to those that are not zero.
fn round(image: &mut RgbaImage, text: &str, border: f64) -> Result<(), Refusal> {
    let (width, height) = (f64::from(image.width()), f64::from(image.height()));
    if text == "max" {
        // A circle, or an ellipse.
        let (a, b) = (width / 2.0, height / 2.0);
        mask(image, |x, y| {
            let (dx, dy) = ((x - a) / a, (y - b) / b);
            (1.0 - dx.hypot(dy)) * a.min(b) + 0.5
        });
        return Ok(());
    }
    let radii: Option<Vec<f64>> =
        text.split('_').map(|part| number(part).filter(|radius| *radius >= 0.0)).collect();
    let radii = match radii.as_deref() {
        Some([all]) => [*all; 4],
        Some([a, b, c, d]) => [*a, *b, *c, *d],
        _ => return Err(Refusal::invalid("r", text)),
    };
    let [upper_left, upper_right, lower_right, lower_left] = radii.map(|radius| {
        let radius = if radius > 0.0 { radius + border } else { radius };
        radius.min(width / 2.0).min(height / 2.0)
    });
    mask(image, |x, y| {
        let radius = match (x < width / 2.0, y < height / 2.0) {
            (true, true) => upper_left,
            (false, true) => upper_right,
            (false, false) => lower_right,
            (true, false) => lower_left,
        };
        let dx = radius - x.min(width - x);
        let dy = radius - y.min(height - y);
        if dx > 0.0 && dy > 0.0 { radius - dx.hypot(dy) + 0.5 } else { 1.0 }
    });
    Ok(())
}

/// Multiplies the opacity of each pixel by a function of its center, cut to 0 to 1.
fn mask(image: &mut RgbaImage, cover: impl Fn(f64, f64) -> f64) {
    for (x, y, Rgba([.., alpha])) in image.enumerate_pixels_mut() {
        let cover = cover(f64::from(x) + 0.5, f64::from(y) + 0.5).clamp(0.0, 1.0);
        *alpha = (f64::from(*alpha) * cover).round() as u8;
    }
}

/// Rotates clockwise; the image grows to hold what was there.
fn rotate(image: RgbaImage, degrees: f64, limits: &Limits) -> Result<RgbaImage, Refusal> {
    let (width, height) = image.dimensions();
    if degrees == 0.0 {
        return Ok(image);
    }
    if degrees == 90.0 || degrees == 270.0 {
        limits.check(height, width)?;
        let quarter = if degrees == 90.0 { imageops::rotate90 } else { imageops::rotate270 };
        return Ok(quarter(&image));
    }
    if degrees == 180.0 {
        return Ok(imageops::rotate180(&image));
    }
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (w, h) = (f64::from(width), f64::from(height));
    let columns = (w * cos).abs() + (h * sin).abs();
    let rows = (w * sin).abs() + (h * cos).abs();
    let mut canvas = limits.canvas(columns.round() as u32, rows.round() as u32)?;
    for (x, y, pixel) in canvas.enumerate_pixels_mut() {
        let (dx, dy) = (f64::from(x) + 0.5 - columns / 2.0, f64::from(y) + 0.5 - rows / 2.0);
        let (sx, sy) = (dx * cos + dy * sin + w / 2.0 - 0.5, dy * cos - dx * sin + h / 2.0 - 0.5);
        *pixel = interpolate(&image, sx, sy);
    }
    Ok(canvas)
}

/// The color between four pixels; beside the image it is transparent.
fn interpolate(image: &RgbaImage, x: f64, y: f64) -> Rgba<u8> {
    let (left, top) = (x.floor(), y.floor());
    let mut sums = [0.0; 4];
    for (column, row) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
        let (at_x, at_y) = (left + column, top + row);
        if at_x < 0.0 || at_y < 0.0 {
            continue;
        }
        let Some(Rgba([r, g, b, a])) = image.get_pixel_checked(at_x as u32, at_y as u32) else {
            continue;
        };
        let weight = (1.0 - (x - at_x).abs()) * (1.0 - (y - at_y).abs());
        let alpha = weight * f64::from(*a);
        for (sum, value) in sums.iter_mut().zip([*r, *g, *b]) {
            *sum += alpha * f64::from(value);
        }
        sums[3] += alpha;
    }
    let [r, g, b, alpha] = sums;
    if alpha <= 0.0 {
        return CLEAR;
    }
    Rgba([r / alpha, g / alpha, b / alpha, alpha].map(|value| value.round() as u8))
}
