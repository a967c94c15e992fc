//! Image files and EXIF blocks made to order.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ColorType, DynamicImage, ImageFormat, Rgb, RgbImage};

/// A small picture with some structure.
pub(crate) fn picture(width: u32, height: u32) -> DynamicImage {
    let image = RgbImage::from_fn(width, height, |x, y| {
        let disc = u8::from((x * 2).abs_diff(width) + (y * 3).abs_diff(height) < height) * 90;
        Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8 / 2 + disc, 60 + disc])
    });
    DynamicImage::ImageRgb8(image)
}

pub(crate) fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    if format == ImageFormat::Png {
        return png(image);
    }
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn png(image: &DynamicImage) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, image.width(), image.height());
    let (colour, depth) = match image.color() {
        ColorType::La8 => (png::ColorType::GrayscaleAlpha, png::BitDepth::Eight),
        ColorType::Rgba8 => (png::ColorType::Rgba, png::BitDepth::Eight),
        ColorType::Rgb16 => (png::ColorType::Rgb, png::BitDepth::Sixteen),
        _ => (png::ColorType::Rgb, png::BitDepth::Eight),
    };
    encoder.set_color(colour);
    encoder.set_depth(depth);
    let mut pixels = image.as_bytes().to_vec();
    if depth == png::BitDepth::Sixteen {
        pixels.chunks_exact_mut(2).for_each(|pair| {
            let value = u16::from_ne_bytes([pair[0], pair[1]]);
            pair.copy_from_slice(&value.to_be_bytes());
        });
    }
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    file
}

pub(crate) fn jpeg(image: &DynamicImage, quality: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut file, quality);
    image.to_rgb8().write_with_encoder(encoder).unwrap();
    file
}

/// Puts a marker segment right behind the start of a JPEG.
pub(crate) fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, body, &jpeg[2..]].concat()
}

pub(crate) fn with_exif(jpeg: &[u8], block: &[u8]) -> Vec<u8> {
    with_segment(jpeg, 0xe1, &[b"Exif\0\0", block].concat())
}

/// Puts a chunk behind the header of a PNG. Its checksum is not worked out: ancillary chunks
/// with a wrong one are skipped by the decoder.
pub(crate) fn with_chunk(png: &[u8], name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&png[..33], &length, name, body, &[0; 4], &png[33..]].concat()
}

/// Values of one tag, still without a byte order.
#[derive(Clone)]
pub(crate) enum Values {
    Byte(Vec<u8>),
    Ascii(&'static [u8]),
    Short(Vec<u16>),
    Long(Vec<u32>),
    Rational(Vec<[u32; 2]>),
    Undefined(Vec<u8>),
    SignedLong(Vec<i32>),
    SignedRational(Vec<[i32; 2]>),
    /// An offset of the directory with this index.
    Directory(usize),
}

/// An EXIF block as a list of directories; the second is IFD1 if `linked`.
pub(crate) struct Block {
    pub(crate) big: bool,
    pub(crate) linked: bool,
    pub(crate) directories: Vec<Vec<(u16, Values)>>,
}

impl Block {
    /// Lays the directories out one behind the other, each with its values after it.
    pub(crate) fn write(&self) -> Vec<u8> {
        // The layout does not depend on the offsets, so the first pass only measures.
        let zeros = vec![0; self.directories.len()];
        let (_, offsets) = self.pass(&zeros);
        self.pass(&offsets).0
    }

    fn pass(&self, offsets: &[usize]) -> (Vec<u8>, Vec<usize>) {
        let mut block = if self.big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
        block.extend(self.long(8));
        let mut found = Vec::new();
        for (index, directory) in self.directories.iter().enumerate() {
            let start = block.len();
            found.push(start);
            let mut outside = Vec::new();
            let values_at = start + 2 + directory.len() * 12 + 4;
            block.extend(self.short(directory.len()));
            for (tag, values) in directory {
                let (kind, size, bytes) = self.bytes(values, offsets);
                block.extend(self.short(usize::from(*tag)));
                block.extend(self.short(kind));
                block.extend(self.long(bytes.len() / size));
                if bytes.len() > 4 {
                    block.extend(self.long(values_at + outside.len()));
                    outside.extend(bytes);
                } else {
                    block.extend(bytes.iter().copied().chain([0; 4]).take(4));
                }
            }
            let next = if index == 0 && self.linked { offsets[1] } else { 0 };
            block.extend(self.long(next));
            block.extend(outside);
        }
        (block, found)
    }

    fn bytes(&self, values: &Values, offsets: &[usize]) -> (usize, usize, Vec<u8>) {
        let long = |value: u32| if self.big { value.to_be_bytes() } else { value.to_le_bytes() };
        match values {
            Values::Byte(bytes) => (1, 1, bytes.clone()),
            Values::Ascii(text) => (2, 1, text.to_vec()),
            Values::Short(values) => {
                (3, 2, values.iter().flat_map(|v| self.short((*v).into())).collect())
            }
            Values::Long(values) => (4, 4, values.iter().flat_map(|v| long(*v)).collect()),
            Values::Rational(values) => {
                (5, 8, values.iter().flatten().flat_map(|v| long(*v)).collect())
            }
            Values::Undefined(bytes) => (7, 1, bytes.clone()),
            Values::SignedLong(values) => {
                (9, 4, values.iter().flat_map(|v| long(*v as u32)).collect())
            }
            Values::SignedRational(values) => {
                (10, 8, values.iter().flatten().flat_map(|v| long(*v as u32)).collect())
            }
            Values::Directory(index) => (4, 4, self.long(offsets[*index]).to_vec()),
        }
    }

    fn short(&self, value: usize) -> [u8; 2] {
        let value = u16::try_from(value).unwrap();
        if self.big { value.to_be_bytes() } else { value.to_le_bytes() }
    }

    fn long(&self, value: usize) -> [u8; 4] {
        let value = u32::try_from(value).unwrap();
        if self.big { value.to_be_bytes() } else { value.to_le_bytes() }
    }
}
