//! The older scheme, `x-ik-signature`.

use std::time::Duration;

use imagekit_proto::types::UnixTime;
use imagekit_proto::webhook::{WebhookError, WebhookSigner, WebhookVerifier};

use super::{BODY, NOW, SECRET, at, verifier, with};

/// The signatures are those of the official Node client, version 6.
#[test]
fn the_older_scheme_signs_milliseconds() {
    let headers = WebhookSigner::new(SECRET).unwrap().sign_legacy(NOW, b"{}").unwrap();
    assert!(headers["x-ik-signature"].to_str().unwrap().starts_with("t=1700000000000,v1="));
    let verifier = verifier();
    let verified = verifier.verify_legacy(&headers, b"{}", NOW).unwrap();
    assert_eq!((verified.message_id(), verified.signed_at()), (None, NOW));
    assert_eq!(verified.signed_at_subsec_millis(), 0);

    let headers = with("x-ik-signature", LEGACY.as_bytes());
    let verified = verifier.verify_legacy(&headers, b"{}", NOW).unwrap();
    assert_eq!((verified.signed_at(), verified.signed_at_subsec_millis()), (NOW, 264));
    assert_eq!(verified.body(), b"{}");
}
const LEGACY: &str =
    "t=1700000000264,v1=22c4e9f0c02451549c5aec1b44f7dfa27527313379eb5b8a964473bbf9d26a2b";

#[test]
fn the_age_is_checked_in_the_older_scheme_too() {
    let headers = with("x-ik-signature", LEGACY.as_bytes());
    let verify = |now| verifier().verify_legacy(&headers, b"{}", now).map(drop);
    let tolerance = WebhookVerifier::DEFAULT_TOLERANCE;

    // Signed 264 ms after NOW: the age has milliseconds.
    assert_eq!(verify(at(300)), Ok(()));
    let age = Duration::from_millis(300_736);
    assert_eq!(verify(at(301)), Err(WebhookError::TooOld { age, tolerance }));
    assert_eq!(verify(at(-299)), Ok(()));
    let ahead = Duration::from_millis(300_264);
    assert_eq!(verify(at(-300)), Err(WebhookError::TooNew { ahead, tolerance }));
}

#[test]
fn parts_of_the_older_header() {
    let now = UnixTime::from_secs(5);
    let headers = WebhookSigner::new(SECRET).unwrap().sign_legacy(now, BODY).unwrap();
    let right = headers["x-ik-signature"].to_str().unwrap().to_owned();
    let v1 = right.split_once(',').unwrap().1.to_owned();
    let verify = |value: &str| {
        let headers = with("x-ik-signature", value.as_bytes());
        verifier().verify_legacy(&headers, BODY, now).map(drop)
    };

    for value in [
        right.clone(),
        format!("{v1},t=5000"),
        format!("x=1,{right},v1=00,t=1"),
        format!("{right}=x,t"),
    ] {
        assert_eq!(verify(&value), Ok(()), "{value}");
    }
    let malformed = WebhookError::MalformedTimestamp { name: "x-ik-signature" };
    for (value, error) in [
        (v1.clone(), WebhookError::MissingPart { part: "t" }),
        (format!(" {right}"), WebhookError::MissingPart { part: "t" }),
        (format!("T=5000,{v1}"), WebhookError::MissingPart { part: "t" }),
        (format!("t,{right}"), WebhookError::MissingPart { part: "t" }),
        (",".to_owned(), WebhookError::MissingPart { part: "t" }),
        ("t=5000".to_owned(), WebhookError::MissingPart { part: "v1" }),
        (format!("t=,{v1}"), malformed.clone()),
        (format!("t=-5,{v1}"), malformed.clone()),
        (format!("t=05000,{v1}"), malformed.clone()),
        (format!("t=5000abc,{v1}"), malformed),
        (format!("t=5000,v1=00,{v1}"), WebhookError::NoMatch),
        (format!("t=5001,{v1}"), WebhookError::NoMatch),
        (right.to_ascii_uppercase().replace("T=", "t=").replace("V1", "v1"), WebhookError::NoMatch),
    ] {
        assert_eq!(verify(&value), Err(error), "{value}");
    }
}
