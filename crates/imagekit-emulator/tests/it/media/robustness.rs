//! Nothing panics: on any bytes, on any damage.

use std::sync::LazyLock;

use image::ImageFormat;
use imagekit_emulator::media::exif::Exif;
use imagekit_emulator::media::{Inspection, inspect, sample_photo};
use proptest::prelude::*;
use proptest::sample::Index;

use super::boxes::{avif, mp4, webm};
use super::fixtures::{encoded, picture, with_chunk, with_exif, with_segment};

/// Looks at everything an inspection offers.
fn look(file: &[u8]) -> Inspection {
    let inspection = inspect(file);
    assert_eq!(inspection.metadata.size, file.len() as u64);
    serde_json::to_string(&inspection.metadata).unwrap();
    inspection.embedded();
    inspection
}

/// The start of the sample photo's EXIF block: every directory, not the whole thumbnail.
fn block() -> Vec<u8> {
    static BLOCK: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let photo = sample_photo();
        let at = photo.windows(4).position(|part| part == b"II*\0").unwrap();
        photo[at..at + 1000].to_vec()
    });
    BLOCK.clone()
}

fn damaged(mut file: Vec<u8>, changes: &[(Index, u8)], cut: Option<Index>) -> Vec<u8> {
    for (index, byte) in changes {
        let at = index.index(file.len());
        file[at] = *byte;
    }
    if let Some(cut) = cut {
        file.truncate(cut.index(file.len()));
    }
    file
}

fn damage() -> impl Strategy<Value = (Vec<(Index, u8)>, Option<Index>)> {
    let byte = prop_oneof![any::<u8>(), Just(0), Just(0xff), Just(0x7f)];
    (prop::collection::vec((any::<Index>(), byte), 0..8), any::<Option<Index>>())
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        look(&bytes);
    }

    #[test]
    fn any_bytes_behind_a_known_start(
        start in prop::sample::select(vec![
            &b"\xff\xd8\xff\xe1\x00\x40Exif\0\0II*\0\x08\0\0\0"[..],
            &b"\xff\xd8\xff\xed\x00\x40Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x20\x1c\x02"[..],
            &b"\xff\xd8\xff\xdb"[..],
            &b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..],
            &b"GIF89a"[..],
            &b"RIFF\xff\0\0\0WEBPVP8X\x0a\0\0\0"[..],
            &b"II*\0\x08\0\0\0"[..],
            &b"MM\0*\0\0\0\x08"[..],
            &b"<?xml <svg"[..],
            &b"<svg width='1"[..],
            &b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"[..],
            &b"\0\0\0\x14ftypavif\0\0\0\0mif1\0\0\0\x40meta\0\0\0\0"[..],
            &b"\0\0\0\x14ftypisom\0\0\0\0mp41\0\0\0\x40moov"[..],
            &b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\xff"[..],
            &b"\xff\xd8\xff\xe1\x01\x00http://ns.adobe.com/xap/1.0/\0<rdf:RDF "[..],
            &b"GIF89a\x01\0\x01\0\0\0\0\x21\xff\x0bXMP DataXMP"[..],
            &b"\x89PNG\r\n\x1a\n\0\0\0\xffzTXtRaw profile type exif\0\0"[..],
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        look(&[start, &bytes].concat());
    }

    #[test]
    fn damaged_exif((changes, cut) in damage()) {
        let block = damaged(block(), &changes, cut);
        Exif::read(&block);
        let file = [b"\xff\xd8\xff\xe1\x03\xf0Exif\0\0".as_slice(), &block].concat();
        look(&file);
    }

    #[test]
    fn damaged_images(
        format in prop::sample::select(vec![
            ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP,
            ImageFormat::Tiff, ImageFormat::Bmp,
        ]),
        (changes, cut) in damage(),
    ) {
        let mut file = encoded(&picture(24, 16), format);
        if format == ImageFormat::Jpeg {
            file = with_exif(&file, &block());
        }
        look(&damaged(file, &changes, cut));
    }

    #[test]
    fn damaged_containers(
        file in prop::sample::select(vec![avif(PACKET), mp4(b"isom", true), webm()]),
        (changes, cut) in damage(),
    ) {
        look(&damaged(file, &changes, cut));
    }

    #[test]
    fn damaged_packets((changes, cut) in damage()) {
        let packet = damaged(PACKET.to_vec(), &changes, cut);
        look(&with_segment(b"\xff\xd8", 0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", packet.as_slice()].concat()));
        look(&avif(&packet));
    }
}

const PACKET: &[u8] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>\
    <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
    xmlns:e='http://ns.adobe.com/exif/1.0/' e:FNumber='14/5' e:GPSLatitude='48,30.5N'>\
    <e:DateTimeOriginal>2019-10-16T19:01:03.5+01:00</e:DateTimeOriginal><e:Flash><rdf:Bag>\
    <rdf:li rdf:parseType='Resource'><e:Fired>True</e:Fired></rdf:li></rdf:Bag></e:Flash>\
    </rdf:Description></rdf:RDF></x:xmpmeta>";

/// Assertions of the decoder fail on some of these in builds that have them.
#[test]
fn any_byte_of_a_photo_may_be_wrong() {
    let file = encoded(&picture(24, 16), ImageFormat::Jpeg);
    for at in 0..file.len() {
        let mut file = file.clone();
        file[at] = 0xff;
        look(&file);
    }
}

/// Few bytes that claim much: decoding would take gigabytes, or minutes.
#[test]
fn claims_are_not_believed() {
    let bomb = miniz_bomb();
    let png = encoded(&picture(8, 8), ImageFormat::Png);
    for chunk in [b"zTXt", b"iCCP"] {
        let body = [b"Raw profile type exif\0\0", bomb.as_slice()].concat();
        let inspection = look(&with_chunk(&png, chunk, &body));
        assert!(inspection.metadata.p_hash.is_some());
        assert_eq!(inspection.embedded().len(), 2);
    }
    let packet = [b"XML:com.adobe.xmp\0\x01\0\0\0", bomb.as_slice()].concat();
    assert_eq!(look(&with_chunk(&png, b"iTXt", &packet)).embedded().len(), 2);
    // The side of an image that is never decoded, with a header of any depth.
    let mut wide = png.clone();
    wide[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    let metadata = look(&wide).metadata;
    assert_eq!((metadata.width, metadata.p_hash), (Some(0x7fff_ffff), None));
}

/// A file of a few kilobytes with millions of rows.
#[test]
fn rows_are_bounded() {
    let tall = |height: u32| {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 1, height);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&vec![0; height as usize]).unwrap();
        writer.finish().unwrap();
        look(&file).metadata
    };
    assert!(tall(1 << 15).p_hash.is_some());
    let metadata = tall((1 << 20) + 1);
    assert_eq!((metadata.height, metadata.p_hash), (Some((1 << 20) + 1), None));
}

/// 64 MiB of digits in a few dozen kilobytes.
fn miniz_bomb() -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(&vec![b'0'; 64 << 20], 1)
}
