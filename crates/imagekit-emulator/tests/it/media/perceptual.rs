//! The perceptual hash: near for the same picture, far for another.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, imageops};
use imagekit_emulator::media::{inspect, sample_photo};
use proptest::prelude::*;

use super::fixtures::{Block, Values, encoded, jpeg, picture, with_exif};

fn hash(file: &[u8]) -> u64 {
    let hex = inspect(file).metadata.p_hash.unwrap();
    assert!(hex.len() == 16 && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')));
    u64::from_str_radix(&hex, 16).unwrap()
}

fn distance(a: u64, b: u64) -> u32 {
    (a ^ b).count_ones()
}

fn sample() -> DynamicImage {
    image::load_from_memory(&sample_photo()).unwrap()
}

/// A picture made of a few overlapping soft discs.
fn discs(seed: &[(u8, u8, u8, [u8; 3])]) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(96, 72, |x, y| {
        let mut sum = [90.0_f64; 3];
        for (cx, cy, size, colour) in seed {
            let (dx, dy) =
                (f64::from(x) - f64::from(*cx) / 2.7, f64::from(y) - f64::from(*cy) / 3.6);
            let weight = (-(dx * dx + dy * dy) / (40.0 + f64::from(*size) * 5.0)).exp();
            for (part, c) in sum.iter_mut().zip(colour) {
                *part += weight * (f64::from(*c) - 90.0);
            }
        }
        Rgb(sum.map(|part| part.clamp(0.0, 255.0) as u8))
    }))
}

#[test]
fn quality_format_and_size_hardly_matter() {
    let image = sample();
    let original = hash(&sample_photo());
    for quality in [90, 60, 30, 15] {
        assert!(distance(original, hash(&jpeg(&image, quality))) <= 6, "quality {quality}");
    }
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        assert!(distance(original, hash(&encoded(&image, format))) <= 6, "{format:?}");
    }
    let half = image.resize_exact(320, 240, imageops::FilterType::Lanczos3);
    assert!(distance(original, hash(&jpeg(&half, 80))) <= 6);
    assert!(distance(original, hash(&jpeg(&image.brighten(20), 80))) <= 6);
}

/// Large images are decoded on another thread than small ones.
#[test]
fn a_large_image_is_measured_as_a_small_one() {
    let rings = |side: u32| {
        let wave = |x: u32, y: u32| {
            let (u, v) = (x * 1000 / side, y * 1000 / side);
            ((u * u + 2 * v * v) / 9000 % 256) as u8
        };
        let image = RgbImage::from_fn(side, side, |x, y| Rgb([wave(x, y), 90, 60]));
        encoded(&image.into(), ImageFormat::Bmp)
    };
    let mut large = rings(1500);
    assert!(distance(hash(&large), hash(&rings(500))) <= 6);
    large.truncate(large.len() / 2);
    assert_eq!(inspect(&large).metadata.p_hash, None);
}

#[test]
fn other_pictures_are_far() {
    let original = hash(&sample_photo());
    let others = [
        picture(64, 48),
        sample().fliph(),
        sample().rotate90(),
        discs(&[(9, 200, 90, [250, 0, 0])]),
    ];
    for other in others {
        assert!(distance(original, hash(&jpeg(&other, 90))) > 10);
    }
}

#[test]
fn a_picture_stored_on_its_side_is_the_same_picture() {
    let upright = hash(&encoded(&picture(64, 48), ImageFormat::Png));
    let directory = vec![(0x0112, Values::Short(vec![6]))];
    let block = Block { big: true, linked: false, directories: vec![directory] }.write();
    let stored = with_exif(&jpeg(&picture(64, 48).rotate270(), 95), &block);
    assert!(distance(upright, hash(&stored)) <= 6);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn lower_quality_stays_near(
        seed in prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>(), any::<[u8; 3]>()), 6..12),
        quality in 70u8..90,
    ) {
        let image = discs(&seed);
        let near = distance(hash(&jpeg(&image, 95)), hash(&jpeg(&image, quality)));
        prop_assert!(near <= 6, "{near}");
    }

    #[test]
    fn different_pictures_differ(
        seeds in prop::collection::vec(
            prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>(), any::<[u8; 3]>()), 6..12),
            6,
        ),
    ) {
        let hashes: Vec<u64> = seeds.iter().map(|seed| hash(&jpeg(&discs(seed), 90))).collect();
        let pairs = hashes.iter().enumerate().flat_map(|(i, a)| {
            hashes.iter().take(i).map(move |b| distance(*a, *b))
        });
        // Two random pictures may be alike, six are not.
        let total: u32 = pairs.sum();
        prop_assert!(total / 15 > 12, "{total}");
    }
}
