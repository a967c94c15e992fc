//! Who may do what.

use std::time::Duration;

use imagekit_emulator::Emulator;
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::files::GetFileDetails;
use imagekit_proto::api::upload::{FileSource, UploadAuth, UploadFile, UploadFileV2, UploadJwt};
use imagekit_proto::types::UnixTime;
use imagekit_proto::upload_auth::{SignatureToken, UploadSigner, jwt};
use imagekit_proto::{Config, Endpoint, EndpointExt as _, ParseError, Secret};

use crate::support::{raw, raw_with, refused, text};

#[test]
fn a_wrong_key_is_403_and_none_401() {
    let emulator = Emulator::new();
    let list = ListAndSearchAssets::new();
    let wrong = Config::new("private_wrong").unwrap();
    let Err(ParseError::Api(error)) = list.parse(&raw_with(&emulator, &list, &wrong)) else {
        panic!("not an API error")
    };
    assert_eq!(error.status, 403);
    assert_eq!(error.message.as_deref(), Some("Your account cannot be authenticated."));

    let (request, _) = http::Request::get("/v1/files").body(()).unwrap().into_parts();
    let response = emulator.respond(http::Request::from_parts(request, Default::default()));
    assert_eq!(response.status(), 401);
    assert!(response.headers().contains_key("x-ik-requestid"));
}

#[test]
fn authorisation_comes_before_everything_else() {
    let emulator = Emulator::new();
    let wrong = Config::new("private_wrong").unwrap();
    assert_eq!(raw_with(&emulator, &GetFileDetails::new("x"), &wrong).status(), 403);
    assert_eq!(raw_with(&emulator, &text("a.txt", "a"), &wrong).status(), 403);
    assert!(emulator.stored_bytes("/a.txt").is_none());
}

#[test]
fn the_other_spellings_of_basic() {
    let emulator = Emulator::with_keys("private_k", "public_k");
    // The official client's password, and the raw key.
    for credentials in ["cHJpdmF0ZV9rOmRvX25vdF9zZXQ=", "private_k"] {
        let request = http::Request::get("/v1/files")
            .header("authorization", format!("Basic {credentials}"))
            .body(Default::default());
        assert_eq!(emulator.respond(request.unwrap()).status(), 200, "{credentials}");
    }
}

/// The credentials of an upload whose signature ends after `lifetime` seconds, of any length.
fn sign(emulator: &Emulator, token: &str, lifetime: u64) -> UploadAuth {
    let signer = UploadSigner::new(Emulator::PRIVATE_KEY).unwrap();
    let expire = emulator.now_unix() + lifetime;
    let signature = signer.signature_unchecked(token, i64::try_from(expire).unwrap());
    let expire = UnixTime::from_secs(expire);
    UploadAuth::new(Emulator::PUBLIC_KEY, token, expire, signature)
}

fn signed(credentials: &UploadAuth) -> UploadFile {
    text("a.txt", "a").credentials(credentials.clone())
}

fn now(emulator: &Emulator) -> UnixTime {
    UnixTime::from_secs(emulator.now_unix())
}

#[test]
fn a_signature_is_good_for_one_upload() {
    let emulator = Emulator::new();
    let token = SignatureToken::new("token-1").unwrap();
    let signer = UploadSigner::new(Emulator::PRIVATE_KEY).unwrap();
    let signer = signer.with_public_key(Emulator::PUBLIC_KEY).unwrap();
    let auth = signer.sign(token, Duration::from_secs(600), now(&emulator)).unwrap();
    let upload = signed(&auth);
    assert_eq!(raw(&emulator, &upload).status(), 200);
    assert_eq!(refused(&emulator, &upload).status, 400);
}

#[test]
fn a_token_is_used_up_in_vain_too() {
    let emulator = Emulator::new();
    let mut wrong = sign(&emulator, "token", 600);
    wrong.signature = "x".to_owned();
    let error = refused(&emulator, &signed(&wrong));
    assert!(error.message.unwrap().contains("signature"));
    assert_eq!(refused(&emulator, &signed(&sign(&emulator, "token", 600))).status, 400);
}

