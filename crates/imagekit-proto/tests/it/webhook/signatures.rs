//! The current scheme, Standard Webhooks.

use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use imagekit_proto::types::UnixTime;
use imagekit_proto::webhook::{EventError, WebhookError, WebhookSigner, WebhookVerifier};

use super::{BODY, NOW, SECRET, at, signed, verifier, with};

fn verify(headers: &HeaderMap) -> Result<(), WebhookError> {
    verifier().verify(headers, BODY, NOW).map(drop)
}

/// The signatures are those of the official Node client.
#[test]
fn the_whole_secret_is_the_key() {
    assert_eq!(signed()["webhook-signature"], "v1,WCeBe1KlL0XSLLtkohvF581uZbDx3GAjPffJAGjfsUI=");
    assert_eq!(verify(&signed()), Ok(()));

    let verified = verifier();
    let headers = signed();
    let verified = verified.verify(&headers, BODY, NOW).unwrap();
    assert_eq!(verified.message_id(), Some("msg_1"));
    assert_eq!(verified.signed_at(), NOW);
    assert_eq!(verified.body(), BODY);
}

#[test]
fn headers_come_once_and_in_utf8() {
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut missing = signed();
        missing.remove(name);
        assert_eq!(verify(&missing), Err(WebhookError::MissingHeader { name }));
        assert_eq!(verify(&with(name, b"")), Err(WebhookError::MissingHeader { name }));

        let mut twice = signed();
        let same = twice[name].clone();
        twice.append(name, same);
        assert_eq!(verify(&twice), Err(WebhookError::RepeatedHeader { name }));

        let latin1 = with(name, b"caf\xe9");
        assert_eq!(verify(&latin1), Err(WebhookError::HeaderNotUtf8 { name }));
    }
    let name = "x-ik-signature";
    let legacy = |headers: &HeaderMap| verifier().verify_legacy(headers, BODY, NOW).map(drop);
    assert_eq!(legacy(&signed()), Err(WebhookError::MissingHeader { name }));
    assert_eq!(legacy(&with(name, b"\xff")), Err(WebhookError::HeaderNotUtf8 { name }));
}

#[test]
fn one_right_signature_among_several_is_enough() {
    let right = signed()["webhook-signature"].to_str().unwrap().to_owned();
    for value in [
        format!("v1,AAAA {right}"),
        format!("{right} v1,AAAA"),
        format!("v2,x  {right}  "),
        format!("v1, v1 {right}"),
    ] {
        assert_eq!(verify(&with("webhook-signature", value.as_bytes())), Ok(()), "{value}");
    }
    for value in [
        right.replace("v1,", "V1,"),
        right.replace("v1,", "v2,"),
        right.replace("v1,", ""),
        right.replace('=', ""),
        // Other base64 of the same bytes: another last character, more padding.
        right.replace("sUI=", "sUJ="),
        right.replace("sUI=", "sUI=="),
        // More bytes than a signature has, and fewer.
        right.replace("v1,", "v1,AAAA"),
        right.replace("sUI=", ""),
        format!("v1,{}", "A".repeat(60_000)),
        format!("{right}="),
        format!("v1,AAAA,{right}"),
        format!("v1,AAAA\t{right}"),
        right.to_ascii_lowercase(),
        "v1".to_owned(),
        "v1,".to_owned(),
    ] {
        let result = verify(&with("webhook-signature", value.as_bytes()));
        assert_eq!(result, Err(WebhookError::NoMatch), "{value}");
    }
}

#[test]
fn timestamps_are_plain_numbers() {
    for value in [
        "abc",
        "1e9",
        "0x6553f100",
        "-5",
        "+1700000000",
        "01700000000",
        "1700000000.0",
        " 1700000000",
        "1700000000 ",
        "1,700,000,000",
        "99999999999999999999999",
    ] {
        let result = verify(&with("webhook-timestamp", value.as_bytes()));
        let error = WebhookError::MalformedTimestamp { name: "webhook-timestamp" };
        assert_eq!(result, Err(error), "{value}");
    }
}

#[test]
fn the_age_is_checked_after_the_signature() {
    let headers = signed();
    let verify = |now| verifier().verify(&headers, BODY, now).map(drop);
    let tolerance = WebhookVerifier::DEFAULT_TOLERANCE;
    assert_eq!(tolerance, Duration::from_secs(300));
    let beyond = Duration::from_secs(301);

    assert_eq!(verify(at(300)), Ok(()));
    assert_eq!(verify(at(-300)), Ok(()));
    assert_eq!(verify(at(301)), Err(WebhookError::TooOld { age: beyond, tolerance }));
    assert_eq!(verify(at(-301)), Err(WebhookError::TooNew { ahead: beyond, tolerance }));
    assert_eq!(verifier().verify(&headers, b"{}", at(301)).map(drop), Err(WebhookError::NoMatch));

    let strict = verifier().tolerance(Duration::from_secs(1));
    assert!(strict.verify(&headers, BODY, at(1)).is_ok());
    assert!(strict.verify(&headers, BODY, at(2)).is_err());
    let never = UnixTime::from_secs(u64::MAX);
    assert!(verifier().tolerance(Duration::MAX).verify(&headers, BODY, never).is_ok());
}

