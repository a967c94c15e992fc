//! Signatures and tokens for uploads without the private key.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use imagekit_proto::Secret;
use imagekit_proto::api::upload::{UploadAuth, UploadFile};
use imagekit_proto::types::UnixTime;
use imagekit_proto::upload_auth::{SignatureToken, UploadAuthError, UploadSigner, jwt};
use proptest::prelude::*;
use serde_json::{Value, json};

const SECONDS: u64 = 1_700_000_000;
const NOW: UnixTime = UnixTime::from_secs(SECONDS);

fn signer() -> UploadSigner {
    UploadSigner::new("private_key_test").unwrap()
}

/// The signatures are those of the official Node and Python clients.
#[test]
fn signs_token_then_expire() {
    for (key, token, expire, signature) in [
        ("private_key_test", "your_token", 1582269249, "e71bcd6031016b060d349d212e23e85c791decdd"),
        ("private_key_test", "tökén-क", 1582269249, "93b4e3672916dab79b5b9879b6a7dcec0e61e81f"),
        ("private_key_test", "tok", -1, "a7de1de4fbb5933e4d72afd746a8bd6149fbefaa"),
        ("private_key_test", "tok", 0, "3698e5eb52077c18c7dbbf551144a0e47cd7e227"),
        ("dummy-key", "your_token", 1582269249, "1de1c147aa204d5dac84179b1b47027a2f289741"),
    ] {
        let ours = UploadSigner::new(key).unwrap().signature_unchecked(token, expire);
        assert_eq!(ours, signature, "{key} {token} {expire}");
    }
}

fn auth() -> UploadAuth {
    let signer = signer().with_public_key("public_key_test").unwrap();
    let token = SignatureToken::new("tok").unwrap();
    signer.sign(token, UploadSigner::DEFAULT_LIFETIME, NOW).unwrap()
}

#[test]
fn the_lifetime_is_between_a_second_and_an_hour() {
    let sign = |lifetime, now| signer().sign(SignatureToken::new("t").unwrap(), lifetime, now);
    assert_eq!(UploadSigner::DEFAULT_LIFETIME, Duration::from_secs(1800));
    for (lifetime, seconds) in [
        (Duration::from_secs(1), 1),
        (UploadSigner::DEFAULT_LIFETIME, 1800),
        (Duration::from_millis(3_599_999), 3599),
    ] {
        let expire = UnixTime::from_secs(SECONDS + seconds);
        assert_eq!(sign(lifetime, NOW).unwrap().expire, expire);
    }
    for lifetime in [Duration::ZERO, Duration::from_millis(999)] {
        assert_eq!(sign(lifetime, NOW), Err(UploadAuthError::LifetimeTooShort));
    }
    for lifetime in [Duration::from_secs(3600), Duration::MAX] {
        let error = UploadAuthError::LifetimeTooLong { lifetime, max_seconds: 3599 };
        assert_eq!(sign(lifetime, NOW), Err(error));
    }
}

/// An `expire` of ten digits: no digit can move between token and `expire`.
#[test]
fn the_clock_has_ten_digits() {
    let sign = |now| {
        let token = SignatureToken::new("t1").unwrap();
        signer().sign(token, Duration::from_secs(60), UnixTime::from_secs(now))
    };
    for now in [1_000_000_000, 9_999_999_939] {
        assert_eq!(sign(now).unwrap().expire.to_string().len(), 10, "{now}");
    }
    for now in
        [0, 999_999_999, 9_999_999_940, 10_000_000_000, SECONDS * 1_000, i64::MAX as u64, u64::MAX]
    {
        assert_eq!(sign(now), Err(UploadAuthError::ClockOutOfRange), "{now}");
    }
}

/// Other splits of the signed text have the same signature, so they must be useless.
#[test]
fn moving_a_digit_makes_an_expire_that_is_refused() {
    let auth = signer().sign(SignatureToken::new("tok1").unwrap(), Duration::from_secs(60), NOW);
    let auth = auth.unwrap();
    for (token, expire) in [("tok", 11_700_000_060), ("tok11", 700_000_060)] {
        assert_eq!(signer().signature_unchecked(token, expire), auth.signature);
        assert!(!(1..3600).contains(&(expire - i64::try_from(SECONDS).unwrap())));
    }
}

