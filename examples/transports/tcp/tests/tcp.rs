//! The plain socket against the emulator and the case table.

use std::io;

use imagekit_conformance::Table;
use imagekit_proto::transport::{Payload, drive};
use imagekit_proto::{Call, Endpoint, Outcome};
use transport_checks::{Driver, Pieces};
use transport_tcp::Tcp;

struct Blocking;

impl Driver for Blocking {
    type Error = io::Error;

    fn drive<E: Endpoint>(
        &self,
        call: Call<E, io::Error>,
        payload: Option<Pieces>,
    ) -> Outcome<E::Output, io::Error> {
        drive(&Tcp, call, payload.map_or_else(Payload::none, Pieces::reader))
    }
}

#[test]
fn against_the_emulator() {
    transport_checks::check(&Blocking);
}

#[test]
fn the_case_table_holds() {
    let report = Table::new("tcp").run(|| Tcp);
    assert_eq!(report.failures().count(), 0, "\n{report}");
}
