//! Starts Node or Chromium with the page, and hands jobs to it.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio, id};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

/// The longest wait for a job.
const PATIENCE: Duration = Duration::from_secs(60);

const SERVE: &str = include_str!("serve.js");
const NODE: &str = "
    import { readFile } from 'node:fs/promises';
    const [folder, origin] = process.argv.slice(1);
    const page = await import(`file://${folder}/page.js`);
    await page.default({ module_or_path: await readFile(`${folder}/page_bg.wasm`) });
    const { serve } = await import(`file://${folder}/serve.js`);
    await serve(page, origin);";
const HTML: &str = "<!doctype html><script type='module'>
    import * as page from './page.js';
    import { serve } from './serve.js';
    await page.default({ module_or_path: './page_bg.wasm' });
    await serve(page, location.origin);
    </script>";

/// A running Node or Chromium; dropping it ends it.
pub struct Host {
    process: Child,
    jobs: Sender<Value>,
    open: Arc<Mutex<HashMap<u64, Open>>>,
    next: AtomicU64,
    /// The browser's own folder.
    profile: Option<PathBuf>,
}

impl Host {
    /// Starts Node.
    pub fn node() -> Self {
        Self::start(|folder, origin| {
            let mut node = Command::new("node");
            node.args(["--input-type=module", "--eval", NODE]).arg(folder).arg(origin);
            (node, None)
        })
    }

    /// Starts Chromium with these flags and some that keep it to itself.
    pub fn chromium(flags: &[&str]) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        Self::start(|_, origin| {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let profile = env::temp_dir().join(format!("transport-fetch-{}-{number}", id()));
            let mut chromium = Command::new("chromium");
            chromium.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]);
            chromium.args(["--disable-background-networking", "--disable-component-update"]);
            chromium.arg(format!("--user-data-dir={}", profile.display())).args(flags).arg(origin);
            (chromium, Some(profile))
        })
    }

    fn start(command: impl FnOnce(&Path, &str) -> (Command, Option<PathBuf>)) -> Self {
        static FOLDER: OnceLock<PathBuf> = OnceLock::new();
        let folder = FOLDER.get_or_init(page);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (jobs, queue) = channel();
        let open = Arc::new(Mutex::new(HashMap::new()));
        let shared = Shared { queue: Mutex::new(queue), open: Arc::clone(&open) };
        thread::spawn(move || serve(&listener, &Arc::new(shared)));
        let (mut command, profile) = command(folder, &origin);
        let process = command.stderr(Stdio::null()).spawn();
        let process = process.unwrap_or_else(|error| panic!("{command:?}: {error}"));
        Self { process, jobs, open, next: AtomicU64::new(1), profile }
    }

    /// Hands a job to the page, and returns where its result arrives.
    pub fn begin(&self, mut job: Value, body: Bytes) -> (u64, Receiver<String>) {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (sender, receiver) = channel();
        self.open.lock().unwrap().insert(id, Open { body, sender });
        job["id"] = id.into();
        self.jobs.send(job).unwrap();
        (id, receiver)
    }

    /// Ends a job without its result.
    pub fn stop(&self, id: u64) {
        self.open.lock().unwrap().remove(&id);
        drop(self.jobs.send(serde_json::json!({ "stop": id })));
    }

    /// Hands a job to the page, and returns its result.
    pub fn answer(&self, job: Value) -> String {
        let answer = self.begin(job, Bytes::new()).1.recv_timeout(PATIENCE);
        answer.unwrap_or_else(|_| panic!("no answer after {PATIENCE:?}"))
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
        if let Some(profile) = &self.profile {
            drop(fs::remove_dir_all(profile));
        }
    }
}

/// What the connections share.
struct Shared {
    queue: Mutex<Receiver<Value>>,
    open: Arc<Mutex<HashMap<u64, Open>>>,
}

/// A job without its result.
struct Open {
    body: Bytes,
    sender: Sender<String>,
}

fn serve(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming().flatten() {
        let shared = Arc::clone(shared);
        // A connection that breaks is one of a process that was ended.
        thread::spawn(move || drop(respond(stream, &shared)));
    }
}

/// Responds to one request of the page.
fn respond(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    while line.trim() != "" {
        line.clear();
        reader.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let file = |name: &str| fs::read(page_folder().join(name));
    let (kind, content) = match path.as_str() {
        "/" => ("text/html", HTML.into()),
        "/page.js" | "/serve.js" => ("text/javascript", file(&path[1..])?),
        "/page_bg.wasm" => ("application/wasm", file(&path[1..])?),
        "/job" => {
            let job = shared.queue.lock().unwrap().recv();
            let job = job.unwrap_or_else(|_| serde_json::json!({ "end": true }));
            ("application/json", job.to_string().into_bytes())
        }
        _ => {
            let id = path.rsplit('/').next().and_then(|id| id.parse().ok()).unwrap_or(0);
            let mut open = shared.open.lock().unwrap();
            if path.starts_with("/body/") {
                let body = open.get(&id).map(|job| job.body.clone()).unwrap_or_default();
                ("application/octet-stream", body.to_vec())
            } else {
                let result = String::from_utf8_lossy(&body).into_owned();
                if let Some(job) = open.remove(&id) {
                    drop(job.sender.send(result));
                }
                ("text/plain", Vec::new())
            }
        }
    };
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        content.len()
    )?;
    stream.write_all(&content)
}

/// The folder of this build, `target` unless another was set.
fn target() -> PathBuf {
    let test = env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().to_owned()
}

fn page_folder() -> PathBuf {
    target().join("transport-fetch")
}

/// Builds the page, unless `TRANSPORT_FETCH_PAGE` names its module, and writes its JavaScript.
fn page() -> PathBuf {
    let module = env::var_os("TRANSPORT_FETCH_PAGE").map_or_else(build, PathBuf::from);
    let folder = page_folder();
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(module).out_name("page").typescript(false).web(true).unwrap();
    bindgen.generate(&folder).unwrap();
    fs::write(folder.join("serve.js"), SERVE).unwrap();
    folder
}

fn build() -> PathBuf {
    let target = target();
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--example=page", "--target=wasm32-unknown-unknown"])
        .args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])
        .arg("--target-dir")
        .arg(&target)
        .status();
    let is_built = status.is_ok_and(|status| status.success());
    assert!(is_built, "the page was not built: rustup target add wasm32-unknown-unknown");
    target.join("wasm32-unknown-unknown/debug/examples/page.wasm")
}
