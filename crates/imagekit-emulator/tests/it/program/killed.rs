//! A program that is killed while it stores uploads.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::process::{Connection, Process};
use crate::data::Folder;

const THREADS: usize = 8;

/// The bytes of an upload: their length and values follow from its number.
fn bytes(number: usize) -> Vec<u8> {
    let length = number * 7919 % 40_000;
    (0..length).map(|at| (at * 31 + number) as u8).collect()
}

/// Uploads in several threads until the program is killed, after this many. Returns the numbers
/// that it acknowledged.
fn upload_until_killed(mut process: Process, first: usize, enough: usize) -> Vec<usize> {
    let (next, acknowledged) = (AtomicUsize::new(first), Mutex::new(Vec::new()));
    let address = process.address;
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let Ok(mut connection) = Connection::open(address) else { return };
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let name = format!("{number}.bin");
                    let Ok(status) = connection.upload(&name, &bytes(number)) else { return };
                    assert_eq!(status, 200);
                    acknowledged.lock().unwrap().push(number);
                }
            });
        }
        while acknowledged.lock().unwrap().len() < enough {
            std::thread::yield_now();
        }
        // SIGKILL, where there are signals.
        process.child.kill().unwrap();
    });
    acknowledged.into_inner().unwrap()
}

#[test]
fn what_was_acknowledged_is_there_after_a_kill() {
    let folder = Folder::new();
    let data = folder.path().to_str().unwrap().to_owned();
    let mut acknowledged = Vec::new();
    for round in 0..3 {
        let process = Process::start(&["--data", &data]);
        acknowledged.extend(upload_until_killed(process, round * 100_000, 40));
    }
    let process = Process::start(&["--data", &data]);
    let mut connection = Connection::open(process.address).unwrap();
    for number in &acknowledged {
        let (status, body) = connection.send(&format!("GET /demo/{number}.bin"), "", b"").unwrap();
        assert!(status == 200 && body == bytes(*number), "{number}: {status}, {}", body.len());
    }
    let mut files = Vec::new();
    loop {
        let path = format!("GET /v1/files?limit=1000&skip={}", files.len());
        let (_, page) = connection.send(&path, "", b"").unwrap();
        let page: Vec<serde_json::Value> = serde_json::from_slice(&page).unwrap();
        if page.is_empty() {
            break;
        }
        files.extend(page);
    }
    // An upload that was not acknowledged is there as a whole, or not at all.
    for file in &files {
        let number: usize =
            file["name"].as_str().unwrap().trim_end_matches(".bin").parse().unwrap();
        assert_eq!(file["size"], bytes(number).len(), "{number}");
    }
    assert!(files.len() >= acknowledged.len());
    let stored = folder.stored();
    assert_eq!(stored.len(), files.len());
    assert!(stored.iter().all(|name| name.len() == 16), "{stored:?}");
}
