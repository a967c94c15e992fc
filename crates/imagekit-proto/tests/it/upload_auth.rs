//! Signatures and tokens for uploads without the private key.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use imagekit_proto::Secret;
use imagekit_proto::upload_auth::{UploadAuthError, UploadSigner, UploadToken, jwt};
use proptest::prelude::*;
use serde_json::{Value, json};

const NOW: u64 = 1_700_000_000;

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
        let auth = UploadSigner::new(key).unwrap().sign_unchecked(token, expire);
        assert_eq!((auth.token.as_str(), auth.expire), (token, expire));
        assert_eq!(auth.signature, signature, "{key} {token} {expire}");
    }
}

#[test]
fn lifetime_lies_between_a_second_and_an_hour() {
    let sign = |lifetime, now| signer().sign(UploadToken::new("t").unwrap(), lifetime, now);
    for (lifetime, expire) in [
        (Duration::from_secs(1), NOW as i64 + 1),
        (UploadSigner::DEFAULT_LIFETIME, NOW as i64 + 1800),
        (Duration::from_millis(3_599_999), NOW as i64 + 3599),
    ] {
        assert_eq!(sign(lifetime, NOW).unwrap().expire, expire);
    }
    for lifetime in [Duration::ZERO, Duration::from_millis(999)] {
        assert_eq!(sign(lifetime, NOW), Err(UploadAuthError::LifetimeTooShort));
    }
    for lifetime in [Duration::from_secs(3600), Duration::MAX] {
        let error = UploadAuthError::LifetimeTooLong { lifetime, max_seconds: 3599 };
        assert_eq!(sign(lifetime, NOW), Err(error));
    }
    for now in [u64::MAX, i64::MAX as u64, NOW * 1_000, 10_000_000_000] {
        assert_eq!(sign(Duration::from_secs(60), now), Err(UploadAuthError::ClockOutOfRange));
    }
    assert!(sign(Duration::from_secs(60), 9_999_999_999).is_ok());
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
    assert_eq!(UploadToken::new(""), Err(UploadAuthError::EmptyToken));
    for (text, position) in [("tab\t", 3), ("é\nx", 2), ("\0", 0), ("a\u{85}", 1), ("\x7f", 0)] {
        let error = UploadAuthError::ControlCharacterInToken { position };
        assert_eq!(UploadToken::new(text), Err(error), "{text:?}");
    }
    assert_eq!(UploadToken::new("a b/é+=").unwrap().to_string(), "a b/é+=");
}

#[test]
fn a_page_gets_what_it_needs_and_no_more() {
    let auth = signer().sign_unchecked("tok", 1_700_001_800);
    assert_eq!(
        serde_json::to_value(&auth).unwrap(),
        json!({"token": "tok", "expire": 1_700_001_800,
               "signature": "c04cf2f9f5ef4f05336f13dde2360795b94652d3"})
    );
    let signer = signer().with_public_key("public_key_test").unwrap();
    let auth = serde_json::to_value(signer.sign_unchecked("tok", 1)).unwrap();
    assert_eq!(auth["publicKey"], "public_key_test");
}

#[test]
fn nothing_secret_is_printed() {
    let signer = signer();
    let auth = signer.sign_unchecked("tok", 1_700_001_800);
    let printed = format!("{signer:?} {auth:?}");
    assert!(!printed.contains("private_key_test"), "{printed}");
    assert!(!printed.contains(&auth.signature), "{printed}");
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
               "iat": NOW, "exp": NOW + 3600})
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
    for now in [u64::MAX, NOW * 1_000] {
        assert_eq!(make(&[], now, 60), Err(UploadAuthError::ClockOutOfRange));
    }
    let empty = jwt(&Secret::new(""), "public", [], NOW, Duration::from_secs(1));
    assert_eq!(empty, Err(UploadAuthError::EmptyPrivateKey));
}

proptest! {
    #[test]
    fn entropy_makes_version_4_uuids(entropy in any::<[u8; 16]>()) {
        let token = UploadToken::from_entropy(entropy).to_string();
        let groups: Vec<usize> = token.split('-').map(str::len).collect();
        prop_assert_eq!(groups, [8, 4, 4, 4, 12]);
        prop_assert!(token.chars().all(|c| c == '-' || c.is_ascii_digit() || ('a'..='f').contains(&c)));
        prop_assert_eq!(&token[14..15], "4");
        prop_assert!("89ab".contains(&token[19..20]));
        prop_assert_eq!(UploadToken::new(token.clone()).unwrap().to_string(), token);
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
        prop_assert_eq!(object.remove("iat"), Some(json!(NOW)));
        prop_assert_eq!(object.remove("exp"), Some(json!(NOW + lifetime)));
        prop_assert_eq!(payload, serde_json::to_value(&form).unwrap());
    }
}
