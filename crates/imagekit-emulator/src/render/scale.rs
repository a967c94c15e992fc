//! Resampling of images.

use image::RgbaImage;

use super::limits::Limits;
use super::refusal::Refusal;

/// A part of an image, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    pub(super) fn whole((width, height): (u32, u32)) -> Self {
        Self { x: 0.0, y: 0.0, width: f64::from(width), height: f64::from(height) }
    }
}

/// The pixels that one pixel of the result is made of.
struct Taps {
    first: usize,
    weights: Vec<f32>,
}

/// Scales a part of an image to a size: linear interpolation when it grows, a mean weighted
/// towards the center when it shrinks. Colors are weighted by their opacity.
pub(super) fn resample(
    source: &RgbaImage,
    area: Area,
    (width, height): (u32, u32),
    limits: &Limits,
) -> Result<RgbaImage, Refusal> {
    // Before anything else is allocated: the size may come from a URL.
    let mut result = limits.canvas(width, height)?;
    let columns = taps(area.x, area.width, source.width(), width);
    let rows = taps(area.y, area.height, source.height(), height);
    let stride = source.width() as usize * 4;
    let out_stride = width as usize * 4;
    let mut line = vec![[0_f32; 4]; source.width() as usize];
    for (row, out) in rows.iter().zip(result.chunks_exact_mut(out_stride.max(1))) {
        line.fill([0.0; 4]);
        for (index, weight) in row.weights.iter().enumerate() {
            let start = (row.first + index) * stride;
            let pixels = source.as_raw().get(start..start + stride).unwrap_or_default();
            for (sum, pixel) in line.iter_mut().zip(pixels.chunks_exact(4)) {
                let [r, g, b, a] = *pixel else { continue };
                let alpha = weight * f32::from(a);
                sum[0] += alpha * f32::from(r);
                sum[1] += alpha * f32::from(g);
                sum[2] += alpha * f32::from(b);
                sum[3] += alpha;
            }
        }
        for (column, pixel) in columns.iter().zip(out.chunks_exact_mut(4)) {
            let mut total = [0_f32; 4];
            let inputs = line.get(column.first..).unwrap_or_default();
            for (weight, input) in column.weights.iter().zip(inputs) {
                for (total, input) in total.iter_mut().zip(input) {
                    *total += weight * input;
                }
            }
            let [r, g, b, alpha] = total;
            if alpha > 0.0 {
                let color = [r / alpha, g / alpha, b / alpha, alpha];
                for (out, value) in pixel.iter_mut().zip(color) {
                    *out = value.round().clamp(0.0, 255.0) as u8;
                }
            }
        }
    }
    Ok(result)
}

/// For each of `count` pixels of the result, those of the source between `from` and `from +
/// length` that it is made of.
fn taps(from: f64, length: f64, limit: u32, count: u32) -> Vec<Taps> {
    let step = length / f64::from(count.max(1));
    let support = step.max(1.0);
    let last = f64::from(limit.max(1)) - 1.0;
    let pixel = |index: u32| {
        let center = from + (f64::from(index) + 0.5) * step;
        let first = (center - support).floor().clamp(0.0, last);
        let end = (center + support).ceil().clamp(first + 1.0, last + 1.0);
        let weight = |at: usize| (1.0 - (at as f64 + 0.5 - center).abs() / support).max(0.0);
        let mut weights: Vec<f64> = (first as usize..end as usize).map(weight).collect();
        let mut sum: f64 = weights.iter().sum();
        if sum <= 0.0 {
            weights.truncate(1);
            weights.fill(1.0);
            sum = 1.0;
        }
        let weights = weights.into_iter().map(|weight| (weight / sum) as f32).collect();
        Taps { first: first as usize, weights }
    };
    (0..count).map(pixel).collect()
}

#[cfg(test)]
mod tests {
    use image::Rgba;

    use super::*;

    #[test]
    fn the_same_size_is_the_same_image() {
        let image = RgbaImage::from_fn(7, 5, |x, y| Rgba([x as u8 * 30, y as u8 * 40, 9, 255]));
        let limits = Limits::new(1000);
        assert_eq!(resample(&image, Area::whole((7, 5)), (7, 5), &limits).unwrap(), image);
    }

    #[test]
    fn colors_of_transparent_pixels_do_not_bleed() {
        let image = RgbaImage::from_fn(4, 4, |x, _| {
            if x < 2 { Rgba([200, 0, 0, 255]) } else { Rgba([0, 255, 0, 0]) }
        });
        let limits = Limits::new(1000);
        let small = resample(&image, Area::whole((4, 4)), (1, 1), &limits).unwrap();
        assert_eq!(small.get_pixel(0, 0).0[..3], [200, 0, 0]);
        assert!((120..=136).contains(&small.get_pixel(0, 0).0[3]));
    }
}
