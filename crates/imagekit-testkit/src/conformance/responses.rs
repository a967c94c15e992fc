//! Suite `responses`: responses of the API, recorded, documented or made up.

use super::report::Report;
use super::table;
use super::values::lost_leaves;
use crate::unmodelled;
use bytes::Bytes;
use http::Response;
use imagekit_proto::error::ApiError;
use imagekit_proto::operation::Entry;
use imagekit_proto::types::unknown_values;
use imagekit_proto::{EndpointExt as _, ParseError};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[derive(Deserialize)]
struct Case<'a> {
    id: String,
    operation: String,
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// A body that is JSON, its keys in their own order.
    #[serde(borrow)]
    body: Option<&'a RawValue>,
    /// Any other body.
    raw: Option<String>,
    kind: Kind,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Real,
    Spec,
    Docs,
    Assembled,
    DocsOld,
    Fixture,
    SpecDraft,
    #[serde(other)]
    Other,
}

impl Kind {
    /// Older or hand-made: the library may refuse it with a typed error.
    fn may_be_refused(self) -> bool {
        matches!(self, Self::DocsOld | Self::Fixture | Self::SpecDraft)
    }

    /// The API sends this, or documents that it does.
    fn is_genuine(self) -> bool {
        matches!(self, Self::Real | Self::Spec | Self::Docs)
    }
}

impl Case<'_> {
    fn text(&self) -> &str {
        self.body.map(RawValue::get).or(self.raw.as_deref()).unwrap_or_default()
    }
}

/// The result of a case that did not fail.
enum Verdict {
    Good { unmodelled: Vec<String> },
    Refused(String),
}

pub(crate) fn run(text: &str, report: &mut Report) -> Result<(), String> {
    let cases: Vec<Case<'_>> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    for case in &cases {
        let Some(operation) = table::find(&case.id, &case.operation, report) else { continue };
        let verdict = catch_unwind(AssertUnwindSafe(|| judge(case, operation)));
        match verdict.unwrap_or_else(|_| Err("it panicked".to_owned())) {
            Ok(Verdict::Good { unmodelled }) => {
                report.pass();
                for path in unmodelled {
                    report.unmodelled(&case.id, path);
                }
            }
            Ok(Verdict::Refused(error)) => report.refuse(&case.id, error),
            Err(difference) => report.fail(&case.id, difference),
        }
    }
    Ok(())
}

fn judge(case: &Case<'_>, operation: &Entry) -> Result<Verdict, String> {
    let text = case.text();
    let body: Option<Value> = serde_json::from_str(text).ok();
    let parse = |text: &str| parse(operation, body.as_ref(), &response(case, text)?);
    let parsed = parse(text)?;
    if !(200..300).contains(&case.status) {
        return judge_error(case.status, body.as_ref(), parsed);
    }
    match (&body, parsed) {
        (Some(body), Ok(value)) => {
            let has_result = !value.is_null();
            let lost = lost_leaves(body, &value);
            if !lost.is_empty() && (has_result || !is_empty(body)) {
                return Err(format!("lost: {}", lost.join(", ")));
            }
            let parse = |text: &str| parse(text).ok()?.ok();
            let mut unmodelled =
                if has_result { unmodelled::keys(body, parse) } else { Vec::new() };
            // A value that does not fit its field is kept beside it.
            let (_, unknown) = unknown_values::watch(|| parse(text));
            unmodelled.extend(unknown.into_iter().filter(|what| what.starts_with("$.")));
            Ok(Verdict::Good { unmodelled })
        }
        (None, Ok(_)) if !text.is_empty() => Err("text that is no JSON was a success".to_owned()),
        (None, Ok(_)) if !has_no_result(operation) => {
            Err("an empty body was a success, and the operation has a result".to_owned())
        }
        (None, Ok(_)) => Ok(Verdict::Good { unmodelled: Vec::new() }),
        (None, Err(ParseError::Decode(error))) => {
            // The API sends an empty body where it documents it, or where there is no result.
            if text.is_empty() && (case.kind.is_genuine() || has_no_result(operation)) {
                return Err(format!("an empty body was no success: {error}"));
            }
            Ok(Verdict::Good { unmodelled: Vec::new() })
        }
        (_, Err(error)) if case.kind.may_be_refused() => Ok(Verdict::Refused(error.to_string())),
        (_, Err(error)) => Err(error.to_string()),
    }
}

