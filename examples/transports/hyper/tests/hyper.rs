//! hyper against the emulator and the case table.

#![allow(clippy::unwrap_used, reason = "it is test code")]

use imagekit_conformance::Table;
use imagekit_proto::transport::{AsyncPayload, drive_async};
use imagekit_proto::{Call, Endpoint, Outcome};
use tokio::runtime::{Builder, Runtime};
use transport_checks::{Driver, Pieces};
use transport_hyper::{BoxError, Hyper};

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
        self.0.block_on(drive_async(&Hyper, call, payload))
    }
}

#[test]
fn against_the_emulator() {
    transport_checks::check(&Blocking(runtime()));
}

#[test]
fn the_case_table_holds() {
    let report = runtime().block_on(Table::new("hyper").run_async(|| Hyper));
    assert_eq!(report.failures().count(), 0, "\n{report}");
}
