//! What the spans of both clients hold, and what they never hold.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use imagekit_loopback::{FILE, FILE_ID, Server, json, response};
use imagekit_ureq::proto::api::files::{GetFileDetails, UpdateFileDetails};
use imagekit_ureq::proto::api::upload::{FileSource, UploadFileV2, UploadJwt};
use imagekit_ureq::proto::{CallOptions, Config, RetryPolicy};
use tracing::Level;
use tracing_subscriber::fmt::format::FmtSpan;

/// In every secret, and its base64 in the header.
const HIDDEN: [&str; 2] = ["h1dd3n", "aDFkZDNu"];

/// What a subscriber has printed.
#[derive(Clone, Default)]
struct Printed(Arc<Mutex<Vec<u8>>>);

impl io::Write for Printed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns everything that is traced meanwhile.
fn traced(level: Level, run: impl FnOnce()) -> String {
    let printed = Printed::default();
    let writer = printed.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .without_time()
        .finish();
    tracing::subscriber::with_default(subscriber, run);
    let printed = printed.0.lock().unwrap();
    String::from_utf8(printed.clone()).unwrap()
}

/// The lines of the target `imagekit`, without times.
fn facts(text: &str) -> Vec<String> {
    let is_fact = |word: &&str| {
        !["wait_ms=", "took_ms=", "elapsed_ms=", "time."].iter().any(|time| word.starts_with(time))
    };
    let lines = text.lines().filter(|line| line.contains(" imagekit: "));
    lines
        .map(|line| line.split_whitespace().filter(is_fact).collect::<Vec<_>>().join(" "))
        .collect()
}

fn server() -> Server {
    let busy = "connection: close\r\nx-ratelimit-reset: 5\r\nx-ik-requestid: r1\r\n";
    let headers = "connection: close\r\nx-ik-requestid: r2\r\n";
    Server::responding([
        response("429 Too Many Requests", busy, ""),
        json(FILE),
        response("403 Forbidden", headers, r#"{"message": "h1dd3n", "help": "h1dd3n"}"#),
        response("500 Internal Server Error", headers, "<html>h1dd3n</html>"),
    ])
}

fn config(server: &Server) -> Config {
    let config = Config::new("h1dd3n").unwrap();
    config.with_api_url(server.url()).unwrap().with_upload_url(server.url()).unwrap()
}

fn options() -> CallOptions {
    CallOptions::default().retry(RetryPolicy::default().base_delay(Duration::ZERO))
}

fn update() -> UpdateFileDetails {
    UpdateFileDetails::new(FILE_ID).tags(["h1dd3n"]).custom_metadata("h1dd3n", "h1dd3n")
}

fn upload() -> UploadFileV2 {
    let signed = FileSource::url("https://example.com/cat.jpg?ik-s=h1dd3n");
    UploadFileV2::new("h1dd3n").file(signed).credentials(UploadJwt::new("h1dd3n.h1dd3n.h1dd3n"))
}

fn of_ureq(level: Level) -> String {
    let server = server();
    let client = imagekit_ureq::Client::builder(config(&server)).options(options());
    let client = client.build().unwrap();
    traced(level, || {
        client.send(GetFileDetails::new(FILE_ID)).unwrap();
        client.send(update()).unwrap_err();
        client.send(upload()).unwrap_err();
    })
}

fn of_reqwest(level: Level) -> String {
    let server = server();
    let client = imagekit_reqwest::Client::builder(config(&server)).options(options());
    let client = client.build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    traced(level, || {
        runtime.block_on(async {
            client.send(GetFileDetails::new(FILE_ID)).await.unwrap();
            client.send(update()).await.unwrap_err();
            client.send(upload()).await.unwrap_err();
        });
    })
}

#[test]
fn both_clients_trace_the_same_facts() {
    let facts = facts(&of_ureq(Level::TRACE));
    assert_eq!(facts, self::facts(&of_reqwest(Level::TRACE)));
    let details = r#"call{operation="get-file-details" method="GET"}: imagekit:"#;
    let ended =
        r#"call{operation="get-file-details" method="GET" end="success" attempts=2 status=200"#;
    assert_eq!(
        facts[..7],
        [
            format!("DEBUG {details} sending attempt=1"),
            format!(r#"DEBUG {details} response attempt=1 status=429 request_id="r1""#),
            format!(r#"DEBUG {details} waiting attempt=1 reason="server-hint""#),
            format!("DEBUG {details} sending attempt=2"),
            format!("DEBUG {details} response attempt=2 status=200"),
            format!("DEBUG {ended} may_have_been_applied=false}}: imagekit: ended"),
            format!("INFO {ended} may_have_been_applied=false}}: imagekit: close"),
        ]
    );
    let close = |operation, end: &str| {
        let fields = format!(r#"{end} request_id="r2" may_have_been_applied"#);
        facts.iter().any(|line| {
            line.starts_with(&format!(r#"INFO call{{operation="{operation}""#))
                && line.contains(&fields)
        })
    };
    assert!(close("update-file-details", r#"end="api" attempts=1 status=403"#), "{facts:#?}");
    assert!(close("upload-file-v2", r#"end="maybe-applied" attempts=1 status=500"#), "{facts:#?}");
}

#[test]
fn no_secret_is_traced() {
    for text in [of_ureq(Level::TRACE), of_reqwest(Level::TRACE)] {
        assert!(text.contains("upload-file-v2"), "{text}");
        for hidden in HIDDEN {
            assert!(!text.contains(hidden), "{text}");
        }
    }
}

#[test]
fn the_span_alone_tells_how_a_call_ended() {
    let facts = facts(&of_ureq(Level::INFO));
    assert_eq!(facts.len(), 3);
    assert!(facts[0].contains(r#"end="success" attempts=2 status=200"#), "{facts:?}");
    assert_eq!(self::facts(&of_ureq(Level::WARN)), [""; 0]);
}

#[test]
fn calls_that_run_together_are_in_the_span_around_them() {
    let server = Server::json(FILE);
    let endpoints = || (0..3).map(|_| GetFileDetails::new(FILE_ID));
    let ureq = imagekit_ureq::Client::new(config(&server)).unwrap();
    let reqwest = imagekit_reqwest::Client::new(config(&server)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let of_ureq = traced(Level::INFO, || {
        let _outer = tracing::info_span!("outer").entered();
        assert_eq!(ureq.send_all(endpoints(), 3).count(), 3);
    });
    let of_reqwest = traced(Level::INFO, || {
        let _outer = tracing::info_span!("outer").entered();
        runtime.block_on(async {
            let mut all = reqwest.send_all(endpoints(), 3);
            while all.next().await.is_some() {}
        });
    });
    for text in [of_ureq, of_reqwest] {
        let facts = facts(&text);
        assert_eq!(facts.len(), 3, "{text}");
        assert!(facts.iter().all(|line| line.starts_with("INFO outer:call{operation=")), "{text}");
    }
}

#[test]
fn a_dropped_call_closes_its_span() {
    let server = Server::new(|_, connection| {
        connection.drain();
        Vec::new()
    });
    let client = imagekit_reqwest::Client::new(config(&server)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let text = traced(Level::INFO, || {
        runtime.block_on(async {
            let mut call = Box::pin(client.send(update()));
            let polled = std::future::poll_fn(|cx| std::task::Poll::Ready(call.as_mut().poll(cx)));
            assert!(polled.await.is_pending());
        });
    });
    let end = r#"end="cancelled" attempts=1 may_have_been_applied=true}: imagekit: close"#;
    assert!(facts(&text)[0].ends_with(end), "{text}");
}
