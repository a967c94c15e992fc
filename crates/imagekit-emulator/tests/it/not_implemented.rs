//! The exact list of operations that the emulator does not implement.

use imagekit_emulator::{Emulator, body_bytes};
use imagekit_proto::{Endpoint as _, RequestContext, operation};

use crate::support::config;

/// The operations to which the emulator responds with 501.
const NOT_IMPLEMENTED: &[&str] = &[];

#[test]
fn every_operation_is_implemented_or_listed() {
    let mut failed = Vec::new();
    for entry in operation::all() {
        let id = entry.operation().id;
        let endpoint = entry.endpoint(entry.sample_request()).unwrap();
        let request = endpoint.build(&RequestContext::new(&config(), 7)).unwrap();
        let status = Emulator::new().respond(request.map(body_bytes)).status().as_u16();
        match (status == 501, NOT_IMPLEMENTED.contains(&id)) {
            (true, false) => failed.push(format!(
                "operation {id}: add a handler to src/api or list it in NOT_IMPLEMENTED"
            )),
            (false, true) => failed.push(format!(
                "operation {id}: it is implemented, so remove it from NOT_IMPLEMENTED"
            )),
            _ => {}
        }
    }
    for id in NOT_IMPLEMENTED {
        if operation::find(id).is_none() {
            failed
                .push(format!("operation {id}: there is none, so remove it from NOT_IMPLEMENTED"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
