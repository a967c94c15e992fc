//! Output formats and quality.

use image::{Rgba, RgbaImage};
use imagekit_emulator::media;

use super::picture::{emulator, get, get_with, header, png};

#[test]
fn formats_are_those_asked_for() {
    let emulator = emulator();
    for (path, accept, mime) in [
        ("/photo.jpg?tr=w-20", "", "image/jpeg"),
        ("/four.png?tr=w-20", "image/webp", "image/png"),
        ("/photo.jpg?tr=w-20,f-png", "", "image/png"),
        ("/four.png?tr=w-20,f-jpg", "", "image/jpeg"),
        ("/four.png?tr=w-20,f-jpeg", "", "image/jpeg"),
        ("/four.png?tr=w-20,f-webp", "", "image/webp"),
        ("/four.png?tr=w-20,f-webp,q-50,lo-true", "", "image/webp"),
        ("/four.png?tr=w-20,f-gif", "", "image/gif"),
        ("/four.png?tr=f-webp:w-20", "", "image/webp"),
        ("/four.png?tr=w-20,f-orig", "image/webp", "image/png"),
        ("/photo.jpg?tr=w-20,f-auto", "image/avif,image/webp,*/*;q=0.8", "image/webp"),
        ("/photo.jpg?tr=w-20,f-auto,q-50", "image/webp", "image/jpeg"),
        ("/photo.jpg?tr=w-20,f-auto", "image/*", "image/jpeg"),
        ("/photo.jpg?tr=w-20,f-auto", "image/webp;q=0", "image/jpeg"),
        ("/photo.jpg?tr=w-20,f-auto", "image/png, image/webp ; v=1 ; Q=0.000", "image/jpeg"),
        ("/photo.jpg?tr=w-20,f-auto", "image/webp2", "image/jpeg"),
        ("/photo.jpg?tr=w-20,f-auto", "image/jpeg;q=0,Image/WebP;q=0.1", "image/webp"),
    ] {
        let response = get_with(&emulator, path, &[("accept", accept)]);
        assert_eq!((response.status().as_u16(), header(&response, "content-type")), (200, mime));
        let inspected = media::inspect(response.body());
        assert_eq!((inspected.mime.as_str(), inspected.metadata.width), (mime, Some(20)), "{path}");
        assert_eq!(header(&response, "vary") == "Accept", path.contains("f-auto"), "{path}");
    }
}

#[test]
fn a_low_quality_is_small() {
    let emulator = emulator();
    let size = |quality: &str| get(&emulator, &format!("/photo.jpg?tr=q-{quality}")).body().len();
    assert!(size("10") < size("50") && size("50") < size("95"));
    assert_eq!(
        get(&emulator, "/photo.jpg?tr=q-80").body(),
        get(&emulator, "/photo.jpg?tr=pr-true").body()
    );
}

#[test]
fn transparency_is_kept_where_the_format_has_it() {
    let emulator = emulator();
    let half = RgbaImage::from_fn(8, 8, |x, _| Rgba([10, 200, 30, if x < 4 { 255 } else { 0 }]));
    emulator.put("/half.png", png(&half)).unwrap();
    for (format, transparent) in [("png", true), ("webp", true), ("gif", true), ("jpg", false)] {
        let response = get(&emulator, &format!("/half.png?tr=w-8,f-{format}"));
        let image = super::picture::decoded(response.body());
        assert_eq!(image.get_pixel(7, 4).0[3] == 0, transparent, "{format}");
        assert_eq!(image.get_pixel(0, 4).0[3], 255, "{format}");
    }
}

#[test]
fn pictures_are_turned_upright() {
    // The sample photo with EXIF orientation 6 lies on its side.
    let mut photo = media::sample_photo();
    let tag = photo
        .windows(4)
        .position(|bytes| bytes == [0x01, 0x12, 0x00, 0x03] || bytes == [0x12, 0x01, 0x03, 0x00])
        .unwrap();
    let value = tag + 8;
    let at = if photo[value] == 0 { value + 1 } else { value };
    photo[at] = 6;
    let emulator = emulator();
    emulator.put("/turned.jpg", photo).unwrap();
    let response = get(&emulator, "/turned.jpg?tr=w-24");
    let metadata = media::inspect(response.body()).metadata;
    assert_eq!((metadata.width, metadata.height), (Some(24), Some(32)));
}
