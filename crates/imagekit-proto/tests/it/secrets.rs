//! No `Debug` or error text has a key, a token, a credential, a secret URL or a body.
//!
//! For the credentials of origins see `api/secrets.rs`.

use std::fmt::Debug;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use imagekit_proto::api::accounts::origins::GetOrigin;
use imagekit_proto::api::files::{DeleteFile, GetFileDetails};
use imagekit_proto::api::upload::{FileSource, UploadAuth, UploadFile, UploadFileV2, UploadJwt};
use imagekit_proto::error::{ApiError, DecodeError, ParseError};
use imagekit_proto::types::UnixTime;
use imagekit_proto::webhook::{Event, ExtensionCallback};
use imagekit_proto::wire::{Body, Multipart};
use imagekit_proto::{
    AssetUrl, Call, CallOptions, Config, Endpoint, EndpointExt, RequestContext, RetryPolicy,
    Secret, SecretObject, SecretUrl, Step, operation,
};
use serde_json::{Value, json};

/// Part of no other text; the second is the first in basic authentication.
const HIDDEN: [&str; 2] = ["h1dd3n", "aDFkZDNu"];
const KEY: &str = "h1dd3n";

fn hides(what: &str, value: &dyn Debug) {
    for printed in [format!("{value:?}"), format!("{value:#?}")] {
        for hidden in HIDDEN {
            assert!(!printed.contains(hidden), "{what}: {printed}");
        }
    }
}

fn response(status: u16, body: &'static str) -> Response<Bytes> {
    Response::builder().status(status).body(Bytes::from(body)).unwrap()
}

#[test]
fn credentials_and_requests() {
    let config = Config::new(KEY).unwrap();
    let with = RequestContext::new(&config, 7);
    let endpoint = GetFileDetails::new("a");
    hides("a secret", &Secret::new(KEY));
    let mut object = SecretObject::default();
    object.insert("token".to_owned(), KEY.into());
    hides("a secret object", &object);
    hides("a secret URL", &SecretUrl::new(format!("https://{KEY}:{KEY}@{KEY}/{KEY}?{KEY}")));
    let url = AssetUrl::from(format!("https://{KEY}:{KEY}@ik.imagekit.io/a.jpg?ik-s={KEY}"));
    hides("a signed URL", &url);
    assert!(format!("{url:?}").contains("ik.imagekit.io/a.jpg"));
    hides("a configuration", &config);
    hides("a preparation", &with);
    hides("a request builder", &with.request(endpoint.operation()));
    hides("a request", &endpoint.build(&with).unwrap());

    let mut call = Call::<_, io::Error>::new(&config, endpoint, CallOptions::default(), 7);
    hides("a call", &call);
    hides("a step", &call.poll(Duration::ZERO));
}

#[test]
fn bodies_of_requests() {
    let bytes = || Bytes::from_static(KEY.as_bytes());
    for body in [
        Body::from(bytes()),
        Body::inline(bytes(), bytes(), bytes()),
        Body::external(bytes(), 1, bytes()),
    ] {
        hides("a body", &body);
        let mut reader = body.clone().into_reader(io::empty());
        hides("a reader", &reader);
        let _ = io::Read::read(&mut reader, &mut [0]);
        hides("a reader on its way", &reader);
        let mut cursor = body.into_cursor();
        hides("a cursor", &cursor);
        hides("a part", &cursor.next_part());
    }
    let mut form = Multipart::new(7);
    form.text("token", KEY).unwrap();
    hides("a form", &form);
}

#[test]
fn uploads() {
    let credentials = UploadAuth::new("public", KEY, UnixTime::from_secs(1), KEY);
    hides("credentials", &credentials);
    hides("a file in memory", &FileSource::bytes(KEY.as_bytes()));
    hides("a file as text", &FileSource::base64(KEY));
    hides("a presigned URL", &FileSource::url(format!("https://example.com/cat.jpg?sig={KEY}")));
    let config = Config::without_key();
    let first =
        UploadFile::new("a").file(FileSource::bytes(KEY.as_bytes())).credentials(credentials);
    let second = UploadFileV2::new("a")
        .file(FileSource::bytes(KEY.as_bytes()))
        .credentials(UploadJwt::new(KEY));
    hides("an upload", &first);
    hides("its request", &first.build(&RequestContext::new(&config, 7)).unwrap());
    hides("an upload", &second);
    hides("its request", &second.build(&RequestContext::new(&config, 7)).unwrap());
}

#[cfg(feature = "sign")]
#[test]
fn signers() {
    use imagekit_proto::delivery;
    use imagekit_proto::upload_auth::{SignatureToken, UploadSigner};
    use imagekit_proto::webhook::{WebhookSigner, WebhookVerifier};

    let now = UnixTime::from_secs(1_700_000_000);
    let lifetime = Duration::from_secs(3_000);
    let signer = UploadSigner::new(KEY).unwrap().with_public_key("public").unwrap();
    hides("an upload signer", &signer);
    let token = SignatureToken::new(KEY).unwrap();
    hides("a token", &token);
    let auth = signer.sign(token, lifetime, now).unwrap();
    assert!(!format!("{auth:?}").contains(&auth.signature));
    hides("an upload authorisation", &auth);
    let signed = signer.sign_upload(UploadFileV2::new("a"), lifetime, now).unwrap();
    assert!(!format!("{signed:?}").contains(signed.token().expose()));

    let signer = WebhookSigner::new(KEY).unwrap();
    let verifier = WebhookVerifier::new("other").unwrap().or_secret(KEY).unwrap();
    hides("a webhook signer", &signer);
    hides("a verifier", &verifier);
    let body = KEY.as_bytes();
    let headers = signer.sign("a", now, body).unwrap();
    let verified = verifier.verify(&headers, body, now).unwrap();
    hides("a verified message", &verified);
    hides("a message that is no event", &verified.event().unwrap_err());

    let base = delivery::UrlBase::new("https://ik.imagekit.io/demo").unwrap();
    hides("a URL signer", &delivery::UrlSigner::new(base, &Secret::new(KEY)).unwrap());
}