/// Parses a response to a request that names what the response is about.
fn parse(
    operation: &Entry,
    recorded: Option<&Value>,
    response: &Response<Bytes>,
) -> Result<Result<Value, ParseError>, String> {
    let mut input = operation.sample_request();
    // A list is about what its items are about.
    let subject = recorded.map(|body| body.get(0).unwrap_or(body));
    for name in operation.operation().path_parameters() {
        if let Some(value) = subject.and_then(|body| body.get(name)).filter(|it| it.is_string()) {
            input[name] = value.clone();
        }
    }
    let endpoint = operation.endpoint(input).map_err(|error| error.to_string())?;
    Ok(endpoint.parse(response))
}

/// Compares a response that is not 2xx: an API error with the texts of the body.
fn judge_error(
    status: u16,
    body: Option<&Value>,
    parsed: Result<Value, ParseError>,
) -> Result<Verdict, String> {
    let error: Box<ApiError> = match parsed {
        Err(ParseError::Api(error)) => error,
        Err(ParseError::Decode(error)) => return Err(format!("not an API error: {error}")),
        Ok(value) => return Err(format!("a success: {value}")),
    };
    if error.status.as_u16() != status {
        return Err(format!("status {} instead of {status}", error.status));
    }
    let said = |key: &str| body.and_then(|body| body.get(key)).and_then(Value::as_str);
    let reason = error.reason.as_ref().map(|reason| reason.as_str());
    for (key, found) in
        [("message", error.message.as_deref()), ("help", error.help.as_deref()), ("reason", reason)]
    {
        if found != said(key) {
            return Err(format!("{key} is {found:?}, the body says {:?}", said(key)));
        }
    }
    let unmodelled = error.extra.keys().map(|key| format!("$.{key}")).collect();
    Ok(Verdict::Good { unmodelled })
}

/// Whether an operation has no result: it parses `null`.
fn has_no_result(operation: &Entry) -> bool {
    operation.parse(&Response::new(Bytes::from_static(b"null"))).is_ok_and(|value| value.is_null())
}

fn is_empty(body: &Value) -> bool {
    body.is_null() || body.as_object().is_some_and(serde_json::Map::is_empty)
}

/// The case's response with another body.
fn response(case: &Case<'_>, body: &str) -> Result<Response<Bytes>, String> {
    let mut builder = Response::builder().status(case.status);
    if !case.headers.keys().any(|name| name.eq_ignore_ascii_case("content-type")) {
        builder = builder.header("content-type", "application/json; charset=utf-8");
    }
    for (name, value) in &case.headers {
        builder = builder.header(name, value);
    }
    builder.body(Bytes::copy_from_slice(body.as_bytes())).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use imagekit_proto::operation;

    fn verdict(case: Value) -> Result<Verdict, String> {
        let text = case.to_string();
        let case: Case<'_> = serde_json::from_str(&text).unwrap();
        judge(&case, operation::find(&case.operation).unwrap())
    }

    fn case(operation: &str, status: u16, raw: &str, kind: &str) -> Value {
        let (id, headers) = ("x", serde_json::json!({}));
        serde_json::json!({"id": id, "operation": operation, "status": status,
            "headers": headers, "raw": raw, "kind": kind})
    }

    #[test]
    fn an_empty_success_needs_an_operation_without_a_result() {
        assert!(verdict(case("delete-file", 204, "", "spec")).is_ok());
        // A decode error is right here ...
        assert!(verdict(case("get-file-details", 200, "", "assembled")).is_ok());
        // ... but not for a documented response.
        assert!(verdict(case("get-file-details", 200, "", "spec")).is_err());
    }

    #[test]
    fn old_responses_may_be_refused() {
        let old = |kind| case("get-file-details", 200, r#"{"fileId": "a"}"#, kind);
        assert!(matches!(verdict(old("fixture")), Ok(Verdict::Refused(_))));
        assert!(verdict(old("real")).is_err());
    }

    #[test]
    fn a_page_of_a_proxy_is_an_error_of_its_status() {
        assert!(verdict(case("delete-file", 502, "<html>", "assembled")).is_ok());
        assert!(verdict(case("delete-file", 200, "<html>", "assembled")).is_ok());
    }
}