#[test]
fn a_signature_ends_within_the_hour() {
    let emulator = Emulator::new();
    for lifetime in [0, 3600, 10_000] {
        let auth = sign(&emulator, &format!("token-{lifetime}"), lifetime);
        let message = refused(&emulator, &signed(&auth)).message.unwrap();
        assert!(message.contains("invalid expire parameter"), "{lifetime}: {message}");
    }
    let auth = sign(&emulator, "late", 600);
    emulator.advance(Duration::from_secs(601));
    assert!(refused(&emulator, &signed(&auth)).message.unwrap().contains("expire"));
    assert_eq!(raw(&emulator, &signed(&sign(&emulator, "last", 3599))).status(), 200);
}

/// The request of an upload without the key, and the same with it.
fn with_and_without_key<E: Endpoint>(
    emulator: &Emulator,
    upload: &E,
) -> [http::Response<bytes::Bytes>; 2] {
    [false, true].map(|with_key| {
        let request =
            upload.build(&imagekit_proto::RequestContext::new(&crate::support::config(), 7));
        let mut request = request.unwrap().map(imagekit_emulator::body_bytes);
        if with_key {
            let basic = http::HeaderValue::from_static("Basic cHJpdmF0ZV9lbXVsYXRvcjo=");
            request.headers_mut().insert("authorization", basic);
        } else {
            request.headers_mut().remove("authorization");
        }
        emulator.respond(request)
    })
}

#[test]
fn two_ways_at_once_and_none_at_all_are_400() {
    let emulator = Emulator::new();
    let [_, both] = with_and_without_key(&emulator, &signed(&sign(&emulator, "t", 600)));
    assert_eq!(both.status(), 400);
    assert!(String::from_utf8_lossy(both.body()).contains("both signature and basic auth"));
    let [none, _] = with_and_without_key(&emulator, &text("a.txt", "a"));
    assert_eq!(none.status(), 400);

    let [none, _] = with_and_without_key(&emulator, &v2());
    assert_eq!(none.status(), 400);
    assert!(String::from_utf8_lossy(none.body()).contains("missing token"));
    let [_, both] = with_and_without_key(&emulator, &v2().credentials(UploadJwt::new("a.b.c")));
    assert!(String::from_utf8_lossy(both.body()).contains("both token and basic auth"));
}

fn v2() -> UploadFileV2 {
    UploadFileV2::new("a.txt").file(FileSource::bytes("a")).tags(["x", "y"])
}

fn token(emulator: &Emulator, upload: &UploadFileV2, key: &str) -> String {
    let fields = upload.form_fields().unwrap();
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let lifetime = Duration::from_secs(600);
    jwt(&Secret::new(key), Emulator::PUBLIC_KEY, fields, now(emulator), lifetime).unwrap()
}

#[test]
fn a_v2_token_binds_the_form() {
    let emulator = Emulator::new();
    let upload = v2().credentials(UploadJwt::new(token(&emulator, &v2(), Emulator::PRIVATE_KEY)));
    assert_eq!(raw(&emulator, &upload).status(), 200);
    // Once only:
    assert_eq!(refused(&emulator, &upload).status, 400);

    let other = v2().folder("/elsewhere").credentials(UploadJwt::new(token(
        &emulator,
        &v2(),
        Emulator::PRIVATE_KEY,
    )));
    let error = refused(&emulator, &other);
    assert!(error.message.as_ref().unwrap().contains("does not match with the payload"));
    assert!(format!("{:?}", error.errors).contains("folder"), "{error:?}");
    let forged = v2().credentials(UploadJwt::new(token(&emulator, &v2(), "private_other")));
    assert_eq!(refused(&emulator, &forged).status, 400);

    let late = v2().credentials(UploadJwt::new(token(&emulator, &v2(), Emulator::PRIVATE_KEY)));
    emulator.advance(Duration::from_secs(601));
    let message = refused(&emulator, &late).message.unwrap();
    assert_eq!(message, "Your request contains expired token.");
}

#[test]
fn no_key_is_printed() {
    let emulator = Emulator::with_keys("private_very_secret", "public_k");
    assert!(!format!("{emulator:?}").contains("very_secret"));
}
