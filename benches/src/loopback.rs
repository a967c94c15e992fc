//! A loopback server in a process of its own, so that its work is not counted.

use std::borrow::Cow;
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;
use std::{fs, thread};

/// How many files and folders the list has.
pub const LISTED: u32 = 100_000;

/// The server's process; it ends with this value.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// The address that it listens on.
    pub url: String,
}

impl Server {
    /// Starts the running program again with the argument `serve`.
    ///
    /// # Errors
    ///
    /// The program cannot be started, or prints no address.
    pub fn start() -> Result<Self, Box<dyn Error + Send + Sync>> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("serve")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut url = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut url)?;
        Ok(Self { child, url: url.trim().to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Prints its address, then responds to `/v1/files` with a page of 1,000 items (below `/chunked` in
/// chunks), to `/list/v1/files` and `/slow/v1/files` with a page of a list of 100,000 files (the
/// latter after 50 ms), to `/most` with the most requests for these that were there together, and to
/// every other request with the details of a file.
///
/// # Errors
///
/// No socket can be opened.
#[expect(clippy::print_stdout, reason = "the address is for the process that started this one")]
pub fn serve() -> Result<(), Box<dyn Error + Send + Sync>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    for stream in listener.incoming() {
        let stream = stream?;
        thread::spawn(move || respond(stream));
    }
    Ok(())
}

fn respond(mut stream: TcpStream) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let [file, page] =
        [crate::inputs::file(1), crate::inputs::page()].map(|body| with_length(&body.to_string()));
    let chunked = chunked(&crate::inputs::page().to_string());
    let template = crate::inputs::page().to_string();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let mut filled = 0;
        let (end, length, response) = loop {
            let count = stream.read(buffer.get_mut(filled..)?).ok().filter(|count| *count > 0)?;
            filled += count;
            let head = buffer.get(..filled)?;
            if let Some(end) = head.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(head.get(..end)?).to_ascii_lowercase();
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                let length = length.map_or(Some(0), |length| length.parse().ok())?;
                let target = head.split(' ').nth(1).unwrap_or_default();
                let response = match target {
                    "/v1/files" => Cow::Borrowed(&page),
                    "/chunked/v1/files" => Cow::Borrowed(&chunked),
                    "/most" => Cow::Owned(with_length(&MOST.swap(0, Relaxed).to_string())),
                    _ if target.contains("/v1/files?") => Cow::Owned(list(target, &template)),
                    _ => Cow::Borrowed(&file),
                };
                break (end + 4, length, response);
            }
        };
        let mut left = (length + end).checked_sub(filled)?;
        while left > 0 {
            left = left.checked_sub(stream.read(&mut buffer).ok().filter(|count| *count > 0)?)?;
        }
        stream.write_all(&response).ok()?;
    }
}

fn with_length(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// Requests for a page of the list that are there, and the most that were.
static INSIDE: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

/// A page of the list: every one has ids of its own.
fn list(target: &str, page: &str) -> Vec<u8> {
    MOST.fetch_max(INSIDE.fetch_add(1, Relaxed) + 1, Relaxed);
    if target.starts_with("/slow") {
        thread::sleep(Duration::from_millis(50));
    }
    let skip = target.split_once("skip=").map_or("", |(_, skip)| skip);
    let skip = skip.split('&').next().and_then(|skip| skip.parse().ok()).unwrap_or(0_u32);
    let page = if skip >= LISTED { "[]".to_owned() } else { renumbered(page, skip / 1000) };
    INSIDE.fetch_sub(1, Relaxed);
    with_length(&page)
}

/// `page` with other ids.
fn renumbered(page: &str, number: u32) -> String {
    let files = page.replace("598821f949c0a938d5", &format!("598821f949c0a9{number:04x}"));
    files.replace("6441fce4e809dd54b0", &format!("6441fce4e809dd{number:04x}"))
}

/// A response in chunks of 16 KiB, as gateways send them.
fn chunked(body: &str) -> Vec<u8> {
    let mut response = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for chunk in body.as_bytes().chunks(16 << 10) {
        response.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        response.extend_from_slice(chunk);
        response.extend_from_slice(b"\r\n");
    }
    response.extend_from_slice(b"0\r\n\r\n");
    response
}

/// Returns the CPU time of this process so far, in seconds.
///
/// # Errors
///
/// The system has no `/proc`.
pub fn cpu_seconds() -> Result<f64, Box<dyn Error + Send + Sync>> {
    let mut nanos = 0;
    for task in fs::read_dir("/proc/self/task")? {
        let stat = fs::read_to_string(task?.path().join("schedstat"))?;
        nanos += stat.split(' ').next().ok_or("an empty schedstat")?.parse::<u64>()?;
    }
    Ok(nanos as f64 / 1e9)
}

/// Returns the CPU time of the children that have ended, in seconds; the system counts in
/// hundredths.
///
/// # Errors
///
/// The system has no `/proc`.
pub fn children_cpu_seconds() -> Result<f64, Box<dyn Error + Send + Sync>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit_once(") ").ok_or("no name in stat")?.1;
    let times = after_name.split(' ').skip(13).take(2).map(str::parse::<u64>);
    Ok(times.sum::<Result<u64, _>>()? as f64 / 100.0)
}

/// Returns the peak memory of this process, in MiB.
///
/// # Errors
///
/// The system has no `/proc`.
pub fn peak_mib() -> Result<f64, Box<dyn Error + Send + Sync>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

/// Returns the median of `values`.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
