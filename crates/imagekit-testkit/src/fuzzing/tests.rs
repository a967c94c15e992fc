//! Runs the bodies on random bytes and on mangled inputs. (`xtask` runs them on the seeds.)

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, proptest};

use super::TARGETS;
use imagekit_proto::operation;

/// Changes a few places of `text`.
fn mangle(text: &str, changes: Vec<(usize, String)>) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (place, with) in changes {
        let start = place % (bytes.len() + 1);
        let end = (start + 2).min(bytes.len());
        bytes.splice(start..end, with.into_bytes());
    }
    bytes
}

/// Near enough to an event for the readers of its parts to be reached.
const EVENT: &str = r#"{"type":"video.transformation.ready","id":"e","created_at":"t",
    "request":{"x_request_id":"r","url":"u"},"timings":{"download_duration":1},
    "data":{"asset":{"url":"u"},"transformation":{"type":"gif-to-video","options":
    {"quality":1.5,"variants":["360"]},"output":{"url":"u","video_metadata":{"width":1}}}}}"#;

/// Near enough to a file, a version and a folder.
const FILE: &str = r#"{"type":"file","fileId":"a","folderId":"a","name":"n","filePath":"/n",
    "folderPath":"/n","url":"u","tags":["t"],"AITags":[{"name":"n","confidence":90.1,"source":"s"}],
    "versionInfo":{"id":"a","name":"Version 1"},"size":1,"width":1.5,"exif":{"image":{"Make":"m"},
    "gps":{"GPSLatitude":[1,2,3]}},"pHash":"f06830ca9f1e3e90","customMetadata":{"k":[1,"a"]}}"#;

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1000, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn noise_holds(bytes in vec(any::<u8>(), 0..400)) {
        TARGETS.iter().for_each(|(_, body)| body(&bytes));
    }

    #[test]
    fn texts_of_urls_hold(text in "[\u{1}p/.?#%2e:@&=,a-c l\\-end\\[\\]é]{0,80}") {
        super::delivery_url(text.as_bytes());
        super::transformation(text.as_bytes());
        super::verify_url(text.as_bytes());
    }

    #[test]
    fn mangled_events_hold(changes in vec((any::<usize>(), "[ -~]{0,3}"), 0..4)) {
        super::webhook(&mangle(EVENT, changes));
    }

    #[test]
    fn mangled_responses_hold(
        operation in any::<u8>(),
        page in any::<bool>(),
        changes in vec((any::<usize>(), "[ -~]{0,3}"), 0..4),
    ) {
        let mut body = mangle(FILE, changes);
        if page {
            body = [b"[".as_slice(), &body, b"]"].concat();
        }
        super::parse_response(&[&[operation, 1, 0], body.as_slice()].concat());
    }

    #[test]
    fn mangled_inputs_hold(
        index in 0..operation::all().len(),
        changes in vec((any::<usize>(), "[ -~]{0,3}"), 0..4),
    ) {
        let example = operation::all()[index].sample_request().to_string();
        super::build_from_json(&[&[index as u8, 0], &*mangle(&example, changes)].concat());
    }
}
