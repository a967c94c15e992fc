//! Colors and sharpness.

use image::{Rgba, RgbaImage};

use super::amount::number;
use super::blend::over;
use super::color;
use super::limits::Limits;
use super::refusal::Refusal;
use super::settings::Settings;

/// The share of pixels that a contrast stretch leaves out at either end.
const CLIPPED: f64 = 0.01;
/// The largest radius of a blur (the public docs, of `bl`): its time grows with it.
const MAX_BLUR: f64 = 100.0;

pub(super) fn apply(
    mut image: RgbaImage,
    settings: &Settings<'_>,
    limits: &Limits,
) -> Result<RgbaImage, Refusal> {
    if settings.has("e-grayscale") {
        grayscale(&mut image);
    }
    if settings.has("e-contrast") {
        stretch(&mut image);
    }
    if let Some(text) = settings.get("e-sharpen") {
        let amount = match text {
            "" => 1.0,
            _ => settings.number("e-sharpen", 0.0..=1000.0)?.unwrap_or(1.0).max(1.0).sqrt(),
        };
        image = unsharp(image, 1.0, amount, 0.0, limits)?;
    }
    if let Some(text) = settings.get("e-usm") {
        let invalid = || Refusal::invalid("e-usm", text);
        let mut values = text.split('-').map(|part| number(part).filter(|value| *value >= 0.0));
        let mut value = |default: f64| values.next().unwrap_or(Some(default)).ok_or_else(invalid);
        let (radius, sigma, amount, threshold) = match text {
            "" => (1.0, 1.0, 1.0, 0.0),
            _ => (value(1.0)?, value(1.0)?, value(1.0)?, value(0.0)?),
        };
        if radius > MAX_BLUR || sigma > MAX_BLUR {
            return Err(Refusal::Invalid(format!(
                "The radius and the sigma of the transformation parameter `e-usm` are {MAX_BLUR} \
                 at most."
            )));
        }
        let sigma = if sigma > 0.0 { sigma } else { radius };
        image = unsharp(image, sigma, amount, threshold, limits)?;
    }
    if let Some(radius) = settings.number("bl", 0.0..=MAX_BLUR)? {
        blur(&mut image, radius);
    }
    if let Some(text) = settings.get("e-gradient") {
        gradient(&mut image, text)?;
    }
    Ok(image)
}

fn grayscale(image: &mut RgbaImage) {
    for Rgba([r, g, b, _]) in image.pixels_mut() {
        let grey = (u32::from(*r) * 299 + u32::from(*g) * 587 + u32::from(*b) * 114 + 500) / 1000;
        (*r, *g, *b) = (grey as u8, grey as u8, grey as u8);
    }
}

/// Spreads the values of each color over the whole range.
fn stretch(image: &mut RgbaImage) {
    for channel in 0..3 {
        let mut counts = [0_u64; 256];
        for pixel in image.pixels() {
            if let Some(count) = pixel.0.get(channel).and_then(|v| counts.get_mut(*v as usize)) {
                *count += 1;
            }
        }
        let clipped = (counts.iter().sum::<u64>() as f64 * CLIPPED) as u64;
        let (low, high) = (edge(&counts, 0..256, clipped), edge(&counts, (0..256).rev(), clipped));
        if high <= low {
            continue;
        }
        for pixel in image.pixels_mut() {
            if let Some(value) = pixel.0.get_mut(channel) {
                let spread = (f64::from(*value) - low) * 255.0 / (high - low);
                *value = spread.round().clamp(0.0, 255.0) as u8;
            }
        }
    }
}

/// The first value beyond so many clipped pixels.
fn edge(counts: &[u64; 256], mut values: impl Iterator<Item = usize>, clipped: u64) -> f64 {
    let mut seen = 0;
    let found = values.find(|value| {
        seen += counts.get(*value).copied().unwrap_or(0);
        seen > clipped
    });
    found.unwrap_or(0) as f64
}

/// Adds `amount` times the difference to a blurred copy where it exceeds `threshold` (0 to 1).
fn unsharp(
    mut image: RgbaImage,
    sigma: f64,
    amount: f64,
    threshold: f64,
    limits: &Limits,
) -> Result<RgbaImage, Refusal> {
    limits.check(image.width(), image.height())?;
    let mut blurred = image.clone();
    blur(&mut blurred, sigma);
    for (pixel, soft) in image.pixels_mut().zip(blurred.pixels()) {
        for (value, soft) in pixel.0.iter_mut().zip(soft.0).take(3) {
            let difference = f64::from(*value) - f64::from(soft);
            if difference.abs() >= threshold * 255.0 {
                let sharp = f64::from(*value) + amount * difference;
                *value = sharp.round().clamp(0.0, 255.0) as u8;
            }
        }
    }
    Ok(image)
}

