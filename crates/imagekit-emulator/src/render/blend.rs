//! Drawing one image over another.

use image::{Rgba, RgbaImage};

/// The color of a pixel with another one above it. Exact: two opaque colors give an opaque one.
pub(super) fn over(below: Rgba<u8>, above: Rgba<u8>) -> Rgba<u8> {
    let Rgba([.., upper]) = above;
    let Rgba([.., lower]) = below;
    match upper {
        255 => return above,
        0 => return below,
        _ => {}
    }
    // Weights in units of 1/65025.
    let upper = u32::from(upper) * 255;
    let lower = u32::from(lower) * (255 - upper / 255);
    let sum = upper + lower;
    let mut mixed = [0; 4];
    for ((out, below), above) in mixed.iter_mut().zip(below.0).zip(above.0) {
        *out = ((u32::from(above) * upper + u32::from(below) * lower + sum / 2) / sum) as u8;
    }
    let [r, g, b, _] = mixed;
    Rgba([r, g, b, ((sum + 127) / 255) as u8])
}

/// Draws an image over another one; what lies beside that is left out.
pub(super) fn draw(base: &mut RgbaImage, above: &RgbaImage, left: i64, top: i64) {
    for (x, y, pixel) in above.enumerate_pixels() {
        let (Ok(x), Ok(y)) =
            (u32::try_from(left + i64::from(x)), u32::try_from(top + i64::from(y)))
        else {
            continue;
        };
        if let Some(below) = base.get_pixel_mut_checked(x, y) {
            *below = over(*below, *pixel);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_mix_by_opacity() {
        let blue = Rgba([0, 0, 255, 255]);
        assert_eq!(over(blue, Rgba([255, 0, 0, 128])), Rgba([128, 0, 127, 255]));
        assert_eq!(over(blue, Rgba([255, 0, 0, 0])), blue);
        assert_eq!(over(Rgba([9, 9, 9, 0]), Rgba([255, 0, 0, 7])), Rgba([255, 0, 0, 7]));
        assert_eq!(over(Rgba([0, 0, 0, 128]), Rgba([0, 0, 0, 128])).0[3], 192);
    }
}