#[test]
fn keys_that_would_leak_or_never_work_are_refused() {
    assert_eq!(UploadSigner::new("").unwrap_err(), UploadAuthError::EmptyPrivateKey);
    for (public_key, error) in [
        ("", UploadAuthError::EmptyPublicKey),
        ("private_key_test", UploadAuthError::PublicKeyIsPrivate),
        ("private_other", UploadAuthError::PublicKeyIsPrivate),
    ] {
        assert_eq!(signer().with_public_key(public_key).unwrap_err(), error);
        let key = Secret::new("private_key_test");
        let token = jwt(&key, public_key, [("fileName", "a")], NOW, Duration::from_secs(1));
        assert_eq!(token, Err(error));
    }
    let same = UploadSigner::new("odd").unwrap().with_public_key("odd").unwrap_err();
    assert_eq!(same, UploadAuthError::PublicKeyIsPrivate);
}

#[test]
fn tokens_are_printable_text() {
    assert_eq!(SignatureToken::new(""), Err(UploadAuthError::EmptyToken));
    for (text, position) in [("tab\t", 3), ("é\nx", 2), ("\0", 0), ("a\u{85}", 1), ("\x7f", 0)] {
        let error = UploadAuthError::ControlCharacterInToken { position };
        assert_eq!(SignatureToken::new(text), Err(error), "{text:?}");
    }
    assert_eq!(SignatureToken::new("a b/é+=").unwrap().as_str(), "a b/é+=");
}

#[test]
fn json_has_the_names_of_the_official_clients() {
    let signature = "c04cf2f9f5ef4f05336f13dde2360795b94652d3";
    let expire = SECONDS + 1800;
    let expected = json!({"token": "tok", "expire": expire, "signature": signature});
    let token = SignatureToken::new("tok").unwrap();
    let keyless = signer().sign(token, UploadSigner::DEFAULT_LIFETIME, NOW).unwrap();
    assert_eq!(serde_json::to_value(&keyless).unwrap(), expected);

    let mut expected = expected;
    expected["publicKey"] = "public_key_test".into();
    assert_eq!(serde_json::to_value(auth()).unwrap(), expected);
}

#[test]
fn an_authorisation_becomes_the_credentials_of_an_upload() {
    let auth = auth();
    let expected = UploadAuth::new("public_key_test", &*auth.token, auth.expire, &*auth.signature);
    assert!(auth == expected, "{auth:?}");
    let upload = UploadFile::new("a").credentials(auth);
    assert!(upload.credentials == Some(expected), "{upload:?}");
}

#[test]
fn debug_prints_no_secret() {
    let signer = signer().with_public_key("public_k").unwrap();
    assert_eq!(
        format!("{signer:?}"),
        r#"UploadSigner { private_key: [secret], public_key: Some("public_k") }"#
    );
    assert_eq!(
        format!("{:?}", auth()),
        "UploadAuth { token: [secret], expire: UnixTime(1700001800), signature: [secret], \
         public_key: Some(\"public_key_test\") }"
    );
    let token = SignatureToken::new("tok").unwrap();
    assert_eq!(format!("{token:?}"), "SignatureToken([secret])");
}

#[test]
fn every_error_says_what_to_do() {
    let name = || "x".to_owned();
    let lifetime = Duration::from_secs(4000);
    for (error, problem, advice) in [
        (UploadAuthError::EmptyPrivateKey, "private key is empty", "dashboard"),
        (UploadAuthError::EmptyPublicKey, "public key is empty", "dashboard"),
        (UploadAuthError::PublicKeyIsPrivate, "a private key was given", "public_"),
        (UploadAuthError::EmptyToken, "token is empty", "from_entropy"),
        (UploadAuthError::ControlCharacterInToken { position: 3 }, "byte 3", "printable"),
        (UploadAuthError::LifetimeTooShort, "less than a second", "at least one second"),
        (UploadAuthError::LifetimeTooLong { lifetime, max_seconds: 9 }, "4000 s", "9 s at most"),
        (UploadAuthError::ClockOutOfRange, "before 2001 or after 2286", "seconds since 1970"),
        (UploadAuthError::ReservedField { name: name() }, "\"x\"", "leave out"),
        (UploadAuthError::RepeatedField { name: name() }, "\"x\" was given twice", "give it once"),
    ] {
        let text = error.to_string();
        let (left, right) = text.split_once(": ").unwrap();
        assert!(left.contains(problem) && right.contains(advice), "{text}");
        assert_eq!(text.matches(": ").count(), 1, "{text}");
    }
}

fn decode(segment: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(segment).unwrap()).unwrap()
}