/// The signed text is `id.timestamp.body`: with dots in the id, it could be split elsewhere.
#[test]
fn dots_cannot_move_the_boundaries_of_the_signed_text() {
    let signer = WebhookSigner::new(SECRET).unwrap();
    for id in ["msg.1", ".", "a.1700000000"] {
        assert_eq!(signer.sign(id, NOW, BODY).unwrap_err(), WebhookError::DotInMessageId);
    }
    // A genuine signature of another split of the same text.
    let headers = signer.sign("msg_1", NOW, b"1700000000.{}").unwrap();
    let mut moved = headers.clone();
    moved.insert("webhook-id", HeaderValue::from_static("msg_1.1700000000"));
    let verifier = verifier();
    assert!(verifier.verify(&headers, b"1700000000.{}", NOW).is_ok());
    let error = verifier.verify(&moved, b"{}", NOW).unwrap_err();
    assert_eq!(error, WebhookError::DotInMessageId);
    for timestamp in ["1700000000.1700000000", ".1700000000", "1700000000."] {
        let mut moved = headers.clone();
        moved.insert("webhook-timestamp", HeaderValue::from_str(timestamp).unwrap());
        let name = "webhook-timestamp";
        let error = verifier.verify(&moved, b"{}", NOW).unwrap_err();
        assert_eq!(error, WebhookError::MalformedTimestamp { name }, "{timestamp}");
    }
}

#[test]
fn large_bodies_are_refused_unread() {
    let body = vec![b' '; 10_000_000];
    let headers = WebhookSigner::new(SECRET).unwrap().sign("msg_1", NOW, &body).unwrap();
    assert_eq!(
        verifier().verify(&headers, &body, NOW).map(drop),
        Err(WebhookError::BodyTooLarge { len: 10_000_000, max: WebhookVerifier::DEFAULT_MAX_BODY })
    );
    let roomy = verifier().max_body(10_000_000);
    let verified = roomy.verify(&headers, &body, NOW).unwrap();
    assert!(matches!(verified.event(), Err(EventError::NotJson { .. })));
}

#[test]
fn rotation_takes_the_old_and_the_new_secret() {
    let both = WebhookVerifier::new("whsec_new").unwrap().or_secret("whsec_old").unwrap();
    for (secret, known) in [("whsec_new", true), ("whsec_old", true), ("whsec_other", false)] {
        let headers = WebhookSigner::new(secret).unwrap().sign("msg_1", NOW, BODY).unwrap();
        assert_eq!(both.verify(&headers, BODY, NOW).is_ok(), known, "{secret}");
        let headers = WebhookSigner::new(secret).unwrap().sign_legacy(NOW, BODY).unwrap();
        assert_eq!(both.verify_legacy(&headers, BODY, NOW).is_ok(), known, "{secret}");
    }
}

#[test]
fn empty_secrets_and_ids_are_refused() {
    assert_eq!(WebhookVerifier::new("").unwrap_err(), WebhookError::EmptySecret);
    assert_eq!(verifier().or_secret("").unwrap_err(), WebhookError::EmptySecret);
    let signer = WebhookSigner::new(SECRET).unwrap();
    for id in ["", " msg", "msg ", "a\nb", "\0"] {
        let result = signer.sign(id, NOW, BODY);
        assert_eq!(result.unwrap_err(), WebhookError::InvalidMessageId, "{id:?}");
    }
    let last = u64::MAX / 1000;
    assert!(signer.sign_legacy(UnixTime::from_secs(last), BODY).is_ok());
    let result = signer.sign_legacy(UnixTime::from_secs(last + 1), BODY);
    assert_eq!(result.unwrap_err(), WebhookError::InvalidTimestamp);
}

#[test]
fn verified_bodies_are_parsed() {
    let signer = WebhookSigner::new(SECRET).unwrap();
    let verifier = verifier();
    let body = br#"{"type":"file.deleted","id":"evt_1","created_at":"2026-02-11T09:00:01.123Z",
                    "data":{"fileId":"f1"}}"#;
    let headers = signer.sign("msg_1", NOW, body).unwrap();
    let event = verifier.verify(&headers, body, NOW).unwrap().event().unwrap();
    assert_eq!((event.event_type(), event.id()), ("file.deleted", Some("evt_1")));

    let body = br#"{"service":"remove-bg","status":"FAILURE","fileId":"f1"}"#;
    let headers = signer.sign("msg_1", NOW, body).unwrap();
    let callback = verifier.verify(&headers, body, NOW).unwrap().callback().unwrap();
    assert_eq!(callback.file_id(), Some("f1"));
}
