//! Logs that are cut off or damaged.

use imagekit_emulator::{DataError, Emulator};
use serde_json::json;

use super::folder::Folder;
use crate::support::{define, json as call};

/// A log with three changes, and where each one ends.
fn log(folder: &Folder) -> (Vec<u8>, Vec<usize>) {
    let emulator = folder.open();
    let length = || std::fs::metadata(folder.log()).unwrap().len() as usize;
    let mut ends = vec![length()];
    define(&emulator, "first", json!({ "type": "Number" }));
    ends.push(length());
    emulator.put("/a.txt", "hello").unwrap();
    ends.push(length());
    define(&emulator, "last", json!({ "type": "Text" }));
    ends.push(length());
    drop(emulator);
    (std::fs::read(folder.log()).unwrap(), ends)
}

fn fields(emulator: &Emulator) -> usize {
    let (_, fields) = call(emulator, "GET", "/v1/customMetadataFields", json!(null));
    fields.as_array().unwrap().len()
}

#[test]
fn a_record_that_was_not_written_completely_has_not_happened() {
    let folder = Folder::new();
    let (log, ends) = log(&folder);
    let (last, end) = (ends[2], ends[3]);
    assert_eq!(end, log.len());
    for cut in last..end {
        std::fs::write(folder.log(), &log[..cut]).unwrap();
        let emulator = folder.open();
        assert_eq!(fields(&emulator), 1, "cut at {cut}");
        assert_eq!(emulator.stored_bytes("/a.txt").unwrap(), "hello", "cut at {cut}");
        // It goes on from there.
        define(&emulator, "next", json!({ "type": "Number" }));
        drop(emulator);
        assert_eq!(fields(&folder.open()), 2, "cut at {cut}");
    }
    std::fs::write(folder.log(), &log).unwrap();
    assert_eq!(fields(&folder.open()), 2);
}

#[test]
fn a_first_start_may_be_interrupted() {
    for cut in 0..25 {
        let folder = Folder::new();
        drop(folder.open());
        let log = std::fs::read(folder.log()).unwrap();
        std::fs::write(folder.log(), &log[..cut]).unwrap();
        folder.open().put("/a.txt", "a").unwrap();
        assert_eq!(folder.open().stored_bytes("/a.txt").unwrap(), "a", "cut at {cut}");
    }
}

#[test]
fn bytes_without_a_log_are_refused_and_kept() {
    let folder = Folder::new();
    let (log, ends) = log(&folder);
    let stored = folder.stored();
    assert_eq!(stored.len(), 1);
    for left in [None, Some(0), Some(5), Some(ends[0] - 1)] {
        match left {
            None => std::fs::remove_file(folder.log()).unwrap(),
            Some(left) => std::fs::write(folder.log(), &log[..left]).unwrap(),
        }
        let error = Emulator::open(folder.path()).unwrap_err();
        assert!(matches!(error, DataError::MissingLog { .. }), "{left:?}: {error}");
        let said = error.to_string();
        assert!(said.contains("is missing or empty") && said.contains("restore it"), "{said}");
        assert!(said.contains(&format!("{:?}", folder.log())), "{said}");
        assert_eq!(folder.stored(), stored, "{left:?}");
    }
    std::fs::write(folder.log(), &log).unwrap();
    assert_eq!(folder.open().stored_bytes("/a.txt").unwrap(), "hello");
}

#[test]
fn a_damaged_record_is_named_and_nothing_is_changed() {
    let folder = Folder::new();
    let (log, ends) = log(&folder);
    for at in ends[1]..ends[2] {
        let mut damaged = log.clone();
        damaged[at] ^= 1;
        std::fs::write(folder.log(), &damaged).unwrap();
        let error = Emulator::open(folder.path()).unwrap_err();
        let expected = ends[1] as u64;
        assert!(
            matches!(error, DataError::Damaged { offset, .. } if offset == expected),
            "byte {at}: {error}"
        );
        assert!(error.to_string().contains(&format!("byte {expected} of")), "{error}");
        assert_eq!(std::fs::read(folder.log()).unwrap(), damaged);
        assert_eq!(folder.stored().len(), 1);
    }
}
