//! The case table that every transport must pass.

use imagekit_conformance::{Client as TableClient, Table, TableCall, TablePayload};
use imagekit_ureq::proto::Outcome;
use imagekit_ureq::{Client, Payload, TransportError};
use serde_json::Value;

struct Ureq(Client);

impl TableClient for Ureq {
    type Error = TransportError;

    fn call(&self, call: TableCall<'_>) -> Outcome<Value, TransportError> {
        let payload = match call.payload {
            None => return self.0.send_with(call.endpoint, call.options),
            Some(TablePayload::Bytes(bytes)) => Payload::bytes(bytes),
            Some(TablePayload::Path(path)) => Payload::path(path),
            Some(TablePayload::Once(supply) | TablePayload::Stream(supply)) => {
                let len = supply.len();
                Payload::reader(supply, len)
            }
            Some(TablePayload::Reopen(supply)) => {
                Payload::reopen(supply.len(), move || Ok(supply.clone()))
            }
        };
        self.0.upload_with(call.endpoint, payload, call.options)
    }
}

#[test]
fn the_case_table_holds() {
    let report = Table::new("ureq").run_client(|config| Ureq(Client::new(config).unwrap()));
    assert_eq!(report.failures().count(), 0, "\n{report}");
}
