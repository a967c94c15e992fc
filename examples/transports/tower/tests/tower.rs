//! A stack of tower against the emulator and the case table, and a mock in its place.

#![allow(clippy::unwrap_used, reason = "it is test code")]

use std::time::Duration;

use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use imagekit_conformance::Table;
use imagekit_emulator::Emulator;
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
