//! Formats, alpha, profiles, density, and images too large to decode.

use image::{DynamicImage, GrayAlphaImage, ImageFormat, LumaA, Rgba, RgbaImage};
use imagekit_emulator::media::{inspect, sample_photo};
use serde_json::json;

use super::fixtures::{encoded, jpeg, picture, with_chunk, with_segment};

fn translucent(alpha: u8) -> DynamicImage {
    DynamicImage::ImageRgba8(RgbaImage::from_fn(9, 7, |x, y| {
        Rgba([x as u8 * 20, y as u8 * 30, 5, if (x, y) == (8, 6) { alpha } else { 255 }])
    }))
}

#[test]
fn decoded_formats_are_measured() {
    for (format, name, mime) in [
        (ImageFormat::Jpeg, "jpg", "image/jpeg"),
        (ImageFormat::Png, "png", "image/png"),
        (ImageFormat::Gif, "gif", "image/gif"),
        (ImageFormat::WebP, "webp", "image/webp"),
        (ImageFormat::Tiff, "tif", "image/tiff"),
        (ImageFormat::Bmp, "bmp", "image/bmp"),
    ] {
        let file = encoded(&picture(48, 32), format);
        let inspection = inspect(&file);
        let metadata = &inspection.metadata;
        assert!(inspection.is_image);
        assert_eq!((inspection.mime.as_str(), inspection.has_alpha), (mime, Some(false)));
        assert_eq!(metadata.format.as_deref(), Some(name));
        assert_eq!((metadata.width, metadata.height), (Some(48), Some(32)));
        assert_eq!(metadata.size, file.len() as u64);
        assert_eq!(metadata.has_transparency, Some(false));
        assert_eq!(metadata.p_hash.as_ref().map(String::len), Some(16));
        // As in every recorded response.
        assert_eq!(metadata.quality, Some(0));
        // No EXIF at all is an empty object; a TIFF file is one block of it.
        let exif = serde_json::to_value(metadata).unwrap()["exif"].take();
        assert_eq!(exif == json!({}), format != ImageFormat::Tiff);
    }
}

#[test]
fn transparency_is_a_matter_of_pixels() {
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp] {
        for (alpha, expected) in [(255, false), (254, true), (0, true)] {
            let inspection = inspect(&encoded(&translucent(alpha), format));
            assert_eq!(inspection.has_alpha, Some(true));
            assert_eq!(inspection.metadata.has_transparency, Some(expected));
        }
    }
    let gif = inspect(&encoded(&translucent(0), ImageFormat::Gif));
    assert_eq!((gif.has_alpha, gif.metadata.has_transparency), (Some(true), Some(true)));
    let grey = GrayAlphaImage::from_pixel(4, 4, LumaA([9, 100]));
    let grey = inspect(&encoded(&DynamicImage::ImageLumaA8(grey), ImageFormat::Png));
    assert_eq!(grey.metadata.has_transparency, Some(true));
}

#[test]
fn profile_and_density_come_from_the_container() {
    let plain = encoded(&picture(8, 8), ImageFormat::Png);
    assert_eq!(inspect(&plain).metadata.has_color_profile, Some(false));
    let png = with_chunk(&plain, b"pHYs", &[0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1]);
    let png = inspect(&png);
    assert_eq!(png.metadata.density, Some(300));
    assert_eq!(png.embedded(), *json!({ "ImageWidth": 8, "ImageHeight": 8 }).as_object().unwrap());
    let profile = with_segment(&jpeg(&picture(8, 8), 80), 0xe2, b"ICC_PROFILE\0\x01\x01");
    assert_eq!(inspect(&profile).metadata.has_color_profile, Some(true));
}

#[test]
fn an_image_too_large_to_decode_has_its_dimensions() {
    let mut file = jpeg(&picture(16, 16), 80);
    let frame = file.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    file[frame + 5..frame + 9].copy_from_slice(&[0x40, 0, 0x60, 0]);
    let metadata = inspect(&file).metadata;
    assert_eq!((metadata.width, metadata.height), (Some(0x6000), Some(0x4000)));
    assert_eq!(metadata.p_hash, None);
    assert_eq!(metadata.has_transparency, Some(false));
}

#[test]
fn other_files_have_size_and_format() {
    let pdf = inspect(b"%PDF-1.7\n");
    assert!(!pdf.is_image);
    assert_eq!(pdf.mime, "application/pdf");
    assert_eq!(serde_json::to_value(&pdf.metadata).unwrap(), json!({ "size": 9, "format": "pdf" }));
    assert!(pdf.embedded().is_empty());
    assert_eq!(inspect(b"").metadata.size, 0);
}

#[test]
fn the_sample_photo_has_everything_a_tour_shows() {
    let photo = sample_photo();
    assert_eq!(photo, sample_photo());
    let inspection = inspect(&photo);
    let metadata = &inspection.metadata;
    assert_eq!((metadata.width, metadata.height), (Some(640), Some(480)));
    let exif = metadata.exif.as_ref().unwrap();
    assert_eq!(exif.image["Model"], "Emulator One");
    assert_eq!(exif.exif["DateTimeOriginal"], "2025:06:21 21:14:07");
    assert_eq!(exif.exif["UserComment"], "Painted, not taken");
    assert_eq!(exif.gps["GPSLongitude"], json!([10, 44, 57.96]));
    // The thumbnail lies where its tags say.
    let at = photo.windows(4).position(|part| part == b"II*\0").unwrap();
    let number = |name: &str| exif.thumbnail[name].as_u64().unwrap() as usize;
    let (offset, length) = (number("ThumbnailOffset"), number("ThumbnailLength"));
    let thumbnail = inspect(&photo[at + offset..at + offset + length]);
    assert_eq!((thumbnail.metadata.width, thumbnail.metadata.height), (Some(160), Some(120)));
}
