//! WebM and Matroska: EBML elements, of which the first few say everything.

use super::{Video, array};

/// The lists of elements that are entered; the others are skipped as a whole.
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_a966;
const TIMESTAMP_SCALE: u32 = 0x002a_d7b1;
const DURATION: u32 = 0x4489;
const TRACKS: u32 = 0x1654_ae6b;
const TRACK_ENTRY: u32 = 0xae;
const TRACK_TYPE: u32 = 0x83;
const CODEC_ID: u32 = 0x86;
const VIDEO: u32 = 0xe0;
const PIXEL_WIDTH: u32 = 0xb0;
const PIXEL_HEIGHT: u32 = 0xba;
/// Most tracks that are looked at.
const MAX_TRACKS: usize = 64;
/// Nanoseconds of a tick when the file does not say.
const DEFAULT_SCALE: u64 = 1_000_000;

/// Reads the segment's information and the first track of either kind.
pub(super) fn video(bytes: &[u8]) -> Video {
    let mut video = Video::default();
    let Some(segment) = child(bytes, SEGMENT) else { return video };
    if let Some(info) = child(segment, INFO) {
        let scale = child(info, TIMESTAMP_SCALE).and_then(unsigned).unwrap_or(DEFAULT_SCALE);
        let ticks = child(info, DURATION).and_then(float).filter(|ticks| *ticks > 0.0);
        video.seconds = ticks.map(|ticks| ticks * scale as f64 / 1e9);
    }
    let tracks = child(segment, TRACKS).unwrap_or_default();
    let tracks = elements(tracks).filter(|(id, _)| *id == TRACK_ENTRY).take(MAX_TRACKS);
    for (_, track) in tracks {
        let codec = child(track, CODEC_ID).map(codec);
        match child(track, TRACK_TYPE).and_then(unsigned) {
            Some(1) if video.dimensions.is_none() => {
                let picture = child(track, VIDEO).unwrap_or_default();
                let side = |id| u32::try_from(child(picture, id).and_then(unsigned)?).ok();
                video.dimensions = side(PIXEL_WIDTH).zip(side(PIXEL_HEIGHT));
                video.video_codec = codec;
            }
            Some(2) if video.audio_codec.is_none() => video.audio_codec = codec,
            _ => {}
        }
    }
    video
}

/// The elements that stand one behind the other. One of unknown size, as live streams have
/// them, goes on to the end.
fn elements(mut bytes: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        // The leading zero bits of the first byte tell the length of a number.
        let width = bytes.first()?.leading_zeros() as usize + 1;
        let id = bytes.get(..width).filter(|id| id.len() <= 4)?;
        let id = id.iter().fold(0, |value, byte| value << 8 | u32::from(*byte));
        let rest = bytes.get(width..)?;
        let width = rest.first()?.leading_zeros() as usize + 1;
        let size = rest.get(..width).filter(|size| size.len() <= 8)?;
        let size = size.iter().fold(0, |value, byte| value << 8 | u64::from(*byte));
        let mask = (1u64 << (7 * width)) - 1;
        let size = match size & mask {
            unknown if unknown == mask => usize::MAX,
            size => usize::try_from(size).unwrap_or(usize::MAX),
        };
        let rest = rest.get(width..)?;
        let (body, rest) = rest.split_at(size.min(rest.len()));
        bytes = rest;
        Some((id, body))
    })
}

fn child(bytes: &[u8], wanted: u32) -> Option<&[u8]> {
    elements(bytes).find(|(id, _)| *id == wanted).map(|(_, body)| body)
}

fn unsigned(body: &[u8]) -> Option<u64> {
    (body.len() <= 8).then(|| body.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

fn float(body: &[u8]) -> Option<f64> {
    match body.len() {
        4 => array(body, 0).map(|bytes| f32::from_be_bytes(bytes).into()),
        8 => array(body, 0).map(f64::from_be_bytes),
        _ => None,
    }
}

/// FFmpeg's name of a codec; an unknown one goes by its own identifier in lower case.
fn codec(id: &[u8]) -> String {
    let id = String::from_utf8_lossy(id);
    let id = id.trim_end_matches('\0');
    let name = match id {
        "V_MPEG4/ISO/AVC" => "h264",
        "V_MPEGH/ISO/HEVC" => "hevc",
        "V_MPEG4/ISO/SP" | "V_MPEG4/ISO/ASP" | "V_MPEG4/ISO/AP" => "mpeg4",
        "A_MPEG/L3" => "mp3",
        "A_PCM/INT/LIT" => "pcm_s16le",
        _ if id.starts_with("A_AAC") => "aac",
        _ => return id.trim_start_matches(['V', 'A']).trim_start_matches('_').to_lowercase(),
    };
    name.to_owned()
}
