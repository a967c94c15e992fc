use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use imagekit_proto::types::UnixTime;
use imagekit_proto::webhook::{EventError, WebhookError, WebhookSigner, WebhookVerifier};
use proptest::prelude::*;

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
fn debug_prints_settings_and_no_secret() {
    let headers = signed();
    let verifier = verifier();
    let verified = verifier.verify(&headers, BODY, NOW).unwrap();
    assert_eq!(
        format!("{verified:?}"),
        r#"VerifiedWebhook { message_id: Some("msg_1"), signed_at: UnixTime(1700000000), body: 32 bytes }"#
    );
    let two = verifier.clone().or_secret("b").unwrap().max_body(9);
    assert_eq!(format!("{two:?}"), "WebhookVerifier { secrets: 2, tolerance: 300s, max_body: 9 }");
    let signer = WebhookSigner::new(SECRET).unwrap();
    assert_eq!(format!("{signer:?}"), "WebhookSigner { key: [secret] }");
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

#[test]
fn every_error_says_what_to_do() {
    let second = Duration::from_secs(1);
    let tolerance = Duration::from_secs(300);
    for (error, problem, advice) in [
        (WebhookError::EmptySecret, "secret is empty", "copy it whole"),
        (WebhookError::DotInMessageId, "has a dot", "refuse the request"),
        (WebhookError::InvalidMessageId, "message id", "printable characters"),
        (WebhookError::InvalidTimestamp, "too large", "pass seconds"),
        (WebhookError::MissingHeader { name: "x" }, "header x is missing", "as received"),
        (WebhookError::RepeatedHeader { name: "x" }, "x came more than once", "refuse"),
        (WebhookError::HeaderNotUtf8 { name: "x" }, "x is not UTF-8", "refuse"),
        (WebhookError::MalformedTimestamp { name: "x" }, "in x is not a plain", "refuse"),
        (WebhookError::MissingPart { part: "t" }, "no t= part", "refuse"),
        (WebhookError::BodyTooLarge { len: 7, max: 6 }, "7 bytes, more than the 6", "max_body"),
        (WebhookError::NoMatch, "no signature matches", "whole secret text"),
        (WebhookError::TooOld { age: second, tolerance }, "1 s old, more than the 300 s", "replay"),
        (WebhookError::TooNew { ahead: second, tolerance }, "1 s in the future", "clock"),
    ] {
        let text = error.to_string();
        let (left, right) = text.split_once(": ").unwrap();
        assert!(left.contains(problem) && right.contains(advice), "{text}");
        assert_eq!(text.matches(": ").count(), 1, "{text}");
    }
}

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
