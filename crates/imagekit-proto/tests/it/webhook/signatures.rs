use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use imagekit_proto::webhook::{EventError, SignatureError, Signer, Verifier};
use proptest::prelude::*;

const SECRET: &str = "whsec_Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0";
const NOW: Duration = Duration::from_secs(1_700_000_000);
const BODY: &[u8] = br#"{"id":"e","type":"file.created"}"#;

fn verifier() -> Verifier {
    Verifier::new(SECRET).unwrap()
}

fn signed() -> HeaderMap {
    Signer::new(SECRET).unwrap().sign("msg_1", NOW, BODY).unwrap()
}

fn with(name: &'static str, value: &[u8]) -> HeaderMap {
    let mut headers = signed();
    headers.insert(name, HeaderValue::from_bytes(value).unwrap());
    headers
}

fn verify(headers: &HeaderMap) -> Result<(), SignatureError> {
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

/// The signature is that of the official Node client, version 6.
#[test]
fn the_older_scheme_signs_milliseconds() {
    let now = Duration::from_millis(1_700_000_000_264);
    let headers = Signer::new(SECRET).unwrap().sign_legacy(now, b"{}").unwrap();
    assert_eq!(
        headers["x-ik-signature"],
        "t=1700000000264,v1=22c4e9f0c02451549c5aec1b44f7dfa27527313379eb5b8a964473bbf9d26a2b"
    );
    let verifier = verifier();
    let verified = verifier.verify_legacy(&headers, b"{}", now).unwrap();
    assert_eq!((verified.message_id(), verified.signed_at()), (None, now));
}

#[test]
fn headers_come_once_and_in_utf8() {
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut missing = signed();
        missing.remove(name);
        assert_eq!(verify(&missing), Err(SignatureError::MissingHeader { name }));
        assert_eq!(verify(&with(name, b"")), Err(SignatureError::MissingHeader { name }));

        let mut twice = signed();
        let same = twice[name].clone();
        twice.append(name, same);
        assert_eq!(verify(&twice), Err(SignatureError::RepeatedHeader { name }));

        let latin1 = with(name, b"caf\xe9");
        assert_eq!(verify(&latin1), Err(SignatureError::HeaderNotUtf8 { name }));
    }
    let name = "x-ik-signature";
    let legacy = |headers: &HeaderMap| verifier().verify_legacy(headers, BODY, NOW).map(drop);
    assert_eq!(legacy(&signed()), Err(SignatureError::MissingHeader { name }));
    assert_eq!(legacy(&with(name, b"\xff")), Err(SignatureError::HeaderNotUtf8 { name }));
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
        assert_eq!(result, Err(SignatureError::NoMatch), "{value}");
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
        let error = SignatureError::MalformedTimestamp { name: "webhook-timestamp" };
        assert_eq!(result, Err(error), "{value}");
    }
}

#[test]
fn age_counts_once_the_signature_is_right() {
    let headers = signed();
    let at = |now| verifier().verify(&headers, BODY, now).map(drop);
    let tolerance = Duration::from_secs(300);
    let second = Duration::from_secs(1);

    assert_eq!(at(NOW + tolerance), Ok(()));
    assert_eq!(at(NOW + tolerance + Duration::from_millis(999)), Ok(()));
    assert_eq!(at(NOW - tolerance), Ok(()));
    let age = tolerance + second;
    assert_eq!(at(NOW + age), Err(SignatureError::TooOld { age, tolerance }));
    assert_eq!(at(NOW - age), Err(SignatureError::TooNew { ahead: age, tolerance }));
    assert_eq!(
        verifier().verify(&headers, b"{}", NOW + age).map(drop),
        Err(SignatureError::NoMatch)
    );

    let strict = verifier().tolerance(second);
    assert!(strict.verify(&headers, BODY, NOW + second).is_ok());
    assert!(strict.verify(&headers, BODY, NOW + 2 * second).is_err());
    assert!(verifier().tolerance(Duration::MAX).verify(&headers, BODY, Duration::MAX).is_ok());
}

#[test]
fn age_counts_in_the_older_scheme_too() {
    let signed_at = Duration::from_millis(1_700_000_000_264);
    let headers = Signer::new(SECRET).unwrap().sign_legacy(signed_at, BODY).unwrap();
    let at = |now| verifier().verify_legacy(&headers, BODY, now).map(drop);
    let tolerance = Duration::from_secs(300);
    let late = tolerance + Duration::from_millis(1);

    assert_eq!(at(signed_at + tolerance), Ok(()));
    assert_eq!(at(signed_at + late), Err(SignatureError::TooOld { age: late, tolerance }));
    assert_eq!(at(signed_at - late), Err(SignatureError::TooNew { ahead: late, tolerance }));
}

