//! Fields: what a request type has is sent.

use std::collections::BTreeSet;

use imagekit_proto::operation::{self, Entry};
use imagekit_proto::{Config, Endpoint as _, RequestContext};
use serde_json::{Value, json};

use super::inputs;

/// The fields of the operation's request type: those of all known inputs, and those that the reader
/// lists when it refuses an unknown one.
fn fields(entry: &Entry) -> BTreeSet<String> {
    let id = entry.operation().id;
    let own = inputs().into_iter().filter(|(of, _)| of == id);
    let mut fields: BTreeSet<String> = own
        .flat_map(|(_, input)| input.as_object().unwrap().keys().cloned().collect::<Vec<_>>())
        .collect();
    let unknown = entry.normalize(json!({"surely-unknown": 1})).unwrap_err();
    let listed = unknown.message.split_once(", expected ").map_or("", |(_, listed)| listed);
    fields.extend(listed.split('`').skip(1).step_by(2).map(str::to_owned));
    fields.remove("$extra");
    fields
}

/// Everything of the request that `input` builds; nothing when it is no input.
fn built(entry: &Entry, input: &Value) -> Option<String> {
    let config = Config::new("private_key").unwrap();
    let cx = RequestContext::new(&config, 7).skip_limit_checks(true);
    let request = entry.endpoint(input.clone()).ok()?.build(&cx).ok()?;
    let body = request.body().as_bytes().map(|bytes| String::from_utf8_lossy(bytes));
    Some(format!("{} {} {:?}", request.method(), request.uri(), body))
}

/// Whether two values of `field` build two requests; nothing when no two values are known.
fn is_sent(entry: &Entry, field: &str) -> Option<bool> {
    let id = entry.operation().id;
    let mut known: Vec<Value> = inputs()
        .into_iter()
        .filter(|(of, input)| of == id && input.get(field).is_some())
        .map(|(_, input)| input[field].clone())
        .collect();
    known.extend([
        json!("a"),
        json!("b"),
        json!(true),
        json!(7),
        json!(8),
        json!(["a"]),
        json!({"a": 1}),
    ]);
    let bases: Vec<Value> =
        inputs().into_iter().filter(|(of, _)| of == id).map(|(_, input)| input).collect();
    let mut found = None;
    for base in bases {
        let mut requests = BTreeSet::new();
        let mut values = 0;
        let mut absent = base.clone();
        absent.as_object_mut().unwrap().remove(field);
        let with = known.iter().map(|value| {
            let mut input = base.clone();
            input[field] = value.clone();
            input
        });
        for input in std::iter::once(absent).chain(with) {
            if let Some(request) = built(entry, &input) {
                values += 1;
                requests.insert(request);
            }
        }
        if requests.len() > 1 {
            return Some(true);
        }
        if values > 1 {
            found = Some(false);
        }
    }
    found
}

#[test]
fn every_field_of_a_request_type_is_sent() {
    let mut failed = Vec::new();
    for entry in operation::all() {
        let id = entry.operation().id;
        for field in fields(entry) {
            match is_sent(entry, &field) {
                Some(true) => {}
                Some(false) => failed.push(format!(
                    "operation {id}: the field `{field}` is in no path, query or body, so end \
                     `build` with `json(self)` or `query(self)`"
                )),
                None => failed.push(format!(
                    "operation {id}: no two values of the field `{field}` build a request, so give \
                     it a value in the request of its SAMPLE"
                )),
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
