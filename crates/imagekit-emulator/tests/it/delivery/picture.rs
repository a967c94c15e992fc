//! Pictures that the tests transform, and a look at the results.

use std::sync::LazyLock;

use bytes::Bytes;
use http::{Request, Response};
use image::{Rgba, RgbaImage};
use imagekit_emulator::{Emulator, media};

pub(super) const RED: [u8; 4] = [255, 0, 0, 255];
pub(super) const GREEN: [u8; 4] = [0, 255, 0, 255];
pub(super) const BLUE: [u8; 4] = [0, 0, 255, 255];
pub(super) const WHITE: [u8; 4] = [255, 255, 255, 255];
pub(super) const BLACK: [u8; 4] = [0, 0, 0, 255];
pub(super) const CLEAR: u8 = 0;

static PHOTO: LazyLock<Bytes> = LazyLock::new(|| media::sample_photo().into());
/// For tests that change nothing.
pub(super) static UNCHANGED: LazyLock<Emulator> = LazyLock::new(emulator);

/// An emulator with `/four.png`, 40 by 20: red and green above blue and white; `/dot.png`, 4 by 4
/// pixels of red; and `/photo.jpg`, 640 by 480.
pub(super) fn emulator() -> Emulator {
    let emulator = Emulator::new();
    let four = RgbaImage::from_fn(40, 20, |x, y| {
        Rgba(match (x < 20, y < 10) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => WHITE,
        })
    });
    emulator.put("/four.png", png(&four)).unwrap();
    emulator.put("/dot.png", png(&RgbaImage::from_pixel(4, 4, Rgba(RED)))).unwrap();
    emulator.put("/photo.jpg", PHOTO.clone()).unwrap();
    emulator
}

pub(super) fn png(image: &RgbaImage) -> Bytes {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, image.width(), image.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(image.as_raw()).unwrap();
    bytes.into()
}

/// A request for a path below the URL endpoint, with headers.
pub(super) fn get_with(
    emulator: &Emulator,
    path: &str,
    headers: &[(&str, &str)],
) -> Response<Bytes> {
    request(emulator, "GET", path, headers)
}

pub(super) fn request(
    emulator: &Emulator,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
) -> Response<Bytes> {
    let mut request = Request::builder().method(method).uri(format!("/demo{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    emulator.respond(request.body(Bytes::new()).unwrap())
}

pub(super) fn get(emulator: &Emulator, path: &str) -> Response<Bytes> {
    get_with(emulator, path, &[])
}

/// `/four.png`, transformed.
pub(super) fn four(transformation: &str) -> RgbaImage {
    of("four.png", transformation)
}

/// A file, transformed.
pub(super) fn of(name: &str, transformation: &str) -> RgbaImage {
    let response = get(&UNCHANGED, &format!("/{name}?tr={transformation}"));
    let text = || String::from_utf8_lossy(response.body());
    assert_eq!(response.status(), 200, "{transformation}: {}", text());
    decoded(response.body())
}

/// Decodes PNG, which these tests ask for, or another format.
pub(super) fn decoded(bytes: &[u8]) -> RgbaImage {
    if !bytes.starts_with(b"\x89PNG") {
        return image::load_from_memory(bytes).unwrap().into_rgba8();
    }
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let rgba: Vec<u8> = match info.color_type {
        png::ColorType::Rgba => pixels,
        png::ColorType::Rgb => {
            pixels.chunks(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect()
        }
        other => panic!("{other:?}"),
    };
    RgbaImage::from_raw(info.width, info.height, rgba).unwrap()
}

pub(super) fn at(image: &RgbaImage, x: u32, y: u32) -> [u8; 4] {
    image.get_pixel(x, y).0
}

pub(super) fn header<'a>(response: &'a Response<Bytes>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}
