//! Requests: the library accepts every described field from JSON, and sends it in its place.

use super::choices;
use super::findings::Findings;
use super::peel::peel;
use super::rules;
use super::sample::{FREE, Sample, Sampler, Way};
use super::sent::Sent;
use super::spec::{Described, Parameter, Spec};
use crate::conformance::values::{lost_leaves, same};
use crate::json::{Path, Step, at, steps, with, words};
use imagekit_proto::operation::{Entry, InputError};
use serde_json::{Map, Value, json};

/// Compares the request of one operation.
pub(crate) fn check(
    spec: &Spec,
    described: &Described,
    operation: &Entry,
    findings: &mut Findings,
) -> Result<(), String> {
    let case = Case { described, operation };
    let mut samples = Vec::new();
    for sample in case.inputs(spec)? {
        let read = |value: &Value| operation.endpoint(value.clone()).map(drop).map_err(text);
        let refused = |place: &str, why: &str| {
            findings.add(&described.id, format!("request {place}: {why}"));
        };
        let Some(sample) = peel(sample, read, refused) else { continue };
        choices::check(findings, &described.id, "request ", &sample, read);
        case.arrives(&sample.value, findings);
        samples.push(sample);
    }
    let read = |value: &Value| rules::fits(|| Sent::build(operation, value.clone()).map(drop));
    rules::check(findings, &described.id, &samples, read);
    Ok(())
}

struct Case<'a> {
    described: &'a Described,
    operation: &'a Entry,
}

impl Case<'_> {
    fn parameter(&self, key: &str) -> Option<&Parameter> {
        self.described.parameters.iter().find(|parameter| parameter.name == key)
    }

    fn is_parameter(&self, key: &str) -> bool {
        self.parameter(key).is_some()
    }

    /// Parameters and body as the one object that the table takes.
    fn inputs(&self, spec: &Spec) -> Result<Vec<Sample>, String> {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for parameter in &self.described.parameters {
            properties.insert(parameter.name.clone(), parameter.whole_schema());
            required.extend(parameter.is_required.then_some(parameter.name.as_str()));
        }
        let parameters = json!({"type": "object", "properties": properties, "required": required});
        let whole = match &self.described.body {
            Some(body) => json!({"allOf": [parameters, body]}),
            None => parameters,
        };
        (Sampler { spec, way: Way::Request }).samples("request", &whole)
    }

    fn arrives(&self, input: &Value, findings: &mut Findings) {
        let id = &self.described.id;
        let sent = match Sent::build(self.operation, input.clone()) {
            Ok(sent) => sent,
            Err(error) => return findings.add(id, format!("request is refused: {error}")),
        };
        if let Some(server) = &self.described.server {
            if sent.server != *server {
                findings.add(id, format!("request goes to {}, not {server}", sent.server));
            }
        }
        if sent.is_form != self.described.is_form {
            findings.add(id, "request: a form and JSON are not the same");
        }
        let mut body = Map::new();
        for (key, value) in input.as_object().into_iter().flatten() {
            let there = match self.parameter(key).map(|parameter| parameter.place.as_str()) {
                Some("path") => sent.segment(&self.described.path, key).as_ref() == Some(value),
                Some("query") => sent.query_has(key, value),
                Some(other) => {
                    findings.add(id, format!("request {key}: parameters in {other} are unknown"));
                    true
                }
                None => {
                    body.insert(key.clone(), value.clone());
                    true
                }
            };
            if !there {
                findings.add(id, format!("request {key}: does not arrive"));
            }
        }
        self.body_arrives(&Value::Object(body), &sent, findings);
        self.is_modelled(input, findings);
    }

    fn body_arrives(&self, body: &Value, sent: &Sent, findings: &mut Findings) {
        let body = if sent.is_form { sent.as_form(body) } else { body.clone() };
        if same(&body, &sent.body) {
            return;
        }
        let mut lost = lost_leaves(&body, &sent.body);
        if lost.is_empty() {
            lost.push(format!("$: {} was sent for {body}", sent.body));
        }
        for leaf in lost {
            findings.add(&self.described.id, format!("request {leaf}: does not arrive"));
        }
    }

    /// Checks that a typed field holds each key below the first level. A map of unknown keys would pass
    /// on any value.
    fn is_modelled(&self, input: &Value, findings: &mut Findings) {
        let mut open: Vec<Path> = steps(Some(input)).into_iter().map(|step| vec![step]).collect();
        while let Some(path) = open.pop() {
            if matches!(path.as_slice(), [Step::Key(key)] if self.is_parameter(key)) {
                continue;
            }
            for step in steps(at(input, &path)) {
                let mut inner = path.clone();
                inner.push(step.clone());
                if step == Step::Key(FREE.to_owned()) || step == Step::Key("$file".to_owned()) {
                    continue;
                }
                if matches!(step, Step::Key(_)) && self.passes_anything(input, &inner) {
                    let place = words(&inner);
                    findings.add(
                        &self.described.id,
                        format!("request {place}: no typed field holds it"),
                    );
                } else {
                    open.push(inner);
                }
            }
        }
    }

    fn passes_anything(&self, input: &Value, path: &Path) -> bool {
        let unknown = [&path[..path.len() - 1], &[Step::Key("surelyUnknown".to_owned())]].concat();
        let passes = |path: &Path, value: Value| {
            let sent = Sent::build(self.operation, with(input, path, value.clone()));
            sent.is_ok_and(|sent| at(&sent.parsed_body(), path) == Some(&value))
        };
        passes(&unknown, Value::Null)
            && passes(path, Value::Null)
            && passes(path, json!([{"surely": "wrong"}]))
    }
}

fn text(error: InputError) -> String {
    error.message
}
