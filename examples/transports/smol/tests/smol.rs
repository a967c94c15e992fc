//! smol against the emulator and the case table.

use std::io;
use std::process::Command;

use async_io::block_on;
use imagekit_conformance::Table;
use imagekit_proto::transport::{AsyncPayload, drive_async};
use imagekit_proto::{Call, Endpoint, Outcome};
use transport_checks::{Driver, Pieces};
use transport_smol::Smol;

struct Blocking;

impl Driver for Blocking {
    type Error = io::Error;

    fn drive<E: Endpoint>(
        &self,
        call: Call<E, io::Error>,
        payload: Option<Pieces>,
    ) -> Outcome<E::Output, io::Error> {
        let payload = payload.map_or_else(AsyncPayload::none, Pieces::chunks);
        block_on(drive_async(&Smol, call, payload))
    }
}

#[test]
fn against_the_emulator() {
    transport_checks::check(&Blocking);
}

#[test]
fn the_case_table_holds() {
    let report = block_on(Table::new("smol").run_async(|| Smol));
    assert_eq!(report.failures().count(), 0, "\n{report}");
}

#[test]
fn there_is_no_tokio_among_the_dependencies() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--package", env!("CARGO_PKG_NAME"), "--edges", "normal,build"])
        .args(["--prefix", "none", "--format", "{p}", "--all-features"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let tree = String::from_utf8(tree.stdout).unwrap();
    assert!(tree.contains("async-net v"), "{tree}");
    assert!(!tree.contains("tokio"), "{tree}");
}
