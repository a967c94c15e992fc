//! A webhook receiver on nothing but the standard library.
//!
//! It listens on loopback, signs a sample event as ImageKit would, sends it to itself, prints
//! what it understood, and ends:
//!
//! ```text
//! cargo run -p imagekit-proto --example webhook_plain
//! ```
#![allow(clippy::print_stdout, reason = "an example speaks to people")]
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the core does no I/O, its user does"
)]

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderName, HeaderValue};
use imagekit_proto::types::UnixTime;
use imagekit_proto::webhook::{Event, WebhookSigner, WebhookVerifier};

/// From the dashboard, through the environment or a secret store.
const SECRET: &str = "whsec_a_sample_secret";

const SAMPLE: &str = r#"{
    "type": "video.transformation.ready",
    "id": "evt_1",
    "created_at": "2026-02-11T09:00:01.123Z",
    "request": {"x_request_id": "req_1", "url": "https://ik.imagekit.io/demo/a.mp4?tr=f-webm"},
    "data": {
        "asset": {"url": "https://ik.imagekit.io/demo/a.mp4"},
        "transformation": {
            "type": "video-transformation",
            "output": {"url": "https://ik.imagekit.io/demo/a.mp4?tr=f-webm"}
        }
    }
}"#;

/// What the server reads of a request before it gives up.
const MAX_HEAD: u64 = 16 << 10;
const MAX_BODY: usize = 1 << 20;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?;

    let sender = std::thread::spawn(move || -> Result<()> {
        println!("genuine: {}", post(address, SAMPLE)?);
        println!("changed: {}", post(address, &SAMPLE.replace("demo", "evil"))?);
        Ok(())
    });
    let verifier = WebhookVerifier::new(SECRET)?.max_body(MAX_BODY);
    for _ in 0..2 {
        respond(listener.accept()?.0, &verifier)?;
    }
    sender.join().map_err(|_| "the sender failed")?
}

/// Reads a request, verifies it, acts on it, and responds.
fn respond(mut stream: TcpStream, verifier: &WebhookVerifier) -> Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let (headers, body) = read_request(&stream)?;

    let status = match verifier.verify(&headers, &body, now()?) {
        Err(error) => {
            println!("refused: {error}");
            "401 Unauthorized"
        }
        Ok(message) => match message.event() {
            Ok(event) => {
                act_on(&event);
                "200 OK"
            }
            Err(error) => {
                println!("not understood: {error}");
                "400 Bad Request"
            }
        },
    };
    write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")?;
    Ok(())
}

fn act_on(event: &Event) {
    match event {
        Event::VideoTransformationReady(event) => {
            let output = event.data.transformation.output.as_ref();
            println!("ready: {}", output.map_or("(no output)", |output| output.url.as_str()));
        }
        Event::FileDeleted(event) => println!("deleted: {}", event.data.file_id),
        // ImageKit adds types: respond with 200 to those that you do not use.
        other => println!("ignored: {}", other.event_type()),
    }
}

fn read_request(stream: &TcpStream) -> Result<(HeaderMap, Vec<u8>)> {
    let mut reader = BufReader::new(stream);
    let mut head = reader.by_ref().take(MAX_HEAD);
    let mut line = String::new();
    head.read_line(&mut line)?;

    let mut headers = HeaderMap::new();
    loop {
        let mut line = Vec::new();
        head.read_until(b'\n', &mut line)?;
        let line = line.trim_ascii();
        if line.is_empty() {
            break;
        }
        let colon = line.iter().position(|byte| *byte == b':').ok_or("a header without colon")?;
        let (name, value) = line.split_at(colon);
        let value = value.get(1..).unwrap_or_default().trim_ascii();
        // Appended, not inserted: a header that comes twice must be seen twice.
        headers.append(HeaderName::from_bytes(name)?, HeaderValue::from_bytes(value)?);
    }

    let length: usize =
        headers.get("content-length").ok_or("no content-length")?.to_str()?.parse()?;
    if length > MAX_BODY {
        return Err("the body is too large".into());
    }
    // The body's bytes as they came: the signature is over these.
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok((headers, body))
}

/// Sends `body` with the sample's signature, as ImageKit would, and returns the status line.
fn post(address: SocketAddr, body: &str) -> Result<String> {
    let headers = WebhookSigner::new(SECRET)?.sign("msg_1", now()?, SAMPLE.as_bytes())?;
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "POST /webhook HTTP/1.1\r\nhost: {address}\r\n")?;
    for (name, value) in &headers {
        write!(stream, "{name}: {}\r\n", value.to_str()?)?;
    }
    write!(stream, "content-length: {}\r\n\r\n{body}", body.len())?;

    let mut status = String::new();
    BufReader::new(stream).read_line(&mut status)?;
    Ok(status.trim_end().to_owned())
}

fn now() -> Result<UnixTime> {
    Ok(UnixTime::from_secs(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs()))
}
