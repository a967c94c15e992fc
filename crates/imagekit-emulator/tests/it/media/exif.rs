//! EXIF by groups, in both byte orders.

use imagekit_emulator::media::exif::Exif;
use imagekit_emulator::media::inspect;
use serde_json::{Value, json};

use super::fixtures::{Block, Values, jpeg, picture, with_exif};

/// What a camera writes: IFD0, IFD1, Exif, GPS, interoperability.
fn camera(big: bool) -> Block {
    use Values::*;
    let image = vec![
        (0x010f, Ascii(b"Canon\0")),
        (0x0110, Ascii(b"Canon EOS 40D\0")),
        (0x0112, Short(vec![6])),
        (0x011a, Rational(vec![[72, 1]])),
        (0x011b, Rational(vec![[721, 10]])),
        (0x0128, Short(vec![2])),
        (0x0132, Ascii(b"2008:07:31 10:38:11\0")),
        (0x013b, Ascii(b"                \0")),
        (0x02bc, Byte(b"<x/>".to_vec())),
        (0x5012, Short(vec![1])),
        (0x8298, Ascii(b"A. Photographer\0An Editor\0")),
        (0x8769, Directory(2)),
        (0x8825, Directory(3)),
        (0x9c9b, Byte("Tïtle\0".encode_utf16().flat_map(u16::to_le_bytes).collect())),
        (0xc5d8, Long(vec![1, 2])),
    ];
    let thumbnail =
        vec![(0x0103, Short(vec![6])), (0x0201, Long(vec![1090])), (0x0202, Long(vec![1378]))];
    let exif = vec![
        (0x829a, Rational(vec![[1, 160]])),
        (0x8827, Short(vec![100])),
        (0x9000, Undefined(b"0221".to_vec())),
        (0x9011, Ascii(b"+02:00\0")),
        (0x9101, Undefined(vec![1, 2, 3, 0])),
        (0x9204, SignedRational(vec![[-1, 3]])),
        (0x9214, Short(vec![10, 20, 30])),
        (0x927c, Undefined(vec![7; 100])),
        (0x9286, Undefined(b"ASCII\0\0\0a comment   ".to_vec())),
        (0x9290, Ascii(b"00\0")),
        (0xa001, Short(vec![65535])),
        (0xa002, Long(vec![4_000_000_000])),
        (0xa005, Directory(4)),
        (0xa301, Undefined(vec![1])),
        (0xa404, Rational(vec![[1, 0]])),
        (0xa436, Ascii(b"A title  \0")),
        (0xa432, Rational(vec![[24, 1], [70, 1], [0, 0], [28, 10]])),
        (0xea1c, Undefined(vec![0; 50])),
        (0xea1d, SignedLong(vec![-4])),
    ];
    let gps = vec![
        (0x0000, Byte(vec![2, 2, 0, 0])),
        (0x0001, Ascii(b"N\0")),
        (0x0002, Rational(vec![[47, 1], [33, 1], [1512, 100]])),
        (0x0005, Byte(vec![1])),
        (0x0007, Rational(vec![[19, 1], [14, 1], [7, 1]])),
        (0x001b, Undefined(b"ASCII\0\0\0GPS".to_vec())),
        (0x001d, Ascii(b"2008:10:23\0")),
    ];
    let interop = vec![(0x0001, Ascii(b"R98\0")), (0x0002, Undefined(b"0100".to_vec()))];
    Block { big, linked: true, directories: vec![image, thumbnail, exif, gps, interop] }
}

#[test]
fn groups_names_and_values_are_those_of_the_api() {
    for big in [false, true] {
        let mut file = jpeg(&picture(8, 6), 80);
        file = with_exif(&file, &camera(big).write());
        let metadata = serde_json::to_value(inspect(&file).metadata).unwrap();
        let mut exif = metadata["exif"].clone();
        for pointer in ["/image/ExifOffset", "/image/GPSInfo", "/exif/InteropOffset"] {
            let offset = exif.pointer_mut(pointer).unwrap().take();
            assert!(offset.as_u64().unwrap() > 8, "{pointer}: {offset}");
        }
        let expected = json!({
            "image": {
                "Make": "Canon", "Model": "Canon EOS 40D", "Orientation": 6, "XResolution": 72,
                "YResolution": 72.1, "ResolutionUnit": 2, "ModifyDate": "2008:07:31 10:38:11",
                "Artist": "                ", "Copyright": "A. Photographer\nAn Editor",
                "XPTitle": [84, 0, 239, 0, 116, 0, 108, 0, 101, 0, 0, 0],
                "ApplicationNotes": [60, 120, 47, 62], "ExifOffset": null, "GPSInfo": null,
            },
            "thumbnail": { "Compression": 6, "ThumbnailOffset": 1090, "ThumbnailLength": 1378 },
            "exif": {
                "ExposureTime": 0.00625, "ISO": 100, "ExifVersion": "0221",
                "ComponentsConfiguration": "\u{1}\u{2}\u{3}\0", "SceneType": "\u{1}",
                "ExposureCompensation": -1.0 / 3.0, "SubjectArea": [10, 20, 30],
                "UserComment": "a comment   ", "SubSecTime": "00", "ColorSpace": 65535,
                "ExifImageWidth": 4_000_000_000_u32, "InteropOffset": null,
                "DigitalZoomRatio": null, "LensInfo": [24, 70, null, 2.8], "OffsetSchema": -4,
            },
            "gps": {
                "GPSVersionID": [2, 2, 0, 0], "GPSLatitudeRef": "N",
                "GPSLatitude": [47, 33, 15.12], "GPSAltitudeRef": 1,
                "GPSTimeStamp": [19, 14, 7], "GPSProcessingMethod": "GPS",
                "GPSDateStamp": "2008:10:23",
            },
            "interoperability": { "InteropIndex": "R98", "InteropVersion": "0100" },
            "makernote": {},
        });
        assert_eq!(exif, expected, "big-endian: {big}");
    }
}

