//! The credentials of origins are sent and never printed.

use bytes::Bytes;
use http::Response;
use imagekit_proto::api::accounts::origins::{
    AkeneoPimSource, AzureBlobSource, CreateOrigin, GcsSource, Origin, OriginSettings,
    OriginSource, S3CompatibleSource, S3Source, UpdateOrigin, WebFolderSource, WebProxySource,
};
use imagekit_proto::{Config, Endpoint, EndpointExt, RequestContext, operation};
use serde_json::{Value, json};

/// Part of no other text of a request.
const HIDDEN: &str = "h1dd3n";

/// One origin of each type, and the number of its credentials.
fn sources() -> Vec<(OriginSource, usize)> {
    let unknown = json!({"type": "FTP", "user": HIDDEN, "keys": [HIDDEN, {"pin": HIDDEN}]});
    vec![
        (S3Source::new("bucket", HIDDEN, HIDDEN).into(), 2),
        (S3CompatibleSource::new("bucket", "https://s3.example.com", HIDDEN, HIDDEN).into(), 2),
        (OriginSource::CloudinaryBackup(S3Source::new("bucket", HIDDEN, HIDDEN)), 2),
        (WebFolderSource::new("https://example.com").into(), 0),
        (WebProxySource::new().into(), 0),
        (GcsSource::new("bucket", "a@example.com", HIDDEN).into(), 1),
        (AzureBlobSource::new("account", "container", HIDDEN).into(), 1),
        (AkeneoPimSource::new("https://example.com", HIDDEN, HIDDEN, HIDDEN, HIDDEN).into(), 4),
        (serde_json::from_value(unknown).unwrap(), 3),
    ]
}

fn hides(what: &str, printed: &str) {
    assert!(!printed.contains(HIDDEN), "{what}: {printed}");
}

/// Builds `endpoint` and checks everything that can be printed.
fn sends_and_hides(endpoint: impl Endpoint<Output = Origin> + std::fmt::Debug, count: usize) {
    hides("the endpoint", &format!("{endpoint:?}{endpoint:#?}"));

    let config = Config::new("private_key").unwrap();
    let request = endpoint.build(&RequestContext::new(&config, 7)).unwrap();
    hides("the request", &format!("{request:?}{request:#?}"));
    let body = std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap();
    assert_eq!(body.matches(HIDDEN).count(), count, "{body}");
    hides("the parts", &format!("{:?}", request.into_body().into_cursor().next_part()));

    let keyless = Config::without_key();
    let error = endpoint.build(&RequestContext::new(&keyless, 7)).unwrap_err();
    hides("the build error", &format!("{error:?}{error}"));

    for (status, body) in [(200, "<html>"), (200, "[]"), (200, r#"{"type":"S3"}"#), (400, "")] {
        let response = Response::builder().status(status).body(Bytes::from(body)).unwrap();
        let error = endpoint.parse(&response).unwrap_err();
        hides("the parse error", &format!("{error:?}{error}"));
    }
}

#[test]
fn every_type_of_origin_sends_and_hides() {
    for (source, count) in sources() {
        hides("the source", &format!("{source:?}{source:#?}"));
        let settings = OriginSettings::new("Storage", source);
        sends_and_hides(CreateOrigin::new(settings.clone()), count);
        sends_and_hides(UpdateOrigin::new("origin_1", settings.clone()), count);
        let text = settings.clone().extra("sessionToken", HIDDEN);
        sends_and_hides(CreateOrigin::new(text), count + 1);
        let object = settings.extra("sessionToken", json!({"token": HIDDEN}));
        sends_and_hides(UpdateOrigin::new("origin_1", object), count + 1);
    }
}

#[test]
fn every_type_of_origin_comes_back_from_json() {
    for (source, _) in sources() {
        let settings = OriginSettings::new("Storage", source);
        let create = CreateOrigin::new(settings.clone().extra("sessionToken", HIDDEN));
        let json = serde_json::to_value(&create).unwrap();
        assert_eq!(serde_json::from_value::<CreateOrigin>(json).unwrap(), create);

        let update = UpdateOrigin::new("origin_1", settings.include_canonical_header(true));
        let json = serde_json::to_value(&update).unwrap();
        assert_eq!(json["id"], "origin_1");
        assert_eq!(serde_json::from_value::<UpdateOrigin>(json).unwrap(), update);
    }
}

/// Every input with one value of a wrong type: a list, an object, null or a number.
fn malformed(input: &Value) -> Vec<Value> {
    let mut inputs = Vec::new();
    for key in input.as_object().unwrap().keys() {
        for odd in [json!([HIDDEN]), json!({"key": HIDDEN}), json!(null), json!(31_337)] {
            let mut input = input.clone();
            input[key] = odd;
            inputs.push(input);
        }
    }
    for key in ["includeCanonicalHeader", "useIAMRole", "forwardHostHeaderToOrigin", "unknown"] {
        let mut input = input.clone();
        input[key] = HIDDEN.into();
        inputs.push(input);
    }
    inputs
}

#[test]
fn errors_about_inputs_name_keys_and_quote_nothing() {
    let mut errors = 0;
    for (source, _) in sources() {
        for id in ["create-origin", "update-origin"] {
            let mut input = serde_json::to_value(&source).unwrap();
            input["name"] = "Storage".into();
            if id == "update-origin" {
                input["id"] = "origin_1".into();
            }
            for input in malformed(&input) {
                if let Err(error) = operation::find(id).unwrap().endpoint(input.clone()) {
                    hides("the input error", &format!("{error:?}{error}"));
                    assert!(!error.to_string().contains("31337"), "{error}");
                    errors += 1;
                }
                // The error of serde itself, which must not quote credentials.
                let mut input = input;
                input["secretKey"] = json!([HIDDEN]);
                input["type"] = "S3".into();
                if let Err(error) = serde_json::from_value::<OriginSource>(input) {
                    hides("the error of serde", &format!("{error:?}{error}"));
                }
            }
        }
    }
    assert!(errors > 200, "{errors}");
}

#[test]
fn names_that_do_not_fit_are_refused_without_credentials() {
    let config = Config::new("private_key").unwrap();
    for name in ["", "a-b", "日本", &"a".repeat(101)] {
        let endpoint =
            CreateOrigin::new(OriginSettings::new(name, S3Source::new("bucket", HIDDEN, HIDDEN)));
        let error = endpoint.build(&RequestContext::new(&config, 7)).unwrap_err();
        hides("the build error", &format!("{error:?}{error}"));
        let cx = RequestContext::new(&config, 7).skip_limit_checks(true);
        assert!(endpoint.build(&cx).is_ok());
    }
}

#[test]
fn a_response_with_credentials_does_not_print_them() {
    for kind in ["S3", "WEB_PROXY", "FTP"] {
        let body = json!({"id": "a", "name": "b", "type": kind, "password": HIDDEN});
        let origin: Origin = serde_json::from_value(body.clone()).unwrap();
        hides("the response", &format!("{origin:?}{origin:#?}"));
        assert_eq!(serde_json::to_value(&origin).unwrap(), body);
    }
}
