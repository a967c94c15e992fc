//! A call as a span of `tracing`.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use imagekit_proto::api::files::GetFileDetails;
use imagekit_proto::error::{Failure, FailureKind};
use imagekit_proto::event::call_span;
use imagekit_proto::{Call, CallOptions, Config, Endpoint as _, RetryPolicy, Step, operation};
use tracing::Level;
use tracing_subscriber::fmt::format::FmtSpan;

const MS: Duration = Duration::from_millis(1);
const START: Duration = Duration::from_secs(100);

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

/// Returns the lines of one call: a pause after a 429, a lost response, a success.
fn traced(level: Level) -> Vec<String> {
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
    let printed = String::from_utf8(printed.0.lock().unwrap().clone()).unwrap();
    // The time for which the span was entered is no part of it.
    let lines = printed.lines().map(|line| line.split(" time.busy").next().unwrap_or_default());
    lines.map(|line| line.trim().to_owned()).collect()
}

fn run() {
    let config = Config::new("private_key").unwrap();
    let retry = RetryPolicy::default().base_delay(Duration::ZERO);
    let endpoint = GetFileDetails::new("598821f949c0a938d57563bd");
    let span = call_span(endpoint.operation());
    let call = Call::new(&config, endpoint, CallOptions::default().retry(retry), 7);
    let mut call: Call<_, &str> = call.with_span(&span);
    drop(span);
    assert!(matches!(call.poll(START), Step::Send(_)));
    let busy = Response::builder().status(429).header("x-ratelimit-reset", "200");
    call.on_response(START + 10 * MS, busy.body(Bytes::new()).unwrap());
    assert!(matches!(call.poll(START + 10 * MS), Step::Sleep(_)));
    assert!(matches!(call.poll(START + 210 * MS), Step::Send(_)));
    let failure = Failure::new(FailureKind::Ambiguous, "reset").timeout(true);
    call.on_failure(START + 240 * MS, failure);
    assert!(matches!(call.poll(START + 240 * MS), Step::Send(_)));
    let mut found = operation::find("get-file-details").unwrap().sample_response();
    found.headers_mut().insert("x-ik-requestid", "r3".parse().unwrap());
    call.on_response(START + 300 * MS, found);
    assert!(matches!(call.poll(START + 300 * MS), Step::Done(Ok(_))));
}

#[test]
fn a_span_tells_what_its_call_does() {
    let begun = r#"call{operation="get-file-details" method="GET""#;
    let ended = format!(
        r#"{begun} end="success" attempts=3 status=200 request_id="r3" wait_ms=200 may_have_been_applied=false}}: imagekit:"#
    );
    let expected = [
        "sending attempt=1",
        "response attempt=1 status=429 took_ms=10",
        r#"waiting attempt=1 wait_ms=200 reason="server-hint""#,
        "sending attempt=2",
        "no response attempt=2 failure=the server may have seen the request is_timeout=true took_ms=30",
        r#"waiting attempt=2 wait_ms=0 reason="backoff""#,
        "sending attempt=3",
        r#"response attempt=3 status=200 request_id="r3" took_ms=60"#,
    ];
    let expected = expected.map(|event| format!("DEBUG {begun}}}: imagekit: {event}"));
    let end = [format!("DEBUG {ended} ended elapsed_ms=300"), format!("INFO {ended} close")];
    assert_eq!(traced(Level::DEBUG), [&expected[..], &end].concat());
    assert_eq!(traced(Level::INFO), end[1..]);
    assert_eq!(traced(Level::WARN), [""; 0]);
}
