//! Properties of both schemes.

use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use imagekit_proto::types::UnixTime;
use imagekit_proto::webhook::{WebhookSigner, WebhookVerifier};
use proptest::prelude::*;

fn message() -> impl Strategy<Value = (String, String, u64, Vec<u8>)> {
    (
        "[!-~]{1,80}",
        "[!--/-~]([ --/-~é]{0,40}[!--/-~])?",
        0..=u64::MAX / 1000,
        proptest::collection::vec(any::<u8>(), 0..300),
    )
}

/// `text` with its byte at `place` (anywhere) changed to another one that a header can carry.
fn changed(text: &[u8], place: usize, step: u8) -> Vec<u8> {
    let mut bytes = text.to_vec();
    let place = place % bytes.len();
    let other = b'!' + step % 94;
    bytes[place] = if bytes[place] == other { b'!' + (step + 1) % 94 } else { other };
    bytes
}

proptest! {
    #[test]
    fn what_is_signed_verifies((secret, id, seconds, body) in message()) {
        let now = UnixTime::from_secs(seconds);
        let (signer, verifier) = (WebhookSigner::new(&*secret).unwrap(), WebhookVerifier::new(secret).unwrap());

        let headers = signer.sign(&id, now, &body).unwrap();
        let verified = verifier.verify(&headers, &body, now);
        prop_assert_eq!(verified.unwrap().message_id(), Some(&*id));

        let headers = signer.sign_legacy(now, &body).unwrap();
        let verified = verifier.verify_legacy(&headers, &body, now);
        prop_assert_eq!(verified.unwrap().signed_at(), now);
    }

    #[test]
    fn any_changed_byte_fails(
        (secret, id, seconds, body) in message(),
        place in any::<usize>(),
        step in 1u8..255,
    ) {
        let now = UnixTime::from_secs(seconds);
        let signer = WebhookSigner::new(&*secret).unwrap();
        let verifier = WebhookVerifier::new(secret).unwrap().tolerance(Duration::MAX);
        let headers = signer.sign(&id, now, &body).unwrap();
        for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            let value = changed(headers[name].as_bytes(), place, step);
            let mut forged = headers.clone();
            forged.insert(name, HeaderValue::from_bytes(&value).unwrap());
            prop_assert!(verifier.verify(&forged, &body, now).is_err(), "{} {:?}", name, value);
        }
        let legacy = signer.sign_legacy(now, &body).unwrap();
        let value = changed(legacy["x-ik-signature"].as_bytes(), place, step);
        let mut forged = HeaderMap::new();
        forged.insert("x-ik-signature", HeaderValue::from_bytes(&value).unwrap());
        prop_assert!(verifier.verify_legacy(&forged, &body, now).is_err(), "{:?}", value);

        let mut bodies = vec![[&*body, &[step]].concat()];
        if !body.is_empty() {
            let mut other = body.clone();
            let place = place % other.len();
            other[place] ^= step;
            bodies.push(other);
            bodies.push(body[1..].to_vec());
        }
        for body in bodies {
            prop_assert!(verifier.verify(&headers, &body, now).is_err());
            prop_assert!(verifier.verify_legacy(&legacy, &body, now).is_err());
        }
    }
}
