//! Suite `wire`: the requests that the official clients send for the same input.

pub(crate) mod multipart;
pub(crate) mod request;

use super::report::Report;
use super::{deviations, table};
use imagekit_proto::operation::Entry;
use imagekit_proto::{Config, RequestContext};
use request::{Recorded, Request};
use serde::Deserialize;
use serde_json::Value;
use std::fmt;

#[derive(Deserialize)]
struct Case {
    id: String,
    operation: String,
    input: Value,
    request: Recorded,
}

impl Case {
    /// The id without its client: `X` and `X@python` record two clients for one input.
    fn group(&self) -> &str {
        self.id.split('@').next().unwrap_or_default()
    }
}

/// A part of a request that is compared as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Component {
    Method,
    Server,
    Path,
    Authorization,
    ContentLength,
    Query,
    Json,
    Multipart,
}

/// A component that differs from the record.
pub(crate) struct Difference {
    pub(crate) component: Component,
    /// What the project sends, in words.
    pub(crate) sent: String,
    /// What was recorded, in words.
    pub(crate) recorded: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { component, sent, recorded } = self;
        write!(f, "{component:?}: sent {sent}, recorded {recorded}")
    }
}

pub(crate) fn run(text: &str, report: &mut Report) -> Result<(), String> {
    let cases: Vec<Case> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    for case in &cases {
        let Some(operation) = table::find(&case.id, &case.operation, report) else { continue };
        let mut recorded = Vec::new();
        // The case's own record first: differences are reported against it.
        let others =
            cases.iter().filter(|other| other.group() == case.group() && other.id != case.id);
        for member in std::iter::once(case).chain(others) {
            match Request::recorded(&member.request) {
                Ok(request) => recorded.push(request),
                Err(error) => return Err(format!("{}: {error}", member.id)),
            }
        }
        judge(case, operation, &recorded, report);
    }
    Ok(())
}

fn judge(case: &Case, operation: &Entry, recorded: &[Request], report: &mut Report) {
    let user = recorded.first().and_then(|request| request.user.as_deref());
    let built = match build(operation, case.input.clone(), user) {
        Ok(built) => built,
        Err(refusal) => return report.refuse(&case.id, refusal),
    };
    let sent = match Request::built(built) {
        Ok(sent) => sent,
        Err(fault) => return report.fail(&case.id, fault),
    };
    let differences = compare(&sent, recorded);
    if differences.is_empty() {
        report.pass();
    } else if let Some(reason) = deviations::wire::reason(&case.input, &differences) {
        report.deviate(&case.id, reason);
    } else {
        let texts: Vec<String> = differences.iter().map(Difference::to_string).collect();
        report.fail(&case.id, texts.join("; "));
    }
}

/// Builds the request for `input` with the private key `key`. An error is the library's refusal.
pub(crate) fn build(
    operation: &Entry,
    mut input: Value,
    key: Option<&str>,
) -> Result<http::Request<imagekit_proto::wire::Body>, String> {
    if let Some(file) = input.pointer_mut("/file/$file").and_then(Value::as_object_mut) {
        // It says how the recorded client was given the file.
        file.remove("via");
    }
    let config = match key {
        Some(key) => Config::new(key),
        None => Ok(Config::without_key()),
    };
    let config = config.map_err(|error| error.to_string())?;
    let endpoint = operation.endpoint(input).map_err(|error| error.to_string())?;
    endpoint
        .build(&RequestContext::new(&config, 0x1234_5678_9abc_def0))
        .map_err(|error| error.to_string())
}

/// How `sent` differs from what was recorded. Where two clients were recorded, query, JSON and
/// form must each be one of the two; the rest is the first one's.
fn compare(sent: &Request, recorded: &[Request]) -> Vec<Difference> {
    use Component::{Authorization, ContentLength, Json, Method, Multipart, Path, Query, Server};
    let mut differences = Vec::new();
    let Some(first) = recorded.first() else { return differences };
    for component in [Method, Server, Path, Authorization, ContentLength, Query, Json, Multipart] {
        let members =
            if matches!(component, Query | Json | Multipart) { recorded } else { &recorded[..1] };
        if !members.iter().any(|member| sent.agrees(member, component)) {
            let (sent, recorded) = sent.difference(first, component);
            differences.push(Difference { component, sent, recorded });
        }
    }
    differences
}