/// Approximates a Gaussian blur by three means of neighbours, along rows and columns.
pub(super) fn blur(image: &mut RgbaImage, sigma: f64) {
    // Three boxes of width w have the variance (w² - 1) / 4.
    let width = (4.0 * sigma * sigma + 1.0).sqrt();
    let radius = ((width - 1.0) / 2.0).round().max(if sigma > 0.0 { 1.0 } else { 0.0 }) as usize;
    if radius == 0 {
        return;
    }
    let (columns, rows) = (image.width() as usize, image.height() as usize);
    let mut line = Lines::new(columns.max(rows));
    for _ in 0..3 {
        for y in 0..rows {
            line.mean(image, y * columns, 1, columns, radius);
        }
        for x in 0..columns {
            line.mean(image, x, columns, rows, radius);
        }
    }
}

/// One line of pixels, with the colors multiplied by the opacity.
struct Lines(Vec<[u32; 4]>);

impl Lines {
    fn new(length: usize) -> Self {
        Self(Vec::with_capacity(length))
    }

    /// Replaces each pixel of a line by the mean of those within `radius`; beyond the ends lie
    /// copies of the last pixel.
    fn mean(
        &mut self,
        image: &mut RgbaImage,
        first: usize,
        step: usize,
        count: usize,
        radius: usize,
    ) {
        let Self(line) = self;
        line.clear();
        let raw: &mut [u8] = image;
        let at = |index: usize| (first + index * step) * 4;
        for index in 0..count {
            if let Some([r, g, b, a]) = raw.get(at(index)..at(index) + 4) {
                let alpha = u32::from(*a);
                let part = |value: &u8| u32::from(*value) * alpha;
                line.push([part(r), part(g), part(b), alpha * 255]);
            }
        }
        let last = line.len().saturating_sub(1);
        let pixel = |index: usize| line.get(index.min(last)).copied().unwrap_or_default();
        let mut sums = [0_u64; 4];
        let add = |sums: &mut [u64; 4], pixel: [u32; 4]| {
            for (sum, value) in sums.iter_mut().zip(pixel) {
                *sum += u64::from(value);
            }
        };
        for _ in 0..radius {
            add(&mut sums, pixel(0));
        }
        for index in 0..=radius {
            add(&mut sums, pixel(index));
        }
        let width = (2 * radius + 1) as u64;
        for index in 0..count {
            let [.., alpha] = sums;
            if let Some(out) = raw.get_mut(at(index)..at(index) + 4) {
                for (out, sum) in out.iter_mut().zip(sums).take(3) {
                    *out = (sum * 255 + alpha / 2).checked_div(alpha).unwrap_or(0) as u8;
                }
                if let Some(out) = out.last_mut() {
                    *out = ((alpha + width * 255 / 2) / (width * 255)) as u8;
                }
            }
            for (sum, value) in sums.iter_mut().zip(pixel(index.saturating_sub(radius))) {
                *sum = sum.saturating_sub(u64::from(value));
            }
            add(&mut sums, pixel(index + radius + 1));
        }
    }
}

/// Lays a linear gradient over the image: `ld-<direction>_from-<color>_to-<color>_sp-<point>`.
fn gradient(image: &mut RgbaImage, text: &str) -> Result<(), Refusal> {
    let invalid = || Refusal::invalid("e-gradient", text);
    let (mut direction, mut from, mut to, mut stop) =
        ("bottom".to_owned(), "FFFFFF", "00000000", 1.0);
    let mut parts = text.split('_').filter(|part| !part.is_empty()).peekable();
    while let Some(part) = parts.next() {
        match part.split_once('-').ok_or_else(invalid)? {
            ("ld", value) => {
                direction = value.to_owned();
                // A corner holds an underscore itself.
                if let Some(side) = parts.next_if(|part| matches!(*part, "left" | "right")) {
                    direction = format!("{direction}_{side}");
                }
            }
            ("from", value) => from = value,
            ("to", value) => to = value,
            ("sp", value) => {
                let number = value.parse::<f64>().ok().filter(|number| *number > 0.0);
                stop = number.ok_or_else(invalid)?;
            }
            _ => return Err(invalid()),
        }
    }
    let (from, to) = (color::parse("e-gradient", from)?, color::parse("e-gradient", to)?);
    let degrees = match direction.as_str() {
        "top" => 0.0,
        "top_right" => 45.0,
        "right" => 90.0,
        "bottom_right" => 135.0,
        "bottom" => 180.0,
        "bottom_left" => 225.0,
        "left" => 270.0,
        "top_left" | "topleft" => 315.0,
        other => {
            other.parse::<f64>().ok().filter(|d| (0.0..360.0).contains(d)).ok_or_else(invalid)?
        }
    };
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (f64::from(image.width()), f64::from(image.height()));
    // From one side to the other through the center, along the direction.
    let length = (width * sin).abs() + (height * cos).abs();
    let stop = if stop > 1.0 { stop / length } else { stop };
    for (x, y, pixel) in image.enumerate_pixels_mut() {
        let across =
            (f64::from(x) + 0.5 - width / 2.0) * sin - (f64::from(y) + 0.5 - height / 2.0) * cos;
        let share = ((across / length + 0.5) / stop).clamp(0.0, 1.0);
        let mut mixed = [0_u8; 4];
        for ((out, from), to) in mixed.iter_mut().zip(from.0).zip(to.0) {
            *out = (f64::from(from) + (f64::from(to) - f64::from(from)) * share).round() as u8;
        }
        *pixel = over(*pixel, Rgba(mixed));
    }
    Ok(())
}
