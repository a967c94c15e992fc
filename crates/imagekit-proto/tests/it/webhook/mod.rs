//! Webhooks: signatures and events.

mod errors;
mod events;
mod legacy;
mod properties;
mod signatures;

use http::{HeaderMap, HeaderValue};
use imagekit_proto::types::UnixTime;
use imagekit_proto::webhook::{WebhookSigner, WebhookVerifier};

const SECRET: &str = "whsec_Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0";
const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

/// `seconds` after `NOW`, or before it.
fn at(seconds: i64) -> UnixTime {
    UnixTime::from_secs(NOW.as_secs().checked_add_signed(seconds).unwrap())
}
const BODY: &[u8] = br#"{"id":"e","type":"file.created"}"#;

fn verifier() -> WebhookVerifier {
    WebhookVerifier::new(SECRET).unwrap()
}

fn signed() -> HeaderMap {
    WebhookSigner::new(SECRET).unwrap().sign("msg_1", NOW, BODY).unwrap()
}

fn with(name: &'static str, value: &[u8]) -> HeaderMap {
    let mut headers = signed();
    headers.insert(name, HeaderValue::from_bytes(value).unwrap());
    headers
}
