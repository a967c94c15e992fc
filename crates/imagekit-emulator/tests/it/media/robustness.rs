//! Nothing panics: on any bytes, on any damage.

use std::sync::LazyLock;

use image::ImageFormat;
use imagekit_emulator::media::exif::Exif;
use imagekit_emulator::media::{Inspection, inspect, sample_photo};
use proptest::prelude::*;
use proptest::sample::Index;

use super::fixtures::{encoded, picture, with_exif};

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
        ]),
        (changes, cut) in damage(),
    ) {
        let mut file = encoded(&picture(24, 16), format);
        if format == ImageFormat::Jpeg {
            file = with_exif(&file, &block());
        }
        look(&damaged(file, &changes, cut));
    }
}