#[test]
fn parts_of_the_older_header() {
    let now = Duration::from_secs(5);
    let headers = Signer::new(SECRET).unwrap().sign_legacy(now, BODY).unwrap();
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
    let malformed = SignatureError::MalformedTimestamp { name: "x-ik-signature" };
    for (value, error) in [
        (v1.clone(), SignatureError::MissingPart { part: "t" }),
        (format!(" {right}"), SignatureError::MissingPart { part: "t" }),
        (format!("T=5000,{v1}"), SignatureError::MissingPart { part: "t" }),
        (format!("t,{right}"), SignatureError::MissingPart { part: "t" }),
        (",".to_owned(), SignatureError::MissingPart { part: "t" }),
        ("t=5000".to_owned(), SignatureError::MissingPart { part: "v1" }),
        (format!("t=,{v1}"), malformed.clone()),
        (format!("t=-5,{v1}"), malformed.clone()),
        (format!("t=05000,{v1}"), malformed.clone()),
        (format!("t=5000abc,{v1}"), malformed),
        (format!("t=5000,v1=00,{v1}"), SignatureError::NoMatch),
        (format!("t=5001,{v1}"), SignatureError::NoMatch),
        (
            right.to_ascii_uppercase().replace("T=", "t=").replace("V1", "v1"),
            SignatureError::NoMatch,
        ),
    ] {
        assert_eq!(verify(&value), Err(error), "{value}");
    }
}

#[test]
fn large_bodies_are_refused_unread() {
    let body = vec![b' '; 10_000_000];
    let headers = Signer::new(SECRET).unwrap().sign("msg_1", NOW, &body).unwrap();
    assert_eq!(
        verifier().verify(&headers, &body, NOW).map(drop),
        Err(SignatureError::BodyTooLarge { len: 10_000_000, max: Verifier::DEFAULT_MAX_BODY })
    );
    let roomy = verifier().max_body(10_000_000);
    let verified = roomy.verify(&headers, &body, NOW).unwrap();
    assert!(matches!(verified.event(), Err(EventError::NotJson { .. })));
}

#[test]
fn rotation_takes_the_old_and_the_new_secret() {
    let both = Verifier::new("whsec_new").unwrap().or_secret("whsec_old").unwrap();
    for (secret, known) in [("whsec_new", true), ("whsec_old", true), ("whsec_other", false)] {
        let headers = Signer::new(secret).unwrap().sign("msg_1", NOW, BODY).unwrap();
        assert_eq!(both.verify(&headers, BODY, NOW).is_ok(), known, "{secret}");
        let headers = Signer::new(secret).unwrap().sign_legacy(NOW, BODY).unwrap();
        assert_eq!(both.verify_legacy(&headers, BODY, NOW).is_ok(), known, "{secret}");
    }
}

#[test]
fn empty_secrets_and_ids_are_refused() {
    assert_eq!(Verifier::new("").unwrap_err(), SignatureError::EmptySecret);
    assert_eq!(verifier().or_secret("").unwrap_err(), SignatureError::EmptySecret);
    let signer = Signer::new(SECRET).unwrap();
    for id in ["", " msg", "msg ", "a\nb", "\0"] {
        let result = signer.sign(id, NOW, BODY);
        assert_eq!(result.unwrap_err(), SignatureError::InvalidMessageId, "{id:?}");
    }
    let result = signer.sign_legacy(Duration::MAX, BODY);
    assert_eq!(result.unwrap_err(), SignatureError::InvalidTimestamp);
}

#[test]
fn nothing_secret_is_printed() {
    let headers = signed();
    let verifier = verifier();
    let verified = verifier.verify(&headers, BODY, NOW).unwrap();
    let printed = format!("{verifier:?} {:?} {verified:?}", Signer::new(SECRET).unwrap());
    assert!(!printed.contains("Zm9v"), "{printed}");
    assert!(!printed.contains("file.created"), "{printed}");
}

fn message() -> impl Strategy<Value = (String, String, u64, Vec<u8>)> {
    (
        "[!-~]{1,80}",
        "[!-~]([ -~é]{0,40}[!-~])?",
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
    fn what_is_signed_verifies((secret, id, seconds, body) in message(), millis in 0u64..1000) {
        let now = Duration::from_millis(seconds * 1000 + millis);
        let (signer, verifier) = (Signer::new(&*secret).unwrap(), Verifier::new(secret).unwrap());

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
        let now = Duration::from_secs(seconds);
        let signer = Signer::new(&*secret).unwrap();
        let verifier = Verifier::new(secret).unwrap().tolerance(Duration::MAX);
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
