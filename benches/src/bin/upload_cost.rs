//! CPU time of 1,000 files of 50 KB, uploaded 16 at once by `send_all`, compared with a hand-written
//! reqwest loop that reads files in chunks of 256 KiB.
//!
//! `cargo run --release -p imagekit-benches --bin upload_cost -- [FILES] [ROUNDS]`

#![expect(clippy::print_stdout, reason = "that is what it is for")]

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Instant;

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};
use imagekit_benches::loopback::{Server, cpu_seconds, median, serve};
use imagekit_benches::peers;
use imagekit_reqwest::proto::Config;
use imagekit_reqwest::proto::api::upload::UploadFile;
use imagekit_reqwest::{Client, Payload, Upload, reqwest};
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;
use tokio::task::JoinSet;

type Failure = Box<dyn Error + Send + Sync>;

const CHUNK: usize = 256 << 10;
const AT_ONCE: usize = 16;

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|arg| arg == "serve") {
        return serve();
    }
    let number = |at: usize, default| args.get(at).map_or(Ok(default), |text| text.parse());
    let (files, rounds) = (number(0, 1000)?, number(1, 11)?);
    let folder = std::env::temp_dir().join(format!("imagekit-uploads-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let paths: Vec<PathBuf> = (0..files).map(|n| folder.join(format!("{n}.bin"))).collect();
    for path in &paths {
        std::fs::write(path, vec![7; 50_000])?;
    }
    let outcome = compare(&paths, rounds);
    std::fs::remove_dir_all(&folder)?;
    outcome
}

fn compare(paths: &[PathBuf], rounds: usize) -> Result<(), Failure> {
    let server = Server::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = Client::new(Config::new("private_abc")?.with_upload_url(&server.url)?)?;
    let bare = reqwest::Client::new();
    let url = format!("{}/api/v1/files/upload", server.url);
    let mut rounds_of: [Vec<(f64, f64)>; 2] = Default::default();
    for _ in 0..rounds {
        for (peer, rounds) in rounds_of.iter_mut().enumerate() {
            let (cpu, clock) = (cpu_seconds()?, Instant::now());
            runtime.block_on(async {
                match peer {
                    0 => by_hand(&bare, &url, paths).await,
                    _ => ours(&client, paths).await,
                }
            })?;
            rounds.push((cpu_seconds()? - cpu, clock.elapsed().as_secs_f64()));
        }
    }
    let [hand, our] = &rounds_of;
    let ratio = |of: fn(&(f64, f64)) -> f64| {
        median(our.iter().zip(hand).map(|(our, hand)| of(our) / of(hand)).collect())
    };
    let micros = |of: &[(f64, f64)]| {
        median(of.iter().map(|(cpu, _)| cpu * 1e6 / paths.len() as f64).collect())
    };
    println!(
        "{} files: by hand {:.0} us CPU a file, ours {:.0} us, {:.3}x CPU, {:.3}x time",
        paths.len(),
        micros(hand),
        micros(our),
        ratio(|(cpu, _)| *cpu),
        ratio(|(_, clock)| *clock)
    );
    Ok(())
}

async fn ours(client: &Client, paths: &[PathBuf]) -> Result<(), Failure> {
    let uploads = paths
        .iter()
        .map(|path| Upload::new(UploadFile::new(name(path)).folder("/sale"), Payload::path(path)));
    let mut all = client.send_all(uploads, AT_ONCE);
    while let Some(sent) = all.next().await {
        sent.outcome?;
    }
    Ok(())
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

async fn by_hand(client: &reqwest::Client, url: &str, paths: &[PathBuf]) -> Result<(), Failure> {
    let mut tasks = JoinSet::new();
    for path in paths {
        if tasks.len() == AT_ONCE {
            tasks.join_next().await.ok_or("no task")???;
        }
        tasks.spawn(upload(client.clone(), url.to_owned(), path.clone()));
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

async fn upload(client: reqwest::Client, url: String, path: PathBuf) -> Result<(), Failure> {
    let file = File::open(&path).await?;
    let len = file.metadata().await?.len();
    let boundary = "----------------7ad1f0c3a5b94e26";
    let name = name(&path);
    let head = format!(
        "--{boundary}\r\ncontent-disposition: form-data; name=\"fileName\"\r\n\r\n{name}\r\n\
         --{boundary}\r\ncontent-disposition: form-data; name=\"folder\"\r\n\r\n/sale\r\n\
         --{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: application/octet-stream\r\n\r\n"
    );
    let tail = format!("\r\n--{boundary}--\r\n");
    let body = Form { head: head.into(), file, buffer: None, file_left: len, tail: tail.into() };
    let request = client
        .post(url)
        .basic_auth("private_abc", Some(""))
        .header("content-type", format!("multipart/form-data; boundary={boundary}"))
        .body(reqwest::Body::wrap(body));
    let response = request.send().await?.error_for_status()?;
    serde_json::from_slice::<peers::File>(&response.bytes().await?)?;
    Ok(())
}

/// A form with a file that is read while it is sent.
struct Form {
    head: Bytes,
    file: File,
    buffer: Option<BytesMut>,
    file_left: u64,
    tail: Bytes,
}

impl Body for Form {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if !self.head.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.head)))));
        }
        if self.file_left > 0 {
            let form = &mut *self;
            let buffer = form.buffer.get_or_insert_with(|| BytesMut::with_capacity(CHUNK));
            let count = ready!(pin!(form.file.read_buf(buffer)).poll(cx))?;
            let left = form.file_left.checked_sub(count as u64).filter(|_| count > 0);
            form.file_left = left.ok_or(io::ErrorKind::UnexpectedEof)?;
            let chunk = form.buffer.take().unwrap_or_default().freeze();
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        let tail = std::mem::take(&mut self.tail);
        Poll::Ready((!tail.is_empty()).then(|| Ok(Frame::data(tail))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.head.len() as u64 + self.file_left + self.tail.len() as u64)
    }
}
