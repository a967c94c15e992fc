//! Output formats.

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, Rgb, RgbImage, Rgba, RgbaImage};

use super::refusal::Refusal;
use super::syntax::Step;

/// The quality of a JPEG by default (the public docs).
const DEFAULT_QUALITY: u8 = 80;
/// How coarsely the colors of a GIF are chosen, 1 to 30.
const GIF_SPEED: i32 = 10;

/// How an image is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Output {
    format: Format,
    quality: u8,
    /// The format depends on the request's `Accept` header.
    pub(super) negotiated: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Jpeg,
    Png,
    WebP,
    Gif,
    /// PNG if a pixel is transparent, else JPEG.
    Either,
}

impl Output {
    /// Reads `f`, `q` and `lo`. `mime` is the type of the source, `accept` the request's header.
    pub(super) fn read(steps: &[Step], mime: &str, accept: &str) -> Result<Self, Refusal> {
        let last = |wanted| super::last(steps, wanted);
        let quality = last("q").map(|text| {
            let quality = text.parse::<u8>().ok().filter(|quality| (1..=100).contains(quality));
            quality.ok_or_else(|| Refusal::invalid("q", text))
        });
        let quality = quality.transpose()?;
        let lossless = last("lo") == Some("true");
        let lossy = quality.is_some() && !lossless;
        let own = match mime {
            "image/png" => Format::Png,
            "image/gif" => Format::Gif,
            "image/webp" => Format::WebP,
            "image/jpeg" => Format::Jpeg,
            _ => Format::Either,
        };
        let asked = last("f");
        let format = match asked {
            None | Some("orig") => own,
            // Only lossless WebP can be written: a quality asks for another format.
            Some("auto") if accepts_webp(accept) && !lossy => Format::WebP,
            Some("auto") if own == Format::WebP => Format::Either,
            Some("auto") => own,
            Some("jpg" | "jpeg") => Format::Jpeg,
            Some("png") => Format::Png,
            Some("webp") => Format::WebP,
            Some("gif") => Format::Gif,
            Some(other @ ("avif" | "svg" | "mp4" | "webm")) => {
                return Err(Refusal::unsupported("f", other));
            }
            Some(other) => return Err(Refusal::invalid("f", other)),
        };
        if format == Format::WebP && lossy {
            return Err(Refusal::Unsupported(
                "the transformation parameter `q` for WebP, which it writes without loss only \
                 (`lo-true`)"
                    .to_owned(),
            ));
        }
        let quality = quality.unwrap_or(DEFAULT_QUALITY);
        Ok(Self { format, quality, negotiated: asked == Some("auto") })
    }

    /// Writes an image; returns its bytes and their type.
    pub(super) fn write(self, image: RgbaImage) -> Result<(Vec<u8>, &'static str), Refusal> {
        let failed = || Refusal::Invalid("The image cannot be written in this format.".to_owned());
        let (width, height) = image.dimensions();
        let mut bytes = Vec::new();
        let opaque = image.pixels().all(|Rgba([.., alpha])| *alpha == 255);
        let mime = match (self.format, opaque) {
            (Format::Jpeg, _) | (Format::Either, true) => {
                let image = on_white(image);
                let encoder = JpegEncoder::new_with_quality(&mut bytes, self.quality);
                image.write_with_encoder(encoder).map_err(|_| failed())?;
                "image/jpeg"
            }
            (Format::Png | Format::Either, opaque) => {
                write_png(image, opaque, &mut bytes).map_err(|_| failed())?;
                "image/png"
            }
            (Format::WebP, _) => {
                let encoder = WebPEncoder::new_lossless(&mut bytes);
                let color = ExtendedColorType::Rgba8;
                encoder.encode(&image, width, height, color).map_err(|_| failed())?;
                "image/webp"
            }
            (Format::Gif, _) => {
                let mut encoder = GifEncoder::new_with_speed(Cursor::new(&mut bytes), GIF_SPEED);
                let color = ExtendedColorType::Rgba8;
                encoder.encode(&image, width, height, color).map_err(|_| failed())?;
                drop(encoder);
                "image/gif"
            }
        };
        Ok((bytes, mime))
    }
}

/// Whether an `Accept` header names WebP with a weight other than 0 (RFC 9110).
fn accepts_webp(accept: &str) -> bool {
    accept.split(',').any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let is_webp = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("image/webp"));
        let refused = parts.filter_map(|part| part.split_once('=')).any(|(name, value)| {
            let weight = value.trim().parse::<f64>();
            name.trim().eq_ignore_ascii_case("q") && weight.is_ok_and(|weight| weight <= 0.0)
        });
        is_webp && !refused
    })
}

/// JPEG has no transparency: what is transparent becomes white.
fn on_white(image: RgbaImage) -> RgbImage {
    let mut opaque = RgbImage::new(image.width(), image.height());
    for (out, Rgba([r, g, b, a])) in opaque.pixels_mut().zip(image.pixels()) {
        let alpha = u32::from(*a);
        let mixed =
            |value: &u8| ((u32::from(*value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        *out = Rgb([mixed(r), mixed(g), mixed(b)]);
    }
    opaque
}

fn write_png(
    image: RgbaImage,
    opaque: bool,
    bytes: &mut Vec<u8>,
) -> Result<(), png::EncodingError> {
    let mut encoder = png::Encoder::new(bytes, image.width(), image.height());
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    let mut writer = encoder.write_header()?;
    if opaque {
        writer.write_image_data(on_white(image).as_raw())
    } else {
        writer.write_image_data(image.as_raw())
    }
}
