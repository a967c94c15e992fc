//! The duration of a file in fragments whose header was written before they were.

use super::super::be32;
use super::super::boxes::{Reader, boxes, child, descend, full};

/// Most tracks that are looked at.
const MAX_TRACKS: usize = 64;

/// A track: its number, ticks per second, the default duration of a sample, ticks so far.
struct Track {
    id: u32,
    scale: u32,
    default: u32,
    ticks: u64,
}

/// The longest track's sum of sample durations, in seconds.
pub(super) fn seconds(file: &[u8], movie: &[u8]) -> Option<f64> {
    let mut tracks = tracks(movie);
    let fragments = boxes(file).filter(|found| found.kind == *b"moof");
    for part in fragments.flat_map(|fragment| boxes(fragment.body)) {
        if part.kind == *b"traf" {
            add(&mut tracks, part.body);
        }
    }
    let seconds = tracks.iter().filter(|track| track.scale > 0 && track.ticks > 0);
    seconds.map(|track| track.ticks as f64 / f64::from(track.scale)).max_by(f64::total_cmp)
}

fn tracks(movie: &[u8]) -> Vec<Track> {
    let extends = child(movie, b"mvex").unwrap_or_default();
    let default = |id| {
        boxes(extends).filter(|found| found.kind == *b"trex").find_map(|found| {
            let (_, _, body) = full(found.body)?;
            (be32(body, 0)? == id).then(|| be32(body, 8)).flatten()
        })
    };
    let track = |track: &[u8]| {
        let (version, _, header) = child(track, b"tkhd").and_then(full)?;
        let id = be32(header, if version == 1 { 16 } else { 8 })?;
        let (version, _, header) = descend(track, &[b"mdia", b"mdhd"]).and_then(full)?;
        let scale = be32(header, if version == 1 { 16 } else { 8 })?;
        Some(Track { id, scale, default: default(id).unwrap_or(0), ticks: 0 })
    };
    let found = boxes(movie).filter(|found| found.kind == *b"trak").take(MAX_TRACKS);
    found.filter_map(|found| track(found.body)).collect()
}

/// Adds the runs of a track fragment to its track.
fn add(tracks: &mut [Track], fragment: &[u8]) -> Option<()> {
    let (_, flags, header) = child(fragment, b"tfhd").and_then(full)?;
    let id = be32(header, 0)?;
    let track = tracks.iter_mut().find(|track| track.id == id)?;
    // Before the default duration stand a base offset and a sample description.
    let at = 4 + if flags & 1 != 0 { 8 } else { 0 } + if flags & 2 != 0 { 4 } else { 0 };
    let default = if flags & 8 != 0 { be32(header, at)? } else { track.default };
    for run in boxes(fragment).filter(|found| found.kind == *b"trun") {
        let (_, flags, body) = full(run.body)?;
        let count = be32(body, 0)?;
        if flags & 0x100 == 0 {
            let ticks = u64::from(count).saturating_mul(default.into());
            track.ticks = track.ticks.saturating_add(ticks);
            continue;
        }
        // Behind the count an offset and the first sample's flags; of a sample the duration
        // comes first, then size, flags and offset, each if announced.
        let skip = (flags & 1).count_ones() + (flags & 4).count_ones();
        let others = (flags & 0xe00).count_ones();
        let mut reader = Reader(body.get(4 + 4 * skip as usize..)?);
        for _ in 0..count {
            let Some(ticks) = reader.number(4) else { break };
            track.ticks = track.ticks.saturating_add(ticks);
            for _ in 0..others {
                reader.number(4)?;
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::seconds;

    fn made(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat()
    }

    #[test]
    fn runs_with_and_without_durations_are_summed() {
        let word =
            |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<_>>();
        let header = made(b"tkhd", &word(&[0, 0, 0, 7]));
        let media = made(b"mdia", &made(b"mdhd", &word(&[0, 0, 0, 10, 0])));
        let extends = made(b"mvex", &made(b"trex", &word(&[0, 7, 1, 5, 0, 0])));
        let movie = [made(b"trak", &[header, media].concat()), extends].concat();
        let fragment = |runs: &[Vec<u8>]| {
            let header = made(b"tfhd", &word(&[0, 7]));
            made(b"moof", &made(b"traf", &[header, runs.concat()].concat()))
        };
        let file = [
            fragment(&[made(b"trun", &word(&[0, 3]))]),
            // Durations 1 and 2, each with a size; an offset before them.
            fragment(&[made(b"trun", &word(&[0x301, 2, 99, 1, 1000, 2, 1000]))]),
            fragment(&[made(b"trun", &word(&[0x100, u32::MAX, 2]))]),
        ];
        assert_eq!(seconds(&file.concat(), &movie), Some(2.0));
        assert_eq!(seconds(&[], &movie), None);
    }
}