#[test]
fn webhooks() {
    let url = "https://u:h1dd3n@ik.imagekit.io/a.mp4?ik-s=h1dd3n";
    let envelope = |event_type: &str, request: Value, data: Value| {
        json!({"type": event_type, "id": "e", "created_at": "2026-02-11T09:00:01.123Z",
               "request": request, "data": data})
    };
    let video = json!({"asset": {"url": url}, "transformation":
        {"type": "video-transformation", "output": {"url": url}}});
    let request = json!({"x_request_id": "r", "url": url});
    let post = json!({"x_request_id": "r", "transformation": {"type": "abs"}});
    let file = json!({"fileId": "f", "name": "a.mp4", "path": "/a.mp4", "url": url,
                      "transformation": {"error": {"reason": "encoding_failed"}}});
    for event in [
        envelope("video.transformation.accepted", request.clone(), video.clone()),
        envelope("video.transformation.ready", request.clone(), video.clone()),
        envelope("video.transformation.error", request, video),
        envelope("upload.post-transform.success", post.clone(), file.clone()),
        envelope("upload.post-transform.error", post, file),
        json!({"type": "file.archived", "data": {"url": url}}),
    ] {
        let parsed = Event::parse_unverified(event.to_string().as_bytes()).unwrap();
        hides("an event", &parsed);
        assert!(format!("{parsed:?}").contains("event_type: "), "{parsed:?}");
        assert!(serde_json::to_string(&parsed).unwrap().contains(url));
    }

    let event = Event::parse_unverified(br#"{"type":"file.archived"}"#).unwrap();
    let Event::Unknown(mut unknown) = event else { panic!("a known event") };
    unknown.value = KEY.into();
    hides("an unknown event", &unknown);
    assert!(format!("{unknown:?}").contains("value: [secret]"), "{unknown:?}");

    let callback = |rest: Value| {
        let body = json!({"service": "remove-bg", "status": "SUCCESS", "fileId": "f1",
                          "webhookUrl": url, "error": {"url": url}, "fileObject": rest});
        ExtensionCallback::parse_unverified(body.to_string().as_bytes()).unwrap()
    };
    let callback = callback(json!({"fileId": "f2", "url": url}));
    hides("a callback", &callback);
    for part in ["remove-bg", "f1", "f2", "webhookUrl", "error: Some", "ai_tags: []"] {
        assert!(format!("{callback:?}").contains(part), "{part}: {callback:?}");
    }
}

/// A credential where no key of the documentation is, as a proxy or a later API may send it.
const ORIGIN: &str = r#"{"id":"a","name":"b","type":"S3","bucket":"c","secretKey":"h1dd3n"}"#;
const REFUSED: &str = r#"{"message":"no","secretKey":"h1dd3n","more":{"key":["h1dd3n"]}}"#;

#[test]
fn responses() {
    let endpoint = GetOrigin::new("a");
    let error = ApiError::of(endpoint.operation().id, &response(400, REFUSED));
    hides("an API error", &error);
    assert!(format!("{error:?}").contains(r#""secretKey": [secret]"#), "{error:?}");
    hides("a decode error", &DecodeError::new(&response(200, REFUSED), "no"));

    for (status, body) in [(200, "h1dd3n"), (200, r#"["h1dd3n"]"#), (400, REFUSED), (502, "h1dd3n")]
    {
        let error = endpoint.parse(&response(status, body)).unwrap_err();
        hides("a parse error", &error);
        assert!(!error.to_string().contains(KEY), "{error}");
        let kept = match &error {
            ParseError::Api(error) => &error.body,
            ParseError::Decode(error) => &error.body,
        };
        assert_eq!(kept, body);
    }
    let unread = operation::find("get-origin").unwrap();
    let unread = unread.endpoint(serde_json::json!({"id": "a"})).unwrap();
    hides("an error of any operation", &unread.parse(&response(200, "h1dd3n")).unwrap_err());
}

#[test]
fn outcomes_of_calls() {
    let config = Config::new(KEY).unwrap();
    for (status, body) in [(200, ORIGIN), (200, "h1dd3n"), (400, REFUSED), (503, REFUSED)] {
        let policy = CallOptions::default().retry(RetryPolicy::never());
        let mut call = Call::<_, io::Error>::new(&config, GetOrigin::new("a"), policy, 7);
        let _ = call.poll(Duration::ZERO);
        call.on_response(Duration::ZERO, response(status, body));
        let Step::Done(outcome) = call.poll(Duration::ZERO) else { panic!("{status}") };
        hides("an outcome", &outcome);
        if let Err(error) = outcome {
            assert!(!error.to_string().contains(KEY), "{error}");
        }
    }

    let endpoint = DeleteFile::new("a");
    let mut call = Call::<_, io::Error>::new(&config, endpoint, CallOptions::default(), 7);
    let _ = call.poll(Duration::ZERO);
    call.on_response(Duration::ZERO, response(204, REFUSED));
    hides("a reply without a result", &call.poll(Duration::ZERO));
}
