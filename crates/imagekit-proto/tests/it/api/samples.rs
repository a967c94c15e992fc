//! Samples: what every endpoint brings along fits its request type, its path and its result.

use imagekit_proto::operation::{self, Entry};
use imagekit_proto::{Config, Endpoint as _, Idempotency, RequestContext};
use serde_json::Value;

use super::edits::lost;

/// Checks `of` on every operation; a failure names all that fail, and what to do.
fn every_operation(of: impl Fn(&Entry) -> Result<(), String>) {
    let failed: Vec<String> = operation::all()
        .iter()
        .filter_map(|entry| {
            Some(format!("operation {}: {}", entry.operation().id, of(entry).err()?))
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Builds the request of the sample: its path, its query, and its body if that is JSON.
fn build(entry: &Entry) -> Result<(String, String, Option<Value>), String> {
    let refused = |error: &dyn std::fmt::Display| {
        format!("correct the request of its SAMPLE, which does not build: {error}")
    };
    let endpoint = entry.endpoint(entry.sample_request()).map_err(|error| refused(&error))?;
    let config = Config::new("private_key").unwrap();
    let request =
        endpoint.build(&RequestContext::new(&config, 7)).map_err(|error| refused(&error))?;
    let body = request.body().as_bytes().and_then(|bytes| serde_json::from_slice(bytes).ok());
    let query = request.uri().query().unwrap_or_default().to_owned();
    Ok((request.uri().path().to_owned(), query, body))
}

#[test]
fn every_sample_request_fills_the_path() {
    every_operation(|entry| {
        let sample = entry.sample_request();
        let mut expected = entry.operation().path.to_owned();
        for name in entry.operation().path_parameters() {
            let Some(value) = sample.get(name).and_then(Value::as_str) else {
                return Err(format!(
                    "the path has {{{name}}}, so give the request type and the request of its \
                     SAMPLE the field `{name}`"
                ));
            };
            expected = expected.replace(&format!("{{{name}}}"), value);
        }
        let (path, ..) = build(entry)?;
        if path == expected {
            return Ok(());
        }
        Err(format!("its path is {path}, not {expected}, so fill the parameters in `build`"))
    });
}

#[test]
fn no_path_parameter_goes_into_body_or_query_too() {
    every_operation(|entry| {
        let (_, query, body) = build(entry)?;
        for name in entry.operation().path_parameters() {
            let in_query = query.split('&').any(|pair| pair.split('=').next() == Some(name));
            if in_query || body.as_ref().is_some_and(|body| body.get(name).is_some()) {
                return Err(format!(
                    "the path parameter `{name}` is in the body or query too, so build the \
                     request with RequestBuilder's `json` or `query`"
                ));
            }
        }
        Ok(())
    });
}

/// Where an operation differs from what HTTP says about its method.
const UNLIKE_HTTP: [(&str, &str); 5] = [
    ("add-tags-bulk", "a tag is there once"),
    ("delete-folder", "a folder made anew meanwhile would be deleted too"),
    ("remove-ai-tags-bulk", "a tag that is gone stays gone"),
    ("remove-tags-bulk", "a tag that is gone stays gone"),
    ("rename-file", "the old name may be another file's by now"),
];

#[test]
fn an_operation_is_idempotent_as_its_method_is() {
    every_operation(|entry| {
        let operation = entry.operation();
        // A PATCH here sets values; it adds none.
        let by_method = operation.method != http::Method::POST;
        let is_unlike = UNLIKE_HTTP.iter().any(|(id, _)| *id == operation.id);
        let is_idempotent = operation.idempotency == Idempotency::Idempotent;
        if (is_idempotent == by_method) == is_unlike {
            return Err(format!("{:?} for {}", operation.idempotency, operation.method));
        }
        Ok(())
    });
}

#[test]
fn every_sample_response_parses_back_without_loss() {
    every_operation(|entry| {
        let response = entry.sample_response();
        let endpoint = entry.endpoint(entry.sample_request()).map_err(|error| error.to_string())?;
        let value = imagekit_proto::EndpointExt::parse(&endpoint, &response)
            .map_err(|error| format!("correct the response of its SAMPLE: {error}"))?;
        let sent: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        let lost = lost(&sent, Some(&value), "response");
        if lost.is_empty() {
            return Ok(());
        }
        Err(format!("its result loses {}, so keep unknown keys in `extra`", lost.join(", ")))
    });
}
