//! Signed URLs, private files and drafts.

use std::time::Duration;

use imagekit_emulator::Emulator;
use imagekit_proto::Secret;
use imagekit_proto::delivery::{Expiry, Transformation, UrlBase, UrlSigner};
use imagekit_proto::types::UnixTime;
use serde_json::json;

use super::picture::{get, get_with, header};
use crate::support::{self, photo, upload};

fn private() -> Emulator {
    let emulator = Emulator::new();
    upload(&emulator, &photo("cat.jpg").is_private_file(true));
    upload(&emulator, &photo("dog.jpg"));
    emulator
}

fn signer(endpoint: &str, key: &str) -> UrlSigner {
    UrlSigner::new(UrlBase::new(endpoint).unwrap(), &Secret::new(key)).unwrap()
}

fn path(url: &str) -> &str {
    url.strip_prefix("https://ik.imagekit.io/demo").unwrap()
}

#[test]
fn private_files_need_a_signature() {
    let emulator = private();
    assert_eq!(get(&emulator, "/cat.jpg").status(), 401);
    assert_eq!(get(&emulator, "/tr:w-10/cat.jpg").status(), 401);
    let signer = signer("https://ik.imagekit.io/demo", Emulator::PRIVATE_KEY);
    let now = UnixTime::from_secs(emulator.now_unix());
    let minute = Expiry::after(Duration::from_secs(60), now).unwrap();
    let step = Transformation::new().width(10);
    for expiry in [Expiry::NEVER, minute] {
        let plain = signer.sign("cat.jpg", expiry).unwrap();
        let transformed = signer.base().url("cat.jpg").transformations(&step);
        let transformed = transformed.sign(&signer, expiry).unwrap();
        for url in [&plain, &transformed] {
            let response = get(&emulator, path(url));
            assert_eq!(response.status(), 200, "{url}");
            assert!(header(&response, "cache-control").contains("private"));
        }
        let forged = transformed.replace("w-10", "w-20");
        assert_eq!(get(&emulator, path(&forged)).status(), 401);
    }
    let expiring = signer.sign("cat.jpg", minute).unwrap();
    emulator.advance(Duration::from_secs(60));
    assert_eq!(get(&emulator, path(&expiring)).status(), 401);
}

#[test]
fn private_layers_need_a_signature() {
    let emulator = private();
    for transformation in [
        "l-image,i-cat.jpg,w-10,l-end",
        "w-20:l-image,i-dog.jpg,l-image,i-cat.jpg,l-end,l-end",
        "l-image,ie-Y2F0LmpwZw,l-end",
    ] {
        let url = format!("/dog.jpg?tr={transformation}");
        assert_eq!(get(&emulator, &url).status(), 401, "{url}");
        let signer = signer("https://ik.imagekit.io/demo", Emulator::PRIVATE_KEY);
        let steps = Transformation::new().raw(transformation);
        let url = signer.base().url("dog.jpg").transformations(&steps);
        let url = url.sign(&signer, Expiry::NEVER).unwrap();
        let response = get(&emulator, path(&url));
        assert_eq!(response.status(), 200, "{url}");
        assert!(header(&response, "cache-control").contains("private"));
    }
    let body = json!({ "name": "mark", "transformation": "l-image,i-cat.jpg,w-10,l-end" });
    support::json(&emulator, "POST", "/v1/named-transformations", body);
    assert_eq!(get(&emulator, "/tr:n-mark/dog.jpg").status(), 200);
    assert_eq!(get(&emulator, "/tr:n-mark:w-9/dog.jpg").status(), 401);
    assert_eq!(get(&emulator, "/cat.jpg?tr=l-image,i-dog.jpg,l-end").status(), 401);
}

#[test]
fn pages_of_all_origins_may_read_every_response() {
    let emulator = private();
    let of = |url: &str, fault: &str| {
        let headers: &[_] = &[("x-emulator-fault", fault)];
        let headers = if fault.is_empty() { &[] } else { headers };
        let response = get_with(&emulator, url, headers);
        assert_eq!(header(&response, "access-control-allow-origin"), "*", "{url} {fault}");
        response.status().as_u16()
    };
    assert_eq!(of("/dog.jpg", ""), 200);
    assert_eq!(of("/none.jpg", ""), 404);
    assert_eq!(of("/cat.jpg", ""), 401);
    assert_eq!(of("/tr:w-x/dog.jpg", ""), 400);
    assert_eq!(of("/tr:z-2/dog.jpg", ""), 501);
    assert_eq!(of("/dog.jpg", "503"), 503);
    assert_eq!(of("/dog.jpg", "delay=5"), 200);
}

#[test]
fn a_wrong_signature_is_refused_for_public_files_too() {
    let emulator = private();
    let url = signer("https://ik.imagekit.io/demo", "another").sign("dog.jpg", Expiry::NEVER);
    assert_eq!(get(&emulator, path(&url.unwrap())).status(), 401);
    assert_eq!(get(&emulator, "/dog.jpg").status(), 200);
}

#[test]
fn named_transformations_show_private_files() {
    let emulator = private();
    let body = json!({ "name": "small", "transformation": "w-20" });
    support::json(&emulator, "POST", "/v1/named-transformations", body);
    assert_eq!(get(&emulator, "/tr:n-small/cat.jpg").status(), 200);
    assert_eq!(get(&emulator, "/cat.jpg?tr=n-ik_ml_thumbnail").status(), 200);
    assert_eq!(get(&emulator, "/tr:n-small,w-600/cat.jpg").status(), 401);
    assert_eq!(get(&emulator, "/tr:n-small:w-600/cat.jpg").status(), 401);
    assert_eq!(get(&emulator, "/tr:n-small/cat.jpg?tr=w-600").status(), 401);
}

#[test]
fn a_signature_may_be_one_of_a_named_endpoint() {
    let emulator = private();
    let body = json!({ "description": "shop", "urlPrefix": "shop" });
    support::json(&emulator, "POST", "/v1/accounts/url-endpoints", body);
    for (endpoint, source) in [("/shop", "cat.jpg"), ("", "shop/cat.jpg")] {
        let endpoint = format!("https://ik.imagekit.io/demo{endpoint}");
        let url = signer(&endpoint, Emulator::PRIVATE_KEY).sign(source, Expiry::NEVER).unwrap();
        assert_eq!(get(&emulator, path(&url)).status(), 200, "{url}");
    }
}

#[test]
fn drafts_are_reached_by_their_version_alone() {
    let emulator = Emulator::new();
    let id = upload(&emulator, &photo("cat.jpg").is_published(false)).file_id;
    assert_eq!(get(&emulator, "/cat.jpg").status(), 404);
    let publish = json!({ "publish": { "isPublished": true } });
    support::json(&emulator, "PATCH", &format!("/v1/files/{id}/details"), publish);
    assert_eq!(get(&emulator, "/cat.jpg").status(), 200);
}
