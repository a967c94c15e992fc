//! What the suites cannot compare with the library: the records agree with themselves.

use crate::{read, run};
use imagekit_proto::upload_auth::UploadSigner;
use imagekit_testkit::conformance::{SUITES, Suite, other_reasons};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The records of a file.
fn records(text: &str) -> Vec<Value> {
    let mut file: Value = serde_json::from_str(text).unwrap();
    let list = if file.is_array() { file } else { file["vectors"].take() };
    serde_json::from_value(list).unwrap()
}

/// What the library is given under names of the data's own choice.
fn is_input(suite: &str, key: &str) -> bool {
    matches!(key, "body" | "headers") || key == "input" && ["edges", "wire"].contains(&suite)
}

/// How many records of each suite have a key, and a key in an object that is no input of the library.
/// A suite ignores a key that it does not know; here it is seen.
const KEYS: &[&str] = &[
    "auth expected: 34",
    "auth expected.error: 1",
    "auth expected.expire: 33",
    "auth expected.signature: 33",
    "auth expected.token: 33",
    "auth expected_shape: 3",
    "auth expected_shape.expire: 3",
    "auth expected_shape.token_pattern: 3",
    "auth id: 37",
    "auth input: 37",
    "auth input.expire: 32",
    "auth input.token: 35",
    "auth note: 6",
    "auth now_unix: 37",
    "auth private_key: 37",
    "edges id: 136",
    "edges input: 136",
    "edges node 7.11.0: 26",
    "edges node 7.11.0.sent: 26",
    "edges operation: 136",
    "edges python 5.11.0: 44",
    "edges python 5.11.0.sent: 44",
    "phash distance: 19",
    "phash error: 9",
    "phash first: 28",
    "phash id: 28",
    "phash note: 7",
    "phash second: 28",
    "responses body: 52",
    "responses headers: 2",
    "responses id: 55",
    "responses kind: 55",
    "responses operation: 55",
    "responses raw: 3",
    "responses source: 55",
    "responses status: 55",
    "responsive expected: 66",
    "responsive expected.sizes: 37",
    "responsive expected.src: 66",
    "responsive expected.srcSet: 65",
    "responsive expected.width: 34",
    "responsive id: 66",
    "responsive input: 66",
    "responsive input.deviceBreakpoints: 13",
    "responsive input.expiresIn: 2",
    "responsive input.imageBreakpoints: 10",
    "responsive input.queryParameters: 3",
    "responsive input.signed: 3",
    "responsive input.sizes: 23",
    "responsive input.src: 66",
    "responsive input.transformation: 3",
    "responsive input.transformationPosition: 3",
    "responsive input.urlEndpoint: 66",
    "responsive input.width: 34",
    "responsive note: 9",
    "responsive now_unix: 4",
    "responsive private_key: 4",
    "signed expected: 182",
    "signed expiry: 178",
    "signed id: 182",
    "signed input: 182",
    "signed input.expiresIn: 96",
    "signed input.queryParameters: 16",
    "signed input.signed: 124",
    "signed input.src: 182",
    "signed input.transformation: 113",
    "signed input.transformationPosition: 82",
    "signed input.urlEndpoint: 182",
    "signed note: 2",
    "signed now_unix: 182",
    "signed private_key: 182",
    "signed string_to_sign: 175",
    "transformations expected: 550",
    "transformations id: 550",
    "transformations input: 549",
    "transformations note: 14",
    "url expected: 296",
    "url id: 296",
    "url input: 296",
    "url input.expiresIn: 2",
    "url input.queryParameters: 74",
    "url input.signed: 3",
    "url input.src: 296",
    "url input.transformation: 192",
    "url input.transformationPosition: 91",
    "url input.urlEndpoint: 295",
    "url note: 24",
    "webhooks body: 121",
    "webhooks expected_signature: 37",
    "webhooks expired: 15",
    "webhooks headers: 121",
    "webhooks id: 121",
    "webhooks note: 48",
    "webhooks now_unix: 83",
    "webhooks now_unix_ms: 38",
    "webhooks reason: 66",
    "webhooks scheme: 121",
    "webhooks secret: 121",
    "webhooks timestamp_ms: 15",
    "webhooks tolerance_ms: 38",
    "webhooks valid: 121",
    "wire id: 206",
    "wire input: 206",
    "wire operation: 206",
    "wire request: 206",
    "wire request.headers: 206",
    "wire request.json: 102",
    "wire request.method: 206",
    "wire request.multipart: 43",
    "wire request.path: 206",
    "wire request.query: 206",
    "wire request.server: 203",
];

#[test]
fn no_key_comes_or_goes_unseen() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for suite in SUITES {
        for record in records(&read(suite.file)) {
            for (key, value) in record.as_object().unwrap().iter().filter(|it| !it.1.is_null()) {
                let mut add =
                    |key: String| *counts.entry(format!("{} {key}", suite.name)).or_default() += 1;
                add(key.clone());
                let inner = value.as_object().filter(|_| !is_input(suite.name, key));
                inner.into_iter().flatten().for_each(|(name, _)| add(format!("{key}.{name}")));
            }
        }
    }
    let lines: Vec<String> = counts.iter().map(|(key, count)| format!("{key}: {count}")).collect();
    assert_eq!(lines, KEYS, "{lines:#?}");
}

#[test]
fn every_id_is_there_once() {
    for suite in SUITES {
        let records = records(&read(suite.file));
        let ids: BTreeSet<&str> = records.iter().map(|it| it["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), records.len(), "{}", suite.name);
    }
}

#[test]
fn every_message_is_refused_for_its_reason() {
    assert_eq!(other_reasons(&read("vectors/webhooks.json")).unwrap(), [""; 0]);
}

#[test]
fn every_signature_is_of_its_text() {
    for record in records(&read("vectors/signed.json")) {
        let Some(text) = record["string_to_sign"].as_str() else { continue };
        let expiry = record["expiry"].as_i64().unwrap();
        let path = text.strip_suffix(&expiry.to_string()).unwrap();
        // An upload is signed as a URL is: a text, and when it expires.
        let signer = UploadSigner::new(record["private_key"].as_str().unwrap()).unwrap();
        let signature = signer.signature_unchecked(path, expiry);
        let recorded = record["expected"].as_str().unwrap();
        assert!(recorded.contains(&format!("ik-s={signature}")), "{}", record["id"]);
    }
}

#[test]
fn every_client_sends_what_the_library_sends() {
    let suite = Suite::find("edges").unwrap();
    let clients = ["node 7.11.0", "python 5.11.0"];
    for client in clients {
        // The suite is content with one client: so each is alone here.
        let mut alone = records(&read(suite.file));
        alone.retain(|record| record.get(client).is_some());
        for record in &mut alone {
            let others = clients.iter().filter(|it| **it != client);
            others.for_each(|other| drop(record.as_object_mut().unwrap().remove(*other)));
        }
        let report = run(&suite, &Value::from(alone).to_string());
        assert!(report.lines().is_empty(), "{:#?}", report.lines());
    }
}

#[test]
fn a_generated_token_is_a_uuid() {
    // What the suite `auth` checks, whatever the record says.
    let pattern = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$";
    for record in records(&read("vectors/auth_parameters.json")) {
        let recorded = record["expected_shape"]["token_pattern"].as_str().unwrap_or(pattern);
        assert_eq!(recorded, pattern, "{}", record["id"]);
    }
}
