//! Responses: every property of a documented response is in a typed field.

use super::choices;
use super::findings::Findings;
use super::peel::peel;
use super::rules;
use super::sample::{FREE, Sample, Sampler, Way};
use super::spec::{Described, Spec};
use crate::conformance::values::lost_leaves;
use crate::json::words;
use crate::unmodelled;
use bytes::Bytes;
use http::Response;
use imagekit_proto::ParseError;
use imagekit_proto::operation::Entry;
use imagekit_proto::webhook::Event;
use serde_json::Value;

/// Compares the responses of one operation.
pub(crate) fn check(
    spec: &Spec,
    described: &Described,
    operation: &Entry,
    findings: &mut Findings,
) -> Result<(), String> {
    let sample = operation.sample_response().status().as_u16();
    let mut statuses = described.responses.iter().map(|(status, _)| *status);
    if !described.responses.is_empty() && !statuses.any(|status| status == sample) {
        findings.add(&described.id, format!("response {sample}: the sample alone has it"));
    }
    for (status, schema) in &described.responses {
        let prefix = format!("response {status} ");
        let Some(schema) = schema else {
            if (200..300).contains(status) {
                if let Err(error) = operation.parse(&response(*status, "")) {
                    let why = why(error);
                    findings.add(&described.id, format!("{prefix}without a body: {why}"));
                }
            }
            continue;
        };
        let samples = (Sampler { spec, way: Way::Response }).samples("response", schema)?;
        if (200..300).contains(status) {
            let parse = |text: &str| operation.parse(&response(*status, text)).map_err(why);
            held(findings, &described.id, &prefix, samples, parse);
        } else {
            for sample in samples {
                error_held(findings, &described.id, &prefix, operation, *status, &sample);
            }
        }
    }
    Ok(())
}

/// Compares the events of a file.
pub(crate) fn check_events(spec: &Spec, findings: &mut Findings) -> Result<usize, String> {
    let events = spec.events()?;
    for (name, schema) in &events {
        let place = format!("webhook {name}");
        let samples = (Sampler { spec, way: Way::Response }).samples("event", schema)?;
        let parse = |text: &str| match Event::parse_unverified(text.as_bytes()) {
            Ok(event) => serde_json::to_value(event).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        held(findings, &place, "", samples, parse);
    }
    Ok(events.len())
}

/// Checks that typed fields hold the samples of a response or event, and what else they would accept.
fn held(
    findings: &mut Findings,
    place: &str,
    prefix: &str,
    samples: Vec<Sample>,
    parse: impl Fn(&str) -> Result<Value, String>,
) {
    let read = |value: &Value| parse(&value.to_string()).map(drop);
    let mut good = Vec::new();
    for sample in samples {
        let refused = |path: &str, why: &str| findings.add(place, format!("{prefix}{path}: {why}"));
        let Some(mut sample) = peel(sample, read, refused) else { continue };
        let value = parse(&sample.value.to_string()).unwrap_or_default();
        let has_result = !value.is_null();
        for leaf in lost_leaves(&sample.value, &value) {
            // An operation without a result accepts an empty object.
            if has_result || leaf != "$" {
                findings.add(place, format!("{prefix}{leaf}: is lost"));
            }
        }
        if has_result {
            for key in unmodelled::keys(&sample.value, |text| parse(text).ok()) {
                if !key.ends_with(FREE) {
                    findings.add(place, format!("{prefix}{key}: no typed field holds it"));
                    // Nor what is in it.
                    sample.places.retain(|place| !words(&place.path).starts_with(&key));
                }
            }
        }
        choices::check(findings, place, prefix, &sample, read);
        sample.value = whole(&sample.value);
        if let Err(error) = rules::fits(|| read(&sample.value)) {
            findings.add(place, format!("{prefix}{error}"));
        }
        good.extend(has_result.then_some(sample));
    }
    rules::check_types(findings, place, prefix, &good, |value| rules::fits(|| read(value)));
}

/// A value with its fractions replaced: counts and pixels are integers here, whatever the description
/// says.
fn whole(value: &Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => 3.into(),
        Value::Array(items) => items.iter().map(whole).collect(),
        Value::Object(pairs) => {
            pairs.iter().map(|(key, value)| (key.clone(), whole(value))).collect()
        }
        other => other.clone(),
    }
}

/// Checks an error response: the library returns it as an API error with typed fields.
fn error_held(
    findings: &mut Findings,
    place: &str,
    prefix: &str,
    operation: &Entry,
    status: u16,
    sample: &Sample,
) {
    match operation.parse(&response(status, &sample.value.to_string())) {
        Err(ParseError::Api(error)) => {
            for key in error.extra.keys() {
                findings.add(place, format!("{prefix}$.{key}: no typed field holds it"));
            }
        }
        Err(error) => findings.add(place, format!("{prefix}is no API error: {error}")),
        Ok(_) => findings.add(place, format!("{prefix}is a success")),
    }
}

fn response(status: u16, body: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::copy_from_slice(body.as_bytes()));
    if let Ok(status) = http::StatusCode::from_u16(status) {
        *response.status_mut() = status;
    }
    let json = http::HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(http::header::CONTENT_TYPE, json);
    response
}

/// The reason alone: the rest is the same for every response.
fn why(error: ParseError) -> String {
    match error {
        ParseError::Decode(error) => error.message,
        other => other.to_string(),
    }
}
