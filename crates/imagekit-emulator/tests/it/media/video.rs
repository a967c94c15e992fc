//! Videos and audio by their containers, images by boxes.

use imagekit_emulator::media::inspect;
use serde_json::json;

use super::boxes::{avif, movie, mp4, webm};

#[test]
fn videos_have_size_duration_and_codecs() {
    for (file, format, mime, sides, codecs) in [
        (mp4(b"isom", false), "mp4", "video/mp4", (320, 180), ("h264", "aac")),
        (mp4(b"qt  ", true), "mov", "video/quicktime", (180, 320), ("h264", "aac")),
        (webm(), "webm", "video/webm", (320, 180), ("vp9", "opus")),
    ] {
        let inspection = inspect(&file);
        assert!(!inspection.is_image);
        assert_eq!(inspection.mime, mime);
        let expected = json!({
            "width": sides.0, "height": sides.1, "duration": 2, "size": file.len(),
            "bitRate": file.len() as u64 * 8 * 100 / 275, "format": format,
            "videoCodec": codecs.0, "audioCodec": codecs.1,
        });
        assert_eq!(serde_json::to_value(&inspection.metadata).unwrap(), expected);
        assert!(inspection.embedded().is_empty());
    }
}

#[test]
fn codecs_have_the_names_of_ffmpeg() {
    for (picture, sound, names) in [
        ((b"hev1", None), 0x69, ("hevc", "mp3")),
        ((b"mp4v", Some(0x20)), 0xa5, ("mpeg4", "ac3")),
        ((b"mp4v", Some(0x61)), 0x6b, ("mpeg2video", "mp3")),
        ((b"mp4v", Some(0x6a)), 0x40, ("mpeg1video", "aac")),
        ((b"rle ", None), 0x40, ("qtrle", "aac")),
        ((b"xyz9", None), 0x40, ("xyz9", "aac")),
    ] {
        let metadata = inspect(&movie(b"3gp4", false, picture, sound)).metadata;
        assert_eq!(metadata.format.as_deref(), Some("3gp"));
        let found = (metadata.video_codec.unwrap(), metadata.audio_codec.unwrap());
        assert_eq!((found.0.as_str(), found.1.as_str()), names);
    }
}

#[test]
fn an_avif_file_is_shown_as_its_box_turns_it() {
    let inspection = inspect(&avif(b"<x/>"));
    let metadata = &inspection.metadata;
    assert_eq!((inspection.mime.as_str(), inspection.has_alpha), ("image/avif", Some(true)));
    assert_eq!((metadata.width, metadata.height), (Some(9), Some(7)));
    assert_eq!(metadata.format.as_deref(), Some("avif"));
    // No decoder: nothing is said about pixels.
    assert_eq!((metadata.has_transparency, &metadata.p_hash), (None, &None));
    assert_eq!(metadata.exif.as_ref().unwrap().image["Make"], "AB");
    assert_eq!(inspection.embedded()["Make"], "AB");
}

#[test]
fn an_svg_has_the_size_of_its_root() {
    let file = b"<svg xmlns='http://www.w3.org/2000/svg' width='30' viewBox='0 0 3 2'><g/></svg>";
    let metadata = inspect(file).metadata;
    assert_eq!((metadata.width, metadata.height), (Some(30), Some(20)));
    assert_eq!(metadata.format.as_deref(), Some("svg"));
}
