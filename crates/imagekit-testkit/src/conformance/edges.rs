//! Suite `edges`: inputs that an official client refuses or sends to another resource. The library
//! must refuse them, or send the same request as a client, to the right resource.

use super::report::Report;
use super::table;
use super::wire::request::{Request, pairs, segments};
use super::wire::{Component, build, multipart::Part};
use imagekit_proto::operation::Entry;
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
struct Case {
    id: String,
    operation: String,
    input: Value,
    /// What each client did, by its name and version.
    #[serde(flatten)]
    clients: Map<String, Value>,
}

/// What a client did: it refused the input, or sent a request.
#[derive(Deserialize)]
struct Conduct {
    sent: Option<Sent>,
}

#[derive(Deserialize)]
struct Sent {
    method: String,
    raw_target: String,
    json: Option<Value>,
    fields: Option<Vec<(String, String)>>,
}

/// The suite does not compare keys.
const KEY: &str = "private_test_key";

const COMPARED: [Component; 5] =
    [Component::Method, Component::Path, Component::Query, Component::Json, Component::Multipart];

pub(crate) fn run(text: &str, report: &mut Report) -> Result<(), String> {
    let cases: Vec<Case> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    for case in &cases {
        let Some(operation) = table::find(&case.id, &case.operation, report) else { continue };
        let mut recorded = Vec::new();
        for conduct in case.clients.values() {
            let conduct = Conduct::deserialize(conduct).map_err(|error| error.to_string())?;
            recorded.extend(conduct.sent.map(request).transpose()?);
        }
        judge(case, operation, &recorded, report);
    }
    Ok(())
}

fn judge(case: &Case, operation: &Entry, recorded: &[Request], report: &mut Report) {
    let built = match build(operation, case.input.clone(), Some(KEY)) {
        Ok(built) => built,
        Err(refusal) => return report.refuse(&case.id, refusal),
    };
    match Request::built(built) {
        Err(fault) => report.fail(&case.id, fault),
        Ok(sent) if !arrives(&sent.path, operation.operation().path, &case.input) => {
            let path = String::from_utf8_lossy(&sent.path.join(&b'/')).into_owned();
            report.fail(&case.id, format!("{path} is not {}", operation.operation().path));
        }
        Ok(sent) => {
            let agrees = |other: &Request| COMPARED.iter().all(|&it| sent.agrees(other, it));
            if recorded.iter().any(agrees) {
                report.pass();
            } else {
                report.fail(&case.id, format!("no client sends {sent:?}"));
            }
        }
    }
}

/// Whether a path is that of the operation: it has the segments of the template, with the parameters of
/// the input, and none that a server or proxy would resolve.
fn arrives(path: &[Vec<u8>], template: &str, input: &Value) -> bool {
    let template: Vec<&str> = template.split('/').collect();
    template.len() == path.len()
        && template.iter().zip(path).all(|(template, segment)| {
            match template.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                Some(name) => {
                    !matches!(segment.as_slice(), b"" | b"." | b"..")
                        && input[name].as_str().map(str::as_bytes) == Some(segment)
                }
                None => template.as_bytes() == segment,
            }
        })
}

fn request(sent: Sent) -> Result<Request, String> {
    let (path, query) = match sent.raw_target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (sent.raw_target.as_str(), None),
    };
    let part = |(name, value): (String, String)| Part {
        name,
        file_name: None,
        content_type: None,
        content: value.into_bytes(),
    };
    Ok(Request {
        method: sent.method,
        server: None,
        path: segments(path)?,
        query: pairs(query)?,
        user: None,
        content_length: None,
        json: sent.json,
        multipart: sent.fields.map(|fields| fields.into_iter().map(part).collect()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_path_must_lead_to_its_operation() {
        let arrives = |path: &str, id: &str| {
            arrives(&segments(path).unwrap(), "/v1/files/{fileId}/x", &json!({ "fileId": id }))
        };
        assert!(arrives("/v1/files/a/x", "a"));
        assert!(arrives("/v1/files/a%2Fb/x", "a/b"));
        assert!(!arrives("/v1/files/a/b/x", "a/b"));
        assert!(!arrives("/v1/files//x", ""));
        assert!(!arrives("/v1/files/../x", ".."));
        assert!(!arrives("/v1/files/%2e%2e/x", ".."));
    }
}
