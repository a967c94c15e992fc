//! A stack of tower against the emulator and the case table, and a mock in its place.

#![allow(clippy::unwrap_used, reason = "it is test code")]

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use imagekit_conformance::Table;
use imagekit_emulator::{Emulator, Fault, Server};
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::upload::UploadFile;
use imagekit_proto::transport::{AsyncPayload, ChunkBody, drive_async};
use imagekit_proto::{Call, CallOptions, Config, Endpoint, Outcome};
use tokio::runtime::{Builder, Runtime};
use tower::service_fn;
use transport_checks::{Driver, Pieces};
use transport_tower::{BoxError, Tower, stack};

const MINUTE: Duration = Duration::from_secs(60);

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

struct Blocking(Runtime);

impl Driver for Blocking {
    type Error = BoxError;

    fn drive<E: Endpoint>(
        &self,
        call: Call<E, BoxError>,
        payload: Option<Pieces>,
    ) -> Outcome<E::Output, BoxError> {
        let payload = payload.map_or_else(AsyncPayload::none, Pieces::chunks);
        self.0.block_on(drive_async(&Tower(stack(MINUTE)), call, payload))
    }
}

#[test]
fn against_the_emulator() {
    transport_checks::check(&Blocking(runtime()));
}

#[test]
fn the_case_table_holds() {
    let unknown = "a service does not say when it has a connection";
    let table = Table::new("tower")
        .skip("time/attempt-timeout-while-connecting", unknown)
        .skip("time/deadline-while-connecting", unknown);
    let report = runtime().block_on(table.run_async(|| Tower(stack(MINUTE))));
    assert_eq!(report.failures().count(), 0, "\n{report}");
}

#[test]
fn a_mock_takes_the_place_of_the_client() {
    let emulator = Emulator::new();
    let mock = service_fn(async |request: Request<ChunkBody>| {
        let (parts, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let response = emulator.respond(Request::from_parts(parts, body));
        Ok::<Response<Full<_>>, BoxError>(response.map(Full::new))
    });
    let config = Config::new(Emulator::PRIVATE_KEY).unwrap();
    let upload = UploadFile::new("a.bin").use_unique_file_name(false);
    let call = Call::new(&config, upload, CallOptions::default(), 7);
    let payload = Pieces::new(1000).chunks();
    runtime().block_on(drive_async(&Tower(mock), call, payload)).unwrap();
    assert_eq!(emulator.stored_bytes("/a.bin").unwrap().len(), 1000);
}

#[test]
fn layers_time_out_and_trace() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let server = Server::start(Emulator::new()).unwrap();
    server.emulator().inject(Fault::delay(Duration::from_secs(20)));
    let config = transport_checks::config(&server.url());
    let list = ListAndSearchAssets::new().path("/of-the-query");
    let page = tracing::subscriber::with_default(subscriber, || {
        let transport = Tower(stack(Duration::from_millis(300)));
        let call = Call::new(&config, list, CallOptions::default(), 7);
        runtime().block_on(drive_async(&transport, call, AsyncPayload::none())).unwrap()
    });
    assert_eq!(page.attempts, 2, "the layer did not end the first attempt");
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert_eq!(log.matches("started processing request").count(), 2, "{log}");
    assert!(log.contains("path=\"/v1/files\""), "{log}");
    assert!(!log.contains("of-the-query") && !log.contains(Emulator::PRIVATE_KEY), "{log}");
}

/// What was traced.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
