//! MP4, MOV and M4A: the tracks of the `moov` box.

mod fragments;

use super::boxes::{Box, boxes, child, descend, full};
use super::{Video, be16, be32, be64};

/// Most tracks that are looked at.
const MAX_TRACKS: usize = 64;

/// The fixed fields of the sample entries of sound and of pictures, in bytes.
const SOUND: usize = 28;
const PICTURE: usize = 78;

/// Reads the movie header and the first track of either kind.
pub(super) fn video(bytes: &[u8]) -> Video {
    let mut video = Video::default();
    let Some(movie) = child(bytes, b"moov") else { return video };
    video.seconds = seconds(movie).or_else(|| fragments::seconds(bytes, movie));
    let tracks = boxes(movie).filter(|found| found.kind == *b"trak").take(MAX_TRACKS);
    for track in tracks.map(|track| track.body) {
        let Some(media) = child(track, b"mdia") else { continue };
        let handler = child(media, b"hdlr").and_then(full).and_then(|(_, _, body)| body.get(4..8));
        let entry = descend(media, &[b"minf", b"stbl", b"stsd"]).and_then(full);
        // A number of entries, then the entries.
        let entry = entry.and_then(|(_, _, body)| boxes(body.get(4..)?).next());
        match (handler, entry) {
            (Some(b"vide" | b"pict"), Some(entry)) if video.dimensions.is_none() => {
                video.dimensions = dimensions(track, entry);
                video.video_codec = Some(video_codec(entry));
            }
            (Some(b"soun"), Some(entry)) if video.audio_codec.is_none() => {
                video.audio_codec = Some(audio_codec(entry));
            }
            _ => {}
        }
    }
    video
}

/// The duration by the movie header, in a fragmented file by `mehd`.
fn seconds(movie: &[u8]) -> Option<f64> {
    let (version, _, header) = child(movie, b"mvhd").and_then(full)?;
    let (scale, duration) = match version {
        1 => (be32(header, 16)?, be64(header, 20)?),
        _ => (be32(header, 8)?, be32(header, 12)?.into()),
    };
    let fragments = || {
        let (version, _, body) = descend(movie, &[b"mvex", b"mehd"]).and_then(full)?;
        if version == 1 { be64(body, 0) } else { be32(body, 0).map(u64::from) }
    };
    // All bits set mean that it is not known.
    let known = |duration: &u64| ![0, u64::from(u32::MAX), u64::MAX].contains(duration);
    let duration = Some(duration).filter(known).or_else(|| fragments().filter(known))?;
    (scale > 0).then(|| duration as f64 / f64::from(scale))
}

/// The size of the coded picture, its sides swapped where the track is turned by a quarter.
fn dimensions(track: &[u8], entry: Box<'_>) -> Option<(u32, u32)> {
    let coded = be16(entry.body, 24).zip(be16(entry.body, 26));
    let (version, _, header) = child(track, b"tkhd").and_then(full)?;
    let matrix = if version == 1 { 48 } else { 36 };
    // 16.16 fixed-point numbers behind the nine of the matrix.
    let stated = be32(header, matrix + 36).zip(be32(header, matrix + 40));
    let stated = stated.map(|(width, height)| (width >> 16, height >> 16));
    let coded = coded.map(|(width, height)| (width.into(), height.into()));
    let (width, height) = coded.filter(|(w, h)| *w > 0 && *h > 0).or(stated)?;
    let turned = be32(header, matrix) == Some(0) && be32(header, matrix + 4) != Some(0);
    Some(if turned { (height, width) } else { (width, height) })
}

/// FFmpeg's name of a sample entry; an unknown one goes by its own four characters.
fn video_codec(entry: Box<'_>) -> String {
    let name = match &entry.kind {
        b"avc1" | b"avc3" => "h264",
        b"hvc1" | b"hev1" | b"dvh1" | b"dvhe" => "hevc",
        b"vp08" => "vp8",
        b"vp09" => "vp9",
        b"av01" => "av1",
        // The object type tells older codecs from MPEG-4's own.
        b"mp4v" => match object_type(entry.body, PICTURE) {
            Some(0x60..=0x65) => "mpeg2video",
            Some(0x6a) => "mpeg1video",
            Some(0x6c) => "mjpeg",
            _ => "mpeg4",
        },
        b"s263" | b"h263" => "h263",
        b"jpeg" | b"mjpa" | b"mjpb" => "mjpeg",
        b"AVdn" | b"AVdh" => "dnxhd",
        b"rle " => "qtrle",
        b"apcn" | b"apch" | b"apcs" | b"apco" | b"ap4h" | b"ap4x" => "prores",
        _ => return four_characters(entry.kind),
    };
    name.to_owned()
}

fn audio_codec(entry: Box<'_>) -> String {
    let name = match &entry.kind {
        // The object type in the decoder configuration distinguishes MP3 from AAC.
        b"mp4a" => match object_type(entry.body, SOUND) {
            Some(0x69 | 0x6b) => "mp3",
            Some(0xa5) => "ac3",
            Some(0xa6) => "eac3",
            Some(0xdd) => "vorbis",
            _ => "aac",
        },
        b".mp3" => "mp3",
        b"Opus" => "opus",
        b"fLaC" => "flac",
        b"alac" => "alac",
        b"ac-3" => "ac3",
        b"ec-3" => "eac3",
        b"samr" => "amr_nb",
        b"sawb" => "amr_wb",
        b"sowt" => "pcm_s16le",
        b"twos" => "pcm_s16be",
        b"ima4" => "adpcm_ima_qt",
        b"ulaw" => "pcm_mulaw",
        b"alaw" => "pcm_alaw",
        _ => return four_characters(entry.kind),
    };
    name.to_owned()
}

/// The object type of the `esds` box: the byte behind the header of the decoder configuration
/// descriptor (tag 4), which is in the elementary stream descriptor (tag 3). The boxes of the
/// sample entry begin at `at`.
fn object_type(entry: &[u8], at: usize) -> Option<u8> {
    let descriptors = child(entry.get(at..)?, b"esds").and_then(full)?.2;
    let stream = descriptor(descriptors, 3)?;
    let flags = stream.get(2)?;
    let mut at = 3;
    if flags & 0x80 != 0 {
        at += 2; // the stream it depends on
    }
    if flags & 0x40 != 0 {
        at += 1 + usize::from(*stream.get(at)?); // a URL
    }
    if flags & 0x20 != 0 {
        at += 2; // a clock reference
    }
    descriptor(stream.get(at..)?, 4)?.first().copied()
}

/// The content of a descriptor: a tag, a length in up to four groups of seven bits, the content.
fn descriptor(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    let (first, rest) = bytes.split_first()?;
    let length = rest.iter().take(4).take_while(|byte| **byte & 0x80 != 0).count() + 1;
    (*first == tag).then(|| rest.get(length..)).flatten()
}

fn four_characters(kind: [u8; 4]) -> String {
    let kind = String::from_utf8_lossy(&kind);
    kind.chars().filter(char::is_ascii_graphic).collect()
}
