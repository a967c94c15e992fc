//! Measures lists, searches and details of a large library: `cargo run --release --example
//! large_library -- [FILES]`.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "it is a program for developers")]

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Request;
use imagekit_emulator::{Emulator, RateLimit};

/// The requests of each kind; the median of their times is printed.
const REQUESTS: usize = 101;

fn main() {
    let files: usize = std::env::args().nth(1).map_or(1_000_000, |text| text.parse().unwrap());
    let emulator = Emulator::new().with_rate_limit(RateLimit::off());
    let before = resident();
    let begun = Instant::now();
    let mut ids = Vec::new();
    for at in 0..files {
        let path = format!("/folder-{}/file-{at}.txt", at % 1000);
        let file = emulator.put(&path, Bytes::from_static(b"text")).unwrap();
        if at % 10 == 0 {
            ids.push(file.id);
        }
    }
    println!("{files} files in {:.1?}", begun.elapsed());
    if let Some((before, after)) = before.zip(resident()) {
        println!("{} bytes a file", after.saturating_sub(before) / files.max(1));
    }
    for (at, chunk) in ids.chunks(50).enumerate() {
        let ids = chunk.iter().map(|id| format!("{id:?}")).collect::<Vec<_>>().join(",");
        let tag = if at % 100 == 0 { "rare" } else { "common" };
        let body = format!("{{\"fileIds\":[{ids}],\"tags\":[{tag:?},\"all\"]}}");
        send(&emulator, "POST", "/v1/files/addTags", &body);
    }
    let middle = files / 2;
    let id = &ids[ids.len() / 2];
    for path in [
        format!("/v1/files/{id}/details"),
        "/v1/files?limit=100".to_owned(),
        "/v1/files".to_owned(),
        format!("/v1/files?limit=100&skip={middle}"),
        "/v1/files?limit=100&sort=DESC_CREATED".to_owned(),
        "/v1/files?limit=100&sort=ASC_NAME".to_owned(),
        "/v1/files?limit=100&type=all".to_owned(),
        "/v1/files?limit=100&path=/folder-7".to_owned(),
        search("tags = \"rare\""),
        search("tags = \"common\" AND type = \"file\""),
        search("tags IN [\"rare\", \"common\"] AND size < 100"),
        search(&format!("name = \"file-{middle}.txt\"")),
        search("name : \"file-9999\""),
        search("path : \"/folder-7\""),
        search("size > 100"),
        "/v1/files?limit=100&sort=DESC_UPDATED".to_owned(),
    ] {
        let mut times: Vec<Duration> = Vec::new();
        let requests = if times_out(&path) { 5 } else { REQUESTS };
        for _ in 0..requests {
            let begun = Instant::now();
            send(&emulator, "GET", &path, "");
            times.push(begun.elapsed());
        }
        times.sort();
        println!("{:>10.1?}  {path}", times[times.len() / 2]);
    }
}

/// Whether no index helps, so that every file is looked at.
fn times_out(path: &str) -> bool {
    path.contains("searchQuery=size") || path.contains("UPDATED")
}

fn search(query: &str) -> String {
    let encode = |c: char| match c {
        ' ' => "+".to_owned(),
        '"' | '<' | '>' | '[' | ']' => format!("%{:02X}", c as u32),
        c => c.to_string(),
    };
    let query: String = query.chars().map(encode).collect();
    format!("/v1/files?limit=100&searchQuery={query}")
}

fn send(emulator: &Emulator, method: &str, path: &str, body: &str) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", "Basic cHJpdmF0ZV9lbXVsYXRvcjo=")
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap();
    let response = emulator.respond(request);
    assert!(response.status().is_success(), "{path}: {:?}", response.body());
}

/// The memory of this process in bytes, where the system says it.
fn resident() -> Option<usize> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: usize = statm.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096)
}
