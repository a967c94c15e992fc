//! URLs that grant access are sent and not printed.

use imagekit_proto::api::accounts::origins::{
    AkeneoPimSource, CreateOrigin, Origin, OriginSettings, WebFolderSource,
};
use imagekit_proto::api::cache::PurgeCache;
use imagekit_proto::api::files::{Extension, GetMetadataFromUrl, RemoveBg, UpdateFileDetails};
use imagekit_proto::{Config, Endpoint, RequestContext};

const URL: &str = "https://user:h1dd3n@example.com/cat.jpg?ik-s=h1dd3n";

/// Checks that `endpoint` is not printed with what is hidden, and is sent with it.
fn hides_and_sends(endpoint: impl Endpoint + std::fmt::Debug) {
    let printed = format!("{endpoint:?}{endpoint:#?}");
    assert!(!printed.contains("h1dd3n"), "{printed}");
    let config = Config::new("private_key").unwrap();
    let request = endpoint.build(&RequestContext::new(&config, 7)).unwrap();
    let uri = request.uri().to_string();
    let body = request.into_body().into_bytes().unwrap();
    let sent = format!("{uri}{}", String::from_utf8_lossy(&body));
    assert_eq!(sent.matches("h1dd3n").count(), 2, "{sent}");
}

#[test]
fn urls_in_requests_are_sent_and_not_printed() {
    hides_and_sends(GetMetadataFromUrl::new(URL));
    hides_and_sends(PurgeCache::new(URL));
    let background = Extension::from(RemoveBg::new().bg_image_url(URL));
    hides_and_sends(UpdateFileDetails::new("a").extensions([background]));
    let folder = WebFolderSource::new(URL);
    hides_and_sends(CreateOrigin::new(OriginSettings::new("Web", folder)));
    let akeneo = AkeneoPimSource::new(URL, "id", "secret", "name", "password");
    hides_and_sends(CreateOrigin::new(OriginSettings::new("Akeneo", akeneo)));
}

#[test]
fn urls_of_origins_are_not_printed_with_their_passwords() {
    for kind in ["WEB_FOLDER", "AKENEO_PIM"] {
        let body = serde_json::json!({"id": "a", "name": "b", "type": kind, "baseUrl": URL});
        let origin: Origin = serde_json::from_value(body.clone()).unwrap();
        let printed = format!("{origin:?}{origin:#?}");
        assert!(
            printed.contains("example.com/cat.jpg") && !printed.contains("h1dd3n"),
            "{printed}"
        );
        assert_eq!(serde_json::to_value(&origin).unwrap(), body);
    }
}
