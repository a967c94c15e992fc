//! A generated sample photo.

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage, imageops};

use super::exif::write::{Block, Field};

const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;

/// Returns a JPEG photo, 640 by 480, with EXIF (camera, exposure, date), GPS and a thumbnail: hills
/// under an evening sky. The same bytes every time.
///
/// ```
/// let photo = imagekit_emulator::media::sample_photo();
/// let exif = imagekit_emulator::media::inspect(&photo).metadata.exif.unwrap_or_default();
/// assert_eq!(exif.image["Model"], "Emulator One");
/// ```
pub fn sample_photo() -> Vec<u8> {
    let image = RgbImage::from_fn(WIDTH, HEIGHT, paint);
    let thumbnail = jpeg(&imageops::thumbnail(&image, 160, 120), 70);
    let block = Block {
        image: vec![
            (0x010e, Field::Ascii("Hills under an evening sky")),
            (0x010f, Field::Ascii("ImageKit")),
            (0x0110, Field::Ascii("Emulator One")),
            (0x0112, Field::Short(1)),
            (0x011a, Field::Rational(&[(72, 1)])),
            (0x011b, Field::Rational(&[(72, 1)])),
            (0x0128, Field::Short(2)),
            (0x0131, Field::Ascii("imagekit-emulator")),
            (0x0132, Field::Ascii("2025:06:21 21:14:07")),
            (0x0213, Field::Short(1)),
        ],
        exif: vec![
            (0x829a, Field::Rational(&[(1, 160)])),
            (0x829d, Field::Rational(&[(56, 10)])),
            (0x8822, Field::Short(3)),
            (0x8827, Field::Short(100)),
            (0x9000, Field::Undefined(b"0232")),
            (0x9003, Field::Ascii("2025:06:21 21:14:07")),
            (0x9004, Field::Ascii("2025:06:21 21:14:07")),
            (0x9010, Field::Ascii("+02:00")),
            (0x9011, Field::Ascii("+02:00")),
            (0x9012, Field::Ascii("+02:00")),
            (0x9101, Field::Undefined(&[1, 2, 3, 0])),
            (0x9207, Field::Short(5)),
            (0x9209, Field::Short(16)),
            (0x920a, Field::Rational(&[(35, 1)])),
            (0x9286, Field::Undefined(b"ASCII\0\0\0Painted, not taken")),
            (0xa000, Field::Undefined(b"0100")),
            (0xa001, Field::Short(1)),
            (0xa002, Field::Short(640)),
            (0xa003, Field::Short(480)),
            (0xa405, Field::Short(35)),
            (0xa434, Field::Ascii("35mm F2.8")),
        ],
        gps: vec![
            (0x0000, Field::Bytes(&[2, 3, 0, 0])),
            (0x0001, Field::Ascii("N")),
            (0x0002, Field::Rational(&[(47, 1), (33, 1), (1512, 100)])),
            (0x0003, Field::Ascii("E")),
            (0x0004, Field::Rational(&[(10, 1), (44, 1), (5796, 100)])),
            (0x0005, Field::Bytes(&[0])),
            (0x0006, Field::Rational(&[(8125, 10)])),
            (0x0007, Field::Rational(&[(19, 1), (14, 1), (7, 1)])),
            (0x0010, Field::Ascii("T")),
            (0x0011, Field::Rational(&[(2815, 10)])),
            (0x001d, Field::Ascii("2025:06:21")),
        ],
        thumbnail: &thumbnail,
    };
    with_exif(jpeg(&image, 88), &block.write())
}

/// Puts the block into a segment of its own, right behind the start of the image.
fn with_exif(jpeg: Vec<u8>, block: &[u8]) -> Vec<u8> {
    let (Ok(length), Some((start, rest))) =
        (u16::try_from(2 + 6 + block.len()), jpeg.split_at_checked(2))
    else {
        return jpeg;
    };
    [start, b"\xff\xe1", &length.to_be_bytes(), b"Exif\0\0", block, rest].concat()
}

fn jpeg(image: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    // Writing to memory cannot fail; an empty file would show in every test.
    if image.write_with_encoder(encoder).is_err() {
        bytes.clear();
    }
    bytes
}

/// One pixel: three rows of hills, each darker and nearer, before a sky with a low sun.
fn paint(x: u32, y: u32) -> Rgb<u8> {
    const HILLS: [(f64, f64, f64, [f64; 3]); 3] = [
        (0.62, 0.050, 5.0, [122.0, 96.0, 138.0]),
        (0.73, 0.065, 8.3, [74.0, 66.0, 108.0]),
        (0.86, 0.055, 4.1, [36.0, 40.0, 70.0]),
    ];
    let (u, v) = (f64::from(x) / f64::from(WIDTH), f64::from(y) / f64::from(HEIGHT));
    let hill = HILLS.iter().rev().find(|(base, height, waves, _)| {
        let ridge = (u * waves + base * 9.0).sin() + 0.35 * (u * waves * 2.7).sin();
        v > base - height * ridge
    });
    let colour = match hill {
        Some((base, _, _, colour)) => mix(*colour, [214.0, 150.0, 130.0], (base - v).max(0.0)),
        None => sky(u, v),
    };
    Rgb(colour.map(|part| part.clamp(0.0, 255.0) as u8))
}

fn sky(u: f64, v: f64) -> [f64; 3] {
    let air = mix([64.0, 92.0, 164.0], [252.0, 190.0, 128.0], (v / 0.65).min(1.0));
    let distance = ((u - 0.68) * 4.0 / 3.0).hypot(v - 0.44);
    let glow = (1.0 - distance / 0.5).max(0.0);
    let disc = ((0.062 - distance) * 160.0).clamp(0.0, 1.0);
    mix(mix(air, [255.0, 214.0, 150.0], glow * glow), [255.0, 246.0, 220.0], disc)
}

fn mix(from: [f64; 3], to: [f64; 3], share: f64) -> [f64; 3] {
    let [a, b, c] = from;
    let [x, y, z] = to;
    [a + (x - a) * share, b + (y - b) * share, c + (z - c) * share]
}