#[test]
fn a_quarter_turn_swaps_width_and_height() {
    let plain = jpeg(&picture(32, 20), 80);
    for orientation in 0..=9 {
        let directory = vec![(0x0112, Values::Short(vec![orientation]))];
        let block = Block { big: true, linked: false, directories: vec![directory] };
        let metadata = inspect(&with_exif(&plain, &block.write())).metadata;
        let expected = if (5..=8).contains(&orientation) { (20, 32) } else { (32, 20) };
        assert_eq!((metadata.width, metadata.height), (Some(expected.0), Some(expected.1)));
    }
}

#[test]
fn density_is_exifs_then_the_containers_then_72() {
    let plain = jpeg(&picture(8, 8), 80);
    let density = |unit: Option<u16>| {
        let mut directory = vec![(0x011a, Values::Rational(vec![[100, 1]]))];
        directory.extend(unit.map(|unit| (0x0128, Values::Short(vec![unit]))));
        let block = Block { big: false, linked: false, directories: vec![directory] };
        inspect(&with_exif(&plain, &block.write())).metadata.density
    };
    assert_eq!(density(None), Some(100));
    assert_eq!(density(Some(2)), Some(100));
    assert_eq!(density(Some(3)), Some(254));
    assert_eq!(density(Some(1)), Some(72));
    assert_eq!(inspect(&plain).metadata.density, Some(72));
}

#[test]
fn a_cut_off_block_gives_what_is_there() {
    let whole = camera(false).write();
    let complete = Exif::read(&whole).unwrap();
    for length in 0..whole.len() {
        let Some(part) = Exif::read(&whole[..length]) else {
            assert!(length < 8);
            continue;
        };
        // Never anything that the whole block does not have.
        for (name, value) in part.image {
            assert_eq!(complete.image[&name], value);
        }
        for (name, value) in part.exif {
            assert_eq!(complete.exif[&name], value);
        }
    }
    // The last directory missing costs that directory alone.
    let part = Exif::read(&whole[..whole.len() - 40]).unwrap();
    assert_eq!(part.image, complete.image);
    assert_eq!(part.exif, complete.exif);
}

#[test]
fn a_block_that_points_at_itself_ends() {
    let image = vec![
        (0x010f, Values::Ascii(b"loop\0")),
        (0x8769, Values::Directory(0)),
        (0x8825, Values::Directory(0)),
    ];
    let block = Block { big: true, linked: false, directories: vec![image] }.write();
    let exif = Exif::read(&block).unwrap();
    assert_eq!(exif.image["Make"], "loop");
    assert_eq!(exif.exif["Make"], "loop");
}

#[test]
fn much_from_little_is_refused() {
    // Every number of a tag, known ones among them, with the same 60,000 bytes.
    let mut block = b"II*\0\x08\0\0\0".to_vec();
    block.extend(u16::MAX.to_le_bytes());
    for tag in 0..u16::MAX {
        block.extend(tag.to_le_bytes());
        block.extend([1, 0]);
        block.extend(60_000u32.to_le_bytes());
        block.extend(0u32.to_le_bytes());
    }
    let shown: usize = Exif::read(&block).unwrap().image.values().map(elements).sum();
    assert!(shown > 0 && shown <= 1 << 20, "{shown}");
}

fn elements(value: &Value) -> usize {
    value.as_array().map_or(1, Vec::len)
}

#[test]
fn embedded_metadata_is_flat_and_readable() {
    let file = with_exif(&jpeg(&picture(8, 6), 80), &camera(true).write());
    let embedded = Value::Object(inspect(&file).embedded());
    for (name, value) in [
        ("Orientation", json!("Rotate 90 CW")),
        ("ResolutionUnit", json!("inches")),
        ("ColorSpace", json!("Uncalibrated")),
        ("ComponentsConfiguration", json!("Y,Cb,Cr,-")),
        ("ModifyDate", json!("2008-07-31T10:38:11.000Z")),
        ("GPSAltitudeRef", json!("Below Sea Level")),
        ("GPSLatitude", json!(47.5542)),
        ("InteropIndex", json!("R98")),
        ("ISO", json!(100)),
        ("OffsetTimeOriginal", json!("+02:00")),
        ("ImageTitle", json!("A title")),
        ("XPTitle", json!("Tïtle")),
        ("Artist", json!("")),
    ] {
        assert_eq!(embedded[name], value, "{name}");
    }
    let absent = [
        "ExifOffset",
        "GPSInfo",
        "InteropOffset",
        "ThumbnailOffset",
        "0xc5d8",
        "ApplicationNotes",
        "ExifImageWidth",
    ];
    for absent in absent {
        assert!(embedded.get(absent).is_none(), "{absent}");
    }
}
