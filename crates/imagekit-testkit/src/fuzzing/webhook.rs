//! Webhooks: whatever arrives is verified or refused, and what was signed is verified.

use http::header::HeaderName;
use http::{HeaderMap, HeaderValue};

use imagekit_proto::types::UnixTime;
use imagekit_proto::webhook::{
    Event, ExtensionCallback, WebhookError, WebhookSigner, WebhookVerifier,
};

const HEADERS: [&str; 4] =
    ["webhook-id", "webhook-timestamp", "webhook-signature", "x-ik-signature"];

/// Takes `data` as headers, clock and body of a message, as a body alone, and as a message to
/// sign.
///
/// Layout: for each of the four headers a byte with its length (255: absent) and its value,
/// then eight bytes of clock in seconds, then the body.
pub fn webhook(data: &[u8]) {
    let Ok(verifier) = WebhookVerifier::new("whsec_fuzz") else { return };
    let mut rest = data;
    let mut headers = HeaderMap::new();
    for name in HEADERS {
        let len = take(&mut rest, 1).first().copied().unwrap_or(u8::MAX);
        if len != u8::MAX {
            if let Ok(value) = HeaderValue::from_bytes(take(&mut rest, usize::from(len))) {
                headers.append(HeaderName::from_static(name), value);
            }
        }
    }
    let seconds = take(&mut rest, 8).iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    let now = UnixTime::from_secs(seconds);

    for result in
        [verifier.verify(&headers, rest, now), verifier.verify_legacy(&headers, rest, now)]
    {
        match result {
            Ok(verified) => {
                let _ = (verified.event(), verified.callback());
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    parse(data);
    parse(rest);
    sign_then_verify(&verifier, now, rest);
}

/// What parses is serialised and parsed again to an event of the same type. (Not to an equal one:
/// a number of more digits than a float holds comes back rounded.)
fn parse(body: &[u8]) {
    match Event::parse_unverified(body) {
        Ok(event) => {
            let again = serde_json::to_vec(&event).unwrap_or_default();
            let again = Event::parse_unverified(&again);
            assert!(again.is_ok_and(|again| again.event_type() == event.event_type()));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    let _ = ExtensionCallback::parse_unverified(body);
}

fn sign_then_verify(verifier: &WebhookVerifier, now: UnixTime, body: &[u8]) {
    let Ok(signer) = WebhookSigner::new("whsec_fuzz") else { return };
    let signed = signer.sign("msg_1", now, body);
    assert!(signed.is_ok_and(|headers| verifier.verify(&headers, body, now).is_ok()));
    match signer.sign_legacy(now, body) {
        Ok(headers) => assert!(verifier.verify_legacy(&headers, body, now).is_ok()),
        Err(error) => assert_eq!(error, WebhookError::InvalidTimestamp),
    }
}

fn take<'a>(rest: &mut &'a [u8], len: usize) -> &'a [u8] {
    let (head, tail) = rest.split_at_checked(len).unwrap_or((rest, &[]));
    *rest = tail;
    head
}