/// The expected token was made with the published npm package `jsonwebtoken` 9.
#[test]
fn jwt_binds_the_form() {
    let fields = [("fileName", "cät \"1\".jpg"), ("tags", "a,b"), ("isPrivateFile", "false")];
    let key = Secret::new("private_key_test");
    let token = jwt(&key, "public_key_test", fields, NOW, Duration::from_secs(3600)).unwrap();
    assert_eq!(token, JSONWEBTOKEN);

    let parts: Vec<&str> = token.split('.').collect();
    assert_eq!(decode(parts[0]), json!({"alg": "HS256", "typ": "JWT", "kid": "public_key_test"}));
    assert_eq!(
        decode(parts[1]),
        json!({"fileName": "cät \"1\".jpg", "tags": "a,b", "isPrivateFile": "false",
               "iat": SECONDS, "exp": SECONDS + 3600})
    );
}
const JSONWEBTOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InB1YmxpY19rZXlfdGVzdCJ9.eyJmaWxlTmFtZSI6ImPDpHQgXCIxXCIuanBnIiwidGFncyI6ImEsYiIsImlzUHJpdmF0ZUZpbGUiOiJmYWxzZSIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjoxNzAwMDAzNjAwfQ.TLg-JryhiK5CUuqw5Dhwc-O-5OvXUKzzSSrIMkTfxz8";

#[test]
fn jwt_refuses_what_it_cannot_bind() {
    let make = |fields: &[(&'static str, &'static str)], iat, seconds| {
        let key = Secret::new("private_key_test");
        jwt(&key, "public_key_test", fields.to_vec(), iat, Duration::from_secs(seconds))
    };
    for name in ["", "file", "token", "iat", "exp"] {
        let error = UploadAuthError::ReservedField { name: name.to_owned() };
        assert_eq!(make(&[("fileName", "a"), (name, "x")], NOW, 60), Err(error));
    }
    let error = UploadAuthError::RepeatedField { name: "tags".to_owned() };
    assert_eq!(make(&[("tags", "a"), ("tags", "b")], NOW, 60), Err(error));
    assert_eq!(make(&[], NOW, 0), Err(UploadAuthError::LifetimeTooShort));
    assert!(matches!(
        make(&[], NOW, 3601),
        Err(UploadAuthError::LifetimeTooLong { max_seconds: 3600, .. })
    ));
    for now in [u64::MAX, SECONDS * 1_000, 1] {
        let now = UnixTime::from_secs(now);
        assert_eq!(make(&[], now, 60), Err(UploadAuthError::ClockOutOfRange));
    }
    let empty = jwt(&Secret::new(""), "public", [], NOW, Duration::from_secs(1));
    assert_eq!(empty, Err(UploadAuthError::EmptyPrivateKey));
}

/// Every byte of entropy is used, and a letter at the end stays as it is.
#[test]
fn entropy_is_kept_where_the_format_allows() {
    let token = |entropy| SignatureToken::from_entropy(entropy).as_str().to_owned();
    assert_eq!(token([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    assert_eq!(token([0; 16]), "00000000-0000-4000-8000-00000000000a");
    let mut entropy = [0; 16];
    for (last, digit) in (0..16).zip("abcdefabcdabcdef".chars()) {
        entropy[15] = 0x30 | last;
        assert_eq!(token(entropy), format!("00000000-0000-4000-8000-00000000003{digit}"));
    }
}

proptest! {
    #[test]
    fn entropy_makes_version_4_uuids(entropy in any::<[u8; 16]>()) {
        let token = SignatureToken::from_entropy(entropy).as_str().to_owned();
        let groups: Vec<usize> = token.split('-').map(str::len).collect();
        prop_assert_eq!(groups, [8, 4, 4, 4, 12]);
        prop_assert!(token.chars().all(|c| c == '-' || c.is_ascii_digit() || ('a'..='f').contains(&c)));
        prop_assert_eq!(&token[14..15], "4");
        prop_assert!("89ab".contains(&token[19..20]));
        prop_assert!(('a'..='f').contains(&token.chars().next_back().unwrap()));
        let again = SignatureToken::new(&*token).unwrap();
        prop_assert_eq!(again.as_str(), token);
    }

    #[test]
    fn any_form_is_in_the_payload(
        form in proptest::collection::btree_map("[a-zA-Z]{6,12}", any::<String>(), 0..8),
        lifetime in 1u64..=3600,
    ) {
        let fields = form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let token = jwt(&Secret::new("k"), "p", fields, NOW, Duration::from_secs(lifetime)).unwrap();
        let mut payload = decode(token.split('.').nth(1).unwrap());
        let object = payload.as_object_mut().unwrap();
        prop_assert_eq!(object.remove("iat"), Some(json!(SECONDS)));
        prop_assert_eq!(object.remove("exp"), Some(json!(SECONDS + lifetime)));
        prop_assert_eq!(payload, serde_json::to_value(&form).unwrap());
    }
}
